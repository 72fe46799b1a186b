"""What a click costs where the tables are large, and how much goes to the browser.

    python -m bench.paging_speed [--lines 1000000] [--suppliers 100000] [--port 8898]

One list is made, checked and kept; the app is served over it as `riskcheck app` serves it. One visitor opens each page
twice, then one supplier and one of its lines, and filters by words. Printed are seconds, bytes over the websocket, the
most rows in one table, and the server's memory in MB once the page is drawn. The first opening works out figures that
are kept from then on.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import registries.sample
from bench.app_load import Memory, served
from bench.visitor import Screen, Visitor
from checker import assessments
from checker.assessments import Request, Source
from checker.views import lines as views

MATRIX = "Lines by sector and statement"
"""The one table that is not paged: it has a row a sector, however long the list."""
PAGES = ("dashboard", "supplier", "audit", "review", "assessments", "upload", "method", "records", "registers")
LETTERS = ("ba", "co", "du", "fe", "gi", "lo", "ma", "ne", "pu", "ri")
WORDS = (("audit", "Words"), ("supplier", "Find a supplier"))


def main() -> None:
    """Print one row a click; ends with status 1 where more than a page of rows went to the browser."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--suppliers", type=int, default=100_000)
    parser.add_argument("--port", type=int, default=8898)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        started = time.perf_counter()
        keep(Path(data), asked.lines, asked.suppliers)
        took = time.perf_counter() - started
        print(f"{asked.lines:,} lines of {asked.suppliers:,} suppliers checked and kept in {took:.0f} s")
        with served(Path(data), asked.port) as (address, server):
            most = visit(Visitor(address), Memory(server.pid))
    if most > views.PAGE:
        raise SystemExit(f"{most} rows went to the browser at once; a page has {views.PAGE}.")


def keep(data: Path, lines: int, suppliers: int) -> None:
    """Check a list of that size and keep the assessment in a data folder."""
    path = data / "large.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("Supplier,Description,Amount,Date,Department\n")
        for at in range(lines):
            kind = ("Cleaning", "Home care", "Legal advice", "Security guards", "Stationery")[at % 5]
            name = f"Bidder {word(at % suppliers)} Ltd"
            file.write(f"{name},{kind} for site {at % 700},{at % 9973}.50,01/04/2026,Unit {at % 40}\n")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("RISKCHECK_DATA_DIR", str(data))
        request = Request((Source(path, path.name),), date(2026, 6, 30), registry=(registries.sample.FOLDER,))
        assessments.keep(assessments.run(request), request)


def word(number: int) -> str:
    """A number as letters: long numbers in a name are taken for references, and their suppliers for one."""
    return "".join(LETTERS[int(sign)] for sign in str(number))


def visit(visitor: Visitor, memory: Memory) -> int:
    """Open every page twice and filter; the most rows that came at once."""
    print(f"{'click':34} {'seconds':>8} {'bytes':>10} {'rows':>5} {'memory':>7}")
    most = [row(name, screen, memory) for name, screen in clicks(visitor)]
    print(f"the server had {memory.peak()} MB at the most")
    return max(most)


def clicks(visitor: Visitor) -> Iterator[tuple[str, Screen]]:
    """Each click and what came of it."""
    for page in PAGES:
        for time_ in ("first", "again"):
            yield f"{page}, {time_}", visitor.open(page)
    line = next(one for one in links(visitor.open("audit")) if "line=" in one)
    for name, address in (("one supplier", line.partition("&line=")[0]), ("one line", line)):
        for time_ in ("first", "again"):
            yield f"{name}, {time_}", visitor.open(*address.split("?"))
    for page, label in WORDS:
        screen = visitor.open(page)
        for words in ("bidder mane", "site 12 legal", "nothing of the kind"):
            yield f"{page}, '{words}'", visitor.write(screen.inputs[label], words)


def links(screen: Screen) -> list[str]:
    """Where the cells of a screen lead."""
    return [cell["href"] for rows in screen.tables.values() for cells in rows for cell in cells if "href" in cell]


def row(name: str, screen: Screen, memory: Memory) -> int:
    """Print what one click cost; the most rows in one of its paged tables."""
    most = max((len(rows) for caption, rows in screen.tables.items() if caption != MATRIX), default=0)
    print(f"{name:34} {screen.seconds:8.2f} {screen.bytes:10,} {most:5} {memory.now()[0]:7,}", flush=True)
    return most


if __name__ == "__main__":
    main()
