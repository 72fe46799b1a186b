"""Lists of organisations that a public body presumes to have the section 54 duty, such as the one of the registry's
launch: a CSV file with the columns OrganisationName and CompanyNumber, handed in by the council."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import dataframely as dy
import polars as pl
from polars.exceptions import PolarsError

from registries import company_numbers
from registries.errors import MissingColumnsError, RegisterFileError
from riskengine.schemas import PresumedInScope

NAME = "Organisations presumed in scope"
COLUMNS = ("OrganisationName", "CompanyNumber")


def load(path: Path, listed: date) -> dy.DataFrame[PresumedInScope]:
    """The numbered organisations of a list of the day `listed`; leading zeros lost on the way are put back.

    Raises RegisterFileError and MissingColumnsError, naming the file.
    """
    try:
        rows = pl.read_csv(path.read_bytes(), infer_schema=False)
    except OSError:
        raise RegisterFileError(path.name, "the file can't be opened.", "Check that it is there.") from None
    except PolarsError:
        advice = "Save the list as a CSV file in UTF-8."
        raise RegisterFileError(path.name, "this is not a CSV file in UTF-8.", advice) from None
    missing = [column for column in COLUMNS if column not in rows.columns]
    if missing:
        raise MissingColumnsError(path.name, missing)
    numbered = rows.select(
        company_number=company_numbers.normal(pl.col("CompanyNumber")),
        name=pl.col("OrganisationName").fill_null(""),
        listed=pl.lit(listed),
    )
    return numbered.drop_nulls("company_number").unique(maintain_order=True).pipe(PresumedInScope.validate)
