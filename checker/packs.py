"""The audit pack of an assessment: one zip that a stranger can check offline, the same bytes whenever it is made."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import riskengine
from checker import figures, notes, reruns
from checker.records import assessments, chain, frames, inputs, looked_up, people
from checker.records.chain import Entry
from checker.records.database import reading, writing
from checker.records.errors import DAMAGED, RecordError
from checker.records.tables import AssessmentRow, SnapshotRow
from riskengine import report
from riskengine.pipeline import Assessment
from riskengine.report import files

MANIFEST, TRAIL, RUN, INPUTS = "MANIFEST.json", "trail.json", "run.json", "inputs.json"
MADE = "made an audit pack"
ASIDE = (MADE, reruns.AGAIN)
"""What changes no state, so that a pack made later is the same."""
LARGEST = 4 * 1024**3
"""Bytes that a pack may unfold to when it is checked."""
_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Checked:
    """What was found in a pack: the assessment and its sign-off in words, its files, and what does not fit."""

    assessment: str
    signed_off: str
    files: int
    manifest: str
    faults: tuple[str, ...]


def write(
    assessment_id: str, target: Path, personal_names: report.PersonalNames = "withheld", who: str | None = None
) -> str:
    """Write the pack of an assessment; returns the SHA-256 of its manifest, which the trail keeps too, with `who`.

    Raises RecordError and OSError.
    """
    row, found = assessments.row(assessment_id), assessments.load(assessment_id)
    with tempfile.TemporaryDirectory(prefix="riskcheck-") as folder:
        _fill(Path(folder), row, found, personal_names)
        manifest = _manifest(Path(folder), row)
        _zip(Path(folder), target)
    digest = hashlib.sha256(manifest).hexdigest()
    with writing() as session:
        detail = {"manifest": digest, "personal_names": personal_names}
        chain.append(session, who or people.me(), MADE, assessment_id, detail)
    return digest


def check(path: Path) -> Checked:
    """Check a pack with nothing but the pack. Raises RecordError for a file that is no pack, and OSError."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(one.file_size for one in archive.infolist()) > LARGEST:
                raise RecordError(f"{path.name} unfolds to more than {LARGEST // 1024**3} GB and was not opened.")
            raw = archive.read(MANIFEST)
            told = json.loads(raw)
            held = {one.filename: _sha256(archive, one) for one in archive.infolist() if one.filename != MANIFEST}
            faults = [
                *_files(told["files"], held),
                *_names(archive),
                *_trail(archive, told),
                *_run(archive, held),
                *_inputs(archive, held),
            ]
    except DAMAGED as error:
        raise RecordError(f"{path.name} is no audit pack of riskcheck, or it is damaged ({error}).") from error
    return Checked(told["assessment"], told["signed_off"], len(held), hashlib.sha256(raw).hexdigest(), tuple(faults))


# ---- making one -------------------------------------------------------------------------------------------------


def _fill(folder: Path, row: AssessmentRow, found: Assessment, personal_names: report.PersonalNames) -> None:
    report.write(found, folder, formats=("xlsx", "csv"), personal_names=personal_names)
    told = report.withhold(found) if personal_names == "withheld" else found
    files.csv(told.decisions, folder / "decisions.csv")
    files.csv(told.found_statements, folder / "found_statements.csv")
    files.csv(figures.figures(found), folder / "figures.csv")
    files.csv(notes.table(found, _extract(row.id)[-1].at), folder / "notes.csv")
    for name, path in frames.policy_files(found.policy).items():
        (folder / "policy" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "policy" / name).write_bytes(path.read_bytes())
    held = set(inputs.held())  # the retention rules may have deleted them
    given = {name: digest for name, digest in looked_up.digests(row.request).items() if digest in held}
    _json(folder / INPUTS, {"handed_in": row.request["inputs"], "read": row.files, "looked_up": given})
    for name, digest in given.items():
        (folder / "looked_up").mkdir(exist_ok=True)
        shutil.copyfile(inputs.find(digest), folder / _looked_up(name))
    _json(folder / "register.json", _register(row))
    _json(folder / TRAIL, [entry.told() for entry in _extract(row.id)])
    (folder / "README.txt").write_text(_readme(row, found, personal_names), "utf-8", newline="\n")


def _looked_up(name: str) -> str:
    return f"looked_up/{name}.parquet"


def _register(row: AssessmentRow) -> dict[str, Any] | None:
    with reading() as session:
        held = session.get(SnapshotRow, row.request["snapshot"]) if row.request["snapshot"] else None
    return {"facts": held.facts, "files": held.files} if held else None


def _extract(assessment_id: str) -> list[Entry]:
    """The trail from when the assessment was kept to its last change of state, without a gap."""
    with reading() as session:
        entries = chain.entries(session)
    own = [entry.number for entry in entries if entry.subject == assessment_id and entry.action not in ASIDE]
    if not own:
        raise RecordError(f"The trail says nothing of assessment {assessment_id}. Run riskcheck audit verify.")
    return [entry for entry in entries if own[0] <= entry.number <= own[-1]]


