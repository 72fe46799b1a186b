"""Step 2: headings are understood, dates and money parsed: ContractLines; other rows are SetAside with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import get_args

import dataframely as dy
import polars as pl

from riskengine.errors import InputError, NoContractLinesError
from riskengine.lines import sheets as one
from riskengine.lines.columns import Columns
from riskengine.lines.several import compared
from riskengine.lines.sheets import SheetRead
from riskengine.lines.wording import normal
from riskengine.policy.lines import LineField, LinesPolicy
from riskengine.schemas import ContractLines, Headings, Intake, LinesRead, SetAside, Sheet

_NAMED = 20
"""Headings that are named where a chosen one is not there."""

FIELDS: tuple[str, ...] = tuple(field for field in get_args(LineField) if field != "none")
"""The fields a heading can be given by an officer."""


def read(sheets: Sequence[Sheet], policy: LinesPolicy, mapping: Mapping[str, str]) -> LinesRead:
    """Read contract lines from sheets. `mapping` (field to heading, empty for a field not held) is an officer's word.

    Raises NoContractLinesError when no sheet of any file holds contract lines, InputError for a mapping that can't be
    followed, as one whose heading no sheet has. A file none of whose sheets holds lines is told by `unusable`.
    """
    found = understand(sheets, policy, mapping)
    _refuse_unknown(mapping, found.headings)
    if found.lines.is_empty():
        raise next(iter(unusable(found.intake)), NoContractLinesError("", "No file was given.", "Choose a file."))
    return found


def understand(sheets: Sequence[Sheet], policy: LinesPolicy, mapping: Mapping[str, str]) -> LinesRead:
    """As `read`, but sheets without contract lines are told in `intake` and `headings` alone, for a person to map.

    Raises InputError for a mapping that can't be followed.
    """
    columns = Columns(policy, _checked(mapping))
    found = compared([one.read(sheet, policy, _remembering(columns, sheet, mapping, policy)) for sheet in sheets])
    return LinesRead(_lines(found), _set_aside(found), _intake(found), _headings(found))


def unusable(intake: pl.DataFrame) -> list[NoContractLinesError]:
    """One error for each file none of whose sheets holds contract lines, in the order in which they were handed in."""
    errors = []
    for (file,), rows in intake.group_by("file", maintain_order=True):
        if rows["rows_assessed"].sum() == 0:
            why = " ".join(f'Sheet "{row["sheet"]}": {row["left_out"]}' for row in rows.head(3).iter_rows(named=True))
            why = rows["left_out"][0] if rows.height == 1 else why
            errors.append(NoContractLinesError(str(file), str(why), _ADVICE))
    return errors


_ADVICE = "Name the supplier column, or hand in the list with its headings."


def _refuse_unknown(mapping: Mapping[str, str], headings: pl.DataFrame) -> None:
    held = headings["heading"].drop_nulls().unique(maintain_order=True)
    known = {normal(heading) for heading in held}
    for field, heading in mapping.items():
        if heading and known and normal(heading) not in known:
            wrong = f'No list has the heading "{heading}", which was chosen for the {field.replace("_", " ")}.'
            raise InputError("Mapping", wrong, f"Headings are: {', '.join(held.head(_NAMED))}.")


def _remembering(columns: Columns, sheet: Sheet, mapping: Mapping[str, str], policy: LinesPolicy) -> Columns:
    """What was chosen for lists of the sheet's layout before holds too, unless another heading is chosen now."""
    return Columns(policy, {**_checked(sheet.mapping), **mapping}) if sheet.mapping else columns


def _checked(mapping: Mapping[str, str]) -> Mapping[str, str]:
    for field in mapping:
        if field not in FIELDS:
            raise InputError("Mapping", f'"{field}" is not a field.', f"Fields are: {', '.join(FIELDS)}.")
    return mapping


def _lines(found: Sequence[SheetRead]) -> dy.DataFrame[ContractLines]:
    lines = pl.concat([read.lines for read in found]) if found else ContractLines.create_empty()
    return ContractLines.validate(lines)


def _set_aside(found: Sequence[SheetRead]) -> dy.DataFrame[SetAside]:
    rows = pl.concat([read.set_aside for read in found]) if found else SetAside.create_empty()
    return SetAside.validate(rows)


def _intake(found: Sequence[SheetRead]) -> dy.DataFrame[Intake]:
    return Intake.validate(
        pl.DataFrame([_intake_row(read) for read in found], schema=Intake.create_empty().schema), cast=True
    )


def _intake_row(read: SheetRead) -> dict[str, object]:
    zero = Decimal("0.00")
    return {
        "file": read.sheet.file.name,
        "sheet": read.sheet.name,
        "header_row": read.layout.header_row if read.layout else None,
        "rows_read": read.rows_read,
        "rows_assessed": read.lines.height,
        "rows_set_aside": read.set_aside.height,
        "amount_kind": read.amount_kind,
        "amount_read": read.amount_read,
        "amount_assessed": read.lines["amount"].sum() or zero,
        "amount_set_aside": read.set_aside["amount"].sum() or zero,
        "left_out": read.left_out,
        "notes": list(read.notes),
    }


def _headings(found: Sequence[SheetRead]) -> dy.DataFrame[Headings]:
    rows = [
        {
            "file": read.sheet.file.name,
            "sheet": read.sheet.name,
            "column": column.number,
            "heading": column.heading,
            "field": column.field,
            "confidence": column.confidence,
            "reason": column.reason,
        }
        for read in found
        for column in read.columns
    ]
    return Headings.validate(pl.DataFrame(rows, schema=Headings.create_empty().schema), cast=True)
