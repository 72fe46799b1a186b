"""How well supplier names are matched: precision, recall and F1, by part and by kind of difference.

    python bench/matching_report.py QUERIES REGISTRY [--adjudicated FILE]

QUERIES has query_id, name, part, klass, truth_entity (acceptable ids joined by "|", empty for no match); REGISTRY has
reg_id, name, entity_id. Only the first answer counts: right when its entity is acceptable; any entry handed back for a
name without a match is wrong. A kind of difference such as "ltd+typo" counts under both. Runs with the shipped policy;
nothing is fitted. FILE has query_id, truth_entity and evidence: labels that were found wrong; both figures are printed.
names_adjudicated.csv holds those of the names used in development: every real name was read beside its nearest register
names by rapidfuzz alone, before any score or answer of ours; only clear cases were changed, in both directions.
"""

from __future__ import annotations

import argparse
import functools
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from riskengine import matches, names, policy
from riskengine.schemas import Decisions, RegisterEntries, RegisterFacts, StatementRecords, StatementRegister, Suppliers

DRAWS = 1_000
"""Draws with replacement from the names, for the intervals."""
SMALLEST = 20
"""Kinds of difference with fewer names are not printed."""


@dataclass(frozen=True)
class Asked:
    """Labelled names and the register they are looked up in.

    `truths` has query_id, entry_id, and `right`, which is true: the acceptable entries. `registry` is as in the file.
    """

    queries: pl.DataFrame
    register: StatementRegister
    suppliers: pl.DataFrame
    truths: pl.DataFrame
    registry: pl.DataFrame

    @classmethod
    def read(cls, queries: Path, registry: Path) -> Asked:
        """Read the two files."""
        labelled = pl.read_csv(queries, infer_schema=False).fill_null("")
        return cls.of(labelled, pl.read_csv(registry, infer_schema=False).fill_null(""))

    @classmethod
    def of(cls, queries: pl.DataFrame, registry: pl.DataFrame) -> Asked:
        """From frames with the columns of the files."""
        acceptable = queries.select("query_id", entity_id=pl.col("truth_entity").str.split("|")).explode("entity_id")
        acceptable = acceptable.filter(pl.col("entity_id") != "")
        entries = registry.select("entity_id", entry_id="reg_id")
        truths = acceptable.join(entries, on="entity_id").select("query_id", "entry_id", right=pl.lit(value=True))
        return cls(queries, _register(registry), _suppliers(queries), truths.unique(), registry)

    def put_right(self, labels: Path) -> Asked:
        """With labels that were found wrong put right (query_id, truth_entity)."""
        mended = pl.read_csv(labels, infer_schema=False).fill_null("").select("query_id", "truth_entity")
        return Asked.of(self.queries.update(mended, on="query_id"), self.registry)


def main() -> None:
    options = _options()
    asked = Asked.read(options.queries, options.registry)
    began = time.perf_counter()
    first = matches.find(asked.suppliers, asked.register, Decisions.create_empty(), shipped()).filter(
        pl.col("rank") == 1
    )
    took = time.perf_counter() - began
    print(f"{asked.queries.height} names against {asked.register.entries.height} in {took:.1f} s")
    _report(_judged(asked, first))
    if options.adjudicated:
        mended = asked.put_right(options.adjudicated)
        print(f"\nWith labels put right ({options.adjudicated.name})")
        _report(_judged(mended, first))


def curve(rows: pl.DataFrame) -> pl.DataFrame:
    """Precision p, recall r and F1 f at each score from which answers count (columns has_truth, score, right)."""
    truths = int(rows["has_truth"].sum())
    steps = rows.filter(pl.col("score") > 0).sort("score", descending=True)
    steps = steps.with_columns(tp=pl.col("right").cum_sum(), n=pl.int_range(1, pl.len() + 1))
    steps = steps.unique("score", keep="last", maintain_order=True)
    p, r = pl.col("tp") / pl.col("n"), pl.col("tp") / max(truths, 1)
    return steps.with_columns(p=p, r=r, f=(2 * p * r / (p + r)).fill_nan(0.0))


@functools.cache
def shipped() -> policy.Policy:
    """The policy as shipped, read once."""
    return policy.load()


