"""Notes on a supplier, and the supplier's own replies and corrections beside what was found."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select

from checker.records import chain, people
from checker.records.database import reading, writing
from checker.records.errors import RecordError
from checker.records.tables import NoteRow

LONGEST = 10_000
"""Signs of a note; a longer text is a document and belongs into the council's own files."""


@dataclass(frozen=True)
class Note:
    """A note or a reply about a supplier (`key`); `indicator` names the finding that it is about, if any."""

    id: int
    key: str
    kind: Literal["note", "reply"]
    indicator: str | None
    text: str
    who: str
    at: datetime


def note(key: str, text: str, who: str, indicator: str | None = None) -> None:
    """Record an officer's note on the supplier `key`. Raises RecordError for an empty or too long one."""
    _add(key, text, who, "note", indicator)


def reply(key: str, text: str, who: str, indicator: str | None = None) -> None:
    """Record what the supplier itself answered or corrected, as `who` took it down. Raises RecordError."""
    _add(key, text, who, "reply", indicator)


def notes(key: str) -> list[Note]:
    """Notes and replies about a supplier, the latest first."""
    with reading() as session:
        rows = session.scalars(select(NoteRow).where(NoteRow.key == key).order_by(NoteRow.id.desc()))
        return [_note(row) for row in rows]


def every_note(keys: Collection[str]) -> list[Note]:
    """Notes and replies about any of some suppliers, the latest first."""
    wanted = set(keys)
    with reading() as session:
        rows = session.scalars(select(NoteRow).order_by(NoteRow.id.desc()))
        return [_note(row) for row in rows if row.key in wanted]


def erase_note(number: int, who: str, why: str) -> None:
    """Delete a note that holds what must not be kept; the trail keeps that it was deleted. Raises RecordError."""
    if not why.strip():
        raise RecordError("Say why the note is deleted.")
    with writing() as session:
        row = session.get(NoteRow, number)
        if row is None:
            raise RecordError("There is no such note.")
        session.delete(row)
        chain.append(
            session, who, "erased a note", chain.supplier(row.key), {"table": "notes", "row": number, "why": why}
        )


def _add(key: str, text: str, who: str, kind: str, indicator: str | None) -> None:
    said = people.told(text)
    if not 0 < len(said) <= LONGEST:
        raise RecordError(f"A note should hold between 1 and {LONGEST:,} signs.")
    with writing() as session:
        row = NoteRow(key=key, kind=kind, indicator=indicator, text=said, who=who, at=chain.now())
        chain.record(session, row, f"recorded a {kind}", chain.supplier(key))


def _note(row: NoteRow) -> Note:
    return Note(row.id, row.key, _kind(row.kind), row.indicator, row.text, row.who, row.at)


def _kind(kind: str) -> Literal["note", "reply"]:
    return "reply" if kind == "reply" else "note"
