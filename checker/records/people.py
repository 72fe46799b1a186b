"""Who acts: the person signed in, or on one's own machine the name by which the operating system knows the user."""

from __future__ import annotations

import getpass
from collections.abc import Callable

UNKNOWN = "officer"

_ASKED: list[Callable[[], str | None]] = []


def ask(who: Callable[[], str | None]) -> None:
    """Let `who` say from now on who acts; where it answers None, it is the user of this machine."""
    _ASKED[:] = [who]


def me() -> str:
    """Who acts now."""
    return next((name for name in (who() for who in _ASKED) if name), None) or machine_user()


def machine_user() -> str:
    """The user of this machine."""
    try:
        return getpass.getuser() or UNKNOWN
    except (OSError, KeyError, ImportError):  # no such user is known to the system; on Windows there is no pwd module
        return UNKNOWN


def told(text: str) -> str:
    """What a person wrote, without signs that no one can see and no database wants."""
    return "".join(sign for sign in text if sign == "\n" or sign.isprintable()).strip()
