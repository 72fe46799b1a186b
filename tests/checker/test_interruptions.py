"""A run that is killed is known as interrupted when the server comes back, and nothing of it is kept."""

from __future__ import annotations

import os
import signal
import time
from datetime import date
from pathlib import Path

import pytest

from checker import interruptions, records, runs
from checker.records import verification
from checker.runs import Asked

LIST = "\n".join(["Supplier,Amount", *(f"Supplier {number} Ltd,{number}.00" for number in range(60_000))]).encode()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system knows no SIGKILL")
def test_a_killed_run_is_marked_and_leaves_nothing_half_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(runs, "_watch", lambda *_: None)  # the server that would have seen it is gone too
    run = runs.start([("large.csv", LIST)], Asked(date(2026, 6, 30), None))
    end = time.monotonic() + 60
    while run.progress()[0] == "starting" and time.monotonic() < end:
        time.sleep(0.02)
    os.kill(runs._PROCESSES[run.id].pid, signal.SIGKILL)
    runs._PROCESSES[run.id].wait()
    runs._TURNS.end(run.id)
    assert interruptions.mark() == [run.id]
    assert [(one.outcome, one.assessment) for one in records.runs()] == [("interrupted", None)]
    assert (records.recent(), verification.verify().faults) == ([], ())


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system knows no SIGKILL")
def test_a_killed_run_is_marked_while_the_server_lives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path))
    run = runs.start([("large.csv", LIST)], Asked(date(2026, 6, 30), None))
    watcher = runs._WATCHERS[run.id]
    end = time.monotonic() + 60
    while run.progress()[0] == "starting" and time.monotonic() < end:
        time.sleep(0.02)
    os.kill(runs._PROCESSES[run.id].pid, signal.SIGKILL)
    watcher.join(timeout=60)
    assert [(one.outcome, one.assessment) for one in records.runs()] == [("interrupted", None)]
    assert interruptions.mark() == []
    assert records.recent() == []
    assert "interrupted" in " ".join(one.action for one in records.trail())
