"""A run in a process of its own, so that the page stays alive: what is asked, how far it is, and how it ended.

Each run has a folder with the files handed in, `request.json`, `progress.json` and, when it is over, `ended.json`. The
page starts `python -m checker.work FOLDER` and reads these files; nothing else passes between the two. At most
`Settings.runs_at_once` are at work at once; a run that waits is known to this process alone, and is gone with it.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from checker import guard
from checker.records import RecordError, begun, people
from checker.settings import Settings
from checker.turns import Place, Turns

KEPT = 24 * 3600
"""Seconds for which the files handed in are kept, so that a run can be repeated with corrected headings."""

NOT_STARTED = "The run could not be started: the machine has no room for another process. Try again later."
INTERRUPTED = "The run was interrupted before it ended. Nothing was kept. Start it again."

SECRETS = ("RISKCHECK_OIDC_CLIENT_SECRET", "RISKCHECK_COOKIE_SECRET", "RISKCHECK_COMPANIES_HOUSE_KEY")
"""What the process that reads untrusted files is not given."""

_ID = re.compile(r"[0-9a-f]{32}")
_PROCESSES: dict[str, subprocess.Popen[bytes]] = {}
_WATCHERS: dict[str, threading.Thread] = {}
_TURNS = Turns(lambda: Settings().runs_at_once)
_ENDING = threading.Lock()
"""Held while a run is cancelled, so that its end is not taken for an interruption."""


@dataclass(frozen=True)
class Asked:
    """What a run is asked besides its files. `registry` holds paths; None means that statements are not checked.

    `policy` is a council's own policy folder. `check` is the id of a stored assessment that is made again from its
    stored input and compared; nothing else is asked then.
    """

    as_of: date
    registry: tuple[Path, ...] | None
    mapping: Mapping[str, str] = field(default_factory=dict)
    policy: Path | None = None
    check: str | None = None


@dataclass(frozen=True)
class Ended:
    """How a run ended: the assessment kept (None where nothing was), and one sentence for each problem.

    `differing` names the files of an assessment made again that came out differently; None where none was made again.
    `nameable`: a file was read and nothing was kept, as no heading for the supplier was found: naming it may help.
    """

    assessment: str | None = None
    problems: tuple[str, ...] = ()
    cancelled: bool = False
    differing: tuple[str, ...] | None = None
    nameable: bool = False


@dataclass(frozen=True)
class Run:
    """One run, known by its folder."""

    folder: Path

    @property
    def id(self) -> str:
        """The name of its folder."""
        return self.folder.name

    def progress(self) -> tuple[str, float]:
        """The step about to run, and the share done, 0 to 1."""
        told = read(self.folder / "progress.json") or {"step": "starting", "share": 0.0}
        return str(told["step"]), float(told["share"])

    def waiting(self) -> Place | None:
        """Its place in the queue, or None once it has begun."""
        return _TURNS.place(self.id)

    def ended(self) -> Ended | None:
        """How the run ended, or None while it waits or goes on."""
        told = read(self.folder / "ended.json")
        if told is not None:
            differing = told.get("differing")
            made_again = None if differing is None else tuple(differing)
            nameable = told.get("nameable", False)
            return Ended(told["assessment"], tuple(told["problems"]), told["cancelled"], made_again, nameable)
        if self.waiting():
            return None
        process = _PROCESSES.get(self.id)  # asked after the queue, which a run leaves only when its process is known
        if process is not None and process.poll() is None:
            return None
        return self.ended() if (self.folder / "ended.json").exists() else Ended(problems=(INTERRUPTED,))

    def cancel(self) -> None:
        """Stop the run and every process it started, or leave the queue; nothing is kept of it."""
        if _TURNS.leave(self.id):
            self._tell(cancelled=True)
            return
        process = _PROCESSES.get(self.id)
        if self.ended() is None and process is not None:
            with _ENDING:
                _stop(process)
                write(self.folder / "ended.json", {"assessment": None, "problems": [], "cancelled": True})
                _note_end(self.id, begun.CANCELLED)

    def _tell(self, *problems: str, cancelled: bool = False) -> None:
        """Say that the run ended without an assessment."""
        write(self.folder / "ended.json", {"assessment": None, "problems": problems, "cancelled": cancelled})

    def asked(self) -> Asked:
        """What it was asked."""
        told = read(self.folder / "request.json") or {}
        registry = None if told["registry"] is None else tuple(Path(path) for path in told["registry"])
        policy = Path(told["policy"]) if told.get("policy") else None
        return Asked(date.fromisoformat(told["as_of"]), registry, told["mapping"], policy, told.get("check"))

    def who(self) -> str | None:
        """Who started it."""
        return (read(self.folder / "request.json") or {}).get("who")

    def files(self) -> list[tuple[str, Path]]:
        """The files handed in: the name by which the user knows each, and where it is kept."""
        told = read(self.folder / "request.json") or {}
        return [(one["name"], Path(one["path"])) for one in told["files"]]


def start(files: Sequence[tuple[str, bytes]], asked: Asked) -> Run:
    """Keep the files (name, content) and start the run. Raises OSError where the data folder can't be written to."""
    run = prepare()
    (run.folder / "files").mkdir()
    kept = []
    for position, (name, content) in enumerate(files, start=1):
        path = run.folder / "files" / f"{position}{Path(name).suffix.lower()[:8]}"
        path.write_bytes(content)
        kept.append((Path(name).name, path))
    return begin(run, kept, asked)


