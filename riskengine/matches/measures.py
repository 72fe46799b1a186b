"""What is measured of two names: how alike they are, and what each holds that the other does not.

Everything is worked out for all pairs at once, on the numbers of words rather than on the words.
"""

from __future__ import annotations

import polars as pl
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from riskengine.matches import lexicon, overlap, readings
from riskengine.matches.index import Index
from riskengine.matches.relations import relations
from riskengine.policy import Policy

SIDES = ("folded", "core", "bare", "form", "trading", "aside", "initials")


def table(left: pl.DataFrame, right: pl.DataFrame, pairs: pl.DataFrame, index: Index, policy: Policy) -> pl.DataFrame:
    """One row a pair, one column a measure, in the order of `pairs` (positions in `left` and `right`)."""
    compared = overlap.table(lexicon.of(left, right, index, policy), pairs)
    spelt = {"left": _spelt(left), "right": _spelt(right)}
    sides = [side.select(pl.col(SIDES).name.suffix(f"_{name}"))[pairs[name]] for name, side in spelt.items()]
    related = pl.concat(sides, how="horizontal").select(**relations())
    return pl.concat([_letters(spelt["left"], spelt["right"], pairs), compared, related], how="horizontal")


def _spelt(side: pl.DataFrame) -> pl.DataFrame:
    """Readings with `bare` (the core without blanks) and `initials` (the first letters of its words)."""
    first = pl.col("core").str.split(" ").list.eval(pl.element().str.slice(0, 1)).list.join("")
    return side.with_columns(bare=pl.col("core").str.replace_all(" ", "", literal=True), initials=first)


def _letters(left: pl.DataFrame, right: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Likeness of the letters, 0 to 1."""
    places = pairs["left"].to_numpy(), pairs["right"].to_numpy()
    folded, core, ordered, bare = (
        (readings.gathered(left[part], places[0]), readings.gathered(right[part], places[1]))
        for part in ("folded", "core", "ordered", "bare")
    )
    return pl.DataFrame(
        {
            "whole": process.cpdist(*folded, scorer=fuzz.ratio, workers=-1) / 100,
            "core": process.cpdist(*core, scorer=fuzz.ratio, workers=-1) / 100,
            "sorted": process.cpdist(*ordered, scorer=fuzz.ratio, workers=-1) / 100,
            "set": process.cpdist(*core, scorer=fuzz.token_set_ratio, workers=-1) / 100,
            "partial": process.cpdist(*bare, scorer=fuzz.partial_ratio, workers=-1) / 100,
            "bare": process.cpdist(*bare, scorer=fuzz.ratio, workers=-1) / 100,
            "start": process.cpdist(*bare, scorer=JaroWinkler.similarity, workers=-1),
        }
    ).cast(pl.Float32)
