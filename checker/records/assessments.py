"""Assessments: kept as drafts, published or withdrawn by a person, and opened again.

The id of an assessment is derived from what was asked and found, so that the same run is kept once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import polars.selectors as cs
from sqlalchemy import select
from sqlalchemy.orm import Session

from checker.records import chain, frames, inputs, looked_up, people, snapshots
from checker.records.database import reading, writing
from checker.records.errors import RecordError
from checker.records.tables import AssessmentRow
from checker.settings import Settings
from riskengine.pipeline import Assessment
from riskengine.report import record
from riskengine.schemas import Inputs

DRAFT, PUBLISHED, WITHDRAWN = "draft", "published", "withdrawn"
UNKNOWN = "There is no such assessment on this machine. Choose one from the list."

_ACTIONS = {
    PUBLISHED: "published an assessment",
    WITHDRAWN: "withdrew an assessment",
    DRAFT: "made an assessment a draft again",
}
_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)
_ID = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True)
class Summary:
    """What a list of assessments shows of one: when it was kept, its files, main figures and state.

    `inputs` holds the SHA-256 of each file, in order, and `register` that of the registry copy: two assessments of the
    same files can be set side by side. `created` is when it was first kept, `saved` when it was last.
    """

    id: str
    saved: datetime
    files: tuple[str, ...]
    as_of: date
    lines: int
    flagged_suppliers: int
    sample_register: bool
    state: str = DRAFT
    inputs: tuple[str, ...] = ()
    policy_hash: str = ""
    register: str | None = None
    created: datetime = _BEFORE_ALL


@dataclass(frozen=True)
class Origin:
    """What an assessment was made from: files (name, path), the register copy's paths, and remembered mappings.

    `layouts` holds the remembered mapping of each sheet that had one and the note on it, by the sheet's file and name.
    `given` is all else that the run was given: of it, other registers than the registry are kept.
    """

    files: tuple[tuple[str, Path], ...] = ()
    registry: tuple[Path, ...] = ()
    layouts: Mapping[tuple[str, str], tuple[Mapping[str, str], str]] = field(default_factory=dict)
    given: Inputs | None = None


def save(assessment: Assessment, origin: Origin | None = None) -> str:
    """Keep an assessment and what it was made from, and return its id. Raises OSError and RecordError."""
    facts = record.describe(assessment)
    wanted, digests = frames.keep(assessment, facts, Settings().assessments_dir)
    given = origin or Origin()
    request = _request(assessment, given)
    copy = snapshots.keep_files(given.registry)
    with writing() as session:
        if assessment.register:
            snapshots.use(session, assessment.register, copy, people.me())
        _note(session, wanted, facts, {"request": request, "frames": digests})
    return wanted


def load(assessment_id: str) -> Assessment:
    """Open a stored assessment. Raises RecordError for an unknown one, and one that is damaged or too old to read."""
    row(assessment_id)
    return frames.read(folder(assessment_id))


def scan(assessment_id: str, name: str) -> pl.LazyFrame:
    """One frame of a stored assessment, not read yet; values are texts where the frame has categories.

    Raises RecordError for an unknown assessment.
    """
    row(assessment_id)
    frame = pl.scan_parquet(folder(assessment_id) / f"{name}.parquet")
    return frame.with_columns(cs.enum().cast(pl.String))


def recent() -> list[Summary]:
    """The stored assessments, the one kept last first."""
    with reading() as session:
        rows = session.scalars(select(AssessmentRow).order_by(AssessmentRow.kept.desc(), AssessmentRow.id.desc()))
        return [_summary(one) for one in rows]


def publish(assessment_id: str, who: str) -> None:
    """Publish a draft. Raises RecordError for one that is published or withdrawn."""
    _move(assessment_id, (DRAFT,), PUBLISHED, {"who": who})


def withdraw(assessment_id: str, who: str, why: str) -> None:
    """Withdraw a draft or a published assessment, with a reason. Raises RecordError."""
    if not why.strip():
        raise RecordError("Say why the assessment is withdrawn.")
    _move(assessment_id, (DRAFT, PUBLISHED), WITHDRAWN, {"who": who, "why": people.told(why)})


def reopen(assessment_id: str, who: str, why: str) -> None:
    """Make a withdrawn assessment a draft again, with a reason. Raises RecordError."""
    if not why.strip():
        raise RecordError("Say why the assessment becomes a draft again.")
    _move(assessment_id, (WITHDRAWN,), DRAFT, {"who": who, "why": people.told(why)})


def history(assessment_id: str) -> list[chain.Entry]:
    """What the trail says of one assessment, the latest first. Raises RecordError for an unknown one."""
    row(assessment_id)
    return chain.trail(subject=assessment_id)


def row(assessment_id: str) -> AssessmentRow:
    """What the record holds of an assessment. Raises RecordError for an unknown one."""
    with reading() as session:
        found = session.get(AssessmentRow, assessment_id) if _ID.fullmatch(assessment_id) else None
    if found is None or not folder(assessment_id).is_dir():
        raise RecordError(UNKNOWN)
    return found


def folder(assessment_id: str) -> Path:
    """Where the files of an assessment lie."""
    return Settings().assessments_dir / assessment_id


def _request(assessment: Assessment, origin: Origin) -> dict[str, Any]:
    layouts = [
        {"file": file, "sheet": sheet, "mapping": dict(mapping), "note": note}
        for (file, sheet), (mapping, note) in sorted(origin.layouts.items())
    ]
    return {
        "inputs": [{"name": name, "sha256": inputs.keep(path)} for name, path in origin.files],
        "mapping": dict(assessment.mapping),
        "layouts": layouts,
        "snapshot": assessment.register.sha256 if assessment.register else None,
        **looked_up.keep(assessment, origin.given),
    }


def _note(session: Session, wanted: str, facts: dict[str, Any], given: dict[str, Any]) -> None:
    """The row of an assessment; one that is kept already is only moved to the top of the list."""
    moment = chain.now()
    held = session.get(AssessmentRow, wanted)
    if held is not None:
        held.kept = moment
        held.request = given["request"] if given["request"]["inputs"] else held.request
        return
    made = AssessmentRow(
        id=wanted,
        state=DRAFT,
        created=moment,
        kept=moment,
        changed=moment,
        who=people.me(),
        as_of=date.fromisoformat(facts["as_of"]),
        files=facts["files"],
        policy_name=facts["policy"]["name"],
        policy_hash=facts["policy"]["hash"],
        register=facts["register"],
        totals=facts["totals"],
        **given,
    )
    session.add(made)
    session.flush()
    detail = {"files": [file["sha256"] for file in facts["files"]], "frames": chain.digest(made.frames)}
    chain.append(session, made.who, "kept an assessment", wanted, detail)


def _move(assessment_id: str, before: tuple[str, ...], after: str, told: dict[str, str]) -> None:
    row(assessment_id)
    with writing() as session:
        found = session.get_one(AssessmentRow, assessment_id)
        if found.state not in before:
            raise RecordError(f"The assessment {assessment_id} is {_said(found.state)} and can't be {_said(after)}.")
        found.state, found.changed = after, chain.now()
        chain.append(session, told.pop("who"), _ACTIONS[after], assessment_id, told)


def _said(state: str) -> str:
    return "a draft" if state == DRAFT else state


def _summary(found: AssessmentRow) -> Summary:
    return Summary(
        id=found.id,
        saved=found.kept,
        files=tuple(file["name"] for file in found.files),
        as_of=found.as_of,
        lines=found.totals["lines"],
        flagged_suppliers=found.totals["flagged_suppliers"],
        sample_register=bool(found.register and found.register["sample"]),
        state=found.state,
        inputs=tuple(file["sha256"] for file in found.files),
        policy_hash=found.policy_hash,
        register=found.register["sha256"] if found.register else None,
        created=found.created,
    )
