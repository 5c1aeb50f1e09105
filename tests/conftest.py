"""Shared settings of the tests."""

from __future__ import annotations

import os

from hypothesis import settings

# In continuous integration a run must not depend on luck; at a desk every run may find something new.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("desk", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")
