"""Runs from their start, so that one that was cut short is known as interrupted and not merely missing."""

from __future__ import annotations

import ctypes
import os
import platform
import sys
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from checker.records import chain, people
from checker.records.database import reading, writing
from checker.records.tables import RunRow

ASSESSED, COMPARED = "assessed", "compared"
REFUSED, CANCELLED, INTERRUPTED = "refused", "cancelled", "interrupted"
"""How a run can end; nothing is kept of one that was refused, cancelled or interrupted."""
LONGEST = timedelta(hours=24)
"""A run that began earlier can't still be at work, on whatever machine."""
_STILL_ACTIVE, _SYNCHRONIZE = 258, 0x00100000


@dataclass(frozen=True)
class Begun:
    """One run: its files, when it began, and how it ended (None while it goes on)."""

    id: str
    started: datetime
    ended: datetime | None
    who: str
    files: tuple[str, ...]
    as_of: date
    outcome: str | None
    assessment: str | None


def begin(run_id: str, files: tuple[str, ...], as_of: date) -> None:
    """Note that a run of this process begins."""
    process = f"{platform.node()}:{os.getpid()}"
    with writing() as session:
        row = RunRow(id=run_id, started=chain.now(), who=people.me(), files=list(files), as_of=as_of, process=process)
        session.add(row)
        chain.append(session, row.who, "began a run", run_id, {"files": len(files), "as_of": as_of})


def end(run_id: str, outcome: str, assessment: str | None = None) -> None:
    """Note how a run ended; one whose beginning was not noted, or that has ended, is left as it is."""
    with writing() as session:
        row = session.get(RunRow, run_id)
        if row is not None and row.ended is None:
            _end(session, row, outcome, assessment)


def unended() -> list[str]:
    """Runs without an end whose process is not at work any more."""
    with reading() as session:
        return [row.id for row in session.scalars(select(RunRow).where(RunRow.ended.is_(None))) if _gone(row)]


def runs(limit: int = 50) -> list[Begun]:
    """The runs, the one begun last first."""
    with reading() as session:
        rows = session.scalars(select(RunRow).order_by(RunRow.started.desc()).limit(limit))
        return [_begun(row) for row in rows]


def _end(session: Session, row: RunRow, outcome: str, assessment: str | None) -> None:
    row.ended, row.outcome, row.assessment = chain.now(), outcome, assessment
    chain.append(session, row.who, f"a run ended: {outcome}", row.id, {"assessment": assessment})


def _begun(row: RunRow) -> Begun:
    return Begun(row.id, row.started, row.ended, row.who, tuple(row.files), row.as_of, row.outcome, row.assessment)


def _gone(row: RunRow) -> bool:
    if chain.now() - row.started > LONGEST:
        return True
    machine, _, process = row.process.rpartition(":")
    return machine == platform.node() and not _at_work(int(process))


def _at_work(process: int) -> bool:
    if sys.platform == "win32":  # there, os.kill with signal 0 would end the process
        handle = ctypes.windll.kernel32.OpenProcess(_SYNCHRONIZE, False, process)
        active = bool(handle) and ctypes.windll.kernel32.WaitForSingleObject(handle, 0) == _STILL_ACTIVE
        ctypes.windll.kernel32.CloseHandle(handle)
        return active
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
