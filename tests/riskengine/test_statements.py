"""The section 54 position: best evidence, age, scope, and when the question can't be asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import dataframely as dy
import pytest

from riskengine import statements
from riskengine.policy import BUILT_IN
from riskengine.policy.files import Folder
from riskengine.policy.statements import Duty, StatementsPolicy
from riskengine.schemas import (
    KINDS,
    TOPICS,
    Companies,
    CompanyRegister,
    FoundStatements,
    Inputs,
    Matches,
    PresumedInScope,
    RegisterEntries,
    RegisterFacts,
    StatementRecords,
    StatementRegister,
    Statements,
    Suppliers,
)
from riskengine.statements import changes
from tests.frames import frame

AS_OF = date(2026, 6, 30)
FACTS = RegisterFacts(date(2026, 6, 1), (2024, 2025, 2026), None, sample=False, sha256="0" * 64)
POLICY = StatementsPolicy.load(Folder(BUILT_IN, None))
RECORD = {
    "entry_id": "E1",
    "year": 2026,
    "period_end": date(2026, 3, 31),
    "statement_url": "https://acme.example/statement",
    "summary_url": "https://registry.example/1/2026",
    "topics": TOPICS[:5],
    "topics_missing": TOPICS[5:],
    "turnover": "Over £500 million",
}
GROUP = {"group": True, "parent": "Acme Group plc"}


def suppliers(*kinds: str) -> dy.DataFrame[Suppliers]:
    rows = [{"supplier_id": f"S{at}", "kind": kind} for at, kind in enumerate(kinds, start=1)]
    return frame(Suppliers, rows, name="Acme Ltd", key="ACME", kind_reason="", personal=False)


def matches(**row: Any) -> dy.DataFrame[Matches]:
    known = {"match": "same", "entry_id": "E1", "basis": "company_number", "reason": "Same company number.", **row}
    return frame(Matches, [known], supplier_id="S1", rank=1)


def register(*records: dict[str, Any], **facts: Any) -> StatementRegister:
    entries = frame(RegisterEntries, [{"entry_id": "E1", "name": "Acme Limited"}])
    return StatementRegister(
        replace(FACTS, **facts),
        entries,
        frame(StatementRecords, [{**RECORD, **record} for record in records], group=False),
    )


def judged(*records: dict[str, Any], kind: str = "company", match: dict[str, Any] | None = None) -> dict[str, Any]:
    """The position of one supplier, matched with E1 unless `match` says otherwise."""
    inputs = Inputs(AS_OF, register(*records))
    return statements.judge(suppliers(kind), matches(**(match or {})), inputs, POLICY).row(0, named=True)


@pytest.mark.parametrize(
    ("period_end", "statement", "months_old"),
    [
        pytest.param(date(2026, 6, 30), "current", 0, id="today"),
        pytest.param(date(2026, 12, 31), "current", -6, id="ends ahead"),
        pytest.param(date(2024, 12, 31), "current", 18, id="18 months to the day, at a month's end"),
        pytest.param(date(2024, 12, 30), "current", 18, id="18 months to the day"),
        pytest.param(date(2024, 12, 29), "ageing", 18, id="a day more than 18 months"),
        pytest.param(date(2024, 6, 30), "ageing", 24, id="24 months to the day"),
        pytest.param(date(2024, 6, 29), "out_of_date", 24, id="a day more than 24 months"),
        pytest.param(date(2016, 3, 31), "out_of_date", 123, id="ten years"),
    ],
)
def test_age(period_end: date, statement: str, months_old: int) -> None:
    row = judged({"period_end": period_end})
    assert (row["statement"], row["months_old"], row["period_end"]) == (statement, months_old, period_end)


@pytest.mark.parametrize("period_end", [None, date(2027, 7, 1)], ids=["not given", "more than a year ahead"])
@pytest.mark.parametrize(("year", "statement"), [(2026, "current"), (2025, "ageing"), (2024, "out_of_date")])
def test_without_usable_period_the_earliest_of_the_registry_year_counts(
    period_end: date | None, year: int, statement: str
) -> None:
    row = judged({"period_end": period_end, "year": year})
    assert (row["statement"], row["period_end"], row["months_old"]) == (statement, None, None)
    assert row["reason"] == (
        f"The registry gives no usable period, so the earliest one of the registry year {year} is taken."
    )


@pytest.mark.parametrize(("as_of", "statement"), [(date(2026, 7, 1), "ageing"), (date(2026, 7, 2), "out_of_date")])
def test_a_registry_year_begins_with_periods_that_end_on_the_first_of_july(as_of: date, statement: str) -> None:
    inputs = Inputs(as_of, register({"period_end": None, "year": 2025}))
    assert statements.judge(suppliers("company"), matches(), inputs, POLICY)["statement"].to_list() == [statement]


OWN_OLD = {"year": 2025, "period_end": date(2024, 9, 30)}


@pytest.mark.parametrize(
    ("records", "statement", "year", "parent"),
    [
        pytest.param([GROUP], "group", 2026, "Acme Group plc", id="a current group statement"),
        pytest.param([GROUP, {}], "current", 2026, None, id="own before group of the same age"),
        pytest.param([OWN_OLD, GROUP], "group", 2026, "Acme Group plc", id="current group before ageing own"),
        pytest.param([{**GROUP, **OWN_OLD}], "ageing", 2025, "Acme Group plc", id="an ageing group statement"),
        pytest.param([{"group": True}], "current", 2026, None, id="the parent's own statement"),
        pytest.param([{"year": 2025, "period_end": date(2025, 3, 31)}, {}], "current", 2026, None, id="latest year"),
    ],
)
def test_best_evidence(records: list[dict[str, Any]], statement: str, year: int, parent: str | None) -> None:
    row = judged(*records)
    assert (row["statement"], row["year"], row["parent"]) == (statement, year, parent)


def test_order_of_records_makes_no_difference() -> None:
    records = [OWN_OLD, GROUP, {}, {"year": 2024, "period_end": date(2024, 3, 31)}]
    assert judged(*records) == judged(*reversed(records))


def test_reason_names_period_and_age() -> None:
    assert judged({})["reason"] == "The statement covers the period to 31 March 2026, 3 months before 30 June 2026."


def test_reason_of_a_group_statement_asks_to_confirm() -> None:
    assert judged(GROUP)["reason"] == (
        "Named in the group statement of Acme Group plc, which covers the period to 31 March 2026, 3 months before "
        "30 June 2026. Confirm that it covers this supplier."
    )


def test_record_is_handed_on() -> None:
    row = judged({})
    assert {name: row[name] for name in RECORD} == RECORD


@pytest.mark.parametrize(
    ("match", "statement"),
    [
        pytest.param({"match": "possible"}, "possible", id="possible"),
        pytest.param({"match": "none", "entry_id": None}, "none_found", id="none"),
        pytest.param({"match": "none"}, "none_found", id="none, with a runner-up"),
        pytest.param({"match": "not_checked", "basis": "kind", "entry_id": None}, "not_checked", id="not asked"),
    ],
)
def test_unmatched_supplier_takes_nothing_from_the_register(match: dict[str, Any], statement: str) -> None:
    row = judged({}, match=match)
    assert row["statement"] == statement
    assert [row[name] for name in ("entry_id", "year", "turnover", "statement_url", "parent")] == [None] * 5
    assert row["scope"] == "not_known"


def test_organisation_without_record_has_no_statement() -> None:
    row = judged({"entry_id": "E2"})
    assert row["statement"] == "none_found"
    assert row["reason"] == "The registry copy of 1 June 2026 names this organisation without a statement."


# ---- when the question can't be asked -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param(
            {"partial_reason": "only 2026 is in it"},
            "The registry copy is not whole: only 2026 is in it.",
            id="partial",
        ),
        pytest.param(
            {"date": AS_OF - timedelta(days=93)},
            "The registry copy is of 29 March 2026, 93 days before 30 June 2026; at most 92 days are allowed.",
            id="too old",
        ),
        pytest.param(
            {"date": AS_OF + timedelta(days=1)},
            "The registry copy is of 1 July 2026, after the as-of date 30 June 2026. "
            "Use a copy that was taken before it.",
            id="taken later",
        ),
    ],
)
@pytest.mark.parametrize("match", ["same", "possible", "none"])
def test_unusable_copy_leaves_every_statement_not_checked(facts: dict[str, Any], words: str, match: str) -> None:
    inputs = Inputs(AS_OF, register({}, **facts))
    row = statements.judge(suppliers("company"), matches(match=match), inputs, POLICY).row(0, named=True)
    assert (row["statement"], row["reason"]) == ("not_checked", words)


def test_unusable_copy_still_informs() -> None:
    inputs = Inputs(AS_OF, register({}, partial_reason="a year is missing"))
    row = statements.judge(suppliers("company"), matches(), inputs, POLICY).row(0, named=True)
    assert (row["entry_id"], row["year"], row["statement_url"]) == ("E1", 2026, RECORD["statement_url"])


@pytest.mark.parametrize("age", [0, 92])
def test_copy_within_its_age_is_used(age: int) -> None:
    inputs = Inputs(AS_OF, register({}, date=AS_OF - timedelta(days=age)))
    assert statements.judge(suppliers("company"), matches(), inputs, POLICY)["statement"].to_list() == ["current"]


def test_without_register_nothing_is_checked() -> None:
    row = statements.judge(suppliers("company"), matches(match="none"), Inputs(AS_OF), POLICY).row(0, named=True)
    assert (row["statement"], row["reason"]) == ("not_checked", "No copy of the statement registry was handed in.")


def test_before_the_law_nothing_is_checked() -> None:
    inputs = Inputs(date(2015, 10, 28), register({}, date=date(2015, 10, 1)))
    row = statements.judge(suppliers("company"), matches(), inputs, POLICY).row(0, named=True)
    words = "Section 54 of the Modern Slavery Act 2015 was not yet in force at 28 October 2015."
    assert (row["statement"], row["scope"], row["reason"], row["scope_reason"]) == (
        "not_checked",
        "not_known",
        words,
        words,
    )


# ---- seen elsewhere --------------------------------------------------------------------------------------------------


def seen(day: date, match: dict[str, Any], key: str = "ACME") -> dict[str, Any]:
    found = frame(FoundStatements, [{"key": key, "link": "https://acme.example/s", "seen": day, "who": "officer"}])
    inputs = Inputs(AS_OF, register({}), found_statements=found)
    return statements.judge(suppliers("company"), matches(**match), inputs, POLICY).row(0, named=True)


@pytest.mark.parametrize(
    ("day", "match", "key", "statement"),
    [
        pytest.param(AS_OF, "none", "ACME", "found_elsewhere", id="seen today"),
        pytest.param(date(2025, 6, 30), "none", "ACME", "found_elsewhere", id="a year ago to the day"),
        pytest.param(date(2025, 6, 29), "none", "ACME", "none_found", id="more than a year ago"),
        pytest.param(date(2026, 7, 1), "none", "ACME", "none_found", id="after the as-of date"),
        pytest.param(AS_OF, "none", "OTHER", "none_found", id="another supplier's"),
        pytest.param(AS_OF, "same", "ACME", "current", id="the registry has one"),
        pytest.param(AS_OF, "possible", "ACME", "possible", id="a match waits for review"),
    ],
)
def test_seen_elsewhere(day: date, match: str, key: str, statement: str) -> None:
    row = seen(day, {"match": match, "entry_id": "E1" if match != "none" else None}, key)
    assert row["statement"] == statement
    assert (row["statement_url"] == "https://acme.example/s") == (statement == "found_elsewhere")


def test_seen_too_long_ago_is_said() -> None:
    assert seen(date(2024, 1, 2), {"match": "none", "entry_id": None})["reason"] == (
        "The supplier was not found in the registry copy of 1 June 2026; an officer saw a statement elsewhere on "
        "2 January 2024, which is too long ago to count."
    )


# ---- scope -----------------------------------------------------------------------------------------------------------

BANDS = [band.label for band in POLICY.turnover_bands]


@pytest.mark.parametrize(
    ("kind", "turnover", "scope"),
    [
        *[pytest.param("company", band, "likely_required", id=f"company, {band}") for band in BANDS[1:]],
        pytest.param("company", BANDS[0], "likely_not_required", id="company below the threshold"),
        pytest.param("company", "Not provided", "not_known", id="company, turnover not provided"),
        pytest.param("company", None, "not_known", id="company, turnover not known"),
        pytest.param("charity", BANDS[4], "likely_required", id="large charity"),
        pytest.param("charity", BANDS[0], "likely_not_required", id="small charity"),
        pytest.param("charity", None, "not_known", id="charity"),
        pytest.param("education", BANDS[3], "likely_required", id="university"),
        pytest.param("education", None, "not_known", id="school"),
        pytest.param("unknown", BANDS[4], "likely_required", id="kind not known, turnover known"),
        pytest.param("unknown", None, "not_known", id="nothing known"),
        pytest.param("public_body", BANDS[4], "likely_not_required", id="public body"),
        pytest.param("individual", None, "likely_not_required", id="sole trader"),
        pytest.param("internal", None, "likely_not_required", id="internal"),
        pytest.param("redacted", None, "not_known", id="redacted"),
    ],
)
def test_scope(kind: str, turnover: str | None, scope: str) -> None:
    assert judged({"turnover": turnover}, kind=kind)["scope"] == scope


@pytest.mark.parametrize(
    ("turnover", "scope"),
    [
        pytest.param(BANDS[0], "likely_not_required", id="the whole group is below"),
        pytest.param(BANDS[1], "not_known", id="the group is above, the member may be below"),
    ],
)
def test_scope_of_a_group_member(turnover: str, scope: str) -> None:
    assert judged({**GROUP, "turnover": turnover})["scope"] == scope


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_scope_with_its_reason(kind: str) -> None:
    row = judged({"turnover": None}, kind=kind)
    assert row["scope_reason"].endswith(".")


# ---- Companies House and presumed-in-scope lists ---------------------------------------------------------------------

NUMBER = "99100011"


def with_companies(accounts: str | None, listed: date | None, taken: date = AS_OF, **record: Any) -> dict[str, Any]:
    """The position of a company of which the registry knows no turnover, unless `record` says so."""
    rows = frame(Companies, [{"company_number": NUMBER, "accounts_category": accounts}], name="Acme Limited")
    lists = [] if listed is None else [{"company_number": NUMBER, "name": "Acme", "listed": listed}]
    inputs = Inputs(
        AS_OF,
        register({"turnover": None, **record}),
        companies=CompanyRegister(replace(FACTS, date=taken, name="Companies House"), rows.lazy()),
        presumed_in_scope=frame(PresumedInScope, lists),
    )
    return statements.judge(suppliers("company"), matches(matched_number=NUMBER), inputs, POLICY).row(0, named=True)


LISTED = date(2020, 11, 1)


@pytest.mark.parametrize(
    ("accounts", "listed", "scope"),
    [
        pytest.param("MICRO ENTITY", None, "likely_not_required", id="small accounts"),
        pytest.param("DORMANT", None, "likely_not_required", id="dormant"),
        pytest.param("MEDIUM", None, "not_known", id="medium accounts"),
        pytest.param("FULL", None, "not_known", id="full accounts"),
        pytest.param("SOMETHING NEW", None, "not_known", id="a kind not known here"),
        pytest.param(None, None, "not_known", id="nothing known"),
        pytest.param(None, LISTED, "likely_required", id="listed"),
        pytest.param("FULL", LISTED, "likely_required", id="listed, full accounts"),
        pytest.param("MICRO ENTITY", LISTED, "not_known", id="listed, but small accounts"),
        pytest.param(None, AS_OF, "likely_required", id="listed on the as-of date"),
        pytest.param(None, date(2026, 7, 1), "not_known", id="listed after the as-of date"),
    ],
)
def test_scope_by_lists_and_accounts(accounts: str | None, listed: date | None, scope: str) -> None:
    assert with_companies(accounts, listed)["scope"] == scope


@pytest.mark.parametrize(
    ("record", "accounts", "scope"),
    [
        pytest.param({"turnover": BANDS[2]}, "MICRO ENTITY", "likely_required", id="the turnover band comes first"),
        pytest.param({**GROUP, "turnover": BANDS[4]}, "SMALL", "likely_not_required", id="small member of a group"),
        pytest.param({**GROUP, "turnover": BANDS[4]}, "FULL", "not_known", id="member of a group, full accounts"),
    ],
)
def test_scope_by_band_then_accounts(record: dict[str, Any], accounts: str, scope: str) -> None:
    assert with_companies(accounts, None, **record)["scope"] == scope


@pytest.mark.parametrize(
    ("taken", "scope"),
    [
        (AS_OF - timedelta(days=400), "likely_not_required"),
        (AS_OF - timedelta(days=401), "not_known"),
        (AS_OF + timedelta(days=1), "not_known"),
    ],
    ids=["400 days old", "401 days old", "taken after the as-of date"],
)
def test_age_of_companies_house_data(taken: date, scope: str) -> None:
    assert with_companies("SMALL", None, taken)["scope"] == scope


def test_reason_names_the_accounts_and_their_day() -> None:
    assert with_companies("MEDIUM", None)["scope_reason"] == (
        "Companies House (30 June 2026) lists its last accounts as MEDIUM. Accounts of this kind are for companies "
        "with a turnover of up to £54 million, which may be below or above £36 million."
    )


def test_reason_names_the_list() -> None:
    assert with_companies(None, LISTED)["scope_reason"] == (
        "It stands in a list of organisations presumed to have the duty, of 1 November 2020, by its company number."
    )


# ---- the law as dated rows -------------------------------------------------------------------------------------------


def with_row(effective_from: date, **changes: Any) -> StatementsPolicy:
    """The policy with a further state of the law; `kinds` in `changes` maps a kind to its rule."""
    first = POLICY.duties[0]
    rules = changes.pop("kinds", {})
    kinds = [rule.model_copy(update={"rule": rules.get(rule.kind, rule.rule)}) for rule in first.kinds]
    second = first.model_copy(update={"effective_from": effective_from, "kinds": tuple(kinds), **changes})
    return POLICY.model_copy(update={"duties": (first, second)})


@pytest.mark.parametrize(
    ("effective_from", "scope"), [(AS_OF, "likely_required"), (AS_OF + timedelta(days=1), "likely_not_required")]
)
def test_change_of_law_is_a_new_row(effective_from: date, scope: str) -> None:
    policy = with_row(effective_from, kinds={"public_body": "likely_required"})
    inputs = Inputs(AS_OF, register({}))
    assert statements.judge(suppliers("public_body"), matches(), inputs, policy)["scope"].to_list() == [scope]


@pytest.mark.parametrize(("of", "said"), [({}, "does not tell whether"), (GROUP, "that of the whole group")])
def test_band_that_straddles_a_new_threshold_settles_nothing(of: dict[str, Any], said: str) -> None:
    turnover = POLICY.duties[0].turnover.model_copy(update={"value": 50_000_000})
    policy = with_row(AS_OF, turnover=turnover)
    inputs = Inputs(AS_OF, register({"turnover": BANDS[1], **of}))
    row = statements.judge(suppliers("company"), matches(), inputs, policy).row(0, named=True)
    assert (row["scope"], said in row["scope_reason"]) == ("not_known", True)


def test_every_turnover_of_the_registry_is_a_band() -> None:
    ends = [(band.least, band.below) for band in POLICY.turnover_bands]
    assert [least for least, _ in ends[1:]] == [below for _, below in ends[:-1]]


def test_duty_needs_a_rule_for_every_kind() -> None:
    first = POLICY.duties[0].model_dump()
    with pytest.raises(ValueError, match="needs exactly one row in kinds"):
        Duty.model_validate({**first, "kinds": first["kinds"][1:]})


def test_legal_points_and_recommended_areas_are_kept_apart() -> None:
    duty = POLICY.duties[0]
    assert {point.id for point in duty.legal_points} & {area.id for area in duty.recommended_areas} == set()
    assert sorted(area.id for area in duty.recommended_areas) == sorted(TOPICS)


def test_order_of_suppliers_is_kept() -> None:
    many = frame(
        Suppliers,
        [{"supplier_id": f"S{at}"} for at in (3, 1, 2)],
        name="Acme Ltd",
        key="ACME",
        kind="company",
        kind_reason="",
        personal=False,
    )
    result = statements.judge(many, matches(), Inputs(AS_OF, register({})), POLICY)
    assert result["supplier_id"].to_list() == ["S3", "S1", "S2"]
    assert Statements.is_valid(result)


# ---- two copies compared ---------------------------------------------------------------------------------------------


def position(statement: str, period_end: date | None = None, year: int | None = None) -> dy.DataFrame[Statements]:
    row = {"supplier_id": "S1", "statement": statement, "period_end": period_end, "year": year}
    return frame(Statements, [row], reason="", scope="not_known", scope_reason="")


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        pytest.param(("none_found",), ("current", AS_OF), "new", id="found now"),
        pytest.param(("none_found",), ("out_of_date", AS_OF), "new", id="an old one found now"),
        pytest.param(("current", date(2025, 3, 31)), ("current", date(2026, 3, 31)), "renewed", id="a later period"),
        pytest.param(("out_of_date", date(2023, 3, 31)), ("group", AS_OF), "renewed", id="out of date, then renewed"),
        pytest.param(("current", None, 2025), ("current", None, 2026), "renewed", id="a later registry year"),
        pytest.param(("current", AS_OF), ("current", AS_OF), "none", id="as it was"),
        pytest.param(("current", AS_OF), ("ageing", AS_OF), "none", id="a little older"),
        pytest.param(("ageing", AS_OF), ("out_of_date", AS_OF), "lapsed", id="too old now"),
        pytest.param(("current", AS_OF), ("none_found",), "lapsed", id="gone"),
        pytest.param(("out_of_date", AS_OF), ("out_of_date", AS_OF), "none", id="still out of date"),
        pytest.param(("none_found",), ("none_found",), "none", id="still none"),
        pytest.param(("not_checked",), ("current", AS_OF), "not_comparable", id="not checked before"),
        pytest.param(("current", AS_OF), ("possible",), "not_comparable", id="waits for review now"),
    ],
)
def test_changes(before: tuple[Any, ...], after: tuple[Any, ...], change: str) -> None:
    found = changes.compare(position(*before), position(*after))
    assert found["change"].to_list() == [change]


def test_supplier_that_was_not_there_before() -> None:
    found = changes.compare(Statements.create_empty(), position("current", AS_OF))
    assert found.select("change", "before").rows() == [("new", None)]
