"""Which sector real wording is given, on what evidence."""

from __future__ import annotations

from datetime import date
from typing import Any

import dataframely as dy
import polars as pl
import pytest

from riskengine import policy as policies
from riskengine import sectors, suppliers
from riskengine.policy import Policy
from riskengine.schemas import (
    Companies,
    ContractLines,
    Matches,
    RegisterEntries,
    RegisterFacts,
    StatementRecords,
    StatementRegister,
)
from tests.frames import frame, lines


@pytest.fixture(scope="module")
def policy() -> Policy:
    return policies.load()


NO_COMPANIES = Companies.create_empty()


def told(policy: Policy, companies: dy.DataFrame[Companies] = NO_COMPANIES, **cells: Any) -> dict[str, Any]:
    """What one contract line is told."""
    line = dict.fromkeys(ContractLines.column_names()) | {
        "line_id": "0-1-2",
        "file": "f.csv",
        "sheet": "f",
        "row": 2,
        "supplier_text": "Quillmere Ltd",
        "amount_kind": "paid",
    }
    lines = ContractLines.validate(pl.DataFrame([line | cells], infer_schema_length=None), cast=True)
    found = suppliers.find(lines, policy)
    return sectors.classify(found, Matches.create_empty(), None, companies, policy).row(0, named=True)


CARE = {
    "Home Care - Older People": "care_home_care",
    "Domiciliary care": "care_home_care",
    "DOM CARE SPOT W/E 06/10": "care_home_care",
    "Day Care Payments": "care_home_care",
    "Direct Payments": "care_home_care",
    "Supporting People Payments": "care_home_care",
    "Extra Care Sheltered Housing Payments": "care_home_care",
    "Supported living scheme": "care_home_care",
    "Supporting Ppl - Block Gross Chargeable": "care_home_care",
    "Reablement": "care_home_care",
    "Registered Nursing Homes Permanent Payments": "care_residential",
    "Residential Care Homes Payments": "care_residential",
    "RNH Permanent Pays": "care_residential",
    "Respite Care Costs": "care_residential",
    "Residential - Drugs & Alcohol": "care_residential",
    "Care home placement older adults": "care_residential",
    "INDEPENDENT FOSTERING PLACEMEN": "care_children",
    "Foster Payments": "care_children",
    "Childrens Homes": "care_children",
    "Children's home placement": "care_children",
    "Aftercare Assistance": "care_children",
    "AS Unaccmpnd Minors": "care_children",
    "Supported accommodation for adults with learning disabilities": "care_home_care",
    "Home from hospital response": "care_home_care",
    "Community support hours LD": "care_home_care",
    "Interim care beds": "care_residential",
    "Elderly mentally infirm bed": "care_residential",
    "Secure welfare bed": "care_children",
}
AGENCY = dict.fromkeys(
    (
        "Temp staff w/e 22/09/24",
        "Agency staff - w/e 13.10.24",
        "AGENCY STAFF WK 5.5.19",
        "Casuals Waged-Agency Staff",
        "Temp.Contract-Agency Staff",
        "Agency staff provision",
        "TEMPORARY STAFF -W/C 24-08-23",
        "Supply teachers",
        "Locum social worker",
        "Bank staff",
        "Umbrella company payroll",
        "EMPLOYMENT & RECRUITMENT AGENC",
        "Agency refuse loaders",
        "Agency invoice w/e 10.06",
        "Bank HCA",
        "Temporary accountant cover",
        "Temporary HGV driver",
    ),
    "agency_labour",
)
CAR_WASH = dict.fromkeys(
    (
        "Hand car wash",
        "Vehicle valeting",
        "Minibus cleaning",
        "Fleet wash",
        "Van washing x 3",
        "Refuse Vehicle Cleaning",
        "valet of pool cars",
        "Washing vans",
        "Washing of refuse vehicles",
        "Pressure wash of gritters",
        "Wash & vac of pool car",
    ),
    "car_wash",
)
BUILDING = {
    "Re-roofing phase 2": "construction",
    "Scaffolding hire": "construction",
    "Plastering to void property": "construction",
    "Construction Works": "construction",
    "Payments to Sub-Contractors": "construction",
    "Bathroom Adaptations": "construction",
    "Painting and decorating": "construction",
    "Electrical rewire": "construction",
    "Replace inspection cover": "construction",
    "Ramp and handrail": "construction",
    "CCTV drain survey and jetting": "fm",
    "Demolition of garages": "demolition_ground",
    "Asbestos removal": "demolition_ground",
    "Carriageway resurfacing": "highways",
    "Block paving": "highways",
}
TRAPS = {
    "Cleaning of bus shelters": "cleaning",
    "Young carers trip": "unknown",
    "Chase Farm": "unknown",
    "White asbestos suit XL": "ppe_medical",
    "Telephony - managed agency service": "telecoms",
    "Car care products": "vehicles",
    "Software for domiciliary care": "software",
    "Care management software": "software",
    "Training about cleaning": "education",
    "Cleaning training course": "education",
    "Bank charges": "insurance_finance",
    "Grants to voluntary organisations": "voluntary",
    "Home care service by a charity": "care_home_care",
    "Third Party Payments": "unknown",
    "Supplies and Services": "unknown",
    "Support": "unknown",
    "Fees": "unknown",
    "Services Rendered By Other Organisations": "unknown",
    "Town Hall Trading Income": "unknown",
    "Assets Under Construction": "unknown",
    "Staff Travel": "unknown",
    "Phone Calls For Fixed Phones": "telecoms",
    "FM Computer Contracts": "software",
    "After school care": "education",
    "Building Fabric Services": "fm",
    "Passenger lifts annual service": "fm",
    "Rent buildings - non civil estate property": "unknown",
    "CHARITIES & VOLUNTARY ORGANISA": "unknown",
    "C&M-PMS PCN DES Participation": "health_services",
    "C&M-GMS Other Addtl Staff Paymts": "health_services",
    "Hlthcre-Foundation Trsts": "health_services",
    "Household Support Fund Delivery": "unknown",
    "Ground care": "grounds",
    "Garden waste bin labels": "printing",
    "MAIN CONTRACT": "unknown",
    "Sub Contracted Work": "unknown",
    "Contract management of capital works": "professional",
    "Radio TV Press Poster Airtime And Space": "professional",
    "Removal Of Workplace Waste": "waste_collection",
    "Programme Provider Delivery": "unknown",
}


