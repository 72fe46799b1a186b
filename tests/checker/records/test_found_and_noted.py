"""Statements found elsewhere, notes and replies."""

from __future__ import annotations

from datetime import date

import pytest

from checker import records
from checker.records import RecordError

LINK = "https://www.acme.example/modern-slavery"
SEEN = date(2026, 5, 4)


def test_a_found_statement_is_handed_to_the_next_run() -> None:
    records.record_found_statement("acme", LINK, SEEN, "An Officer")
    assert records.found_statements().to_dicts() == [{"key": "acme", "link": LINK, "seen": SEEN, "who": "An Officer"}]


def test_the_last_look_at_a_link_holds() -> None:
    records.record_found_statement("acme", LINK, SEEN, "A")
    records.record_found_statement("acme", LINK, date(2026, 6, 1), "B")
    assert records.found_statements().get_column("seen").to_list() == [date(2026, 6, 1)]


def test_a_found_statement_is_taken_back() -> None:
    records.record_found_statement("acme", LINK, SEEN, "A")
    records.withdraw_found_statement("acme", LINK, "B")
    assert records.found_statements().is_empty()
    with pytest.raises(RecordError, match="No such statement"):
        records.withdraw_found_statement("acme", LINK, "B")


@pytest.mark.parametrize("link", ["", "acme", "javascript:alert(1)", "file:///etc/passwd", "https://", "https://a b"])
def test_a_link_that_is_no_web_address_is_refused(link: str) -> None:
    with pytest.raises(RecordError, match="should be the address of a page"):
        records.record_found_statement("acme", link, SEEN, "A")


def test_notes_and_replies_stand_together_the_latest_first() -> None:
    records.note("acme", "Called them\x00", "A")
    records.reply("acme", "We publish in June", "B", "statement")
    records.note("bolt", "Other", "A")
    assert [(one.kind, one.indicator, one.text, one.who) for one in records.notes("acme")] == [
        ("reply", "statement", "We publish in June", "B"),
        ("note", None, "Called them", "A"),
    ]


@pytest.mark.parametrize("text", ["", " \n ", "x" * 10_001], ids=["empty", "blank", "too long"])
def test_a_note_says_something_and_not_too_much(text: str) -> None:
    with pytest.raises(RecordError, match="between 1 and 10,000"):
        records.note("acme", text, "A")


def test_a_note_can_be_erased_and_the_trail_says_so() -> None:
    records.note("acme", "Private matter", "A")
    records.erase_note(records.notes("acme")[0].id, "B", "Personal data")
    assert records.notes("acme") == []
    assert "Private matter" not in str(records.trail())
    assert records.trail(1)[0].action == "erased a note"
