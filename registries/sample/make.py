"""Makes the fictional registers: `python -m registries.sample.make`. The registry has the official 71 columns.

Every organisation, number, address and link is invented: numbers begin with 99, which Companies House has not given
out, postcodes with ZZ, and links end in .example, which no website can. The same input gives the same bytes.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from registries import companies_house, snapshots, statement_file
from registries.statement_columns import OFFICIAL

FOLDER = Path(__file__).parent
TAKEN = date(2026, 6, 1)
YEARS = (2024, 2025, 2026)
SITE = "https://statement-registry.example"

AREAS = {
    "S": ("StatementIncludesOrgStructure", "NoOrgStructureReason"),
    "P": ("StatementIncludesPolicies", "NoPoliciesReason"),
    "R": ("StatementIncludesRisksAssessment", "NoRiskAssessmentReason"),
    "D": ("StatementIncludesDueDiligence", "NoDueDiligenceReason"),
    "T": ("StatementIncludesTraining", "NoTrainingReason"),
    "G": ("StatementIncludesGoals", "NoGoalsReason"),
}
SECTORS = {
    1: "Public sector",
    3: "Charitable / not-for-profit activities",
    4: "Cleaning and security services",
    5: "Construction, civil engineering and building products",
    6: "Consumer services, including accommodation, hospitality, tourism and leisure",
    9: "Durable consumer goods, including electronics and appliances, home furnishings and other accessories",
    10: "Education and research",
    11: "Fashion, textiles, apparel and luxury goods",
    12: "Financial, insurance and real estate activities",
    13: "Food and beverages, agriculture and fishing",
    15: "Healthcare and pharmaceuticals",
    16: "Information technology and telecommunication",
    17: "Media, publishing, arts and entertainment",
    19: "Professional and administrative services and supplies, including legal, consulting and accounting services",
    20: "Transportation, logistics, and storage",
    21: "Utilities: gas, water and electricity",
    22: "Waste management and recycling",
}
TURNOVERS = (
    "",
    "Under £36 million",
    "£36 million to £60 million",
    "£60 million to £100 million",
    "£100 million to £500 million",
    "Over £500 million",
)
PLACES = [
    "Aldermoss",
    "Birkhanger",
    "Cragstow",
    "Dellowby",
    "Elmscar",
    "Foxlythe",
    "Gorsewick",
    "Hollinbeck",
    "Ivelmoor",
    "Junipergate",
]
TRADES = (
    ("Engineering Limited", 5, 4),
    ("Foods Limited", 13, 4),
    ("Retail Group plc", 9, 5),
    ("Logistics Holdings Limited", 20, 3),
    ("Software Group Limited", 16, 2),
    ("Chemicals plc", 21, 4),
    ("Hotels Limited", 6, 3),
    ("Insurance Services Limited", 12, 5),
    ("Pharma Limited", 15, 4),
    ("Media plc", 17, 2),
)


@dataclass(frozen=True)
class Organisation:
    """A line of organisations.csv. `missing` holds the letters of the areas (AREAS) that its statements leave out."""

    name: str
    number: str
    type: str
    town: str
    postcode: str
    sectors: str
    turnover: str
    years: str
    year_end: str
    parent: str = ""
    missing: str = ""
    earlier_name: str = ""
    quirk: str = ""


def main() -> None:
    """Write both registers, each with its snapshot.toml, beside this script."""
    organisations = [*_written(), *_invented()]
    paths = [_yearly(organisations, year) for year in YEARS]
    latest = statement_file.read(paths[-1])[0]["LastUpdated"].max()
    snapshots.write(
        FOLDER,
        snapshots.Snapshot(
            register_name="UK modern slavery statement registry (fictional sample)",
            taken=TAKEN,
            years=YEARS,
            partial_reason="",
            sample=True,
            organisations=len(organisations),
            latest_change=latest,
            files=tuple(snapshots.describe(path) for path in paths),
        ),
    )
    _companies_house(organisations)


def _yearly(organisations: list[Organisation], year: int) -> Path:
    path = FOLDER / f"StatementSummaries{year}.csv"
    rows = [row for organisation in organisations for row in _rows(organisation, year, organisations)]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, OFFICIAL, restval="", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: (row["OrganisationName"].upper(), row["CompanyNumber"])))
    return path


def _companies_house(organisations: list[Organisation]) -> None:
    """The companies of the registry, all sound, and those of other_companies.csv, under Companies House's headings."""
    folder = FOLDER / "companies_house"
    folder.mkdir(exist_ok=True)
    with (FOLDER / "other_companies.csv").open(encoding="utf-8", newline="") as file:
        others = list(csv.DictReader(file))
    registered = [
        {
            "name": organisation.name.upper(),
            "number": organisation.number,
            "status": "Active",
            "accounts": "GROUP" if organisation.turnover == "5" else "FULL",
            "incorporated": "01/04/1998",
            "due": "31/12/2026",
        }
        for organisation in organisations
        if organisation.number
    ]
    rows = sorted([*registered, *others], key=lambda row: row["number"])
    path = folder / "companies.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow([*companies_house.COLUMNS, *companies_house.SIC, *companies_house.EARLIER])
        writer.writerows(_company(row) for row in rows)
    snapshots.write(
        folder,
        snapshots.Snapshot(
            register_name=f"{companies_house.NAME} (fictional sample)",
            taken=TAKEN,
            years=(),
            partial_reason="",
            sample=True,
            organisations=len(rows),
            latest_change=TAKEN,
            files=(snapshots.describe(path),),
        ),
    )


