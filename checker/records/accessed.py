"""What was refused to whom, and who asked for personal names: entries of the audit trail."""

from __future__ import annotations

from collections.abc import Iterable

from checker.records import chain, people
from checker.records.database import writing

DENIED, SHOWN = "was denied", "was shown personal names"


def denied(who: str, what: str, roles: Iterable[str]) -> None:
    """Record that a page, a download or an action was refused. Raises RecordError."""
    with writing() as session:
        chain.append(session, who, DENIED, what, {"roles": sorted(roles)})


def shown(who: str, assessment_id: str, why: str, where: str) -> None:
    """Record that the personal names of an assessment were shown on screen or in a file. Raises RecordError."""
    with writing() as session:
        chain.append(session, who, SHOWN, assessment_id, {"why": people.told(why), "where": where})
