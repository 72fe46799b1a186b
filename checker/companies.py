"""Companies House data for a run: the monthly data, and single companies that its REST service was asked about."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl

from checker import records
from checker.records import RecordError, renewed
from checker.settings import Settings
from registries import catalogue, companies_house, companies_house_api, snapshots
from registries.companies_house_api import Answers, Api, Progress
from registries.errors import RegisterFileError
from registries.http import Client
from registries.pages import Pages
from riskengine.schemas import Companies, CompanyRegister, RegisterFacts

BESIDE = timedelta(days=92)
"""How much older the monthly data may be to stand beside single companies: the time after which a company's standing
is taken to have moved on. Source: our judgement, as in the indicator company_status."""
NO_COMPANIES = ["individual", "redacted", "internal"]
"""Kinds of supplier that nobody outside is asked about."""


def load(as_of: date) -> CompanyRegister | None:
    """The newest data taken on or before a day, or None; single companies come before the monthly data.

    Both together are dated by the older of the two. Where all data is younger than the day, the newest monthly data
    is handed in, and the run says that it does not count. Raises SnapshotError for damaged data.
    """
    monthly = _newest(Settings().companies_house_dir, as_of)
    single = _newest(Settings().companies_house_api_dir, as_of)
    if monthly is None and single is None:
        return _newest(Settings().companies_house_dir, date.max)
    if monthly is None or single is None:
        return single or monthly
    newest = max(monthly.facts.date, single.facts.date)
    if newest - monthly.facts.date > BESIDE:
        return single
    if newest - single.facts.date > BESIDE:
        return monthly
    return _together(monthly, single)


def _newest(folder: Path, as_of: date) -> CompanyRegister | None:
    fitting = (path for path, snapshot in snapshots.history(folder) if snapshot.taken <= as_of)
    path = next(fitting, None)
    return companies_house.load(path) if path else None


def _together(monthly: CompanyRegister, single: CompanyRegister) -> CompanyRegister:
    others = monthly.companies.join(single.companies.select("company_number"), on="company_number", how="anti")
    facts = RegisterFacts(
        date=min(monthly.facts.date, single.facts.date),
        years=(),
        partial_reason=monthly.facts.partial_reason,
        sample=False,
        sha256=snapshots.sha256_of([monthly.facts.sha256, single.facts.sha256]),
        name=monthly.facts.name,
    )
    columns = Companies.column_names()
    return CompanyRegister(facts, pl.concat([single.companies.select(columns), others.select(columns)]))


def numbers(assessment_id: str | None = None) -> list[str]:
    """The company numbers of an assessment's suppliers (the newest, unless one is named), persons left out.

    A number is the list's own, or that of the same organisation in the registry. Raises RecordError.
    """
    kept = records.recent()
    if not kept:
        raise RecordError("No assessment is kept yet. Check a list first.")
    held = records.load(assessment_id or kept[0].id)
    asked = held.suppliers.filter(~pl.col("personal") & ~pl.col("kind").cast(pl.String).is_in(NO_COMPANIES))
    same = held.matches.filter((pl.col("rank") == 1) & (pl.col("match") == "same")).select(
        "supplier_id", "matched_number"
    )
    found = asked.join(same, on="supplier_id", how="left").select(pl.coalesce("company_number", "matched_number"))
    return found.to_series().drop_nulls().unique().sort().to_list()


def ask(wanted: list[str], today: date, progress: Progress = companies_house_api.silent) -> tuple[Path, Answers]:
    """Ask Companies House's REST service about companies and keep the answers; hands back folder and answers.

    Raises RegistryError, and of it RegisterFileError where there is no key.
    """
    settings = Settings()
    address = settings.companies_house_site or catalogue.load()["companies_house"].site
    with renewed.recorded(records.me(), renewed.FETCHED, companies_house_api.NAME) as kept:
        with Client(companies_house_api.MANNERS) as client:
            api = Api(address, _key(settings), client, Pages(settings.pages_dir, today))
            answers = api.ask(wanted, progress)
        copy = companies_house_api.keep(settings.companies_house_api_dir, answers)
        kept(renewed.of(snapshots.read(copy)))
    return copy, answers


def _key(settings: Settings) -> str:
    if settings.companies_house_key is not None:
        return settings.companies_house_key.get_secret_value()
    if settings.companies_house_key_file is not None:
        try:
            return settings.companies_house_key_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            name = settings.companies_house_key_file.name
            raise RegisterFileError(name, "the key can't be read from this file.", "Check the file.") from None
    raise RegisterFileError(
        "Companies House",
        "there is no key for its REST service.",
        "Put the council's key into RISKCHECK_COMPANIES_HOUSE_KEY, or into a file named by "
        "RISKCHECK_COMPANIES_HOUSE_KEY_FILE.",
    )
