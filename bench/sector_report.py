"""How well titles and descriptions alone tell the sector of labelled notices, with the policy as it ships.

    python bench/sector_report.py NOTICES
    python bench/sector_report.py NOTICES --folds 5 --codes CPV_LABELS

NOTICES is a CSV file with title, description, gold_sector and gold_level; rows without a gold sector are left out. A
cpv column, if there is one, is not read. With --folds the model is fitted anew on the other folds before each fold is
judged, so that no notice is judged by weights it helped to fit; the word list stays the one that ships. --seed deals
the folds anew.

Where NOTICES has a column id, the figures are also printed with the labels of bench/notice_corrections.csv: notices
whose code does not fit their own words, found by reading code and text of all notices of other sectors than software,
and of those of software that name devices, staff or training. Some wrong answers had been read before that.

Two weightings are printed. Raw: every notice counts once. IT weighted down: the sectors of the IT divisions of CPV (48
and 72 software, 30 and 32 hardware, 64 telecoms) count no more in all than the largest other division.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from riskengine import policy as policies
from riskengine import sectors
from riskengine.policy.sectors import UNKNOWN, SectorsPolicy
from riskengine.schemas import HIGHER_LEVELS

DIVISIONS = {"software": "IT", "ict_hardware": "IT", "telecoms": "IT", "construction": "45", "demolition_ground": "45"}
DIVISIONS |= {
    "highways": "45",
    "professional": "71 79",
    "agency_labour": "79",
    "recruit_office": "79",
    "security": "79",
}
"""Sectors that share CPV divisions; every other sector stands for a division of its own."""

CORRECTIONS = Path(__file__).with_name("notice_corrections.csv")

ENOUGH = 10
"""Sectors with fewer notices are printed but left out of the macro recall."""


def labelled(path: Path) -> pl.DataFrame:
    """The notices that bear a sector."""
    notices = pl.read_csv(path, infer_schema=False)
    return notices.filter(pl.col("gold_sector").fill_null("") != "")


def put_right(notices: pl.DataFrame, policy: SectorsPolicy) -> pl.DataFrame:
    """The notices with the sector and level that their own words tell, where their code is wrong.

    Left out are those for which there is no sector.
    """
    levels = {sector.id: sector.level for sector in policy.sectors}
    right = pl.read_csv(CORRECTIONS).select("id", right="sector")
    joined = notices.join(right, on="id", how="left", maintain_order="left")
    level = pl.coalesce(pl.col("right").replace_strict(levels, default=None, return_dtype=pl.String), "gold_level")
    told = joined.with_columns(gold_sector=pl.coalesce("right", "gold_sector"), gold_level=level).drop("right")
    return told.filter(pl.col("gold_sector") != UNKNOWN)


def answered(notices: pl.DataFrame, policy: SectorsPolicy) -> pl.DataFrame:
    """The notices with what the policy says of each."""
    told = sectors.classify_texts(notices["title"], notices["description"], policy)
    return notices.select("^id|gold_sector|gold_level$").hstack(told)


def out_of_fold(notices: pl.DataFrame, names: Path, folds: int, policy: SectorsPolicy, seed: int = 1) -> pl.DataFrame:
    """The notices, each answered by a policy fitted on the other folds; every sector is spread over the folds."""
    import fit_sectors  # noqa: PLC0415 - needs scipy, which judging the policy as it ships does not

    labels = fit_sectors.named_codes(names, policy)
    fold = pl.int_range(pl.len()).shuffle(seed=seed).over("gold_sector") % folds
    dealt = notices.with_columns(fold=fold)
    judged = []
    for number in range(folds):
        others = fit_sectors.teaching(dealt.filter(pl.col("fold") != number), policy)
        fitted = fit_sectors.fit(fit_sectors.texts(others, labels, policy), policy)
        judged.append(answered(dealt.filter(pl.col("fold") == number), fitted))
    return pl.concat(judged)


def weighted_down(answers: pl.DataFrame) -> pl.Series:
    """The weight of each notice when IT counts no more in all than the largest other division."""
    division = answers["gold_sector"].replace(DIVISIONS)
    counts = division.value_counts(name="count")
    largest = counts.filter(pl.col("gold_sector") != "IT")["count"].max()
    it = int((division == "IT").sum())
    share = min(1.0, int(str(largest)) / it) if it and largest else 1.0
    return pl.select(pl.when(division == "IT").then(share).otherwise(1.0)).to_series()


def overall(answers: pl.DataFrame, weight: pl.Series) -> str:
    """One line: share classified, exact among those, precision and recall of high or above."""
    known = answers["sector"] != UNKNOWN
    gold, told = answers["gold_level"].is_in(HIGHER_LEVELS), answers["level"].cast(pl.String).is_in(HIGHER_LEVELS)
    right = answers["sector"] == answers["gold_sector"]

    def total(mask: pl.Series) -> float:
        return float(weight.filter(mask).sum())

    classified, exact = total(known) / weight.sum(), total(known & right) / total(known)
    precision, recall = total(gold & told) / total(told), total(gold & told) / total(gold)
    high = f"high or above: precision {precision:.3f}, recall {recall:.3f}"
    return f"classified {classified:.3f}   exact of classified {exact:.3f}   {high}"


def by_sector(answers: pl.DataFrame) -> pl.DataFrame:
    """Notices, recall and precision of each gold sector."""
    right = pl.col("sector") == pl.col("gold_sector")
    told = answers.group_by("sector").agg(told=pl.len())
    table = answers.group_by(sector="gold_sector").agg(
        notices=pl.len(), right=right.sum(), unknown=(pl.col("sector") == UNKNOWN).sum()
    )
    joined = table.join(told, on="sector", how="left").with_columns(
        recall=pl.col("right") / pl.col("notices"), precision=pl.col("right") / pl.col("told")
    )
    return joined.sort("notices", "sector", descending=[True, False])


def show(answers: pl.DataFrame) -> None:
    table = by_sector(answers)
    print(f"{'sector':22}{'notices':>8}{'told':>8}{'right':>8}{'unknown':>8}{'recall':>8}{'precision':>10}")
    for row in table.iter_rows(named=True):
        precision = "" if row["precision"] is None else f"{row['precision']:.2f}"
        counts = f"{row['notices']:8}{row['told'] or 0:8}{row['right']:8}{row['unknown']:8}"
        print(f"{row['sector']:22}{counts}{row['recall']:8.2f}{precision:>10}")
    summed(answers)


def summed(answers: pl.DataFrame) -> None:
    """Print the macro recall and both overall lines."""
    table = by_sector(answers)
    large = table.filter(pl.col("notices") >= ENOUGH)
    print(f"\nmacro recall over {large.height} sectors with {ENOUGH} notices or more: {large['recall'].mean():.3f}")
    print(f"macro recall over all {table.height} sectors: {table['recall'].mean():.3f}")
    print(f"raw              {overall(answers, pl.repeat(1.0, answers.height, eager=True))}")
    print(f"IT weighted down {overall(answers, weighted_down(answers))}")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notices", type=Path)
    parser.add_argument("--folds", type=int, help="fit anew and judge out of fold, in so many folds")
    parser.add_argument("--codes", type=Path, help="with --folds: CSV file with code and description_en")
    parser.add_argument("--seed", type=int, default=1, help="with --folds: deals the notices over the folds")
    parser.add_argument("--policy", type=Path, help="a policy folder of your own")
    given = parser.parse_args(arguments)
    if given.folds and not given.codes:
        parser.error("--folds needs --codes")
    policy = policies.load(given.policy).sectors
    notices = labelled(given.notices)
    if given.folds:
        answers = out_of_fold(notices, given.codes, given.folds, policy, given.seed)
    else:
        answers = answered(notices, policy)
    show(answers)
    if "id" in answers.columns:
        print("\nlabels put right:")
        summed(put_right(answers, policy))


if __name__ == "__main__":
    main()
