"""Notes and replies on the Supplier page."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from checker import records
from checker.show import links
from tests.checker.pages.screen import drawn, texts

Opener = Callable[..., AppTest]


@pytest.fixture
def page(kept: Path, tmp_path: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page of the supplier with most points, over a copy of the kept assessment."""
    shutil.copytree(kept, tmp_path / "data")
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))
    lines = next(rows for caption, rows in drawn(opened("dashboard")).items() if "most points first" in caption)
    _, ids = links.parts(lines[0][0]["href"])
    return opened("supplier", supplier=ids["supplier"], line=ids["line"])


def record(app: AppTest, kind: str, text: str, about: int = 0) -> AppTest:
    next(box for box in app.radio if box.label == "What do you record?").set_value(kind)
    next(box for box in app.selectbox if box.label.startswith("About")).select_index(about)
    app.text_area[0].set_value(text)
    return press(app, "Record it")


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return app.run()


def held() -> list[records.Note]:
    return records.every_note(records.load(records.recent()[0].id).suppliers["key"].to_list())


def test_a_note_is_kept_with_who(page: AppTest) -> None:
    record(page, "note", "Called the contract manager")
    (kept,) = held()
    assert (kept.kind, kept.indicator, kept.text, kept.who) == (
        "note",
        None,
        "Called the contract manager",
        records.me(),
    )
    assert [row[2]["text"] for row in drawn(page)["Notes and replies, the latest first"]] == [kept.text]


def test_a_reply_stands_beside_the_finding_it_answers(page: AppTest) -> None:
    record(page, "reply", "Our statement is on our own site", about=1)
    (kept,) = held()
    found = drawn(page)["Over all its lines, raised first"]
    beside = [row[1]["note"] for row in found if "Our statement is on our own site" in row[1]["note"]]
    assert kept.kind == "reply"
    assert len(beside) >= 1
    assert all("The supplier replied, " in note for note in beside)
    points = next(rows for caption, rows in drawn(page).items() if caption.startswith("What adds up to its"))
    assert any("Our statement is on our own site" in row[1].get("note", "") for row in points)


def test_an_empty_note_is_refused(page: AppTest) -> None:
    record(page, "note", " ")
    assert held() == []
    assert [box.value for box in page.error] == ["A note should hold between 1 and 10,000 signs."]


def test_a_note_is_deleted_with_a_reason(page: AppTest) -> None:
    record(page, "note", "Name of a worker")
    press(page, "Delete it")
    assert [box.value for box in page.error] == ["Say why the note is deleted."]
    next(box for box in page.text_input if box.label == "Reason").set_value("Personal data")
    press(page, "Delete it")
    assert held() == []
    assert "The note was deleted." in [box.value for box in page.success]


def test_of_likely_persons_nothing_is_recorded(page: AppTest, opened: Opener) -> None:
    assert "Nothing is recorded of likely persons." in texts(opened("supplier", supplier="P0001"))
