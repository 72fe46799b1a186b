"""What the Upload page says of how headings were understood."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from checker.runs import Run
from checker.show import intake
from checker.turns import Place
from riskengine.schemas import Headings
from tests.checker.records.made import built_in
from tests.frames import frame


def headings(*pairs: tuple[str, str | None]) -> Any:
    rows = [{"column": at, "heading": heading, "field": field} for at, (heading, field) in enumerate(pairs, start=1)]
    return frame(Headings, rows, file="list.csv", sheet="list", reason="Usual.")


def test_each_field_shows_the_headings_it_was_taken_from() -> None:
    found = headings(("Payee", "supplier"), ("Supplier", "supplier"), ("Net", "amount"), ("VAT", None))
    assert intake.understood(found) == {
        "supplier": "As understood: Payee and Supplier",
        "amount": "As understood: Net",
    }


PAGE = """
import streamlit as st

from checker.show import intake
from checker.show.labels import Labels

assessment = st.session_state["assessment"]
remembered = st.session_state["remembered"]
st.json(intake.ask_mapping(assessment, Labels(assessment.policy), remembered) or {})
"""
"""The boxes that ask which heading holds a field, and what they give."""


def ask(assessment: Any, **remembered: str) -> AppTest:
    app = AppTest.from_string(PAGE)
    app.session_state["assessment"] = assessment
    app.session_state["remembered"] = remembered
    return app.run()


def test_a_reader_can_say_that_no_column_holds_a_field() -> None:
    app = ask(dataclasses.replace(built_in(), mapping={}))
    app.selectbox(key="map_amount").set_value(intake.NO_COLUMN)
    app.button[0].click().run()
    assert json.loads(app.json[0].value) == {"amount": ""}


def test_what_was_said_before_stands_in_the_boxes() -> None:
    headings = built_in().headings["heading"].drop_nulls()
    app = ask(dataclasses.replace(built_in(), mapping={"amount": "", "supplier": headings[0]}))
    assert app.selectbox(key="map_amount").value == intake.NO_COLUMN
    assert app.selectbox(key="map_supplier").value == headings[0]
    assert app.selectbox(key="map_date").value == intake.AS_UNDERSTOOD


def test_as_understood_undoes_what_was_chosen_or_remembered() -> None:
    headings = built_in().headings["heading"].drop_nulls()
    before = {"amount": "", "date": "A heading of another list"}
    app = ask(dataclasses.replace(built_in(), mapping={"supplier": headings[0]}), **before)
    assert app.selectbox(key="map_amount").value == intake.NO_COLUMN
    app.selectbox(key="map_amount").set_value(intake.AS_UNDERSTOOD)
    app.button[0].click().run()
    assert json.loads(app.json[0].value) == {"amount": "as understood", "supplier": headings[0]}


def test_many_headings_are_counted() -> None:
    found = headings(("Payee", "supplier"), ("Supplier", "supplier"), ("Vendor", "supplier"))
    assert intake.understood(found) == {"supplier": "As understood: 3 headings, one a sheet"}


def test_a_run_that_waits_says_for_how_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(tmp_path)
    for place, words in (
        (None, "Starting"),
        (Place(1, 0), "Waiting for its turn: 1 run is at work, 0 runs wait before yours."),
        (Place(2, 1), "Waiting for its turn: 2 runs are at work, 1 run waits before yours."),
    ):
        monkeypatch.setattr(Run, "waiting", lambda _, place=place: place)
        assert intake.doing(run) == words
