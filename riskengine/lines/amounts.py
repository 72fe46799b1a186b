"""Money as councils write it: £1,234.50, (1,234.50), 1234-, 1.234,50, £1.2m, 500 CR, £25,000 per annum.

A range, a foreign currency and words alone (POA, TBC) are no amount: they are left empty and counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import polars as pl

from riskengine.policy.lines import LinesPolicy
from riskengine.schemas import MONEY

_PLAIN = r"^£?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.[0-9]{1,2})?$"
_USUAL = (
    r"^\s*-?\s*[£œ�]?\s*(?:-|\()?\s*[£œ�]?\s*"
    r"(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.\d{1,2})?\s*(?:-|\))?\s*$"
)
_COMMA_DECIMALS = r"\.\d{3},\d{1,2}\D*$|^[^,.]*\d+,\d{1,2}\D*$"
_POINT_DECIMALS = r",\d{3}\.\d|^[^,.]*\d+\.\d{1,2}\D*$"
_NUMBER = re.compile(r"\d{1,3}(?:[ '\u00a0]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d[\d.,]*\d|\d|\.\d+")
_POWER = re.compile(r"[+-]?\d(?:\.\d+)?e[+-]?\d{1,3}")
_NOTHING = re.compile(r"£\s*-|nil")
_GROUPED = {",": re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}"), ".": re.compile(r"\d{1,3}(?:\.\d{3})+")}
_SOUND = re.compile(r"\d+,\d\d?|\d{1,3}(?:,\d{2,3})*,\d{3}|\d+(?:,\d{2,3})*,\d{3}\.\d+|\d{1,3}(?:\.\d{3})+,\d+")
"""Commas that part thousands or pence; any other is a slip, so that £1,2345 is no £1.23."""
_DASH = re.compile(r"^\s+-\s*(?=[a-z])|(?<=[a-z])\s+-(?=\s)")
"""A stroke between a number and words is no sign: £5000 - paid."""
_POINTS_AND_PENCE = re.compile(r"\d{1,3}(?:\.\d{3})+\.\d{2}")
_TIMES = {
    **dict.fromkeys(("k", "thousand"), 10**3),
    **dict.fromkeys(("m", "mn", "mil", "million"), 10**6),
    **dict.fromkeys(("bn", "billion"), 10**9),
}
_POUND = "£œ�"
"""£, and what is left of it when a file in code page 850 or with a lost byte is read."""
_FOREIGN = re.compile(
    r"[$€¥]|\b(?:eur(?:os?)?|dollars?|usd|chf|aud|cad|nzd|nok|sek|dkk|jpy|inr|zar|pln|aed|hkd|sgd|cny)\b"
)
_FOR_ONE = re.compile(r"(?:/|\b(?:per|an?|each|every)\b)\s*([a-z]+)|\b(pcm|pw|ph|pd|weekly|monthly|hourly|daily)\b")
_IN_POUNDS = re.compile(r"(?i)£|\bgbp\b|sterling|pounds")
_POUNDS = frozenset(
    ("gbp", "£", "stg", "sterling", "uk sterling", "pound", "pounds", "pound sterling", "pounds sterling")
)
_LARGEST = Decimal(10) ** 15


@dataclass(frozen=True)
class Amounts:
    """A column of amounts as Decimal, and whether it writes a comma before the pence."""

    values: pl.Series
    comma_decimals: bool


def parse(texts: pl.Series, policy: LinesPolicy) -> Amounts:
    """Read a column of texts. Whether "1.234" is a thousand is told from the whole column, never from one cell."""
    if texts.null_count() == len(texts):
        return Amounts(texts.cast(MONEY).rename("amount"), comma_decimals=False)
    values = _plain(texts)
    values = _with(values, texts, _usual)
    odd = texts.filter(values.is_null() & texts.is_not_null())
    if not len(odd):
        return Amounts(values, comma_decimals=False)
    if _comma_decimals(odd, texts):
        return Amounts(_one_by_one(texts, True, policy), comma_decimals=True)
    return Amounts(_with(values, texts, lambda others: _one_by_one(others, False, policy)), comma_decimals=False)


def _with(values: pl.Series, texts: pl.Series, read: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """The values, and where a text has none what `read` makes of it."""
    unread = (values.is_null() & texts.is_not_null()).arg_true()
    return values.scatter(unread, read(texts.gather(unread))) if len(unread) else values


def with_currency(texts: pl.Series, currencies: pl.Series, heading: str) -> pl.Series:
    """The texts with the currency that stands beside each, where it is not pounds; `heading` is that of the amounts."""
    distinct = currencies.drop_nulls().unique()
    others = distinct.filter(pl.Series([text.strip().lower() not in _POUNDS for text in distinct], dtype=pl.Boolean))
    if not len(others) or _IN_POUNDS.search(heading):
        return texts
    foreign = currencies.is_in(others.implode()) & texts.is_not_null()
    return pl.select(pl.when(foreign).then(texts + " " + currencies).otherwise(texts)).to_series()


def _plain(texts: pl.Series) -> pl.Series:
    """The style of nearly all cells: 1234.5, £1,234.50; null for any other text."""
    text = pl.col("text")
    value = text.str.strip_prefix("£").str.replace_all(",", "", literal=True).cast(MONEY, strict=False)
    return texts.to_frame("text").select(amount=pl.when(text.str.contains(_PLAIN)).then(value)).to_series()


def _usual(texts: pl.Series) -> pl.Series:
    """The styles of nearly all lists at once: 1234.5, £1,234.50, -£5, (5.00), 5.00-; null for any other text."""
    text = pl.col("text")
    digits = text.str.strip_chars(" \u00a0£œ�-()")
    negative = text.str.contains_any(["-", "("])
    value = digits.str.replace_all(",", "", literal=True).cast(MONEY, strict=False)
    usual = text.str.contains(_USUAL)
    signed = pl.when(negative).then(-value).otherwise(value)
    return texts.to_frame("text").select(amount=pl.when(usual).then(signed)).to_series()


def _one_by_one(texts: pl.Series, comma_decimals: bool, policy: LinesPolicy) -> pl.Series:
    distinct = texts.drop_nulls().unique()
    read = pl.Series([money(text, comma_decimals, policy) for text in distinct.to_list()], dtype=MONEY)
    return texts.replace_strict(distinct, read, default=None, return_dtype=MONEY).rename("amount")


def _comma_decimals(odd: pl.Series, texts: pl.Series) -> bool:
    comma = int(odd.str.contains(_COMMA_DECIMALS).sum())
    return comma > 1 and comma > int(texts.str.contains(_POINT_DECIMALS).sum())


def money(text: str, comma_decimals: bool, policy: LinesPolicy) -> Decimal | None:
    """One amount in £ to two places, halves away from zero; None when the text is not one single amount."""
    lower = text.lower().replace("\u00a0", " ").replace("−", "-").replace("–", "-").strip()
    if _NOTHING.fullmatch(lower):
        return Decimal("0.00")
    if _POWER.fullmatch(lower):
        return _rounded(Decimal(lower))
    numbers = _NUMBER.findall(lower)
    if len(numbers) != 1 or _FOREIGN.search(lower):
        return None
    before, after = (_DASH.sub(" ", side) for side in lower.split(numbers[0], 1))
    value = _number(numbers[0], comma_decimals)
    if value is None or not _rest_is_known(before, after, policy):
        return None
    words = re.findall(r"[a-z]+", after)
    value = _rounded(value * (_TIMES.get(words[0], 1) if words else 1))
    return -value if value is not None and _is_negative(before, after) else value


def why_not(text: str) -> str:
    """Why a text that `money` can't read is no amount, to follow "is" or "are"."""
    lower = text.lower()
    if not any(letter.isdigit() for letter in lower):
        return "given in words alone"
    if _FOREIGN.search(lower):
        return "not in pounds"
    if len(_NUMBER.findall(lower)) > 1:
        return "a range or several figures"
    return "for one month, hour or other unit" if _FOR_ONE.search(lower) else "in a form that is not read"


