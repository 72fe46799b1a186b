"""Assessments kept on this machine: a folder each, with the frames as Parquet, the policy files and run.json.

The id of an assessment is derived from what was asked and found, so that the same run is kept once.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from checker.settings import Settings
from riskengine import policy as policies
from riskengine import schemas
from riskengine.errors import PolicyError
from riskengine.pipeline import Assessment
from riskengine.policy import Policy
from riskengine.report import record
from riskengine.schemas import RegisterFacts, SourceFile

FRAMES: dict[str, Any] = {
    "decisions": schemas.Decisions,
    "found_statements": schemas.FoundStatements,
    "intake": schemas.Intake,
    "headings": schemas.Headings,
    "lines": schemas.ContractLines,
    "set_aside": schemas.SetAside,
    "suppliers": schemas.Suppliers,
    "purchases": schemas.Purchases,
    "links": schemas.Links,
    "matches": schemas.Matches,
    "statements": schemas.Statements,
    "sectors": schemas.Sectors,
    "findings": schemas.Findings,
    "scores": schemas.Scores,
    "supplier_scores": schemas.SupplierScores,
}
"""The frames of an assessment and their schemas, by the name of the field of `Assessment`."""

_ID = re.compile(r"[0-9a-f]{12}")


class RecordError(Exception):
    """A stored assessment that is not there or can't be opened; the text is fit to be shown as it stands."""


@dataclass(frozen=True)
class Summary:
    """What a list of assessments shows of one: when it was kept, its files, and its main figures."""

    id: str
    saved: datetime
    files: tuple[str, ...]
    as_of: date
    lines: int
    flagged_suppliers: int
    sample_register: bool


def save(assessment: Assessment) -> str:
    """Keep an assessment and return its id. Raises OSError where the data folder can't be written to."""
    facts = record.describe(assessment)
    wanted = _id(assessment, facts)
    folder = Settings().assessments_dir / wanted
    if not folder.is_dir():
        _keep(assessment, facts, folder)
    (folder / "run.json").touch()
    return wanted


def load(assessment_id: str) -> Assessment:
    """Open a stored assessment. Raises RecordError for an unknown one, and one that is damaged or too old to read."""
    folder = Settings().assessments_dir / assessment_id
    if not _ID.fullmatch(assessment_id) or not folder.is_dir():
        raise RecordError("There is no such assessment on this machine. Choose one from the list.")
    try:
        facts = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        frames = {name: schema.cast(pl.read_parquet(folder / f"{name}.parquet")) for name, schema in FRAMES.items()}
    except (OSError, ValueError, pl.exceptions.PolarsError) as error:
        raise RecordError(
            f"The assessment {assessment_id} can't be opened ({error}). Check the files again."
        ) from error
    return Assessment(
        files=tuple(SourceFile(**file) for file in facts["files"]),
        as_of=date.fromisoformat(facts["as_of"]),
        register=_register(facts["register"]),
        mapping=facts["mapping"],
        policy=_policy(folder, facts["policy"]["name"]),
        **frames,
    )


def recent() -> list[Summary]:
    """The stored assessments, the one kept last first."""
    folder = Settings().assessments_dir
    runs = [path / "run.json" for path in folder.iterdir() if _ID.fullmatch(path.name)] if folder.is_dir() else []
    found = [_summary(run) for run in runs if run.is_file()]
    return sorted(found, key=lambda summary: (summary.saved, summary.id), reverse=True)


def _id(assessment: Assessment, facts: dict[str, Any]) -> str:
    told = (
        json.dumps(facts, sort_keys=True) + assessment.decisions.write_json() + assessment.found_statements.write_json()
    )
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _keep(assessment: Assessment, facts: dict[str, Any], folder: Path) -> None:
    """Write beside the folder and move into place, so that nobody ever sees half an assessment."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=".partial-", dir=folder.parent))
    try:
        _write(assessment, facts, partial)
        partial.replace(folder)
    except OSError:
        if not folder.is_dir():  # where it is, another run has kept the same assessment meanwhile
            raise
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _write(assessment: Assessment, facts: dict[str, Any], folder: Path) -> None:
    for name in FRAMES:
        getattr(assessment, name).write_parquet(folder / f"{name}.parquet", compression="zstd")
    for path in assessment.policy.files:
        name = f"indicators/{path.name}" if path.parent.name == "indicators" else path.name
        (folder / "policy" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / "policy" / name)
    record.write(facts, folder / "run.json")


def _policy(folder: Path, name: str) -> Policy:
    try:
        return dataclasses.replace(policies.load(folder / "policy"), name=name)
    except PolicyError as error:
        raise RecordError(
            f"The assessment {folder.name} was made by another version of riskcheck, whose policy this one can't read "
            f"({error}). Check the files again."
        ) from error


def _register(facts: dict[str, Any] | None) -> RegisterFacts | None:
    if facts is None:
        return None
    known = {part.name for part in dataclasses.fields(RegisterFacts)}
    given: dict[str, Any] = {key: value for key, value in facts.items() if key in known}
    given |= {"date": date.fromisoformat(facts["date"]), "years": tuple(facts["years"]), "notes": tuple(facts["notes"])}
    return RegisterFacts(**given)


def _summary(run: Path) -> Summary:
    facts = json.loads(run.read_text(encoding="utf-8"))
    return Summary(
        id=run.parent.name,
        saved=datetime.fromtimestamp(run.stat().st_mtime, tz=UTC),
        files=tuple(file["name"] for file in facts["files"]),
        as_of=date.fromisoformat(facts["as_of"]),
        lines=facts["totals"]["lines"],
        flagged_suppliers=facts["totals"]["flagged_suppliers"],
        sample_register=bool(facts["register"] and facts["register"]["sample"]),
    )
