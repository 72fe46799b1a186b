"""Step 3: spellings grouped, kinds of body told apart, purchases made distinct."""

from __future__ import annotations

import polars as pl
import pytest

from riskengine import policy, suppliers
from tests.frames import lines

POLICY = policy.load()


def groups(*rows: dict[str, str | None]) -> list[set[str]]:
    found = suppliers.find(lines(*rows), POLICY)
    return [set(spellings) for spellings in found.suppliers["spellings"].to_list()]


def kind(name: str) -> str:
    found = suppliers.find(lines({"supplier_text": name}), POLICY)
    return str(found.suppliers["kind"].item())


def test_spellings_with_one_normal_form_are_one_supplier() -> None:
    rows = [{"supplier_text": name} for name in ("Brightmoor Care Ltd", "BRIGHTMOOR CARE LIMITED", "Brightmoor  Care")]
    assert groups(*rows) == [{"Brightmoor Care Ltd", "BRIGHTMOOR CARE LIMITED", "Brightmoor  Care"}]


def test_the_same_number_joins_unlike_spellings() -> None:
    rows = [
        {"supplier_text": "Brightmoor Care Ltd", "company_number": "99000001"},
        {"supplier_text": "BMC Homes", "company_number": "99000001"},
    ]
    assert groups(*rows) == [{"Brightmoor Care Ltd", "BMC Homes"}]


def test_different_numbers_keep_one_name_apart() -> None:
    rows = [{"supplier_text": "Brightmoor Care", "company_number": number} for number in ("99000001", "99000002")]
    assert len(groups(*rows)) == 2


def test_a_spelling_without_number_takes_the_only_number_of_its_name() -> None:
    rows = [
        {"supplier_text": "Brightmoor Care Ltd", "company_number": "99000001"},
        {"supplier_text": "Brightmoor Care Limited", "company_number": None},
    ]
    found = suppliers.find(lines(*rows), POLICY)
    assert found.suppliers["company_number"].to_list() == ["99000001"]


def test_a_spelling_without_number_stays_apart_where_its_name_has_several_numbers() -> None:
    rows = [{"supplier_text": "Brightmoor Care", "company_number": number} for number in ("99000001", "99000002", None)]
    assert len(groups(*rows)) == 3


def test_a_number_joins_as_many_names_as_policy_believes() -> None:
    names = ["Alderfen Paving", "Quillside Laundry", "Tarnbeck Security"]
    assert groups(*[{"supplier_text": name, "company_number": "99000009"} for name in names]) == [set(names)]


def test_a_number_copied_down_the_column_joins_nobody() -> None:
    names = ["Alderfen Paving", "Quillside Laundry", "Tarnbeck Security", "Wexmere Foods"]
    rows = [{"supplier_text": name, "company_number": "99000009"} for name in names]
    found = suppliers.find(lines(*rows), POLICY)
    assert len(found.suppliers) == 4
    assert found.suppliers["company_number"].to_list() == [None] * 4


def test_ids_do_not_depend_on_the_order_of_lines() -> None:
    rows = [{"supplier_text": name} for name in ("Alderfen Paving", "Quillside Laundry", "Mr J Tarn", "Mrs A Wex")]
    one, other = (suppliers.find(lines(*order), POLICY).suppliers for order in (rows, rows[::-1]))
    assert one.select("supplier_id", "name").equals(other.select("supplier_id", "name"))


def test_each_line_keeps_its_place_and_its_supplier() -> None:
    names = ["Wexmere Foods", "Alderfen Paving", "Wexmere Foods Ltd"]
    found = suppliers.find(lines(*[{"supplier_text": name} for name in names]), POLICY)
    assert found.links["line_id"].to_list() == ["L1", "L2", "L3"]
    ids = found.links["supplier_id"].to_list()
    assert ids[0] == ids[2] != ids[1]


def test_purchases_are_distinct_wordings_of_one_supplier() -> None:
    rows = [{"description": text} for text in ("Cleaning", "Cleaning", "Catering", None)]
    found = suppliers.find(lines(*rows), POLICY)
    assert len(found.purchases) == 3
    ids = found.links["purchase_id"].to_list()
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3


def test_persons_get_ids_that_tell_nothing() -> None:
    found = suppliers.find(lines({"supplier_text": "Mrs Edith Example"}), POLICY)
    assert found.suppliers.select("supplier_id", "personal").row(0) == ("P0001", True)


