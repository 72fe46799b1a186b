"""How often "a higher-risk market" is right on councils' own lines, drawn at random.

    python bench/level_report.py FILES

FILES is a folder of spend files and contract registers. bench/council_levels.csv refers to lines of them by file, sheet
and row, at most 28 different ones of a body, with a verdict given before the classifier was asked: `high` (a sector of
level high or very high), `other`, or `unclear`, which does not count. A third of draws 4 to 7 and 9 was drawn by money.
Draw 7 holds lines of central bodies too, draw 8 only lines with words of care, cleaning, agencies or building. The
wrong answers of all draws but 5 and 9 were looked at and mended: the figures of these are the ones to expect elsewhere.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import polars as pl
from council_report import classified

from riskengine import policy
from riskengine.schemas import HIGHER_LEVELS

LABELS = Path(__file__).with_name("council_levels.csv")


def judged(folder: Path, labels: pl.DataFrame) -> pl.DataFrame:
    """The labelled lines with `told`: whether the classifier names a sector of level high or very high."""
    built_in = policy.load()
    told = [
        classified(folder / name, built_in).select(
            "file", "sheet", "row", "sector", "basis", told=pl.col("level").is_in(HIGHER_LEVELS)
        )
        for name in labels["file"].unique(maintain_order=True)
    ]
    return labels.join(pl.concat(told), on=["file", "sheet", "row"], how="left", maintain_order="left")


def figures(answers: pl.DataFrame) -> tuple[float, float]:
    """Precision and recall of `told`, each 0 to 1."""
    counted = answers.filter(pl.col("verdict") != "unclear").with_columns(high=pl.col("verdict") == "high")
    right = counted.filter("told", "high").height
    return right / max(counted["told"].sum(), 1), right / max(counted["high"].sum(), 1)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path)
    given = parser.parse_args(arguments)
    answers = judged(given.files, pl.read_csv(LABELS).cast({"row": pl.UInt32}))
    for (draw,), lines in answers.group_by("drawn", maintain_order=True):
        precision, recall = figures(lines)
        print(f"draw {draw}: {lines.height} lines, high or above: precision {precision:.3f}, recall {recall:.3f}")


if __name__ == "__main__":
    main()
