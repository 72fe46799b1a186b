"""Copies of the statement registry on this machine: downloaded, imported, kept, compared with what was there before.

A copy is a snapshot folder named by its date. Nothing replaces or changes an older one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from registries import snapshots, statement_registry
from registries.errors import (
    NotFoundError,
    OlderError,
    PartialError,
    RegisterFileError,
    ShrunkenError,
    SnapshotError,
)
from registries.http import Client
from registries.manners import FileHeaders
from registries.snapshots import Snapshot, SnapshotFile

FIRST_YEAR = 2020
"""The registry's first year. Source: its data page."""

LEAST_SHARE = 0.9
"""A download with fewer organisations than this share of the last copy is refused: the registry only grows by
statements added each year, so a smaller one is more likely a fault than news. Source: our judgement."""

NAME = "UK modern slavery statement registry"


@dataclass(frozen=True)
class _Source:
    """Where an update takes files from: the site, what an update before left in `stock`, and the last copy."""

    downloads: str
    client: Client
    stock: Path
    last: dict[Path, SnapshotFile]


@dataclass(frozen=True)
class Status:
    """The newest copy, or None, and its age in days."""

    path: Path | None
    snapshot: Snapshot | None
    days_old: int | None


def update(folder: Path, downloads: str, client: Client, today: date) -> Path:
    """Download every yearly file into a new copy dated `today` and hand back its folder.

    Files that the site says are the same as in the newest copy are taken from there. A broken update goes on where it
    stopped when it is called again. Raises FetchError, RegisterFileError, PartialError, ShrunkenError and OlderError
    and their kinds, and CancelledError from the client's progress; the copies that were there stay as they were.
    """
    last = next(iter(snapshots.history(folder)), None)
    source = _Source(downloads, client, folder / ".downloads", _sound(last))
    with snapshots.new(folder) as place:
        source.stock.mkdir(exist_ok=True)
        snapshot = _described(place, tuple(_fetched(source, place, today)), today)
        if snapshot.partial_reason:
            raise PartialError(snapshot.partial_reason)
        if last is not None:
            _within_bounds(last[1], snapshot)
        kept = snapshots.keep(place, snapshot)
    shutil.rmtree(source.stock)
    return kept


def take_in(folder: Path, paths: Sequence[Path]) -> Path:
    """Keep files that a person has downloaded as a copy, dated by the latest LastUpdated in them.

    A copy that lacks years is kept too and says so. Raises RegisterFileError and its kinds.
    """
    files = statement_registry.files(paths)
    with snapshots.new(folder) as place:
        for file in files:
            if (place / file.name).exists():
                raise RegisterFileError(file.name, "two files have this name.", "Hand in each yearly file once.")
            if not file.is_file():
                raise RegisterFileError(file.name, "the file can't be opened.", "Check that it is there.")
            shutil.copyfile(file, place / file.name)
        return snapshots.keep(place, _described(place, tuple(snapshots.describe(place / file.name) for file in files)))


def status(folder: Path, today: date) -> Status:
    """The newest copy in the folder and how old it is."""
    newest = next(iter(snapshots.history(folder)), None)
    if newest is None:
        return Status(None, None, None)
    path, snapshot = newest
    return Status(path, snapshot, (today - snapshot.taken).days)


def _sound(last: tuple[Path, Snapshot] | None) -> dict[Path, SnapshotFile]:
    """The files of the last copy, unless it is damaged."""
    try:
        return {last[0] / file.name: file for file in snapshots.read(last[0]).files} if last else {}
    except SnapshotError:
        return {}


def _within_bounds(last: Snapshot, now: Snapshot) -> None:
    if now.organisations < LEAST_SHARE * last.organisations:
        raise ShrunkenError(last.organisations, now.organisations)
    if now.latest_change < last.latest_change:
        raise OlderError(last.latest_change, now.latest_change)


def _fetched(source: _Source, place: Path, today: date) -> Iterator[SnapshotFile]:
    """Every yearly file, from the first year to the first one missing after this year.

    The file of the next registry year appears early; one missing before that is noticed when the years are counted.
    """
    for year in range(FIRST_YEAR, today.year + 5):
        try:
            yield _taken(source, place / f"StatementSummaries{year}.csv")
        except NotFoundError:
            if year > today.year:
                return


def _taken(source: _Source, into: Path) -> SnapshotFile:
    """Put one file in place: from the last copy when the site says it is the same, else from the site."""
    address = f"{source.downloads}/{into.name}"
    told = source.client.headers(address)
    for path, known in source.last.items():
        if path.name == into.name and told.same_as(FileHeaders(known.etag or None, known.md5 or None)):
            _linked(path, into)
            return known
    stocked = source.stock / f"{hashlib.sha256(str(told).encode()).hexdigest()[:12]}-{into.name}"
    if told == FileHeaders() or not stocked.exists():
        told = source.client.file(address, stocked, told)
    _linked(stocked, into)
    described = snapshots.describe(into)
    return described.model_copy(update={"address": address, "etag": told.etag or "", "md5": told.md5 or ""})


def _linked(source: Path, target: Path) -> None:
    """The same file at another place, without a second copy where the disk allows."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _described(place: Path, files: tuple[SnapshotFile, ...], taken: date | None = None) -> Snapshot:
    register = statement_registry.load([place / file.name for file in files])
    day = taken or register.facts.date
    return Snapshot(
        register_name=NAME,
        taken=day,
        years=register.facts.years,
        partial_reason=statement_registry.missing_years(register.facts.years, day) or "",
        sample=False,
        organisations=register.entries.height,
        latest_change=register.facts.date,
        files=files,
    )
