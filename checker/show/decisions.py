"""The decisions held on possible matches: the state of each, and what it changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checker.effects import Effect, Pair
from checker.show.labels import Labels, count, day
from checker.show.review import WORDS
from checker.show.tables import Cell, Column, Table
from checker.views.review import Taken

STATES = {
    "next": "Takes effect at the next run",
    "used": "Used in this assessment",
    "unused": "Not applied by this assessment",
    "vanished": "Its record is not in the registry copy of this assessment",
    "unchecked": "This assessment looked nothing up in the registry",
    "open": "Stays a possible match",
}


def table(taken: list[Taken], effects: Mapping[Pair, Effect], labels: Labels) -> Table:
    """The decisions held on suppliers of the assessment, and what each changed."""
    columns = [Column("Supplier"), Column("Record"), Column("Decision"), Column("Why"), Column("By")]
    cells = [
        [
            Cell(one.supplier),
            Cell(one.decision.entry_name, note=one.decision.entry_number),
            Cell(WORDS[one.decision.decision]),
            Cell(one.decision.why),
            Cell(one.decision.who, note=day(one.decision.at.date())),
            _effect(one, effects, labels),
        ]
        for one in taken
    ]
    caption = f"{count(len(taken), 'decision')}, the latest first"
    return Table(caption, [*columns, Column("What it changed")], cells)


def _effect(one: Taken, effects: Mapping[Pair, Effect], labels: Labels) -> Cell:
    """The state of a decision, and beside it how the supplier stood before it and stands now."""
    held = one.decision
    effect = effects.get((held.key, held.entry_name, held.entry_number)) if one.state == "used" else None
    return Cell(STATES[one.state], note=_changed(effect, labels) if effect else None)


def _changed(effect: Effect, labels: Labels) -> str:
    before, after = effect.before, effect.after
    if before == after:
        return "Nothing changed for this supplier"
    parts = [
        (before.statement != after.statement, _turned("statement", before.statement, after.statement, labels)),
        (before.band != after.band, _turned("band", before.band, after.band, labels)),
        (before.points != after.points, f"Points: {before.points:,} before, {after.points:,} now"),
        (before.match != after.match, _turned("match", before.match, after.match, labels)),
    ]
    return ". ".join(told for changed, told in parts if changed)


def _turned(column: str, before: str, after: str, labels: Labels) -> str:
    return f"{column.capitalize()}: {labels.of(column, before).lower()} before, {labels.of(column, after).lower()} now"


def taken_back(last: Sequence[Taken]) -> str:
    """What is said when that is done."""
    return "The last decision was taken back." if len(last) == 1 else f"{len(last)} decisions were taken back."


def undone(last: Sequence[Taken]) -> str:
    """The words of the button that takes back what was decided last."""
    first = last[0].decision
    of = f"{last[0].supplier} and {first.entry_name}" if len(last) == 1 else count(len(last), "record")
    return f"Undo: {WORDS[first.decision].lower()}, {of}"
