"""Words and number formats of everything on screen, in British usage. The words are policy (wording.toml)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from riskengine.policy import Policy
from riskengine.spreadsheet import TEXT_SHEET

NOT_KNOWN = "Not known"
UNITS: tuple[tuple[int, int, str], ...] = ((1_000_000_000, 999_950_000, " billion"), (1_000_000, 999_500, " million"))
"""Large units, from how many £ each is used, and its name."""


class Labels:
    """The words for each value of each column, as the policy of the assessment gives them."""

    def __init__(self, policy: Policy) -> None:
        self._words = policy.wording.labels
        self._sectors = {"unknown": "Sector not known"} | {
            sector.id: sector.name for sector in policy.sectors.sectors if sector.id != "unknown"
        }

    def of(self, column: str, value: str | None) -> str:
        """The words for a value; a value without words is shown as it is."""
        return NOT_KNOWN if value is None else self._words.get(column, {}).get(value, value)

    def all(self, column: str) -> dict[str, str]:
        """Every value of a column with its words, in the order of the policy."""
        return self._words[column]

    def sector(self, sector: str | None) -> str:
        """The name of a sector."""
        return self._sectors.get(sector or "unknown", sector or "unknown")


def pounds(amount: Decimal | float | None) -> str:
    """£ to the penny: £1,234.50; a minus sign for refunds."""
    return NOT_KNOWN if amount is None else f"{'−' if amount < 0 else ''}£{abs(amount):,.2f}"


def round_pounds(amount: Decimal | float | None) -> str:
    """£ for reading at a glance: £950, £12,300, £4.2 million, £1.3 billion."""
    if amount is None:
        return NOT_KNOWN
    size, sign = float(amount if amount > 0 else -amount), "−" if amount < 0 else ""
    for unit, least, name in UNITS:
        if size >= least:
            return f"{sign}£{size / unit:,.1f}{name}"
    return f"{sign}£{size:,.0f}"


def percent(share: float | None) -> str:
    """A share of 0 to 1 as a whole percentage; only all is 100 % and only nothing 0 %."""
    if share is None:
        return NOT_KNOWN
    if 0 < share < 0.01:
        return "under 1%"
    if 0.99 < share < 1:
        return "over 99%"
    return f"{share:.0%}"


def day(value: date | None) -> str:
    """22 November 2026."""
    return NOT_KNOWN if value is None else f"{value.day} {value:%B %Y}"


def moment(value: datetime) -> str:
    """22 November 2026, 14:05 UTC; a moment is kept in UTC."""
    return f"{day(value.date())}, {value:%H:%M} UTC"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """1 line, 1,234 lines."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def place(row: dict[str, Any]) -> str:
    """Where a row stands: file, sheet and row."""
    return f"{sheet(row)}, row {row['row']}"


def sheet(row: dict[str, Any]) -> str:
    """File and sheet; text files have no sheets."""
    return str(row["file"]) if row["sheet"] == TEXT_SHEET else f"{row['file']}, {row['sheet']}"


def begun(text: str) -> str:
    """A text with a capital letter first, the rest as it is."""
    return text[:1].upper() + text[1:]


def listed(words: list[str]) -> str:
    """a, b and c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def span(years: Sequence[int]) -> str:
    """The first and the last of some years."""
    return f"{years[0]} to {years[-1]}" if len(years) > 1 else str(years[0])