def _company(row: dict[str, str]) -> list[str]:
    cells = {
        "name": row["name"],
        "company_number": row["number"],
        "category": "Private Limited Company",
        "status": row["status"],
        "accounts_category": row["accounts"],
        "accounts_date": "31/03/2025",
        "accounts_due": row["due"],
        "incorporated": row["incorporated"],
    }
    known = [cells.get(name, "") for name in companies_house.COLUMNS.values()]
    return [*known, "None Supplied", *[""] * (len(companies_house.SIC) - 1 + len(companies_house.EARLIER))]


def _written() -> list[Organisation]:
    with (FOLDER / "organisations.csv").open(encoding="utf-8", newline="") as file:
        return [Organisation(**row) for row in csv.DictReader(file)]


def _invented() -> Iterator[Organisation]:
    """Organisations that no sample council buys from: the rest of the registry."""
    for at, (place, (trade, sector, turnover)) in enumerate((place, trade) for place in PLACES for trade in TRADES):
        years = ("2024 2025 2026", "2024 2025", "2025 2026", "2024")[at % 4]
        yield Organisation(
            name=f"{place} {trade}",
            number=f"99{300000 + at * 17}",
            type="Private",
            town=place,
            postcode=f"ZZ{97 + at % 2} {1 + at % 9}{'RSTUW'[at % 5]}{'XYABD'[at // 20]}",
            sectors=str(sector),
            turnover=str(turnover),
            years=years,
            year_end=("12-31", "03-31", "09-30", "06-30")[at % 4],
            missing=("", "G", "", "T", "GD")[at % 5],
        )


def _rows(organisation: Organisation, year: int, organisations: list[Organisation]) -> Iterator[dict[str, str]]:
    if str(year) not in organisation.years.split():
        return
    yield _row(organisation, year, organisations)
    if organisation.quirk == "both_ways":
        yield _row(replace(organisation, parent="", quirk=""), year, organisations)