KINDS = {
    "REDACTED PERSONAL DATA": "redacted",
    "Redacted": "redacted",
    "[Redacted – Personal Data]": "redacted",
    "REDACED PERSONAL DATA": "redacted",
    "Personal Expense, Name Witheld": "redacted",
    "SWIFT - FOSTER CARER PAYMENTS": "redacted",
    "PRIVATE LANDLORD": "redacted",
    "THIRD PARTY SUPPLIER": "redacted",
    "ONE TIME SUPPLIER - FARES": "redacted",
    "REDACTIVE PUBLISHING LIMITED": "company",
    "REDACTIVE EVENTS": "unknown",
    "THIRD PARTY FORENSIC SERVICES": "unknown",
    "THIRD PARTY LTD": "company",
    "RESIDENTIAL LANDLORDS ASSOCIATION": "unknown",
    "PETTY CASH": "internal",
    "AMBLEFORD BOROUGH COUNCIL": "public_body",
    "Wexmere Community Council": "public_body",
    "Natural Tarn Research Council": "public_body",
    "HMRC SHIPLEY": "public_body",
    "Wexmere Parochial Church Council": "charity",
    "Wexmere Village Hall & Community Council": "charity",
    "Wexmere Safety Council": "unknown",
    "WEXMERE RACIAL EQUALITY COUNCIL": "unknown",
    "Tarn Industry Council": "unknown",
    "NORTHVALE UNIVERSITY HOSPITALS NHS TRUST": "public_body",
    "DISCLOSURE & BARRING SERVICE": "public_body",
    "Wexmere Primary School": "education",
    "University of Wexmere": "education",
    "Wexmere School Uniform": "unknown",
    "St Aldwin's Hospice": "charity",
    "Church View Surgery": "unknown",
    "Tarnbeck Security Ltd": "company",
    "Mr J Tarn": "individual",
    "J R TARN": "individual",
    "Tarn, John": "individual",
    "Tarnbeck, Margaret R": "individual",
    "Tarnbeck, Wexmere": "unknown",
    "Siobhan Tarnbeck": "individual",
    "Rukhsana Tarnbeck": "individual",
    "Agnieszka Tarnbeck": "individual",
    "Rose Cottage": "unknown",
    "Alexandra Court": "unknown",
    "Wexmere M B C": "public_body",
    "Margaret Tarnbeck": "individual",
    "Margaret Tarnbeck Catering": "unknown",
    "Dr Tarn & Partners": "company",
    "DR A TARN": "individual",
    "DR AB TARN": "individual",
    "Dr Siobhan Tarnbeck": "individual",
    "DR TARN M J": "individual",
    "Mrs A Tarn - Taxis": "individual",
    "MISS ZORA TARN - LEGAL PROFESSIONAL": "individual",
    "Mr Zoran Tarn, Wexmere Chambers": "individual",
    "Ms Zora Tarn (Wexmere Care)": "individual",
    "Mr Tarn Entertainments": "unknown",
    "MS SIMPLY FOOD - WEXMERE": "unknown",
    "ZORAN WEX-TARNBECK QC": "individual",
    "Siobhan-Mary Tarn": "individual",
    "Margaret Tarn International": "unknown",
    "A J PROMOTIONS": "unknown",
    "H M REVENUE & CUSTOMS": "public_body",
    "(DD) Department of Tarns": "public_body",
    "The Secretary of State": "public_body",
    "City of Wexmere Metropolitan District": "public_body",
    "Wexmere Metropolitan Borough Ltd": "company",
    "DWP": "public_body",
    "DWP TARN": "unknown",
    "Margaret Tarnbeck T/A Purple Heron Solutions": "individual",
    "J R Tarn (t/a Tarn Consulting)": "individual",
    "Tarnbeck Trading Ltd T/A Purple Heron": "company",
    "Margaret Tarnbeck T/A Purple Heron Ltd": "company",
    "Chatterfields T/A Evan Tarn Trucks": "unknown",
    "Tarnbeck Bros (Church) Ltd": "company",
}


@pytest.mark.parametrize(("name", "expected"), KINDS.items(), ids=KINDS)
def test_the_kind_of_body_is_read_from_the_name(name: str, expected: str) -> None:
    assert kind(name) == expected


@pytest.mark.parametrize(
    ("spellings", "expected"),
    [
        pytest.param(["Tarnbeck Security", "Tarnbeck Security", "Tarnbeck Security Ltd"], "company", id="one tells"),
        pytest.param(["J R TARN", "J R TARN", "J R Tarn Limited"], "individual", id="both tell, the commonest counts"),
        pytest.param(["J R TARN", "J R Tarn Limited", "J R Tarn Limited"], "company", id="the other is commonest"),
        pytest.param(["Rose Cottage", "ROSE COTTAGE"], "unknown", id="none tells"),
    ],
)
def test_the_kind_of_body_is_told_by_the_commonest_spelling_that_tells(spellings: list[str], expected: str) -> None:
    found = suppliers.find(lines(*[{"supplier_text": name} for name in spellings]), POLICY)
    assert found.suppliers["kind"].to_list() == [expected]


def test_a_company_number_makes_a_personal_name_a_company() -> None:
    found = suppliers.find(lines({"supplier_text": "Margaret Tarnbeck", "company_number": "99000003"}), POLICY)
    assert found.suppliers.select(pl.col("kind").cast(pl.String), "personal").row(0) == ("company", False)


@pytest.mark.parametrize("name", ["Tarnbeck Trust", "Tarnbeck", "Tarnbeck Homes Ltd", "Margaret Tarnbeck"])
def test_a_charity_number_makes_a_charity(name: str) -> None:
    found = suppliers.find(lines({"supplier_text": name, "charity_number": "1999999"}), POLICY)
    assert found.suppliers["kind"].to_list() == ["charity"]


def test_no_lines_give_no_suppliers() -> None:
    found = suppliers.find(lines(), POLICY)
    assert (found.suppliers.height, found.purchases.height, found.links.height) == (0, 0, 0)
