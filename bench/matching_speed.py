"""How fast names are matched, beside other tools in one run, and against a register of the size of Companies House.

    python bench/matching_speed.py QUERIES REGISTRY --peers PYTHON
    python bench/matching_speed.py QUERIES REGISTRY --register 5500000

QUERIES and REGISTRY are as in matching_report.py. Names beyond those of QUERIES are names of REGISTRY with seeded
faults. PYTHON is the interpreter of an environment that holds this package and the peers: string_grouper, polars-ds.
The tools take turns, `--runs` times; medians and ratios are printed. With --register the register is made: words of
REGISTRY drawn by how often they occur there, and made-up words.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl
from matching_peers import PEERS
from matching_report import Asked

from riskengine import matches, policy
from riskengine.matches import index
from riskengine.schemas import Decisions

SIZES = (7_700, 50_000)
LOOKED_UP = 20_000
LETTERS = list("ABCDEFGHIKLMNOPRSTUVW")


def main() -> None:
    options = _options()
    queries = pl.read_csv(options.queries, infer_schema=False)
    registry = pl.read_csv(options.registry, infer_schema=False).select("name")
    if options.register:
        _large(queries, registry, options.register)
        return
    peers = [peer for peer in PEERS if peer != "cdist" or options.all]
    with tempfile.TemporaryDirectory() as folder:
        right = Path(folder) / "right.parquet"
        registry.write_parquet(right)
        for size in SIZES:
            left = Path(folder) / f"left{size}.parquet"
            pl.DataFrame({"name": _names(queries, registry, size)}).write_parquet(left)
            print(f"{size:,} names against {registry.height:,}, median of {options.runs} runs")
            _side_by_side(options, peers, left, right)


def _side_by_side(options: argparse.Namespace, peers: list[str], left: Path, right: Path) -> None:
    told: dict[str, list[list[float]]] = {peer: [] for peer in peers}
    for _ in range(options.runs):
        for peer in peers:
            command = [options.peers, str(Path(__file__).with_name("matching_peers.py")), peer, str(left), str(right)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            told[peer].append([float(word) for word in done.stdout.split()])
    ours = statistics.median(run[0] for run in told["riskcheck"])
    for peer, runs in told.items():
        seconds = statistics.median(run[0] for run in runs)
        peak = max(run[1] for run in runs)
        print(
            f"  {peer:16}{seconds:8.2f} s   {ours / seconds:5.2f} times as long for riskcheck   {peak:6.0f} MB   "
            f"{runs[0][2]:8.0f} names with a partner",
            flush=True,
        )


def _names(queries: pl.DataFrame, registry: pl.DataFrame, size: int) -> list[str]:
    """The names of the queries, then names of the register with a letter changed, a word lost or a place added."""
    draw = np.random.default_rng(7)
    names = queries["name"].to_list()
    entries = registry["name"].to_list()
    while len(names) < size:
        name = entries[int(draw.integers(len(entries)))]
        words = name.split()
        fault = int(draw.integers(4))
        at = int(draw.integers(len(name)))
        changed = (
            name[:at] + LETTERS[int(draw.integers(len(LETTERS)))] + name[at + 1 :],
            " ".join(words[:-1]) or name,
            f"{name} {LETTERS[int(draw.integers(len(LETTERS)))]}{draw.integers(10_000, 99_999)}",
            name.lower(),
        )
        names.append(changed[fault])
    return names[:size]


def _large(queries: pl.DataFrame, registry: pl.DataFrame, size: int) -> None:
    made = _made(registry, size)
    suppliers = _names(queries, made.head(LOOKED_UP * 3), LOOKED_UP)
    asked = Asked.of(
        pl.DataFrame({"name": suppliers}).select(
            "name",
            query_id=pl.int_range(pl.len()).cast(pl.String),
            part=pl.lit(""),
            klass=pl.lit(""),
            truth_entity=pl.lit(""),
        ),
        made.select("name", reg_id=pl.int_range(pl.len()).cast(pl.String), entity_id=pl.lit("")),
    )
    loaded = policy.load()
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        index.build(asked.register.entries, loaded).save(Path(folder))
        print(f"{size:,} names indexed and kept in {time.perf_counter() - began:.0f} s", flush=True)
        began = time.perf_counter()
        kept = index.Index.load(Path(folder))
        print(f"index read from disk in {time.perf_counter() - began:.1f} s", flush=True)
        for count in (LOOKED_UP // 10, LOOKED_UP):
            began = time.perf_counter()
            found = matches.find(
                asked.suppliers.head(count), asked.register, Decisions.create_empty(), loaded, kept
            ).filter(pl.col("rank") == 1)
            took = time.perf_counter() - began
            answers = dict(found["match"].cast(pl.String).value_counts().sort("match").iter_rows())
            print(f"{count:,} suppliers looked up in {took:.1f} s ({1e3 * took / count:.2f} ms each): {answers}")
    print(f"peak memory {_peak():.1f} GB")


def _made(registry: pl.DataFrame, size: int) -> pl.DataFrame:
    draw = np.random.default_rng(11)
    words = registry["name"].str.to_uppercase().str.split(" ").explode().drop_nulls().to_numpy()
    syllables = np.array([a + b for a in "BCDFGHKLMNPRSTVW" for b in "AEIOU"])
    coined = np.array(["".join(draw.choice(syllables, 3)) for _ in range(200_000)])
    columns = [draw.choice(coined, size), draw.choice(words, size), draw.choice(words, size)]
    return pl.DataFrame(columns, schema=["a", "b", "c"]).select(
        name=pl.concat_str("a", "b", "c", pl.lit("LIMITED"), separator=" ")
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("queries", type=Path)
    parser.add_argument("registry", type=Path)
    parser.add_argument("--peers", default=sys.executable, help="interpreter of the environment with the peers")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--all", action="store_true", help="also compare every name with every other (minutes)")
    parser.add_argument("--register", type=int, default=0, help="size of a made register to look names up in")
    return parser.parse_args()


if __name__ == "__main__":
    main()
