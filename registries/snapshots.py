"""A dated, checksummed local copy of a register: a folder with the register's own files and `snapshot.toml`."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from registries.errors import SnapshotError

DESCRIPTION = "snapshot.toml"


class SnapshotFile(BaseModel):
    """One file of a snapshot: its name in the folder, SHA-256 in hex, size in bytes, and where it came from.

    `etag` and `md5` are what the site said of it; empty where it did not or where the file was imported by hand.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    sha256: str
    size: int
    address: str = ""
    etag: str = ""
    md5: str = ""


class Snapshot(BaseModel):
    """What `snapshot.toml` says. `partial_reason` is empty for a whole snapshot and else says what is missing.

    `taken` is the day of the copy, `organisations` counts the distinct organisations in it, `latest_change` is the
    latest change of an entry.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    register_name: str
    taken: date
    years: tuple[int, ...]
    partial_reason: str
    sample: bool
    organisations: int
    latest_change: date
    files: tuple[SnapshotFile, ...]


def is_snapshot(path: Path) -> bool:
    """Whether `path` is a snapshot folder."""
    return (path / DESCRIPTION).is_file()


def read(folder: Path) -> Snapshot:
    """Read a snapshot's description and check every file against its checksum. Raises SnapshotError."""
    snapshot = _described(folder)
    for file in snapshot.files:
        if Path(file.name).name != file.name:
            raise SnapshotError(folder.name, f'"{file.name}" lies outside of the folder.', "Take a new snapshot.")
        if not (folder / file.name).is_file():
            raise SnapshotError(folder.name, f"{file.name} is missing.", "Take a new snapshot or use another one.")
        if sha256(folder / file.name) != file.sha256:
            raise SnapshotError(
                folder.name, f"{file.name} was changed after the snapshot was made.", "Take a new snapshot."
            )
    return snapshot


def write(folder: Path, snapshot: Snapshot) -> None:
    """Write `snapshot.toml` into the folder that holds the snapshot's files."""
    lines = [
        f"register_name = {_quoted(snapshot.register_name)}",
        f"taken = {snapshot.taken.isoformat()}",
        f"years = {list(snapshot.years)}",
        f"partial_reason = {_quoted(snapshot.partial_reason)}",
        f"sample = {str(snapshot.sample).lower()}",
        f"organisations = {snapshot.organisations}",
        f"latest_change = {snapshot.latest_change.isoformat()}",
    ]
    for file in snapshot.files:
        lines += ["", "[[files]]", f"name = {_quoted(file.name)}", f'sha256 = "{file.sha256}"', f"size = {file.size}"]
        lines += [
            f"{key} = {_quoted(text)}"
            for key, text in (("address", file.address), ("etag", file.etag), ("md5", file.md5))
            if text
        ]
    (folder / DESCRIPTION).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def describe(path: Path) -> SnapshotFile:
    """The name, checksum and size of a file."""
    return SnapshotFile(name=path.name, sha256=sha256(path), size=path.stat().st_size)


def history(folder: Path) -> list[tuple[Path, Snapshot]]:
    """All snapshots kept in a folder with their descriptions, newest first.

    Their files are not looked at; a folder whose description can't be read is passed over: `unread` tells of it.
    """
    kept = []
    for path in _folders(folder):
        with suppress(SnapshotError):
            kept.append((path, _described(path)))
    return sorted(kept, key=lambda one: (one[1].taken, one[0].name), reverse=True)


def unread(folder: Path) -> list[str]:
    """A sentence for each folder kept there whose description can't be read, the newest name first."""
    told = []
    for path in _folders(folder)[::-1]:
        try:
            _described(path)
        except SnapshotError as error:
            told.append(str(error))
    return told


def _folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("[!.]*") if path.is_dir())


def newest(folder: Path) -> Path | None:
    """The snapshot with the latest date, or None where there is none."""
    return next((path for path, _ in history(folder)), None)


@contextmanager
def new(folder: Path) -> Iterator[Path]:
    """A hidden folder to fill; removed afterwards unless `keep` has given it its name."""
    folder.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def keep(place: Path, snapshot: Snapshot) -> Path:
    """Describe a filled folder and give it its name: the snapshot's date, with a number where that is taken."""
    write(place, snapshot)
    day = snapshot.taken.isoformat()
    names = (day, *(f"{day}-{number:02}" for number in range(2, 100)))
    target = next(place.parent / name for name in names if not (place.parent / name).exists())
    place.chmod(0o755)
    place.rename(target)
    return target


def sha256(path: Path) -> str:
    """SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sha256_of(digests: Sequence[str]) -> str:
    """SHA-256 in hex over the digests of several files, in the given order; that of a single file is its own."""
    if len(digests) == 1:
        return digests[0]
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def _described(folder: Path) -> Snapshot:
    if not is_snapshot(folder):
        raise SnapshotError(
            folder.name,
            f"the folder has no {DESCRIPTION}." if folder.is_dir() else "there is no such folder.",
            "Give a snapshot folder or the registry's yearly CSV files.",
        )
    try:
        return Snapshot.model_validate(tomllib.loads((folder / DESCRIPTION).read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        fault = str(error).splitlines()[0]
        raise SnapshotError(folder.name, f"{DESCRIPTION} can't be read: {fault}.", "Take a new snapshot.") from None


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
