"""The rules, one file each: id, name, severity, explanation and examples that run as tests."""
