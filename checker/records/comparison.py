"""Two assessments compared, supplier by supplier."""

from __future__ import annotations

import polars as pl

from checker.records import assessments
from riskengine.report import masking
from riskengine.schemas import STATEMENTS_HELD

CHANGES = ("new", "gone", "renewed", "lapsed", "up", "down", "same")
"""What can have changed of a supplier; the first that fits is said, as a new statement explains fewer points."""
NOT_FOUND = ("out_of_date", "none_found")


def compare(before: str, after: str) -> pl.DataFrame:
    """One row a supplier of either assessment: `supplier_id, name, change`, then points, band and statement of both.

    `renewed`: a statement is found where there was none or only an old one, or one of a later year. `lapsed`: a
    statement that was found is out of date or not found any more. `up` and `down` speak of points. Names of likely
    persons are withheld. Raises RecordError for an unknown assessment.
    """
    old, new = (_told(one) for one in (before, after))
    joined = old.join(new, on="match", how="full", suffix="_after", coalesce=True, maintain_order="left_right")
    shown = joined.select(
        supplier_id=pl.coalesce("supplier_id_after", "supplier_id"),
        name=pl.coalesce("name_after", "name"),
        change=_change(),
        points_before="points",
        points_after="points_after",
        band_before="band",
        band_after="band_after",
        statement_before="statement",
        statement_after="statement_after",
    )
    order = pl.col("change").cast(pl.Enum(CHANGES))
    return shown.sort(order, pl.col("points_after").fill_null(-1), "supplier_id", descending=[False, True, False])


def _told(assessment_id: str) -> pl.DataFrame:
    """Suppliers with their answers, without opening the whole assessment.

    The ids of persons are numbered anew in each run, so they are joined by name.
    """
    persons = pl.col("personal")
    suppliers, scores, statements = (
        assessments.scan(assessment_id, name) for name in ("suppliers", "supplier_scores", "statements")
    )
    named = suppliers.select(
        "supplier_id",
        pl.when(persons).then(masking.label(pl.col("supplier_id"))).otherwise("name").alias("name"),
        pl.when(persons).then("person " + pl.col("key")).otherwise("supplier_id").alias("match"),
    ).unique("match", keep="first", maintain_order=True)
    told = named.join(
        scores.select("supplier_id", "points", "band"), on="supplier_id", how="left", maintain_order="left"
    ).join(statements.select("supplier_id", "statement", "year"), on="supplier_id", how="left", maintain_order="left")
    return told.collect()


def _change() -> pl.Expr:
    found_before, found_after = (pl.col(name).is_in(STATEMENTS_HELD) for name in ("statement", "statement_after"))
    lacked, lacks = (pl.col(name).is_in(NOT_FOUND) for name in ("statement", "statement_after"))
    later = found_before & (pl.col("year_after") > pl.col("year")).fill_null(False)
    return (
        pl.when(pl.col("supplier_id").is_null())
        .then(pl.lit("new"))
        .when(pl.col("supplier_id_after").is_null())
        .then(pl.lit("gone"))
        .when(found_after & (lacked | later))
        .then(pl.lit("renewed"))
        .when(found_before & lacks)
        .then(pl.lit("lapsed"))
        .when(pl.col("points_after") > pl.col("points"))
        .then(pl.lit("up"))
        .when(pl.col("points_after") < pl.col("points"))
        .then(pl.lit("down"))
        .otherwise(pl.lit("same"))
    )
