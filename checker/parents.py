"""Confirming that a register entry is a supplier's parent or group, so that its statement counts for the supplier."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from checker import records
from checker.records import Decision, RecordError
from registries import statement_search
from riskengine.schemas import StatementRegister

PARENT = "parent"
SHOWN = 5
"""Names listed where what was asked for is not one alone."""


@dataclass(frozen=True)
class Link:
    """A supplier, by the name of the list and its `key`, and a register entry."""

    supplier: str
    key: str
    entry_name: str
    entry_number: str | None


def link(supplier: str, parent: str, register: StatementRegister, assessment_id: str | None = None) -> Link:
    """The supplier of an assessment (the newest, unless one is named) and the entry meant by two names or numbers.

    `supplier` is an id, a company number or a name as the list writes it; `parent` a company number or a whole name in
    the registry copy. Raises RecordError where either is not one alone. Likely persons have no parent.
    """
    name, key = _supplier(supplier, assessment_id)
    entry_name, number = _entry(parent, register)
    return Link(name, key, entry_name, number)


def confirm(meant: Link, why: str) -> None:
    """Record who confirms the link, when and why. Raises RecordError without a reason."""
    if not why.strip():
        raise RecordError("Give a short reason: it is kept with the decision.")
    records.decide(meant.key, meant.entry_name, meant.entry_number, PARENT, records.me(), why)


def take_back(key: str, parent: str) -> Decision:
    """Take back that an entry, by name or number, is the parent of the supplier `key`. Raises RecordError for none."""
    for held in confirmed():
        if held.key == key and parent.upper() in (held.entry_name.upper(), held.entry_number):
            records.undo(held.key, held.entry_name, held.entry_number, records.me())
            return held
    raise RecordError(f'No parent "{parent}" is confirmed for the supplier with the key "{key}".')


def confirmed() -> list[Decision]:
    """The parents that hold, by supplier."""
    return [held for held in records.holding() if held.decision == PARENT]


def _supplier(wanted: str, assessment_id: str | None) -> tuple[str, str]:
    kept = records.recent()
    if not kept:
        raise RecordError("No assessment is kept yet. Check a list first.")
    suppliers = records.load(assessment_id or kept[0].id).suppliers.filter(~pl.col("personal"))
    spelt = pl.col("spellings").list.eval(pl.element().str.to_uppercase()).list.contains(wanted.strip().upper())
    meant = (
        (pl.col("supplier_id") == wanted)
        | (pl.col("company_number") == wanted)
        | (pl.col("name").str.to_uppercase() == wanted.strip().upper())
        | spelt
    )
    found = suppliers.filter(meant.fill_null(value=False)).select("name", "key").rows()
    if len(found) != 1:
        near = suppliers.filter(pl.col("name").str.to_uppercase().str.contains(wanted.upper(), literal=True))
        raise RecordError(_not_one("supplier of this assessment", wanted, near["name"].to_list()))
    name, key = found[0]
    return name, key


def _entry(wanted: str, register: StatementRegister) -> tuple[str, str | None]:
    found = statement_search.find(register, wanted)
    meant = found.filter(
        (pl.col("company_number") == wanted.strip().upper()).fill_null(value=False)
        | (pl.col("name").str.to_uppercase() == wanted.strip().upper())
    )
    if meant.height != 1:
        raise RecordError(_not_one("organisation of the registry copy", wanted, found["name"].to_list()))
    return meant["name"][0], meant["company_number"][0]


def _not_one(what: str, wanted: str, near: list[str]) -> str:
    told = f"Similar names: {'; '.join(near[:SHOWN])}." if near else "No name is like it."
    return f'"{wanted}" is not exactly one {what}. {told} Give the whole name or the company number.'
