"""Which rows below the headings are contract lines, and why the others are not."""

from __future__ import annotations

from functools import reduce
from operator import or_

import polars as pl

from riskengine.lines import guides
from riskengine.lines.texts import Texts
from riskengine.policy.lines import LinesPolicy

BLANK = "blank row"
TOTALS = "totals row"
REPEATED = "heading row repeated"
OTHER = "headings of another list"
_FEWEST_HEADINGS = 3
NO_SUPPLIER = "no supplier name"
NOTE = "a note, not a contract line"
SECTION = "the heading of a section, not a contract line"
_SECTIONS = 2
"""Rows that must head sections, so that no single supplier with nothing beside it is taken for one."""
_SHORTEST_SENTENCE = 5
_SHORTEST_NOTE = 6
_LONGEST_TEXT = 2_000
_FIGURE = r"^[£\s\d.,()\-]+$"
_SAYS_SOMETHING = r"[\p{L}\p{N}*]"


def reasons(
    body: pl.DataFrame, headings: list[str | None], supplier: str, names: Texts, policy: LinesPolicy
) -> pl.DataFrame:
    """Give `row`, `reason` and the place `at` (from 0) in `body` of its rows that are no contract lines.

    `body` holds `row`, the cells of the sheet and `amount`; `supplier` is its column of suppliers, `names` their texts.
    """
    guide = guides.reasons(body)
    at = names.placed(_are_suspect(names.distinct, headings, policy)).fill_null(True).arg_true().rename("at")
    if at.is_empty():
        return guide
    sum_above = body["amount"].fill_null(0).cum_sum().shift(1, fill_value=0).gather(at)
    found = _reasons(body[at].with_columns(at, sum_above=sum_above), headings, supplier, policy)
    return guide.vstack(found.filter(pl.col("at") > 0)) if guide.height else found


def _are_suspect(names: pl.Series, headings: list[str | None], policy: LinesPolicy) -> pl.Series:
    """Whether texts of the supplier column may stand for a total, a heading or no supplier at all."""
    lower = names.str.to_lowercase()
    words = [*policy.words.no_supplier, *policy.words.totals, *(heading.lower() for heading in headings if heading)]
    words += [known.heading for known in policy.headings]
    starts = [lower.str.starts_with(prefix) for prefix in policy.words.totals_prefix]
    ends = [lower.str.strip_chars_end().str.ends_with(f" {word}") for word in policy.words.totals_suffix]
    listed = lower.is_in(words) | ~lower.str.contains(_SAYS_SOMETHING)
    return reduce(or_, [*starts, *ends], listed) | _reads_as_note(lower, policy) | lower.str.contains(_section(policy))


def _section(policy: LinesPolicy) -> str:
    """Names of parts of a council, and lots: Adult Services, Department: Place, Lot 2: Home care."""
    prefix, label, suffix = (
        "|".join(words)
        for words in (policy.words.section_prefix, policy.words.section_label, policy.words.section_suffix)
    )
    return rf"^(?:{prefix}) \w{{1,2}}\b|^(?:{label})\s*:|\b(?:{suffix})\s*$"


def _reads_as_note(lower: pl.Series, policy: LinesPolicy) -> pl.Series:
    """Whether texts in lower case begin as notes do, or are a sentence; alone in their row they are no supplier."""
    long = lower.filter(lower.str.len_bytes() >= _SHORTEST_NOTE)
    tidy = long.str.strip_chars()
    starts = [tidy.str.starts_with(prefix) for prefix in policy.words.note_prefix]
    words = tidy.str.extract_all(r"[\w'’&]+").list
    sentence = (words.len() >= _SHORTEST_SENTENCE) & (
        words.set_intersection(list(policy.words.sentence_words)).list.len() > 0
    )
    return lower.is_in(long.filter(reduce(or_, starts, sentence)).implode())


