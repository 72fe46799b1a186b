"""Fit what each measure of two names is worth, and find the cut-offs, on labelled names.

    python bench/fit_matching.py QUERIES REGISTRY          cross-validate and print
    python bench/fit_matching.py QUERIES REGISTRY --write  also write matches_points.csv, matches_word_points.csv,
                                                           matches_kind_points.csv, matches_words.csv and
                                                           matches_fit.toml
    python bench/fit_matching.py QUERIES REGISTRY --adjudicated FILE
                                                           fit on labels put right, judge by these and by the given ones

QUERIES and REGISTRY are as in matching_report.py. The model is a sum of points: each measure is cut into ranges, each
range has its points. It is fitted on whole choices: for each name the chance of an entry is its odds divided by one
(for "none of them") plus the odds of all entries compared, and what is made most likely is that the right one is
chosen, or none where the register lacks it. A penalty on the step between neighbouring ranges keeps the points smooth.

Folds never split an organisation. The cut-offs printed are those of the names left out, the median of the repeats;
intervals come from drawing the names with replacement. FILE is as in matching_report.py.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import matching_pairs
import numpy as np
import polars as pl
from matching_model import Design
from matching_pairs import SIDES
from matching_report import Asked, curve

from riskengine import policy as policies
from riskengine.matches import index, points

POLICY = Path(policies.__file__).parent

FOLDS = 5
REPEATS = 3
DRAWS = 300
PARTS = ("real", "synthetic")
FIGURES = (
    "best F1", "recall at precision 0.98", "recall at precision 0.99", "precision at best F1", "recall at best F1",
    "cut-off for precision 0.99",
)  # fmt: skip
COMMONEST = 2_000
"""Words whose rarity is kept, so that small registers know them to be common."""

FEW = 4
"""Added to the names that have a word, so that a rare word seldom counts as one that tells sister companies apart."""


def main() -> None:
    options = _options()
    asked = {"as given": Asked.read(options.queries, options.registry)}
    if options.adjudicated:
        asked["put right"] = asked["as given"].put_right(options.adjudicated)
    labelled = matching_pairs.labelled(list(asked.values())[-1], asked["as given"], policies.load())
    design = Design.of(labelled)
    print(f"{labelled.rows.height} pairs, {len(design.ranges)} ranges and words")
    answers = [_out_of_fold(design, repeat) for repeat in range(REPEATS)]
    for labels, judge in asked.items():
        print(f"Left out of the fit in {FOLDS} folds, {REPEATS} repeats; labels {labels}")
        _report([_judged(one, judge) for one in answers])
    if options.write:
        weights = design.fitted(np.ones(labelled.right.size, bool))
        _csv(POLICY / "matches_points.csv", ("term", "measure", "start", "points"), design.table(weights))
        _csv(POLICY / "matches_word_points.csv", ("word", *SIDES), design.word_points(weights))
        _csv(POLICY / "matches_kind_points.csv", ("listed", "registered", "points"), design.kind_points(weights))
        _csv(POLICY / "matches_words.csv", ("word", "rarity", "apart"), _common_words(asked["as given"]))
        _write_facts(options, asked["as given"], 0.5 + float(weights[-1]) / points.SCALE)


def _out_of_fold(design: Design, repeat: int) -> pl.DataFrame:
    """The best entry of each name (query_id, entry_id, score), scored by a fit that left the name out."""
    labelled = design.labelled
    fold = np.array([_fold(entity, repeat) for entity in labelled.folds])
    odds = np.zeros(labelled.right.size)
    for left_out in range(FOLDS):
        weights = design.fitted(fold != left_out)
        odds[fold == left_out] = (design.matrix @ weights[:-1] + weights[-1])[fold == left_out]
    scored = points.with_others(labelled.rows.with_columns(alone=0.5 + odds / points.SCALE))
    best = scored.select("query_id", "entry_id", score=pl.col("alone") + pl.col(points.OTHERS))
    return best.sort("query_id", "score", "entry_id", descending=[False, True, False]).unique("query_id", keep="first")


def _judged(best: pl.DataFrame, asked: Asked) -> pl.DataFrame:
    placed = asked.queries.join(best, on="query_id", how="left", maintain_order="left")
    told = placed.join(asked.truths, on=["query_id", "entry_id"], how="left", maintain_order="left")
    return told.select(
        "part",
        has_truth=pl.col("truth_entity") != "",
        right=pl.col("right").fill_null(value=False),
        score=pl.col("score").fill_null(0.0),
    )


def _report(repeats: list[pl.DataFrame]) -> None:
    for part in PARTS:
        rows = [one.filter(part=part) for one in repeats]
        found = [_figures(one) for one in rows]
        drawn = np.random.default_rng(1)
        places = (drawn.integers(0, rows[0].height, rows[0].height) for _ in range(DRAWS))
        spread = np.array([np.mean([_figures(one[place])[:3] for one in rows], 0) for place in places])
        low, high = np.quantile(spread, [0.025, 0.975], axis=0)
        print(f"  {part}")
        for at, name in enumerate(FIGURES):
            values = sorted(one[at] for one in found)
            known = f", 95 per cent interval {low[at]:.3f} to {high[at]:.3f}" if at < len(low) else ""
            print(f"    {name}: {' '.join(f'{value:.3f}' for value in values)}{known}", flush=True)


def _figures(rows: pl.DataFrame) -> list[float]:
    """Those that `FIGURES` names."""
    steps = curve(rows)
    at = [steps.filter(pl.col("p") >= floor).sort("r", descending=True).head(1) for floor in (0.98, 0.99)]
    reached = [found["r"].item() if found.height else 0.0 for found in at]
    best = steps.sort("f", descending=True).row(0, named=True)
    return [best["f"], *reached, best["p"], best["r"], at[1]["score"].item() if at[1].height else 1.0]


def _fold(entity: str, repeat: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{repeat} {entity}".encode()).digest()[:4], "big") % FOLDS


def _write_facts(options: argparse.Namespace, asked: Asked, base: float) -> None:
    digest = hashlib.sha256(options.queries.read_bytes() + options.registry.read_bytes()).hexdigest()
    (POLICY / "matches_fit.toml").write_text(
        f"""# Written by bench/fit_matching.py along with the tables of words and of points.
