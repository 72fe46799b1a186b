"""What a run was given of Companies House data and of the presumed-in-scope lists, kept so that it can be made again.

Companies House data holds millions of companies; the rows of those that the assessment speaks of are kept.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import dataframely as dy
import polars as pl

from checker.records import inputs
from riskengine.pipeline import Assessment
from riskengine.schemas import Companies, CompanyRegister, Inputs, PresumedInScope

KEYS = ("companies", "presumed")
"""What the request of an assessment holds of them: SHA-256 of the kept file, None where the run was given nothing."""


def keep(assessment: Assessment, given: Inputs | None) -> dict[str, str | None]:
    """Keep the rows and return their SHA-256 by `KEYS`; nothing where what was given is not known. Raises OSError."""
    if given is None:
        return {}
    presumed = given.presumed_in_scope
    return {
        "companies": _kept(_own(assessment, given.companies)) if given.companies else None,
        "presumed": _kept(presumed) if presumed.height else None,
    }


def companies(request: dict[str, Any], stored: Assessment) -> CompanyRegister | None:
    """The companies that a run was given. Raises RecordError where they are gone or were changed."""
    if request["companies"] is None or stored.company_register is None:
        return None
    return CompanyRegister(stored.company_register, pl.scan_parquet(inputs.find(request["companies"])))


def presumed(request: dict[str, Any]) -> dy.DataFrame[PresumedInScope]:
    """The presumed-in-scope lists that a run was given. Raises RecordError where they are gone or were changed."""
    if request["presumed"] is None:
        return PresumedInScope.create_empty()
    return PresumedInScope.cast(pl.read_parquet(inputs.find(request["presumed"])))


def digests(request: dict[str, Any]) -> dict[str, str]:
    """The SHA-256 of every kept file that an assessment needs of them, by `KEYS`."""
    return {key: request[key] for key in KEYS if request.get(key)}


def _own(assessment: Assessment, register: CompanyRegister) -> pl.DataFrame:
    """Rows of the suppliers' own numbers and of those of the records they were compared with."""
    numbers = pl.concat(
        [assessment.suppliers["company_number"].rename("company_number"), assessment.matches["matched_number"]]
    )
    wanted = pl.LazyFrame({"company_number": numbers.drop_nulls().unique()})
    rows = register.companies.join(wanted, on="company_number", how="semi").select(Companies.column_names())
    return rows.collect().unique("company_number", maintain_order=True).sort("company_number")


def _kept(rows: pl.DataFrame) -> str:
    with tempfile.TemporaryDirectory(prefix="riskcheck-") as folder:
        path = Path(folder) / "rows.parquet"
        rows.write_parquet(path, compression="zstd")
        return inputs.keep(path)
