"""How well supplier names are matched: precision, recall and F1, by part and by kind of difference.

    python bench/matching_report.py QUERIES REGISTRY

QUERIES has query_id, name, part, klass, truth_entity (acceptable ids joined by "|", empty for no match); REGISTRY has
reg_id, name, entity_id. Only the first answer counts: right when its entity is acceptable; any entry handed back for a
name without a match is wrong. Runs with the shipped policy; nothing is fitted.
"""

from __future__ import annotations

import argparse
import time
from datetime import date
from pathlib import Path

import polars as pl

from riskengine import matches, names, policy
from riskengine.schemas import Decisions, RegisterEntries, RegisterFacts, StatementRecords, StatementRegister, Suppliers


def main() -> None:
    options = _options()
    queries = pl.read_csv(options.queries, infer_schema=False).fill_null("")
    entries = pl.read_csv(options.registry, infer_schema=False).fill_null("")
    began = time.perf_counter()
    answers = _answers(queries, entries)
    print(f"{queries.height} names against {entries.height} in {time.perf_counter() - began:.1f} s")
    print(f"{'part / kind':34}{'names':>7}{'P':>7}{'R':>7}{'F1':>7}{'at':>7}{'R@.98':>8}{'R@.99':>8}   'same': P, R")
    for part in answers["part"].unique().sort():
        rows = answers.filter(part=part)
        _print(str(part), rows)
        for kind in rows["klass"].unique().sort():
            _print(f"  {kind}", rows.filter(klass=kind))


def _answers(queries: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    """Each query with its first answer: score, match, and whether the entity is right."""
    loaded = policy.load()
    register = StatementRegister(
        RegisterFacts(date=date(2026, 1, 1), years=(), partial_reason=None, sample=False, sha256=""),
        RegisterEntries.validate(
            entries.select(
                entry_id="reg_id",
                name="name",
                company_number=pl.lit(None, pl.String),
                postcode=pl.lit(None, pl.String),
                previous_names=pl.lit([], pl.List(pl.String)),
                record=pl.lit(None, pl.String),
            )
        ),
        StatementRecords.create_empty(),
    )
    asked = Suppliers.validate(
        queries.select(
            supplier_id="query_id",
            name="name",
            spellings=pl.concat_list("name"),
            key=names.keys(queries["name"], loaded.names)["key"],
            kind=pl.lit("unknown"),
            kind_reason=pl.lit(""),
            personal=pl.lit(value=False),
            **{
                name: pl.lit(None, pl.String) for name in ("company_number", "charity_number", "vat_number", "postcode")
            },
        ),
        cast=True,
    )
    first = matches.find(asked, register, Decisions.create_empty(), loaded).filter(pl.col("rank") == 1)
    placed = queries.join(first, left_on="query_id", right_on="supplier_id", how="left").join(
        entries.select("reg_id", "entity_id"), left_on="entry_id", right_on="reg_id", how="left"
    )
    acceptable = pl.col("truth_entity").str.split("|").list.contains(pl.col("entity_id"))
    exact = pl.when(pl.col("basis") == "exact_name").then(1.0).otherwise(0.0)
    return placed.select(
        "part",
        "klass",
        has_truth=pl.col("truth_entity") != "",
        right=acceptable.fill_null(value=False),
        same=pl.col("match") == "same",
        score=(pl.col("score") + exact).fill_null(0.0),
    )


def _print(name: str, rows: pl.DataFrame) -> None:
    truths = int(rows["has_truth"].sum())
    steps = rows.filter(pl.col("score") > 0).sort("score", descending=True)
    curve = steps.with_columns(tp=pl.col("right").cum_sum(), n=pl.int_range(1, pl.len() + 1)).unique(
        "score", keep="last", maintain_order=True
    )
    curve = curve.with_columns(p=pl.col("tp") / pl.col("n"), r=pl.col("tp") / max(truths, 1))
    curve = curve.with_columns(f=(2 * pl.col("p") * pl.col("r") / (pl.col("p") + pl.col("r"))).fill_nan(0.0))
    same = rows.filter("same")
    shipped = f"{_share(same['right'].sum(), same.height)}, {_share(same['right'].sum(), truths)}"
    if not truths or curve.is_empty():
        print(f"{name:34}{rows.height:7}{'':43}   {shipped}")
        return
    best = curve.sort("f", descending=True).row(0, named=True)
    at = [curve.filter(pl.col("p") >= floor)["r"].max() or 0.0 for floor in (0.98, 0.99)]
    print(
        f"{name:34}{rows.height:7}{best['p']:7.3f}{best['r']:7.3f}{best['f']:7.3f}{best['score']:7.2f}"
        f"{at[0]:8.3f}{at[1]:8.3f}   {shipped}"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "none"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("queries", type=Path)
    parser.add_argument("registry", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
