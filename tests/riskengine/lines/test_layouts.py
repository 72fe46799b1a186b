"""Layouts of heading rows as councils publish them: which column is taken for what.

A layout, a line of layouts.txt, is its headings, each with the letter of the values below it and, after "=", the field
it must be taken for.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.riskengine.lists import fields, read, sheet

VALUES = {
    "s": ("Ashdown Care Ltd", "Birch & Sons", "Cedar plc", "Oak Trust"),
    "a": ("1,250.50", "-20.00", "£900.00", "12.5"),
    "d": ("31/01/2024", "01/02/2024", "15/02/2024", "03/03/2024"),
    "e": ("31/03/2027", "31/03/2026", "30/09/2025", "31/12/2028"),
    "t": ("Home care", "Roof repairs", "Agency staff", "Printing of leaflets"),
    "p": ("Adults", "Highways", "Children", "Adults"),
    "c": ("Third party payments", "Premises", "Employees", "Supplies"),
    "r": ("51000123", "51000124", "51000125", "51000126"),
    "o": ("Ambleford Borough Council",) * 4,
    "n": ("01234567", "07654321", "09876543", "SC123456"),
    "i": ("1001", "1002", "1003", "1004"),
    "y": ("Y", "N", "Y", "N"),
    "P": ("85311000", "45261900", "79620000", "79810000"),
    "k": ("AB1 2CD", "ZZ1 1ZZ", "AB2 3EF", "ZZ2 2ZZ"),
    "u": ("12", "24", "36", "12"),
    "l": ("Open", "Restricted", "Framework", "Open"),
    "g": ("1,500.60", "-24.00", "£1,080.00", "15.00"),
    "v": ("250.10", "-4.00", "£180.00", "2.50"),
    "Y": ("625.25", "-10.00", "£450.00", "6.25"),
    "b": ("J Hartley", "A Moss", "R Lang", "J Hartley"),
    "@": ("j.hartley@ambleford.gov.uk", "a.moss@ambleford.gov.uk", "r.lang@ambleford.gov.uk", "b.ash@ambleford.gov.uk"),
    "j": ("Ambleford", "Borley", "Carding", "Ambleford"),
    "h": ("1 High Street", "Unit 4 Mill Lane", "22 Station Road", "The Old Forge"),
    "L": ("SME", "Large", "SME", "VCSE"),
    "f": ("2023/24",) * 4,
    "V": ("GB123456789", "GB987654321", "GB111222333", None),
    "z": ("GBP",) * 4,
}
"""Values by letter: suppliers, amounts (also gross, VAT, yearly), dates, later dates, texts, departments, categories,
references and the like."""
FIELDS = {
    "S": ("supplier",),
    "A": ("amount",),
    "D": ("date",),
    "T": ("description", "title"),
    "R": ("reference",),
    "B": ("start",),
    "E": ("end",),
    "X": ("extension",),
    "Z": ("latest_end",),
    "N": ("company_number",),
    "P": ("department",),
    "C": ("category", "proclass", "cpv"),
}
LAYOUTS = Path(__file__).with_name("layouts.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout(layout: str) -> None:
    columns = [column.rsplit(":", 1) for column in re.split(r"\|(?![^\[]*\])", layout)]
    headings = [heading for heading, _ in columns]
    rows = list(zip(*(VALUES[kind[0]] for _, kind in columns), strict=True))
    taken = fields(read(sheet([headings, *rows])))
    for heading, kind in columns:
        if "=" in kind:
            wanted = FIELDS[kind[-1]]
            assert heading in [taken.get(field) for field in wanted], f"{wanted[0]} of {taken}"