def _register(registry: pl.DataFrame) -> StatementRegister:
    none = pl.lit(None, pl.String)
    entries = registry.select(
        entry_id="reg_id",
        name="name",
        company_number=none,
        postcode=none,
        previous_names=pl.lit([], pl.List(pl.String)),
        record=none,
    )
    facts = RegisterFacts(date=date(2026, 1, 1), years=(), partial_reason=None, sample=False, sha256="")
    return StatementRegister(facts, RegisterEntries.validate(entries), StatementRecords.create_empty())


def _suppliers(queries: pl.DataFrame) -> pl.DataFrame:
    none = pl.lit(None, pl.String)
    rows = queries.select(
        supplier_id="query_id",
        name="name",
        spellings=pl.concat_list("name"),
        key=names.keys(queries["name"], shipped().names)["key"],
        kind=pl.lit("unknown"),
        kind_reason=pl.lit(""),
        personal=pl.lit(value=False),
        **dict.fromkeys(("company_number", "charity_number", "vat_number", "postcode"), none),
    )
    return Suppliers.validate(rows, cast=True)


def _judged(asked: Asked, first: pl.DataFrame) -> pl.DataFrame:
    """Each name with its first answer: score, match, and whether the entity is right."""
    placed = asked.queries.join(first, left_on="query_id", right_on="supplier_id", how="left")
    told = placed.join(asked.truths, on=["query_id", "entry_id"], how="left")
    exact = pl.when(pl.col("basis") == "exact_name").then(1.0).otherwise(0.0)
    return told.select(
        "query_id",
        "part",
        "klass",
        has_truth=pl.col("truth_entity") != "",
        right=pl.col("right").fill_null(value=False),
        same=pl.col("match") == "same",
        score=(pl.col("score") + exact).fill_null(0.0),
    ).sort("query_id")


def _report(answers: pl.DataFrame) -> None:
    print(f"{'part / kind':34}{'names':>7}{'P':>7}{'R':>7}{'F1':>7}{'at':>7}{'R@.98':>8}{'R@.99':>8}   'same': P, R")
    for part in answers["part"].unique().sort():
        rows = answers.filter(part=part)
        _print(str(part), rows)
        if rows["has_truth"].any():
            print(f"{'  95 % interval':48}{_intervals(rows)}")
        kinds = rows.with_columns(kind=pl.col("klass").str.split("+").list.unique()).explode("kind")
        for kind in kinds["kind"].unique().sort():
            chosen = kinds.filter(kind=kind)
            if chosen.height >= SMALLEST:
                _print(f"  {kind}", chosen)


def _intervals(rows: pl.DataFrame) -> str:
    draw = np.random.default_rng(1)
    curves = [curve(rows[draw.integers(0, rows.height, rows.height)]) for _ in range(DRAWS)]
    f = [steps["f"].max() or 0.0 for steps in curves]
    r = [steps.filter(pl.col("p") >= 0.98)["r"].max() or 0.0 for steps in curves]
    spans = [np.quantile(np.array(values, np.float64), [0.025, 0.975]) for values in (f, r)]
    return f"F1 {spans[0][0]:.3f} to {spans[0][1]:.3f}, R@.98 {spans[1][0]:.3f} to {spans[1][1]:.3f}"


def _print(name: str, rows: pl.DataFrame) -> None:
    truths = int(rows["has_truth"].sum())
    steps = curve(rows)
    same = rows.filter("same")
    told = f"{_share(same['right'].sum(), same.height)}, {_share(same['right'].sum(), truths)}"
    if not truths or steps.is_empty():
        print(f"{name:34}{rows.height:7}{'':43}   {told}")
        return
    best = steps.sort("f", descending=True).row(0, named=True)
    at = [steps.filter(pl.col("p") >= floor)["r"].max() or 0.0 for floor in (0.98, 0.99)]
    print(
        f"{name:34}{rows.height:7}{best['p']:7.3f}{best['r']:7.3f}{best['f']:7.3f}{best['score']:7.2f}"
        f"{at[0]:8.3f}{at[1]:8.3f}   {told}"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "none"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("queries", type=Path)
    parser.add_argument("registry", type=Path)
    parser.add_argument("--adjudicated", type=Path, help="labels that were found wrong")
    return parser.parse_args()


if __name__ == "__main__":
    main()
