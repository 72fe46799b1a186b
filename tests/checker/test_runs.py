"""A run in a process of its own: progress, end, cancelling, interruption, and files that go after a day."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker import assessments, records, runs, work
from checker.cli import riskcheck
from checker.runs import Asked, Ended, Run
from checker.turns import Place, Turns
from registries import sample

AS_OF = date(2026, 6, 30)
LIST = b"Supplier,Description,Amount\nLarkfield Homecare Ltd,Home care,1200.00\nQuill LLP,Legal advice,300.00\n"


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path))


def ended(run: Run, seconds: float = 90) -> Ended:
    """Wait for the end of a run."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if (found := run.ended()) is not None:
            return found
        time.sleep(0.05)
    pytest.fail("the run did not end in time")


def working(run: Run, seconds: float = 60) -> None:
    """Wait until a run has told its first progress."""
    end = time.monotonic() + seconds
    while run.progress()[0] == "starting" and time.monotonic() < end:
        time.sleep(0.02)
    assert run.ended() is None


@pytest.fixture
def large_list() -> bytes:
    """A list that takes long enough to be caught at work."""
    rows = [f"Supplier {number} Ltd,Cleaning of site {number},{number}.00" for number in range(60_000)]
    return "\n".join(["Supplier,Description,Amount", *rows]).encode()


def test_a_run_keeps_its_assessment_and_tells_of_files_that_cannot_be_used() -> None:
    run = runs.start([("list.csv", LIST), ("picture.png", b"\x89PNG\r\n\x1a\n")], Asked(AS_OF, (sample.FOLDER,)))
    end = ended(run)
    assert end.assessment is not None
    assert records.load(end.assessment).lines.height == 2
    assert len(end.problems) == 1
    assert end.problems[0].startswith("picture.png: ")


def test_without_a_registry_copy_statements_are_not_checked() -> None:
    end = ended(runs.start([("list.csv", LIST)], Asked(AS_OF, None)))
    assert end.assessment is not None
    found = records.load(end.assessment)
    assert found.register is None
    assert set(found.statements.get_column("statement")) == {"not_checked"}


@pytest.mark.parametrize(
    ("content", "nameable"), [(b"", False), (b"Qqq,Www\n1,2\n3,4\n", True)], ids=["empty", "no heading known"]
)
def test_a_run_without_a_usable_file_says_why_in_a_sentence(content: bytes, nameable: bool) -> None:
    end = ended(runs.start([("list.csv", content)], Asked(AS_OF, None)))
    assert (end.assessment, end.nameable) == (None, nameable)
    assert end.problems[0].startswith("list.csv: ")


def test_the_name_of_a_file_is_only_a_name() -> None:
    run = runs.start([("../../evil.csv", LIST)], Asked(AS_OF, None))
    assert [name for name, _ in run.files()] == ["evil.csv"]
    assert all(path.parent == run.folder / "files" for _, path in run.files())
    ended(run)


def test_a_run_can_be_repeated_with_headings_corrected() -> None:
    given = LIST.replace(b"Supplier", b"Zzz")
    first = runs.start([("list.csv", given)], Asked(AS_OF, None, {"supplier": "Description"}))
    assert ended(first).assessment
    end = ended(runs.again(first, {"supplier": "Zzz"}))
    assert end.assessment is not None
    assert "Quill LLP" in records.load(end.assessment).suppliers.get_column("name").to_list()


def test_what_the_record_refuses_is_told_in_its_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise records.RecordError("The database can't be written to.")

    run = Run(tmp_path / "runs" / ("a" * 32))
    run.folder.mkdir(parents=True)
    request = {"files": [], "as_of": AS_OF.isoformat(), "registry": None, "mapping": {}}
    runs.write(run.folder / "request.json", request)
    monkeypatch.setattr(assessments, "read", refuse)
    work.work(run)
    assert run.ended() == Ended(problems=("The database can't be written to.",))


