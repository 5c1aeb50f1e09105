"""The layers of pyproject.toml hold, deferred imports included."""

from __future__ import annotations

from pathlib import Path

from importlinter.api import read_configuration
from importlinter.application.use_cases import create_report, read_user_options

ROOT = Path(__file__).parents[1]


def test_contracts() -> None:
    config = str(ROOT / "pyproject.toml")
    assert len(read_configuration(config)["contracts_options"]) >= 3
    report = create_report(read_user_options(config_filename=config), cache_dir=None)
    assert not report.contains_failures, [contract.name for contract, _ in report.get_contracts_and_checks()]
