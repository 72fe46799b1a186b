"""One supplier's facts, statement and register records in words and tables."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from checker.show import tables
from checker.show.labels import NOT_KNOWN, Labels, count, day, listed, percent, place, pounds
from checker.show.literal import literal
from checker.show.tables import Cell, Column, Table
from checker.views.evidence import Profile
from riskengine.matches import spoken
from riskengine.matches.spoken import Sides
from riskengine.policy import Policy
from riskengine.policy.next_steps import NextStepsPolicy

_DATES = (("Date", "date"), ("Start", "start"), ("End", "end"), ("Latest end, with extensions", "latest_end"))


def facts(profile: Profile, labels: Labels) -> list[tuple[str, str]]:
    """Who the supplier is, and how it stands."""
    row = profile.facts
    spellings = [text for text in row["spellings"] if text != row["name"]]
    pairs = [
        ("Kind of body", f"{labels.of('kind', row['kind'])}: {row['kind_reason']}"),
        ("Company number", row["company_number"] or "Not in the list"),
        ("Band", f"{labels.of('band', row['band'])}: its highest line has {count(row['points'], 'point')}"),
        ("Questions answered", percent(row["checked_share"])),
        ("Statement", labels.of("statement", row["statement"])),
        ("Statement required?", labels.of("scope", row["scope"])),
    ]
    if spellings:
        pairs.insert(1, ("Also written", listed(spellings)))
    return pairs


def statement(profile: Profile, labels: Labels) -> list[tuple[str, str]]:
    """The section 54 position in full, and apart from it whether a statement is likely to be required."""
    row = profile.facts
    pairs = [
        ("Position", f"{labels.of('statement', row['statement'])}. {row['reason']}"),
        ("Required?", f"{labels.of('scope', row['scope'])}. {row['scope_reason']}"),
    ]
    if row["year"] is not None:
        pairs.append(("Year of the statement", str(row["year"])))
    if row["period_end"] is not None:
        pairs.append(("Covers the time to", day(row["period_end"])))
    if row["parent"]:
        pairs.append(("Made by", row["parent"]))
    if row["turnover"]:
        pairs.append(("Turnover band given to the registry", row["turnover"]))
    if row["topics"] or row["topics_missing"]:
        pairs.append(("Recommended areas covered", _areas(row["topics"])))
        pairs.append(("Recommended areas not marked as covered", _areas(row["topics_missing"])))
    return pairs


def next_steps(profile: Profile, policy: NextStepsPolicy) -> list[str]:
    """What the policy suggests for this band and kind of body."""
    return [step.text for step in policy.of(profile.facts["band"], profile.facts["kind"])]


def _areas(areas: list[str]) -> str:
    return listed([area.replace("_", " ") for area in areas]) or "None"


def addresses(profile: Profile) -> list[tuple[str, str]]:
    """Titles and web addresses of the statement and its registry record; only http and https."""
    named = [
        ("The statement on the supplier's site", profile.facts["statement_url"]),
        ("Its record in the registry", profile.facts["summary_url"]),
    ]
    return [(title, url) for title, url in named if url and url.startswith(("https://", "http://"))]


def line(row: dict[str, Any], labels: Labels) -> list[tuple[str, str]]:
    """One contract line as the file gives it, and what became of it (a row of `views.lines.ranked`)."""
    amount = f"{pounds(row['amount'])} ({labels.of('amount_kind', row['amount_kind']).lower()})"
    dates = [(name, row[key]) for name, key in _DATES]
    given = [(name, row[name.lower()]) for name in ("Reference", "Department", "Category", "Extension")]
    return [
        ("Place", place(row)),
        ("Name in the list", row["supplier_text"]),
        ("What was bought", row["description"] or "No description"),
        ("£", amount),
        *((name, text) for name, text in given if text),
        *((name, day(value)) for name, value in dates if value),
        ("Sector", f"{labels.sector(row['sector'])}. Read from: {labels.of('basis', row['basis'])}"),
        ("Market risk of that sector", labels.of("level", row["level"])),
        ("Points", f"{row['points']}: {labels.of('band', row['band']).lower()} band"),
        ("Questions answered", percent(row["checked_share"])),
    ]


def candidates(rows: pl.DataFrame, labels: Labels) -> Table:
    """The register records a supplier was compared with, the answer first, then the runners-up."""
    columns = [
        Column("Record"),
        Column("Number"),
        Column("Answer"),
        Column("Score", number=True),
        Column("Why"),
    ]
    cells = [
        [
            Cell(row["matched_name"] or "No record", note=None if row["rank"] == 1 else f"Runner-up {row['rank'] - 1}"),
            Cell(row["matched_number"] or NOT_KNOWN),
            Cell(labels.of("match", row["match"])),
            Cell("" if row["score"] is None else f"{row['score']:.2f}"),
            Cell(row["reason"]),
        ]
        for row in rows.iter_rows(named=True)
    ]
    return Table("Records in the registry copy", columns, cells)


def draw_terms(rows: pl.DataFrame, policy: Policy) -> None:
    """The parts of each record's score, folded in (rows of Matches)."""
    for row in rows.filter(pl.col("terms").list.len() > 0).iter_rows(named=True):
        compared = f"{row['matched_name']}, {row['matched_number'] or 'no number'}"
        with st.expander(literal(f"How the names were compared: {compared}")):
            st.write(ADDED_UP)
            tables.draw(terms(row, policy), key=f"terms_{row['rank']}")


ADDED_UP = (
    "The parts add up to the score. At 0.5 the names may as well be of two organisations as of one; each 0.05 more "
    "makes it about 2.7 times as likely that they are of one. Each part shows the words that it speaks of."
)
WHOLE, AS_WHOLE = "whole name", "The whole name"
TERMS = {
    "start": "Where every pair begins",
    "whole name": "The whole name",
    "letters": "Likeness of letters",
    "words in common": "Words in common",
    "words only one has": "Words that only one has",
    "lead over the next entry": "Lead over the next record",
    "other entries as near": "Other records as near",
    "limit of the scale": "A score ends at 0 and at 1",
}
"""Words for the parts of a score where the policy's own are too short to be understood."""


def terms(row: dict[str, Any], policy: Policy) -> Table:
    """The parts of one record's score (a row of Matches), each with the words or letters that it speaks of."""
    columns = [
        Column("Compared"),
        Column("In your list"),
        Column("In the registry"),
        Column("Part of score", number=True),
    ]
    parts = row["terms"]
    told = spoken.of_pair(parts[0]["left"] or "", parts[0]["right"] or "", policy)
    cells = [
        [Cell(TERMS.get(part["term"], part["term"].capitalize())), *_sides(part["term"], told), _share(part["points"])]
        for part in parts
    ]
    return Table(f"How {row['matched_name']} was compared", columns, cells, caption_hidden=True)


def _sides(term: str, told: dict[str, Sides]) -> tuple[Cell, Cell]:
    """What a part speaks of on both sides; nothing where it compares the pair with other records."""
    sides = told.get(term)
    if sides is None:
        return Cell(""), Cell("")
    if term != WHOLE and sides == told.get(WHOLE):
        return Cell(AS_WHOLE), Cell(AS_WHOLE)
    left, right = (_words(side) for side in (sides.left, sides.right))
    return Cell(left or "None"), Cell("The same" if left and left == right else right or "None")


def _words(side: tuple[str, ...]) -> str:
    return " ".join(word.replace("_", " ").upper() for word in side)


def _share(points: float) -> Cell:
    return Cell(f"{points:+.2f}")
