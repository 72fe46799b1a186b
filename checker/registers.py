"""Which copies of the statement registry a run can be given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from checker.settings import Settings
from registries import sample, snapshots

SAMPLE = "sample"
NONE = "none"


@dataclass(frozen=True)
class Copy:
    """A copy of the registry: its paths (None: statements are not checked), its name in words and its date."""

    id: str
    words: str
    paths: tuple[Path, ...] | None
    date: date | None


def copies() -> list[Copy]:
    """The newest real copy where there is one, then no copy, then the fictional sample."""
    return [
        *newest(),
        Copy(NONE, "No registry copy: statements not checked", None, None),
        Copy(SAMPLE, "Sample registry (fictional)", (sample.FOLDER,), snapshots.read(sample.FOLDER).date),
    ]


def find(copy_id: str) -> Copy:
    """The copy of an id. Raises KeyError where there is none."""
    return {copy.id: copy for copy in copies()}[copy_id]


def newest() -> list[Copy]:
    """The newest snapshot on this machine, if there is one."""
    folder = Settings().registry_dir
    held = [path for path in folder.iterdir() if snapshots.is_snapshot(path)] if folder.is_dir() else []
    described = sorted(((snapshots.read(path), path) for path in held), key=lambda pair: (pair[0].date, pair[1].name))
    return [
        Copy(path.name, f"{found.register_name}, copy of {found.date.day} {found.date:%B %Y}", (path,), found.date)
        for found, path in described[-1:]
    ]
