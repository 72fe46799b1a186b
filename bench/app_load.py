"""Whether many people can use the app at once, each with a list of their own.

    python -m bench.app_load [--sessions 20] [--lines 20000] [--port 8899]

The app is served as `riskcheck app` serves it, with an empty data folder. Each session uploads a list of its own,
checks it, and then opens the dashboard, the suppliers, the audit page and a filter, all at the same time. Printed are
seconds from upload to result and per click, the memory of the server (and of all its processes) at the start, once a
first visitor with a short list has left, at the most and after all have left, and how many sessions saw a supplier of
another's list. What stays beyond the first visitor, who makes the server load its code, was left behind by the others.
Ends with status 1 where a session saw another's data or did not finish. Reads /proc, so that it runs on Linux alone.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.visitor import Screen, Visitor

AFTER = 200
"""Seconds to wait after all have left: a session is kept for a minute, figures for two, in case a reader comes back."""
FIRST = 500
"""Lines of the list of the first visitor."""
MOMENTS = ("at the start", "after the first visitor", "at most", "after all have left")


@dataclass
class Told:
    """What one session met: seconds from upload to result, seconds a click, and names that were not its own."""

    result: float = 0.0
    clicks: list[float] = field(default_factory=list)
    foreign: set[str] = field(default_factory=set)
    fault: str = ""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--lines", type=int, default=20_000)
    parser.add_argument("--after", type=int, default=AFTER, help="seconds to wait once all have left")
    parser.add_argument("--port", type=int, default=8899)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as data, served(Path(data), asked.port) as (address, server):
        Visitor(address).leave()
        memory = Memory(server.pid)
        found = [memory.now()]
        first = visit(address, asked.sessions, FIRST)
        found.append(rested(address, memory, asked.after))
        with memory, ThreadPoolExecutor(asked.sessions) as pool:
            started = time.monotonic()
            told = list(pool.map(lambda at: visit(address, at, asked.lines), range(asked.sessions)))
            took = time.monotonic() - started
        report(told, asked.lines, took)
        found += [memory.most, rested(address, memory, asked.after)]
        print(f"memory, MB: {', '.join(MOMENTS)}")
        for at, whose in enumerate(("the server", "all its processes")):
            print(f"{whose}: {', '.join(str(one[at]) for one in found)}")
    sys.exit(1 if any(one.fault or one.foreign for one in [first, *told]) else 0)


def rested(address: str, memory: Memory, seconds: int) -> tuple[int, int]:
    """The memory once everybody has left and what was kept for them was let go."""
    time.sleep(seconds)
    Visitor(address).leave()
    time.sleep(2)
    return memory.now()


def visit(address: str, number: int, lines: int) -> Told:
    """One session from its upload to its last click."""
    told = Told()
    try:
        visitor = Visitor(address)
        screen = visitor.open("upload")
        state = visitor.send(screen.uploader, f"{own(number)}.csv", made(number, lines))
        started = time.monotonic()
        visitor.press(screen.buttons["Check these lists"], state)
        screen = visitor.wait_for("The lists were checked.")
        told.result = time.monotonic() - started
        held = f"assessment={dict(part.split('=') for part in visitor.query.split('&'))['assessment']}"
        for page in ("dashboard", "supplier", "audit", "dashboard", "audit"):
            screen = visitor.open(page, held)
            look(screen, number, told)
        look(visitor.write(screen.inputs["Words"], "site 77"), number, told)
        visitor.leave()
    except Exception as error:  # noqa: BLE001 - whatever went wrong is a figure of this session
        told.fault = f"{type(error).__name__}: {error}"
    return told


def look(screen: Screen, number: int, told: Told) -> None:
    """Keep how long a click took, and what it showed that belongs to somebody else."""
    told.clicks.append(screen.seconds)
    cells = [cell["text"] for rows in screen.tables.values() for row in rows for cell in row]
    named = {cell.split()[0].removesuffix(".csv") for cell in cells if cell.startswith("Visitor")}
    told.foreign |= named - {own(number)}
    if not named:
        told.fault = "a page showed no supplier"


def own(number: int) -> str:
    """The first word of the names of a session's suppliers."""
    return f"Visitor{number:02}"


