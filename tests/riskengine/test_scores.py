"""Step 8: points are the sum of findings' points; bands, shares and flags follow from them alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskengine import policy, scores, suppliers
from riskengine.schemas import Findings, Sectors
from tests.frames import evidence, frame, lines

POLICY = policy.load()
TWO_LINES = lines({"description": "Cleaning"}, {"description": "Catering"})
FOUND = suppliers.find(TWO_LINES, POLICY)
SUPPLIER = FOUND.suppliers["supplier_id"].item()
PURCHASES = FOUND.links["purchase_id"].to_list()
SUBJECTS = [("line", "L1"), ("line", "L2"), *[("purchase", purchase) for purchase in PURCHASES], ("supplier", SUPPLIER)]


def score(
    findings: list[dict[str, Any]], level: str = "high", own: policy.Policy = POLICY
) -> tuple[pl.DataFrame, pl.DataFrame]:
    asked = frame(Findings, findings, indicator="sector_level", outcome="raised", case="high", points=0)
    about = evidence(TWO_LINES, FOUND, level)
    return scores.add_up(asked, about.links, about.sectors, own)


@given(
    st.lists(
        st.tuples(st.sampled_from(SUBJECTS), st.integers(0, 50), st.sampled_from(["raised", "clear", "not_checked"])),
        max_size=12,
    )
)
def test_a_line_s_points_are_the_sum_of_its_findings(drawn: list[tuple[tuple[str, str], int, str]]) -> None:
    rows = [
        {"subject": subject, "subject_id": id_, "points": points if outcome == "raised" else 0, "outcome": outcome}
        for (subject, id_), points, outcome in drawn
    ]
    result, _ = score(rows)
    for line, purchase, points, share in zip(
        ["L1", "L2"], PURCHASES, result["points"], result["checked_share"], strict=True
    ):
        own = [row for row in rows if row["subject_id"] in {line, purchase, SUPPLIER}]
        assert points == sum(row["points"] for row in own)
        checked = sum(row["outcome"] != "not_checked" for row in own)
        assert share == pytest.approx(checked / len(own) if own else 0.0)


BANDS = {
    "at the high threshold": (60, "high", "high"),
    "just below high": (59, "high", "medium"),
    "at the medium threshold": (40, "high", "medium"),
    "just below medium": (39, "high", "low"),
    "unknown sector is never low": (0, "unknown", "unknown"),
    "unknown sector is never medium": (59, "unknown", "unknown"),
    "unknown sector can be high": (60, "unknown", "high"),
}


@pytest.mark.parametrize(("points", "level", "band"), BANDS.values(), ids=BANDS)
def test_thresholds_are_inclusive(points: int, level: str, band: str) -> None:
    result, _ = score([{"subject": "line", "subject_id": "L1", "points": points}], level)
    assert result["band"][0] == band
    assert result["flagged"][0] == (band == "high")


def test_a_supplier_takes_the_points_and_band_of_its_highest_line() -> None:
    _, by_supplier = score(
        [{"subject": "line", "subject_id": "L1", "points": 20}, {"subject": "line", "subject_id": "L2", "points": 60}]
    )
    assert by_supplier.select("points", pl.col("band").cast(pl.String), "flagged").row(0) == (60, "high", True)


def test_a_supplier_s_share_is_over_all_questions_of_its_lines() -> None:
    _, by_supplier = score(
        [
            {"subject": "line", "subject_id": "L1", "outcome": "not_checked"},
            *({"subject": "line", "subject_id": "L2", "indicator": name} for name in ("price", "scope", "statement")),
        ]
    )
    assert by_supplier["checked_share"].to_list() == [0.75]


@pytest.mark.parametrize(("outcome", "flagged"), [("raised", True), ("clear", False), ("not_checked", False)])
def test_a_register_finding_flags_where_it_is_raised(outcome: str, flagged: bool) -> None:
    flagging = {"statement": POLICY.indicators["statement"].model_copy(update={"flags": True})}
    found = {"subject": "supplier", "subject_id": SUPPLIER, "indicator": "statement", "outcome": outcome}
    _, by_supplier = score([found], own=replace(POLICY, indicators=flagging))
    assert by_supplier["flagged"].to_list() == [flagged]


def test_unknown_beats_low_when_the_points_are_equal() -> None:
    about = evidence(TWO_LINES, FOUND, "low")
    mixed = about.sectors.with_columns(level=pl.Series(["low", "unknown"], dtype=about.sectors.schema["level"]))
    _, by_supplier = scores.add_up(Findings.create_empty(), about.links, Sectors.validate(mixed), POLICY)
    assert by_supplier["band"].to_list() == ["unknown"]


def test_no_question_answered_is_a_share_of_nought() -> None:
    result, by_supplier = score([{"subject": "line", "subject_id": "L1", "outcome": "not_checked"}])
    assert result["checked_share"].to_list() == [0.0, 0.0]
    assert by_supplier["checked_share"].to_list() == [0.0]
