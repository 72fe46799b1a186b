"""Which copies of the registers a run can be given."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import dataframely as dy
import polars as pl

from checker.settings import Settings
from registries import companies_house, presumed_in_scope, sample, snapshots
from riskengine.schemas import CompanyRegister, PresumedInScope

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


def presumed() -> dy.DataFrame[PresumedInScope]:
    """All lists of organisations presumed in scope that are kept on this machine."""
    paths = sorted(Settings().presumed_in_scope_dir.glob("*.csv"))
    lists = [presumed_in_scope.load(path, date.fromisoformat(path.stem)) for path in paths]
    return PresumedInScope.validate(pl.concat(lists)) if lists else PresumedInScope.create_empty()


def keep_presumed(path: Path, listed: date) -> int:
    """Keep a list of organisations presumed in scope and hand back their number. Raises RegisterFileError."""
    found = presumed_in_scope.load(path, listed)
    folder = Settings().presumed_in_scope_dir
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, folder / f"{listed.isoformat()}.csv")
    return found.height


def sample_companies() -> CompanyRegister:
    """The fictional Companies House data that comes with the product."""
    return companies_house.load(sample.COMPANIES_HOUSE)


def sample_presumed() -> dy.DataFrame[PresumedInScope]:
    """The fictional list of organisations presumed in scope that comes with the product."""
    return presumed_in_scope.load(sample.PRESUMED_IN_SCOPE, sample.LISTED)
