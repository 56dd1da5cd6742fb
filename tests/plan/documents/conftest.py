"""The invented plans, made once."""

import make
import plan_writing
import pytest


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A folder with the plans of the tuning half as Word and PDF, and one of them scanned."""
    folder = tmp_path_factory.mktemp("plans")
    for name in ("po-2014-goed", "po-2022-rommelig", "vo-2022-vaag"):
        make.make(name, folder)
    plan_writing.scanned(folder / "po-2014-goed-ondersteuningsplan.pdf", folder / "scan.pdf")
    return folder
