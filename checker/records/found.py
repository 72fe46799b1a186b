"""Statements that an officer saw on a supplier's own site, and took back where that was a mistake."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

import dataframely as dy
import polars as pl
from sqlalchemy import select

from checker.records import chain
from checker.records.database import reading, writing
from checker.records.errors import RecordError
from checker.records.tables import FoundStatementRow
from riskengine.schemas import FoundStatements

RECORDED, WITHDRAWN = "recorded", "withdrawn"


def record_found_statement(key: str, link: str, seen: date, who: str) -> None:
    """Record a statement of the supplier `key`, seen at `link` on a day. Raises RecordError for a link that is none."""
    _add(key, _checked(link), seen, who, RECORDED)


def withdraw_found_statement(key: str, link: str, who: str) -> None:
    """Take back that a statement was seen. Raises RecordError where none was recorded."""
    held = found_statements().filter((pl.col("key") == key) & (pl.col("link") == link))
    if held.is_empty():
        raise RecordError("No such statement is recorded for this supplier.")
    _add(key, link, held["seen"][0], who, WITHDRAWN)


def found_statements() -> dy.DataFrame[FoundStatements]:
    """The statements that stand, one a supplier and link, by supplier and link."""
    last: dict[tuple[str, str], FoundStatementRow] = {}
    with reading() as session:
        for row in session.scalars(select(FoundStatementRow).order_by(FoundStatementRow.id)):
            last[row.key, row.link] = row
    rows = [
        {"key": row.key, "link": row.link, "seen": row.seen, "who": row.who}
        for _, row in sorted(last.items())
        if row.state == RECORDED
    ]
    return FoundStatements.cast(pl.DataFrame(rows, schema=FoundStatements.create_empty().schema))


def _add(key: str, link: str, seen: date, who: str, state: str) -> None:
    with writing() as session:
        row = FoundStatementRow(key=key, link=link, seen=seen, state=state, who=who, at=chain.now())
        chain.record(session, row, f"{state} a statement found elsewhere", chain.supplier(key))


def _checked(link: str) -> str:
    """Only addresses of the web: a page shows the link, and it must lead nowhere else."""
    address = link.strip()
    try:
        parts = urlsplit(address)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        whole = False
    if not whole or not address.isprintable() or " " in address:
        raise RecordError("The link should be the address of a page, such as https://www.example.co.uk/statement.")
    return address
