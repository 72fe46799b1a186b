"""The assessments of one council one after another: what can be compared of them, whatever their size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress

import polars as pl

from checker import ranked, records
from checker.records import Summary
from riskengine.schemas import HIGHER_LEVELS, STATEMENTS_HELD


@dataclass(frozen=True)
class Point:
    """One assessment in a trend. All figures are shares of 0 to 1; None where there is nothing to take a share of.

    `money` has the share of £ that goes to higher-risk markets, by kind of £; `lines` the share of contract lines that
    does. `unknown` is the share of lines whose market is not known. `statements` is the share of suppliers in
    higher-risk markets with a statement, of those that were looked up and may need one. `answered` is the share of
    questions that could be answered.
    """

    money: dict[str, float]
    lines: float | None
    unknown: float | None
    statements: float | None
    answered: float | None


@dataclass(frozen=True)
class Trend:
    """Assessments that follow each other, the chosen one last; with `before`, the last one before it."""

    entries: tuple[Summary, ...]
    points: tuple[Point, ...]

    @property
    def before(self) -> Point | None:
        """The assessment to compare with."""
        return self.points[-2] if len(self.points) > 1 else None


def series(entries: Sequence[Summary], chosen: Summary) -> tuple[Summary, ...]:
    """The assessments of a trend up to the chosen one, by day: published ones, of each question the latest answer.

    Withdrawn assessments and drafts other than the chosen one are left out, and so is what mixes the fictional sample
    registry with a real one.
    """
    latest: dict[tuple[date, tuple[str, ...]], Summary] = {}
    for one in sorted(entries, key=lambda entry: entry.created):
        if one.state == "published" and one.as_of <= chosen.as_of and one.sample_register == chosen.sample_register:
            latest[one.as_of, one.inputs] = one
    latest.pop((chosen.as_of, chosen.inputs), None)
    return (*sorted(latest.values(), key=lambda entry: (entry.as_of, entry.created)), chosen)


def of(entries: Sequence[Summary], points: Sequence[Point]) -> Trend:
    """The trend of a series (`points`: the point of each), without lists of another kind than the last.

    Lists that give no kind of £ in common, such as payments and contract values, can't be better than each other.
    """
    kinds = points[-1].money.keys()
    alike = [one.money.keys() == kinds or bool(one.money.keys() & kinds) for one in points]
    return Trend(tuple(compress(entries, alike)), tuple(compress(points, alike)))


def last(entries: Sequence[Summary], chosen: Summary) -> Summary | None:
    """The assessment first kept just before the chosen one, in whatever state; the fictional registry stays apart."""
    before = [one for one in entries if one.created < chosen.created and one.sample_register == chosen.sample_register]
    return max(before, key=lambda one: one.created, default=None)


def point(assessment_id: str) -> Point:
    """Work out one point, without opening the whole assessment. Raises RecordError."""
    kind, level = (pl.col(column).cast(pl.String) for column in ("amount_kind", "level"))
    rows = ranked.scan(assessment_id).select(kind, level, "amount", "supplier_id").collect()
    higher = rows.get_column("level").is_in(HIGHER_LEVELS)
    shares = records.scan(assessment_id, "scores").select(pl.col("checked_share").mean()).collect()
    return Point(
        money=_money(rows),
        lines=_share(int(higher.sum()), rows.height),
        unknown=_share(int((rows.get_column("level") == "unknown").sum()), rows.height),
        statements=_statements(assessment_id, rows.filter(higher).get_column("supplier_id").unique()),
        answered=shares.item(),
    )


def _money(rows: pl.DataFrame) -> dict[str, float]:
    amount = pl.col("amount").cast(pl.Float64)
    sums = (
        rows.filter(pl.col("amount").is_not_null())
        .group_by("amount_kind")
        .agg(whole=amount.sum(), part=amount.filter(pl.col("level").is_in(HIGHER_LEVELS)).sum())
    )
    return {
        kind: part / whole
        for kind, whole, part in sums.sort("amount_kind").iter_rows()
        if whole > 0 and 0 <= part <= whole
    }


def _statements(assessment_id: str, suppliers: pl.Series) -> float | None:
    found = records.scan(assessment_id, "statements").select("supplier_id", "statement", "scope").collect()
    asked = found.filter(
        pl.col("supplier_id").is_in(suppliers.implode()),
        ~pl.col("statement").is_in(["not_checked", "possible"]),
        pl.col("scope") != "likely_not_required",
    )
    return _share(int(asked.get_column("statement").is_in(STATEMENTS_HELD).sum()), asked.height)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
