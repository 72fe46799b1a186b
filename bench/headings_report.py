"""How well headings are understood, alone and when their spelling is taken out of the policy's list.

    python bench/headings_report.py HEADINGS

HEADINGS is a Markdown list of published headings by field: below "## supplier name", lines of the form
"- `Supplier` – 2719 – 231" (sheets and publishers that use it). "listed" asks with the policy as it is; "left out"
asks with the same spelling taken out of the list, as a heading that nobody has seen would be asked.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from riskengine.lines.vocabulary import Vocabulary
from riskengine.lines.wording import normal, without_brackets
from riskengine.policy import BUILT_IN
from riskengine.policy.files import Folder
from riskengine.policy.lines import LinesPolicy

_SECTION = re.compile(r"^## (.+?)(?: \(\d+ spellings\))?$")
_SPELLING = re.compile(r"^- `(.+?)` – (\d+) – (\d+)")
FIELDS: dict[str, tuple[str, ...]] = {
    "supplier name": ("supplier",),
    "amount: net": ("amount",),
    "amount: gross": ("amount",),
    "amount (unstated)": ("amount",),
    "date": ("date",),
    "description / purpose": ("description", "title"),
    "department / service area": ("department",),
    "category (expense type)": ("category",),
    "ProClass": ("proclass", "category"),
    "CPV": ("cpv", "category"),
    "merchant category / MCC": ("category",),
    "invoice/transaction reference": ("reference",),
    "contract reference": ("reference",),
    "contract title": ("title", "description"),
    "contract value": ("amount",),
    "start date": ("start",),
    "end date": ("end",),
    "supplier postcode": ("postcode",),
    "company number": ("company_number",),
    "charity number": ("charity_number",),
    "VAT registration no": ("vat_number",),
}
"""The sections of the list and our fields that answer them."""


@dataclass(frozen=True)
class Published:
    """A heading as published: its section of the list, and how many sheets and publishers use it."""

    section: str
    heading: str
    sheets: int
    publishers: int


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("headings", type=Path, help="Markdown list of published headings by field")
    parser.add_argument("--misses", action="store_true", help="print the headings that are not understood")
    asked = parser.parse_args()
    policy = LinesPolicy.load(Folder(BUILT_IN, None))
    published = [one for one in read(asked.headings) if one.section in FIELDS]
    listed = {one: is_right(one, Vocabulary(policy)) for one in published}
    unlisted = {one: is_right(one, Vocabulary(without(policy, one.heading))) for one in published}
    if asked.misses:
        _print_misses(listed, unlisted)
    _print_figures(listed, unlisted)


def read(path: Path) -> Iterator[Published]:
    """The headings of the list in its order."""
    section = ""
    for line in path.read_text("utf-8").splitlines():
        if found := _SECTION.match(line):
            section = found[1]
        elif found := _SPELLING.match(line):
            yield Published(section, found[1].replace("⏎", "\n"), int(found[2]), int(found[3]))


def is_right(one: Published, vocabulary: Vocabulary) -> bool:
    """Whether the heading is taken first for a field that its section of the list stands for."""
    meanings = vocabulary.meanings(one.heading)
    return bool(meanings) and meanings[0].field in FIELDS[one.section]


def without(policy: LinesPolicy, heading: str) -> LinesPolicy:
    """The policy without the spelling, with or without its blanks."""
    spelt = {text.replace(" ", "") for text in (normal(heading), without_brackets(heading))}
    kept = tuple(known for known in policy.headings if known.heading.replace(" ", "") not in spelt)
    return policy.model_copy(update={"headings": kept})


def _print_misses(listed: dict[Published, bool], unlisted: dict[Published, bool]) -> None:
    for title, found in (("listed", listed), ("left out", unlisted)):
        print(f"Not understood, {title}")
        for one, right in found.items():
            if not right:
                print(f"    {one.section}: {one.heading!r}, {one.sheets} sheets of {one.publishers} publishers")


def _print_figures(listed: dict[Published, bool], unlisted: dict[Published, bool]) -> None:
    columns = ("spellings", "sheets", "publishers")
    print(f"{'':32}{'listed':>10}{'':>24}{'left out':>10}")
    print(f"{'':32}" + "".join(f"{name:>12}" for name in (*columns, *columns)))
    for section in (*FIELDS, "all"):
        figures = [share for found in (listed, unlisted) for share in _shares(found, section)]
        print(f"{section:32}" + "".join(f"{share:>12.1%}" for share in figures))


def _shares(found: dict[Published, bool], section: str) -> list[float]:
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for one, good in found.items():
        if section in (one.section, "all"):
            for name, weight in (("spellings", 1), ("sheets", one.sheets), ("publishers", one.publishers)):
                asked[name] += weight
                right[name] += weight * good
    return [right[name] / asked[name] if asked[name] else 0.0 for name in ("spellings", "sheets", "publishers")]


if __name__ == "__main__":
    main()
