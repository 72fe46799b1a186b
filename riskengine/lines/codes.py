"""Registration numbers and classification codes: only those that can exist are kept."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
from stdnum.exceptions import ValidationError
from stdnum.gb import vat

from riskengine.policy.lines import LinesPolicy


def company_numbers(texts: pl.Series, policy: LinesPolicy) -> pl.Series:
    """Eight characters: eight digits (lost leading zeros restored), or a prefix of Companies House and six."""
    prefixes = "|".join(policy.settings.codes.company_prefixes)
    clean = texts.str.to_uppercase().str.replace_all(r"\.0$|[\s\-.]", "")
    charity = clean.str.contains("CHARIT")
    prefixed = clean.str.extract(rf"(?:^|[^A-Z])((?:{prefixes})\d{{4,6}}R?)(?:\D|$)", 1)
    letters, digits = prefixed.str.slice(0, 2), prefixed.str.slice(2)
    padded = letters + digits.str.zfill(6)
    number = clean.str.extract(r"(?:^|\D)(\d{5,8})(?:\D|$)", 1).str.zfill(8)
    number = number.set((number == "00000000").fill_null(False), None)
    return pl.select(pl.when(charity.fill_null(False)).then(None).otherwise(pl.coalesce(padded, number))).to_series()


def charity_numbers(texts: pl.Series) -> pl.Series:
    """Six or seven digits (England and Wales), SC and six (Scotland), or NIC and six (Northern Ireland)."""
    clean = texts.str.to_uppercase().str.replace_all(r"\.0$|[\s.]", "")
    return clean.str.extract(r"(?:^|[^A-Z\d])(SC0?\d{5,6}|NIC?\d{6}|\d{6,7})(?:\D|$)", 1)


def vat_numbers(texts: pl.Series) -> pl.Series:
    """Nine or twelve digits whose check digits are right."""
    return _by_distinct(texts, _vat)


def postcodes(texts: pl.Series) -> pl.Series:
    """UK postcodes in capitals with one blank before the last three characters."""
    found = texts.str.to_uppercase().str.extract_groups(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b")
    return found.struct.field("1") + " " + found.struct.field("2")


def cpv(texts: pl.Series, policy: LinesPolicy) -> pl.Series:
    """CPV codes of eight digits that are in the list, several separated by blanks; lost zeros restored."""
    return _by_distinct(texts, lambda text: _codes(text, r"\b\d{7,8}\b", 8, policy.cpv))


def sic(texts: pl.Series, policy: LinesPolicy) -> pl.Series:
    """UK SIC 2007 codes of five digits that are in the list, several separated by blanks; lost zeros restored."""
    return _by_distinct(texts, lambda text: _codes(text, r"\b\d{4,5}\b", 5, policy.sic))


def cpv_in_text(texts: pl.Series, policy: LinesPolicy) -> pl.Series:
    """CPV codes named as such in other text: with their check digit, or after the letters CPV."""
    named = r"(?i)\b\d{8}-\d\b|\bcpv\b\D{0,12}\d{8}\b"
    return _by_distinct(
        texts.set(~texts.str.contains(named).fill_null(False), None),
        lambda text: _codes(text, r"\b\d{8}\b", 8, policy.cpv),
    )


def _codes(text: str, pattern: str, length: int, known: frozenset[str]) -> str | None:
    found = pl.Series([text]).str.extract_all(pattern)[0].to_list()
    kept = dict.fromkeys(code.zfill(length) for code in found if code.zfill(length) in known)
    return " ".join(kept) or None


def _vat(text: str) -> str | None:
    try:
        return str(vat.validate(text.removesuffix(".0")))
    except ValidationError:
        return None


def _by_distinct(texts: pl.Series, read: Callable[[str], str | None]) -> pl.Series:
    distinct = texts.drop_nulls().unique()
    values = pl.Series([read(text) for text in distinct.to_list()], dtype=pl.String)
    return texts.replace_strict(distinct, values, default=None, return_dtype=pl.String)
