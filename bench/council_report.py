"""How well real council lines are classified: a labelled set of care, agency, construction, car wash and traps.

    python bench/council_report.py FILES            recall on the labelled lines, and the lines that were missed
    python bench/council_report.py FILES --share    also the share of all council lines classified, by line and by £

FILES is a folder of councils' spend files and contract registers. bench/council_wording.csv refers to lines of them by
file, sheet and row, with a verdict given before the classifier was asked; lines whose text turned out to say something
else than what was judged were left out or judged again. The word list was widened after looking at what was missed in
round 1. Round 2 was drawn afterwards, by plain words and at random, from lines unlike those of round 1. A verdict is
one or several of: care, children, agency, construction (with demolition, highways and building maintenance), car_wash,
cleaning, other (a trap: none but cleaning).
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from riskengine import lines, policy, sectors, spreadsheet, suppliers
from riskengine.errors import InputError
from riskengine.policy import Policy
from riskengine.schemas import Companies, Matches

LABELS = Path(__file__).with_name("council_wording.csv")

FAMILIES = {
    "care": {"care_home_care", "care_residential"},
    "children": {"care_children"},
    "agency": {"agency_labour"},
    "construction": {"construction", "demolition_ground", "highways", "fm"},
    "car_wash": {"car_wash"},
    "cleaning": {"cleaning"},
}

TRAPPED = ["care", "children", "agency", "construction", "car_wash"]


def classified(path: Path, policy: Policy) -> pl.DataFrame:
    """The lines of a file with their sectors. Raises InputError."""
    read = lines.read(spreadsheet.read(path, path.name), policy.lines, {})
    found = suppliers.find(read.lines, policy)
    told = sectors.classify(found, Matches.create_empty(), None, Companies.create_empty(), policy)
    linked = read.lines.join(found.links.select("line_id", "purchase_id"), on="line_id", maintain_order="left")
    return linked.join(told, on="purchase_id", maintain_order="left")


def right(verdict: str, sector: str) -> bool:
    """Whether a sector answers a verdict."""
    if verdict == "other":
        return not any(sector in FAMILIES[family] for family in TRAPPED)
    return any(sector in FAMILIES[family] for family in verdict.split())


def judged(folder: Path, policy: Policy) -> pl.DataFrame:
    """The labelled lines with what the classifier says."""
    labels = pl.DataFrame(list(csv.DictReader(LABELS.open(encoding="utf-8")))).cast({"row": pl.UInt32})
    told = [
        classified(folder / str(file), policy).select("file", "sheet", "row", "sector", "basis", "evidence")
        for file in labels["file"].unique(maintain_order=True)
    ]
    answers = labels.join(pl.concat(told), on=["file", "sheet", "row"], how="left", maintain_order="left")
    marks = [right(verdict, sector or "") for verdict, sector in answers.select("verdict", "sector").iter_rows()]
    return answers.with_columns(right=pl.Series(marks))


def show(answers: pl.DataFrame) -> None:
    for row in answers.filter(~pl.col("right")).iter_rows(named=True):
        print(f"{row['file']} row {row['row']}: {row['verdict']}, told {row['sector']} by {row['basis']}")
    for (number,), drawn in answers.group_by("round", maintain_order=True):
        print(f"\nround {number}\n{'verdict':16}{'lines':>8}{'right':>8}{'recall':>8}")
        for (verdict,), group in drawn.sort("verdict").group_by("verdict", maintain_order=True):
            print(f"{verdict!s:16}{group.height:8}{group['right'].sum():8}{group['right'].mean():8.3f}")
        asked = drawn.filter(~pl.col("verdict").is_in(["other", "cleaning"]))
        print(f"care, children, agency, construction, car wash: {asked['right'].mean():.3f} of {asked.height} lines")
        print(", ".join(precisions(drawn)))


def precisions(answers: pl.DataFrame) -> list[str]:
    """How many of the lines told to be of a family are: "care 40 of 44"."""
    told = [(family, answers.filter(pl.col("sector").is_in(list(FAMILIES[family])))) for family in TRAPPED]
    meant = [(family, some, some["verdict"].str.split(" ").list.contains(family).sum()) for family, some in told]
    return [f"{family} {right} of {some.height} told" for family, some, right in meant]


def share(folder: Path, policy: Policy) -> None:
    """Print the share of council lines whose sector is known."""
    known, count, money, total = 0, 0, 0.0, 0.0
    for path in sorted(folder.glob("council*")):
        try:
            told = classified(path, policy).select(
                "sector", amount=pl.col("amount").cast(pl.Float64).fill_null(0).abs()
            )
        except InputError as error:
            print(error)
            continue
        sure = told.filter(pl.col("sector") != "unknown")
        known, count = known + sure.height, count + told.height
        money, total = money + sure["amount"].sum(), total + told["amount"].sum()
        print(f"{path.name}: {told.height} lines, {sure.height / max(told.height, 1):.2f} of them classified")
    print(f"classified: {known / count:.3f} of {count} lines, {money / total:.3f} of £{total:,.0f} (without sign)")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path)
    parser.add_argument("--share", action="store_true", help="also classify every council file")
    given = parser.parse_args(arguments)
    built_in = policy.load()
    show(judged(given.files, built_in))
    if given.share:
        share(given.files, built_in)


if __name__ == "__main__":
    main()
