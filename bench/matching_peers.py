"""One way of matching two lists of names, timed in a process of its own: called by matching_speed.py.

    python bench/matching_peers.py PEER LEFT RIGHT LABELLED

LEFT and RIGHT are Parquet files with a column `name`; LABELLED has names and the `row` of RIGHT that is theirs. Prints
seconds, seconds of processor time, peak memory (MB) and how many names found a partner, or "missing" and the module
that is not installed. Each peer runs as its own documentation shows, with its defaults.

The peers come from PyPI. They cannot share an environment (emm needs rapidfuzz 2, csvmatch Python 3.13 alone):

    python -m venv peers; peers/bin/pip install string_grouper==0.8.0 polars-ds==0.13.0 splink==5.0.0 rapidfuzz==3.14.6
    python -m venv emm; emm/bin/pip install emm==2.1.11 polars==2.1.0 pyarrow
    python3.13 -m venv csvmatch; PIP_CONSTRAINT=<(echo "Cython==3.0.11") csvmatch/bin/pip install csvmatch==2.1.0
"""

# Each peer is loaded in its own process only, so that time and memory are its own.
# ruff: noqa: PLC0415
from __future__ import annotations

import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import polars as pl


@dataclass(frozen=True)
class Sides:
    """The names to look up, those they are looked up in, and labelled names to learn from."""

    left: pl.DataFrame
    right: pl.DataFrame
    labelled: pl.DataFrame


@dataclass(frozen=True)
class Told:
    """How many names found a partner; `times`: so many times as much would all names take; `learnt`: seconds of
    training, which are not counted, and of its processor time."""

    partners: float
    times: float = 1.0
    learnt: tuple[float, float] = (0.0, 0.0)


def riskcheck(sides: Sides) -> Told:
    """Normal forms of all names, an index of the register, and the three best of each name with all their terms."""
    from matching_report import Asked, shipped

    from riskengine import matches
    from riskengine.schemas import Decisions

    left, right = sides.left, sides.right
    asked = Asked.of(
        left.select(
            "name", query_id=_ids("Q", left.height), part=pl.lit(""), klass=pl.lit(""), truth_entity=pl.lit("")
        ),
        right.select("name", reg_id=_ids("R", right.height), entity_id=pl.lit("")),
    )
    found = matches.find(asked.suppliers, asked.register, Decisions.create_empty(), shipped())
    return Told(found.filter((pl.col("rank") == 1) & (pl.col("match") != "none")).height)


def string_grouper(sides: Sides) -> Told:
    """https://pypi.org/project/string-grouper/"""
    from string_grouper import match_strings

    found = match_strings(sides.right["name"].to_pandas(), sides.left["name"].to_pandas())
    return Told(int(found["right_index"].nunique()))


def polars_ds(sides: Sides) -> Told:
    """https://pypi.org/project/polars-ds/: likeness of names that begin with the same four letters."""
    import polars_ds as pds

    plain = [
        frame.select(
            name=pl.col("name").str.to_uppercase().str.replace(r"\b(LTD|LIMITED|PLC|LLP)\b\.?", "").str.strip_chars()
        )
        .with_columns(block=pl.col("name").str.slice(0, 4))
        .with_row_index()
        for frame in (sides.left, sides.right)
    ]
    met = (
        plain[0]
        .join(plain[1], on="block")
        .with_columns(near=pds.str_jw("name", "name_right") + pds.str_leven("name", "name_right", return_sim=True))
    )
    best = met.sort("near", descending=True).unique("index", keep="first")
    return Told(best.filter(pl.col("near") > 1.8).height)


