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


PAGES = {
    OFFICER: {"upload", "dashboard", "supplier", "review", "audit", "assessments", "registers", "method"},
    COUNCILLOR: {"dashboard", "supplier", "method"},
    AUDITOR: {"dashboard", "supplier", "audit", "assessments", "registers", "records", "method"},
    ADMINISTRATOR: {"registers", "records", "method"},
}

READING = {"read notes", "make again", "see drafts", "show names", "save views", "download evidence"}
ACTIONS = {
    OFFICER: READING | {"upload", "decide", "note", "publish", "keep registers", "download briefing"},
    COUNCILLOR: {"download briefing"},
    AUDITOR: READING | {"download briefing"},
    ADMINISTRATOR: {"keep registers"},
}


@pytest.mark.parametrize("role", roles.ROLES)
def test_a_role_opens_its_pages_and_does_what_is_its_own_and_nothing_else(role: str) -> None:
    reader = Reader("someone", frozenset({role}))
    assert {page for page in roles.PAGES if reader.opens(page)} == PAGES[role]
    assert {action for action in roles.ACTIONS if reader.may(action)} == ACTIONS[role]


@pytest.mark.parametrize("action", roles.ACTIONS)
def test_every_action_is_asked_for_somewhere(action: str) -> None:
    asking = [path for path in FOLDER.parent.rglob("*.py") if path.name != "roles.py"]
    assert any(f'"{action}"' in path.read_text("utf-8") for path in asking)


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
