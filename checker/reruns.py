"""An assessment made again from its stored input, and compared with what is stored byte by byte."""

from __future__ import annotations

import dataclasses
import tempfile
from dataclasses import dataclass
from pathlib import Path

import dataframely as dy

from checker import assessments, companies, registers
from checker.assessments import Reading, Source, silent
from checker.records import assessments as kept
from checker.records import chain, frames, inputs, looked_up, snapshots
from checker.records.database import writing
from checker.records.errors import RecordError
from checker.records.tables import AssessmentRow
from registries import statement_registry
from riskengine.pipeline import Assessment, Progress
from riskengine.report import record
from riskengine.schemas import CompanyRegister, Inputs, PresumedInScope, Sheet, StatementRegister

AGAIN = "made an assessment again"
SAME = "Every file came out the same to the byte."
"""What the trail says of an assessment that was made again without a difference."""


@dataclass(frozen=True)
class Rerun:
    """How a rerun ended: the assessment, and the names of the stored files that came out differently."""

    assessment: Assessment
    differing: tuple[str, ...]


def rerun(assessment_id: str, progress: Progress = silent) -> Rerun:
    """Make an assessment again from its stored files, policy, register copy, decisions and mappings.

    Raises RecordError where its input is not kept any more, and the errors of a run.
    """
    row, stored = kept.row(assessment_id), kept.load(assessment_id)
    if not row.request["inputs"]:
        raise RecordError(f"The input files of the assessment {assessment_id} are not kept, so it can't be made again.")
    sources = tuple(Source(inputs.find(file["sha256"]), file["name"]) for file in row.request["inputs"])
    held = _remembering(assessments.read(sources, progress), row)
    with tempfile.TemporaryDirectory(prefix="riskcheck-") as folder:
        given = _inputs(stored, row, Path(folder))
        made = assessments.assess(held, given, stored.policy, progress).assessment
        (Path(folder) / "again").mkdir()
        frames.write(made, record.describe(made), Path(folder) / "again")
        found = frames.digests(Path(folder) / "again")
    return Rerun(made, tuple(name for name in sorted({*found, *row.frames}) if found.get(name) != row.frames.get(name)))


def note(assessment_id: str, found: Rerun, who: str) -> None:
    """Write into the trail that an assessment was made again, and whether it came out the same. Raises RecordError."""
    outcome = f"These files came out differently: {', '.join(found.differing)}." if found.differing else SAME
    with writing() as session:
        chain.append(session, who, AGAIN, assessment_id, {"why": outcome})


def _remembering(held: Reading, row: AssessmentRow) -> Reading:
    """The sheets with the mappings that were applied then, whatever is remembered now."""
    chosen = {(one["file"], one["sheet"]): one for one in row.request["layouts"]}

    def mapped(sheet: Sheet) -> Sheet:
        one = chosen.get((sheet.file.name, sheet.name))
        return dataclasses.replace(sheet, mapping=one["mapping"], notes=(*sheet.notes, one["note"])) if one else sheet

    return Reading(tuple(mapped(sheet) for sheet in held.sheets), held.unusable)


def _inputs(stored: Assessment, row: AssessmentRow, folder: Path) -> Inputs:
    statements: StatementRegister | None = None
    if row.request["snapshot"]:
        copy = folder / "registry"
        copy.mkdir()
        statements = statement_registry.load(snapshots.lay_out(row.request["snapshot"], copy))
    sample = statements is not None and statements.facts.sample
    return Inputs(
        as_of=stored.as_of,
        register=statements,
        decisions=stored.decisions,
        found_statements=stored.found_statements,
        mapping=stored.mapping,
        companies=_companies(stored, row, sample),
        presumed_in_scope=_presumed(row, sample),
    )


def _companies(stored: Assessment, row: AssessmentRow, sample: bool) -> CompanyRegister | None:
    """The companies that were handed in; for an assessment from before they were kept, those of today."""
    if "companies" in row.request:
        return looked_up.companies(row.request, stored)
    return registers.sample_companies() if sample else companies.load(stored.as_of)


def _presumed(row: AssessmentRow, sample: bool) -> dy.DataFrame[PresumedInScope]:
    if "presumed" in row.request:
        return looked_up.presumed(row.request)
    return registers.sample_presumed() if sample else registers.presumed()
