"""Fit what each measure of two names is worth, and find the cut-offs, on labelled names.

    python bench/fit_matching.py QUERIES REGISTRY          cross-validate and print
    python bench/fit_matching.py QUERIES REGISTRY --write  also write matches_points.csv, matches_word_points.csv,
                                                           matches_words.csv and matches_fit.toml
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
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
from matching_report import Asked, curve
from scipy import optimize, sparse

from riskengine import policy as policies
from riskengine.matches import index, lexicon, overlap, pairs, points, readings
from riskengine.policy import Policy

Floats = npt.NDArray[np.float64]
POLICY = Path(policies.__file__).parent

PENALTY = 0.25
"""On the square of each step between neighbouring ranges. Chosen out of fold among 0.25, 0.5, 1 and 3."""
WORD_PENALTY = 0.5
"""On the square of the points of each word. Chosen out of fold among 0.5, 1 and 2."""
UNLISTED, SHARE = 8_000, 0.1
"""Register names taken for names that the register lacks, and how much each counts beside a labelled name: they teach
how near the nearest other organisation comes. Chosen out of fold among 0, 0.03, 0.1 and 0.3."""
OFTEN = 60
"""Pairs in which a word must stand in one name alone to have points of its own."""
SIDES = ("listed", "registered")
RANGES = 8
"""Cuts at the eighths of all pairs and of the right ones."""
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

TERMS = {
    "whole name": ("whole_name",),
    "letters": ("whole", "core", "sorted", "set", "partial", "bare", "start", "cut"),
    "words in common": (
        "left_share", "right_share", "shared", "shared_rarest", "misspelt", "first", "order", "initials",
    ),
    "words only one has": (
        "left_alone", "right_alone", "left_alone_sum", "right_alone_sum", "left_words", "right_words",
        "left_gone", "right_gone", "left_place", "right_place",
        *(f"kind_{kind}" for kind in ("other", "trade", "practice", "care", "ledger", "person", "school", "charity")),
    ),
    "other number": ("kind_number",),
    "other place or region": ("kind_region", "kind_country", "kind_place"),
    "group or sister company": ("left_apart", "right_apart", "kind_group", "kind_sister"),
    "public body": ("kind_nhs", "kind_council"),
    "legal form": ("form", "same_form"),
    "other names in it": ("trading", "aside"),
    "lead over the next entry": tuple(f"lead_{name}" for name in pairs.LEADS),
    "lead over the next group of companies": tuple(f"ahead_{name}" for name in pairs.LEADS),
}  # fmt: skip
CHOICES = {
    "first", "order", "cut", "left_place", "right_place", "initials", "form", "same_form", "trading", "aside",
    "whole_name",
}  # fmt: skip
"""Measures whose values are not in any order: each value has its own points."""
LEADS = ("lead over the next entry", "lead over the next group of companies")
RISING = {
    *TERMS["letters"], *(name for term in LEADS for name in TERMS[term]), "left_share", "right_share", "shared",
    "shared_rarest",
} - CHOICES  # fmt: skip
FALLING = {"left_apart", "right_apart", "left_alone", "right_alone", "left_alone_sum", "right_alone_sum"}
"""Measures that never take (or add) points as they grow: a reader would not believe otherwise."""


@dataclass(frozen=True)
class Labelled:
    """Pairs of names to be compared, which are right, how much each counts, and the words that one name alone has.

    `alone` has row (position of the pair), side (listed or registered) and word.
    """

    rows: pl.DataFrame
    query: npt.NDArray[np.int64]
    right: npt.NDArray[np.bool_]
    counts: Floats
    folds: pl.Series
    alone: pl.DataFrame

    def joined(self, other: Labelled) -> Labelled:
        """Both, one after the other."""
        after = other.alone.with_columns(pl.col("row") + self.rows.height)
        return Labelled(
            pl.concat([self.rows, other.rows]),
            np.concatenate([self.query, other.query + self.query.max() + 1]),
            np.concatenate([self.right, other.right]),
            np.concatenate([self.counts, other.counts]),
            pl.concat([self.folds, other.folds]),
            pl.concat([self.alone, after]),
        )


@dataclass(frozen=True)
class Range:
    """A range of a measure, from `start` (or just this value, for choices); or a word that one name alone has."""

    term: str
    measure: str
    start: float


def main() -> None:
    options = _options()
    asked = {"as given": Asked.read(options.queries, options.registry)}
    if options.adjudicated:
        asked["put right"] = asked["as given"].put_right(options.adjudicated)
    policy = policies.load()
    unlisted = _labelled(_unlisted(asked["as given"]), policy, SHARE)
    labelled = _labelled(list(asked.values())[-1], policy, 1.0).joined(unlisted)
    ranges, design = _design(labelled)
    print(f"{labelled.rows.height} pairs, {len(ranges)} ranges")
    answers = [_out_of_fold(labelled, design, ranges, repeat) for repeat in range(REPEATS)]
    for labels, judge in asked.items():
        print(f"Left out of the fit in {FOLDS} folds, {REPEATS} repeats; labels {labels}")
        _report([_judged(one, judge) for one in answers])
    if options.write:
        weights = _fitted(design, ranges, labelled, np.ones(labelled.right.size, bool))
        _csv(POLICY / "matches_points.csv", ("term", "measure", "start", "points"), _table(ranges, weights))
        _csv(POLICY / "matches_word_points.csv", ("word", *SIDES), _word_points(ranges, weights))
        _csv(POLICY / "matches_words.csv", ("word", "rarity", "apart"), _common_words(asked["as given"]))
        _write_facts(options, asked["as given"], 0.5 + float(weights[-1]) / points.SCALE)


def _unlisted(asked: Asked) -> Asked:
    """Register names looked up in a register without them: none of the names they are compared with is right."""
    own = asked.registry.filter(pl.col("source") != "synthetic_sister")
    entities = own["entity_id"].unique().sort().sample(UNLISTED, seed=1).implode()
    out = own.filter(pl.col("entity_id").is_in(entities)).unique("entity_id", keep="first", maintain_order=True)
    names = out.select(
        "name", query_id=pl.lit("register ") + pl.col("reg_id"), part=pl.lit("unlisted"), klass=pl.lit(""),
        truth_entity=pl.lit(""),
    )  # fmt: skip
    return Asked.of(names, asked.registry.filter(~pl.col("entity_id").is_in(entities)))


def _labelled(asked: Asked, policy: Policy, share: float) -> Labelled:
    built = index.build(asked.register.entries, policy)
    suppliers = asked.suppliers.sort("supplier_id")
    nobody = pl.DataFrame(schema={"supplier": pl.UInt32, "entry": pl.UInt32})
    rows = pairs.compare(suppliers, built, nobody, policy)
    ids = rows.select(
        query_id=suppliers["supplier_id"].gather(rows["supplier"]),
        entry_id=built.entries["entry_id"].gather(rows["entry"]),
    )
    told = ids.join(asked.truths, on=["query_id", "entry_id"], how="left", maintain_order="left")
    first = pl.col("truth_entity").str.split("|").list.first()
    entity = asked.queries.select("query_id", entity=pl.when(first == "").then("query_id").otherwise(first))
    return Labelled(
        pl.concat([ids, rows], how="horizontal"),
        rows["supplier"].to_numpy().astype(np.int64),
        told["right"].fill_null(value=False).to_numpy(),
        np.full(rows.height, share),
        ids.join(entity, on="query_id", how="left", maintain_order="left")["entity"],
        _alone(rows, readings.of_suppliers(suppliers, policy.names), built, policy),
    )


def _alone(rows: pl.DataFrame, left: pl.DataFrame, built: index.Index, policy: Policy) -> pl.DataFrame:
    """The words that only one name of a pair has: row, side, word; without regions and numbers, which have measures."""
    sides = [(left, "supplier", "left"), (built.readings, "entry", "right")]
    places = pl.DataFrame(
        {
            name: rows.join(
                side.select(pl.col("owner").alias(owner), pl.col("key").alias(f"{name}_key")).with_row_index("place"),
                on=[owner, f"{name}_key"], how="left", maintain_order="left",
            )["place"]
            for side, owner, name in sides
        }
    )  # fmt: skip
    found = overlap.alone(lexicon.of(left, built.readings, built, policy), places)
    measured = [row.word for row in policy.names.word_kinds if row.kind in ("region", "number")]
    told = pl.concat(
        pl.DataFrame({"row": pair, "word": words}).select("row", "word", side=pl.lit(side))
        for side, (pair, words) in zip(SIDES, found, strict=True)
    )
    return told.filter(~pl.col("word").is_in(measured) & ~pl.col("word").str.contains(r"^\d+$"))


def _design(labelled: Labelled) -> tuple[list[Range], sparse.csr_matrix]:
    """A column for each range but the lowest of a measure; steps for measures in order, so that smoothness is cheap.

    After them a column for each side of a word that often stands in one name alone.
    """
    ranges, columns = [], []
    own = labelled.counts == 1
    for term, names in TERMS.items():
        for name in names:
            values = labelled.rows[name].to_numpy().astype(np.float32)
            for start in _starts(name, values[own], labelled.right[own]):
                ranges.append(Range(term, name, float(start)))
                columns.append(values == start if _is_choice(name) else values >= start)
    words = labelled.alone.group_by("side", "word").len().filter(pl.col("len") >= OFTEN).sort("side", "word")
    at = labelled.alone.join(words.with_row_index("column"), on=["side", "word"])
    told = (np.ones(at.height), (at["row"].to_numpy(), at["column"].to_numpy()))
    single = sparse.csr_matrix(told, shape=(labelled.rows.height, words.height))
    ranges += [Range(side, word, 1.0) for side, word in words.select("side", "word").rows()]
    return ranges, sparse.hstack([sparse.csr_matrix(np.array(columns, np.float64).T), single]).tocsr()


def _starts(name: str, values: npt.NDArray[np.float32], right: npt.NDArray[np.bool_]) -> npt.NDArray[np.float32]:
    if _is_choice(name):
        return np.unique(values)[1:]
    shares = np.linspace(0, 1, RANGES + 1)[1:-1]
    cuts = np.concatenate([np.quantile(values, shares), np.quantile(values[right], shares)])
    cuts = np.unique(np.round(cuts, 3).astype(np.float32))
    return cuts[cuts > values.min()]


def _fitted(design: sparse.csr_matrix, ranges: list[Range], labelled: Labelled, use: npt.NDArray[np.bool_]) -> Floats:
    """The points of each range, and last the base, as logarithms of odds."""
    matrix = design[use].tocsr()
    turned = matrix.T.tocsr()
    _, group = np.unique(labelled.query[use], return_inverse=True)
    right = labelled.right[use].astype(np.float64)
    size = int(group.max()) + 1
    known = np.bincount(group, right, size) > 0
    counts = np.zeros(size)
    counts[group] = labelled.counts[use]
    penalties = np.array([WORD_PENALTY if one.term in SIDES else PENALTY for one in ranges])

    def loss(weights: Floats) -> tuple[float, Floats]:
        odds = np.exp(np.clip(matrix @ weights[:-1] + weights[-1], -40, 40))
        every = 1 + np.bincount(group, odds, size)
        chosen = np.where(known, np.bincount(group, odds * right, size), 1.0)
        slope = counts[group] * (right * odds / chosen[group] - odds / every[group])
        penalty = float((penalties * weights[:-1] ** 2).sum())
        gradient = -np.append(turned @ slope, slope.sum()) + np.append(2 * penalties * weights[:-1], 0.0)
        return float((counts * (np.log(every) - np.log(chosen))).sum()) + penalty, gradient

    start = np.zeros(design.shape[1] + 1)
    sides = [(0.0 if one.measure in RISING else None, 0.0 if one.measure in FALLING else None) for one in ranges]
    bounds = [*sides, (None, None)]
    found = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 300})
    return np.asarray(found.x)


def _out_of_fold(labelled: Labelled, design: sparse.csr_matrix, ranges: list[Range], repeat: int) -> pl.DataFrame:
    """The best entry of each name (query_id, entry_id, score), scored by a fit that left the name out."""
    fold = np.array([_fold(entity, repeat) for entity in labelled.folds])
    odds = np.zeros(labelled.right.size)
    for left_out in range(FOLDS):
        weights = _fitted(design, ranges, labelled, fold != left_out)
        odds[fold == left_out] = (design @ weights[:-1] + weights[-1])[fold == left_out]
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


def _table(ranges: list[Range], weights: Floats) -> list[tuple[str, str, float, float]]:
    """Term, measure, start and points of each range, counted from the lowest range of the measure."""
    found: list[tuple[str, str, float, float]] = []
    pairs_of = zip(ranges, weights[:-1] / points.SCALE, strict=True)
    measured = (pair for pair in pairs_of if pair[0].term not in SIDES)
    for (term, name), group in itertools.groupby(measured, key=lambda pair: (pair[0].term, pair[0].measure)):
        steps = {one.start: float(weight) for one, weight in group}
        if _is_choice(name):
            rows = [(float(value), steps.get(float(value), 0.0)) for value in range(int(max(steps)) + 1)]
        else:
            rows = [(-1.0, 0.0), *zip(steps, itertools.accumulate(steps.values()), strict=True)]
        found += [(term, name, round(start, 3), round(reached, 4)) for start, reached in rows]
    return _merged(found)


def _word_points(ranges: list[Range], weights: Floats) -> list[tuple[str, float, float]]:
    """Word, and its points where the name in the list alone has it, and where the register's has."""
    told = {
        (one.measure, one.term): round(float(weight) / points.SCALE, 4)
        for one, weight in zip(ranges, weights[:-1], strict=True)
        if one.term in SIDES
    }
    rows = [(word, *(told.get((word, side), 0.0) for side in SIDES)) for word in sorted({word for word, _ in told})]
    return [(word, listed, registered) for word, listed, registered in rows if listed or registered]


def _merged(table: list[tuple[str, str, float, float]]) -> list[tuple[str, str, float, float]]:
    """Without rows that add as much as the row before, and without measures that add nothing at all."""
    telling = {measure for _, measure, _, points_ in table if points_}
    kept = [row for row in table if row[1] in telling]
    before = [None, *((measure, points_) for _, measure, _, points_ in kept)]
    return [row for row, last in zip(kept, before, strict=False) if (row[1], row[3]) != last]


def _is_choice(name: str) -> bool:
    return name in CHOICES or name.startswith("kind_")


def _write_facts(options: argparse.Namespace, asked: Asked, base: float) -> None:
    digest = hashlib.sha256(options.queries.read_bytes() + options.registry.read_bytes()).hexdigest()
    (POLICY / "matches_fit.toml").write_text(
        f"""# Written by bench/fit_matching.py along with the tables of points, of words and of the points of words.
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
