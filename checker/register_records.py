"""What the registry says of the records that suppliers were compared with, from the copy kept with an assessment."""

from __future__ import annotations

import tempfile
from pathlib import Path

import polars as pl

from checker.records import assessments, snapshots
from checker.records.errors import RecordError
from registries import statement_registry
from registries.errors import RegistryError
from riskengine.schemas import StatementRegister


def of(assessment_id: str) -> pl.DataFrame:
    """One row a record that a supplier of the assessment was compared with; none where the copy is not kept.

    Columns: entry_id, postcode, previous_names, years, parents, turnover (that of the latest statement), sectors.
    Raises RecordError for an unknown assessment.
    """
    wanted = assessments.scan(assessment_id, "matches").select("entry_id").drop_nulls().unique().collect()
    snapshot = assessments.row(assessment_id).request["snapshot"]
    if snapshot is None:
        return _EMPTY
    with tempfile.TemporaryDirectory(prefix="riskcheck-") as folder:
        try:
            register = statement_registry.load(snapshots.lay_out(snapshot, Path(folder)))
        except (RecordError, RegistryError):
            return _EMPTY
    return _told(register, wanted)


_EMPTY = pl.DataFrame(
    schema={
        "entry_id": pl.String,
        "postcode": pl.String,
        "previous_names": pl.List(pl.String),
        "years": pl.List(pl.Int32),
        "parents": pl.List(pl.String),
        "turnover": pl.String,
        "sectors": pl.List(pl.String),
    }
)


def _told(register: StatementRegister, wanted: pl.DataFrame) -> pl.DataFrame:
    found = register.records.join(wanted, on="entry_id", how="semi")
    statements = found.sort("entry_id", "year", descending=[False, True])
    summed = statements.group_by("entry_id", maintain_order=True).agg(
        years=pl.col("year").unique().sort(descending=True),
        parents=pl.col("parent").drop_nulls().unique(maintain_order=True),
        turnover=pl.col("turnover").first(),
        sectors=pl.col("sectors").first(),
    )
    entries = register.entries.join(wanted, on="entry_id", how="semi").select("entry_id", "postcode", "previous_names")
    return entries.join(summed, on="entry_id", how="left").select(_EMPTY.columns)
