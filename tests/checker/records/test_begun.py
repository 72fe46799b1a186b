"""Runs from their start to their end, and those that were cut short."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta

import pytest

from checker import interruptions, records
from checker.records import begun, chain, verification
from checker.settings import Settings

RUN = "a" * 32
AS_OF = date(2026, 6, 30)


@pytest.fixture
def ended_process() -> int:
    """The number of a process that is not there any more."""
    with subprocess.Popen([sys.executable, "-c", "pass"]) as process:
        process.wait()
    return process.pid


def begin(monkeypatch: pytest.MonkeyPatch, process: int | None = None) -> None:
    with monkeypatch.context() as changed:
        if process is not None:
            changed.setattr("checker.records.begun.os.getpid", lambda: process)
        begun.begin(RUN, ("spend.csv",), AS_OF)


def outcomes() -> list[tuple[str | None, str | None]]:
    return [(one.outcome, one.assessment) for one in records.runs()]


def test_a_run_is_known_from_its_start(monkeypatch: pytest.MonkeyPatch) -> None:
    begin(monkeypatch)
    (one,) = records.runs()
    assert (one.files, one.as_of, one.ended, one.outcome) == (("spend.csv",), AS_OF, None, None)


def test_a_run_ends_once(monkeypatch: pytest.MonkeyPatch) -> None:
    begin(monkeypatch)
    begun.end(RUN, begun.ASSESSED, "0" * 12)
    begun.end(RUN, begun.INTERRUPTED)
    assert outcomes() == [("assessed", "0" * 12)]
    assert [one.action for one in records.trail()] == ["a run ended: assessed", "began a run"]


def test_a_run_at_work_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    begin(monkeypatch)
    assert interruptions.mark() == []
    assert outcomes() == [(None, None)]


def test_a_run_whose_process_is_gone_was_interrupted(monkeypatch: pytest.MonkeyPatch, ended_process: int) -> None:
    begin(monkeypatch, ended_process)
    assert interruptions.mark() == [RUN]
    assert outcomes() == [("interrupted", None)]
    assert (interruptions.mark(), verification.verify().faults) == ([], ())


def test_a_cancelled_run_is_not_taken_for_an_interrupted_one(
    monkeypatch: pytest.MonkeyPatch, ended_process: int
) -> None:
    begin(monkeypatch, ended_process)
    folder = Settings().data_dir / "runs" / RUN
    folder.mkdir(parents=True)
    ended = {"assessment": None, "problems": [], "cancelled": True}
    (folder / "ended.json").write_text(json.dumps(ended), "utf-8")
    assert interruptions.mark() == []
    assert outcomes() == [("cancelled", None)]


def test_a_run_of_another_machine_is_given_up_after_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr("checker.records.begun.platform.node", lambda: "another")
        begin(monkeypatch)
    assert begun.unended() == []
    later = chain.now() + begun.LONGEST + timedelta(minutes=1)
    monkeypatch.setattr(chain, "now", lambda: later)
    assert begun.unended() == [RUN]
