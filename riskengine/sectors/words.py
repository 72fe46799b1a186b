"""The text model: every term found in a text adds its weight to the sums of the sectors it speaks for.

The weight of a term is its weight in the word list times one scale, plus what the fit on labelled notices adds or
takes away. Nothing else enters a sum, so the terms and weights of a text are its whole explanation.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from riskengine.policy.sectors import SectorsPolicy
from riskengine.schemas import HIGHER_LEVELS
from riskengine.sectors import keys, numbers, vocabulary
from riskengine.sectors.keys import Places
from riskengine.sectors.numbers import Table
from riskengine.sectors.terms import Floats, Terms
from riskengine.sectors.vocabulary import Vocabulary

Sums = npt.NDArray[np.float64]
"""A row a subject, a column a sector."""


@dataclass(frozen=True)
class Model:
    """The weights of all terms. Those of term t stand in `sector` and `weight` from `starts[t]` to `starts[t + 1]`.

    `dense` holds the same weights, a row a term, a column a sector; `listed` are those of the word list alone, without
    what the fit adds and without the terms that say nothing in names. `higher` marks the sectors of a high or very high
    level. `written` are the terms as policy writes them. `silent` and `bought_in` have the keys of whole cells that
    policy lists so.
    """

    vocabulary: Vocabulary
    sectors: tuple[str, ...]
    higher: npt.NDArray[np.bool_]
    starts: Places
    sector: Places
    weight: Floats
    dense: Sums
    listed: Floats
    written: pl.Series
    silent: Table
    bought_in: Table

    def unfitted(self) -> Model:
        """The word list alone, for names: they are texts of another kind than those of the fit."""
        dense = _dense(self.starts, self.sector, self.listed, self.sectors)
        return replace(self, weight=self.listed, dense=dense)


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
    higher = np.array([sector.level in HIGHER_LEVELS for sector in policy.sectors])
    starts, sector, weight = _table(weights, tree, sectors)
    places = set(vocabulary.stems(pl.Series(reading.places, dtype=pl.String), reading.empty, reading.whole))
    _, _, alone = _table({key: 0.0 if key[0] in places else listed.get(key, 0.0) for key in weights}, tree, sectors)
    cells = [_cells(reading.silent), _cells(reading.bought_in)]
    dense = _dense(starts, sector, weight, sectors)
    return Model(tree, sectors, higher, starts, sector, weight, dense, alone, written, *cells)


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


def _cells(listed: Collection[str]) -> Table:
    """Whole cells by their keys, whatever their case and signs."""
    known = np.unique(keys.whole(keys.read(pl.Series(sorted(listed), dtype=pl.String))))
    return numbers.table(known, np.arange(len(known)))


def _dense(starts: Places, sector: Places, weight: Floats, sectors: Sequence[str]) -> Sums:
    dense = np.zeros((len(starts) - 1, len(sectors)))
    dense[np.repeat(np.arange(len(starts) - 1), np.diff(starts)), sector] = weight
    return dense


def _table(
    weights: Mapping[tuple[str, str], float], tree: Vocabulary, sectors: Sequence[str]
) -> tuple[Places, Places, Floats]:
    """The weights in the order of terms and sectors: where each term starts, its sectors, their weights."""
    place = {sector: number for number, sector in enumerate(sectors)}
    rows = sorted((tree.numbers[term], place[sector], weight) for (term, sector), weight in weights.items())
    counts = np.bincount([row[0] for row in rows], minlength=len(tree.terms)) if rows else np.zeros(len(tree.terms))
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return starts, np.array([row[1] for row in rows], dtype=np.int64), np.array([row[2] for row in rows])


def sums(terms: Terms, subjects: int, model: Model) -> Sums:
    """What the terms of each subject weigh together, for each sector."""
    start = model.starts.take(terms.term)
    counts = model.starts.take(terms.term + 1) - start
    before = np.cumsum(counts) - counts
    entry = np.arange(counts.sum()) + np.repeat(start - before, counts)
    sectors = len(model.sectors)
    cell = np.repeat(terms.subject * sectors, counts) + model.sector.take(entry)
    weight = model.weight.take(entry) * np.repeat(terms.share, counts)
    totals: Sums = np.bincount(cell, weight, subjects * sectors).astype(np.float64, copy=False)
    return totals.reshape(subjects, sectors)


def sides(totals: Sums, model: Model) -> tuple[Floats, Floats]:
    """The highest sum of each subject, but not below nought, among the sectors that are `higher` and the others."""
    above = totals[:, model.higher].max(axis=1, initial=0.0)
    return above, totals[:, ~model.higher].max(axis=1, initial=0.0)


def towards(terms: Terms, sectors: Places, model: Model) -> Floats:
    """What each term weighs for one sector, that of its row."""
    weight: Floats = model.dense.take(terms.term * len(model.sectors) + sectors) * terms.share
    return weight
