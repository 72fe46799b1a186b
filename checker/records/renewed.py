"""Who renewed which register copy and how it ended: entries of the audit trail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date

from checker.records import chain
from checker.records.database import writing
from registries import snapshots
from registries.errors import RegistryError
from registries.snapshots import Snapshot
from riskengine.statements.wording import in_words

FETCHED, HANDED_IN = "fetched a register copy", "handed in a register copy"

BROKE_OFF = "Nothing was kept: it broke off because of a fault of riskcheck's own."


@dataclass(frozen=True)
class Copy:
    """A register copy as the trail names it; `sha256` is that of RegisterFacts."""

    name: str
    date: date
    organisations: int
    sha256: str
    partial_reason: str = ""


def of(snapshot: Snapshot) -> Copy:
    """A snapshot as the trail names it."""
    digest = snapshots.sha256_of([file.sha256 for file in snapshot.files])
    return Copy(snapshot.register_name, snapshot.taken, snapshot.organisations, digest, snapshot.partial_reason)


@contextmanager
def recorded(who: str, action: str, register_name: str) -> Iterator[Callable[[Copy], None]]:
    """Record what is done within: the copy it is told of, or the error by which it ended, which goes on.

    Raises RecordError where the trail can't be written.
    """
    told: list[Copy] = []
    try:
        yield told.append
    except Exception as error:
        outcome = f"Nothing was kept: {error}" if isinstance(error, RegistryError) else BROKE_OFF
        _append(who, action, register_name, {"outcome": outcome})
        raise
    for copy in told:
        _append(who, action, copy.sha256, {**asdict(copy), "outcome": _words(copy)})


def _append(who: str, action: str, subject: str, detail: dict[str, object]) -> None:
    with writing() as session:
        chain.append(session, who, action, subject, detail)


def _words(copy: Copy) -> str:
    partial = f" It is not whole: {copy.partial_reason}." if copy.partial_reason else ""
    return f"{copy.name}, copy of {in_words(copy.date)} with {copy.organisations:,} organisations: kept.{partial}"
