"""Words of a name: initials drawn together, abbreviations written out."""

from __future__ import annotations

import polars as pl

from riskengine.names import letters
from riskengine.policy.names import NamesPolicy

RUN_IN = r"(\p{L}{3})(LTD|LIMITED)$"
"""A legal form that a ledger has run into the last word."""
LETTER = r"\b\p{L}\b"
NHS_MISSPELT = r"\bNHS F[DO][A-Z]*[IT]ON T(?:R(?:U(?:ST?)?)?)?$"
NHS_RUN_IN = (r"\b(HOSPITALS?|HOSP|HEALTHCARE|HEALTH|CARE|PARTNERSHIP)NHS", r"\bNHS(TRUST|FOUNDATION|TRUS|TRU)\b")


def split(text: pl.Series) -> pl.Series:
    """Words with one blank between them and no THE at either end; "&" becomes AND and "D T Z" becomes DTZ."""
    words = (
        pl.col("text").str.replace_all(r"[&+]", " AND ").str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars(" ")
    )
    words = words.str.replace(RUN_IN, "$1 $2").str.replace(NHS_RUN_IN[0], "$1 NHS").str.replace(NHS_RUN_IN[1], "NHS $1")
    words = words.str.replace(NHS_MISSPELT, "NHS FOUNDATION TRUST")
    marked = pl.col("text").str.replace_all(r"\b(\p{L})\b", "<$1>").str.replace_all("> <", "", literal=True)
    drawn = letters.where(text.to_frame("text").select(words)["text"], LETTER, marked.str.replace_all(r"[<>]", ""))
    whole = pl.col("text").str.replace(r"^THE (.)", "$1").str.replace(r"(.) THE$", "$1")
    return drawn.to_frame("text").select(whole)["text"]


def write_out(text: pl.Series, policy: NamesPolicy) -> pl.Series:
    """Phrases and abbreviations in the place of which policy has another word."""
    phrases = {f" {phrase.phrase} ": f" {phrase.standard} " for phrase in policy.phrases}
    standard = {word.word: word.standard for word in policy.words}
    padded = (" " + text + " ").str.replace_many(phrases).str.strip_chars(" ")
    words = padded.str.split(" ").to_frame("word").with_row_index("row").explode("word")
    joined = words.group_by("row", maintain_order=True).agg(pl.col("word").replace(standard))
    return joined.select(pl.col("word").list.join(" ").alias(text.name))[text.name]