def _is_negative(before: str, after: str) -> bool:
    opened = before.count("(") > before.count(")")
    credited = "cr" in re.findall(r"[a-z]+", f"{before} {after}")
    return "-" in before or after.strip().startswith("-") or opened or credited


def _rounded(value: Decimal) -> Decimal | None:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP) if abs(value) < _LARGEST else None


def _number(digits: str, comma_decimals: bool) -> Decimal | None:
    digits = re.sub(r"[\s']", "", digits)
    if not comma_decimals and "," in digits and not _SOUND.fullmatch(digits):
        return None
    if "," in digits and "." in digits:
        thousands, decimals = (",", ".") if digits.rindex(".") > digits.rindex(",") else (".", ",")
        whole, pence = digits.rsplit(decimals, 1)
        return Decimal(f"{whole.replace(thousands, '')}.{pence}") if decimals not in whole else None
    if _POINTS_AND_PENCE.fullmatch(digits):
        return Decimal(digits[:-3].replace(".", "") + digits[-3:])
    mark = "," if "," in digits else "."
    is_grouped = _GROUPED[mark].fullmatch(digits) is not None
    if is_grouped and (comma_decimals == (mark == ".") or digits.count(mark) > 1):
        return Decimal(digits.replace(mark, ""))
    return Decimal(digits.replace(",", ".")) if digits.count(mark) <= 1 else None


def _is_for_one(after: str, policy: LinesPolicy) -> bool:
    """Whether it is the price of one month, hour or other unit but a year: nobody tells how many there are."""
    return any(short or policy.units.get(unit, "year") != "year" for unit, short in _FOR_ONE.findall(after))


def _rest_is_known(before: str, after: str, policy: LinesPolicy) -> bool:
    """Whether what stands around the number belongs to an amount: signs, £, and words such as "per annum"."""
    if "%" in after or _is_for_one(after, policy):
        return False
    if before.rstrip().endswith(tuple(_POUND)) and not after.startswith("-"):
        return True
    rest = re.sub(rf"[{_POUND}()\-+*?=~<>/,.:;'\"\[\]]", " ", f"{before} {after}")
    return all(word in policy.words.amount_words or word in _TIMES for word in rest.split())
