"""When a contract ends that is given by its start and how long it runs: 36 months, 3 years, 2 yrs + 1, 3+1+1.

What follows "+", "plus" or an opening bracket is an option to extend. A text of which it is not clear what was agreed
("up to 4 years", "4 years (2+2)") tells no end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from riskengine.lines import extensions
from riskengine.lines.texts import Texts
from riskengine.policy.lines import LinesPolicy

_PARTS = re.compile(r"(?i)^(.*?)\s*(?:(\+|\(|,|;|\b(?:plus|with|options?|extend\w*|extension)\b)(.*))?$", re.DOTALL)
_SAYS_NOTHING = re.compile(r"(?i)\b(?:initial(?:ly)?|fixed|term)\b")
_UP_TO = re.compile(r"(?i)\b(?:up to|max|maximum)\b")
_EXTENDS = re.compile(r"(?i)\b(?:plus|options?|further|exten\w+)\b")
_SUM = re.compile(r"\d+(?: ?\+ ?\d+)+")
_MOST_YEARS, _FEWEST_MONTHS = 5, 6
"""Numbers without a unit, as in "3+1+1" and "24+12", that can but be years, and but be months."""


@dataclass(frozen=True)
class Duration:
    """How many months were agreed, whether they may be extended, and by how many."""

    months: int
    extendable: bool = False
    further: int | None = None


def duration(text: str, unit: str | None, policy: LinesPolicy) -> Duration | None:
    """What a text says, None where it is not clear; numbers alone count `unit`."""
    unit = extensions.unit_in(text) or unit or _unit_of(text)
    found = _PARTS.match(text.strip())
    if found is None or _UP_TO.search(found[1]):
        return None
    agreed = extensions.months(_SAYS_NOTHING.sub(" ", found[1]), unit, policy)
    option = "".join(part for part in found.groups()[1:] if part).strip(" ()+,;")
    further = extensions.months(option, unit, policy) if option else None
    if agreed is not None and found[2] == "(" and further == agreed and not _EXTENDS.search(option):
        return None if "+" in option else Duration(agreed)
    return Duration(agreed, bool(option), further) if agreed is not None else None


def _unit_of(text: str) -> str | None:
    """The unit of a sum without one."""
    numbers = [int(number) for number in re.findall(r"\d+", text)] if _SUM.fullmatch(text.strip()) else []
    if numbers and max(numbers) <= _MOST_YEARS:
        return "years"
    return "months" if numbers and min(numbers) >= _FEWEST_MONTHS else None


def read(texts: Texts, heading: str, policy: LinesPolicy) -> pl.DataFrame:
    """For each row its `text`, and `months`, `extendable` and `further` as far as the text tells them."""
    unit = extensions.unit_in(heading)
    known = {text: duration(text, unit, policy) for text in texts.rows.drop_nulls().unique()}
    told = pl.DataFrame(
        [{"text": text, **vars(one)} for text, one in known.items() if one],
        schema={"text": pl.String, "months": pl.Int32, "extendable": pl.Boolean, "further": pl.Int32},
    )
    return texts.rows.to_frame("text").join(told, on="text", how="left", maintain_order="left")


def last_day(start: pl.Series, months: pl.Series) -> pl.Series:
    """The day before the start comes round again after so many months."""
    frame = pl.DataFrame({"start": start, "months": months})
    after = pl.col("start").dt.offset_by(pl.format("{}mo", pl.col("months").fill_null(0))).dt.offset_by("-1d")
    return frame.select(end=pl.when(pl.col("months").is_not_null()).then(after)).to_series()
