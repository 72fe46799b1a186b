"""Register copies that assessments used: kept with the input files, so that an assessment can be made again."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from checker.records import chain, inputs
from checker.records.database import reading
from checker.records.errors import RecordError
from checker.records.tables import SnapshotRow
from riskengine.schemas import RegisterFacts

Kept = list[dict[str, str]]
"""Name within the copy and SHA-256 of each of its files."""


def keep_files(paths: Sequence[Path]) -> Kept:
    """Keep the files of a copy given as a snapshot folder or as yearly files. Raises OSError."""
    files = [file for path in paths for file in (sorted(path.glob("*")) if path.is_dir() else [path])]
    return [{"name": file.name, "sha256": inputs.keep(file)} for file in files if file.is_file()]


def use(session: Session, facts: RegisterFacts, files: Kept, who: str) -> None:
    """Note that an assessment used a copy; the first use is an entry of the trail."""
    if session.get(SnapshotRow, facts.sha256) is not None:
        return
    told = json.loads(json.dumps(dataclasses.asdict(facts), default=str))
    session.add(
        SnapshotRow(
            sha256=facts.sha256, name=facts.name, taken=facts.date, facts=told, files=files, first_used=chain.now()
        )
    )
    chain.append(session, who, "used a register copy", facts.sha256, {"name": facts.name, "date": facts.date})


def lay_out(sha256: str, folder: Path) -> tuple[Path, ...]:
    """Put the files of a copy into an empty folder as they were given. Raises RecordError where they are gone."""
    with reading() as session:
        row = session.get(SnapshotRow, sha256)
    if row is None or not row.files:
        raise RecordError("The register copy of this assessment is not kept, so it can't be made again.")
    for file in row.files:
        shutil.copyfile(inputs.find(file["sha256"]), folder / Path(file["name"]).name)
    if any(file["name"] == "snapshot.toml" for file in row.files):
        return (folder,)
    return tuple(folder / Path(file["name"]).name for file in row.files)