def made(number: int, lines: int) -> bytes:
    """A list of payments to suppliers that no other session has."""
    rows = [
        f"{own(number)} {at % 2000} Ltd,Cleaning of site {at % 500},{at + 1}.50,01/04/2026,Estates"
        for at in range(lines)
    ]
    return "\n".join(["Supplier,Description,Amount,Date,Department", *rows]).encode()


def report(told: list[Told], lines: int, took: float) -> None:
    """Print what the sessions met."""
    results, clicks = sorted(one.result for one in told), sorted(click for one in told for click in one.clicks)
    finished = [one for one in told if not one.fault]
    print(f"{len(told)} sessions with {lines:,} lines each: {len(finished)} finished in {took:.0f} s")
    print(f"from upload to result, s: median {statistics.median(results):.1f}, longest {results[-1]:.1f}")
    if clicks:
        print(f"a click, s: median {statistics.median(clicks):.2f}, longest {clicks[-1]:.2f} ({len(clicks)} clicks)")
    print(f"sessions that saw another's data: {sum(bool(one.foreign) for one in told)}")
    for one in told:
        if one.fault or one.foreign:
            print(f"at fault: {one.fault or ', '.join(sorted(one.foreign))}")


class Memory:
    """Watches the resident memory, in MB, of a process, and of it with all that it started."""

    def __init__(self, process: int) -> None:
        self.process, self.most, self.left = process, (0, 0), threading.Event()

    def __enter__(self) -> None:
        self.watcher = threading.Thread(target=self._watch)
        self.watcher.start()

    def __exit__(self, *_: object) -> None:
        self.left.set()
        self.watcher.join()

    def now(self) -> tuple[int, int]:
        """The process alone, and all."""
        return resident(self.process), sum(resident(one) for one in family(self.process))

    def peak(self) -> int:
        """The most that the process alone ever had."""
        told = Path(f"/proc/{self.process}/status").read_text()
        return int(told.split("VmHWM:")[1].split()[0]) // 1024

    def _watch(self) -> None:
        while not self.left.wait(0.5):
            now = self.now()
            self.most = (max(self.most[0], now[0]), max(self.most[1], now[1]))


def resident(process: int) -> int:
    """Resident memory in MB; 0 for a process that is gone."""
    try:
        held = Path(f"/proc/{process}/statm").read_text().split()[1]
    except (FileNotFoundError, ProcessLookupError, IndexError):
        return 0
    return int(held) * os.sysconf("SC_PAGE_SIZE") // 2**20


def family(process: int) -> list[int]:
    """A process and all that it started."""
    found = [process]
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found += [one for child in task.read_text().split() for one in family(int(child))]
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


@contextmanager
def served(data: Path, port: int) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The app on a data folder: its address and its process."""
    root = Path(__file__).parents[1]
    command = [sys.executable, "-c", "from checker.cli import main; main()", "app", f"--port={port}"]
    environment = os.environ | {"RISKCHECK_DATA_DIR": str(data), "PYTHONPATH": str(root)}
    with (data / "server.txt").open("wb") as log:
        server = subprocess.Popen(command, cwd=root, env=environment, stdout=log, stderr=log)
        try:
            wait(port, server)
            yield f"http://127.0.0.1:{port}", server
        finally:
            server.terminate()
            server.wait(timeout=30)


def wait(port: int, server: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Wait until the app answers."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5):
                return
        except (TimeoutError, urllib.error.URLError, ConnectionError):
            time.sleep(0.3)
    raise TimeoutError("the app did not start")


if __name__ == "__main__":
    main()
