"""What all tests share: a record of their own, and where the real files lie."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

# A test never fails by the clock: other work on the machine may slow it down.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test sees decisions and copies of registers that lie on this machine."""
    folder = tmp_path_factory.mktemp("data_folder")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RISKCHECK_DATA_DIR", str(folder))
        yield folder


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real files; tests that ask for it are skipped without one."""
    folder = os.environ.get("RISKCHECK_REAL_DATA")
    if not folder:
        pytest.skip("RISKCHECK_REAL_DATA does not name the folder of real files")
    return Path(folder)
