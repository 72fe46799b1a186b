"""How long it takes to write an assessment of many lines, format by format.

    python bench/report_speed.py [--lines 1000000]

The sample lists are assessed, their lines repeated to the number asked for, and each output is written once into a
temporary folder. Printed are seconds, CPU seconds and bytes. A workbook holds all flagged lines and at most 100,000
others.
"""

from __future__ import annotations

import argparse
import dataclasses
import math
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

import registries.sample
import sample_contracts
from checker import assessments
from checker.assessments import Request, Source
from riskengine import report
from riskengine.pipeline import Assessment
from riskengine.schemas import ContractLines, Links, Scores


def main() -> None:
    """Print one row an output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=1_000_000, help="how many lines to write (default: 1,000,000)")
    made = repeated(samples(), parser.parse_args().lines)
    flagged = int(made.scores["flagged"].sum())
    print(f"{made.lines.height:,} lines, {flagged:,} of them flagged")
    print(f"{'output':10} {'seconds':>8} {'CPU s':>8} {'bytes':>14}")
    timed("tables", lambda _: report.build(report.withhold(made)))
    for name in report.FORMATS:
        timed(name, lambda out, name=name: report.write(made, out, (name,)))


def samples() -> Assessment:
    """All sample lists assessed with the sample registry."""
    sources = tuple(Source(sample.path, sample.path.name) for sample in sample_contracts.samples())
    request = Request(sources, sample_contracts.as_of(), registry=(registries.sample.FOLDER,))
    return assessments.run(request).assessment


def repeated(made: Assessment, lines: int) -> Assessment:
    """The assessment with its lines repeated under new ids; suppliers and purchases stay as they are."""
    times = range(math.ceil(lines / made.lines.height))

    def again(frame: pl.DataFrame) -> pl.DataFrame:
        return pl.concat([frame.with_columns(pl.col("line_id") + f"~{time_}") for time_ in times]).head(lines)

    return dataclasses.replace(
        made,
        lines=ContractLines.cast(again(made.lines)),
        links=Links.cast(again(made.links)),
        scores=Scores.cast(again(made.scores)),
    )


def timed(name: str, write: Callable[[Path], object]) -> None:
    """Print how long one output took and how large it is."""
    with tempfile.TemporaryDirectory() as folder:
        wall, cpu = time.perf_counter(), time.process_time()
        write(Path(folder))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
    print(f"{name:10} {wall:8.1f} {cpu:8.1f} {size:14,}")


if __name__ == "__main__":
    main()
