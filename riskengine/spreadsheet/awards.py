"""The awards of an OCDS notice as rows under headings that step `lines` knows: one for each contract and supplier.

Publishers differ in where they put things: Find a Tender gives the value and period of a contract, Contracts Finder
those of an award, Sell2Wales and Public Contracts Scotland the period of a lot.
"""

from __future__ import annotations

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
    "Latest End Date",
)
_COMPANY_SCHEMES = ("GB-COH", "GB-NIC")
_CHARITY_SCHEMES = ("GB-CHC", "GB-SC", "GB-NIR")
_NOT_AWARDED = ("pending", "cancelled", "unsuccessful")
"""States of an award from which no contract came: codelist awardStatus of the standard."""

Node = dict[str, Any]
Row = list[str | None]


def rows(release: Node, outdated: set[str]) -> Iterator[Row]:
    """The rows of a notice without those awards that a later one holds again."""
    parties = {str(party.get("id")): party for party in dicts(release.get("parties"))}
    for award in dicts(release.get("awards")):
        if str(award.get("id")) in outdated or came_to_nothing(award):
            continue
        contracts = [one for one in dicts(release.get("contracts")) if str(one.get("awardID")) == str(award.get("id"))]
        suppliers = [{**parties.get(str(one.get("id")), {}), **one} for one in dicts(award.get("suppliers"))]
        for contract in contracts or [{}]:
            for place, supplier in enumerate(suppliers or [{}]):
                yield _row(release, award, contract, supplier, is_first=place == 0)


def came_to_nothing(award: Node) -> bool:
    """Whether the award was cancelled, had no winner or is not made yet."""
    return award.get("status") in _NOT_AWARDED


def values(release: Node) -> list[Node]:
    """What its awards and contracts are worth, each as far as given."""
    return [given(place.get("value")) for kind in ("awards", "contracts") for place in dicts(release.get(kind))]


def is_gross(value: Node) -> bool:
    """Whether it is given with VAT alone, as Find a Tender allows."""
    return value.get("amount") is None and value.get("amountGross") is not None


def buyer(release: Node) -> str | None:
    """The name of the body that buys."""
    named = [party for party in dicts(release.get("parties")) if "buyer" in (party.get("roles") or ())]
    return _text(given(release.get("buyer")).get("name")) or next((_text(one.get("name")) for one in named), None)


def _row(release: Node, award: Node, contract: Node, supplier: Node, *, is_first: bool) -> Row:
    tender = given(release.get("tender"))
    period = _period(tender, award, contract)
    value = given(contract.get("value")) or given(award.get("value"))
    return [
        _text(release.get("ocid")),
        buyer(release),
        _first_text("title", award, contract, tender),
        _first_text("description", award, contract, tender),
        _text(supplier.get("name")),
        _identifier(supplier, _COMPANY_SCHEMES),
        _identifier(supplier, _CHARITY_SCHEMES),
        _text(given(supplier.get("address")).get("postalCode")),
        " ".join(_cpv(tender, award)) or None,
        _pounds(value) if is_first else None,
        _day(award.get("date") or contract.get("dateSigned") or release.get("date")),
        _day(period.get("startDate")),
        _day(period.get("endDate")),
        _day(period.get("maxExtentDate")),
    ]


def _first_text(key: str, *places: Node) -> str | None:
    return next((text for place in places if (text := _text(place.get(key)))), None)


def _period(tender: Node, award: Node, contract: Node) -> Node:
    """Of the contract, its award, the lot that it is for, else of the tender."""
    lots = [lot for lot in dicts(tender.get("lots")) if lot.get("id") in (award.get("relatedLots") or ())]
    places = [contract.get("period"), *(place.get("contractPeriod") for place in (award, *lots, tender))]
    return next((period for period in map(given, places) if period.get("startDate") or period.get("endDate")), {})


def _identifier(party: Node, schemes: tuple[str, ...]) -> str | None:
    """Of one of these schemes, else from an id such as GB-COH-01234567."""
    known = [given(party.get("identifier")), *dicts(party.get("additionalIdentifiers"))]
    stated = (_text(one.get("id")) for one in known if one.get("scheme") in schemes)
    own = str(party.get("id"))
    in_id = (own.removeprefix(f"{scheme}-") for scheme in schemes if own.startswith(f"{scheme}-"))
    return next((number for number in (*stated, *in_id) if number), None)


def _cpv(tender: Node, award: Node) -> Iterator[str]:
    """CPV codes of the tender, the award and their items, each once."""
    places = [tender, award, *dicts(tender.get("items")), *dicts(award.get("items"))]
    classified = [given(place.get("classification")) for place in places]
    classified += [one for place in places for one in dicts(place.get("additionalClassifications"))]
    yield from dict.fromkeys(str(one["id"])[:8] for one in classified if one.get("scheme") == "CPV" and one.get("id"))


def _pounds(value: Node) -> str | None:
    """The amount with its currency, which step `lines` understands only where it is pounds."""
    amount, currency = value.get("amountGross" if is_gross(value) else "amount"), str(value.get("currency") or "GBP")
    if not isinstance(amount, int | float) or isinstance(amount, bool):
        return None
    return f"{amount:.2f}" if currency == "GBP" else f"{amount:.2f} {currency}"


def _day(moment: object) -> str | None:
    return moment[:10] if isinstance(moment, str) and moment else None


def _text(value: object) -> str | None:
    return str(value).strip() or None if isinstance(value, str | int) else None


def given(value: object) -> Node:
    """The object, empty where there is none."""
    return value if isinstance(value, dict) else {}


def dicts(value: object) -> list[Node]:
    """The objects of a list, none where there is no list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
