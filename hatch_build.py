"""The build of the package: it carries its store and its word lists compiled, so that the first run starts at once.

What is made here is only a cache: where it cannot be made, the package works without it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Compile(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles the store into src/ketakb/_built, for a wheel and for an editable install."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the files before the package is put together."""
        root = Path(self.root)
        built = root / "src" / "ketakb" / "_built"
        for old in built.glob("*.sqlite") if built.is_dir() else ():
            old.unlink()
        # set here, since a build environment may take out of PYTHONPATH what an earlier install has put on the path
        start = "import sys; sys.path.insert(0, sys.argv[1]); from ketakb.building import build_named; build_named()"
        command = [sys.executable, "-c", start, str(root / "src"), str(root / "data")]
        paths = sys.path  # what the build requires is on the path of this process alone
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1"}
        run = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        if run.returncode:
            why = run.stderr.strip().splitlines()[-1:] or [f"status {run.returncode}"]
            self.app.display_warning(f"the store is not compiled, and will be when it is first used: {why[0]}")
