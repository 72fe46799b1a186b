"""How well the statement reader reads real statements.

Training is measured on volunteers' labels of 96 statements (WikiRate, CC BY): a text counts as positive when any label
but "No" and "In Development" was given. Volunteers disagree among themselves, and some labels are wrong. The other
points are measured on labels of ours in statement_reader_labels.csv, given by eye to 62 of these texts: 26 ("tuned")
were looked at while the patterns were written, 10 ("unseen") with the reader's answers in view. 26 ("by_eye") are the
measure: read and labelled without running the reader on them, with a quote for each point, and looked at in sum only.
They are the first 26, by the SHA-256 of their text, of the 30 texts of 2,000 to 9,000 characters that had no label of
ours. The texts themselves are not part of this repository.

Our labels mean: year, the statement names the year or period that it is made for; approval, it says that the board,
the directors, members, partners, trustees or council approved it; signature, it names a director or equal as signing;
steps, it says what was done, or that nothing was; homepage_link can never be seen; the recommended areas as in section
54(5), where goals count when they are only planned and policies, due diligence, risk and training do not.

    python bench/statement_reader_report.py --texts DATA/statements/training_labels.csv
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from riskengine import statement_reader
from riskengine.policy import BUILT_IN
from riskengine.policy.files import Folder
from riskengine.policy.statement_reader import StatementReaderPolicy
from riskengine.statement_reader.sentences import folded

LABELS = Path(__file__).with_name("statement_reader_labels.csv")
NOT_TRAINED = {"No", "In Development"}
Outcome = tuple[str, bool, bool]
"""A point, whether the reader says stated, and whether the label does."""


def main() -> None:
    """Parse the arguments, read the texts, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    data = os.environ.get("RISKCHECK_REAL_DATA")
    default = Path(data) / "statements" / "training_labels.csv" if data else None
    parser.add_argument("--texts", type=Path, default=default, required=default is None, help="CSV with label and text")
    parser.add_argument("--labels", type=Path, default=LABELS, help="CSV with our labels")
    asked = parser.parse_args()
    csv.field_size_limit(sys.maxsize)
    with asked.texts.open(encoding="utf-8", newline="") as file:
        texts = list(csv.DictReader(file))
    with asked.labels.open(encoding="utf-8", newline="") as file:
        labels = list(csv.DictReader(file))
    policy = StatementReaderPolicy.load(Folder(BUILT_IN, None))
    read = {_digest(row["text"]): statement_reader.read([row["text"]], policy) for row in texts}
    _quotes(texts, read)
    looked_at = {row["text_sha256"] for row in labels if row["set"] != "by_eye"}
    print("\ntraining, volunteers' labels")
    for name, chosen in (
        ("all texts", texts),
        ("texts never looked at with it", [t for t in texts if _digest(t["text"]) not in looked_at]),
    ):
        _table(_training(chosen, read), name)
    for name in ("by_eye", "unseen", "tuned"):
        print(f"\nother points, our labels, set {name}")
        _table(_points([row for row in labels if row["set"] == name], read), "all points")


def _training(texts: Iterable[dict[str, str]], read: dict[str, tuple[statement_reader.Reading, ...]]) -> list[Outcome]:
    outcomes = []
    for row in texts:
        reading = next(one for one in read[_digest(row["text"])] if one.point == "training")
        if reading.answer != "unreadable":
            label = not set(row["training_label"].split(", ")) <= NOT_TRAINED
            outcomes.append(("training", reading.answer == "stated", label))
    return outcomes


def _points(labels: list[dict[str, str]], read: dict[str, tuple[statement_reader.Reading, ...]]) -> list[Outcome]:
    outcomes = []
    for row in labels:
        reading = next(one for one in read[row["text_sha256"]] if one.point == row["point"])
        if row["label"] == "cannot_be_seen":
            outcomes.append((row["point"], reading.answer != "cannot_be_seen", False))
        else:
            outcomes.append((row["point"], reading.answer == "stated", row["label"] == "stated"))
    return outcomes


def _table(outcomes: list[Outcome], total: str) -> None:
    print(f"{'point':42} {'texts':>5} {'right':>5} {'wrong':>5} {'missed':>6} {'precision':>9} {'recall':>6}")
    points = list(dict.fromkeys(point for point, _, _ in outcomes))
    for point in points if len(points) > 1 else []:
        _line(point, [outcome for outcome in outcomes if outcome[0] == point])
    _line(total, outcomes)


def _line(name: str, outcomes: list[Outcome]) -> None:
    count = Counter((said, label) for _, said, label in outcomes)
    right, wrong, missed = count[True, True], count[True, False], count[False, True]
    precision = f"{right / (right + wrong):.3f}" if right + wrong else "-"
    recall = f"{right / (right + missed):.3f}" if right + missed else "-"
    print(f"{name:42} {len(outcomes):5} {right:5} {wrong:5} {missed:6} {precision:>9} {recall:>6}")


def _quotes(texts: list[dict[str, str]], read: dict[str, tuple[statement_reader.Reading, ...]]) -> None:
    pairs = [
        (reading.quote, folded(row["text"]))
        for row in texts
        for reading in read[_digest(row["text"])]
        if reading.quote is not None
    ]
    found = sum(quote in text for quote, text in pairs)
    print(f"{len(texts)} texts, {len(pairs)} quotes, {found} of them found verbatim (blanks folded)")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


if __name__ == "__main__":
    main()
