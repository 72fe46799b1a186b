"""The lines of a stored assessment as the pages show them, kept as Parquet: a page reads the columns that it shows.

Personal names are withheld. What is kept can always be made anew, so that it is part of neither record nor backup.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path

import polars as pl

from checker import apart, records
from checker.records import frames
from checker.settings import Settings
from checker.views import lines
from riskengine.pipeline import Assessment

FORM = 2
"""Goes up when `lines.ranked` or what is withheld changes, so that files of an older form are made anew."""

_MAKING = threading.Lock()
"""Held while lines are made anew, so that those who ask at once wait for one making of them."""


def keep(assessment_id: str, assessment: Assessment) -> Path:
    """Keep the ranked lines of an assessment, unless they are kept already. Raises OSError."""
    path = _path(assessment_id)
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}.part")
        lines.ranked(frames.withheld(assessment)).write_parquet(beside, compression="zstd")
        beside.replace(path)
    return path


def scan(assessment_id: str) -> pl.LazyFrame:
    """The rows of `lines.ranked`, not read yet. Raises RecordError for an unknown assessment, and OSError."""
    path = _path(assessment_id)
    if not path.is_file():
        with _MAKING:
            apart.make(_again, assessment_id)
    return pl.scan_parquet(path)


def _again(assessment_id: str) -> None:
    """In the process that makes them: where another was faster, nothing is read."""
    keep(assessment_id, records.load(assessment_id))


def _path(assessment_id: str) -> Path:
    return Settings().ranked_dir / f"{assessment_id}.{FORM}.parquet"