def _row(organisation: Organisation, year: int, organisations: list[Organisation]) -> dict[str, str]:
    group = organisation.parent or any(other.parent == organisation.name for other in organisations)
    head = organisation.parent or organisation.name
    end = _period_end(organisation.year_end, year)
    approved = min(end + timedelta(days=40 + _digest(head, 90)), TAKEN - timedelta(days=12))
    website = f"https://{''.join(letter for letter in head.lower() if letter.isalnum())}.example"
    linked = organisation.quirk != "no_link"
    name, number = _printed(organisation, year)
    return {
        "StatementYear": str(year),
        "OrganisationName": name,
        "Address": _address(organisation),
        "SectorType": organisation.type,
        "CompanyNumber": number,
        "LastUpdated": _day(approved + timedelta(days=_digest(head, 9))),
        "GroupSubmission": "Yes" if group else "No",
        "ParentName": organisation.parent,
        "StatementURL": f"{website}/modern-slavery-statement" if linked else "",
        "EmailAddressNoURL": "" if linked else f"statements@{website.removeprefix('https://')}",
        "StatementSummaryURL": f"{SITE}/statement-summary/{sha256(head.encode()).hexdigest()[:8]}/{year}",
        "StatementStartDate": _day(_period_end(organisation.year_end, year - 1) + timedelta(days=1)),
        "StatementEndDate": _day(end),
        "ApprovingPerson": "A Sample (Director)",
        "DateApproved": _day(approved),
        **_areas(organisation),
        "OrganisationSectors": "\r\n".join(SECTORS[int(sector)] for sector in organisation.sectors.split("|")),
        "Turnover": TURNOVERS[int(organisation.turnover)],
        **_optional(head, year),
    }


def _printed(organisation: Organisation, year: int) -> tuple[str, str]:
    """Name and number as the registry prints them, slips included."""
    name = organisation.earlier_name if organisation.earlier_name and year == YEARS[0] else organisation.name
    if organisation.quirk == "number_in_name":
        return organisation.number, ""
    quirks = {"tab": f"\t{name}", "quotes": f'"{name}"'}
    return quirks.get(organisation.quirk, name), organisation.number


def _address(organisation: Organisation) -> str:
    if not organisation.town:
        return ""
    street = f"{1 + _digest(organisation.name, 80)} Market Street, Unit {1 + _digest(organisation.town, 9)}"
    last = "Musterland" if organisation.quirk == "foreign" else organisation.postcode
    return "\r\n".join((street, organisation.town, last))


def _areas(organisation: Organisation) -> dict[str, str]:
    cells = {}
    for letter, (answer, reason) in AREAS.items():
        cells[answer] = "No" if letter in organisation.missing else "Yes"
        cells[reason] = 'We plan to add this, see "next steps"' if letter in organisation.missing else ""
    return cells


def _optional(head: str, year: int) -> dict[str, str]:
    """The questions that an organisation need not answer; about half do."""
    if _digest(head, 2):
        return {"YearsProducingStatements": "1 to 5 years", "NoRisks": "No"}
    return {
        "YearsProducingStatements": "More than 5 years",
        "Policies": "Freedom of movement\r\nProhibits child labour",
        "NoPolicies": "No",
        "Training": "Your front line staff\r\nProcurement staff",
        "NoTraining": "No",
        "SocialAudits": "",
        "NoSocialAudits": "Yes",
        "NoRisks": "No",
        "Risk1": f"Agency workers at sites, reviewed in {year}.\r\nSee the statement, page 4.",
        "Risk1Area": "Within your supply chains",
        "Risk1SupplyChainTier": "Tier 1 suppliers\r\nTier 2 suppliers",
        "NoILOIndicatorsInStatement": "Yes",
        "DemonstrateProgress": "We measure completed training, and answers from suppliers.",
    }


def _period_end(year_end: str, year: int) -> date:
    """The registry year holds the financial years that end from 1 July of the year before to 30 June."""
    month, day = (int(part) for part in year_end.split("-"))
    return date(year - 1 if month > 6 else year, month, day)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _digest(text: str, size: int) -> int:
    """A number below `size` that only depends on the text."""
    return int(sha256(text.encode()).hexdigest(), 16) % size


if __name__ == "__main__":
    main()
