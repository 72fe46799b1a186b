"""What a supplier says of its own sector in the statement registry."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from riskengine.policy.sectors import SectorsPolicy
from riskengine.schemas import Matches, StatementRegister


def sectors(matches: dy.DataFrame[Matches], register: StatementRegister | None, policy: SectorsPolicy) -> pl.DataFrame:
    """Suppliers found in the register by a match that counts: supplier_id, register_sector, _evidence, _confidence.

    A supplier that names several of our sectors there says nothing of what was bought, so it is left out.
    """
    if register is None:
        return pl.DataFrame(schema=_SCHEMA)
    said = register.records.select("entry_id", pl.col("sectors").alias("said")).explode(
        "said", keep_nulls=False, empty_as_null=False
    )
    said = said.with_columns(register_sector=pl.col("said").replace_strict(policy.settings.registry, default=None))
    one = said.drop_nulls("register_sector").group_by("entry_id").agg(pl.col("register_sector", "said").unique().sort())
    one = one.filter(pl.col("register_sector").list.len() == 1)
    same = matches.filter((pl.col("rank") == 1) & (pl.col("match") == "same")).select("supplier_id", "entry_id")
    return same.join(one, on="entry_id").select(
        "supplier_id",
        pl.col("register_sector").list.first(),
        register_evidence=pl.col("said").list.join(", "),
        register_confidence=pl.lit(policy.settings.confidence["register"].value),
    )


_SCHEMA = {
    "supplier_id": pl.String,
    "register_sector": pl.String,
    "register_evidence": pl.String,
    "register_confidence": pl.Float64,
}
