"""Which copies of the statement registry a run can be given."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from checker.settings import Settings
from registries import sample, snapshots

SAMPLE = "sample"
NONE = "none"


@dataclass(frozen=True)
class Copy:
    """A copy of the registry: its name in words and its paths (None: statements are not checked)."""

    id: str
    words: str
    paths: tuple[Path, ...] | None


WITHOUT = (
    Copy(NONE, "No registry copy: statements not checked", None),
    Copy(SAMPLE, "Sample registry (fictional)", (sample.FOLDER,)),
)
"""What can be chosen where there is no real copy."""


def newest() -> list[Copy]:
    """The newest snapshot on this machine, if there is one. Raises SnapshotError for a damaged one."""
    folder = Settings().registry_dir
    held = [path for path in folder.iterdir() if snapshots.is_snapshot(path)] if folder.is_dir() else []
    described = sorted(((snapshots.read(path), path) for path in held), key=lambda pair: (pair[0].taken, pair[1].name))
    return [
        Copy(path.name, f"{found.register_name}, copy of {found.taken.day} {found.taken:%B %Y}", (path,))
        for found, path in described[-1:]
    ]
