"""The lines of a stored assessment as the pages show them, kept as Parquet: a page reads the columns that it shows.

Personal names are withheld. What is kept can always be made anew, so that it is part of neither record nor backup.
"""

from __future__ import annotations

import os
import threading
from functools import cache
from hashlib import sha256
from pathlib import Path

import polars as pl

import riskengine
from checker import apart, records
from checker.records import frames
from checker.settings import Settings
from checker.views import lines
from riskengine.pipeline import Assessment

CODE = (Path(riskengine.__file__).parent, Path(lines.__file__).parent)
"""What makes such files: those that other code made are made anew, as names may be withheld otherwise since."""

_MAKING = threading.Lock()
"""Held while lines are made anew, so that those who ask at once wait for one making of them."""


def keep(assessment_id: str, assessment: Assessment) -> Path:
    """Keep the ranked lines of an assessment, unless they are kept already. Raises OSError."""
    path = place(assessment_id, "parquet")
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}.part")
        lines.ranked(frames.withheld(assessment)).write_parquet(beside, compression="zstd")
        put(beside, path)
    return path


def scan(assessment_id: str) -> pl.LazyFrame:
    """The rows of `lines.ranked`, not read yet. Raises RecordError for an unknown assessment, and OSError."""
    path = place(assessment_id, "parquet")
    if not path.is_file():
        with _MAKING:
            apart.make(_again, assessment_id)
    return pl.scan_parquet(path)


def _again(assessment_id: str) -> None:
    """In the process that makes them: where another was faster, nothing is read."""
    keep(assessment_id, records.load(assessment_id))


def place(assessment_id: str, form: str) -> Path:
    """Where a file made of an assessment alone, which never changes, is kept as long as our code stays the same."""
    return Settings().ranked_dir / f"{assessment_id}.{_code()}.{form}"


def put(made: Path, kept: Path) -> None:
    """Move a file to its place; what other code made of the same assessment goes."""
    made.replace(kept)
    for old in set(kept.parent.glob(f"{kept.name.partition('.')[0]}.*{kept.suffix}")) - {kept}:
        old.unlink(missing_ok=True)


@cache
def _code() -> str:
    files = [path for folder in CODE for path in sorted(folder.rglob("*.py"))]
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
