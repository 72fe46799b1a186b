"""Notes and the suppliers' replies as a table that leaves the product."""

from __future__ import annotations

from datetime import datetime

import polars as pl

from checker import records
from riskengine.pipeline import Assessment

COLUMNS = ["supplier_id", "name", "kind", "indicator", "text", "who", "at"]


def table(assessment: Assessment, until: datetime | None = None) -> pl.DataFrame:
    """Notes and replies on the suppliers of an assessment, recorded up to a moment, by supplier and time.

    Columns: supplier_id, name, kind (note or reply), indicator (the finding it is about; empty: the supplier as a
    whole), text, who, at (UTC). Nothing is ever recorded of likely persons.
    """
    named = assessment.suppliers.filter(~pl.col("personal")).select("key", "supplier_id", "name")
    keys = {key: (supplier_id, name) for key, supplier_id, name in named.iter_rows()}
    rows = [
        (*keys[one.key], one.kind, one.indicator, one.text, one.who, one.at.isoformat(timespec="seconds"))
        for one in reversed(records.every_note(keys))
        if until is None or one.at <= until
    ]
    made = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")
    return made.sort("supplier_id", maintain_order=True)
