"""Companies House's REST service: single companies, for councils that have a key. Off unless a key is given."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

import dataframely as dy
import polars as pl

from registries.errors import NewShapeError, NotFoundError
from registries.http import Client
from registries.manners import Manners
from registries.pages import Pages
from riskengine.schemas import Companies

MANNERS = Manners(pace=0.5)
"""600 requests in 5 minutes are allowed. Source: Companies House developer guidance, from memory; not verified."""


class Api:
    """The service at `address`, asked with a key; `pages` keeps answers, so that no company is asked for twice."""

    def __init__(self, address: str, key: str, client: Client, pages: Pages) -> None:
        self._address, self._client, self._pages = address.rstrip("/"), client, pages
        self._headers = {"Authorization": "Basic " + base64.b64encode(f"{key}:".encode()).decode()}

    def companies(self, numbers: Iterable[str]) -> dy.DataFrame[Companies]:
        """The companies with these numbers, sorted by number; one that Companies House does not know is left out.

        Raises FetchError (RefusedError for a wrong key) and NewShapeError.
        """
        found = [row for number in sorted(set(numbers)) if (row := self._company(number)) is not None]
        return Companies.validate(pl.DataFrame(found, schema=Companies.create_empty().schema, orient="row"), cast=True)

    def _company(self, number: str) -> dict[str, Any] | None:
        address = f"{self._address}/company/{number}"
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
