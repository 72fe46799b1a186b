"""The normal form of an organisation name: what is left when spelling, legal form and ledger notes are put aside."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import polars as pl

from riskengine.names import forms, letters, parts
from riskengine.policy.names import NamesPolicy

AT_A_TIME = 27_000
"""Names read at a time; several such parts are read at once, as a pattern alone keeps one core busy."""


def keys(names: pl.Series, policy: NamesPolicy) -> pl.DataFrame:
    """The normal form of each name, in the order of `names` (null counts as empty).

    Columns, all String:
    - `key`: names with the same key are spellings of one supplier. It is `core`, followed by the legal form unless
      that is "ltd" or not given ("ACME", "Acme Ltd" and "ACME LIMITED" share a key, "Acme PLC" has its own), and by
      what follows a legal form in the middle ("Acme Ltd Leeds").
      Never empty unless the name is empty or blank.
    - `core`: the words in capitals with accents, punctuation, ledger notes, legal form and a leading THE put aside,
      abbreviations written out, initials drawn together.
    - `legal_form`: ltd, plc, llp, lp, cic, cio, foreign, nhs, council, county_council, parish_council, or null.
    - `trading_as`: the other name where the text holds one ("X Ltd T/A Y": Y), in the form of `core`, or null. The
      legal name is the side that bears a legal form, else the first.
    - `folded`: the name in capitals without accents and signs, with all its parts (`letters.fold`).
    - `aside`: another party, a former name, an address, a department ("X C/O Y", "X Ltd Y": Y), or null.

    Upper and lower case, accents, blanks and punctuation make no difference, but for the signs that `names.toml` lists
    as meaningful.
    """
    if len(names) <= AT_A_TIME:
        return _keys(names, policy)
    slices = [names[start : start + AT_A_TIME] for start in range(0, len(names), AT_A_TIME)]
    with ThreadPoolExecutor(pl.thread_pool_size()) as threads:
        return pl.concat(threads.map(lambda part: _keys(part, policy), slices))


def _keys(names: pl.Series, policy: NamesPolicy) -> pl.DataFrame:
    folded = letters.fold(names, policy)
    split = parts.split(parts.without_notes(folded, policy), policy)
    raw = names.fill_null("").str.to_uppercase().str.strip_chars()
    frame = pl.concat([pl.DataFrame({"folded": folded, "raw": raw}), _found(split, policy)], how="horizontal")
    named = frame.select("folded", **_sides())
    form = pl.when(pl.col("legal_form") != "ltd").then(pl.lit(" ") + pl.col("legal_form").str.to_uppercase())
    key = pl.concat_str("core", form, pl.lit(" ") + pl.col("rest"), ignore_nulls=True)
    return named.select(key.alias("key"), pl.exclude("rest"))


def _found(split: pl.DataFrame, policy: NamesPolicy) -> pl.DataFrame:
    """What `forms.find` tells of each side, in columns such as legal_core; few names have more than one side."""
    rows = split.with_row_index("row").unpivot(split.columns, index="row", variable_name="side", value_name="text")
    given = rows.filter(pl.col("text") != "")
    told = pl.concat([given.drop("text"), forms.find(given["text"], policy)], how="horizontal")
    every = split.with_row_index("row").select("row")
    for side in split.columns:
        mine = told.filter(pl.col("side") == side)
        named = mine.select("row", pl.exclude("row", "side").name.prefix(f"{side}_"))
        every = every.join(named, on="row", how="left", maintain_order="left")
    return every.drop("row").with_columns(pl.col("^.*_(core|rest)$").fill_null(""))


def _sides() -> dict[str, pl.Expr]:
    """The legal name is the side that bears a legal form, else the first."""
    swap = pl.col("legal_form").is_null() & pl.col("trading_form").is_not_null() & (pl.col("trading_core") != "")
    core = pl.when(swap).then("trading_core").otherwise("legal_core")
    other = pl.when(swap).then("legal_core").otherwise("trading_core")
    return {
        "core": pl.coalesce(_filled(core), _filled(pl.col("folded")), pl.col("raw")),
        "legal_form": pl.when(swap).then("trading_form").otherwise("legal_form"),
        "trading_as": _filled(other),
        "rest": _filled(pl.col("legal_rest")),
        "aside": pl.coalesce(_filled(pl.col("aside_core")), _filled(pl.col("legal_rest"))),
    }


def _filled(text: pl.Expr) -> pl.Expr:
    return pl.when(text != "").then(text)
