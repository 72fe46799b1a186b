"""The Review page: a possible match decided, undone, and a statement found elsewhere recorded."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from checker import records
from tests.checker.pages.screen import drawn, texts

Opener = Callable[..., AppTest]


@pytest.fixture
def page(kept: Path, tmp_path: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page over a copy of the kept assessment, so that decisions stay within one test."""
    shutil.copytree(kept, tmp_path / "data")
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))
    return opened("review")


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label.startswith(label)).click()
    return app.run()


def decide(app: AppTest, label: str, why: str = "Another town") -> AppTest:
    next(box for box in app.text_input if box.label.startswith("Reason")).set_value(why)
    return press(app, label)


def shown(app: AppTest) -> str:
    return "\n".join([texts(app), *(block.value for block in app.success), *(block.value for block in app.error)])


def test_the_supplier_stands_beside_the_record(page: AppTest) -> None:
    rows = {
        row[0]["text"]: [cell["text"] for cell in row[1:]]
        for row in drawn(page)[f"{name(page)} beside the registry copy"]
    }
    known = records.load(records.recent()[0].id).matches["matched_name"].drop_nulls().to_list()
    assert rows["Name"][1] in known
    assert rows["What the checker says"][1].startswith("Possible match, needs review, score ")


def test_each_part_of_the_score_shows_the_words_it_speaks_of(page: AppTest) -> None:
    parts = next(rows for caption, rows in drawn(page).items() if caption.endswith(" was compared"))
    told = {row[0]["text"]: [cell["text"] for cell in row[1:3]] for row in parts}
    assert told["Where every pair begins"] == ["", ""]
    words = name(page).upper().split()
    assert set(told["Words in common"][0].split()) <= set(words)


@pytest.mark.parametrize(
    ("label", "word"),
    [
        ("Same", "same"),
        ("Not the same", "not_same"),
        ("Its parent or group", "parent"),
        ("Not sure", "not_sure"),
    ],
)
def test_a_word_is_kept_with_who_and_why(page: AppTest, label: str, word: str) -> None:
    decide(page, label)
    (held,) = records.holding()
    assert (held.decision, held.why, held.who) == (word, "Another town", records.me())
    assert f"Recorded: {label.lower()}." in shown(page)


@pytest.mark.parametrize("label", ["Same", "Not the same", "Its parent or group"])
def test_a_reason_is_required(page: AppTest, label: str) -> None:
    decide(page, label, why="  ")
    assert records.holding() == []
    assert "Give a short reason first" in shown(page)


@pytest.fixture
def with_one_record(page: AppTest, opened: Opener) -> AppTest:
    """The page at a supplier that one record alone may be."""
    assert page
    possible = records.load(records.recent()[0].id).matches.filter(pl.col("match") == "possible")
    return opened("review", supplier=possible.filter(pl.len().over("supplier_id") == 1)["supplier_id"][0])


def test_what_is_decided_leaves_the_queue_and_can_be_undone(with_one_record: AppTest) -> None:
    page, before = with_one_record, waiting(with_one_record)
    decide(page, "Not the same")
    assert waiting(page) == before - 1
    assert "1 decision will take effect at the next run" in shown(page)
    press(page, "Undo: not the same")
    assert waiting(page) == before
    assert records.holding() == []


def test_what_one_is_not_sure_of_stays(with_one_record: AppTest) -> None:
    page, before = with_one_record, waiting(with_one_record)
    decide(page, "Not sure", why="")
    assert waiting(page) == before - 1
    assert "You were not sure of 1 more" in shown(page)


@pytest.mark.parametrize(
    ("link", "recorded", "said"),
    [
        ("https://greenholme.example/statement", 1, "The statement was recorded."),
        ("javascript:alert(1)", 0, "The link should be the address of a page"),
    ],
    ids=["a web address", "no web address"],
)
def test_a_statement_found_elsewhere_is_recorded(page: AppTest, link: str, recorded: int, said: str) -> None:
    next(box for box in page.text_input if box.label.startswith("Link")).set_value(link)
    press(page, "Record this statement")
    assert records.found_statements().height == recorded
    assert said in shown(page)


def test_a_likely_person_is_not_reviewed(opened: Opener) -> None:
    assert "P0001" not in name(opened("review", supplier="P0001"))


def waiting(app: AppTest) -> int:
    """How many possible matches the page says are to be decided."""
    said = re.search(r"(\d+) possible match(?:es)? to decide", shown(app))
    assert said is not None, shown(app)
    return int(said[1])


def name(app: AppTest) -> str:
    """The supplier under review."""
    return str(app.header[0].value)
