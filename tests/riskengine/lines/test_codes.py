"""Registration numbers and classification codes."""

from __future__ import annotations

import pytest

from tests.riskengine.lists import column, one_column, read, sheet


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("05512051", "05512051"),
        ("3554098", "03554098"),
        ("182037", "00182037"),
        ("3554098.0", "03554098"),
        ("SC123456", "SC123456"),
        ("sc 12345", "SC012345"),
        ("OC301234", "OC301234"),
        ("19165R", "IP19165R"),
        ("Company No. 05512051 (England)", "05512051"),
        ("Charity 1012345", None),
        ("XX123456", None),
        ("00000000", None),
        ("N/A", None),
        ("1234", None),
    ],
)
def test_company_numbers(text: str, number: str | None) -> None:
    assert one_column("Company Number", [text, "05512051"], "company_number")[0] == number


def test_a_company_number_beside_the_name() -> None:
    rows = [("Supplier", "Amount"), ("Elm Ltd (Company No. 05512051)", "5.00"), ("Ash Ltd", "6.00")]
    assert column(read(sheet(rows)), "company_number") == ["05512051", None]


@pytest.mark.parametrize(
    ("text", "number"),
    [("1012345", "1012345"), ("SC012345", "SC012345"), ("NIC100123", "NIC100123"), ("None", None)],
)
def test_charity_numbers(text: str, number: str | None) -> None:
    assert one_column("Charity Number", [text, "1012345"], "charity_number")[0] == number


def test_a_charity_number_among_company_numbers() -> None:
    assert one_column("Company Number", ["Charity 1012345", "05512051"], "charity_number") == ["1012345", None]


@pytest.mark.parametrize(
    ("text", "number"),
    [("980780684", "980780684"), ("GB 980 7806 84", "980780684"), ("980780685", None), ("n/a", None)],
)
def test_vat_numbers_have_the_right_check_digits(text: str, number: str | None) -> None:
    assert one_column("VAT Registration Number", [text, "980780684"], "vat_number")[0] == number


@pytest.mark.parametrize(("text", "postcode"), [("zz1 1zz", "ZZ1 1ZZ"), ("SE19HA", "SE1 9HA"), ("Exeter", None)])
def test_postcodes(text: str, postcode: str | None) -> None:
    assert one_column("Postcode", [text, "ZZ1 1ZZ"], "postcode")[0] == postcode


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("85311000", "85311000"),
        ("85311000-2", "85311000"),
        ("3000000", "03000000"),
        ("42416000-5, 45313000-4, 50750000-7", "42416000 45313000 50750000"),
        ("85311000 - Social work", "85311000"),
        ("76111501", None),
        ("Social work", None),
    ],
)
def test_cpv_codes_are_those_of_the_list(text: str, codes: str | None) -> None:
    assert one_column("CPV code", [text, "85311000"], "cpv")[0] == codes


def test_codes_that_are_not_in_the_list_make_the_column_less_sure() -> None:
    rows = [("Supplier", "CPV code"), ("Elm Ltd", "76111501"), ("Ash Ltd", "85311000")]
    found = read(sheet(rows))
    assert found.headings.filter(field="cpv")["confidence"][0] == pytest.approx(0.48)
    assert "without a code of the list" in " ".join(found.intake["notes"][0])


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Home care (CPV 85311000)", "85311000"),
        ("Home care 85311000-2", "85311000"),
        ("Invoice 85311000", None),
        ("Ref 12345678-1", None),
    ],
)
def test_cpv_codes_named_in_other_text(text: str, codes: str | None) -> None:
    assert one_column("Description", [text], "cpv") == [codes]


@pytest.mark.parametrize(
    ("text", "codes"),
    [("78300 - Human resources", "78300"), ("1110", "01110"), ("78300; 81210", "78300 81210"), ("00000", None)],
)
def test_sic_codes_are_those_of_the_list(text: str, codes: str | None) -> None:
    assert one_column("SIC code", [text, "78300"], "sic")[0] == codes
