"""Columns that no heading explains, known by their values alone: names of firms, amounts with pence, dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from riskengine.lines.looks import Looks
from riskengine.policy.lines import LinesPolicy

_MONEY = 0.9
_DATES = 0.8


@dataclass(frozen=True)
class Known:
    """A column (1-based) and the field that its values show, with what was seen."""

    number: int
    field: str
    seen: str


def known(free: Mapping[int, Looks], missing: set[str], policy: LinesPolicy) -> Iterator[Known]:
    """Of the columns without a meaning, the one that fits each missing field; none where several do.

    Only a list with some other field is looked at, so that no table of another kind is taken for one. Of several
    columns of firms the one that names most of them is taken.
    """
    firms = policy.settings.firms.value
    if "supplier" in missing:
        named = {at: looks.firms for at, looks in free.items() if looks.firms >= firms and looks.several}
        if named:
            best = max(named, key=lambda at: named[at])
            yield Known(best, "supplier", f"{named[best]:.0%} of the values end as names of firms do")
    if "amount" in missing:
        yield from _only(free, "amount", {at for at, looks in free.items() if looks.money >= _MONEY and looks.pence})
    if "date" in missing:
        yield from _only(free, "date", {at for at, looks in free.items() if looks.dates >= _DATES})


def _only(free: Mapping[int, Looks], field: str, found: set[int]) -> Iterator[Known]:
    if len(found) == 1:
        (at,) = found
        share = free[at].money if field == "amount" else free[at].dates
        yield Known(at, field, f"{share:.0%} of the values are {field}s and no other column holds any")
