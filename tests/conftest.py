"""Shared settings of the tests."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

from hypothesis import settings

# Tests keep stores in a folder of their own, never in that of the user; it is filled as they run.
os.environ["KETAKB_CACHE_DIR"] = tempfile.mkdtemp(prefix="ketakb-tests-")
atexit.register(shutil.rmtree, os.environ["KETAKB_CACHE_DIR"], ignore_errors=True)

# In continuous integration a run must not depend on luck; at a desk every run may find something new.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("desk", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")
