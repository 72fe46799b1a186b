"""The policy as data, and its loader.

Each step has one part: a module here that declares its model and reads its files (`<step>.toml`, `<step>_*.csv`). A
council may hand in a folder of its own: a file in it replaces the built-in file of the same name, whole.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from riskengine.errors import PolicyError
from riskengine.policy.bands import BandsPolicy
from riskengine.policy.files import Folder
from riskengine.policy.indicators import (
    IndicatorPolicy,
    check_floors,
    check_own_sectors,
    load_indicators,
)
from riskengine.policy.lines import LinesPolicy
from riskengine.policy.matches import MatchesPolicy
from riskengine.policy.names import NamesPolicy
from riskengine.policy.next_steps import NextStepsPolicy
from riskengine.policy.own import check_indicators, check_wording
from riskengine.policy.sectors import SectorsPolicy
from riskengine.policy.statement_reader import StatementReaderPolicy
from riskengine.policy.statements import StatementsPolicy
from riskengine.policy.suppliers import SuppliersPolicy
from riskengine.policy.wording import WordingPolicy

BUILT_IN = Path(__file__).parent


class _Step(Protocol):
    @classmethod
    def load(cls, folder: Folder) -> object: ...


@dataclass(frozen=True)
class Policy:
    """The whole policy of a run. `name` is "built-in" or the council's folder name; `hash` is over all its files."""

    name: str
    hash: str
    files: tuple[Path, ...]
    lines: LinesPolicy
    names: NamesPolicy
    suppliers: SuppliersPolicy
    matches: MatchesPolicy
    statements: StatementsPolicy
    sectors: SectorsPolicy
    indicators: dict[str, IndicatorPolicy]
    bands: BandsPolicy
    next_steps: NextStepsPolicy
    wording: WordingPolicy


def load(own: Path | None = None) -> Policy:
    """Read the policy, taking files from the folder `own` where it has them.

    Raises PolicyError naming file and key for a missing or unknown key or file, or when the points could let weak
    evidence alone move a line to another band. statement_reader.toml is checked too; it takes no part in an assessment.
    """
    folder = Folder(BUILT_IN, own)
    policy = _named(_read(_Given(_hash(folder), folder)), folder, "built-in" if own is None else own.name)
    if own is not None:
        built_in = load()
        check_indicators(policy.indicators, built_in.indicators)
        check_wording(policy.wording, built_in.wording)
        StatementReaderPolicy.load(folder)
    return policy


def recorded(kept: Path) -> Policy:
    """The policy of an assessment made before, from the folder `kept` with it. Raises PolicyError.

    A step whose files this version can't read any more has the built-in ones instead: what the step found is kept, and
    nothing is worked out again to show it. Hash and files are those kept. Words, bands and indicators must be readable.
    """
    folder = Folder.kept(BUILT_IN, kept)
    given = _Given(_hash(folder), folder)
    try:
        return _named(_read(given), folder, kept.name)
    except PolicyError:
        return _named(_read_in_part(given), folder, kept.name)


STEPS: dict[str, type[_Step]] = {
    "lines": LinesPolicy,
    "names": NamesPolicy,
    "suppliers": SuppliersPolicy,
    "matches": MatchesPolicy,
    "statements": StatementsPolicy,
    "sectors": SectorsPolicy,
    "next_steps": NextStepsPolicy,
}
"""The steps that read files of their own, by the first word of their names."""


HELD = 4
"""Policies held in memory. Reading one takes a sixth of a second and 19 MB, and few differ."""


@dataclass(frozen=True)
class _Given:
    """A folder of policy files; two of the same content (`hash`) are the same."""

    hash: str
    folder: Folder = field(compare=False)


def _named(policy: Policy, folder: Folder, name: str) -> Policy:
    """The same policy under another name, with the files of its own folder."""
    return replace(policy, name=name, files=folder.files())


@lru_cache(maxsize=HELD)
def _read_in_part(given: _Given) -> Policy:
    """The policy with the built-in files for each step whose own ones can't be read."""
    readable = given.folder
    for step, part in STEPS.items():
        try:
            part.load(given.folder)
        except PolicyError:
            readable = readable.with_built_in(BUILT_IN, step)
    return replace(_read(_Given(_hash(readable), readable)), hash=given.hash)


@lru_cache(maxsize=HELD)
def _read(given: _Given) -> Policy:
    folder = given.folder
    indicators = load_indicators(folder)
    bands = BandsPolicy.load(folder)
    bands.check(indicators)
    lines, sectors = LinesPolicy.load(folder), SectorsPolicy.load(folder)
    known = {sector.id for sector in sectors.sectors}
    check_own_sectors(indicators, known)
    check_floors(indicators, known, set(lines.units.values()))
    return Policy(
        name="",
        hash=given.hash,
        files=folder.files(),
        lines=lines,
        names=NamesPolicy.load(folder),
        suppliers=SuppliersPolicy.load(folder),
        matches=MatchesPolicy.load(folder),
        statements=StatementsPolicy.load(folder),
        sectors=sectors,
        indicators=indicators,
        bands=bands,
        next_steps=NextStepsPolicy.load(folder),
        wording=WordingPolicy.load(folder),
    )


def _hash(folder: Folder) -> str:
    """SHA-256 over names and contents of all policy files, line ends folded so that a checkout does not change it."""
    total = hashlib.sha256()
    for path in folder.files():
        total.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return total.hexdigest()


__all__ = ["BUILT_IN", "Policy", "PolicyError", "load", "recorded"]
