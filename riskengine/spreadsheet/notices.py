"""Contract notices in the Open Contracting Data Standard: release packages, record packages and JSON Lines.

Find a Tender, Contracts Finder, Sell2Wales and Public Contracts Scotland publish them. Each award to each supplier
becomes a row under headings that step `lines` knows. Source: standard.open-contracting.org, release schema 1.1.5.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

HEADINGS = (
    "Contract Reference",
    "Buyer",
    "Contract Title",
    "Description",
    "Supplier Name",
    "Company Number",
    "Charity Number",
    "Supplier Postcode",
    "CPV code",
    "Contract Value",
    "Award Date",
    "Start Date",
    "End Date",
)
_LINE_END = re.compile(r"\r\n|\n|\r")
"""JSON text may hold the other signs that end a line in Unicode."""
_COMPANY_SCHEMES = ("GB-COH", "GB-NIC")
_CHARITY_SCHEMES = ("GB-CHC", "GB-SC", "GB-NIR")

Node = dict[str, Any]
Row = list[str | None]


class NotNoticesError(ValueError):
    """The JSON holds no contract notices; the text says what is wrong with it."""


def rows(text: str) -> tuple[list[Row], list[str]]:
    """The heading row and one row for each award and supplier, and notes. Raises NotNoticesError."""
    releases = [release for package in _packages(text) for release in _releases(package)]
    if not releases:
        raise NotNoticesError("The JSON holds no OCDS releases or records.")
    outdated = _outdated(releases)
    found = [row for at, release in enumerate(releases) for row in _awarded(release, outdated[at])]
    silent = sum(1 for release in releases if not _dicts(release.get("awards")))
    notes = [f"{len(releases):,} notices were read."]
    if silent:
        notes.append(f"{silent:,} of them award nothing (planning or tender notices) and give no contract line.")
    if any(outdated):
        notes.append(f"Awards that a later notice holds again, read from that alone: {sum(map(len, outdated)):,}.")
    return [list(HEADINGS), *found], notes


def _packages(text: str) -> Iterator[Node]:
    """The documents of the text: one JSON value, a list of them, or one a line."""
    try:
        value = json.loads(text)
    except RecursionError:
        raise NotNoticesError("The JSON is nested too deeply to be a list of notices.") from None
    except json.JSONDecodeError:
        value = [_line(number, line) for number, line in enumerate(_LINE_END.split(text), start=1) if line.strip()]
    yield from _dicts(value if isinstance(value, list) else [value])


def _line(number: int, line: str) -> Any:
    try:
        return json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        raise NotNoticesError(f"Line {number} is not valid JSON; the file may be cut short.") from None


def _releases(package: Node) -> Iterator[Node]:
    """The releases of a package; of a record its compiled release, else its last one."""
    for record in _dicts(package.get("records")):
        compiled = record.get("compiledRelease")
        listed = _dicts(record.get("releases"))
        if isinstance(compiled, dict):
            yield compiled
        elif listed:
            yield max(listed, key=lambda release: str(release.get("date", "")))
    yield from _dicts(package.get("releases"))
    if isinstance(package.get("compiledRelease"), dict):
        yield package["compiledRelease"]
    elif "ocid" in package and "releases" not in package and "records" not in package:
        yield package


def _outdated(releases: list[Node]) -> list[set[str]]:
    """Of each release the ids of its awards that a later release of the same process holds again."""
    latest: dict[tuple[str, str], int] = {}
    by_date = sorted(range(len(releases)), key=lambda at: str(releases[at].get("date", "")))
    held = {at: {str(award["id"]) for award in _dicts(releases[at].get("awards")) if award.get("id")} for at in by_date}
    for at in by_date:
        latest |= {(str(releases[at].get("ocid")), award): at for award in held[at]}
    return [
        {award for award in held[at] if latest[str(release.get("ocid")), award] != at and release.get("ocid")}
        for at, release in enumerate(releases)
    ]


def _awarded(release: Node, outdated: set[str]) -> Iterator[Row]:
    parties = {str(party.get("id")): party for party in _dicts(release.get("parties"))}
    contracts = {str(contract.get("awardID")): contract for contract in _dicts(release.get("contracts"))}
    tender = _dict(release.get("tender"))
    for award in _dicts(release.get("awards")):
        if str(award.get("id")) in outdated:
            continue
        contract = contracts.get(str(award.get("id")), {})
        for place, supplier in enumerate(_dicts(award.get("suppliers")) or [{}]):
            party = {**parties.get(str(supplier.get("id")), {}), **supplier}
            yield _row(release, tender, {"award": award, "contract": contract, "party": party, "first": place == 0})


def _row(release: Node, tender: Node, found: Node) -> Row:
    award, contract, party = found["award"], found["contract"], found["party"]
    period = _dict(contract.get("period")) or _dict(award.get("contractPeriod")) or _dict(tender.get("contractPeriod"))
    value = _dict(contract.get("value")) or _dict(award.get("value"))
    signed = award.get("date") or contract.get("dateSigned") or release.get("date")
    return [
        _text(release.get("ocid")),
        _text(_dict(release.get("buyer")).get("name")),
        _text(award.get("title") or contract.get("title") or tender.get("title")),
        _text(award.get("description") or contract.get("description") or tender.get("description")),
        _text(party.get("name")),
        _identifier(party, _COMPANY_SCHEMES),
        _identifier(party, _CHARITY_SCHEMES),
        _text(_dict(party.get("address")).get("postalCode")),
        " ".join(_cpv(tender, award)) or None,
        _pounds(value) if found["first"] else None,
        _day(signed),
        _day(period.get("startDate")),
        _day(period.get("endDate")),
    ]


def _identifier(party: Node, schemes: tuple[str, ...]) -> str | None:
    known = [_dict(party.get("identifier")), *_dicts(party.get("additionalIdentifiers"))]
    return next((_text(one.get("id")) for one in known if one.get("scheme") in schemes), None)


def _cpv(tender: Node, award: Node) -> Iterator[str]:
    """CPV codes of the tender, the award and their items, each once."""
    places = [tender, award, *_dicts(tender.get("items")), *_dicts(award.get("items"))]
    classified = [_dict(place.get("classification")) for place in places]
    classified += [one for place in places for one in _dicts(place.get("additionalClassifications"))]
    yield from dict.fromkeys(str(one["id"])[:8] for one in classified if one.get("scheme") == "CPV" and one.get("id"))


def _pounds(value: Node) -> str | None:
    """The amount with its currency, which step `lines` understands only where it is pounds."""
    amount, currency = value.get("amount"), str(value.get("currency") or "GBP")
    if not isinstance(amount, int | float) or isinstance(amount, bool):
        return None
    return f"{amount:.2f}" if currency == "GBP" else f"{amount:.2f} {currency}"


def _day(moment: object) -> str | None:
    return moment[:10] if isinstance(moment, str) and moment else None


def _text(value: object) -> str | None:
    return str(value).strip() or None if isinstance(value, str | int) else None


def _dict(value: object) -> Node:
    return value if isinstance(value, dict) else {}


def _dicts(value: object) -> list[Node]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
