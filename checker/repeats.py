"""An assessment asked for again from its stored input: anew with what was decided since, or to compare every byte."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from checker import runs
from checker.records import assessments, inputs, snapshots
from checker.records.errors import RecordError
from checker.records.tables import AssessmentRow
from checker.runs import Asked, Run

BUILT_IN = "built-in"
"""The name of the policy that comes with riskcheck."""


def possible(assessment_id: str) -> bool:
    """Whether the files of an assessment are kept. Raises RecordError for an unknown one."""
    given = assessments.row(assessment_id).request["inputs"]
    return bool(given) and all((inputs.folder() / file["sha256"]).is_file() for file in given)


def again(assessment_id: str, mapping: Mapping[str, str] | None = None) -> Run:
    """Start a run that asks the same of the same files, with what was decided since.

    As-of date, registry copy and a council's own policy are those of the assessment; so are headings, unless a
    `mapping` is given. Raises RecordError where the files are not kept any more.
    """
    row, run = assessments.row(assessment_id), runs.prepare()
    headings = row.request["mapping"] if mapping is None else mapping
    return runs.begin(run, _files(row), Asked(row.as_of, _registry(row, run), headings, _policy(row, run)))


def remembered(assessment_id: str) -> dict[str, str]:
    """The headings that an assessment was given because they were remembered, where they are the same in all sheets.

    Raises RecordError for an unknown one.
    """
    layouts = assessments.row(assessment_id).request.get("layouts", [])
    given = {(field, heading) for layout in layouts for field, heading in layout["mapping"].items()}
    fields = Counter(field for field, _ in given)
    return {field: heading for field, heading in sorted(given) if fields[field] == 1}


def check(assessment_id: str) -> Run:
    """Start a run that makes an assessment again and compares every file of it byte by byte.

    Raises RecordError where its input is not kept any more.
    """
    row = assessments.row(assessment_id)
    return runs.begin(runs.prepare(), _files(row), Asked(row.as_of, None, check=assessment_id))


def _files(row: AssessmentRow) -> list[tuple[str, Path]]:
    given = row.request["inputs"]
    if not given:
        raise RecordError(f"The input files of the assessment {row.id} are not kept, so it can't be made again.")
    return [(file["name"], inputs.find(file["sha256"])) for file in given]


def _registry(row: AssessmentRow, run: Run) -> tuple[Path, ...] | None:
    """The registry copy of the assessment, laid out for a run; None where it was given none."""
    if row.request["snapshot"] is None:
        return None
    copy = run.folder / "registry"
    copy.mkdir()
    return tuple(snapshots.lay_out(row.request["snapshot"], copy))


def _policy(row: AssessmentRow, run: Run) -> Path | None:
    """The council's own policy of the assessment under its name; None for the built-in one."""
    if row.policy_name == BUILT_IN:
        return None
    folder = run.folder / "policy" / Path(row.policy_name).name
    shutil.copytree(assessments.folder(row.id) / "policy", folder)
    return folder