def prepare() -> Run:
    """A folder for a new run, which `begin` starts. Raises OSError."""
    run = Run(_runs_dir() / uuid.uuid4().hex)
    run.folder.mkdir(parents=True)
    return run


def begin(run: Run, files: Sequence[tuple[str, Path]], asked: Asked) -> Run:
    """Start a prepared run over files that stay where they are: the name by which the user knows each, and its path."""
    write(
        run.folder / "request.json",
        {
            "files": [{"name": name, "path": str(path)} for name, path in files],
            "as_of": asked.as_of.isoformat(),
            "registry": None if asked.registry is None else [str(path) for path in asked.registry],
            "mapping": dict(asked.mapping),
            "policy": str(asked.policy) if asked.policy else None,
            "check": asked.check,
            "who": people.me(),
        },
    )
    _launch(run)
    return run


def again(earlier: Run, mapping: Mapping[str, str]) -> Run:
    """Start a run that asks the same of the same files, with headings corrected."""
    asked = replace(earlier.asked(), mapping=mapping)
    return start([(name, path.read_bytes()) for name, path in earlier.files()], asked)


def find(run_id: str | None) -> Run | None:
    """The run of an id, or None where there is none."""
    run = Run(_runs_dir() / (run_id or ""))
    return run if _ID.fullmatch(run_id or "") and run.folder.is_dir() else None


def clear_old() -> None:
    """Delete the files of runs that were started more than `KEPT` seconds ago."""
    folders = list(_runs_dir().iterdir()) if _runs_dir().is_dir() else []
    for folder in folders:
        if _ID.fullmatch(folder.name) and time.time() - folder.stat().st_mtime > KEPT:
            shutil.rmtree(folder, ignore_errors=True)


def _runs_dir() -> Path:
    return Settings().data_dir / "runs"


def _launch(run: Run) -> None:
    """Start the process of a run when it is its turn."""
    shown = {name: value for name, value in os.environ.items() if name not in SECRETS}
    environment = shown | {"PYTHONPATH": guard.package_path()}
    _TURNS.ask(run.id, lambda: _work(run, environment))


def _work(run: Run, environment: dict[str, str]) -> None:
    try:
        with (run.folder / "log.txt").open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 - our own module and folder, nothing from the user
                [sys.executable, "-m", "checker.work", str(run.folder)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=environment,
                start_new_session=True,
            )
    except OSError:
        run._tell(NOT_STARTED)
        _TURNS.end(run.id)
        return
    _PROCESSES[run.id] = process
    _WATCHERS[run.id] = threading.Thread(target=_watch, args=(run, process), daemon=True)
    _WATCHERS[run.id].start()


def _watch(run: Run, process: subprocess.Popen[bytes]) -> None:
    """Wait for the end of a run, and note it as interrupted where its process ended without a word."""
    process.wait()
    with _ENDING:
        if read(run.folder / "ended.json") is None:
            _note_end(run.id, begun.INTERRUPTED)
    _PROCESSES.pop(run.id, None)
    _WATCHERS.pop(run.id, None)
    _TURNS.end(run.id)


def _note_end(run_id: str, outcome: str) -> None:
    """Where the record can't be written to now, the next start of the server notes it."""
    with contextlib.suppress(RecordError, OSError):
        begun.end(run_id, outcome)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a process and, where the system knows process groups, all that it started."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def read(path: Path) -> dict[str, Any] | None:
    """What a file of a run says, or None while there is no such file."""
    try:
        told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, PermissionError):
        return None
    return told


def write(path: Path, told: dict[str, Any]) -> None:
    """Written beside and moved into place, so that a reader never sees half a file."""
    beside = path.with_suffix(".part")
    beside.write_text(json.dumps(told), "utf-8")
    beside.replace(path)
