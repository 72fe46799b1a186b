"""Registration numbers and classification codes: only those that can exist are kept."""

from __future__ import annotations

import re
from collections.abc import Callable

import polars as pl
from stdnum.exceptions import ValidationError
from stdnum.gb import vat

from riskengine.policy.lines import LinesPolicy

_SOCIETY = re.compile(r"\d{5}R")
"""A registered society's number, which Companies House puts after IP."""
_CPV_NAMED = r"(?i)\b\d{8}-\d\b|\bcpv\b\D{0,12}\d{8}\b"
_SIC_NAMED = r"(?i)\bsic\b\D{0,12}\d{5}\b"
_COMPANY_NAMED = (
    r"(?i)\b(?:company|co|reg(?:istered|istration)?|crn)\b\.?\s*(?:reg(?:istration)?\.?\s*)?(?:no|num|number)?\b[.:\s#]*"
    r"([a-z]{2}\d{6}|\d{8})\b"
)
_CHARITY_NAMED = r"(?i)charit\w*\D{0,20}((?:sc)?\d{6,7})\b"


def company_numbers(texts: pl.Series, policy: LinesPolicy) -> pl.Series:
    """Eight characters: eight digits (lost leading zeros restored), or a prefix of Companies House and six."""
    prefixes = "|".join(policy.settings.codes.company_prefixes)
    prefixed = re.compile(rf"(?:^|[^A-Z])({prefixes})(\d{{4,6}}|\d{{5}}R)(?![\dA-Z])")
    return _by_distinct(texts, lambda text: _company_number(text, prefixed))


def company_numbers_in_text(texts: pl.Series, policy: LinesPolicy) -> pl.Series:
    """Company numbers named as such beside a supplier's name, as in "Ash Ltd (Company No. 01234567)"."""
    named = _distinct_with(texts, _COMPANY_NAMED)
    return _replaced(texts, named, company_numbers(named.str.extract(_COMPANY_NAMED, 1), policy))


def charity_numbers(texts: pl.Series) -> pl.Series:
    """Six or seven digits (England and Wales), SC and six (Scotland), or NIC and six (Northern Ireland)."""
    clean = texts.str.to_uppercase().str.replace_all(r"\.0$|[\s.]", "")
    return clean.str.extract(r"(?:^|[^A-Z\d])(SC0?\d{5,6}|NIC?\d{6}|\d{6,7})(?:\D|$)", 1)


def charity_numbers_in_text(texts: pl.Series) -> pl.Series:
    """Charity numbers named as such in a column of company numbers."""
    return texts.str.extract(_CHARITY_NAMED, 1).str.to_uppercase()


def vat_numbers(texts: pl.Series) -> pl.Series:
    """Nine or twelve digits whose check digits are right."""
    return _by_distinct(texts, _vat)


def postcodes(texts: pl.Series) -> pl.Series:
    """UK postcodes in capitals with one blank before the last three characters."""
    found = texts.str.to_uppercase().str.extract_groups(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b")
    return found.struct.field("1") + " " + found.struct.field("2")


def cpv(texts: pl.Series, policy: LinesPolicy) -> pl.Series:
    """CPV codes of eight digits that are in the list, separated by blanks; a lost first zero restored."""
    return _by_distinct(texts, lambda text: _codes(text, r"\b\d{7,8}\b", 8, policy.cpv))


def cpv_in_text(texts: pl.Series, policy: LinesPolicy) -> pl.Series:
    """CPV codes named as such in other text: with their check digit, or after the letters CPV."""
    return _named(texts, _CPV_NAMED, lambda text: _codes(text, r"\b\d{8}\b", 8, policy.cpv))


def sic(texts: pl.Series, policy: LinesPolicy) -> pl.Series:
    """UK SIC 2007 codes of five digits that are in the list, separated by blanks; a lost first zero restored."""
    return _by_distinct(texts, lambda text: _codes(text, r"\b\d{4,5}\b", 5, policy.sic))


def sic_in_text(texts: pl.Series, policy: LinesPolicy) -> pl.Series:
    """UK SIC 2007 codes after the letters SIC in other text."""
    return _named(texts, _SIC_NAMED, lambda text: _codes(text, r"\b\d{5}\b", 5, policy.sic))


def _company_number(text: str, prefixed: re.Pattern[str]) -> str | None:
    clean = re.sub(r"\.0$|[\s\-.]", "", text.upper())
    if "CHARIT" in clean:
        return None
    if found := prefixed.search(clean):
        return found[1] + found[2].zfill(6)
    if society := _SOCIETY.search(clean):
        return f"IP{society.group()}"
    digits = re.search(r"(?<![\dA-Z])\d{5,8}(?![\dA-Z])", clean if clean.isdecimal() else text.upper())
    return digits.group().zfill(8) if digits and digits.group().strip("0") else None


def _codes(text: str, pattern: str, length: int, known: frozenset[str]) -> str | None:
    found = (code.zfill(length) for code in re.findall(pattern, text))
    return " ".join(dict.fromkeys(code for code in found if code in known)) or None


def _vat(text: str) -> str | None:
    try:
        return str(vat.validate(text.removesuffix(".0")))
    except ValidationError:
        return None


def _by_distinct(texts: pl.Series, read: Callable[[str], str | None]) -> pl.Series:
    return _read(texts, texts.drop_nulls().unique(), read)


def _named(texts: pl.Series, pattern: str, read: Callable[[str], str | None]) -> pl.Series:
    return _read(texts, _distinct_with(texts, pattern), read)


def _distinct_with(texts: pl.Series, pattern: str) -> pl.Series:
    distinct = texts.drop_nulls().unique()
    return distinct.filter(distinct.str.contains(pattern))


def _read(texts: pl.Series, distinct: pl.Series, read: Callable[[str], str | None]) -> pl.Series:
    return _replaced(texts, distinct, pl.Series([read(text) for text in distinct.to_list()], dtype=pl.String))


def _replaced(texts: pl.Series, distinct: pl.Series, values: pl.Series) -> pl.Series:
    if values.null_count() == len(values):
        return pl.select(pl.repeat(None, len(texts), dtype=pl.String)).to_series()
    return texts.replace_strict(distinct, values, default=None, return_dtype=pl.String)
