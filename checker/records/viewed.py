"""Saved views: filters kept under a name, for the person who saved them or for everybody who may filter."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from checker.records import chain, people
from checker.records.database import reading, writing
from checker.records.errors import RecordError
from checker.records.tables import SavedViewRow

LONGEST = 80
"""Characters of a name, so that a list of names can be read."""

Filters = Mapping[str, Sequence[str]]
"""The values chosen of each filter, by its name."""


@dataclass(frozen=True)
class SavedView:
    """One saved view: its name, whose it is, whether others see it too, and its filters."""

    id: str
    name: str
    who: str
    shared: bool
    filters: Filters
    at: datetime


def save_view(name: str, filters: Filters, who: str, shared: bool) -> str:
    """Keep filters under a name; one's own view of the same name is replaced. Returns its id. Raises RecordError."""
    said = people.told(name)
    if not 0 < len(said) <= LONGEST:
        raise RecordError(f"A saved view needs a name of 1 to {LONGEST} characters.")
    kept = {key: list(values) for key, values in sorted(filters.items()) if values}
    if not kept:
        raise RecordError("Choose at least one filter first: a view without filters shows everything.")
    with writing() as session:
        own = (SavedViewRow.who == who, SavedViewRow.name == said)
        for old in session.scalars(select(SavedViewRow).where(*own)):
            session.delete(old)
        row = SavedViewRow(id=uuid.uuid4().hex, name=said, who=who, shared=shared, filters=kept, at=chain.now())
        session.add(row)
        chain.append(session, who, "saved a view", row.id, {"name": said, "shared": shared, "filters": kept})
        return row.id


def saved_views(who: str) -> list[SavedView]:
    """One's own views and those that others share, by name."""
    wanted = select(SavedViewRow).where(or_(SavedViewRow.who == who, SavedViewRow.shared))
    with reading() as session:
        rows = session.scalars(wanted.order_by(SavedViewRow.name, SavedViewRow.at))
        return [SavedView(row.id, row.name, row.who, row.shared, row.filters, row.at) for row in rows]


def delete_view(view_id: str, who: str) -> None:
    """Delete one of one's own views. Raises RecordError for one that is not there, or is somebody else's."""
    with writing() as session:
        row = session.get(SavedViewRow, view_id)
        if row is None or row.who != who:
            raise RecordError("There is no such view of yours. A shared view is deleted by the person who saved it.")
        session.delete(row)
        chain.append(session, who, "deleted a view", view_id, {"name": row.name})
