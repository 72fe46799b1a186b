"""Who acts: on one's own machine the name by which the operating system knows the user."""

from __future__ import annotations

import getpass

UNKNOWN = "officer"


def me() -> str:
    """The user of this machine."""
    try:
        return getpass.getuser() or UNKNOWN
    except (OSError, KeyError, ImportError):  # no such user is known to the system; on Windows there is no pwd module
        return UNKNOWN


def told(text: str) -> str:
    """What a person wrote, without signs that no one can see and no database wants."""
    return "".join(sign for sign in text if sign == "\n" or sign.isprintable()).strip()
