"""Heading texts brought to one form, so that "Supplier_Name(T)", "SUPPLIER NAME:" and "SupplierName" are the same."""

from __future__ import annotations

import re
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_BOM = re.compile("^(?:\ufeff|ï»¿|Ã¯»¿)+")
_SUFFIX = re.compile(r"\((?:T|A|B|C ?|N/A)\)\s*$")
_PREFIX = re.compile(r"^\s*\(?\d{1,2}\)?\s+(?=[A-Za-z])")
_MONEY = re.compile("[£œ�]'?s?|\\bgbp\\b")
_OTHER = re.compile(r"[^a-z0-9&/#]+")


_BRACKETS = re.compile(r"(?i)\((?![^)]*exten)[^)]*\)|\[(?![^\]]*exten)[^\]]*\]")


@lru_cache(maxsize=20_000)
def normal(heading: str) -> str:
    """Lower case, words split, and without marks, money signs, outer numbering and the suffixes ledgers add.

    A money sign alone is the heading of an amount.
    """
    text = _BOM.sub("", heading[:300]).strip()
    text = _PREFIX.sub("", _SUFFIX.sub("", text))
    text = _CAMEL.sub(" ", text).lower().replace("'s", "s").replace("’s", "s")
    plain = _MONEY.sub(" ", text).replace("/", " / ").replace("&", " & ")
    plain = " ".join(_OTHER.sub(" ", plain).replace(" / ", "/").split()).strip("/& ")
    return plain or ("amount" if _MONEY.search(text) else "")


def without_brackets(heading: str) -> str:
    """The normal form of what stands outside brackets, which often hold a hint such as (DD/MM/YYYY).

    Brackets that speak of extensions stay: they tell one end of a contract from another.
    """
    return normal(_BRACKETS.sub(" ", heading))


def counted(number: int, noun: str) -> str:
    """The number with its noun: 1 line, 1,200 lines."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
