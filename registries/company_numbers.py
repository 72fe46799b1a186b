"""Company numbers as Companies House writes them: eight characters, leading zeros kept."""

from __future__ import annotations

import polars as pl

FORMS = r"^(?:[0-9]{8}|[A-Z]{2}[0-9]{6}|R[0-9]{7}|[A-Z]{2}[0-9]{5}[A-Z])$"
"""Eight digits, or a prefix and digits: two letters and six digits (SC, NI, OC...), R and seven digits (older Northern
Ireland numbers), two letters, five digits and a letter (registered societies such as IP00525R)."""


def normal(text: pl.Expr) -> pl.Expr:
    """The eight-character form of a number typed with blanks or without leading zeros; null for anything else."""
    plain = text.str.to_uppercase().str.replace_all(r"[^A-Z0-9]", "")
    digits = plain.str.extract(r"^[A-Z]{2}([0-9]{1,6})$")
    padded = (
        pl.when(plain.str.contains(r"^[0-9]{1,8}$"))
        .then(plain.str.zfill(8))
        .when(digits.is_not_null())
        .then(plain.str.slice(0, 2) + digits.str.zfill(6))
        .otherwise(plain)
    )
    return pl.when(padded.str.contains(FORMS) & (padded != "00000000")).then(padded)
