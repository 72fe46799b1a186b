"""How fast names are matched, beside other tools in one run, and against a register of the size of Companies House.

    python bench/matching_speed.py QUERIES REGISTRY --peers PYTHON... [--council FOLDER] [--all]
    python bench/matching_speed.py QUERIES REGISTRY --growth
    python bench/matching_speed.py QUERIES REGISTRY --register 5500000

QUERIES and REGISTRY are as in matching_report.py. Names beyond those of QUERIES are those of the supplier columns of
the files in FOLDER, then names of REGISTRY with seeded faults. PYTHON are interpreters of environments that hold the
peers (matching_peers.py says how they are made); a peer that none of them holds is left out, and said to be. The tools
take turns, `--runs` times; medians and ratios are printed, and seconds of processor time. The slow peers run once, with
--all. With --growth a supplier's cost at 100,000 suppliers is set beside that at 10,000. With --register the register
is made: words of REGISTRY drawn by how often they occur there, and made-up words.
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

from riskengine import lines, matches, policy, spreadsheet
from riskengine.errors import InputError
from riskengine.matches import index
from riskengine.schemas import Decisions

SIZES = (7_700, 50_000)
GROWTH = (10_000, 100_000)
LOOKED_UP = 20_000
SLOW = ("emm", "csvmatch", "cdist")
LETTERS = list("ABCDEFGHIKLMNOPRSTUVW")


def main() -> None:
    options = _options()
    queries = pl.read_csv(options.queries, infer_schema=False).fill_null("")
    registry = pl.read_csv(options.registry, infer_schema=False)
    if options.register:
        _large(queries, registry, options.register)
        return
    known = pl.DataFrame({"name": [*queries["name"], *(_council(options.council) if options.council else [])]})
    if options.growth:
        _growth(known, registry, options.runs)
        return
    with tempfile.TemporaryDirectory() as folder:
        tables = {"right": registry.select("name"), "labelled": _labelled(queries, registry)}
        for size in SIZES:
            tables["left"] = pl.DataFrame({"name": _names(known, registry, size)})
            print(f"{size:,} names against {registry.height:,}, median of {options.runs} runs")
            for name, table in tables.items():
                table.write_parquet(Path(folder) / f"{name}.parquet")
            _side_by_side(options, [str(Path(folder) / f"{name}.parquet") for name in ("left", "right", "labelled")])


def _side_by_side(options: argparse.Namespace, files: list[str]) -> None:
    peers = [peer for peer in PEERS if options.all or peer not in SLOW]
    told: dict[str, list[list[float]]] = {peer: [] for peer in peers}
    for at in range(options.runs):
        for peer in peers:
            if not (at and peer in SLOW):
                told[peer] += _run(options.peers, peer, files)
    ours = statistics.median(run[0] for run in told["riskcheck"])
    for peer, runs in told.items():
        if not runs:
            print(f"  {peer:16}left out: not installed in any of the environments given")
            continue
        seconds, processor = (statistics.median(run[at] for run in runs) for at in (0, 1))
        print(
            f"  {peer:16}{seconds:8.2f} s ({processor:7.2f} s of processor)   {ours / seconds:5.2f} times as long for "
            f"riskcheck   {max(run[2] for run in runs):6.0f} MB   {runs[0][3]:8.0f} names with a partner",
            flush=True,
        )


def _run(pythons: list[str], peer: str, files: list[str]) -> list[list[float]]:
    """One run in the first environment that holds the peer; none where no environment does."""
    script = str(Path(__file__).with_name("matching_peers.py"))
    for python in [sys.executable] if peer == "riskcheck" else pythons:
        done = subprocess.run([python, script, peer, *files], capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{peer} stopped:\n{done.stderr[-2_000:]}")
        told = done.stdout.splitlines()[-1].split()
        if told[0] != "missing":
            return [[float(word) for word in told]]
    return []


def _labelled(queries: pl.DataFrame, registry: pl.DataFrame) -> pl.DataFrame:
    """Names with the row of the registry that is theirs."""
    rows = registry.with_row_index("row").unique("entity_id", keep="first", maintain_order=True)
    first = queries.select("name", entity_id=pl.col("truth_entity").str.split("|").list.first())
    return first.join(rows.select("entity_id", "row"), on="entity_id", maintain_order="left").select("name", "row")


def _council(folder: Path) -> list[str]:
    """Distinct supplier names of the files in a folder, in a seeded order; files that can't be read are left out."""
    read, loaded = [], policy.load().lines
    for path in sorted(folder.iterdir()):
        try:
            read.append(lines.read(spreadsheet.read(path, path.name), loaded, {}).lines["supplier_text"])
        except InputError:
            continue
    return pl.concat(read).drop_nulls().unique().sort().sample(fraction=1, shuffle=True, seed=7).to_list()


def _growth(known: pl.DataFrame, registry: pl.DataFrame, runs: int) -> None:
    loaded = policy.load()
    asked = _asked(_names(known, registry, max(GROWTH)), registry)
    kept = index.build(asked.register.entries, loaded)
    costs = {}
    for count in GROWTH:
        some, took = asked.suppliers.head(count), []
        for _ in range(runs):
            began = time.process_time()
            matches.find(some, asked.register, Decisions.create_empty(), loaded, kept)
            took.append(time.process_time() - began)
        costs[count] = 1e3 * statistics.median(took) / count
        print(f"{count:,} suppliers: {costs[count]:.3f} ms of processor time each, median of {runs} runs")
    print(
        f"{costs[GROWTH[1]] / costs[GROWTH[0]]:.2f} times as much each at {GROWTH[1]:,}; peak memory {_peak():.1f} GB"
    )


def _names(known: pl.DataFrame, registry: pl.DataFrame, size: int) -> list[str]:
    """The names known, then names of the register with a letter changed, a word lost or a place added."""
    draw = np.random.default_rng(7)
    names = known["name"].to_list()
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


def _asked(suppliers: list[str], register: pl.DataFrame) -> Asked:
    row = pl.int_range(pl.len()).cast(pl.String)
    nothing = dict.fromkeys(("part", "klass", "truth_entity"), pl.lit(""))
    queries = pl.DataFrame({"name": suppliers}).select("name", query_id=row, **nothing)
    return Asked.of(queries, register.select("name", reg_id=row, entity_id=pl.lit("")))


def _large(queries: pl.DataFrame, registry: pl.DataFrame, size: int) -> None:
    made = _made(registry, size)
    asked = _asked(_names(queries, made.head(LOOKED_UP * 3), LOOKED_UP), made)
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
    parser.add_argument("--peers", nargs="*", default=[], help="interpreters of the environments with the peers")
    parser.add_argument("--council", type=Path, help="folder of files whose supplier names are looked up too")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--all", action="store_true", help="also run the slow peers (minutes)")
    parser.add_argument("--growth", action="store_true", help="set 100,000 suppliers beside 10,000")
    parser.add_argument("--register", type=int, default=0, help="size of a made register to look names up in")
    return parser.parse_args()


if __name__ == "__main__":
    main()