def test_a_cancelled_run_keeps_nothing(large_list: bytes) -> None:
    run = runs.start([("large.csv", large_list)], Asked(AS_OF, (sample.FOLDER,)))
    working(run)
    run.cancel()
    assert run.ended() == Ended(cancelled=True)
    assert records.recent() == []


@pytest.fixture
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISKCHECK_RUNS_AT_ONCE", "1")


@pytest.mark.usefixtures("one_at_a_time")
def test_runs_wait_their_turn_and_may_leave_the_queue(large_list: bytes) -> None:
    asked = Asked(AS_OF, None)
    first, second, third = (runs.start([(f"{name}.csv", large_list)], asked) for name in "abc")
    assert [run.waiting() for run in (first, second, third)] == [None, Place(1, 0), Place(1, 1)]
    assert (second.ended(), second.progress()[0]) == (None, "starting")
    second.cancel()
    assert second.ended() == Ended(cancelled=True)
    assert third.waiting() == Place(1, 0)
    working(first)
    first.cancel()
    assert ended(third).assessment is not None
    assert [one.outcome for one in records.runs()] == ["assessed", "cancelled"]


def test_a_run_whose_turn_comes_while_it_is_asked_is_not_taken_for_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Run(tmp_path / "runs" / ("b" * 32))
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        monkeypatch.setattr(runs, "_PROCESSES", {})
        monkeypatch.setattr(Turns, "place", lambda *_: runs._PROCESSES.update({run.id: process}))
        assert run.ended() is None
        process.communicate(b"done")


@pytest.mark.usefixtures("one_at_a_time")
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system knows no SIGKILL")
def test_what_waited_when_the_server_was_killed_is_told_as_interrupted(large_list: bytes) -> None:
    first = runs.start([("a.csv", large_list)], Asked(AS_OF, None))
    second = runs.start([("b.csv", LIST)], Asked(AS_OF, None))
    code = f"from pathlib import Path; from checker.runs import Run; print(Run(Path({str(second.folder)!r})).ended())"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert runs.INTERRUPTED in told  # so it looks to a server that has come back and knows no queue
    second.cancel()
    working(first)
    first.cancel()
    assert records.recent() == []


def test_a_run_that_cannot_be_started_says_so_and_lets_the_next_one_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISKCHECK_RUNS_AT_ONCE", "1")
    with monkeypatch.context() as context:
        context.setattr(subprocess, "Popen", no_room)
        run = runs.start([("list.csv", LIST)], Asked(AS_OF, None))
    assert run.ended() == Ended(problems=(runs.NOT_STARTED,))
    assert ended(runs.start([("list.csv", LIST)], Asked(AS_OF, None))).assessment is not None


def no_room(*_: object, **__: object) -> None:
    raise OSError("no more processes")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system knows no SIGKILL")
def test_a_killed_run_is_told_as_interrupted(large_list: bytes) -> None:
    run = runs.start([("large.csv", large_list)], Asked(AS_OF, (sample.FOLDER,)))
    working(run)
    watcher = runs._WATCHERS[run.id]
    os.kill(runs._PROCESSES[run.id].pid, signal.SIGKILL)
    watcher.join(timeout=60)
    assert ended(run) == Ended(problems=(runs.INTERRUPTED,))
    assert records.recent() == []


@pytest.mark.parametrize("run_id", [None, "", "nothing", "../assessments", "0" * 32])
def test_a_run_that_does_not_exist_is_not_found(run_id: str | None) -> None:
    assert runs.find(run_id) is None


@pytest.mark.parametrize(
    "clear",
    [runs.clear_old, lambda: CliRunner().invoke(riskcheck, ["retention", "--delete"])],
    ids=["run", "retention"],
)
def test_the_files_of_old_runs_are_deleted(tmp_path: Path, clear: Callable[[], object]) -> None:
    old, new = (tmp_path / "runs" / (letter * 32) for letter in "ab")
    for folder in (old, new):
        (folder / "files").mkdir(parents=True)
    os.utime(old, (0, time.time() - runs.KEPT - 60))
    clear()
    assert (old.exists(), new.exists()) == (False, True)
