"""The folder of an assessment: its frames as Parquet, the policy files it ran under, and run.json."""

from __future__ import annotations

import dataclasses
import json
import shutil
import tempfile
import threading
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from dataframely.exc import SchemaError

from checker.records import chain
from checker.records.errors import RecordError
from registries.snapshots import sha256
from riskengine import policy as policies
from riskengine import schemas
from riskengine.errors import PolicyError
from riskengine.pipeline import Assessment
from riskengine.policy import Policy
from riskengine.report import record
from riskengine.report.masking import Withheld
from riskengine.schemas import PresumedFacts, RegisterFacts, SourceFile

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


def keep(assessment: Assessment, facts: dict[str, Any], parent: Path) -> tuple[str, dict[str, str]]:
    """Keep an assessment in a folder of its own; returns its id, derived from all its files, and their SHA-256.

    Written beside and moved into place, so that nobody ever sees half an assessment; the same one is kept once.
    """
    parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=".partial-", dir=parent))
    try:
        write(assessment, facts, partial)
        found = digests(partial)
        wanted = chain.digest(found)[:12]
        _move(partial, parent / wanted)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return wanted, found


def _move(partial: Path, folder: Path) -> None:
    if folder.is_dir():
        return
    try:
        partial.replace(folder)
    except OSError:
        if not folder.is_dir():  # where it is, another run has kept the same assessment meanwhile
            raise


def write(assessment: Assessment, facts: dict[str, Any], folder: Path) -> None:
    """Write all files of an assessment into a folder; the same assessment gives the same bytes."""
    for name in FRAMES:
        getattr(assessment, name).write_parquet(folder / f"{name}.parquet", compression="zstd")
    for name, path in policy_files(assessment.policy).items():
        (folder / "policy" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / "policy" / name)
    record.write(facts, folder / "run.json")


def policy_files(policy: Policy) -> dict[str, Path]:
    """The files of a policy by their names within a policy folder."""
    return {f"indicators/{path.name}" if path.parent.name == "indicators" else path.name: path for path in policy.files}


def read(folder: Path) -> Assessment:
    """Open an assessment, whose frames are read when they are first asked for.

    Raises RecordError for one that is damaged or too old to read.
    """
    try:
        facts = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        for name, schema in FRAMES.items():
            _look(folder / f"{name}.parquet", schema)
    except (OSError, ValueError, pl.exceptions.PolarsError, SchemaError) as error:
        raise _damaged(folder, error) from error
    asked = {
        "files": tuple(SourceFile(**file) for file in facts["files"]),
        "as_of": date.fromisoformat(facts["as_of"]),
        "register": _register(facts["register"]),
        "company_register": _register(facts.get("company_register")),
        "presumed_in_scope": _presumed(facts.get("presumed_in_scope")),
        "mapping": facts["mapping"],
        "policy": _policy(folder, facts["policy"]["name"]),
    }
    return Opened.of(asked, lambda name, test: _stored(folder, name, test))


def withheld(assessment: Assessment) -> Assessment:
    """The same without the names of likely persons; each frame is gone through when it is first asked for."""
    asked = {part.name: getattr(assessment, part.name) for part in dataclasses.fields(Assessment) if _asked(part.name)}
    hidden = Withheld(assessment)
    return Opened.of(asked, lambda name, test: hidden.frame(name, some(assessment, name, test)))


def some(assessment: Assessment, name: str, test: pl.Expr) -> pl.DataFrame:
    """The rows of a frame that pass a test; of a stored assessment no others are read."""
    if isinstance(assessment, Opened) and name not in vars(assessment):
        return assessment.rows(name, test)
    frame: pl.DataFrame = getattr(assessment, name)
    return frame.filter(test)


def of_suppliers(assessment: Assessment, wanted: pl.Series) -> Assessment:
    """The part of an assessment that speaks of some suppliers, in the same order; of a stored one no more is read."""
    links = some(assessment, "links", pl.col("supplier_id").is_in(wanted.implode()))
    ids = {
        "supplier_id": wanted,
        "line_id": links["line_id"],
        "purchase_id": links["purchase_id"].unique(),
        "subject_id": pl.concat([wanted, links["line_id"], links["purchase_id"].unique()]),
    }
    parts = {name: some(assessment, name, pl.col(key).is_in(ids[key].implode())) for name, key in _SPEAKING.items()}
    others = [part.name for part in dataclasses.fields(Assessment) if part.name not in parts]
    return Assessment(**parts, **{name: getattr(assessment, name) for name in others})


_SPEAKING = {
    **dict.fromkeys(("links", "suppliers", "purchases", "matches", "statements", "supplier_scores"), "supplier_id"),
    **dict.fromkeys(("lines", "scores"), "line_id"),
    "sectors": "purchase_id",
    "findings": "subject_id",
}
"""The frames whose rows speak of a supplier, and the column that says of which."""
_ALL = pl.lit(value=True)


class Opened(Assessment):
    """An assessment that makes each of its frames when it is first asked for: a page needs few of them."""

    rows: Callable[[str, pl.Expr], Any]

    @classmethod
    def of(cls, asked: Mapping[str, Any], rows: Callable[[str, pl.Expr], Any]) -> Opened:
        """With what was `asked` (the fields that are no frames), and what makes the frame of a field, or some of it."""
        made = object.__new__(cls)
        vars(made).update(asked, rows=rows)
        return made

    def __getattr__(self, name: str) -> Any:
        if _asked(name):
            raise AttributeError(name)
        vars(self)[name] = frame = self.rows(name, _ALL)
        return frame


def _asked(name: str) -> bool:
    """Whether a field holds what was asked of the run, and no frame of what it found."""
    return name not in FRAMES


def _damaged(folder: Path, error: Exception) -> RecordError:
    return RecordError(f"The assessment {folder.name} can't be opened ({error}). Check the files again.")


def _look(path: Path, schema: Any) -> None:
    """See that a frame can be read and has its columns, without reading it. Raises ValueError and PolarsError."""
    held = pl.read_parquet_schema(path)
    lacking = [name for name, column in schema.columns().items() if not column.nullable and name not in held]
    if lacking:
        raise ValueError(f"{path.name} lacks {', '.join(lacking)}")


def _stored(folder: Path, name: str, test: pl.Expr) -> Any:
    try:
        return _frame(folder / f"{name}.parquet", FRAMES[name], test)
    except (OSError, ValueError, pl.exceptions.PolarsError, SchemaError) as error:
        raise _damaged(folder, error) from error


def _frame(path: Path, schema: Any, test: pl.Expr) -> Any:
    """A frame as it was kept; a column that came to the schema since is empty, for nobody asked for it then."""
    kept = pl.scan_parquet(path).filter(test).collect()
    since = [name for name, column in schema.columns().items() if column.nullable and name not in kept.columns]
    return schema.cast(kept.with_columns(pl.lit(None).alias(name) for name in since))


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of each file of an assessment's folder, by name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path) for path in files}


_READING = threading.Lock()
"""Held while a policy is read, so that sessions that open assessments at once share one."""


def _policy(folder: Path, name: str) -> Policy:
    try:
        with _READING:
            return dataclasses.replace(policies.recorded(folder / "policy"), name=name)
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


def _presumed(facts: dict[str, Any] | None) -> PresumedFacts | None:
    return None if facts is None else PresumedFacts(facts["organisations"], date.fromisoformat(facts["listed"]))
