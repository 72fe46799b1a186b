"""Companies House's REST service: single companies, for councils that have a key. Off unless asked for.

Nothing but company numbers is sent. What comes back is kept as a snapshot of its own, beside the monthly data.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import dataframely as dy
import polars as pl

from registries import snapshots
from registries.errors import NewShapeError, NotFoundError, RefusedError, RegisterFileError
from registries.http import Client
from registries.manners import Manners
from registries.pages import Pages
from registries.snapshots import Snapshot
from riskengine.schemas import Companies

NAME = "Companies House company data"
FILE = "companies.parquet"

MANNERS = Manners(pace=0.5)
"""600 requests in 5 minutes are allowed. Source: Companies House developer guidance, from memory; not verified."""

Progress = Callable[[int, int], None]
"""Called with the companies asked about so far and their number. It may raise CancelledError to stop."""


def silent(done: int, total: int) -> None:
    """The progress that nobody watches."""


@dataclass(frozen=True)
class Answers:
    """What Companies House said of the companies asked about: those that it knows, and the day of the oldest answer."""

    companies: dy.DataFrame[Companies]
    asked: int
    oldest: date


def keep(folder: Path, answers: Answers) -> Path:
    """Keep the answers as a snapshot dated by the oldest of them, and hand back its folder.

    Raises RegisterFileError where Companies House knows none of the companies.
    """
    known = answers.companies.height
    if not known:
        raise RegisterFileError(
            "Companies House", "it knows none of the company numbers.", "Check that the list holds company numbers."
        )
    with snapshots.new(folder) as place:
        answers.companies.write_parquet(place / FILE, compression="zstd")
        snapshot = Snapshot(
            register_name=NAME,
            taken=answers.oldest,
            years=(),
            partial_reason=f"it holds only companies asked about one by one: {known:,}",
            sample=False,
            organisations=known,
            latest_change=answers.oldest,
            files=(snapshots.describe(place / FILE),),
        )
        return snapshots.keep(place, snapshot)


class Api:
    """The service at `address`, asked with a key; `pages` keeps answers, so that no company is asked for twice."""

    def __init__(self, address: str, key: str, client: Client, pages: Pages) -> None:
        self._address, self._client, self._pages = address.rstrip("/"), client, pages
        self._headers = {"Authorization": "Basic " + base64.b64encode(f"{key}:".encode()).decode()}

    def ask(self, numbers: Iterable[str], progress: Progress = silent) -> Answers:
        """Ask about the companies with these numbers; one that Companies House does not know is left out.

        Where it breaks off, the answers so far are kept, and asking again goes on from there. Raises FetchError
        (RefusedError for a wrong key) and NewShapeError.
        """
        wanted = sorted(set(numbers))
        rows = []
        for done, number in enumerate(wanted):
            progress(done, len(wanted))
            rows.append(self._company(number))
        found = [row for row in rows if row is not None]
        frame = pl.DataFrame(found, schema=Companies.create_empty().schema, orient="row")
        return Answers(Companies.validate(frame, cast=True), len(wanted), self._oldest(wanted))

    def _oldest(self, numbers: Sequence[str]) -> date:
        days = [self._pages.day(self._place(number), {}) for number in numbers]
        return min([day for day in days if day is not None], default=self._pages.today)

    def _place(self, number: str) -> str:
        return f"{self._address}/company/{number}"

    def _company(self, number: str) -> dict[str, Any] | None:
        address = self._place(number)
        text = self._pages.get(address, {}, lambda: self._asked(address))
        try:
            profile = json.loads(text)
            return _row(profile) if profile else None
        except (ValueError, KeyError, TypeError, AttributeError):
            self._pages.drop(address, {})
            raise NewShapeError(address, "company profile") from None

    def _asked(self, address: str) -> str:
        try:
            return self._client.text(address, headers=self._headers)
        except NotFoundError:
            return "{}"
        except RefusedError:
            wrong = "Companies House does not accept the key."
            raise RefusedError(address, wrong, "Check the key, and that it is one for the live REST service.") from None


def _row(profile: dict[str, Any]) -> dict[str, Any]:
    """The service writes kinds with hyphens and small letters ("micro-entity"), the bulk file without."""
    accounts = profile.get("accounts") or {}
    last = accounts.get("last_accounts") or {}
    kind = last.get("type")
    return {
        "company_number": profile["company_number"],
        "name": profile["company_name"],
        "category": profile.get("type"),
        "status": profile.get("company_status"),
        "accounts_category": kind.replace("-", " ").upper() if kind and kind != "null" else None,
        "accounts_date": _day(last.get("made_up_to")),
        "accounts_due": _day(accounts.get("next_due")),
        "incorporated": _day(profile.get("date_of_creation")),
        "postcode": (profile.get("registered_office_address") or {}).get("postal_code"),
        "sic": list(profile.get("sic_codes") or []),
        "previous_names": [one["name"] for one in profile.get("previous_company_names") or []],
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
