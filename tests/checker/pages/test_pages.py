"""Each page over a kept assessment, and over none."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from checker import records, runs, session
from checker.runs import Ended
from checker.show import links
from checker.show.literal import literal
from tests.checker.pages.conftest import _open
from tests.checker.pages.screen import drawn, texts

Opener = Callable[..., AppTest]
NEED_AN_ASSESSMENT = ["dashboard", "supplier", "audit"]


@pytest.mark.parametrize("page", links.PAGES)
def test_every_page_has_its_title(opened: Opener, page: str) -> None:
    assert [title.value for title in opened(page).title] == [page.capitalize()]


@pytest.mark.parametrize("page", NEED_AN_ASSESSMENT)
def test_a_page_without_an_assessment_says_what_to_do(opened_empty: Opener, page: str) -> None:
    assert "There is no list to show yet" in [block.value for block in opened_empty(page).subheader]


@pytest.mark.parametrize("page", [*NEED_AN_ASSESSMENT, "upload"])
def test_the_sample_registry_is_named_as_fictional(opened: Opener, page: str) -> None:
    assert any("fictional" in warning.value for warning in opened(page).warning)


@pytest.mark.parametrize("page", links.PAGES)
def test_no_page_uses_a_banned_word(opened: Opener, page: str, banned: re.Pattern[str]) -> None:
    assert not banned.search(texts(opened(page)))


@pytest.mark.parametrize("page", links.PAGES)
def test_no_page_names_a_person(opened: Opener, page: str, persons: list[str]) -> None:
    said = texts(opened(page))
    assert persons
    assert not [name for name in persons if name in said]


def test_a_person_is_found_by_id_alone(opened: Opener, persons: list[str]) -> None:
    app = opened("supplier")
    app.text_input(key="supplier_text").set_value(persons[0]).run()
    assert list(drawn(app)) == ["0 suppliers, most points first"]
    app.text_input(key="supplier_text").set_value("withheld p0001").run()
    assert [rows[0][0]["text"] for rows in drawn(app).values()] == ["Name withheld (P0001)"]


def test_the_dashboard_keeps_amounts_of_different_kinds_apart(opened: Opener) -> None:
    app = opened("dashboard")
    said = next(block.value for block in app.markdown if "in the high band" in block.value)
    assert re.findall(r"^- \*\*(.+?):\*\*", said, re.MULTILINE) == [
        "Paid",
        "Yearly contract value",
        "Whole contract value",
    ]


def test_a_cell_of_the_matrix_chooses_its_lines(opened: Opener) -> None:
    matrix = drawn(opened("dashboard"))["Lines by sector and statement"]
    cell = next(cell for row in matrix for cell in row[2:] if "href" in cell)
    _, ids = links.parts(cell["href"])
    caption = next(name for name in drawn(opened("dashboard", **ids)) if ", most points first: " in name)
    assert caption.startswith(f"{cell['text']} line")


def test_a_line_leads_to_its_evidence(opened: Opener) -> None:
    lines = next(rows for caption, rows in drawn(opened("dashboard")).items() if "most points first" in caption)
    page, ids = links.parts(lines[0][0]["href"])
    app = opened(page, **ids)
    assert [title.value for title in app.title] == [lines[0][0]["text"]]
    points = next(rows for caption, rows in drawn(app).items() if caption.startswith("What adds up to its"))
    shown = int(lines[0][-1]["note"].split()[0])
    assert sum(int(row[2]["text"]) for row in points) == shown


@pytest.mark.parametrize("wanted", ["nobody", "../secret", "S'; drop table", ""])
def test_an_unknown_supplier_in_the_address_leads_to_the_list(opened: Opener, wanted: str) -> None:
    assert [title.value for title in opened("supplier", supplier=wanted).title] == ["Supplier"]


def test_an_unknown_assessment_in_the_address_is_not_opened(opened: Opener) -> None:
    app = opened("dashboard", assessment="../../etc")
    assert any("not there, or that is not open to you" in error.value for error in app.error)
    assert drawn(app) == {}


def test_a_supplier_is_found_by_a_part_of_its_name(opened: Opener) -> None:
    app = opened("supplier")
    app.text_input(key="supplier_text").set_value("tarnleigh").run()
    (rows,) = drawn(app).values()
    assert rows
    assert all("tarnleigh" in row[0]["text"].lower() for row in rows)


def test_the_audit_page_filters_by_band_and_words(opened: Opener) -> None:
    app = opened("audit")
    app.multiselect(key="bands").set_value(["high"]).run()
    app.text_input(key="words").set_value("agency").run()
    rows = next(rows for caption, rows in drawn(app).items() if "most points first" in caption)
    assert rows
    assert {row[-1]["text"] for row in rows} == {"High"}


def test_the_audit_page_says_what_was_asked(opened: Opener) -> None:
    asked = {row[0]["text"]: row[1]["text"] for row in drawn(opened("audit"))["What was asked"]}
    assert asked["As-of date"] == "30 June 2026"
    assert "fictional sample" in asked["Registry copy"]
    assert asked["Policy"].startswith("built-in (SHA-256 ")


def test_the_upload_page_shows_that_rows_and_amounts_add_up(opened: Opener) -> None:
    app = opened("upload")
    assert any("Rows and £ add up in every sheet." in block.value for block in app.markdown)
    assert "Set-aside rows by reason" in drawn(app)


@pytest.mark.parametrize("nameable", [False, True], ids=["a damaged file", "no heading known"])
def test_a_refused_list_asks_for_headings_only_where_they_help(
    kept: Path, tmp_path: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch, nameable: bool
) -> None:
    shutil.copytree(kept, tmp_path / "data")
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))
    run = runs.prepare()
    asked = {"files": [], "as_of": "2026-06-30", "registry": None, "mapping": {}, "who": records.me()}
    runs.write(run.folder / "request.json", asked)
    runs.write(run.folder / "ended.json", asdict(Ended(problems=("list.xlsx: it is damaged.",), nameable=nameable)))
    app = opened("upload", run=run.id)
    assert [error.value for error in app.error] == [literal("list.xlsx: it is damaged.")]
    assert [box.label.startswith("Heading of: ") for box in app.text_input] == [True] * 3 * nameable
    assert "What was read" not in [block.value for block in app.header]


def test_checking_without_a_list_says_what_is_missing(opened_empty: Opener) -> None:
    app = opened_empty("upload")
    next(button for button in app.button if button.label == "Check these lists").click().run()
    assert [error.value for error in app.error] == ["Choose at least one list first."]


def test_the_method_page_shows_every_indicator_and_sector(opened: Opener) -> None:
    app = opened("method")
    tables = drawn(app)
    assert len(tables["Sectors"]) == 46
    assert "Figures it compares with" in tables


def test_other_points_are_tried_without_saving_them(opened: Opener) -> None:
    app = opened("method")
    box = app.selectbox(key="what_if")
    at = next(at for at, option in enumerate(box.options) if option.startswith("Sector"))
    box.select_index(at).run()
    assert "Lines and £ that would change band" not in drawn(app)
    (points,) = app.number_input
    points.set_value(0.0).run()
    said = next(block.value for block in app.markdown if "would change band. Nothing was saved." in block.value)
    assert not said.startswith("0 of")
    assert sum(int(row[3]["text"]) for row in drawn(app)["Lines and £ that would change band"]) == int(said.split()[0])


def test_the_method_page_shows_the_next_steps_with_their_source(opened: Opener) -> None:
    steps = drawn(opened("method"))["Next steps"]
    assert steps
    assert all(row[4]["text"] for row in steps)


def test_the_audit_page_names_the_other_registers(opened: Opener) -> None:
    asked = {row[0]["text"]: row[1]["text"] for row in drawn(opened("audit"))["What was asked"]}
    assert "fictional sample" in asked["Companies House data"]
    assert asked["Organisations presumed in scope"] != "None"


QUESTIONS = [
    "How much of our money goes to higher-risk markets?",
    "Where does it go?",
    "Is it better than last time?",
    "What has been done?",
    "What is not known?",
]


def test_the_dashboard_answers_the_five_questions_first_and_in_order(opened: Opener) -> None:
    assert [header.value for header in opened("dashboard").header][:5] == QUESTIONS


def test_markets_and_departments_are_shown_for_one_kind_of_money(opened: Opener) -> None:
    app = opened("dashboard")
    before = drawn(app)["Higher-risk markets, most £ first"]
    app.radio(key="kind").set_value("yearly").run()
    after = drawn(app)["Higher-risk markets, most £ first"]
    assert before != after
    assert any("Markets: yearly contract value" in header.value for header in app.subheader)


def test_a_finding_has_an_address_that_shows_it_alone(opened: Opener) -> None:
    lines = next(rows for caption, rows in drawn(opened("dashboard")).items() if "most points first" in caption)
    _, ids = links.parts(lines[0][0]["href"])
    rows = drawn(opened("supplier", **ids))["Over all its lines, raised first"]
    page, finding = links.parts(rows[0][0]["href"])
    assert {"assessment", "supplier", "finding"} == set(finding)
    alone = drawn(opened(page, **finding))["The finding that was asked for"]
    assert rows[0] in alone
    assert {row[1]["note"] for row in alone} == {rows[0][1]["note"]}
    other = drawn(opened(page, **finding | {"finding": "no such question"}))
    assert other["Over all its lines, raised first"] == rows


def test_filters_are_saved_used_and_deleted(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(kept, tmp_path / "data")
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))
    app = _open("audit")
    app.multiselect(key="bands").set_value(["high"]).run()
    shown = [caption for caption in drawn(app) if caption.endswith("flagged suppliers, most points first")]
    app.text_input(key="view_name").set_value("High band")
    press(app, "Save the view")
    assert [one.name for one in records.saved_views(records.me())] == ["High band"]
    press(app, "Clear all filters")
    assert app.multiselect(key="bands").value == []
    press(app, "Use this view")
    assert app.multiselect(key="bands").value == ["high"]
    assert [caption for caption in drawn(app) if caption.endswith("flagged suppliers, most points first")] == shown
    press(app, "Delete this view")
    assert records.saved_views(records.me()) == []


def test_a_press_outlives_a_run_that_is_broken_off(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the text of another field arrives right after it: the run that was told of the press never gets there."""
    shutil.copytree(kept, tmp_path / "data")
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))
    app = _open("audit")
    app.multiselect(key="bands").set_value(["high"]).run()
    with monkeypatch.context() as broken:
        broken.setattr(session, "pressed", lambda _: False)
        app.text_input(key="view_name").set_value("High band")
        press(app, "Save the view")
    assert records.saved_views(records.me()) == []
    app.run()
    assert [one.name for one in records.saved_views(records.me())] == ["High band"]
    app.run()
    assert "The view was saved." not in [one.value for one in app.success]


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return app.run()
