"""Money as councils write it: £1,234.50, (1,234.50), 1234-, 1.234,50, £1.2m, 500 CR, £25,000 per annum.

A range, a foreign currency and words alone (POA, TBC) are no amount: they are left empty and counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

import polars as pl

from riskengine.policy.lines import LinesPolicy
from riskengine.schemas import MONEY

_PLAIN = r"^-?\d{1,15}(?:\.\d{1,2})?$"
_COMMA_DECIMALS = r"^\D*\d{1,3}(?:\.\d{3})+,\d{1,2}\D*$|^\D*\d+,\d{2}\D*$"
_POINT_DECIMALS = r"\d\.\d{1,2}(?:\D|$)|\d,\d{3}(?:\D|$)"
_NUMBER = re.compile(r"\d[\d,.'\s]*\d|\d|\.\d+")
_TIMES = {"k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "mil": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}  # fmt: skip
_POUND = "£œ�"
"""£, and what is left of it when a file in code page 850 or a lost byte is read."""
_FOREIGN = re.compile(r"[$€¥]|\b(?:eur|usd|euros?|dollars?)\b")
_LARGEST = Decimal(10) ** 15


@dataclass(frozen=True)
class Amounts:
    """A column of amounts as Decimal, how many filled cells could not be read, and an example of them."""

    values: pl.Series
    unread: int
    example: str | None
    comma_decimals: bool


def parse(texts: pl.Series, policy: LinesPolicy) -> Amounts:
    """Read a column of texts. Whether a comma marks decimals is told from the whole column, never from one cell."""
    plain = texts.str.contains(_PLAIN)
    values = texts.set(~plain.fill_null(False), None).cast(MONEY, strict=False)
    odd = texts.filter(~plain.fill_null(True)).unique().sort()
    if not len(odd):
        return Amounts(values.rename("amount"), 0, None, False)
    comma = _comma_decimals(odd)
    read = {text: money(text, comma, policy) for text in odd.to_list()}
    known = pl.Series(list(read.values()), dtype=MONEY)
    others = texts.replace_strict(odd, known, default=None, return_dtype=MONEY)
    values = pl.select(pl.when(plain.fill_null(False)).then(values).otherwise(others)).to_series()
    unread = values.is_null() & texts.is_not_null()
    example = texts.filter(unread).head(1).to_list()
    return Amounts(values.rename("amount"), int(unread.sum()), example[0] if example else None, comma)


def _comma_decimals(odd: pl.Series) -> bool:
    return int(odd.str.contains(_COMMA_DECIMALS).sum()) > int(odd.str.contains(_POINT_DECIMALS).sum())


def money(text: str, comma_decimals: bool, policy: LinesPolicy) -> Decimal | None:
    """One amount in £ to two places, halves away from zero; None when the text is not one single amount."""
    lower = text.lower().replace("\u00a0", " ").replace("−", "-").replace("–", "-").replace("â£", "£").strip()
    if _FOREIGN.search(lower):
        return None
    numbers = _NUMBER.findall(lower)
    if len(numbers) != 1:
        return None
    before, after = lower.split(numbers[0], 1)
    if not _rest_is_known(before, after, policy):
        return None
    value = _number(numbers[0], comma_decimals)
    if value is None:
        return None
    words = re.findall(r"[a-z]+", after)
    value *= _TIMES.get(words[0], 1) if words else 1
    negative = "-" in before or after.strip().startswith("-") or ("(" in before and ")" in after) or "cr" in words
    value = value.quantize(Decimal("0.01"), ROUND_HALF_UP) if value < _LARGEST else _LARGEST
    return None if value >= _LARGEST else -value if negative else value


def _number(digits: str, comma_decimals: bool) -> Decimal | None:
    digits = re.sub(r"[\s']", "", digits)
    if comma_decimals:
        digits = digits.replace(".", "").replace(",", ".")
    elif digits.count(".") > 1:
        return None
    try:
        return Decimal(digits.replace(",", ""))
    except InvalidOperation:
        return None


def _rest_is_known(before: str, after: str, policy: LinesPolicy) -> bool:
    """Whether what stands around the number belongs to an amount: signs, £, and words such as "per annum"."""
    if before.rstrip().endswith(tuple(_POUND)):
        return True
    rest = before.strip() + " " + after.strip()
    rest = re.sub(rf"[{_POUND}()\-+*?=~<>/,.:;%'\"\[\]]" if "%" not in after else r"$^", " ", rest)
    return all(word in policy.words.amount_words or word in _TIMES for word in rest.split())
