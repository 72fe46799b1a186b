"""What the words of a purchase say: its description, then the council's category and department, then the name."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from riskengine.policy.sectors import SectorsPolicy
from riskengine.sectors import words
from riskengine.sectors.words import Model, Sums

SLICE = 50_000
"""Subjects read at once: bounds the memory whatever the length of a list."""

DECIDED = pl.Schema({"subject": pl.UInt32, "sector": pl.String, "evidence": pl.String, "confidence": pl.Float64})
"""The columns of `decide`."""


def part(texts: pl.Series, share: float, full: float) -> pl.DataFrame:
    """A text a subject, in the order of subjects: columns subject, text, share (how much its words count), decides.

    Up to `full` words each counts with `share`; of longer texts each counts less, by the square root of the length.
    """
    length = pl.col("text").str.count_matches(" ", literal=True) + 1
    counted = share * (full / length).sqrt().clip(upper_bound=1)
    placed = texts.alias("text").to_frame().with_row_index("subject").drop_nulls()
    return placed.with_columns(share=counted, decides=pl.lit(value=True))


def decide(parts: pl.DataFrame, model: Model, policy: SectorsPolicy, least: float) -> pl.DataFrame:
    """The subjects whose words decide, in order: columns subject, sector, evidence (the strongest terms), confidence.

    `parts` has the columns of `part`; a subject may have several. The best sector must reach `least` and lead, and a
    part that `decides` must speak for it.
    """
    spoken_for = parts.filter(~is_listed("text", policy.settings.reading.silent))
    decided = [_decide(some, model, policy, least) for some in _slices(spoken_for)]
    return pl.concat([pl.DataFrame(schema=DECIDED), *decided])


def explain(title: str, description: str, policy: SectorsPolicy) -> pl.DataFrame:
    """Every term found in one text and what it adds or takes away: columns term, sector, weight, strongest first."""
    model = words.model(policy)
    spoken = _spoken(pl.concat(whole(pl.Series([title]), pl.Series([description]), policy)), model)
    named = spoken.select(
        term=model.written.gather(spoken["term"]),
        sector=pl.Series(model.sectors).gather(spoken["sector"]),
        weight="weight",
    )
    return named.sort(pl.col("weight").abs(), "term", "sector", descending=[True, False, False])


def whole(titles: pl.Series, descriptions: pl.Series, policy: SectorsPolicy) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The parts of texts that have a title and a longer description."""
    shares = policy.settings.shares
    return (
        part(titles.cast(pl.String), 1.0, shares["title_words"].value),
        part(descriptions.cast(pl.String), 1.0, shares["description_words"].value),
    )


def is_listed(column: str, listed: frozenset[str]) -> pl.Expr:
    """Whether a cell is one of the listed ones, whatever its case and signs."""
    plain = pl.col(column).str.to_lowercase().str.replace_all("[^a-z0-9]+", " ").str.strip_chars()
    return plain.is_in(sorted(listed))


def _slices(parts: pl.DataFrame) -> Iterator[pl.DataFrame]:
    if parts.height == 0:
        return
    last = int(parts["subject"].max())  # type: ignore[arg-type]
    if last < SLICE:
        yield parts
        return
    for start in range(0, last + 1, SLICE):
        yield parts.filter(pl.col("subject").is_between(start, start + SLICE, closed="left"))


def _decide(parts: pl.DataFrame, model: Model, policy: SectorsPolicy, least: float) -> pl.DataFrame:
    first = parts["subject"].min() or 0
    spoken = _spoken(parts.with_columns(pl.col("subject") - first), model)
    totals = words.sums(spoken, SLICE, len(model.sectors))
    best = totals.argmax(axis=1)
    top = totals[np.arange(len(totals)), best]
    lead = top - _second(totals)
    sure = (top >= least) & (lead >= policy.settings.minimum_lead.value)
    winners = pl.DataFrame({"subject": np.arange(len(totals), dtype=np.uint32), "sector": best.astype(np.uint8)})
    winners = winners.with_columns(lead=lead).filter(pl.Series(sure))
    told = winners.join(_evidence(spoken, winners, model), on="subject", maintain_order="left")
    return told.select(
        pl.col("subject") + first,
        sector=pl.Series(model.sectors).gather(told["sector"]),
        evidence="evidence",
        confidence=(1 / (1 + (-pl.col("lead")).exp())).round(2),
    ).cast(DECIDED)


def _spoken(parts: pl.DataFrame, model: Model) -> pl.DataFrame:
    """What each term of each subject weighs: columns subject, term, sector, weight. Each distinct text is read once."""
    distinct = parts.select(pl.col("text").unique(maintain_order=True)).with_row_index("place")
    read = words.read(distinct["text"], model)
    placed = parts.join(distinct, on="text").select("subject", "share", "decides", text="place")
    spoken = placed.join(read, on="text")
    return spoken.select("subject", "term", "sector", "decides", weight=pl.col("weight") * pl.col("share"))


def _second(totals: Sums) -> Sums:
    """The second highest sum of each text, never below nought: sectors nothing speaks for have a sum of nought."""
    return np.partition(totals, -2, axis=1)[:, -2].clip(min=0)


def _evidence(spoken: pl.DataFrame, winners: pl.DataFrame, model: Model) -> pl.DataFrame:
    """The strongest terms that spoke for the winner, as policy writes them: columns subject, evidence.

    Left out are winners for which no part speaks that decides.
    """
    for_it = spoken.join(winners.select("subject", "sector"), on=["subject", "sector"]).filter(pl.col("weight") > 0)
    decided = for_it.filter(pl.col("decides").any().over("subject"))
    summed = decided.group_by("subject", "term").agg(pl.col("weight").sum())
    ordered = summed.sort("subject", "weight", "term", descending=[False, True, False])
    named = ordered.with_columns(model.written.gather(ordered["term"]).alias("written"))
    return named.group_by("subject", maintain_order=True).agg(evidence=pl.col("written").head(5).str.join(", "))
