"""Addresses within the app. They hold ids only, and what comes back from a browser is checked where it is used."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

PAGES = ("upload", "dashboard", "supplier", "review", "audit", "assessments", "method")
FIRST = "dashboard"
"""The page that answers at the app's own address."""


def to(page: str, **ids: str | None) -> str:
    """The address of a page, with the ids that say what it shows."""
    query = urlencode({name: value for name, value in ids.items() if value is not None})
    return f"{'./' if page == FIRST else page}{'?' if query else ''}{query}"


def parts(address: str) -> tuple[str, dict[str, str]] | None:
    """Page and ids of an address of our own making; None for anything else."""
    path, _, query = address.partition("?")
    page = FIRST if path == "./" else path
    return (page, dict(parse_qsl(query))) if page in PAGES else None
