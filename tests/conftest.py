"""Where the real files lie, for all tests that need them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real files; tests that ask for it are skipped without one."""
    folder = os.environ.get("RISKCHECK_REAL_DATA")
    if not folder:
        pytest.skip("RISKCHECK_REAL_DATA does not name the folder of real files")
    return Path(folder)
