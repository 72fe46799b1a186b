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


def tick(app: AppTest, ticked: int, why: str) -> None:
    for box in app.checkbox[:ticked]:
        box.check()
    next(box for box in app.text_input if box.label.startswith("Reason for all")).set_value(why)
    press(app, "None of these")


def test_many_are_settled_at_once_and_taken_back_at_once(page: AppTest) -> None:
    before = waiting(page)
    tick(page, 2, "Plainly other firms")
    assert waiting(page) == before - 2
    held = records.holding()
    assert {(one.decision, one.why) for one in held} == {("not_same", "Plainly other firms")}
    assert len({one.key for one in held}) == 2
    press(page, f"Undo: not the same, {len(held)} records")
    assert (waiting(page), records.holding()) == (before, [])


@pytest.mark.parametrize(
    ("ticked", "why", "said"),
    [(0, "Other firms", "Tick at least one supplier first."), (1, " ", "Give a short reason")],
)
def test_nothing_is_settled_without_a_tick_and_a_reason(page: AppTest, ticked: int, why: str, said: str) -> None:
    tick(page, ticked, why)
    assert said in shown(page)
    assert records.holding() == []


def test_the_least_alike_are_asked_first_where_wanted(page: AppTest) -> None:
    page.radio[0].set_value("unlike").run()
    (rows,) = (rows for caption, rows in drawn(page).items() if caption.endswith("suppliers, least alike first"))
    scores = [float(row[2]["text"]) for row in rows]
    assert scores == sorted(scores)
    assert name(page) == rows[0][0]["text"]


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
