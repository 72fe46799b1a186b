"""Which heading holds a field: what an officer chose once is remembered for every list of the same layout.

A layout is known by the headings in its heading row, in order and in their normal form.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import select

from checker.records import chain
from checker.records.database import reading, writing
from checker.records.errors import RecordError
from checker.records.tables import MappingRow
from riskengine.lines.wording import normal
from riskengine.pipeline import Assessment
from riskengine.schemas import Sheet
from riskengine.statements.wording import in_words

UNDONE = "as understood"
"""Chosen in the place of a heading: what is remembered of the field is forgotten."""
SEARCHED = 200
"""Rows of a sheet in which a heading row can stand. Source: the same limit in the policy of lines."""


@dataclass(frozen=True)
class Remembered:
    """A mapping (field to heading, empty where no column holds the field) of a layout, and who chose it when."""

    layout: str
    headings: tuple[str, ...]
    mapping: Mapping[str, str]
    who: str
    at: datetime


def layout(cells: Sequence[str | None]) -> str:
    """The fingerprint of a heading row."""
    headings = [normal(cell) if cell else "" for cell in cells]
    while headings and not headings[-1]:
        headings.pop()
    return hashlib.sha256(json.dumps(headings).encode()).hexdigest()


def mappings() -> list[Remembered]:
    """The mappings that are remembered, the latest first."""
    last: dict[str, MappingRow] = {}
    with reading() as session:
        for row in session.scalars(select(MappingRow).order_by(MappingRow.id)):
            last[row.layout] = row
    held = sorted((row for row in last.values() if row.mapping), key=lambda row: row.id, reverse=True)
    return [Remembered(row.layout, tuple(row.headings), row.mapping, row.who, row.at) for row in held]


def apply(sheets: Sequence[Sheet], chosen: Mapping[str, str]) -> list[Sheet]:
    """The sheets with the mapping that is remembered for their layout, said in a note; `chosen` fields are left out."""
    held = {one.layout: one for one in mappings()}
    return [_applied(sheet, held, chosen) for sheet in sheets] if held else list(sheets)


def chosen(mapping: Mapping[str, str]) -> dict[str, str]:
    """Of what was asked for, the headings that a run goes by."""
    return {field: heading for field, heading in mapping.items() if heading != UNDONE}


def remember(
    sheets: Sequence[Sheet], found: Assessment, who: str, asked: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Remember the headings chosen by hand in a run, for the layout of each sheet that has them.

    Fields that were `asked` to be as understood again are forgotten for the layouts of all sheets.
    """
    undone = asked.keys() - chosen(asked).keys()
    if not found.mapping and not undone:
        return
    held = {one.layout: one.mapping for one in mappings()}
    for sheet in sheets:
        cells = _heading_row(sheet, found)
        told = _of_sheet(sheet, found) if cells else {}
        known = layout(cells)
        kept = {field: heading for field, heading in held.get(known, {}).items() if field not in undone}
        wanted = {**kept, **told}
        if wanted != held.get(known, {}):
            _add(known, [cell for cell in cells if cell], wanted, who)
            held[known] = wanted


def said(mapping: Mapping[str, str]) -> str:
    """A mapping in words: supplier = "Payee", no column for the amount."""
    chosen = ((field.replace("_", " "), heading) for field, heading in sorted(mapping.items()))
    return ", ".join(f'{field} = "{heading}"' if heading else f"no column for the {field}" for field, heading in chosen)


def forget(known: str, who: str) -> None:
    """Forget the mapping of a layout, named by its fingerprint or the beginning of it. Raises RecordError."""
    fitting = [one for one in mappings() if known and one.layout.startswith(known)]
    if len(fitting) != 1:
        raise RecordError("No mapping, or more than one, is remembered for a layout that begins so.")
    _add(fitting[0].layout, list(fitting[0].headings), {}, who)


def _add(known: str, headings: list[str], mapping: Mapping[str, str], who: str) -> None:
    with writing() as session:
        row = MappingRow(layout=known, headings=headings, mapping=dict(mapping), who=who, at=chain.now())
        chain.record(session, row, "remembered a mapping" if mapping else "forgot a mapping", known)


def _applied(sheet: Sheet, held: Mapping[str, Remembered], chosen: Mapping[str, str]) -> Sheet:
    rows = sheet.cells.head(SEARCHED).drop("row", strict=False).rows()
    found = next((held[known] for known in map(layout, rows) if known in held), None)
    mapping = {field: heading for field, heading in found.mapping.items() if field not in chosen} if found else {}
    if found is None or not mapping:
        return sheet
    note = f"A mapping remembered from {in_words(found.at)} was applied: {said(mapping)}."
    return dataclasses.replace(sheet, mapping=mapping, notes=(*sheet.notes, note))


def _heading_row(sheet: Sheet, found: Assessment) -> tuple[str | None, ...]:
    rows = found.intake.filter((found.intake["file"] == sheet.file.name) & (found.intake["sheet"] == sheet.name))
    number = rows["header_row"][0] if rows.height else None
    if number is None:
        return ()
    at = sheet.cells.filter(sheet.cells["row"] == number).drop("row").rows()
    return at[0] if at else ()


def _of_sheet(sheet: Sheet, found: Assessment) -> dict[str, str]:
    """What was chosen, as far as the sheet has such headings; that no column holds a field is said of every sheet."""
    rows = found.headings.filter((found.headings["file"] == sheet.file.name) & (found.headings["sheet"] == sheet.name))
    held = {normal(heading) for heading in rows["heading"].drop_nulls()}
    return {field: heading for field, heading in found.mapping.items() if not heading or normal(heading) in held}
