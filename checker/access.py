"""Who looks at the page, and what that person may open and do: asked on the server at every run of every page.

A page begins with `access.require("its name")`. On one's own machine nobody signs in and all is open. On a server,
people sign in with the council's OpenID Connect provider and see what their roles allow; without a role, nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from typing import Any, NoReturn

import streamlit as st
from streamlit import runtime

from checker import records, roles, sign_in
from checker.records import RecordError, Summary, accessed, people
from checker.records.assessments import PUBLISHED
from checker.roles import Reader
from checker.settings import Settings
from checker.show.literal import literal
from checker.sign_in import SignInError

AGAIN = 60
"""Seconds for which the same refusal to the same person is recorded once: a page runs anew at every click."""

_TOLD: dict[tuple[str, str], float] = {}


class AccessError(RecordError):
    """The reader may not do this; the text is fit to be shown."""


def claims() -> Mapping[str, Any]:
    """What the provider says of the person signed in to this session."""
    return st.user.to_dict()


def reader() -> Reader | None:
    """Who looks at the page: name and roles. None for one who has yet to sign in."""
    settings = Settings()
    if not sign_in.configured(settings):
        return Reader(people.machine_user(), frozenset(roles.ROLES))
    return sign_in.reader(claims(), settings, time.time())


def opens(page: str) -> bool:
    """Whether the reader may open a page."""
    found = reader()
    return found is not None and found.opens(page)


def may(action: str) -> bool:
    """Whether the reader may do something (a name of `roles.ACTIONS`)."""
    found = reader()
    return found is not None and found.may(action)


def check(action: str) -> None:
    """Refuse what the reader may not do, and record the try. Raises AccessError."""
    found = reader()
    if found is None or not found.may(action):
        note_denied(found, f"action {action}")
        raise AccessError(refusal(found, roles.ACTIONS[action], "This"))


def sees(found: Reader, assessment_id: str) -> bool:
    """Whether an assessment is there and open to a reader; the try to open one that is not is recorded."""
    entry = next((one for one in records.recent() if one.id == assessment_id), None)
    if entry is None:
        return False
    if not visible(found, entry):
        note_denied(found, assessment_id)
        return False
    return True


def visible(found: Reader | None, entry: Summary) -> bool:
    """Whether an assessment is open to a reader: what is published to all, everything to those who see drafts."""
    return found is not None and (entry.state == PUBLISHED or found.may("see drafts"))


def enter() -> None:
    """Let nobody past who has to sign in or has no role; show who is signed in."""
    try:
        _check_server()
    except SignInError as error:
        st.error(literal(str(error)))
        st.stop()
    if not sign_in.configured(Settings()):
        return
    found = reader()
    if found is None:
        _ask_to_sign_in()
    _show_signed_in(found)
    if not found.roles:
        note_denied(found, "the app")
        st.title("No role yet")
        st.write(
            literal(f"You are signed in, but no role is given to you here. Ask {Settings().access_contact} for one.")
        )
        st.write(literal(f"Roles are: {', '.join(roles.ROLES)}."))
        st.stop()


def require(page: str) -> None:
    """Stop the page here, with a sentence, where the reader may not open it; the try is recorded."""
    found = reader()
    if found is None:
        st.stop()
    if not found.opens(page):
        note_denied(found, f"page {page}")
        st.title("Not open to you")
        st.write(literal(refusal(found, roles.PAGES.get(page, frozenset()), "This page")))
        st.stop()


def refusal(found: Reader | None, open_to: frozenset[str], what: str) -> str:
    """Why something is refused, and whom to ask."""
    if found is None:
        return "Sign in first, then try again."
    for_whom = " and ".join(f"{role}s" for role in roles.ROLES if role in open_to) or "nobody"
    own = " and ".join(sorted(found.roles)) or "none"
    return f"{what} is for {for_whom}. Your role is: {own}. Ask {Settings().access_contact} if you need it."


def note_denied(found: Reader | None, what: str) -> None:
    """Record a refusal; a record that can't be written to changes nothing about the refusal."""
    who = found.name if found else "not signed in"
    now = time.monotonic()
    if now - _TOLD.get((who, what), -AGAIN) < AGAIN:
        return
    for old in [key for key, at in _TOLD.items() if now - at >= AGAIN]:
        _TOLD.pop(old, None)
    _TOLD[who, what] = now
    try:
        accessed.denied(who, what, found.roles if found else ())
    except (RecordError, OSError):
        logging.exception("A refusal could not be recorded.")


def _check_server() -> None:
    """However the server was started, it answers other machines only where people sign in. Raises SignInError."""
    if runtime.exists():
        sign_in.check(Settings(), st.get_option("server.address"))


def _ask_to_sign_in() -> NoReturn:
    st.title("Sign in")
    ended = bool(claims().get("is_logged_in"))
    st.write("Your sign-in has ended." if ended else "This service is for people of the council who have a role in it.")
    if st.button("Sign in", type="primary"):
        st.login()
    st.stop()


def _show_signed_in(found: Reader) -> None:
    told, leave = st.columns([5, 1])
    told.text(f"Signed in as {found.name}. {', '.join(sorted(found.roles)).capitalize() or 'No role'}.")
    leave.button("Sign out", on_click=st.logout, key="sign_out")


def _who() -> str | None:
    """Who acts in this session; None outside one, where the machine's user does."""
    if not sign_in.configured(Settings()) or not runtime.exists():
        return None
    found = reader()
    return found.name if found else "not signed in"


people.ask(_who)
