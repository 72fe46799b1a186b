"""Looks for any change or gap: in the audit trail, in the rows it speaks of, and in the files beside the database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from checker.records import assessments, chain, frames, inputs, looked_up
from checker.records.chain import RECORDED, Entry
from checker.records.database import reading
from checker.records.errors import RecordError
from checker.records.tables import AssessmentRow

DELETED = "deleted an assessment"
STATES = {
    "kept an assessment": assessments.DRAFT,
    "published an assessment": assessments.PUBLISHED,
    "withdrew an assessment": assessments.WITHDRAWN,
    "made an assessment a draft again": assessments.DRAFT,
}
"""The state of an assessment after an entry of the trail."""


@dataclass(frozen=True)
class Verified:
    """How many entries were looked at, the hash of the last, and what does not fit, one sentence each."""

    entries: int
    head: str
    faults: tuple[str, ...]


def verify(known: str | None = None) -> Verified:
    """Check the whole record; `known` is the hash of an entry noted earlier, such as in an audit pack."""
    with reading() as session:
        entries = chain.entries(session)
        faults = [
            *chain.faults(entries),
            *_cut_off(entries),
            *_unknown(entries, known),
            *_rows(session, entries),
            *_assessments(session, entries),
        ]
    return Verified(len(entries), entries[-1].hash if entries else chain.FIRST, tuple(faults))


def _cut_off(entries: list[Entry]) -> Iterator[str]:
    """Entries missing at the end break no chain; the number kept beside the database tells of them."""
    path = chain.head_file()
    if not path.is_file():
        if entries:
            yield f"{path.name}, which holds the number of the last entry, is missing."
        return
    number, _, value = path.read_text("utf-8").strip().partition(" ")
    if value not in {entry.hash for entry in entries}:
        yield f"Entry {number}, which was once written, is missing or was changed. Entries may be missing at the end."


def _unknown(entries: list[Entry], known: str | None) -> Iterator[str]:
    if known is not None and known not in {chain.FIRST, *(entry.hash for entry in entries)}:
        yield f"No entry has the hash {known}: the trail is not the one it was noted from, or was rewritten since."


def _rows(session: Session, entries: list[Entry]) -> Iterator[str]:
    """Rows of people's words against the digests that the trail holds of them."""
    told = [json.loads(entry.detail) for entry in entries]
    written = {(one["table"], one["row"]): one["sha256"] for one in told if {"table", "row", "sha256"} <= set(one)}
    erased = {
        (one["table"], one["row"])
        for one, entry in zip(told, entries, strict=True)
        if entry.action.startswith("erased")
    }
    held = {
        (table.__tablename__, row.id): chain.row_digest(row)
        for table in RECORDED
        for row in session.scalars(select(table))
    }
    for table, row in sorted(set(written) | set(held)):
        digest = held.get((table, row))
        if digest is None and (table, row) not in erased:
            yield f"Row {row} of {table} is missing, and no entry says that it was erased."
        elif digest is not None and (table, row) not in written:
            yield f"Row {row} of {table} was added without an entry in the trail."
        elif digest is not None and digest != written[table, row]:
            yield f"Row {row} of {table} was changed after it was written."


def _assessments(session: Session, entries: list[Entry]) -> Iterator[str]:
    states: dict[str, str | None] = {}
    noted: dict[str, str] = {}
    for entry in entries:
        if entry.action in STATES:
            states[entry.subject] = STATES[entry.action]
            noted[entry.subject] = json.loads(entry.detail).get("frames", noted.get(entry.subject, ""))
        elif entry.action == DELETED:
            states[entry.subject] = None
    held = {row.id: row for row in session.scalars(select(AssessmentRow))}
    for subject in sorted(set(states) | set(held)):
        row, state = held.get(subject), states.get(subject)
        if row is None:
            if state is not None:
                yield f"Assessment {subject} is missing, and no entry says that it was deleted."
        elif row.state != state:
            yield f"Assessment {subject} is {row.state}, but the trail says {state or 'nothing of it'}."
        elif chain.digest(row.frames) != noted[subject]:
            yield f"The list of files of assessment {subject} was changed."
        else:
            yield from _files(row)


def _files(row: AssessmentRow) -> Iterator[str]:
    found = frames.digests(assessments.folder(row.id)) if assessments.folder(row.id).is_dir() else {}
    for name in sorted(set(found) | set(row.frames)):
        if name not in found:
            yield f"{name} of assessment {row.id} is missing."
        elif found[name] != row.frames.get(name):
            yield f"{name} of assessment {row.id} was changed."
    for digest in (*(file["sha256"] for file in row.request["inputs"]), *looked_up.digests(row.request).values()):
        try:
            if (inputs.folder() / digest).exists():
                inputs.find(digest)
        except RecordError as error:
            yield f"{error} It belongs to assessment {row.id}."
