"""One way of matching two lists of names, timed in a process of its own: called by matching_speed.py.

    python bench/matching_peers.py PEER LEFT RIGHT

LEFT and RIGHT are Parquet files with a column `name`. Prints seconds, peak memory (MB) and how many names found a
partner. Each peer runs as its own documentation shows, with its defaults.
"""

# Each peer is loaded in its own process only, so that time and memory are its own.
# ruff: noqa: PLC0415
from __future__ import annotations

import resource
import sys
import time

import polars as pl


def riskcheck(left: pl.DataFrame, right: pl.DataFrame) -> int:
    """Normal forms of all names, an index of the register, and the three best of each name with all their terms."""
    from matching_report import Asked

    from riskengine import matches, policy
    from riskengine.schemas import Decisions

    asked = Asked.of(
        left.select(
            "name", query_id=_ids("Q", left.height), part=pl.lit(""), klass=pl.lit(""), truth_entity=pl.lit("")
        ),
        right.select("name", reg_id=_ids("R", right.height), entity_id=pl.lit("")),
    )
    found = matches.find(asked.suppliers, asked.register, Decisions.create_empty(), policy.load())
    return found.filter((pl.col("rank") == 1) & (pl.col("match") != "none")).height


def string_grouper(left: pl.DataFrame, right: pl.DataFrame) -> int:
    """https://pypi.org/project/string-grouper/"""
    from string_grouper import match_strings

    found = match_strings(right["name"].to_pandas(), left["name"].to_pandas())
    return int(found["right_index"].nunique())


def polars_ds(left: pl.DataFrame, right: pl.DataFrame) -> int:
    """https://pypi.org/project/polars-ds/: likeness of names that begin with the same four letters."""
    import polars_ds as pds

    sides = [
        frame.select(
            name=pl.col("name").str.to_uppercase().str.replace(r"\b(LTD|LIMITED|PLC|LLP)\b\.?", "").str.strip_chars()
        )
        .with_columns(block=pl.col("name").str.slice(0, 4))
        .with_row_index()
        for frame in (left, right)
    ]
    met = (
        sides[0]
        .join(sides[1], on="block")
        .with_columns(near=pds.str_jw("name", "name_right") + pds.str_leven("name", "name_right", return_sim=True))
    )
    best = met.sort("near", descending=True).unique("index", keep="first")
    return best.filter(pl.col("near") > 1.8).height


def cdist(left: pl.DataFrame, right: pl.DataFrame) -> int:
    """https://rapidfuzz.github.io/RapidFuzz/: every name with every other, a thousand at a time."""
    from rapidfuzz import fuzz, process, utils

    entries = [utils.default_process(name) for name in right["name"]]
    found = 0
    for start in range(0, left.height, 1_000):
        part = [utils.default_process(name) for name in left["name"][start : start + 1_000]]
        found += int((process.cdist(part, entries, scorer=fuzz.token_sort_ratio, workers=-1).max(1) > 85).sum())
    return found


PEERS = {peer.__name__: peer for peer in (riskcheck, string_grouper, polars_ds, cdist)}


def _ids(letter: str, size: int) -> pl.Series:
    return pl.Series([f"{letter}{at:07}" for at in range(size)])


if __name__ == "__main__":
    names = [pl.read_parquet(path) for path in sys.argv[2:4]]
    began = time.perf_counter()
    partners = PEERS[sys.argv[1]](*names)
    seconds = time.perf_counter() - began
    print(f"{seconds:.2f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} {partners}")
