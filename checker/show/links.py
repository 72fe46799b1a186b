"""Addresses within the app. They hold ids only, and what comes back from a browser is checked where it is used."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

PAGES = ("upload", "dashboard", "supplier", "review", "audit", "assessments", "registers", "records", "method")


def to(page: str, **ids: str | None) -> str:
    """The address of a page, with the ids that say what it shows."""
    query = urlencode({name: value for name, value in ids.items() if value is not None})
    return f"{page}{'?' if query else ''}{query}"


def parts(address: str) -> tuple[str, dict[str, str]] | None:
    """Page and ids of an address of our own making; None for anything else."""
    page, _, query = address.partition("?")
    return (page, dict(parse_qsl(query))) if page in PAGES else None
