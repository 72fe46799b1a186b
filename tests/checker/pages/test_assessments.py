"""The Assessments page: published, withdrawn, made a draft again, and compared with an earlier one."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from checker import records
from checker.settings import Settings
from tests.checker.pages.screen import drawn, texts

Opener = Callable[..., AppTest]


@pytest.fixture
def page(kept: Path, tmp_path: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page over a copy of the kept assessment."""
    shutil.copytree(kept, tmp_path / "data")
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))
    return opened("assessments")


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return app.run()


def reason(app: AppTest, text: str) -> AppTest:
    next(box for box in app.text_input if box.label == "Reason").set_value(text)
    return app


def state() -> str:
    return records.recent()[0].state


def test_what_is_open_is_told_before_publishing(page: AppTest) -> None:
    said = texts(page)
    assert "possible match" in said
    assert "rows were set aside and not assessed" in said
    assert "It uses the sample registry, which is fictional" in said


def test_an_assessment_is_published_withdrawn_and_made_a_draft_again(page: AppTest) -> None:
    press(page, "Publish this assessment")
    assert (state(), [box.value for box in page.success]) == ("published", ["The assessment is published."])
    press(reason(page, "The list of another year"), "Withdraw this assessment")
    assert state() == "withdrawn"
    press(reason(page, "It was the right list"), "Make it a draft again")
    assert state() == "draft"
    rows = drawn(page)["What the audit trail says"]
    assert [(row[1]["text"], row[2]["text"], row[3]["text"]) for row in rows] == [
        (records.me(), "Made an assessment a draft again", "It was the right list"),
        (records.me(), "Withdrew an assessment", "The list of another year"),
        (records.me(), "Published an assessment", ""),
        (records.me(), "Kept an assessment", ""),
    ]


def test_a_withdrawal_needs_a_reason(page: AppTest) -> None:
    press(page, "Withdraw this assessment")
    assert (state(), [box.value for box in page.error]) == ("draft", ["Say why the assessment is withdrawn."])


def test_two_assessments_are_compared(page: AppTest, opened: Opener) -> None:
    first = records.recent()[0].id
    found = records.load(first)
    raised = found.supplier_scores.with_columns(points=found.supplier_scores["points"] + 5)
    second = records.save(dataclasses.replace(found, supplier_scores=raised))
    st.cache_resource.clear()
    app = opened("assessments", assessment=second)
    assert app.selectbox(key=f"earlier_{second}").value == first
    counted = {row[0]["text"]: int(row[1]["text"]) for row in drawn(app)["Suppliers by what changed"]}
    assert counted["More points"] == found.suppliers.height
    assert sum(counted.values()) == found.suppliers.height
    assert len(drawn(app)["Suppliers that changed"]) == 25


def test_an_assessment_whose_lists_are_not_kept_is_not_offered_to_be_made_again(page: AppTest) -> None:
    assert "Its lists are not kept" in texts(page)
    assert "Make it again and compare" not in [button.label for button in page.button]


def test_an_assessment_that_cannot_be_opened_is_not_told_as_none(page: AppTest, opened: Opener) -> None:
    assert page
    made = records.recent()[0].id
    bands = Settings().assessments_dir / made / "policy" / "bands.toml"
    bands.write_text("[another]\n" + bands.read_text("utf-8"), "utf-8")
    st.cache_resource.clear()
    app = opened("dashboard")
    assert "whose policy this one can't read" in app.error[0].value
    assert "There is no list to show yet" not in [block.value for block in app.subheader]


def test_the_list_names_every_assessment_with_its_state(page: AppTest) -> None:
    (row,) = drawn(page)["Assessments kept, the latest first"]
    assert [cell["text"] for cell in row[1:3]] == ["30 June 2026", "Draft"]
    assert row[0]["href"] == f"assessments?assessment={records.recent()[0].id}"
