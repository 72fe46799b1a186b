"""Which copies of the registers a run can be given."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import dataframely as dy
import polars as pl

from checker.records import RecordError, people, renewed
from checker.settings import Settings
from registries import companies_house, presumed_in_scope, sample, snapshots, statement_copies
from registries.errors import RegistryError
from registries.snapshots import Snapshot
from riskengine.policy import Policy
from riskengine.schemas import CompanyRegister, PresumedInScope
from riskengine.statements import wording

REGISTRY, COMPANIES, PRESUMED = "registry", "companies", "presumed"
KINDS = (REGISTRY, COMPANIES, PRESUMED)
"""Kinds of files that can be handed in."""

SAMPLE = "sample"
NONE = "none"


@dataclass(frozen=True)
class Copy:
    """A copy of the registry: its name in words, its paths (None: statements are not checked), and what it says."""

    id: str
    words: str
    paths: tuple[Path, ...] | None
    snapshot: Snapshot | None = None

    def unusable(self, as_of: date, policy: Policy) -> str | None:
        """Why a run as of a day would check no statement against it, or None where it would or where that is plain."""
        if self.snapshot is None:
            return None
        taken, partial = self.snapshot.taken, self.snapshot.partial_reason
        return wording.unusable_copy(taken, partial, as_of, policy.statements)


WITHOUT = (
    Copy(NONE, "No registry copy: statements not checked", None),
    Copy(SAMPLE, "Sample registry (fictional)", (sample.FOLDER,)),
)
"""What can be chosen where there is no real copy."""


def newest() -> list[Copy]:
    """The newest snapshot on this machine, if there is one. Raises SnapshotError where it is damaged."""
    path = snapshots.newest(Settings().registry_dir)
    if path is None:
        return []
    found = snapshots.read(path)
    words = f"{found.register_name}, copy of {wording.in_words(found.taken)}"
    return [Copy(path.name, words, (path,), found)]


@dataclass(frozen=True)
class Held:
    """A copy of a register on this machine and how many days old it is."""

    path: Path
    snapshot: Snapshot
    days_old: int


def held(folder: Path, today: date) -> list[Held]:
    """All copies kept in a folder of this machine, the newest first."""
    return [Held(path, found, (today - found.taken).days) for path, found in snapshots.history(folder)]


def warnings(copies: Sequence[Held], allowed: int) -> list[str]:
    """What keeps a run from relying on the newest copy of the statement registry; `allowed` days may it be old."""
    if not copies:
        return ["There is no copy of the statement registry on this machine, so statements can't be checked."]
    newest_copy = copies[0]
    told = []
    if newest_copy.snapshot.partial_reason:
        told.append(f"The newest copy is not whole: {newest_copy.snapshot.partial_reason}. Statements are not checked.")
    if newest_copy.days_old > allowed:
        told.append(
            f"The newest copy is {newest_copy.days_old:,} days old; at most {allowed} are allowed. A run as of today "
            "does not check statements. Download a fresh copy."
        )
    return told


def presumed() -> dy.DataFrame[PresumedInScope]:
    """All lists of organisations presumed in scope that are kept on this machine."""
    paths = sorted(Settings().presumed_in_scope_dir.glob("*.csv"))
    lists = [presumed_in_scope.load(path, date.fromisoformat(path.stem)) for path in paths]
    return PresumedInScope.validate(pl.concat(lists)) if lists else PresumedInScope.create_empty()


def take_in(kind: str, paths: Sequence[Path], listed: date) -> str:
    """Keep files that somebody has downloaded (`kind` one of KINDS) and say what was kept. Raises RegistryError.

    `listed` is the day of a presumed-in-scope list.
    """
    if kind == PRESUMED:
        return f"{keep_presumed(paths[0], listed):,} organisations were kept."
    found = snapshots.read(keep_copy(kind, paths))
    partial = f" It is not whole: {found.partial_reason}." if found.partial_reason else ""
    return f"A copy of {wording.in_words(found.taken)} with {found.organisations:,} organisations was kept.{partial}"


def keep_copy(kind: str, paths: Sequence[Path]) -> Path:
    """Keep files as a copy of REGISTRY or COMPANIES and hand back its folder; who did is recorded.

    Raises RegistryError, and RecordError where the trail can't be written.
    """
    source, folder = {
        COMPANIES: (companies_house, Settings().companies_house_dir),
        REGISTRY: (statement_copies, Settings().registry_dir),
    }[kind]
    with renewed.recorded(people.me(), renewed.HANDED_IN, source.NAME) as kept:
        copy = source.take_in(folder, paths)
        kept(renewed.of(snapshots.read(copy)))
    return copy


def hand_in(kind: str, files: Sequence[tuple[str, bytes]], listed: date) -> str:
    """Keep files (name, content) that were handed in, and say what was kept. Raises RecordError."""
    with tempfile.TemporaryDirectory(prefix="riskcheck-") as folder:
        paths = []
        for name, content in files:
            paths.append(Path(folder) / Path(name.replace("\\", "/")).name)
            paths[-1].write_bytes(content)
        try:
            return take_in(kind, paths, listed)
        except RegistryError as error:
            raise RecordError(str(error)) from None


def keep_presumed(path: Path, listed: date) -> int:
    """Keep a list of organisations presumed in scope and hand back their number; who did is recorded.

    Raises RegisterFileError, and RecordError where the trail can't be written.
    """
    with renewed.recorded(people.me(), renewed.HANDED_IN, presumed_in_scope.NAME) as kept:
        found = presumed_in_scope.load(path, listed)
        folder = Settings().presumed_in_scope_dir
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / f"{listed.isoformat()}.csv")
        kept(renewed.Copy(presumed_in_scope.NAME, listed, found.height, snapshots.sha256(path)))
    return found.height


def sample_companies() -> CompanyRegister:
    """The fictional Companies House data that comes with the product."""
    return companies_house.load(sample.COMPANIES_HOUSE)


def sample_presumed() -> dy.DataFrame[PresumedInScope]:
    """The fictional list of organisations presumed in scope that comes with the product."""
    return presumed_in_scope.load(sample.PRESUMED_IN_SCOPE, sample.LISTED)
