"""How far a contract may be extended: the latest end, as the list gives it or as its end and the extension tell it.

An extension is read as a day ("Extended to 31/03/2029") or as months ("12 + 12 months", "two further 1 year periods",
"1+1+1", "24" below a heading that names months). Any other text is kept as it is, and no latest end is made of it.
"""

from __future__ import annotations

import re

import polars as pl

from riskengine.lines import dates
from riskengine.lines.texts import Texts
from riskengine.lines.wording import normal
from riskengine.policy.lines import LinesPolicy

_BRACKETS = re.compile(r"\([^)]*\)")
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[a-z]+|[^\w\s.:()\-]")
_COUNT = re.compile(r"[\d.]+(?: x [\d.]+)?")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SAME = {
    **{word: str(number) for number, word in enumerate(_NUMBERS, start=1)},
    **dict.fromkeys(("×", "*", "times", "extensions", "options", "periods"), "x"),
    **dict.fromkeys(("plus", "and", "then", "&"), "+"),
}
_UNITS = {
    **dict.fromkeys(("month", "months", "mth", "mths", "mnth", "mnths", "mo", "mos", "m"), 1),
    **dict.fromkeys(("year", "years", "yr", "yrs", "y", "annual"), 12),
}
_LENGTH = rf"(?:\d{{1,2}}|{'|'.join(_NUMBERS)})[\s-]*(?:{'|'.join(_UNITS)})\b"
_BETWEEN = r"(?:(?:further|additional|separate|optional|extension|option|period|of)\s+)*"
_TIMES = re.compile(rf"\b([1-9]|{'|'.join(_NUMBERS)})(?:\s*no\b\.?)?\s+{_BETWEEN}(?={_LENGTH})")
"""Two 12 month periods: a count right before a length. A hyphen or "to" between two numbers makes a range of them."""
_YEARS = re.compile(r"(?<=\d)\s?y\b")
"""The letter alone says yes."""
_LOOSE = re.compile(r"^x\b|(?<=[a-z] )x$")
_MOST_YEARS, _FEWEST_MONTHS = 5, 6
"""Numbers without a unit, as in "1+1" and "12+12", that can but be years, and but be months."""
_MOST_MONTHS = 600
_DAY = r"(?i)^(?:yes\W+)?(?:extended|extension|option)?\s*(?:until|up to|to)?[\s:]*(.*\d.*)$"


def latest_end(end: pl.Series, extension: Texts, headings: tuple[str, str], policy: LinesPolicy) -> pl.Series:
    """The latest end of each contract; `headings` are those of the extension and of the end.

    Nothing is added to an end whose heading says that it counts extensions already.
    """
    days = dates.parse(extension.changed(lambda texts: texts.str.extract(_DAY, 1)), policy, "last").values
    if counted_in(headings[1], policy):
        return days.rename("latest_end")
    unit = unit_in(headings[0])
    months = extension.each(lambda texts: _by_distinct(texts, unit, policy)).cast(pl.Int32)
    return pl.select(latest_end=pl.coalesce(days, later(end, months))).to_series()


def unit_in(text: str) -> str | None:
    """The first word for months or years in a heading or a text."""
    return next((word for word in _TOKEN.findall(_YEARS.sub(" years", normal(text))) if word in _UNITS), None)


def counted_in(heading: str, policy: LinesPolicy) -> bool:
    """Whether the heading of an end says that it counts extensions."""
    words = {*normal(heading).replace("/", " ").split()}
    return bool(words & {*policy.words.with_extension}) and not words & {*policy.words.net, "without"}


def months(text: str, unit: str | None, policy: LinesPolicy) -> int | None:
    """The months that a text adds, all its parts together, None where unclear; a number alone counts `unit`."""
    text = _TIMES.sub(r"\1 x ", _YEARS.sub(" years", text.lower()))
    outside, whole = _told(_BRACKETS.sub(" ", text), policy), _told(text, policy)
    told = whole if not outside or (_UNITS.keys() & whole and not _UNITS.keys() & outside) else outside
    named = told[-1] if told and told[-1] in _UNITS else unit
    parts = [part.split() for part in " ".join(told).strip("+ ").split("+")]
    lengths = [_length(part, named or _unit_of(parts)) for part in parts]
    total = sum(length for length in lengths if length is not None)
    return int(total) if None not in lengths and 0 < total <= _MOST_MONTHS and total == int(total) else None


def _told(text: str, policy: LinesPolicy) -> list[str]:
    """Numbers, units, "x" and "+": what is left of a text without the words that say nothing of its length."""
    words = (_SAME.get(word, word) for word in _TOKEN.findall(text))
    return _LOOSE.sub("", " ".join(word for word in words if word not in policy.words.extension_words)).split()


def _unit_of(parts: list[list[str]]) -> str | None:
    """The unit of equal numbers without one: 1+1 are years, 12+12 months."""
    first, *others = parts
    if not others or any(part != first for part in others) or len(first) != 1 or not first[0].isdecimal():
        return None
    number = int(first[0])
    return "years" if number <= _MOST_YEARS else "months" if number >= _FEWEST_MONTHS else None


def _length(part: list[str], unit: str | None) -> float | None:
    """The months of "12 month", "2 x 1 year", "1 year x 2" or, in the `unit` that another part names, "12"."""
    own = [word for word in part if word in _UNITS]
    numbers = [word for word in part if word not in _UNITS]
    unit = own[0] if own else unit
    if unit is None or len(own) > 1 or not _COUNT.fullmatch(" ".join(numbers)):
        return None
    first, *others = (float(number) for number in numbers[::2])
    return first * (others[0] if others else 1) * _UNITS[unit]


def _by_distinct(texts: pl.Series, unit: str | None, policy: LinesPolicy) -> pl.Series:
    distinct = texts.drop_nulls().unique()
    read = pl.Series([months(text, unit, policy) for text in distinct.to_list()], dtype=pl.Int32)
    return texts.replace_strict(distinct, read, default=None, return_dtype=pl.Int32)


def later(end: pl.Series, added: pl.Series) -> pl.Expr:
    """The end some months later; the last day of a month stays the last day of one."""
    frame = pl.DataFrame({"end": end, "added": added})
    later = pl.col("end").dt.offset_by(pl.format("{}mo", pl.col("added").fill_null(0)))
    last = pl.col("end") == pl.col("end").dt.month_end()
    moved = pl.when(last).then(later.dt.month_end()).otherwise(later)
    return pl.lit(frame.select(pl.when(pl.col("added").is_not_null()).then(moved)).to_series())
