"""One run from files to an assessment, the same for the command line and the pages.

A file that can't be used does not stop the others: its error is kept, one sentence, and told at the end.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from checker import companies, ranked, reading, records, registers
from checker.records import Origin, mappings
from registries import statement_registry
from registries.errors import RegisterFileError
from riskengine import lines, pipeline
from riskengine import policy as policies
from riskengine.errors import InputError, NoContractLinesError, RiskEngineError
from riskengine.pipeline import Assessment, Progress
from riskengine.policy import Policy
from riskengine.schemas import Inputs, Sheet, StatementRegister

READING = 0.3
"""The share of a run that reading the files takes, for the progress shown."""


@dataclass(frozen=True)
class Source:
    """A file on this machine and the name by which the user knows it."""

    path: Path
    name: str


@dataclass(frozen=True)
class Request:
    """What is asked: the files, the as-of date, and whose policy, register and headings to use.

    `policy` is a council's own policy folder. `registry` is a snapshot folder or yearly CSV files of the statement
    registry; empty means the newest snapshot on this machine, and no check of statements where there is none; None
    means no check of statements in any case.
    `mapping` names the heading of a field, as in {"supplier": "Payee"}; "as understood" undoes what is remembered.
    """

    sources: tuple[Source, ...]
    as_of: date
    policy: Path | None = None
    registry: tuple[Path, ...] | None = ()
    mapping: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """What the files of a request held: their sheets, and the error of each file that can't be used."""

    sheets: tuple[Sheet, ...]
    unusable: tuple[InputError, ...]


@dataclass(frozen=True)
class Outcome:
    """A finished run: the assessment of the usable files, the error of each other, and what it was made from."""

    assessment: Assessment
    unusable: tuple[InputError, ...]
    sheets: tuple[Sheet, ...] = ()
    given: Inputs | None = None


class NothingAssessedError(RiskEngineError):
    """None of the files could be used; `unusable` holds the error of each."""

    def __init__(self, unusable: Sequence[InputError]) -> None:
        self.unusable = tuple(unusable)
        super().__init__("\n".join(str(error) for error in unusable))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.unusable,)


def silent(_step: str, _share: float) -> None:
    """The progress of a run that nobody watches."""


def run(request: Request, progress: Progress = silent) -> Outcome:
    """Read the files and assess them together, with what people decided and chose before.

    Raises NothingAssessedError when no file can be used, PolicyError and RegistryError when the policy or the register
    that was asked for can't be.
    """
    policy = policies.load(request.policy)
    inputs = gather(request)
    return assess(remembering(read(request.sources, progress), request.mapping), inputs, policy, progress)


def gather(request: Request) -> Inputs:
    """The inputs of a run besides its files. Raises RegistryError.

    A run on the fictional sample registry takes the other samples, and no other register from this machine, so that its
    results change by what people decide alone.
    """
    statements = None if request.registry is None else register(request.registry)
    sample = statements is not None and statements.facts.sample
    return Inputs(
        as_of=request.as_of,
        register=statements,
        mapping=mappings.chosen(request.mapping),
        companies=registers.sample_companies() if sample else companies.load(request.as_of),
        presumed_in_scope=registers.sample_presumed() if sample else registers.presumed(),
        decisions=records.decisions(),
        found_statements=records.found_statements(),
    )


def read(sources: Sequence[Source], progress: Progress) -> Reading:
    """Read every file; two files of the same name are told apart by a number."""
    sheets: list[Sheet] = []
    unusable: list[InputError] = []
    for position, source in enumerate(_told_apart(sources)):
        progress(f"reading {source.name}", READING * position / len(sources))
        try:
            sheets += reading.read(source.path, source.name)
        except InputError as error:
            unusable.append(error)
    return Reading(tuple(sheets), tuple(unusable))


def remembering(held: Reading, chosen: Mapping[str, str]) -> Reading:
    """The sheets with the mapping remembered for their layout, as far as no other heading is chosen now."""
    return Reading(tuple(mappings.apply(held.sheets, chosen)), held.unusable)


def assess(held: Reading, inputs: Inputs, policy: Policy, progress: Progress) -> Outcome:
    """Assess what was read. Raises NothingAssessedError."""
    if not held.sheets:
        raise NothingAssessedError(held.unusable)
    try:
        found = pipeline.assess(held.sheets, inputs, policy, _later(progress))
    except NoContractLinesError:
        raise NothingAssessedError([*held.unusable, *_errors(held, inputs, policy)]) from None
    return Outcome(found, (*held.unusable, *lines.unusable(found.intake)), held.sheets, inputs)


def keep(outcome: Outcome, request: Request) -> str:
    """Keep the assessment with what it was made from, and remember headings chosen by hand. Returns its id.

    Raises OSError and RecordError.
    """
    mappings.remember(outcome.sheets, outcome.assessment, records.me(), request.mapping)
    copy = _copy(request.registry or ()) if outcome.assessment.register else ()
    mapped = [sheet for sheet in outcome.sheets if sheet.mapping]
    layouts = {(sheet.file.name, sheet.name): (sheet.mapping, sheet.notes[-1]) for sheet in mapped}
    files = tuple((source.name, source.path) for source in request.sources if _is_readable(source.path))
    kept = records.save(outcome.assessment, Origin(files, tuple(copy), layouts, outcome.given))
    ranked.keep(kept, outcome.assessment)
    return kept


def register(paths: Sequence[Path]) -> StatementRegister | None:
    """The statement registry at `paths`, or the newest snapshot on this machine, or None where there is none."""
    for path in paths:
        if not path.exists():
            raise RegisterFileError(path.name, "there is no such file or folder.", "Check its name and folder.")
    chosen = _copy(paths)
    return statement_registry.load(chosen) if chosen else None


def _copy(paths: Sequence[Path]) -> Sequence[Path]:
    """Where the registry copy of a run lies."""
    return paths or [path for copy in registers.newest() for path in copy.paths or ()]


def _is_readable(path: Path) -> bool:
    """Whether there is a file to keep: one that is not there was named as unusable, and the others go through."""
    return path.is_file() and os.access(path, os.R_OK)


def _told_apart(sources: Sequence[Source]) -> list[Source]:
    """Sources of one name are numbered from the second on, with a number that makes no other source's name."""
    given = {source.name for source in sources}
    taken: set[str] = set()
    apart = []
    for source in sources:
        name = source.name
        if name in taken:
            numbered = (f"{name} ({number})" for number in itertools.count(2))
            name = next(other for other in numbered if other not in given | taken)
        taken.add(name)
        apart.append(Source(source.path, name))
    return apart


def _later(progress: Progress) -> Progress:
    """The progress of the steps after reading."""
    return lambda step, share: progress(step, READING + (1 - READING) * share)


def _errors(held: Reading, inputs: Inputs, policy: Policy) -> list[InputError]:
    """The error of each file when none holds contract lines."""
    errors = []
    for file in dict.fromkeys(sheet.file for sheet in held.sheets):
        try:
            lines.read([sheet for sheet in held.sheets if sheet.file == file], policy.lines, inputs.mapping)
        except NoContractLinesError as error:
            errors.append(error)
    return errors