WORDING = {**CARE, **AGENCY, **CAR_WASH, **BUILDING, **TRAPS}


@pytest.fixture(scope="module")
def answers(policy: Policy) -> dict[str, str]:
    """The sector of every wording of the tables, asked together."""
    texts = pl.Series(list(WORDING))
    none = pl.Series([None] * len(WORDING), dtype=pl.String)
    return dict(zip(WORDING, sectors.classify_texts(texts, none, policy.sectors)["sector"], strict=True))


@pytest.mark.parametrize(("wording", "sector"), WORDING.items())
def test_wording_that_councils_use(wording: str, sector: str, answers: dict[str, str]) -> None:
    assert answers[wording] == sector


def test_a_code_decides_and_what_the_words_say_is_kept(policy: Policy) -> None:
    answer = told(policy, description="Office cleaning", cpv="85312000")
    assert (answer["sector"], answer["basis"], answer["evidence"]) == ("care_home_care", "cpv", "85312000")
    assert "cleaning by text" in answer["conflict"]


def test_the_longest_prefix_of_a_code_decides(policy: Policy) -> None:
    assert told(policy, cpv="45233141")["sector"] == "highways"
    assert told(policy, cpv="45262100")["sector"] == "construction"


def test_a_code_of_no_sector_leaves_it_to_the_words(policy: Policy) -> None:
    answer = told(policy, description="Window cleaning", cpv="92000000")
    assert (answer["sector"], answer["basis"]) == ("cleaning", "text")


def test_a_proclass_heading_decides_before_the_words(policy: Policy) -> None:
    answer = told(policy, proclass="Human Resources > Temporary & Agency Staff", description="Stationery")
    assert (answer["sector"], answer["basis"]) == ("agency_labour", "proclass")


def test_the_councils_category_speaks_where_the_description_does_not(policy: Policy) -> None:
    answer = told(policy, description="Fees", category="Window Cleaning")
    assert (answer["sector"], answer["basis"]) == ("cleaning", "category")


DEPARTMENTS = {
    "Rents": ("Quillmere Lettings Ltd", "unknown"),
    "Transport Related": ("Quillmere Cabs", "taxi_transport"),
    "Compensation Payments": ("Quillmere Halpern", "unknown"),
    "Sundry Payments": ("Fernbrook Home Care Ltd", "care_home_care"),
    "Third Party Payments": ("Quillmere Ltd", "care_home_care"),
}


@pytest.mark.parametrize(("category", "expected"), DEPARTMENTS.items(), ids=DEPARTMENTS)
def test_a_department_decides_only_what_others_were_paid_to_do(
    category: str, expected: tuple[str, str], policy: Policy
) -> None:
    answer = told(policy, supplier_text=expected[0], category=category, department="Adult Social Care")
    assert answer["sector"] == expected[1]


@pytest.mark.parametrize(
    "name", ["Ashdown NHS Foundation Trust", "Quillmere Equipment Ltd", "The Quillmere Foundation", "Quillmere Events"]
)
def test_words_fitted_on_notices_do_not_speak_for_a_name(name: str, policy: Policy) -> None:
    assert told(policy, supplier_text=name, category="Revenue Expenditure")["level"] in ("unknown", "low")


