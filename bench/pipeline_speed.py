"""How long each step of an assessment takes, and the most memory it needs, beside a bare reading of the same lines.

    python bench/pipeline_speed.py [--lines 1000000] [--suppliers 100000] [--texts 150000] [--formats csv parquet]

A list is made of made-up words and those of the policy and of the sample registry: each supplier has three different
purchases on average. It is written as CSV, read by `polars.read_csv`, then assessed with the sample registry, and its
results are written in each format. Every step is printed with seconds, processor seconds, the ratio of these to those
of the bare reading, and the most memory while it ran (Linux; what is held from earlier steps counts).
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

import registries.sample
import sample_contracts
from checker import registers
from registries import statement_registry
from riskengine import pipeline, policy, report, spreadsheet
from riskengine.pipeline import Assessment
from riskengine.policy import Policy
from riskengine.schemas import Inputs

PURCHASES_EACH = 3
SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvw" for vowel in "aeiou"]


class Clock:
    """Prints what each step took, from the call that names it to the next."""

    def __init__(self) -> None:
        self._running: str | None = None
        self.bare: float | None = None
        print(f"{'step':14}{'seconds':>9}{'processor':>11}{'times bare':>12}{'memory MB':>11}", flush=True)

    def __call__(self, step: str, _share: float = 0.0) -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        if self._running is not None:
            seconds, processor = wall - self._began[0], cpu - self._began[1]
            self.bare = self.bare or processor
            memory = _most_memory() / 1e6
            times = processor / self.bare
            print(f"{self._running:14}{seconds:9.2f}{processor:11.2f}{times:12.1f}{memory:11,.0f}", flush=True)
        _forget_most_memory()
        self._running = None if step == "done" else step
        self._began = time.perf_counter(), time.process_time()


def _most_memory() -> int:
    """The most memory of this process in bytes, since it was last forgotten where the system can forget it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def _forget_most_memory() -> None:
    forget = Path("/proc/self/clear_refs")
    if forget.exists():
        forget.write_text("5")


def made(lines: int, suppliers: int, texts: int, policy: Policy) -> pl.DataFrame:
    """A list of payments. The same arguments give the same list."""
    choose = random.Random(1)
    entries = statement_registry.load([registries.sample.FOLDER]).entries["name"]
    named = sorted({word for name in entries for word in name.split()})
    bought = sorted({word for listed in policy.sectors.words for word in listed.term.split()})
    begun = ["".join(choose.choices(SYLLABLES, k=4)).title() for _ in range(suppliers)]
    names = [f"{word} {' '.join(choose.choices(named, k=2))} Ltd" for word in begun]
    wording = [" ".join(choose.choices(bought, k=choose.randint(2, 6))) for _ in range(texts)]
    pairs = [(choose.randrange(suppliers), choose.randrange(texts)) for _ in range(suppliers * PURCHASES_EACH)]
    lines_of = [pairs[int(len(pairs) * choose.random() ** 2)] for _ in range(lines)]
    return pl.DataFrame(
        {
            "Supplier Name": [names[supplier] for supplier, _ in lines_of],
            "Description": [wording[text] for _, text in lines_of],
            "Directorate": [f"Directorate {text % 12}" for _, text in lines_of],
            "Payment Date": [f"{number % 28 + 1:02}/{number % 12 + 1:02}/2025" for number in range(lines)],
            "Net Amount (£)": [f"{choose.lognormvariate(7, 1.5):.2f}" for _ in range(lines)],
        }
    )


def assessed(path: Path, policy: Policy, clock: Callable[[str, float], None]) -> Assessment:
    """The list assessed as the product does, with the sample registers."""
    inputs = Inputs(
        as_of=sample_contracts.as_of(),
        register=statement_registry.load([registries.sample.FOLDER]),
        companies=registers.sample_companies(),
        presumed_in_scope=registers.sample_presumed(),
    )
    clock("reading", 0.0)
    return pipeline.assess(spreadsheet.read(path, path.name), inputs, policy, clock)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--suppliers", type=int, default=100_000)
    parser.add_argument("--texts", type=int, default=150_000)
    parser.add_argument("--formats", nargs="*", choices=report.FORMATS, default=["csv", "parquet"])
    given = parser.parse_args(arguments)
    built_in = policy.load()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "payments.csv"
        made(given.lines, given.suppliers, given.texts, built_in).write_csv(path)
        print(f"{given.lines:,} lines, {path.stat().st_size / 1e6:,.0f} MB")
        clock = Clock()
        clock("bare read_csv")
        pl.read_csv(path, infer_schema=False)
        assessment = assessed(path, built_in, clock)
        purchases, suppliers = assessment.purchases.height, assessment.suppliers.height
        clock("report tables")
        report.build(report.withhold(assessment))
        for name in given.formats:
            clock(f"report {name}")
            report.write(assessment, Path(folder) / name, (name,))
        clock("done")
        print(f"{suppliers:,} suppliers, {purchases:,} purchases, {assessment.findings.height:,} findings")


if __name__ == "__main__":
    main()
