"""Small frames for tests: each maker takes only what a test is about and fills in the rest."""

from __future__ import annotations

from datetime import date
from typing import Any

import dataframely as dy
import polars as pl

from riskengine.schemas import (
    ContractLines,
    Evidence,
    Matches,
    RegisterFacts,
    Sectors,
    Statements,
    SuppliersFound,
)

AS_OF = date(2026, 6, 30)
FACTS = RegisterFacts(date(2026, 6, 1), (2024, 2025, 2026), None, sample=True, sha256="0" * 64)


def frame(schema: type[dy.Schema], rows: list[dict[str, Any]], **defaults: Any) -> Any:
    """Rows completed with `defaults`, then null or an empty list, in the shape of `schema`; £ are written as text."""
    kinds = schema.create_empty().schema
    empty = {name: [] if isinstance(kind, pl.List) else None for name, kind in kinds.items()}
    written = {name: pl.String if isinstance(kind, pl.Decimal) else kind for name, kind in kinds.items()}
    data = [{**empty, **defaults, **row} for row in rows]
    return schema.validate(pl.DataFrame(data, schema=written, orient="row"), cast=True)


def lines(*rows: dict[str, Any]) -> dy.DataFrame[ContractLines]:
    """Contract lines `L1`, `L2`, ... of one sheet."""
    numbered = [{"line_id": f"L{at}", "row": at + 1, **row} for at, row in enumerate(rows, start=1)]
    return frame(ContractLines, numbered, file="list.csv", sheet="list", supplier_text="Acme Ltd", amount_kind="paid")


def evidence(
    contract_lines: dy.DataFrame[ContractLines], found: SuppliersFound, level: str = "high", **of: dict[str, Any]
) -> Evidence:
    """Evidence in which every purchase has one sector of `level`; `statement`, `match` and `sector` set rows."""
    suppliers = found.suppliers["supplier_id"].to_list()
    sector = {"sector": "cleaning" if level != "unknown" else "unknown", "level": level, "basis": "text"}
    sector |= of.get("sector", {})
    return Evidence(
        lines=contract_lines,
        links=found.links,
        purchases=found.purchases,
        suppliers=found.suppliers,
        matches=frame(
            Matches,
            [{"supplier_id": supplier, **of.get("match", {})} for supplier in suppliers],
            rank=1,
            match="none",
            basis="name",
            reason="no entry is like it",
        ),
        statements=frame(
            Statements,
            [{"supplier_id": supplier, **of.get("statement", {})} for supplier in suppliers],
            statement="none_found",
            reason="no entry of that name.",
            scope="not_known",
            scope_reason="its turnover is not known.",
        ),
        sectors=frame(
            Sectors,
            [{"purchase_id": purchase, **sector} for purchase in found.purchases["purchase_id"]],
            evidence="cleaning",
            confidence=0.9,
        ),
        register=FACTS,
        as_of=AS_OF,
    )
