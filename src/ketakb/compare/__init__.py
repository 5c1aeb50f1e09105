"""Comparators: whether two assertions can both be true, and why."""
