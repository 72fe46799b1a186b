"""Damage list files at random and read each: no crash, no hang, nothing lost in silence.

    python bench/mutated_files.py [FOLDER] [--runs 5000] [--seed 1]

Each run takes a file of FOLDER (the sample lists unless told otherwise), truncates it, flips bytes in it or splices in
a piece of another, and reads it as the product does. A file must end in sheets whose rows and £ reconcile and that
hold every letter and digit of a text, or in one sentence that refuses it; where reading it ends the process, the
guarded reader must say so in a sentence.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import sample_contracts
from checker import reading
from riskengine import lines, spreadsheet
from riskengine.errors import InputError
from riskengine.policy import BUILT_IN
from riskengine.policy.files import Folder
from riskengine.policy.lines import LinesPolicy
from riskengine.schemas import LinesRead, Sheet
from riskengine.spreadsheet import encodings

LISTS = {".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".zip", ".json"}
BATCH = 100
SECONDS = 120
"""For a batch; a sample is read in a hundredth of a second."""
_TEXTS = ("csv", "tsv", "txt")
_MENDED = ("encoded twice", "NUL characters")


@dataclass
class Outcome:
    """How many runs ended how, and what must not have happened."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def main() -> None:
    """Print how the runs ended; exit with 1 when one ended as it must not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(sample_contracts.__file__).parent)
    parser.add_argument("--runs", type=int, default=5_000, help="files to damage and read")
    parser.add_argument("--seed", type=int, default=1, help="of the damage; the same seed does the same damage")
    parser.add_argument("--judge", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.judge:
        _judge(asked.judge)
        return
    outcome = run(asked.folder, asked.runs, asked.seed)
    for ending, count in sorted(outcome.counts.items(), key=lambda item: -item[1]):
        print(f"{count:>6}  {ending}")
    print("\n".join(outcome.faults) or "No crash, no hang, nothing lost.")
    sys.exit(bool(outcome.faults))


def run(folder: Path, runs: int, seed: int) -> Outcome:
    """Damage and read `runs` files in batches, each batch in a process of its own."""
    files = [path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in LISTS]
    names = [path.name for path in sorted(folder.iterdir()) if path.suffix in LISTS]
    random = Random(seed)
    outcome = Outcome()
    for start in range(0, runs, BATCH):
        with tempfile.TemporaryDirectory() as held:
            batch = []
            for number in range(start, min(start + BATCH, runs)):
                at = random.randrange(len(files))
                batch.append(Path(held) / f"{number:06}-{names[at]}")
                batch[-1].write_bytes(damaged(files[at], random.choice(files), random))
            _read_batch(batch, outcome)
    return outcome


def damaged(content: bytes, other: bytes, random: Random) -> bytes:
    """The content with one to three kinds of damage."""
    for _ in range(random.randint(1, 3)):
        at, to = sorted(random.randrange(len(content) + 1) for _ in range(2))
        piece = other[random.randrange(len(other)) :][: random.randrange(1, 2_000)]
        flipped = bytearray(content)
        for _ in range(random.randint(1, 20)):
            if flipped:
                flipped[random.randrange(len(flipped))] = random.randrange(256)
        content = random.choice(
            [content[:to], bytes(flipped), content[:at] + piece + content[at:], content[:at] + content[to:]]
        )
    return content


def _read_batch(batch: Sequence[Path], outcome: Outcome) -> None:
    """Read the files in a child; where it ends at a file, hand that file to the guarded reader and go on after it."""
    left = list(batch)
    while left:
        told = list(_told(left))
        for ending, fault in told:
            _count(outcome, left.pop(0), ending, fault)
        if left and len(told) < BATCH:
            _count(outcome, left[0], *_guarded(left[0]))
            left.pop(0)


def _told(files: Sequence[Path]) -> Iterator[tuple[str, str]]:
    listed = files[0].parent / "files.json"
    listed.write_text(json.dumps([str(path) for path in files]), "utf-8")
    command = [sys.executable, __file__, "--judge", str(listed)]
    try:
        said = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False).stdout
    except subprocess.TimeoutExpired as error:
        said = error.stdout or b""
    for line in said.decode("utf-8", "replace").splitlines():
        if line.endswith("]"):
            ending, fault = json.loads(line)
            yield ending, fault


def _guarded(path: Path) -> tuple[str, str]:
    try:
        reading.read(path)
    except InputError as error:
        return f"ended the child; told: {error.wrong}", ""
    return "ended the batch, but not alone", "reading it beside others ended the process"


def _count(outcome: Outcome, path: Path, ending: str, fault: str) -> None:
    outcome.counts[ending] += 1
    if fault:
        outcome.faults.append(f"{path.name}: {fault}")


# ---- in the child -----------------------------------------------------------------------------------------------


def _judge(listed: Path) -> None:
    policy = LinesPolicy.load(Folder(BUILT_IN, None))
    for path in json.loads(listed.read_text("utf-8")):
        try:
            ending, fault = _judged(Path(path), policy)
        except Exception as error:  # noqa: BLE001
            ending, fault = f"FAULT {type(error).__name__}", repr(error)[:300]
        print(json.dumps([ending, fault]), flush=True)


def _judged(path: Path, policy: LinesPolicy) -> tuple[str, str]:
    try:
        sheets = spreadsheet.read(path, path.name)
    except InputError as error:
        return f"refused: {error.wrong.split(' (')[0][:60]}", ""
    found = lines.understand(sheets, policy, {})
    return ("read" if found.lines.height else "no contract lines"), _lost(path, sheets, found)


def _lost(path: Path, sheets: Sequence[Sheet], found: LinesRead) -> str:
    for row in found.intake.iter_rows(named=True):
        if row["rows_read"] != row["rows_assessed"] + row["rows_set_aside"]:
            return "rows do not reconcile"
        if row["amount_read"] != row["amount_assessed"] + row["amount_set_aside"]:
            return "£ do not reconcile"
    text = sheets[0]
    if text.file.name != path.name or not text.file.format.startswith(_TEXTS):
        return ""
    if any(word in note for note in text.notes for word in _MENDED):
        return ""
    content, _, _ = encodings.to_utf8(path.read_bytes())
    wanted = sum(map(str.isalnum, content.decode("utf-8", "replace")))
    held = sum(sum(map(str.isalnum, cell)) for row in text.cells.drop("row").iter_rows() for cell in row if cell)
    return "" if held == wanted else f"{wanted} letters and digits in the file, {held} in the cells"


if __name__ == "__main__":
    main()
