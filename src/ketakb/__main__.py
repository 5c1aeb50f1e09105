"""``python -m ketakb``: the same as the ``ketakb`` command."""

from __future__ import annotations

from ketakb.cli.main import run

if __name__ == "__main__":
    run()
