"""What is measured of two names: how alike they are, and what each holds that the other does not.

Everything is worked out for all pairs at once, on the numbers of words rather than on the words.
"""

from __future__ import annotations

import polars as pl
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from riskengine.matches import lexicon, overlap
from riskengine.matches.index import Index
from riskengine.matches.relations import relations
from riskengine.policy import Policy

SIDES = ("folded", "core", "form", "trading", "aside")


def table(left: pl.DataFrame, right: pl.DataFrame, pairs: pl.DataFrame, index: Index, policy: Policy) -> pl.DataFrame:
    """One row a pair, one column a measure, in the order of `pairs` (positions in `left` and `right`)."""
    compared = overlap.table(lexicon.of(left, right, index, policy), pairs)
    mine, theirs = left.select(SIDES)[pairs["left"]], right.select(SIDES)[pairs["right"]]
    sides = pl.concat(
        [mine.select(pl.all().name.suffix("_left")), theirs.select(pl.all().name.suffix("_right"))], how="horizontal"
    )
    return pl.concat([_letters(sides), compared, sides.select(**relations())], how="horizontal")


def _letters(sides: pl.DataFrame) -> pl.DataFrame:
    """Likeness of the letters, 0 to 1."""
    whole = [sides["folded_left"].to_list(), sides["folded_right"].to_list()]
    core = [sides["core_left"].to_list(), sides["core_right"].to_list()]
    bare = [sides[f"core_{side}"].str.replace_all(" ", "", literal=True).to_list() for side in ("left", "right")]
    return pl.DataFrame(
        {
            "whole": process.cpdist(*whole, scorer=fuzz.ratio, workers=-1) / 100,
            "core": process.cpdist(*core, scorer=fuzz.ratio, workers=-1) / 100,
            "sorted": process.cpdist(*core, scorer=fuzz.token_sort_ratio, workers=-1) / 100,
            "set": process.cpdist(*core, scorer=fuzz.token_set_ratio, workers=-1) / 100,
            "partial": process.cpdist(*bare, scorer=fuzz.partial_ratio, workers=-1) / 100,
            "bare": process.cpdist(*bare, scorer=fuzz.ratio, workers=-1) / 100,
            "start": process.cpdist(*bare, scorer=JaroWinkler.similarity, workers=-1),
        }
    ).cast(pl.Float32)