@pytest.mark.parametrize(
    "name",
    [
        "Spring Gardens School",
        "Fernbrook Park Ltd",
        "Quillmere Agency",
        "Boots 0412",
        "Wexmere Carers Centre",
        "Quillmere Monitor",
    ],
)
def test_places_trade_marks_and_charities_of_carers_speak_for_no_market_in_a_name(name: str, policy: Policy) -> None:
    assert told(policy, supplier_text=name)["level"] in ("unknown", "low")


@pytest.mark.parametrize("category", ["Quillmere Oyster Contract Costs", "Hall Farm Road", "Top up of Oyster cards"])
def test_words_that_are_mostly_a_place_or_a_card_decide_for_no_market(category: str, policy: Policy) -> None:
    assert told(policy, supplier_text="Quillmere Ltd", category=category)["level"] in ("unknown", "low")


@pytest.mark.parametrize(("name", "sector"), [("Mrs A Roofer", "unknown"), ("A Roofer Ltd", "construction")])
def test_a_persons_name_speaks_for_no_market(name: str, sector: str, policy: Policy) -> None:
    assert told(policy, supplier_text=name)["sector"] == sector


def test_beside_the_name_a_weak_word_of_the_category_only_tips(policy: Policy) -> None:
    assert told(policy, category="Repairs", supplier_text="Quillmere Ltd")["sector"] == "unknown"
    answer = told(policy, category="Repairs", supplier_text="Quillmere Property Maintenance Ltd")
    assert (answer["sector"], answer["basis"]) == ("fm", "name")


def test_the_suppliers_activity_speaks_before_its_name(policy: Policy) -> None:
    answer = told(policy, sic="81210", supplier_text="Quillmere Roofing Ltd")
    assert (answer["sector"], answer["basis"]) == ("cleaning", "sic")


@pytest.mark.parametrize(
    ("name", "sector"),
    [
        ("Fernbrook Domiciliary Ltd", "care_home_care"),
        ("Fernbrook Nursing Home", "care_residential"),
        ("Carewell Construction Ltd", "construction"),
        ("Fernbrook Car Wash Ltd", "car_wash"),
        ("Quillmere Ltd", "unknown"),
        ("Environment Agency", "public_bodies"),
        ("Fernbrook Care Trust", "health_services"),
        ("Cable & Wireless Fernbrook", "telecoms"),
        ("Fernbrook Computer Sciences Ltd", "software"),
    ],
)
def test_a_suppliers_name_speaks_last(name: str, sector: str, policy: Policy) -> None:
    answer = told(policy, description="Third Party Payments", supplier_text=name)
    assert answer["sector"] == sector
    assert answer["basis"] == ("none" if sector == "unknown" else "name")


@pytest.mark.parametrize(
    ("name", "sector"),
    [
        ("Quillmere Solicitors LLP", "professional"),
        ("Quillmere Landscapes Ltd", "grounds"),
        ("Quillmere Cleaning Services", "cleaning"),
        ("Quillmere Parish Council", "public_bodies"),
    ],
)
def test_others_are_no_builders_for_the_heading_they_stand_under(name: str, sector: str, policy: Policy) -> None:
    answer = told(policy, supplier_text=name, category="Payments to Sub-Contractors")
    assert (answer["sector"], answer["basis"]) == (sector, "name")
    assert "construction by category" in answer["conflict"]
    assert told(policy, supplier_text=name, category="Agency Staff")["sector"] == "agency_labour"


def test_a_maker_of_systems_stays_a_builder_under_a_heading_of_building(policy: Policy) -> None:
    answer = told(policy, supplier_text="Quillmere Door Systems Ltd", category="Payments to Sub-Contractors")
    assert (answer["sector"], answer["basis"]) == ("construction", "category")


def test_contractors_are_builders_where_nothing_else_speaks(policy: Policy) -> None:
    assert told(policy, supplier_text="Quillmere Contractors Ltd")["sector"] == "construction"


def test_a_car_wash_is_not_lost_to_the_councils_category(policy: Policy) -> None:
    answer = told(policy, category="Vehicle Running Costs", supplier_text="Fernbrook Car Wash Ltd")
    assert (answer["sector"], answer["basis"]) == ("car_wash", "name")


