"""What an officer said of headings is remembered for the layout and applied next time."""

from __future__ import annotations

from pathlib import Path

from checker import mappings
from riskengine import lines
from riskengine.schemas import Sheet
from tests.riskengine.lists import column, policy, read, sheet

HEADINGS = ("Supplier", "Trading as", "Amount")
OTHER = ("Supplier", "Payee", "Amount")


def march(headings: tuple[str, ...] = HEADINGS, name: str = "march.xlsx") -> Sheet:
    return sheet([headings, ("Elm Ltd", "Elm Care", "5.00")], file=name)


def test_it_is_applied_to_the_next_file_of_the_layout(tmp_path: Path) -> None:
    mappings.remember(tmp_path, lines.look([march()], policy()), {"supplier": "Trading as"})
    april = march(("SUPPLIER", "Trading As:", "Amount (£)"), "april.xlsx")
    recalled = mappings.recall(tmp_path, lines.look([april], policy()))
    found = read(april, mapping=recalled)
    assert column(found, "supplier_text") == ["Elm Care"]
    assert found.headings.filter(field="supplier")["reason"][0].startswith("Chosen by an officer")


def test_it_is_not_applied_to_another_layout(tmp_path: Path) -> None:
    mappings.remember(tmp_path, lines.look([march()], policy()), {"supplier": "Trading as"})
    assert mappings.recall(tmp_path, lines.look([march(OTHER)], policy())) == {}


def test_only_headings_of_the_layout_are_remembered(tmp_path: Path) -> None:
    both = lines.look([march(), march(OTHER, "other.xlsx")], policy())
    mappings.remember(tmp_path, both, {"supplier": "Payee"})
    assert mappings.recall(tmp_path, lines.look([march()], policy())) == {}


def test_a_later_choice_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    looked = lines.look([march()], policy())
    mappings.remember(tmp_path, looked, {"supplier": "Trading as"})
    mappings.remember(tmp_path, looked, {"supplier": "Supplier"})
    assert mappings.recall(tmp_path, looked) == {"supplier": "Supplier"}


def test_a_damaged_store_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "mappings.json").write_text("{", "utf-8")
    assert mappings.recall(tmp_path, lines.look([march()], policy())) == {}
