"""The score of two names: points for each measure, which add up.

The points come from a table of policy, fitted by bench/fit_matching.py as the logarithm of the odds that two names are
of one organisation, divided by `SCALE`: a score of 0.5 stands for even odds, and 0.05 more for odds 2.7 times as good.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import numpy as np
import polars as pl

from riskengine.matches.overlap import kinds_code
from riskengine.policy.matches import MatchesPolicy, Points

SCALE = 20.0
DIGITS = 9
"""Sums are rounded, so that the order in which they are added up (not the same each time) makes no difference."""
START, OTHERS, LIMIT = "start", "other entries as near", "limit of the scale"
ALONE = "words only one has"
"""The term to which single words, and the kinds of all of them together, add points of their own."""


def terms(policy: MatchesPolicy) -> list[str]:
    """The terms of a score, in the order in which they are shown."""
    return [START, *dict.fromkeys([*(row.term for row in policy.points), ALONE]), OTHERS, LIMIT]


def score(rows: pl.DataFrame, policy: MatchesPolicy) -> pl.DataFrame:
    """Add a column for each term and `score` (0 to 1), their sum. Rows: those of `pairs.compare`, `ruled_out` if known.

    An entry loses what other entries of other names gain: where two are equally near neither is likely. Entries that
    are ruled out take nothing from others.
    """
    added: dict[str, pl.Series] = {}
    for (term, measure), table in groupby(policy.points, key=lambda row: (row.term, row.measure)):
        points = _looked_up(rows[measure], list(table))
        added[term] = added[term] + points if term in added else points
    worth = rows["left_worth"] + rows["right_worth"] + _of_kinds(rows["kinds"], policy)
    added[ALONE] = added[ALONE] + worth if ALONE in added else worth
    whole = rows.with_columns(pl.lit(policy.fit.base).alias(START), **{t: s.alias(t) for t, s in added.items()})
    whole = whole.with_columns(alone=pl.sum_horizontal(START, *added).round(DIGITS))
    whole = with_others(whole)
    sums = whole.with_columns(score=(pl.col("alone") + pl.col(OTHERS)).clip(0.0, 1.0))
    sums = sums.with_columns((pl.col("score") - pl.col("alone") - pl.col(OTHERS)).alias(LIMIT))
    return sums.drop("alone")


def with_others(rows: pl.DataFrame) -> pl.DataFrame:
    """Add what an entry loses to others; `alone` is its score without them."""
    weight = ((pl.col("alone") - 0.5) * SCALE).clip(-20, 20).exp()
    if "ruled_out" in rows.columns:
        weight = pl.when("ruled_out").then(0.0).otherwise(weight)
    weighed = rows.with_columns(weight=weight)
    everyone, same_name = (pl.col("weight").sum().over("supplier", *by) for by in ((), ("right_key",)))
    others = (-(1 + (everyone - same_name).clip(lower_bound=0.0)).log() / SCALE).round(DIGITS)
    return weighed.with_columns(others.alias(OTHERS)).drop("weight")


def _of_kinds(kinds: pl.Series, policy: MatchesPolicy) -> pl.Series:
    points = {kinds_code(row.listed, row.registered): row.points for row in policy.kind_points}
    return kinds.replace_strict(points, default=0.0, return_dtype=pl.Float64)


def _looked_up(values: pl.Series, table: Iterable[Points]) -> pl.Series:
    """The points of the row with the highest start that a value reaches."""
    ordered = sorted(table, key=lambda row: row.start)
    starts = np.array([row.start for row in ordered], np.float32)
    at = np.searchsorted(starts, values.to_numpy().astype(np.float32), side="right") - 1
    return pl.Series(np.array([row.points for row in ordered])[np.maximum(at, 0)])
