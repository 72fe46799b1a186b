"""The four roles, the pages each may open and what each may do. Whatever is not named here is closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

OFFICER, COUNCILLOR, AUDITOR, ADMINISTRATOR = "officer", "councillor", "auditor", "administrator"
ROLES = (OFFICER, COUNCILLOR, AUDITOR, ADMINISTRATOR)

PAGES: Mapping[str, frozenset[str]] = {
    "upload": frozenset({OFFICER}),
    "dashboard": frozenset({OFFICER, COUNCILLOR, AUDITOR}),
    "supplier": frozenset({OFFICER, COUNCILLOR, AUDITOR}),
    "review": frozenset({OFFICER}),
    "audit": frozenset({OFFICER, AUDITOR}),
    "assessments": frozenset({OFFICER, AUDITOR}),
    "registers": frozenset({OFFICER, AUDITOR, ADMINISTRATOR}),
    "method": frozenset(ROLES),
    "records": frozenset({AUDITOR, ADMINISTRATOR}),
}
"""Who may open which page."""

ACTIONS: Mapping[str, frozenset[str]] = {
    "upload": frozenset({OFFICER}),
    "decide": frozenset({OFFICER}),
    "note": frozenset({OFFICER}),
    "read notes": frozenset({OFFICER, AUDITOR}),
    "publish": frozenset({OFFICER}),
    "make again": frozenset({OFFICER, AUDITOR}),
    "see drafts": frozenset({OFFICER, AUDITOR}),
    "show names": frozenset({OFFICER, AUDITOR}),
    "save views": frozenset({OFFICER, AUDITOR}),
    "download evidence": frozenset({OFFICER, AUDITOR}),
    "download briefing": frozenset({OFFICER, COUNCILLOR, AUDITOR}),
    "keep registers": frozenset({OFFICER, ADMINISTRATOR}),
}
"""Who may do what. To publish stands for withdrawing too, to note for taking down a supplier's reply, and to make
again for comparing an assessment with what its stored input gives.

Notes are free text in which people may be named, so that councillors do not read them."""


@dataclass(frozen=True)
class Reader:
    """Who looks at a page: the name that enters the record, and the roles."""

    name: str
    roles: frozenset[str] = frozenset()

    def opens(self, page: str) -> bool:
        """Whether a role of the reader may open the page."""
        return bool(self.roles & PAGES.get(page, frozenset()))

    def may(self, action: str) -> bool:
        """Whether a role of the reader may do this; KeyError for an action that does not exist is a fault of ours."""
        return bool(self.roles & ACTIONS[action])
