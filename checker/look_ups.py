"""Searches on the statement registry's own site: for one name, or for the suppliers that a copy does not hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from checker import records, updates
from checker.records import RecordError
from checker.settings import Settings
from registries import catalogue, http
from registries.http import Client
from registries.pages import Pages
from registries.statement_site import Site

ASKED_KINDS = ["company", "charity", "education", "public_body"]
"""Kinds of supplier whose name may leave this machine: never a person's, and never one that might be a person's."""


def unmatched(assessment_id: str | None = None) -> list[str]:
    """Names of an assessment's suppliers (the newest, unless one is named) that were not found, the largest line first.

    Raises RecordError, also where the assessment was made without a copy to look them up in.
    """
    kept = records.recent()
    if not kept:
        raise RecordError("No assessment is kept yet. Check a list first.")
    held = records.load(assessment_id or kept[0].id)
    if held.register is None:
        raise RecordError("No copy of the registry was at hand for this assessment. Check its lists again with one.")
    missed = held.matches.filter((pl.col("rank") == 1) & (pl.col("match") == "none")).select("supplier_id")
    asked = held.suppliers.filter(~pl.col("personal") & pl.col("kind").cast(pl.String).is_in(ASKED_KINDS))
    amounts = (
        held.links.join(held.lines.select("line_id", "amount"), on="line_id")
        .group_by("supplier_id")
        .agg(pl.max("amount"))
    )
    found = asked.join(missed, on="supplier_id", how="semi").join(amounts, on="supplier_id", how="left")
    ranked = found.sort("amount", "name", descending=[True, False], nulls_last=True)
    return ranked["name"].to_list()


def on_site(names: Sequence[str], progress: http.Progress = http.silent) -> Iterator[tuple[str, pl.DataFrame]]:
    """Ask the site for each name in turn, at most one request a second.

    Columns: name, company_number, year, period_end, parent, statement_url. Raises FetchError and NewShapeError.
    """
    with Client(progress=progress) as client:
        place = Settings().registry_site or catalogue.load()["statement_registry"].site
        site = Site(place, client, Pages(Settings().pages_dir, updates.today()))
        for name in names:
            yield (
                name,
                site.look_up(name).select(
                    name="OrganisationName",
                    company_number="CompanyNumber",
                    year="StatementYear",
                    period_end="StatementEndDate",
                    parent="ParentName",
                    statement_url="StatementURL",
                ),
            )
