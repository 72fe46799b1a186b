"""What is kept for how long, and its deletion when the time is over; the trail keeps that it was deleted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from checker.records import assessments, chain, inputs, looked_up
from checker.records.database import reading, writing
from checker.records.tables import AssessmentRow, SnapshotRow
from checker.settings import Settings
from riskengine.policy.files import Figure, Strict, toml

BUILT_IN = Path(__file__).with_name("retention.toml")


class Retention(Strict):
    """Days for which drafts, withdrawn assessments and input files are kept, with the reason of each figure."""

    drafts: Figure
    withdrawn: Figure
    input_files: Figure

    @classmethod
    def load(cls) -> Retention:
        """The council's own rules, or the built-in ones. Raises PolicyError."""
        return toml(Settings().retention or BUILT_IN, cls)


@dataclass(frozen=True)
class Due:
    """Something whose time is over: an assessment or an input file, and the rule that says so."""

    kind: str
    id: str
    rule: str


def due(at: datetime | None = None) -> list[Due]:
    """What the rules say is to be deleted at a moment, now by default. Raises PolicyError and RecordError."""
    rules, moment = Retention.load(), at or chain.now()
    with reading() as session:
        over = list(_assessments(session, rules, moment))
        gone = {one.id for one in over}
        return over + list(_inputs(session, rules, moment, gone))


def clear(who: str, at: datetime | None = None) -> list[Due]:
    """Delete what is due, each with an entry in the trail. Raises PolicyError, RecordError and OSError."""
    found = due(at)
    for one in found:
        with writing() as session:
            if one.kind == "assessment":
                session.delete(session.get_one(AssessmentRow, one.id))
            chain.append(session, who, f"deleted an {one.kind}", one.id, {"rule": one.rule})
        _remove(one)
    return found


def _assessments(session: Session, rules: Retention, moment: datetime) -> Iterator[Due]:
    kept = {assessments.DRAFT: rules.drafts, assessments.WITHDRAWN: rules.withdrawn}
    for row in session.scalars(select(AssessmentRow).order_by(AssessmentRow.id)):
        rule = kept.get(row.state)
        since = max(row.kept, row.changed) if row.state == assessments.DRAFT else row.changed
        if rule and moment - since > timedelta(days=rule.value):
            yield Due("assessment", row.id, f"{row.state} for more than {rule.value:g} days")


def _inputs(session: Session, rules: Retention, moment: datetime, gone: set[str]) -> Iterator[Due]:
    """Input files that no remaining assessment needs, or whose time is over for all of them; copies follow them."""
    latest: dict[str, datetime] = {}
    copies = {row.sha256: [file["sha256"] for file in row.files] for row in session.scalars(select(SnapshotRow))}
    for row in session.scalars(select(AssessmentRow)):
        if row.id not in gone:
            used = [file["sha256"] for file in row.request["inputs"]] + copies.get(row.request["snapshot"] or "", [])
            used += looked_up.digests(row.request).values()
            for digest in used:
                latest[digest] = max(row.kept, latest.get(digest, row.kept))
    for digest in inputs.held():
        if digest not in latest:
            yield Due("input file", digest, "no assessment needs it any more")
        elif moment - latest[digest] > timedelta(days=rules.input_files.value):
            yield Due("input file", digest, f"handed in more than {rules.input_files.value:g} days ago")


def _remove(one: Due) -> None:
    if one.kind == "assessment":
        shutil.rmtree(assessments.folder(one.id), ignore_errors=True)
        for path in Settings().ranked_dir.glob(f"{one.id}.*"):
            path.unlink(missing_ok=True)
    else:
        (inputs.folder() / one.id).unlink(missing_ok=True)