fitted = {datetime.now(UTC).date()}
script = "bench/fit_matching.py"
data = "Names from ledgers of councils and NHS bodies beside the register entry they stand for, or none"
data_sha256 = "{digest}"
names = {asked.queries.height}
entries = {asked.register.entries.height}
base = {base:.4f}
why = "The score of a pair before its measures are looked at."
source = "bench/fit_matching.py"
since = {datetime.now(UTC).date()}
""",
        encoding="utf-8",
    )


def _common_words(asked: Asked) -> list[tuple[str, float, float]]:
    """The commonest words of the register, without the help of the table that is being written."""
    policy = policies.load()
    bare = replace(policy, matches=policy.matches.model_copy(update={"words": ()}))
    built = index.build(asked.register.entries, bare)
    words = built.vocabulary.sort("held", "word", descending=[True, False]).head(COMMONEST)
    told = words.join(_sisters(built.readings), on="word", how="left")
    apart = (pl.col("sisters").fill_null(0) / (pl.col("held") + FEW)).round(3)
    return told.sort("word").select("word", "rarity", apart).rows()


def _sisters(readings: pl.DataFrame) -> pl.DataFrame:
    """For each word the names that are another name of the register once it is taken from their end."""
    cores = readings.select("core").unique()
    last = cores.select(pl.col("core").str.replace(r" \S+$", ""), word=pl.col("core").str.extract(r" (\S+)$"))
    return last.drop_nulls().join(cores, on="core").group_by("word").agg(sisters=pl.len())


def _csv(path: Path, head: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("queries", type=Path)
    parser.add_argument("registry", type=Path)
    parser.add_argument("--adjudicated", type=Path, help="labels that were found wrong")
    parser.add_argument("--write", action="store_true", help="write the policy files")
    return parser.parse_args()


if __name__ == "__main__":
    main()
