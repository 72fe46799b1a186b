"""The normal form of an organisation name: what is left when spelling, legal form and ledger notes are put aside."""

from __future__ import annotations

import re
from collections.abc import Iterable

import polars as pl

from riskengine.policy.names import NamesPolicy, Split


def keys(names: pl.Series, policy: NamesPolicy) -> pl.DataFrame:
    """The normal form of each name, in the order of `names` (null counts as empty).

    Columns, all String:
    - `key`: names with the same key are spellings of one supplier. It is `core`, followed by the legal form unless
      that is "ltd" or not given ("ACME", "Acme Ltd" and "ACME LIMITED" share a key, "Acme PLC" has its own).
      Never empty unless the name is empty or blank.
    - `core`: the words in capitals with accents, punctuation, ledger notes, legal form and a leading THE put aside,
      abbreviations written out, initials drawn together.
    - `legal_form`: ltd, plc, llp, cic, cio, foreign, or null.
    - `trading_as`: the other name where the text holds one ("X Ltd T/A Y": Y), in the form of `core`, or null. The
      legal name is the side that bears a legal form, else the first.

    - `aside`: another party, a former name or an address ("X C/O Y": Y), in the form of `core`, or null.

    Upper and lower case, accents, blanks and punctuation make no difference, but for the signs that `names.toml` lists
    as meaningful.
    """
    folded = fold(names, policy)
    parts = _split(_cut_notes(folded, policy), policy)
    sides = {side: _forms(parts[side], policy) for side in ("legal", "trading", "aside")}
    frame = pl.DataFrame(
        {
            "folded": folded,
            "raw": names.fill_null("").str.to_uppercase().str.strip_chars(),
            **{f"{side}_{column.name}": column for side, found in sides.items() for column in found},
        }
    )
    swap = pl.col("legal_form").is_null() & pl.col("trading_form").is_not_null() & (pl.col("trading_core") != "")
    core = _first_filled(pl.when(swap).then("trading_core").otherwise("legal_core"), pl.col("folded"), pl.col("raw"))
    other = pl.when(swap).then("legal_core").otherwise("trading_core")
    named = frame.select(
        core=core,
        legal_form=pl.when(swap).then("trading_form").otherwise("legal_form"),
        trading_as=pl.when(other != "").then(other),
        aside=pl.when(pl.col("aside_core") != "").then("aside_core"),
    )
    form = pl.when(pl.col("legal_form") != "ltd").then(pl.lit(" ") + pl.col("legal_form").str.to_uppercase())
    return named.select(pl.concat_str("core", form, ignore_nulls=True).alias("key"), pl.all())


def _first_filled(*texts: pl.Expr) -> pl.Expr:
    return pl.coalesce(*(pl.when(text != "").then(text) for text in texts), pl.lit(""))


def fold(names: pl.Series, policy: NamesPolicy) -> pl.Series:
    """Capitals without accents, one blank between words; the signs that policy calls silent or blank are gone."""
    rules = policy.rules
    text = pl.col("name").fill_null("").str.to_lowercase().str.normalize("NFKD").str.replace_all(r"\p{M}+", "")
    text = text.str.to_uppercase().str.replace_all(f"[{re.escape(rules.silent)}\ufffd]+", "")
    text = text.str.replace_all(rf"[^\p{{L}}\p{{N}}{re.escape(rules.meaningful)}]+", " ")
    return names.to_frame("name").select(text.str.strip_chars(" "))["name"]


def _cut_notes(folded: pl.Series, policy: NamesPolicy) -> pl.Series:
    """Notes are cut unless nothing would be left."""
    text = pl.col("text")
    for note in policy.rules.notes:
        text = text.str.replace(note.pattern, " ").str.strip_chars(" ")
    frame = folded.to_frame("text")
    return frame.select(pl.when(text.str.contains(r"\p{L}")).then(text).otherwise("text").alias("text"))["text"]


def _split(text: pl.Series, policy: NamesPolicy) -> pl.DataFrame:
    """The legal name, the trading name and the aside of each text, empty where there is none."""
    asides = _any(split for split in policy.rules.splits if split.kind == "aside")
    trading = _any(split for split in policy.rules.splits if split.kind == "trading_as")
    pieces = _halves(pl.col("text"), asides)
    frame = text.to_frame("text").select(pieces.struct.unnest()).rename({"first": "text", "second": "aside"})
    return frame.select(_halves(pl.col("text"), trading).struct.unnest(), "aside").rename(
        {"first": "legal", "second": "trading"}
    )


def _halves(text: pl.Expr, between: str) -> pl.Expr:
    """What stands before and after the first hit of a pattern that is not at the very start."""
    halves = (
        text.str.replace(rf"(.)(?:{between})", "$1\n").str.splitn("\n", 2).struct.rename_fields(["first", "second"])
    )
    return halves.struct.with_fields(pl.field("first").fill_null(""), pl.field("second").fill_null(""))


def _any(splits: Iterable[Split]) -> str:
    return "|".join(split.pattern for split in splits)


def _forms(text: pl.Series, policy: NamesPolicy) -> pl.DataFrame:
    """`core` and `form` of each text."""
    spellings = sorted((form.spelling for form in policy.legal_forms), key=lambda text: (-len(text), text))
    tail = rf"^(?:THE )?(.*?)(?: (?:AND )?({'|'.join(spellings)}))*$"
    frame = text.to_frame("text").select(_words(pl.col("text")).alias("text"))
    found = frame.select(
        core=pl.col("text").str.extract(tail, 1).fill_null(""),
        form=pl.col("text").str.extract(tail, 2).replace({form.spelling: form.form for form in policy.legal_forms}),
    )
    return found.with_columns(_written_out(found["core"], policy))


def _words(text: pl.Expr) -> pl.Expr:
    """Ampersands as AND, other signs as blanks, single letters drawn together ("D T Z" becomes "DTZ")."""
    text = text.str.replace_all(r"[&+]", " AND ").str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars(" ")
    marked = text.str.replace_all(r"\b(\p{L})\b", "<$1>").str.replace_all("> <", "", literal=True)
    return marked.str.replace_all(r"[<>]", "")


def _written_out(core: pl.Series, policy: NamesPolicy) -> pl.Series:
    """Abbreviations in the place of the words they stand for."""
    standard = {word.word: word.standard for word in policy.words}
    padded = (" " + core + " ").str.replace_many(_phrases(policy)).str.strip_chars(" ")
    words = padded.str.split(" ").to_frame("words").with_row_index("row").explode("words")
    joined = words.group_by("row", maintain_order=True).agg(pl.col("words").replace(standard))
    return joined.select(pl.col("words").list.join(" "))["words"].alias(core.name)


def _phrases(policy: NamesPolicy) -> dict[str, str]:
    return {f" {phrase.phrase} ": f" {phrase.standard} " for phrase in policy.phrases}
