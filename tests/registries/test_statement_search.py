"""Looking a name or number up in the copy of the statement registry."""

from __future__ import annotations

import pytest

from registries import statement_registry, statement_search
from registries.sample import FOLDER
from riskengine.schemas import StatementRegister


@pytest.fixture(scope="module")
def register() -> StatementRegister:
    return statement_registry.load([FOLDER])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("tarnleigh", ["Tarnleigh Homecare Limited"], id="one word, any case"),
        pytest.param("care brackenholt", ["BRACKENHOLT CARE GROUP PLC"], id="words in any order"),
        pytest.param("oldbarrow", ["GANNETBY FACILITIES MANAGEMENT PLC"], id="an earlier name"),
        pytest.param("99100011", ["Tarnleigh Homecare Limited"], id="a number"),
        pytest.param("OC 990017", ["ELLERDYKE & THRUPP LLP"], id="a number with a blank"),
        pytest.param("wychenford", ["WYCHENFORD STAFFING SOLUTIONS LIMITED"] * 2, id="two of one name"),
        pytest.param("nobody at all", [], id="nothing"),
        pytest.param(" ", [], id="no words"),
        pytest.param(
            "(",
            ["GREENHOLM GROUNDS MAINTENANCE (NORTHERN) LIMITED", "LINTWICK AND SONS (CONTRACTORS) LIMITED"],
            id="a sign",
        ),
    ],
)
def test_find(register: StatementRegister, text: str, names: list[str]) -> None:
    assert statement_search.find(register, text)["name"].to_list() == names


def test_latest_statement_is_shown(register: StatementRegister) -> None:
    row = statement_search.find(register, "Saltwick House").row(0, named=True)
    assert (row["year"], str(row["period_end"])) == (2024, "2024-03-31")


def test_at_most_so_many_rows(register: StatementRegister) -> None:
    assert statement_search.find(register, "limited", most=5).height == 5


def test_name_that_begins_with_the_words_comes_first(register: StatementRegister) -> None:
    assert (
        statement_search.find(register, "stavencross building")["name"].to_list()[0] == "STAVENCROSS BUILDING GROUP PLC"
    )
