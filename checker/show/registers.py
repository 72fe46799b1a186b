"""The copies of public registers on this machine as tables, and the forms for new ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl
import streamlit as st

from checker import registers
from checker.registers import Held
from checker.show import links
from checker.show.labels import Labels, count, day, span
from checker.show.literal import literal
from checker.show.tables import Cell, Column, Table
from riskengine.statement_reader import Reading

ABOUT = (
    "Registers are kept as dated copies on this machine, and a run looks suppliers up in a copy. "
    "The statement registry is voluntary: absence from it is a question to ask."
)
KINDS = {
    registers.REGISTRY: "Yearly files of the statement registry (StatementSummaries….csv)",
    registers.COMPANIES: "Companies House company data (BasicCompanyData….zip, all parts together)",
    registers.PRESUMED: "A list of organisations presumed in scope (CSV)",
}
LARGE = "Up to 100 MB. For larger files use the command line: riskcheck registry import."
READER = (
    "A reading aid: a program may miss what a person finds, and what is stated need not be done. It changes no result."
)
POINTS = {"legal": "What the law asks of a statement", "recommended": "What the law recommends (not required)"}
ANSWERS = {
    "stated": "Stated",
    "not_seen": "Not seen",
    "cannot_be_seen": "Can't be seen here",
    "unreadable": "Unreadable",
}
CHANGES = {"new": "New", "renewed": "Renewed", "lapsed": "Lapsed"}


def copies(caption: str, held: Sequence[Held]) -> Table:
    """Copies of one register, the newest first."""
    columns = [Column("Copy of"), Column("Age"), Column("Organisations", number=True), Column("Registry years")]
    cells = [
        [
            Cell(day(one.snapshot.taken), note="Used by a run unless another is chosen" if at == 0 else None),
            Cell(count(one.days_old, "day")),
            Cell(f"{one.snapshot.organisations:,}"),
            Cell(_years(one), note=one.snapshot.partial_reason or "Whole"),
        ]
        for at, one in enumerate(held)
    ]
    return Table(caption, columns, cells)


def _years(one: Held) -> str:
    years = one.snapshot.years
    return span(years) if years else "Does not apply"


def named(one: Held) -> str:
    """A copy in a list to choose from; two of one day differ by the name of their folder."""
    return f"{day(one.snapshot.taken)}, {one.snapshot.organisations:,} organisations ({one.path.name})"


def ask_files(today: date, done: int) -> tuple[str, list[tuple[str, bytes]], date] | None:
    """The kind, files (name, content) and day of the list, when the button was pressed with files."""
    with st.form("import"):
        kind = st.radio("What are the files?", list(KINDS), format_func=KINDS.__getitem__, key="kind")
        files = st.file_uploader(
            "Files", accept_multiple_files=True, type=["csv", "zip"], help=LARGE, key=f"register_files_{done}"
        )
        listed = st.date_input(
            "Day of the list (presumed in scope only)", today, max_value=today, format="DD/MM/YYYY", key="listed"
        )
        pressed = st.form_submit_button("Keep these files")
    if not pressed:
        return None
    if not files or kind is None:
        st.error("Choose at least one file first.")
        return None
    return kind, [(file.name, file.getvalue()) for file in files], listed


def ask_copies(held: Sequence[Held]) -> tuple[Held, Held] | None:
    """The two copies to compare, the earlier one first, once both are chosen and differ."""
    by_name = {one.path.name: one for one in held}
    left, right = st.columns(2)
    names = list(by_name)
    words = {name: named(one) for name, one in by_name.items()}
    chosen = [
        box.selectbox(literal(title), names, None, words.__getitem__, placeholder="Choose a copy", key=key)
        for box, title, key in ((left, "Earlier copy", "copy_before"), (right, "Later copy", "copy_after"))
    ]
    first, second = (by_name.get(name or "") for name in chosen)
    if first is None or second is None:
        return None
    if first.snapshot.taken > second.snapshot.taken or first == second:
        st.error("Choose an earlier and a later copy.")
        return None
    return first, second


def changes(rows: pl.DataFrame, total: int, labels: Labels, here: str) -> Table:
    """Suppliers whose statement is new, renewed or lapsed (rows of `changes.of_copies`)."""
    columns = [Column("Supplier"), Column("Change"), Column("Earlier"), Column("Later")]
    cells = [
        [
            Cell(row["name"], href=links.to("supplier", assessment=here, supplier=row["supplier_id"])),
            Cell(CHANGES[row["change"]]),
            Cell(labels.of("statement", row["before"])),
            Cell(labels.of("statement", row["after"])),
        ]
        for row in rows.iter_rows(named=True)
    ]
    return Table(f"{count(total, 'supplier')} with a new, renewed or lapsed statement", columns, cells)


def counted(rows: pl.DataFrame) -> str:
    """How many statements are new, renewed and lapsed."""
    counts = dict(rows["change"].value_counts().iter_rows())
    return ", ".join(f"{counts.get(change, 0):,} {words.lower()}" for change, words in CHANGES.items()) + "."


def ask_statement() -> tuple[str, bytes | None] | None:
    """A link, or the name and content of a file, when the button was pressed with one of them."""
    with st.form("reader"):
        link = st.text_input("Link to a statement", placeholder="https://", key="statement_link").strip()
        file = st.file_uploader("Or its file", type=["pdf", "html", "htm", "txt"], key="statement_file")
        pressed = st.form_submit_button("Read it")
    if not pressed:
        return None
    if not link and file is None:
        st.error("Give a link or a file first.")
        return None
    return (file.name, file.getvalue()) if file is not None else (link, None)


def readings(found: Sequence[Reading], group: str) -> Table:
    """What a statement says on the points of a group, with the sentence quoted and its page."""
    columns = [Column("Point"), Column("Answer"), Column("Quote or note")]
    cells = [
        [
            Cell(one.point.replace("_", " ").capitalize()),
            Cell(ANSWERS[one.answer]),
            Cell(f'"{one.quote}"' if one.quote else one.note or "", note=f"Page {one.page}" if one.page else None),
        ]
        for one in found
        if one.group == group
    ]
    return Table(POINTS[group], columns, cells)
