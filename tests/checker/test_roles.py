"""Who may open and do what, as one table: a change of it is a change of this test."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from checker import pages, roles
from checker.roles import ADMINISTRATOR, AUDITOR, COUNCILLOR, OFFICER, Reader

FOLDER = Path(pages.__file__).parent
SCREENS = sorted(
    path.stem for path in FOLDER.glob("*.py") if "\nmain()\n" in path.read_text("utf-8") and path.stem != "home"
)


@pytest.mark.parametrize(
    ("role", "open_pages"),
    [
        (OFFICER, {"upload", "dashboard", "supplier", "review", "audit", "assessments", "method"}),
        (COUNCILLOR, {"dashboard", "supplier", "method"}),
        (AUDITOR, {"dashboard", "supplier", "audit", "assessments", "records", "method"}),
        (ADMINISTRATOR, {"records", "method"}),
    ],
)
def test_a_role_opens_its_pages_and_no_other(role: str, open_pages: set[str]) -> None:
    reader = Reader("someone", frozenset({role}))
    assert {page for page in roles.PAGES if reader.opens(page)} >= open_pages
    closed = {"upload", "dashboard", "supplier", "review", "audit", "assessments", "records", "method"} - open_pages
    assert not {page for page in closed if reader.opens(page)}


def test_a_councillor_changes_nothing_and_sees_no_draft_name_or_note() -> None:
    reader = Reader("someone", frozenset({COUNCILLOR}))
    closed = {"upload", "decide", "note", "read notes", "publish", "see drafts", "show names", "download evidence"}
    assert not {action for action in closed if reader.may(action)}


def test_without_a_role_nothing_is_open() -> None:
    reader = Reader("someone")
    assert not {page for page in roles.PAGES if reader.opens(page)}
    assert not {action for action in roles.ACTIONS if reader.may(action)}


def test_an_unknown_page_is_closed_and_an_unknown_action_is_a_fault() -> None:
    reader = Reader("someone", frozenset(roles.ROLES))
    assert not reader.opens("a page of tomorrow")
    with pytest.raises(KeyError):
        reader.may("an action of tomorrow")


@pytest.mark.parametrize("page", SCREENS)
def test_every_page_asks_who_may_open_it_first(page: str) -> None:
    tree = ast.parse((FOLDER / f"{page}.py").read_text("utf-8"))
    main = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "main")
    assert ast.unparse(main.body[0]) == f"access.require('{page}')"
    assert page in roles.PAGES
