"""A person's word on possible matches. Nothing is overwritten: each word is a version, and so is taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import dataframely as dy
import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from checker.records import chain, people
from checker.records.database import reading, writing
from checker.records.errors import RecordError
from checker.records.tables import DecisionRow
from riskengine.schemas import Decisions

APPLIED = ("same", "not_same", "parent")
"""The words that a run applies. `parent`: the entry is the supplier's parent or group, whose statement counts."""
WORDS = (*APPLIED, "not_sure")
"""What can be decided of a supplier and a register entry. `not_sure` keeps the match possible."""
UNDONE = "undone"

Pair = tuple[str, str, str]
"""A supplier's key and the name and number of a register entry (empty where it has none)."""


@dataclass(frozen=True)
class Decision:
    """One version of a person's word on one pair of supplier (`key`) and register entry."""

    key: str
    entry_name: str
    entry_number: str | None
    version: int
    decision: str
    who: str
    at: datetime
    why: str


def decide(  # noqa: PLR0913, PLR0917 - a decision has six parts, each a word of its own
    key: str, entry_name: str, entry_number: str | None, decision: str, who: str, why: str
) -> None:
    """Record a word on the supplier `key` and a register entry. Raises RecordError for an unknown word."""
    decide_each([(key, entry_name, entry_number or "")], decision, who, why)


def decide_each(pairs: Sequence[Pair], decision: str, who: str, why: str) -> None:
    """Record one word on each pair, in one moment: all are recorded, each by itself, or none. Raises RecordError."""
    if decision not in WORDS:
        raise RecordError(f'"{decision}" is not a decision. Decisions are: {", ".join(WORDS)}.')
    _add_each(pairs, decision, who, why)


def undo(key: str, entry_name: str, entry_number: str | None, who: str, why: str = "") -> None:
    """Take the last word on a pair back: what was said before it holds again. Raises RecordError for none."""
    undo_each([(key, entry_name, entry_number or "")], who, why)


def undo_each(pairs: Sequence[Pair], who: str, why: str = "") -> None:
    """The same for many pairs: all words are taken back, or none."""
    _add_each(pairs, UNDONE, who, why)


def decisions() -> dy.DataFrame[Decisions]:
    """The words that hold, those of APPLIED, which a run applies before anything else."""
    rows = [
        {
            "key": held.key,
            "entry_name": held.entry_name,
            "entry_number": held.entry_number,
            "decision": held.decision,
            "who": held.who,
            "when": held.at.date(),
            "why": held.why,
        }
        for held in holding()
        if held.decision in APPLIED
    ]
    return Decisions.cast(pl.DataFrame(rows, schema=Decisions.create_empty().schema))


def holding() -> list[Decision]:
    """The word that holds for each pair, `not_sure` too, by supplier and entry."""
    pairs: dict[Pair, list[DecisionRow]] = {}
    with reading() as session:
        for row in session.scalars(select(DecisionRow).order_by(DecisionRow.version)):
            pairs.setdefault((row.key, row.entry_name, row.entry_number), []).append(row)
    standing = (_standing(rows) for _, rows in sorted(pairs.items()))
    return [_decision(rows[-1]) for rows in standing if rows]


def history(key: str | None = None) -> list[Decision]:
    """Every version, those of one supplier or all, in the order in which they were given."""
    wanted = select(DecisionRow).order_by(DecisionRow.id)
    with reading() as session:
        rows = session.scalars(wanted.where(DecisionRow.key == key) if key is not None else wanted)
        return [_decision(row) for row in rows]


def _add_each(pairs: Sequence[Pair], decision: str, who: str, why: str) -> None:
    said = {"decision": decision, "who": who, "at": chain.now(), "why": people.told(why)}
    action = "undid a decision" if decision == UNDONE else "decided on a match"
    with writing() as session:
        for pair in pairs:
            versions = _versions(session, pair)
            if decision == UNDONE and not _standing(versions):
                raise RecordError("There is no decision to undo for this supplier and register entry.")
            version = versions[-1].version + 1 if versions else 1
            row = DecisionRow(key=pair[0], entry_name=pair[1], entry_number=pair[2], version=version, **said)
            chain.record(session, row, action, chain.supplier(row.key))


def _versions(session: Session, pair: Pair) -> list[DecisionRow]:
    key, name, number = pair
    wanted = (DecisionRow.key == key, DecisionRow.entry_name == name, DecisionRow.entry_number == number)
    return list(session.scalars(select(DecisionRow).where(*wanted).order_by(DecisionRow.version)))


def _standing(versions: Iterable[DecisionRow]) -> list[DecisionRow]:
    """The words not taken back, the last one holds."""
    held: list[DecisionRow] = []
    for row in versions:
        if row.decision != UNDONE:
            held.append(row)
        elif held:
            held.pop()
    return held


def _decision(row: DecisionRow) -> Decision:
    number = row.entry_number or None
    return Decision(row.key, row.entry_name, number, row.version, row.decision, row.who, row.at, row.why)
