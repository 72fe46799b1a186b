"""The whole record in one file, and back: rows as JSON, so that SQLite and PostgreSQL can read each other's.

A backup is a zip: `tables/<table>.jsonl`, `files/...` (assessments, input files, register copies and what else lies
in the data folder but the database), and `MANIFEST.json` with the SHA-256 of each.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from sqlalchemy import Date, func, insert, select
from sqlalchemy.orm import Session

from checker.records import chain
from checker.records.database import reading, writing
from checker.records.errors import DAMAGED, RecordError
from checker.records.tables import Moment, Table, TrailRow
from checker.settings import Settings
from registries.snapshots import sha256

MANIFEST = "MANIFEST.json"
FOLDERS = ("assessments", "inputs", "registry", "companies_house", "companies_house_api", "presumed_in_scope")
"""What of the data folder goes into a backup; the rest is made anew or gone after some days anyway."""
HEAD = "trail_head.txt"
LATER = ("saved_views",)
"""Tables that came later than the first backups."""
_CHUNK = 1024 * 1024


def backup(target: Path) -> int:
    """Write the whole record into one new file; returns how many files are in it. Raises RecordError and OSError."""
    if target.exists():
        raise RecordError(f"{target.name} exists already. Give another name, so that no backup is overwritten.")
    beside = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            digests = dict(_add(archive, name, content) for name, content in _contents())
            archive.writestr(MANIFEST, json.dumps(digests, indent=1, sort_keys=True))
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return len(digests)


def restore(source: Path) -> int:
    """Bring a backup back into an empty data folder and database; returns how many files it held.

    Every file is compared with its SHA-256 before any is used. Raises RecordError and OSError.
    """
    if _held():
        raise RecordError("There is a record here already. Restore into an empty data folder and database.")
    try:
        with zipfile.ZipFile(source) as archive:
            digests = _checked(archive)
            with writing() as session:
                held = set(archive.namelist())
                for table in Table.metadata.sorted_tables:
                    if f"tables/{table.name}.jsonl" not in held and table.name in LATER:
                        continue  # the backup was made before there was such a table
                    _fill(session, table.name, archive.read(f"tables/{table.name}.jsonl").decode("utf-8"))
                for name in digests:
                    if name.startswith("files/"):
                        _put(archive, name)
    except DAMAGED as error:
        raise RecordError(f"{source.name} is no backup of riskcheck, or it is damaged ({error}).") from error
    return len(digests)


def _contents() -> Iterator[tuple[str, bytes | Path]]:
    """The last entry that was noted comes before the rows, which may have more by then, but never fewer."""
    root = Settings().data_dir
    if (root / HEAD).is_file():
        yield f"files/{HEAD}", (root / HEAD).read_bytes()
    with reading() as session:
        for table in Table.metadata.sorted_tables:
            rows = session.execute(select(table).order_by(*table.primary_key)).mappings()
            yield f"tables/{table.name}.jsonl", "".join(_line(dict(row)) for row in rows).encode()
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            hidden = any(part.startswith(".") for part in path.relative_to(root).parts) or path.suffix == ".part"
            if path.is_file() and not hidden:
                yield f"files/{path.relative_to(root).as_posix()}", path


def _line(row: dict[str, Any]) -> str:
    plain = {key: chain.written(value) if isinstance(value, datetime) else value for key, value in row.items()}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, default=str) + "\n"


def _add(archive: zipfile.ZipFile, name: str, content: bytes | Path) -> tuple[str, str]:
    if isinstance(content, Path):
        archive.write(content, name)
        return name, sha256(content)
    archive.writestr(name, content)
    return name, hashlib.sha256(content).hexdigest()


def _held() -> bool:
    with reading() as session:
        return bool(session.scalar(select(func.count()).select_from(TrailRow)))


def _checked(archive: zipfile.ZipFile) -> dict[str, str]:
    digests: dict[str, str] = json.loads(archive.read(MANIFEST))
    for name, digest in digests.items():
        with archive.open(name) as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                raise RecordError(f"{name} in the backup was changed after it was made. Nothing was restored.")
        parts = PurePosixPath(name).parts
        if parts[0] == "files" and (".." in parts or "\\" in name or parts[1] not in {*FOLDERS, HEAD}):
            raise RecordError(f"{name} in the backup lies outside of the data folder. Nothing was restored.")
    return digests


def _fill(session: Session, name: str, lines: str) -> None:
    table = Table.metadata.tables[name]
    rows = [json.loads(line) for line in lines.split("\n") if line]
    for column in table.columns:
        read = datetime.fromisoformat if isinstance(column.type, Moment) else date.fromisoformat
        if isinstance(column.type, Moment | Date):
            for row in rows:
                row[column.name] = read(row[column.name]) if row[column.name] else None
    if rows:
        session.execute(insert(table), rows)
    _go_on_counting(session, name)


def _go_on_counting(session: Session, name: str) -> None:
    """PostgreSQL counts ids apart from the rows; without this the next row would ask for an id that is taken."""
    if session.get_bind().dialect.name == "postgresql" and name in {table.__tablename__ for table in chain.RECORDED}:
        ids = Table.metadata.tables[name].c.id
        highest = session.scalar(select(func.max(ids)))
        if highest:
            session.execute(select(func.setval(func.pg_get_serial_sequence(name, "id"), highest)))


def _put(archive: zipfile.ZipFile, name: str) -> None:
    target = Settings().data_dir / PurePosixPath(name).relative_to("files")
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as source, target.open("wb") as file:
        shutil.copyfileobj(source, file, _CHUNK)
