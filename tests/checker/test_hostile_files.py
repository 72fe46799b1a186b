"""Hostile files end in sheets or in one sentence, each within the guard: the files of bench/hostile_files.py."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench import hostile_files

SLOW = {"zip bomb", "bomb of shared texts", "300 MB"}
"""Files that take long to write: the first two are tested small in test_workbooks.py, the last is for bench alone."""


@pytest.mark.parametrize("what", sorted(hostile_files.FILES.keys() - SLOW))
def test_it_ends_as_it_should(what: str, tmp_path: Path) -> None:
    name, write, wanted = hostile_files.FILES[what]
    write(tmp_path / name)
    told = hostile_files.outcome(tmp_path / name)
    assert re.search(wanted, told), told
    assert "Traceback" not in told
    assert [path.name for path in tmp_path.iterdir()] == [name]
