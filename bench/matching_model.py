"""The model behind the points of names, for fit_matching.py: ranges of measures, and words that one name alone has."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from matching_pairs import SIDES, TOGETHER, Floats, Labelled
from scipy import optimize, sparse

from riskengine.matches import overlap, pairs, points

PENALTY = 0.25
"""On the square of each step between neighbouring ranges. Chosen out of fold among 0.25, 0.5, 1 and 3."""
WORD_PENALTY = 0.5
"""On the square of the points of each word or combination of kinds. Chosen out of fold among 0.5, 1 and 2."""
OFTEN = 60
"""Pairs in which a word must stand in one name alone, or a combination of kinds be found, to have points of its own."""
RANGES = 8
"""Cuts at the eighths of all pairs and of the right ones."""

TERMS = {
    "whole name": ("whole_name",),
    "letters": ("whole", "core", "sorted", "set", "partial", "bare", "start", "cut"),
    "words in common": (
        "left_share", "right_share", "shared", "shared_rarest", "misspelt", "first", "order", "initials",
    ),
    "words only one has": (
        "left_alone", "right_alone", "left_alone_sum", "right_alone_sum", "left_words", "right_words",
        "left_gone", "right_gone", "left_place", "right_place",
        *(f"kind_{kind}" for kind in ("other", "trade", "practice", "care", "ledger", "person", "school", "charity")),
    ),
    "other number": ("kind_number",),
    "other place or region": ("kind_region", "kind_country", "kind_place"),
    "group or sister company": ("left_apart", "right_apart", "kind_group", "kind_sister"),
    "public body": ("kind_nhs", "kind_council"),
    "legal form": ("form", "same_form"),
    "other names in it": ("trading", "aside"),
    "lead over the next entry": tuple(f"lead_{name}" for name in pairs.LEADS),
    "lead over the next group of companies": tuple(f"ahead_{name}" for name in pairs.LEADS),
}  # fmt: skip
CHOICES = {
    "first", "order", "cut", "left_place", "right_place", "initials", "form", "same_form", "trading", "aside",
    "whole_name",
}  # fmt: skip
"""Measures whose values are not in any order: each value has its own points."""
SINGLE = (*SIDES, TOGETHER)
"""What single words and combinations of kinds stand under in the place of a term."""
LEADS = ("lead over the next entry", "lead over the next group of companies")
RISING = {
    *TERMS["letters"], *(name for term in LEADS for name in TERMS[term]), "left_share", "right_share", "shared",
    "shared_rarest",
} - CHOICES  # fmt: skip
FALLING = {"left_apart", "right_apart", "left_alone", "right_alone", "left_alone_sum", "right_alone_sum"}
"""Measures that never take (or add) points as they grow: a reader would not believe otherwise."""


@dataclass(frozen=True)
class Range:
    """A range of a measure, from `start` (or just this value, for choices); or a word that one name alone has."""

    term: str
    measure: str
    start: float


@dataclass(frozen=True)
class Design:
    """Labelled pairs, and which of the ranges and words (the columns of `matrix`) each of them (its rows) has."""

    labelled: Labelled
    ranges: list[Range]
    matrix: sparse.csr_matrix

    @classmethod
    def of(cls, labelled: Labelled) -> Design:
        """A column for each range but the lowest of a measure; steps where a measure is in order, to keep it smooth.

        After them a column for each side of a word that often stands in one name alone.
        """
        ranges, columns = [], []
        own = labelled.counts == 1
        for term, names in TERMS.items():
            for name in names:
                values = labelled.rows[name].to_numpy().astype(np.float32)
                for start in _starts(name, values[own], labelled.right[own]):
                    ranges.append(Range(term, name, float(start)))
                    columns.append(values == start if _is_choice(name) else values >= start)
        words = labelled.alone.group_by("side", "word").len().filter(pl.col("len") >= OFTEN).sort("side", "word")
        at = labelled.alone.join(words.with_row_index("column"), on=["side", "word"])
        told = (np.ones(at.height), (at["row"].to_numpy(), at["column"].to_numpy()))
        single = sparse.csr_matrix(told, shape=(labelled.rows.height, words.height))
        ranges += [Range(side, word, 1.0) for side, word in words.select("side", "word").rows()]
        return cls(
            labelled, ranges, sparse.hstack([sparse.csr_matrix(np.array(columns, np.float64).T), single]).tocsr()
        )

    def fitted(self, use: npt.NDArray[np.bool_]) -> Floats:
        """The points of each range, and last the base, as logarithms of odds."""
        matrix = self.matrix[use].tocsr()
        turned = matrix.T.tocsr()
        _, group = np.unique(self.labelled.query[use], return_inverse=True)
        right = self.labelled.right[use].astype(np.float64)
        size = int(group.max()) + 1
        known = np.bincount(group, right, size) > 0
        counts = np.zeros(size)
        counts[group] = self.labelled.counts[use]
        penalties = np.array([WORD_PENALTY if one.term in SINGLE else PENALTY for one in self.ranges])

        def loss(weights: Floats) -> tuple[float, Floats]:
            odds = np.exp(np.clip(matrix @ weights[:-1] + weights[-1], -40, 40))
            every = 1 + np.bincount(group, odds, size)
            chosen = np.where(known, np.bincount(group, odds * right, size), 1.0)
            slope = counts[group] * (right * odds / chosen[group] - odds / every[group])
            penalty = float((penalties * weights[:-1] ** 2).sum())
            gradient = -np.append(turned @ slope, slope.sum()) + np.append(2 * penalties * weights[:-1], 0.0)
            return float((counts * (np.log(every) - np.log(chosen))).sum()) + penalty, gradient

        start = np.zeros(self.matrix.shape[1] + 1)
        sides = [
            (0.0 if one.measure in RISING else None, 0.0 if one.measure in FALLING else None) for one in self.ranges
        ]
        bounds = [*sides, (None, None)]
        found = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 300})
        return np.asarray(found.x)

    def table(self, weights: Floats) -> list[tuple[str, str, float, float]]:
        """Term, measure, start and points of each range, counted from the lowest range of the measure."""
        found: list[tuple[str, str, float, float]] = []
        pairs_of = zip(self.ranges, weights[:-1] / points.SCALE, strict=True)
        measured = (pair for pair in pairs_of if pair[0].term not in SINGLE)
        for (term, name), group in itertools.groupby(measured, key=lambda pair: (pair[0].term, pair[0].measure)):
            steps = {one.start: float(weight) for one, weight in group}
            if _is_choice(name):
                rows = [(float(value), steps.get(float(value), 0.0)) for value in range(int(max(steps)) + 1)]
            else:
                rows = [(-1.0, 0.0), *zip(steps, itertools.accumulate(steps.values()), strict=True)]
            found += [(term, name, round(start, 3), round(reached, 4)) for start, reached in rows]
        return _merged(found)

    def word_points(self, weights: Floats) -> list[tuple[str, float, float]]:
        """Word, and its points where the name in the list alone has it, and where the register's has."""
        told = {
            (one.measure, one.term): round(float(weight) / points.SCALE, 4)
            for one, weight in zip(self.ranges, weights[:-1], strict=True)
            if one.term in SIDES
        }
        rows = [(word, *(told.get((word, side), 0.0) for side in SIDES)) for word in sorted({word for word, _ in told})]
        return [(word, listed, registered) for word, listed, registered in rows if listed or registered]

    def kind_points(self, weights: Floats) -> list[tuple[str, str, float]]:
        """Kinds that the name in the list alone has, those of the register's, and the points of both together."""
        told = [
            (*overlap.kinds_named(int(one.measure)), round(float(weight) / points.SCALE, 4))
            for one, weight in zip(self.ranges, weights[:-1], strict=True)
            if one.term == TOGETHER
        ]
        return sorted(row for row in told if row[2])


def _starts(name: str, values: npt.NDArray[np.float32], right: npt.NDArray[np.bool_]) -> npt.NDArray[np.float32]:
    if _is_choice(name):
        return np.unique(values)[1:]
    shares = np.linspace(0, 1, RANGES + 1)[1:-1]
    cuts = np.concatenate([np.quantile(values, shares), np.quantile(values[right], shares)])
    cuts = np.unique(np.round(cuts, 3).astype(np.float32))
    return cuts[cuts > values.min()]


def _merged(table: list[tuple[str, str, float, float]]) -> list[tuple[str, str, float, float]]:
    """Without rows that add as much as the row before, and without measures that add nothing at all."""
    telling = {measure for _, measure, _, points_ in table if points_}
    kept = [row for row in table if row[1] in telling]
    before = [None, *((measure, points_) for _, measure, _, points_ in kept)]
    return [row for row, last in zip(kept, before, strict=False) if (row[1], row[3]) != last]


def _is_choice(name: str) -> bool:
    return name in CHOICES or name.startswith("kind_")
