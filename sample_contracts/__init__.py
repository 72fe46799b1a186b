"""Fictional lists of an invented council, one layout or fault each; README.md says which shows what."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Sample:
    """One sample list: where it lies, its title and what it shows."""

    path: Path
    title: str
    shows: str


def samples() -> tuple[Sample, ...]:
    """All sample lists in the order of samples.toml."""
    return tuple(Sample(FOLDER / row["name"], row["title"], row["shows"]) for row in _table()["files"])


def as_of() -> date:
    """The day for which the samples are assessed, so that their results never change."""
    day = _table()["as_of"]
    return date(day.year, day.month, day.day)


def _table() -> dict[str, list[dict[str, str]]]:
    return tomllib.loads((FOLDER / "samples.toml").read_text(encoding="utf-8"))
