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


@lru_cache(maxsize=20_000)
def normal(heading: str) -> str:
    """Lower case, words split, and without marks, money signs, outer numbering and the suffixes ledgers add."""
    text = _BOM.sub("", heading[:300]).strip()
    text = _PREFIX.sub("", _SUFFIX.sub("", text))
    text = _CAMEL.sub(" ", text).lower().replace("'s", "s").replace("’s", "s")
    text = _MONEY.sub(" ", text).replace("/", " / ").replace("&", " & ")
    return " ".join(_OTHER.sub(" ", text).replace(" / ", "/").split()).strip("/& ")