def _reasons(suspects: pl.DataFrame, headings: list[str | None], supplier: str, policy: LinesPolicy) -> pl.DataFrame:
    cells = [name for name in suspects.columns if name not in ("row", "at", "amount", "sum_above")]
    trimmed = suspects.with_columns(pl.col(cells).str.strip_chars().replace("", None))
    filled = pl.sum_horizontal(pl.col(cells).is_not_null().cast(pl.UInt32))
    lower = [pl.col(name).str.to_lowercase() for name in cells]
    total = pl.any_horizontal(
        *(cell.is_in(policy.words.totals) | _starts_with(cell, policy.words.totals_prefix) for cell in lower)
    )
    subtotal = pl.any_horizontal(*(_ends_with(cell, policy.words.totals_suffix) for cell in lower))
    tolerance = int(policy.settings.total_tolerance.value)
    is_sum = (pl.col("sum_above") != 0) & ((pl.col("amount") - pl.col("sum_above")).abs() <= tolerance)
    closes = (filled <= 2) & is_sum & pl.col(supplier).is_null()
    shown = {name: heading.lower() for name, heading in zip(cells, headings, strict=False) if heading}
    same = pl.sum_horizontal(
        (pl.col(name).str.to_lowercase() == heading).cast(pl.UInt32) for name, heading in shown.items()
    )
    most = max(2, len(shown) // 2)
    name = pl.col(supplier).str.to_lowercase()
    names = trimmed[supplier].str.to_lowercase().drop_nulls().unique()
    notes = names.filter(_reads_as_note(names, policy)).implode()
    spare = filled <= max(3, len(shown) // 2)
    of_group = subtotal & (filled <= max(2, len(shown) // 2)) & (len(shown) > 2)
    figures = pl.sum_horizontal(pl.col(cells).str.contains(_FIGURE).fill_null(False).cast(pl.UInt32))
    lone = ((filled == 1) & (len(shown) > 2)).fill_null(False)
    summed = (total & (spare | (is_sum & (filled - figures == 1)))) | of_group
    return trimmed.select(
        "row",
        "at",
        reason=pl.when(filled == 0)
        .then(pl.lit(BLANK))
        .when(same >= most)
        .then(pl.lit(REPEATED))
        .when(_heads_another_list(cells, filled, policy))
        .then(pl.lit(OTHER))
        .when(summed | closes)
        .then(pl.lit(TOTALS))
        .when(lone & name.is_in(notes))
        .then(pl.lit(NOTE))
        .when(_heads_a_section(lone, name, policy))
        .then(pl.lit(SECTION))
        .when(name.is_null() | name.is_in(policy.words.no_supplier) | ~name.str.contains(_SAYS_SOMETHING))
        .then(pl.lit(NO_SUPPLIER)),
    ).drop_nulls("reason")


def _heads_another_list(cells: list[str], filled: pl.Expr, policy: LinesPolicy) -> pl.Expr:
    """Whether most cells of a row are usual headings and none holds a figure."""
    headings = [known.heading for known in policy.headings]
    known = pl.sum_horizontal(pl.col(cells).str.to_lowercase().is_in(headings).cast(pl.UInt32))
    has_figure = pl.any_horizontal(pl.col(cells).str.contains(r"\d").fill_null(False))
    return (known >= _FEWEST_HEADINGS) & (known * 2 > filled) & ~has_figure


def _heads_a_section(lone: pl.Expr, name: pl.Expr, policy: LinesPolicy) -> pl.Expr:
    """Whether a row holds the name of a part of a council or a lot alone, as other rows do, and stands above lines."""
    section = lone & name.str.contains(_section(policy)).fill_null(False)
    above_another = section.shift(-1) & (pl.col("at").shift(-1) == pl.col("at") + 1)
    return section & (section.sum() >= _SECTIONS) & ~above_another.fill_null(False)


def _ends_with(cell: pl.Expr, suffixes: list[str]) -> pl.Expr:
    return pl.any_horizontal(*(cell.str.ends_with(f" {suffix}") for suffix in suffixes))


def _starts_with(cell: pl.Expr, prefixes: list[str]) -> pl.Expr:
    return pl.any_horizontal(*(cell.str.starts_with(prefix) for prefix in prefixes))


def texts(rows: pl.DataFrame) -> pl.Series:
    """The cells of each row as one text, for the list of rows set aside."""
    cells = [name for name in rows.columns if name.startswith("c") and name[1:].isdigit()]
    joined = pl.concat_str(pl.col(cells).str.strip_chars().replace("", None), separator=" | ", ignore_nulls=True)
    return rows.select(text=joined.fill_null("").str.slice(0, _LONGEST_TEXT)).to_series()