def splink(sides: Sides) -> Told:
    """https://moj-analytical-services.github.io/splink/: names that share one of their two rarest words."""
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    words = pl.concat([sides.left["name"], sides.right["name"]]).str.to_uppercase().str.extract_all(r"[\p{L}\p{N}]+")
    rarity = words.explode().drop_nulls().value_counts(name="held").rename({"name": "word"})
    tables = []
    for side, frame in (("l", sides.left), ("r", sides.right)):
        upper = frame.with_row_index("unique_id").with_columns(pl.col("name").str.to_uppercase())
        spelt = upper.with_columns(word=pl.col("name").str.extract_all(r"[\p{L}\p{N}]+")).explode("word")
        rare = spelt.join(rarity, on="word").sort("held", "word").group_by("unique_id").agg(pl.col("word").head(2))
        parts = rare.select("unique_id", rarest=pl.col("word").list.get(0), rare=pl.col("word").list.get(-1))
        tables.append((side, upper.join(parts, on="unique_id", how="left").to_arrow()))
    api = DuckDBAPI()
    named = [api.register(table, dataset_display_name=side) for side, table in tables]
    rules = [block_on("rarest"), block_on("rare")]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[cl.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.8]), cl.JaccardAtThresholds("name", [0.9, 0.7])],
        blocking_rules_to_generate_predictions=rules,
    )
    linker = Linker(named, settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(rules[0], max_pairs=1e6)
    found = linker.inference.predict(threshold_match_probability=0.9).as_pandas_dataframe()
    return Told(int(found["unique_id_l"].nunique()))


def emm(sides: Sides) -> Told:
    """https://github.com/ing-bank/EntityMatchingModel, as its quick run: trained on the labelled names."""
    from emm import PandasEntityMatching

    register = sides.right.select(Name="name").with_row_index("Index").to_pandas()
    asked = sides.left.select(Name="name").with_row_index("Index").to_pandas()
    matcher = PandasEntityMatching(
        {
            "name_only": True,
            "entity_id_col": "Index",
            "name_col": "Name",
            "indexers": [
                {
                    "type": "cosine_similarity",
                    "tokenizer": "characters",
                    "ngram": 2,
                    "num_candidates": 5,
                    "cos_sim_lower_bound": 0.2,
                },
                {"type": "sni", "window_length": 3},
            ],
            "supervised_on": False,
            "with_legal_entity_forms_match": True,
        }
    )
    matcher.fit(register)
    began = time.perf_counter(), _processor()
    known = sides.labelled.select(Name="name", Index="row").to_pandas()
    matcher.fit_classifier(known, create_negative_sample_fraction=0.5)
    learnt = time.perf_counter() - began[0], _processor() - began[1]
    scored = matcher.transform(asked)
    return Told(int((scored["best_match"] & (scored["nm_score"] > 0.5)).sum()), learnt=learnt)


def csvmatch(sides: Sides) -> Told:
    """https://github.com/maxharlow/csvmatch: its memory grows by 7.5 MB a name, so a sample stands for all."""
    import importlib
    import subprocess
    import tempfile

    importlib.import_module("csvmatch")
    some = sides.left.sample(min(SAMPLE, sides.left.height), seed=1)
    with tempfile.TemporaryDirectory() as folder:
        files = [str(Path(folder) / f"{side}.csv") for side in ("left", "right")]
        for frame, file in zip((some, sides.right), files, strict=True):
            frame.select("name").write_csv(file)
        ways = ["--fields1", "name", "--fields2", "name", "--ignore", "case", "--method", "jaro", "--threshold", "0.9"]
        command = [str(Path(sys.executable).with_name("csvmatch")), *files, *ways, "--output", "1.name"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    times = sides.left.height / some.height
    return Told(times * len(set(done.stdout.splitlines()[1:])), times)


def cdist(sides: Sides) -> Told:
    """https://rapidfuzz.github.io/RapidFuzz/: every name with every other, a thousand at a time."""
    from rapidfuzz import fuzz, process, utils

    entries = [utils.default_process(name) for name in sides.right["name"]]
    found = 0
    for start in range(0, sides.left.height, 1_000):
        part = [utils.default_process(name) for name in sides.left["name"][start : start + 1_000]]
        found += int((process.cdist(part, entries, scorer=fuzz.token_sort_ratio, workers=-1).max(1) > 85).sum())
    return Told(found)


SAMPLE = 200
WHOSE = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
PEERS = {peer.__name__: peer for peer in (riskcheck, string_grouper, polars_ds, splink, emm, csvmatch, cdist)}


def _ids(letter: str, size: int) -> pl.Series:
    return pl.Series([f"{letter}{at:07}" for at in range(size)])


def _processor() -> float:
    used = [resource.getrusage(who) for who in WHOSE]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main() -> None:
    sides = Sides(*[pl.read_parquet(path) for path in sys.argv[2:5]])
    began = time.perf_counter(), _processor()
    try:
        told = PEERS[sys.argv[1]](sides)
    except ModuleNotFoundError as error:
        print("missing", error.name)
        return
    seconds = [told.times * (now - then - apart) for now, then, apart in _spans(began, told)]
    peak = max(resource.getrusage(who).ru_maxrss for who in WHOSE) / 1024
    print(f"{seconds[0]:.2f} {seconds[1]:.2f} {peak:.0f} {told.partners:.0f}")


def _spans(began: tuple[float, float], told: Told) -> list[tuple[float, float, float]]:
    return list(zip((time.perf_counter(), _processor()), began, told.learnt, strict=True))


if __name__ == "__main__":
    main()
