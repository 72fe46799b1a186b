"""Fit what each measure of two names is worth, and find the cut-offs, on labelled names.

    python bench/fit_matching.py QUERIES REGISTRY          cross-validate and print
    python bench/fit_matching.py QUERIES REGISTRY --write  also write matches_points.csv, matches_words.csv and
                                                           matches_fit.toml

QUERIES and REGISTRY are as in matching_report.py. The model is a sum of points: each measure is cut into ranges, each
range has its points. It is fitted on whole choices: for each name the chance of an entry is its odds divided by one
(for "none of them") plus the odds of all entries compared, and what is made most likely is that the right one is
chosen, or none where the register lacks it. A penalty on the step between neighbouring ranges keeps the points smooth.

Folds never split an organisation. The cut-offs printed are those of the names left out.
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
from riskengine.matches import index, pairs, points
from riskengine.policy import Policy

Floats = npt.NDArray[np.float64]

PENALTY = 0.25
"""On the square of each step between neighbouring ranges. Chosen out of fold among 0.25, 0.5, 1 and 3."""
RANGES = 8
"""Cuts at the eighths of all pairs and of the right ones."""
FOLDS = 5
REPEATS = 3
COMMONEST = 2_000
"""Words whose rarity is kept, so that small registers know them to be common."""

TERMS = {
    "whole name": ("whole_name",),
    "letters": ("whole", "core", "sorted", "set", "partial", "bare", "start"),
    "words in common": (
        "left_share", "right_share", "shared", "shared_rarest", "misspelt", "first", "order", "initials",
    ),
    "words only one has": (
        "left_alone", "right_alone", "left_alone_sum", "right_alone_sum", "left_words", "right_words",
        *(f"kind_{kind}" for kind in ("other", "trade", "practice", "care", "ledger", "person", "school", "charity")),
    ),
    "other number": ("kind_number",),
    "other place or region": ("kind_region", "kind_country", "kind_place"),
    "group or sister company": ("kind_group", "kind_sister"),
    "public body": ("kind_nhs", "kind_council"),
    "legal form": ("form", "same_form"),
    "other names in it": ("trading", "aside"),
    "lead over the next entry": tuple(f"lead_{name}" for name in pairs.LEADS),
}  # fmt: skip
CHOICES = {"first", "order", "initials", "form", "same_form", "trading", "aside", "whole_name"}
"""Measures whose values are not in any order: each value has its own points."""
RISING = {
    *TERMS["letters"], *TERMS["lead over the next entry"], "left_share", "right_share", "shared", "shared_rarest",
}  # fmt: skip
FALLING = {"left_alone", "right_alone", "left_alone_sum", "right_alone_sum"}
"""Measures that never take (or add) points as they grow: a reader would not believe otherwise."""


@dataclass(frozen=True)
class Labelled:
    """Pairs of names to be compared, and which are right."""

    rows: pl.DataFrame
    query: npt.NDArray[np.int64]
    right: npt.NDArray[np.bool_]
    folds: pl.Series


@dataclass(frozen=True)
class Range:
    """A range of a measure, from `start` (or just this value, for choices)."""

    term: str
    measure: str
    start: float


def main() -> None:
    options = _options()
    asked = Asked.read(options.queries, options.registry)
    policy = policies.load()
    labelled = _labelled(asked, policy)
    ranges, design = _design(labelled)
    print(f"{labelled.rows.height} pairs of {asked.queries.height} names, {len(ranges)} ranges")
    for repeat in range(REPEATS):
        _cross_validated(labelled, design, ranges, asked, repeat)
    if options.write:
        weights = _fitted(design, ranges, labelled, np.ones(labelled.right.size, bool))
        _write(options, asked, _table(ranges, weights), 0.5 + float(weights[-1]) / points.SCALE)


def _labelled(asked: Asked, policy: Policy) -> Labelled:
    built = index.build(asked.register.entries, policy)
    suppliers = asked.suppliers.sort("supplier_id")
    nobody = pl.DataFrame(schema={"supplier": pl.UInt32, "entry": pl.UInt32})
    rows = pairs.compare(suppliers, built, nobody, policy)
    ids = rows.select(
        query_id=suppliers["supplier_id"].gather(rows["supplier"]),
        entry_id=built.entries["entry_id"].gather(rows["entry"]),
    )
    told = ids.join(asked.truths, on=["query_id", "entry_id"], how="left", maintain_order="left")
    first = asked.queries.select(
        "query_id",
        entity=pl.when(pl.col("truth_entity") == "")
        .then("query_id")
        .otherwise(pl.col("truth_entity").str.split("|").list.first()),
    )
    entity = ids.join(first, on="query_id", how="left", maintain_order="left")["entity"]
    return Labelled(
        rows, rows["supplier"].to_numpy().astype(np.int64), told["right"].fill_null(value=False).to_numpy(), entity
    )


def _design(labelled: Labelled) -> tuple[list[Range], sparse.csr_matrix]:
    """A column for each range but the lowest of a measure; steps for measures in order, so that smoothness is cheap."""
    ranges, columns = [], []
    for term, names in TERMS.items():
        for name in names:
            values = labelled.rows[name].to_numpy().astype(np.float32)
            for start in _starts(name, values, labelled.right):
                ranges.append(Range(term, name, float(start)))
                columns.append(values == start if _is_choice(name) else values >= start)
    return ranges, sparse.csr_matrix(np.array(columns, np.float64).T)


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

    def loss(weights: Floats) -> tuple[float, Floats]:
        odds = np.exp(np.clip(matrix @ weights[:-1] + weights[-1], -40, 40))
        every = 1 + np.bincount(group, odds, size)
        chosen = np.where(known, np.bincount(group, odds * right, size), 1.0)
        slope = right * odds / chosen[group] - odds / every[group]
        penalty = PENALTY * float((weights[:-1] ** 2).sum())
        gradient = -np.append(turned @ slope, slope.sum()) + np.append(2 * PENALTY * weights[:-1], 0.0)
        return float((np.log(every) - np.log(chosen)).sum()) + penalty, gradient

    start = np.zeros(design.shape[1] + 1)
    sides = [(0.0 if one.measure in RISING else None, 0.0 if one.measure in FALLING else None) for one in ranges]
    bounds = [*sides, (None, None)]
    found = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 300})
    return np.asarray(found.x)


def _cross_validated(
    labelled: Labelled, design: sparse.csr_matrix, ranges: list[Range], asked: Asked, repeat: int
) -> None:
    """Print how well names are matched that were left out of the fit."""
    fold = np.array([_fold(entity, repeat) for entity in labelled.folds])
    odds = np.zeros(labelled.right.size)
    for left_out in range(FOLDS):
        weights = _fitted(design, ranges, labelled, fold != left_out)
        odds[fold == left_out] = (design @ weights[:-1] + weights[-1])[fold == left_out]
    scored = points.with_others(labelled.rows.with_columns(alone=0.5 + odds / points.SCALE)).with_columns(
        score=pl.col("alone") + pl.col(points.OTHERS),
        right=labelled.right,
        query_id=asked.suppliers.sort("supplier_id")["supplier_id"].gather(labelled.rows["supplier"]),
    )
    best = scored.sort("query_id", "score", "entry", descending=[False, True, False]).unique("query_id", keep="first")
    answers = asked.queries.join(best.select("query_id", "score", "right"), on="query_id", how="left")
    for part in ("real", "synthetic"):
        rows = answers.filter(part=part).with_columns(
            pl.col("score").fill_null(0.0), pl.col("right").fill_null(value=False)
        )
        steps = curve(rows.with_columns(has_truth=pl.col("truth_entity") != ""))
        top = steps.sort("f", descending=True).row(0, named=True)
        at = {floor: steps.filter(pl.col("p") >= floor).sort("r", descending=True).head(1) for floor in (0.98, 0.99)}
        told = ", ".join(
            f"recall at {floor}: {rows['r'][0]:.3f} (from {rows['score'][0]:.3f})"
            for floor, rows in at.items()
            if rows.height
        )
        print(
            f"  out of fold, repeat {repeat + 1}, {part}: F1 {top['f']:.3f} "
            f"(P {top['p']:.3f} R {top['r']:.3f}), {told}",
            flush=True,
        )


def _fold(entity: str, repeat: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{repeat} {entity}".encode()).digest()[:4], "big") % FOLDS


def _table(ranges: list[Range], weights: Floats) -> list[tuple[str, str, float, float]]:
    """Term, measure, start and points of each range, counted from the lowest range of the measure."""
    found: list[tuple[str, str, float, float]] = []
    pairs_of = zip(ranges, weights[:-1] / points.SCALE, strict=True)
    for (term, name), group in itertools.groupby(pairs_of, key=lambda pair: (pair[0].term, pair[0].measure)):
        steps = {one.start: float(weight) for one, weight in group}
        if _is_choice(name):
            rows = [(float(value), steps.get(float(value), 0.0)) for value in range(int(max(steps)) + 1)]
        else:
            rows = [(-1.0, 0.0), *zip(steps, itertools.accumulate(steps.values()), strict=True)]
        found += [(term, name, round(start, 3), round(reached, 4)) for start, reached in rows]
    return found


def _is_choice(name: str) -> bool:
    return name in CHOICES or name.startswith("kind_")


def _write(options: argparse.Namespace, asked: Asked, table: list[tuple[str, str, float, float]], base: float) -> None:
    folder = Path(policies.__file__).parent
    _csv(folder / "matches_points.csv", ("term", "measure", "start", "points"), table)
    _csv(folder / "matches_words.csv", ("word", "rarity"), _common_words(asked))
    digest = hashlib.sha256(options.queries.read_bytes() + options.registry.read_bytes()).hexdigest()
    (folder / "matches_fit.toml").write_text(
        f"""# Written by bench/fit_matching.py together with matches_points.csv and matches_words.csv.
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
    print(f"{len(table)} rows of points written")


def _common_words(asked: Asked) -> list[tuple[str, float]]:
    """The commonest words of the register, without the help of the table that is being written."""
    policy = policies.load()
    bare = replace(policy, matches=policy.matches.model_copy(update={"words": ()}))
    words = index.build(asked.register.entries, bare).vocabulary.sort("held", "word", descending=[True, False])
    return words.head(COMMONEST).sort("word").select("word", "rarity").rows()


def _csv(path: Path, head: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("queries", type=Path)
    parser.add_argument("registry", type=Path)
    parser.add_argument("--write", action="store_true", help="write the policy files")
    return parser.parse_args()


if __name__ == "__main__":
    main()
