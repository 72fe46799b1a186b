"""The audit trail and the runs as tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.records import Begun, Entry
from checker.show.labels import begun, count, day, moment
from checker.show.tables import Cell, Column, Table

_HASH = re.compile("[0-9a-f]{64}")
_OUTCOMES = {
    "assessed": "Assessed",
    "compared": "Made again and compared",
    "refused": "Nothing could be assessed",
    "cancelled": "Cancelled",
    "interrupted": "Interrupted",
}


def entries(rows: Sequence[Entry]) -> Table:
    """Entries of the trail: when, who, what, and of what."""
    cells = [
        [
            Cell(moment(one.at)),
            Cell(one.who),
            Cell(begun(one.action), note=one.outcome or None),
            Cell(_short(one.subject)),
            Cell(one.reason),
        ]
        for one in rows
    ]
    columns = [Column(title) for title in ("When", "Who", "What", "Of what", "Why")]
    return Table("What was done, the latest first", columns, cells, row_headings=False)


def _short(subject: str) -> str:
    """A hash by its first letters: they tell it apart, and `riskcheck audit trail` shows it whole."""
    return f"{subject[:12]}…" if _HASH.fullmatch(subject) else subject


def runs(rows: Sequence[Begun]) -> Table:
    """Runs: when each began, who started it, what it was given, and how it ended."""
    cells = [
        [
            Cell(moment(one.started)),
            Cell(one.who),
            Cell(count(len(one.files), "list"), note=f"as of {day(one.as_of)}"),
            Cell("At work" if one.outcome is None else _OUTCOMES[one.outcome]),
        ]
        for one in rows
    ]
    columns = [Column(title) for title in ("Began", "Who", "What", "How it ended")]
    return Table("Runs, the latest first", columns, cells, row_headings=False)
