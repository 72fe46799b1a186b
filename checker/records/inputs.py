"""Files handed in, kept under their SHA-256: the same content is kept once, and a change of it shows."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from checker.records.errors import RecordError
from checker.settings import Settings
from registries.snapshots import sha256


def folder() -> Path:
    """Where they lie."""
    return Settings().data_dir / "inputs"


def keep(path: Path) -> str:
    """Keep a copy of the file and return its SHA-256 in hex. Raises OSError."""
    digest = sha256(path)
    kept = folder() / digest
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        beside = kept.with_name(f"{digest}.{os.getpid()}.part")
        shutil.copyfile(path, beside)
        beside.replace(kept)
    return digest


def find(digest: str) -> Path:
    """The kept file of a SHA-256. Raises RecordError where it is gone or was changed."""
    kept = folder() / digest
    if not kept.is_file():
        raise RecordError(f"The input file with SHA-256 {digest} is not kept any more.")
    if sha256(kept) != digest:
        raise RecordError(f"The kept input file with SHA-256 {digest} was changed after it was handed in.")
    return kept


def held() -> list[str]:
    """The SHA-256 of every file that is kept."""
    names = [path.name for path in folder().iterdir()] if folder().is_dir() else []
    return sorted(name for name in names if re.fullmatch("[0-9a-f]{64}", name))
