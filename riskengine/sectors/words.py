"""The text model: every term found in a text adds its weight to the sums of the sectors it speaks for.

The weight of a term is its weight in the word list times one scale, plus what the fit on labelled notices adds or
takes away. Nothing else enters a sum, so the terms and weights of a text are its whole explanation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from riskengine.policy.sectors import SectorsPolicy
from riskengine.sectors import vocabulary
from riskengine.sectors.vocabulary import Vocabulary

Places = npt.NDArray[np.int64]
Sums = npt.NDArray[np.float64]
"""A row a text, a column a sector."""


@dataclass(frozen=True)
class Model:
    """The weights of all terms. Those of term t stand in `sector` and `weight` from `starts[t]` to `starts[t + 1]`.

    `listed` are the weights of the word list alone, without what the fit adds; `written` are the terms as policy writes
    them.
    """

    vocabulary: Vocabulary
    sectors: tuple[str, ...]
    starts: Places
    sector: Places
    weight: Sums
    listed: Sums
    written: pl.Series

    def unfitted(self) -> Model:
        """The word list alone, for texts of another kind than those of the fit."""
        return replace(self, weight=self.listed)


_built: list[tuple[SectorsPolicy, Model]] = []
"""The model built last: building takes longer than reading a short list, and a run has one policy."""


def model(policy: SectorsPolicy) -> Model:
    """The model of a policy: word list and fitted weights drawn together."""
    for known, built in tuple(_built):
        if known is policy:
            return built
    built = _build(policy)
    _built[:] = [(policy, built)]
    return built


def _build(policy: SectorsPolicy) -> Model:
    given = [word.term for word in policy.words] + [weight.term for weight in policy.weights]
    reading = policy.settings.reading
    stems = vocabulary.stems(pl.Series(given, dtype=pl.String), reading.empty, reading.whole)
    listed = _listed(policy, stems)
    weights = _fitted(listed, policy, stems)
    tree = vocabulary.build({stem for stem, _ in weights}, reading.empty, reading.whole)
    spelt = dict(zip(reversed(stems), reversed(given), strict=True))
    written = pl.Series([spelt.get(term, term) for term in tree.terms], dtype=pl.String)
    sectors = tuple(sector.id for sector in policy.sectors)
    starts, sector, weight = _table(weights, tree, sectors)
    _, _, alone = _table({key: listed.get(key, 0.0) for key in weights}, tree, sectors)
    return Model(tree, sectors, starts, sector, weight, alone, written)


def _listed(policy: SectorsPolicy, stems: Sequence[str]) -> dict[tuple[str, str], float]:
    """Of spellings with one stem the strongest weight of the list counts."""
    weights: dict[tuple[str, str], float] = {}
    for stem, word in zip(stems, policy.words, strict=False):
        known = weights.get((stem, word.sector), 0.0)
        weights[stem, word.sector] = max(known, word.weight * policy.fit.scale, key=abs)
    return {key: weight for key, weight in weights.items() if key[0]}


def _fitted(
    listed: Mapping[tuple[str, str], float], policy: SectorsPolicy, stems: Sequence[str]
) -> dict[tuple[str, str], float]:
    """The fit adds to the weights of the list."""
    weights = dict(listed)
    for stem, fitted in zip(stems[len(policy.words) :], policy.weights, strict=True):
        weights[stem, fitted.sector] = weights.get((stem, fitted.sector), 0.0) + fitted.weight
    return {key: weight for key, weight in weights.items() if key[0]}


def _table(
    weights: Mapping[tuple[str, str], float], tree: Vocabulary, sectors: Sequence[str]
) -> tuple[Places, Places, Sums]:
    """The weights in the order of terms and sectors: where each term starts, its sectors, their weights."""
    place = {sector: number for number, sector in enumerate(sectors)}
    rows = sorted((tree.numbers[term], place[sector], weight) for (term, sector), weight in weights.items())
    counts = np.bincount([row[0] for row in rows], minlength=len(tree.terms)) if rows else np.zeros(len(tree.terms))
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return starts, np.array([row[1] for row in rows], dtype=np.int64), np.array([row[2] for row in rows])


def read(texts: pl.Series, model: Model) -> pl.DataFrame:
    """What the terms of each text weigh: columns text (position in `texts`), term, sector (numbers), weight."""
    found = vocabulary.find(texts, model.vocabulary)
    term = found["term"].to_numpy().astype(np.int64)
    counts = model.starts[term + 1] - model.starts[term]
    before = np.cumsum(counts) - counts
    entry = np.arange(counts.sum()) + np.repeat(model.starts[term] - before, counts)
    return pl.DataFrame(
        {
            "text": np.repeat(found["text"].to_numpy(), counts),
            "term": np.repeat(found["term"].to_numpy(), counts),
            "sector": model.sector[entry].astype(np.uint8),
            "weight": model.weight[entry],
        }
    )


def sums(spoken: pl.DataFrame, subjects: int, sectors: int) -> Sums:
    """Add up the column weight by subject and sector. `spoken` has the columns subject, sector, weight."""
    cell = spoken["subject"].to_numpy().astype(np.int64) * sectors + spoken["sector"].to_numpy()
    totals: Sums = np.bincount(cell, spoken["weight"].to_numpy(), subjects * sectors).astype(np.float64)
    return totals.reshape(subjects, sectors)
