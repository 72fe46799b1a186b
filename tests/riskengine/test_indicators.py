"""Each indicator's answers: the three outcomes, thresholds inclusive, and what it does not ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from riskengine import findings, policy, suppliers
from riskengine.errors import PolicyError
from riskengine.schemas import Companies, Evidence, RegisterFacts
from tests.frames import AS_OF, evidence, frame, lines

POLICY = policy.load()


def asked(line: dict[str, Any], level: str = "high", **of: dict[str, Any]) -> Evidence:
    contract_lines = lines(line)
    return evidence(contract_lines, suppliers.find(contract_lines, POLICY), level, **of)


def answer(indicator: str, about: Evidence) -> tuple[str, str, int] | None:
    """Case, outcome and points of the one finding of an indicator, None when it did not ask."""
    found = findings.ask(about, POLICY).filter(pl.col("indicator") == indicator)
    assert found.height <= 1
    return found.select("case", pl.col("outcome").cast(pl.String), "points").row(0) if found.height else None


LEVELS = {
    "very_high": ("very_high", "raised", 50),
    "high": ("high", "raised", 40),
    "medium": ("medium", "raised", 20),
    "low": ("low", "clear", 0),
    "unknown": ("unknown", "not_checked", 0),
}


@pytest.mark.parametrize(("level", "expected"), LEVELS.items(), ids=LEVELS)
def test_sector_level(level: str, expected: tuple[str, str, int]) -> None:
    assert answer("sector_level", asked({"description": "Cleaning"}, level)) == expected


LABOUR = {
    "Temp staff w/e 22/09/24": True,
    "Agency staff - w/c 30.09.24": True,
    "Agency Workers": True,
    "AGENCY STAFF - SOCIAL WORK": True,
    "Supply teachers": True,
    "Temporary Staff - Admin": True,
    "Casual Staff": True,
    "Relief care staff": True,
    "Labour only subcontractors": True,
    "Payments to Sub-Contractors": False,
    "Sub-Contractors": False,
    "Sub-contractors for resurfacing": True,
    "Subcontracted groundworks": True,
    "Direct Subcontractors": False,
    "Umbrella company contractor": True,
    "Staffing - agency": True,
    "Bank staff": True,
    "Bank charges": False,
    "Environment Agency licence": False,
    "Travel agency fees": False,
    "Estate agency commission": False,
    "Multi-agency safeguarding training": False,
    "Cleaning of offices": False,
    "Temporary accommodation": False,
    "Temporary fencing": False,
    "Staff training": False,
    "Advertising agency": False,
}


@pytest.mark.parametrize(("text", "stated"), LABOUR.items(), ids=LABOUR)
def test_labour_supply_is_read_from_council_wording(text: str, stated: bool) -> None:
    expected = ("stated", "raised", 20) if stated else ("not_stated", "clear", 0)
    assert answer("labour_supply", asked({"description": text})) == expected


COUNTED_ONCE = {
    "Agency staff - w/c 30.09.24": ("labour_supply", "agency_labour", "counted", 0),
    "Agency staff, umbrella payroll": ("labour_supply", "agency_labour", "stated", 20),
    "Agency staff - neutral vendor": ("labour_supply", "agency_labour", "stated", 20),
    "Temp staff of subcontractors": ("labour_supply", "agency_labour", "stated", 20),
    "Recruitment fees": ("labour_supply", "agency_labour", "not_stated", 0),
    "Agency cleaners": ("low_paid_work", "agency_labour", "stated", 10),
    "Temporary care workers": ("low_paid_work", "agency_labour", "stated", 10),
    "Cleaners of offices": ("low_paid_work", "cleaning", "counted", 0),
    "Cleaners at night time": ("low_paid_work", "cleaning", "stated", 10),
    "Carers at home": ("low_paid_work", "care_home_care", "counted", 0),
    "Live-in carers": ("low_paid_work", "care_home_care", "stated", 10),
    "Staff uniforms": ("at_risk_goods", "textiles", "counted", 0),
    "Staff uniforms of cotton": ("at_risk_goods", "textiles", "named", 10),
    "Uniforms": ("at_risk_goods", "laundry", "named", 10),
}


@pytest.mark.parametrize(("text", "expected"), COUNTED_ONCE.items(), ids=COUNTED_ONCE)
def test_what_the_sector_tells_already_counts_once(text: str, expected: tuple[str, str, str, int]) -> None:
    indicator, sector, case, points = expected
    outcome = "clear" if case.startswith("not_") else "raised"
    assert answer(indicator, asked({"description": text}, sector={"sector": sector})) == (case, outcome, points)


def test_an_emptied_word_list_finds_nothing() -> None:
    indicator = POLICY.indicators["low_paid_work"]
    emptied = indicator.model_copy(update={"words": indicator.words | {"work": [], "not_work": []}})
    own = replace(POLICY, indicators={"low_paid_work": emptied})
    for text, case in [("Cleaners at night time", "counted"), ("Night time", "not_stated")]:
        about = asked({"description": text}, sector={"sector": "cleaning"})
        assert findings.ask(about, own)["case"].to_list() == [case]


def test_words_that_stand_in_two_cells_are_quoted_with_a_dot_between() -> None:
    found = findings.ask(asked({"description": "Agency", "category": "Nurse cover"}), POLICY)
    assert found.filter(pl.col("indicator") == "labour_supply")["value"].to_list() == ["Agency · Nurse cover"]


@pytest.mark.parametrize("cells", [("Sub-Contractors", "Premises"), ("Void repairs", "Payments to Sub-Contractors")])
def test_an_account_named_after_contractors_tells_of_no_chain_beside_another_cell(cells: tuple[str, str]) -> None:
    about = asked(dict(zip(("description", "category"), cells, strict=True)))
    assert answer("labour_supply", about) == ("not_stated", "clear", 0)


def test_labour_supply_is_not_checked_without_text() -> None:
    assert answer("labour_supply", asked({})) == ("no_text", "not_checked", 0)


STATEMENTS = {
    "current": ("current", "not_known", ("current", "clear", 0)),
    "group": ("group", "likely_required", ("group", "clear", 0)),
    "found elsewhere": ("found_elsewhere", "not_known", ("found_elsewhere", "clear", 0)),
    "ageing": ("ageing", "not_known", ("ageing", "raised", 1)),
    "out of date": ("out_of_date", "not_known", ("out_of_date", "raised", 10)),
    "out of date, not required": ("out_of_date", "likely_not_required", ("not_required", "clear", 0)),
    "none found, required": ("none_found", "likely_required", ("none_found_required", "raised", 20)),
    "none found, not known": ("none_found", "not_known", ("none_found_not_known", "raised", 2)),
    "none found, not required": ("none_found", "likely_not_required", ("not_required", "clear", 0)),
    "possible": ("possible", "likely_required", ("possible", "not_checked", 0)),
    "not checked": ("not_checked", "not_known", ("not_checked", "not_checked", 0)),
}


@pytest.mark.parametrize(("position", "scope", "expected"), STATEMENTS.values(), ids=STATEMENTS)
def test_statement_and_scope_count_together(position: str, scope: str, expected: tuple[str, str, int]) -> None:
    about = asked({}, statement={"statement": position, "scope": scope})
    assert answer("statement", about) == expected


TOPICS = {
    "two missing": (["policies"], ["training", "goals"], "current", ("missing", "raised", 5)),
    "all marked": (["policies", "training"], [], "group", ("all", "clear", 0)),
    "no answers": ([], [], "out_of_date", ("not_answered", "not_checked", 0)),
    "not looked at": ([], [], "not_checked", ("not_checked", "not_checked", 0)),
    "to be reviewed": ([], [], "possible", ("possible", "not_checked", 0)),
    "none to look at": ([], [], "none_found", None),
}


@pytest.mark.parametrize(("topics", "missing", "position", "expected"), TOPICS.values(), ids=TOPICS)
def test_statement_topics(
    topics: list[str], missing: list[str], position: str, expected: tuple[str, str, int] | None
) -> None:
    about = asked({}, statement={"statement": position, "topics": topics, "topics_missing": missing})
    assert answer("statement_topics", about) == expected


VALUES = {
    "at the whole-contract limit": ("5000000.00", "whole_contract", "high", ("large", "raised", 20)),
    "just below it": ("4999999.99", "whole_contract", "very_high", ("below", "clear", 0)),
    "yearly": ("1000000.00", "yearly", "high", ("large", "raised", 20)),
    "paid": ("500000.00", "paid", "high", ("large", "raised", 20)),
    "kind not known": ("9000000.00", "unknown", "high", ("no_amount", "not_checked", 0)),
    "no amount": (None, "paid", "high", ("no_amount", "not_checked", 0)),
    "sector not known": ("9000000.00", "paid", "unknown", ("no_sector", "not_checked", 0)),
    "another sector": ("9000000.00", "paid", "low", None),
}


@pytest.mark.parametrize(("amount", "kind", "level", "expected"), VALUES.values(), ids=VALUES)
def test_contract_value(amount: str | None, kind: str, level: str, expected: tuple[str, str, int] | None) -> None:
    about = asked({"amount": amount, "amount_kind": kind}, level)
    assert answer("contract_value", about) == expected


ENDINGS = {
    "on the last day": (AS_OF + timedelta(days=365), "whole_contract", ("soon", "raised", 0)),
    "a day later": (AS_OF + timedelta(days=366), "whole_contract", ("later", "clear", 0)),
    "on the as-of date": (AS_OF, "yearly", ("soon", "raised", 0)),
    "ended already": (AS_OF - timedelta(days=1), "yearly", None),
    "no end date": (None, "whole_contract", ("no_end", "not_checked", 0)),
    "a payment": (AS_OF, "paid", None),
}


@pytest.mark.parametrize(("end", "kind", "expected"), ENDINGS.values(), ids=ENDINGS)
def test_contract_ending(end: date | None, kind: str, expected: tuple[str, str, int] | None) -> None:
    assert answer("contract_ending", asked({"end": end, "amount_kind": kind})) == expected


EXTENSIONS = {
    "of some length": ((10, "12 months", 375), "soon_extension", "12 months, to 10 July 2027"),
    "in words alone": ((10, "By agreement", None), "soon_extension", "By agreement"),
    "as a day": ((10, None, 375), "soon_extension", "to 10 July 2027"),
    "that is no later": ((10, None, 10), "soon", None),
    "perhaps begun": ((-1, "12 months", 364), "perhaps_extended", "12 months, to 29 June 2027"),
    "ended as well": ((-400, "12 months", -35), None, None),
    "after a late end": ((366, "12 months", 731), "later", "12 months, to 30 June 2028"),
}


@pytest.mark.parametrize(("told", "case", "detail"), EXTENSIONS.values(), ids=EXTENSIONS)
def test_an_extension_is_told_beside_the_end_that_decides(
    told: tuple[int, str | None, int | None], case: str | None, detail: str | None
) -> None:
    end, extension, latest = told
    line = {"end": AS_OF + timedelta(days=end), "extension": extension, "amount_kind": "yearly"}
    about = asked(line | {"latest_end": AS_OF + timedelta(days=latest) if latest is not None else None})
    found = findings.ask(about, POLICY).filter(pl.col("indicator") == "contract_ending")
    assert found.select("case", "detail").rows() == ([(case, detail)] if case else [])


def test_an_end_that_was_reckoned_says_so() -> None:
    about = asked({"end": AS_OF, "duration": "36 months", "amount_kind": "yearly"})
    found = findings.ask(about, POLICY).filter(pl.col("indicator") == "contract_ending")
    assert found["value"].to_list() == ['30 June 2026 (reckoned from its start and the duration "36 months")']


MATCHES = {
    "possible": ({"match": "possible", "matched_name": "ACME PLC"}, ("possible", "raised", 0)),
    "same": ({"match": "same", "matched_name": "ACME PLC"}, ("settled", "clear", 0)),
    "none": ({"match": "none"}, ("settled", "clear", 0)),
    "not looked up": ({"match": "not_checked"}, ("not_checked", "not_checked", 0)),
}


@pytest.mark.parametrize(("match", "expected"), MATCHES.values(), ids=MATCHES)
def test_match_review(match: dict[str, Any], expected: tuple[str, str, int]) -> None:
    assert answer("match_review", asked({}, match=match)) == expected


NUMBERS = {
    "given": ({"company_number": "99000001"}, ("no_register", "not_checked", 0)),
    "missing": ({}, ("missing", "not_checked", 0)),
    "not expected": ({"supplier_text": "Ambleford Borough Council"}, ("other_kind", "clear", 0)),
}


@pytest.mark.parametrize(("line", "expected"), NUMBERS.values(), ids=NUMBERS)
def test_company_number(line: dict[str, Any], expected: tuple[str, str, int]) -> None:
    assert answer("company_number", asked(line)) == expected


WORK = {
    "Carers special grant": False,
    "Carer Support Payments": False,
    "Fees To Carers": False,
    "Carers for night cover": True,
    "Night sitting service": True,
    "Waking nights cover": True,
    "Live-in care": True,
    "Seasonal staff - parks": True,
    "Out of hours security": True,
    "Domestic cleaners": True,
    "Agency loaders for refuse rounds": True,
    "Wheel loader hire": False,
    "Six operatives": True,
    "Health co-operatives": False,
    "Hand car wash": True,
    "Unpaid carers support grant": False,
    "Carers Trust membership": False,
    "Vacuum cleaner repair": False,
    "Seasonal flu vaccine": False,
    "Seasonal bedding plants": False,
    "Legal advice": False,
}


@pytest.mark.parametrize(("text", "stated"), WORK.items(), ids=WORK)
def test_low_paid_work_is_read_from_council_wording(text: str, stated: bool) -> None:
    expected = ("stated", "raised", 10) if stated else ("not_stated", "clear", 0)
    assert answer("low_paid_work", asked({"description": text}, sector={"sector": "pest"})) == expected


GOODS = {
    "Supply of laptops": True,
    "Staff uniforms": True,
    "Nitrile gloves": True,
    "Solar panels for depot": True,
    "Fish and seafood supply": True,
    "Fishing licence": False,
    "Process servers": False,
    "Fish & chip supper": False,
    "Office cleaning": False,
}


@pytest.mark.parametrize(("text", "named"), GOODS.items(), ids=GOODS)
def test_at_risk_goods_are_read_from_council_wording(text: str, named: bool) -> None:
    expected = ("named", "raised", 10) if named else ("not_named", "clear", 0)
    assert answer("at_risk_goods", asked({"description": text})) == expected


FROM = [
    ("Solar panels for depot", "cleaning", "named_from"),
    ("Solar panels for depot", "solar", "counted_from"),
    ("Office cleaning", "cleaning", "not_named"),
]


@pytest.mark.parametrize(("text", "sector", "case"), FROM)
def test_at_risk_goods_come_with_the_origin_that_the_list_gives(text: str, sector: str, case: str) -> None:
    about = asked({"description": text, "origin": "Malaysia"}, sector={"sector": sector})
    found = findings.ask(about, POLICY).filter(pl.col("indicator") == "at_risk_goods").row(0, named=True)
    assert (found["case"], found["detail"]) == (case, "Malaysia")


@pytest.mark.parametrize("indicator", ["labour_supply", "low_paid_work", "at_risk_goods"])
@pytest.mark.parametrize("department", [None, "Carers and Subcontractors", "Seasonal Laptops"])
def test_words_are_not_checked_where_only_a_department_is_given(indicator: str, department: str | None) -> None:
    assert answer(indicator, asked({"department": department})) == ("no_text", "not_checked", 0)


SCOPES = {
    "likely_required": ("likely_required", "clear", 0),
    "likely_not_required": ("likely_not_required", "clear", 0),
    "not_known": ("not_known", "not_checked", 0),
}


@pytest.mark.parametrize(("scope", "expected"), SCOPES.items(), ids=SCOPES)
def test_scope(scope: str, expected: tuple[str, str, int]) -> None:
    assert answer("scope", asked({}, statement={"scope": scope})) == expected


def shares(*spends: str | None, level: str = "high") -> list[str]:
    """The case of each supplier when each gets one payment."""
    names = ["Alderfen Paving", "Quillside Laundry", "Tarnbeck Security", "Wexmere Foods"]
    rows = [{"supplier_text": name, "amount": spend} for name, spend in zip(names, spends, strict=False)]
    contract_lines = lines(*rows)
    about = evidence(contract_lines, suppliers.find(contract_lines, POLICY), level)
    found = findings.ask(about, POLICY).filter(pl.col("indicator") == "concentration")
    order = {row["supplier_id"]: row["name"] for row in about.suppliers.to_dicts()}
    by_name = {order[row["subject_id"]]: row["case"] for row in found.to_dicts()}
    return [by_name[name] for name in names if name in by_name]


CONCENTRATIONS = {
    "exactly half": (["200000", "100000", "100000"], ["concentrated", "spread", "spread"]),
    "just below half": (["199999", "100000", "100000"], ["spread", "spread", "spread"]),
    "too few suppliers": (["200000", "100000"], ["too_little", "spread"]),
    "too little money": (["99999", "1", "1"], ["too_little", "spread", "spread"]),
    "no amounts": ([None, None, None], ["no_amount", "no_amount", "no_amount"]),
    "credits count as nought": (["150000", "-90000", "100000"], ["concentrated", "spread", "spread"]),
}


@pytest.mark.parametrize(("spends", "cases"), CONCENTRATIONS.values(), ids=CONCENTRATIONS)
def test_concentration(spends: list[str | None], cases: list[str]) -> None:
    assert shares(*spends) == cases


def test_concentration_is_not_asked_of_withheld_names() -> None:
    rows = [{"supplier_text": name, "amount": "200000"} for name in ("REDACTED PERSONAL DATA", "Wexmere Foods")]
    contract_lines = lines(*rows)
    about = evidence(contract_lines, suppliers.find(contract_lines, POLICY))
    found = findings.ask(about, POLICY).filter(pl.col("indicator") == "concentration")
    [withheld] = about.suppliers.filter(pl.col("kind") == "redacted")["supplier_id"]
    assert found.height == 1
    assert withheld not in found["subject_id"].to_list()


def test_concentration_is_not_asked_outside_higher_risk_sectors() -> None:
    assert shares("200000", "100000", "100000", level="medium") == []


COMPANIES = {
    "sound": ({}, ("sound", "clear", 0)),
    "in liquidation": ({"status": "Liquidation"}, ("ended", "raised", 5)),
    "dormant": ({"accounts_category": "DORMANT"}, ("dormant", "raised", 5)),
    "formed twelve months ago to the day": ({"incorporated": date(2025, 6, 30)}, ("sound", "clear", 0)),
    "formed a day later": ({"incorporated": date(2025, 7, 1)}, ("new", "raised", 5)),
    "accounts due on the day of the data": ({"accounts_due": date(2026, 6, 1)}, ("sound", "clear", 0)),
    "accounts due the day before": ({"accounts_due": date(2026, 5, 31)}, ("late", "raised", 5)),
    "another number": ({"company_number": "99000002"}, ("not_listed", "not_checked", 0)),
}


def with_companies(line: dict[str, Any], company: dict[str, Any], taken: date) -> Evidence:
    rows = frame(
        Companies,
        [company],
        company_number="99000001",
        name="ACME LTD",
        status="Active",
        incorporated=date(2010, 1, 1),
        accounts_due=date(2026, 12, 31),
    )
    facts = RegisterFacts(taken, (), None, sample=False, sha256="0" * 64, name="Companies House company data")
    return replace(asked(line), companies=rows, company_register=facts)


NAMES_LISTED = {
    "the same": ("ACME LTD", [], "same_name"),
    "longer": ("ACME (UK) HOLDINGS PLC", [], "same_name"),
    "drawn together": ("AC ME LTD", [], "same_name"),
    "a former name": ("BRIDGEWELL LTD", ["ACME LIMITED"], "same_name"),
    "another": ("BRIDGEWELL LTD", ["TARNBECK LTD"], "other_name"),
}


@pytest.mark.parametrize(("name", "former", "case"), NAMES_LISTED.values(), ids=NAMES_LISTED)
def test_company_number_beside_the_name_listed(name: str, former: list[str], case: str) -> None:
    company = {"name": name, "previous_names": former}
    about = with_companies({"company_number": "99000001"}, company, date(2026, 6, 1))
    outcome = "raised" if case == "other_name" else "clear"
    assert answer("company_number", about) == (case, outcome, 0)


@pytest.mark.parametrize(
    ("said", "listed", "case"),
    [
        ("Tarnbeck Care Services Ltd", "BRIDGEWELL CARE SERVICES LTD", "other_name"),
        ("Tarnbeck Ltd t/a Bridgewell Security", "BRIDGEWELL SECURITY LTD", "same_name"),
    ],
    ids=["only words of the trade shared", "the trading name"],
)
def test_company_number_beside_telling_words(said: str, listed: str, case: str) -> None:
    line = {"company_number": "99000001", "supplier_text": said}
    found = answer("company_number", with_companies(line, {"name": listed}, date(2026, 6, 1)))
    assert found is not None
    assert found[0] == case


@pytest.mark.parametrize(("company", "expected"), COMPANIES.values(), ids=COMPANIES)
def test_company_status(company: dict[str, Any], expected: tuple[str, str, int]) -> None:
    about = with_companies({"company_number": "99000001"}, company, date(2026, 6, 1))
    assert answer("company_status", about) == expected


def test_without_a_copy_of_companies_house_its_questions_say_so() -> None:
    assert answer("company_status", asked({"company_number": "99000001"})) == ("no_register", "not_checked", 0)


def test_company_number_that_the_copy_lacks() -> None:
    about = with_companies({"company_number": "99000001"}, {"company_number": "99000002"}, date(2026, 6, 1))
    assert answer("company_number", about) == ("not_compared", "not_checked", 0)


def test_company_status_needs_a_number() -> None:
    assert answer("company_status", with_companies({}, {}, date(2026, 6, 1))) == ("no_number", "not_checked", 0)


@pytest.mark.parametrize("taken", [date(2026, 3, 29), date(2026, 7, 1)], ids=["too old", "after the as-of date"])
def test_company_status_needs_data_of_the_time(taken: date) -> None:
    about = with_companies({"company_number": "99000001"}, {"status": "Liquidation"}, taken)
    assert answer("company_status", about) == ("other_time", "not_checked", 0)


@pytest.mark.parametrize("taken", [date(2026, 3, 30), date(2026, 6, 30)], ids=["just young enough", "of the day"])
def test_company_status_takes_data_of_the_first_and_last_day(taken: date) -> None:
    found = answer("company_status", with_companies({"company_number": "99000001"}, {"status": "Liquidation"}, taken))
    assert found is not None
    assert found[0] == "ended"


def test_company_that_data_of_some_companies_lacks_was_not_asked_about() -> None:
    about = with_companies({"company_number": "99000001"}, {"company_number": "99000002"}, date(2026, 6, 1))
    facts = replace(about.company_register, partial_reason="it holds only companies asked about one by one: 1")
    about = replace(about, company_register=facts)
    assert answer("company_status", about) == ("not_asked", "not_checked", 0)


def test_a_finding_bears_the_day_of_the_copy_it_rests_on() -> None:
    registry = RegisterFacts(date(2026, 3, 1), (2026,), None, sample=False, sha256="0" * 64)
    about = with_companies({"company_number": "99000001"}, {}, date(2026, 6, 1))
    found = findings.ask(replace(about, register=registry), POLICY)
    days = dict(found.select("indicator", "snapshot_date").rows())
    assert days["company_status"] == days["company_number"] == date(2026, 6, 1)
    assert days["statement"] == date(2026, 3, 1)
    assert days["contract_value"] is None


def test_company_status_is_not_asked_of_public_bodies() -> None:
    assert answer("company_status", asked({"supplier_text": "Ambleford Borough Council"})) is None


def test_a_finding_carries_its_figures_and_their_source() -> None:
    about = asked({"amount": "7500000.00", "amount_kind": "whole_contract"})
    found = findings.ask(about, POLICY).filter(pl.col("indicator") == "contract_value")
    assert found.select("subject_id", "value", "threshold").row(0) == ("L1", "7500000.00", "5000000")
    sentence = findings.sentences(found, POLICY.indicators).item()
    assert sentence.startswith("At £7,500,000.00 this line is at or above £5,000,000,")


def test_sentences_come_in_the_order_of_the_findings() -> None:
    found = findings.ask(asked({"description": "Temp staff"}), POLICY)
    one_by_one = [findings.sentences(found[at : at + 1], POLICY.indicators).item() for at in range(found.height)]
    assert findings.sentences(found, POLICY.indicators).to_list() == one_by_one


MONEY = {
    "thousands": ("1240000.00", "£1,240,000.00"),
    "no thousands": ("999.50", "£999.50"),
    "exactly three digits": ("100000", "£100,000"),
    "a credit": ("-1234.00", "£-1,234.00"),
    "a credit of three digits": ("-123.00", "£-123.00"),
    "missing": (None, "not known"),
}


@pytest.mark.parametrize(("figure", "shown"), MONEY.values(), ids=MONEY)
def test_money_is_grouped_by_thousands(figure: str | None, shown: str) -> None:
    finding = pl.DataFrame(
        {
            "indicator": ["contract_value"],
            "case": ["below"],
            "value": [figure],
            "threshold": ["5"],
            "snapshot_date": [None],
        },
        schema_overrides={"value": pl.String, "snapshot_date": pl.Date},
    )
    assert findings.sentences(finding, POLICY.indicators).item().startswith(f"At {shown} this line")


def prices(*rates: str | None, level: str = "high", **line: Any) -> list[tuple[str, str, int]]:
    """The answer on each line when different suppliers ask these prices for one hour."""
    rows = [{"supplier_text": f"Supplier {chr(65 + at)}", "rate": rate, **line} for at, rate in enumerate(rates)]
    contract_lines = lines(*({"unit": "hour", **row} for row in rows))
    about = evidence(contract_lines, suppliers.find(contract_lines, POLICY), level)
    found = findings.ask(about, POLICY).filter(pl.col("indicator") == "price")
    return found.select("case", pl.col("outcome").cast(pl.String), "points").rows()


USUAL = ["20", "21", "22", "20", "21", "22", "20", "21"]
PRICES = {
    "just at the share": ("12.60", ("far_below", "raised", 10)),
    "just above the share": ("12.61", ("usual", "clear", 0)),
    "far above": ("80", ("usual", "clear", 0)),
    "not given": (None, ("no_price", "not_checked", 0)),
    "nothing": ("0", ("no_price", "not_checked", 0)),
}


@pytest.mark.parametrize(("rate", "expected"), PRICES.values(), ids=PRICES)
def test_price_beside_eight_comparable_lines(rate: str | None, expected: tuple[str, str, int]) -> None:
    assert prices(*USUAL, rate)[-1] == expected


def test_price_far_below_where_all_others_are_the_same() -> None:
    assert prices(*["20"] * 8, "10")[-1] == ("far_below", "raised", 10)


def test_price_is_not_far_below_where_prices_vary_widely() -> None:
    assert prices("5", "60", "8", "40", "12", "30", "90", "18", "9")[-1][0] == "usual"


def test_price_is_never_compared_with_fewer_than_eight() -> None:
    assert prices(*USUAL[:7], "1") == [("few_lines", "not_checked", 0)] * 8


def test_price_is_not_compared_within_one_supplier() -> None:
    assert prices(*USUAL, "1", supplier_text="Acme Ltd")[-1] == ("few_lines", "not_checked", 0)


def test_price_of_goods_is_compared_under_the_same_wording_only() -> None:
    said = {"unit": "item", "description": "Gloves"}
    assert prices(*USUAL, "1", **said)[-1][0] == "far_below"
    rows = [
        {"supplier_text": f"Supplier {at}", "rate": "20", "unit": "item", "description": f"{at}"} for at in range(9)
    ]
    assert {answer_of[0] for answer_of in _asked_prices(rows)} == {"few_lines"}


def _asked_prices(rows: list[dict[str, Any]], with_policy: policy.Policy = POLICY) -> list[tuple[str, str]]:
    contract_lines = lines(*rows)
    about = evidence(contract_lines, suppliers.find(contract_lines, POLICY))
    found = findings.ask(about, with_policy).filter(pl.col("indicator") == "price")
    return found.with_columns(findings.sentences(found, with_policy.indicators)).select("case", "sentence").rows()


def test_price_is_worked_out_from_what_was_paid() -> None:
    rows = [{"supplier_text": f"Supplier {at}", "rate": "20", "unit": "hour"} for at in range(8)]
    paid = {"supplier_text": "Supplier Z", "amount": "500", "quantity": "50", "unit": "hour"}
    assert _asked_prices([*rows, paid])[-1] == (
        "far_below",
        "At £10.00 for one hour, the price is far below £20.00, the middle price of comparable lines in this list: "
        "ask how pay and hours are covered.",
    )
    assert _asked_prices([*rows, {**paid, "amount_kind": "yearly"}])[-1][0] == "no_price"


def test_price_without_unit_or_sector_is_not_compared() -> None:
    assert prices("20", unit=None) == [("no_unit", "not_checked", 0)]
    assert prices("20", level="unknown") == [("no_sector", "not_checked", 0)]
    assert prices("20", level="medium") == []


FLOOR = """
[thresholds."floor cleaning hour"]
value = 20
why = "£ for one hour"
source = "The council's own reckoning"
since = 2026-06-01
"""


def floored(folder: Path, floor: str = FLOOR) -> policy.Policy:
    """The policy of a council that entered a floor."""
    text = (policy.BUILT_IN / "indicators" / "price.toml").read_text(encoding="utf-8")
    (folder / "indicators").mkdir()
    (folder / "indicators" / "price.toml").write_text(text + floor, encoding="utf-8")
    return policy.load(folder)


@pytest.mark.parametrize(("rate", "case"), [("19.99", "below_floor"), ("20", "at_floor")])
def test_price_beside_a_floor_that_a_council_entered(tmp_path: Path, rate: str, case: str) -> None:
    told = _asked_prices([{"rate": rate, "unit": "hour"}, {"rate": rate, "unit": "day"}], floored(tmp_path))
    assert [name for name, _ in told] == [case, "few_lines"]
    assert "£20.00, the floor set in this policy" in told[0][1]


def test_a_floor_that_no_line_can_meet_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r'price.toml: thresholds."floor cleaning hours"'):
        floored(tmp_path, FLOOR.replace('hour"', 'hours"'))
