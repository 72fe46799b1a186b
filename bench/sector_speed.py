"""How fast texts are classified, beside one pass of key words over the same distinct texts.

    python bench/sector_speed.py NOTICES CROSSWALK [--lines 1000000] [--texts 150000] [--runs 5]

Makes short texts of words of the notices' titles (five words a text) and lines that repeat them, and times in turns, in
one process: one `str.contains_any` pass over the distinct texts; the classifying of the distinct texts; and the whole
way of the lines (distinct texts, classified, answers joined back), of which the search for distinct texts and the join
are also timed alone. Prints medians of wall and processor seconds with their ratios to the pass, and the highest
memory. The pass looks for the key words of CROSSWALK, a CSV file whose column keywords_regex holds words with bars
between; the signs of regular expressions in them are put aside, which `contains_any` has not.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import polars as pl

from riskengine import policy as policies
from riskengine import sectors
from riskengine.policy.sectors import SectorsPolicy
from riskengine.sectors import rows


def key_words(crosswalk: Path) -> list[str]:
    """The key words of all sectors, without the signs of regular expressions."""
    cells = pl.read_csv(crosswalk, infer_schema=False)["keywords_regex"].drop_nulls()
    words = cells.str.split("|").explode().str.replace_all(r"\\b|[?*+^$()\[\]\\]", "").str.strip_chars()
    return sorted(set(words.to_list()) - {""})


def classified(texts: pl.Series, policy: SectorsPolicy) -> pl.DataFrame:
    """What each text is told."""
    none = pl.repeat(None, len(texts), dtype=pl.String, eager=True)
    return sectors.classify_texts(texts, none, policy)


def joined(lines: pl.Series, told: pl.DataFrame) -> pl.DataFrame:
    """Distinct texts looked for, and what is told of them put beside each line."""
    asked = lines.alias("text").to_frame()
    return rows.beside(asked, pl.concat([rows.distinct(asked), told], how="horizontal"), ["text"])


def timed(tasks: dict[str, Callable[[], object]], runs: int) -> dict[str, tuple[float, float]]:
    """Wall and processor seconds of each task, medians of so many runs in turns."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in tasks}
    for _ in range(runs):
        for name, task in tasks.items():
            wall, cpu = time.perf_counter(), time.process_time()
            task()
            taken[name].append((time.perf_counter() - wall, time.process_time() - cpu))
    return {name: (median(wall for wall, _ in times), median(cpu for _, cpu in times)) for name, times in taken.items()}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notices", type=Path)
    parser.add_argument("crosswalk", type=Path)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--texts", type=int, default=150_000)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args(arguments)
    policy = policies.load().sectors
    vocabulary = " ".join(pl.read_csv(given.notices, infer_schema=False)["title"].drop_nulls()).split()
    choose = random.Random(1)
    texts = pl.Series([" ".join(choose.choices(vocabulary, k=5)) for _ in range(given.texts)], dtype=pl.String)
    lines = texts.sample(given.lines, with_replacement=True, seed=1)
    keywords = key_words(given.crosswalk)
    distinct = lines.unique(maintain_order=True)
    told = classified(distinct, policy)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    tasks: dict[str, Callable[[], object]] = {
        "one pass of key words": lambda: distinct.str.contains_any(keywords, ascii_case_insensitive=True),
        "texts classified": lambda: classified(distinct, policy),
        "lines classified": lambda: classified(lines, policy),
        "of it distinct and join": lambda: joined(lines, told),
    }
    times = timed(tasks, given.runs)
    wall, cpu = times["one pass of key words"]
    print(
        f"{given.lines:,} lines, {len(distinct):,} distinct texts, {len(keywords)} key words; medians of {given.runs}"
    )
    for name, (own_wall, own_cpu) in times.items():
        ratios = f"{own_wall / wall:5.1f} times {own_cpu / cpu:5.1f} times"
        print(f"{name:24} wall {own_wall:6.3f} s, processor {own_cpu:6.3f} s; {ratios}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"highest memory {memory:.0f} MB, {before:.0f} MB of it before the first timed run")


if __name__ == "__main__":
    main()