def _manifest(folder: Path, row: AssessmentRow) -> bytes:
    told = {
        "product": "riskcheck",
        "engine_version": riskengine.__version__,
        "assessment": row.id,
        "signed_off": _signed_off(row),
        "trail_head": _extract(row.id)[-1].hash,
        "files": frames.digests(folder),
    }
    _json(folder / MANIFEST, told)
    return (folder / MANIFEST).read_bytes()


def _signed_off(row: AssessmentRow) -> str:
    last = _extract(row.id)[-1]
    if row.state == assessments.PUBLISHED:
        return f"Signed off: published by {last.who} on {last.at:%Y-%m-%d} at {last.at:%H:%M} UTC."
    if row.state == assessments.WITHDRAWN:
        return f"Withdrawn by {last.who} on {last.at:%Y-%m-%d} at {last.at:%H:%M} UTC: not to be relied on."
    return "Not signed off: this assessment is a draft."


def _readme(row: AssessmentRow, found: Assessment, personal_names: str) -> str:
    wording = found.policy.wording
    return f"""AUDIT PACK OF ASSESSMENT {row.id}

{_signed_off(row)}
As of {row.as_of.isoformat()}. Policy {row.policy_name}, SHA-256 {row.policy_hash}.
Names of likely persons: {personal_names}.

{wording.notice}

{wording.evidence}

{wording.help}

What is in it
  audit.xlsx            the workbook: flagged suppliers and lines first, then each step
  lines, suppliers, findings, set_aside (CSV)
  figures.csv           figures for the annual statement and Charter pledges 7, 8 and 10
  decisions.csv         people's decisions on matches that were applied
  found_statements.csv  statements that officers saw elsewhere
  notes.csv             notes and the suppliers' own replies, recorded before the sign-off or the last change of state
  run.json              what was asked, versions, totals
  inputs.json           name and SHA-256 of each file that was handed in, and of those in looked_up
  looked_up/            what the run was given of Companies House and of presumed-in-scope lists (Parquet), where it was
  register.json         the register copy that was used, with the SHA-256 of each of its files
  policy/               every rule, weight and word it was judged by
  trail.json            the audit trail from when the assessment was kept to its sign-off
  MANIFEST.json         the SHA-256 of each of these files

How to check it, without a network and without the council's record
  riskcheck audit verify PACK.zip   (riskcheck's README says how to install it)
It names everything that does not fit. The SHA-256 of MANIFEST.json that it prints should be the one the council gave
you with the pack. A file of yours is the one that was assessed if its SHA-256 stands in inputs.json.
"""


def _json(path: Path, told: object) -> None:
    path.write_text(json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8", newline="\n")


def _zip(folder: Path, target: Path) -> None:
    """Names sorted, no times of its own: the same files give the same bytes."""
    beside = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _TIME)
                entry.external_attr, entry.create_system = 0o644 << 16, 3
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes(), compresslevel=6)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


# ---- checking one -----------------------------------------------------------------------------------------------


def _sha256(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> str:
    with archive.open(one) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(wanted: dict[str, str], held: dict[str, str]) -> Iterator[str]:
    for name in sorted(set(wanted) | set(held)):
        if name not in held:
            yield f"{name} is missing."
        elif name not in wanted:
            yield f"{name} is not in the manifest: it was added later."
        elif held[name] != wanted[name]:
            yield f"{name} was changed after the pack was made."


def _names(archive: zipfile.ZipFile) -> Iterator[str]:
    names = [one.filename for one in archive.infolist()]
    if len(names) != len(set(names)):
        yield "Some file names stand twice in the pack."


def _trail(archive: zipfile.ZipFile, told: dict[str, Any]) -> Iterator[str]:
    entries = [Entry(**{**one, "at": datetime.fromisoformat(one["at"])}) for one in json.loads(archive.read(TRAIL))]
    if not entries or entries[-1].hash != told["trail_head"]:
        yield "The trail does not end with the entry that the manifest names."
        return
    yield from (f"{TRAIL}: {fault}" for fault in chain.faults(entries, entries[0].before, entries[0].number))


def _run(archive: zipfile.ZipFile, held: dict[str, str]) -> Iterator[str]:
    """What run.json says of the files and of the policy, against these themselves."""
    run = json.loads(archive.read(RUN))
    for output in run["outputs"]:
        if held.get(output["name"]) != output["sha256"]:
            yield f"{output['name']} is not the one that {RUN} names."
    if _policy_hash(archive, sorted(name for name in held if name.startswith("policy/"))) != run["policy"]["hash"]:
        yield f"The policy files are not those that {RUN} names."


def _inputs(archive: zipfile.ZipFile, held: dict[str, str]) -> Iterator[str]:
    """What inputs.json says of the rows that were looked up, against these themselves; older packs hold none."""
    for name, digest in json.loads(archive.read(INPUTS)).get("looked_up", {}).items():
        if held.get(_looked_up(name)) != digest:
            yield f"{_looked_up(name)} is not the one that {INPUTS} names."


def _policy_hash(archive: zipfile.ZipFile, names: list[str]) -> str:
    """As `riskengine.policy` works it out: over names and contents, line ends folded."""
    total = hashlib.sha256()
    for name in names:
        content = archive.read(name).replace(b"\r\n", b"\n")
        total.update(name.rpartition("/")[2].encode() + b"\0" + content + b"\0")
    return total.hexdigest()
