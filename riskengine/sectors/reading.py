"""What the words of a purchase say: its description, then the council's category and department, then the name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import polars as pl
import pyarrow as pa

from riskengine.policy.sectors import SectorsPolicy
from riskengine.sectors import evidence, keys, terms, words
from riskengine.sectors.keys import Places, Words
from riskengine.sectors.numbers import NONE
from riskengine.sectors.terms import Floats, Terms, Texts
from riskengine.sectors.words import Model

SLICE = 1 << 14
"""Subjects read at once: bounds the memory whatever the length of a list."""

DECIDED = pl.Schema({"subject": pl.UInt32, "sector": pl.String, "evidence": pl.String, "confidence": pl.Float64})
"""The columns of `decide`."""


def part(texts: pl.Series, share: float, full: float, *, tips: bool = False) -> pl.DataFrame:
    """A text a subject, in the order of subjects: columns subject, text, share and full (see `shares`), tips.

    A text that `tips` does not decide by itself.
    """
    placed = texts.alias("text").to_frame().with_row_index("subject").drop_nulls()
    return placed.with_columns(share=pl.lit(share), full=pl.lit(full, pl.Float64), tips=pl.lit(tips))


def shares(parts: pl.DataFrame, read: Words) -> Floats:
    """How much each word of a part counts: up to `full` words its `share`, of more words less, by their square root."""
    words_of = np.diff(read.starts).clip(min=1)
    counted: Floats = parts["share"].to_numpy() * np.sqrt(parts["full"].to_numpy() / words_of).clip(max=1)
    return counted


def together(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Several parts of the same subjects, in the order of subjects."""
    filled = [part for part in parts if part.height]
    return filled[0] if len(filled) == 1 else pl.concat(parts).sort("subject", maintain_order=True)


def whole(titles: pl.Series, descriptions: pl.Series, policy: SectorsPolicy) -> pl.DataFrame:
    """The parts of texts that have a title and a longer description."""
    shares = policy.settings.shares
    title = part(titles.cast(pl.String), 1.0, shares["title_words"].value)
    return together([title, part(descriptions.cast(pl.String), 1.0, shares["description_words"].value)])


def decide(parts: pl.DataFrame, model: Model, policy: SectorsPolicy, least: float) -> pl.DataFrame:
    """The subjects whose words decide, in order: columns subject, sector, evidence (the strongest terms), confidence.

    `parts` has the columns of `part` and is in the order of subjects. The best sector must reach `least` and lead those
    on the other side (of a high or very high level, or below), and a part must speak for it that decides: one that does
    not only tip, or any of a subject with a cell of `bought_in`.
    """
    with ThreadPoolExecutor(pl.thread_pool_size()) as threads:
        told = list(threads.map(lambda some: _decide(some, model, policy, least), _slices(parts)))
    if not told:
        return pl.DataFrame(schema=DECIDED)
    *numbers, quotes = zip(*told, strict=True)
    subject, sector, lead = (np.concatenate(column) for column in numbers)
    columns = {
        "subject": subject,
        "sector": _named(sector, model),
        "evidence": evidence.single_blanks(quotes),
        "confidence": (1 / (1 + np.exp(-lead))).round(2),
    }
    return pl.DataFrame(columns).cast(DECIDED)


def explain(title: str, description: str, policy: SectorsPolicy) -> pl.DataFrame:
    """Every term found in one text and what it adds or takes away: columns term, sector, weight, strongest first."""
    model = words.model(policy)
    parts = whole(pl.Series([title]), pl.Series([description]), policy)
    spoken = terms_of(parts, keys.read(parts["text"]), model)
    weights = model.dense[spoken.term] * spoken.share[:, np.newaxis]
    row, sector = np.nonzero(weights)
    named = pl.DataFrame({"term": model.written.gather(spoken.term[row]), "sector": _named(sector, model)})
    named = named.with_columns(weight=weights[row, sector])
    return named.sort(pl.col("weight").abs(), "term", "sector", descending=[True, False, False])


def terms_of(parts: pl.DataFrame, read: Words, model: Model) -> Terms:
    """The terms of each subject and how much each counts; cells that are silent count for nothing.

    `read` are the words of the texts. Subjects are numbered from the first of these on.
    """
    cell = keys.whole(read)
    subject = parts["subject"].to_numpy().astype(np.int64)
    subject -= subject[0]
    bought_in = np.zeros(subject[-1] + 1, dtype=bool)
    bought_in[subject[model.bought_in.numbers_of(cell) != NONE]] = True
    speaks = model.silent.numbers_of(cell) == NONE
    share = np.where(speaks, shares(parts, read), 0.0)
    decides = speaks & (~parts["tips"].to_numpy() | bought_in[subject])
    return terms.terms(read, Texts(subject, share, decides), model.vocabulary)


def _slices(parts: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The parts of SLICE subjects at a time."""
    subjects = parts["subject"].to_numpy()
    begin = 0
    while begin < len(subjects):
        end = int(np.searchsorted(subjects, subjects[begin] + SLICE))
        yield parts.slice(begin, end - begin)
        begin = end


def _decide(
    parts: pl.DataFrame, model: Model, policy: SectorsPolicy, least: float
) -> tuple[Places, Places, Floats, pa.LargeStringArray]:
    """The subjects whose words decide, their sectors, how far those lead, and the words that spoke for them."""
    read = keys.read(parts["text"])
    spoken = terms_of(parts, read, model)
    first, last = parts["subject"][0], parts["subject"][-1]
    totals = words.sums(spoken, last - first + 1, model)
    every = np.arange(len(totals))
    best = totals.argmax(axis=1)
    top = totals[every, best]
    totals[every, best] = -np.inf
    above, below = words.sides(totals, model)
    clear = top - np.where(model.higher[best], below, above)
    lead = top - np.maximum(above, below)
    sure = (top >= least) & (clear >= policy.settings.minimum_lead.value)
    counts, rows = evidence.strongest(spoken, best, sure, model)
    told = np.flatnonzero(counts)
    quotes = evidence.quoted(read, spoken.first.take(rows), spoken.last.take(rows), counts[told])
    return told + first, best[told], lead[told], quotes


def _named(sectors: Places, model: Model) -> pl.Series:
    return pl.Series(model.sectors, dtype=pl.String).gather(sectors)