@pytest.mark.parametrize(
    ("name", "sector", "basis"),
    [("Fernbrook Nursing Home", "care_residential", "name"), ("Fernbrook Ltd", "health_services", "register")],
)
def test_care_is_not_lost_to_the_wide_sectors_of_the_registry(
    name: str, sector: str, basis: str, policy: Policy
) -> None:
    found = suppliers.find(lines({"supplier_text": name}), policy)
    entry = {"entry_id": "e1", "rank": 1, "match": "same", "basis": "exact_name", "terms": [], "reason": "same"}
    matches = frame(Matches, [entry | {"supplier_id": found.suppliers["supplier_id"][0]}])
    entries = frame(RegisterEntries, [{"entry_id": "e1", "name": name, "previous_names": []}])
    said = {"entry_id": "e1", "year": 2025, "group": False, "sectors": ["Healthcare and pharmaceuticals"]}
    records = frame(StatementRecords, [said | {"topics": [], "topics_missing": []}])
    facts = RegisterFacts(date(2026, 1, 1), (2025,), None, sample=False, sha256="")
    register = StatementRegister(facts, entries, records)
    answer = sectors.classify(found, matches, register, NO_COMPANIES, policy).row(0, named=True)
    assert (answer["sector"], answer["basis"]) == (sector, basis)
    assert ("health_services" in (answer["conflict"] or "")) == (basis == "name")


def test_a_tie_within_one_risk_side_is_answered_and_across_sides_is_not(policy: Policy) -> None:
    words = [word for word in policy.sectors.words if word.term in {"cleaning", "laundry", "insurance"}]
    same = [word.model_copy(update={"weight": 2.0}) for word in words if word.sector != "education"]
    bare = policy.sectors.model_copy(update={"words": tuple(same), "weights": ()})
    titles = pl.Series(["Cleaning laundry", "Cleaning insurance"])
    told = sectors.classify_texts(titles, pl.Series([None, None], dtype=pl.String), bare)
    assert told["sector"].to_list() == ["cleaning", "unknown"]
    assert told["confidence"].to_list() == [0.5, 0.0]


def test_nothing_to_read_is_unknown(policy: Policy) -> None:
    answer = told(policy)
    assert (answer["sector"], answer["level"], answer["basis"]) == ("unknown", "unknown", "none")
    assert answer["confidence"] == 0


def test_the_sum_is_its_explanation(policy: Policy) -> None:
    terms = sectors.explain("Home care", "", policy.sectors)
    strongest = terms.filter(pl.col("sector") == "care_home_care")
    assert strongest["term"][0] == "home care"
    assert strongest["weight"].sum() > terms.filter(pl.col("sector") == "catering")["weight"].sum()


def test_texts_are_answered_in_their_order(policy: Policy) -> None:
    answers = sectors.classify_texts(
        pl.Series(["Security guarding", None, "Taxis"]), pl.Series([None, "", None]), policy.sectors
    )
    assert answers["sector"].to_list() == ["security", "unknown", "taxi_transport"]


def test_a_long_list_is_read_in_slices_with_the_same_answers(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = pl.Series(["Window cleaning", "Agency staff", "zzz", "Taxi", "Home care"])
    whole = sectors.classify_texts(texts, texts, policy.sectors)
    monkeypatch.setattr("riskengine.sectors.reading.SLICE", 2)
    assert sectors.classify_texts(texts, texts, policy.sectors).equals(whole)


LISTED_SIC = {
    "nothing else speaks": ({}, "cleaning", "sic"),
    "the list has a code of its own": ({"sic": "78200"}, "agency_labour", "sic"),
    "the wording decides first": ({"description": "Taxi for a pupil"}, "taxi_transport", "text"),
    "another company": ({"company_number": "99000002"}, "unknown", "none"),
}


@pytest.mark.parametrize(("cells", "sector", "basis"), LISTED_SIC.values(), ids=LISTED_SIC)
def test_companies_house_codes_stand_in_for_those_of_the_list(
    policy: Policy, cells: dict[str, Any], sector: str, basis: str
) -> None:
    companies = frame(Companies, [{"company_number": "99000001", "name": "QUILLMERE LTD", "sic": ["99999", "81210"]}])
    answer = told(policy, companies, **({"company_number": "99000001"} | cells))
    assert (answer["sector"], answer["basis"]) == (sector, basis)


def test_companies_house_codes_come_before_the_name(policy: Policy) -> None:
    listed = {"company_number": "99000001", "name": "QUILLMERE SCAFFOLDING LTD", "sic": ["81210"]}
    answer = told(
        policy,
        frame(Companies, [listed]),
        company_number="99000001",
        supplier_text="Quillmere Scaffolding Ltd",
    )
    assert (answer["sector"], answer["evidence"]) == ("cleaning", "81210")
    assert "construction by name" in answer["conflict"]


QUOTED = ["Café – LAUNDRIES of bed  linen", "Coated macadam", "Extra-care housing; personal CARE", "Curry & Co Bakers"]


@pytest.mark.parametrize("text", QUOTED)
def test_evidence_is_found_word_for_word_in_the_text(policy: Policy, text: str) -> None:
    answer = told(policy, description=text)
    assert answer["basis"] == "text"
    plain = " ".join(text.lower().split())
    assert [quote for quote in answer["evidence"].split(", ") if quote not in plain] == []
