"""Parts of the Registers page: files handed in, two copies compared, and a statement read."""

from __future__ import annotations

import streamlit as st

from checker import records, session, statement_reading, updates
from checker.registers import Held
from checker.show import registers as show
from checker.show import tables
from checker.show.literal import literal
from registries.errors import RegistryError


def show_import() -> None:
    """Keep files that somebody has downloaded by hand."""
    st.header("Hand in files")
    st.write("For machines without access to the sites, and for the registers that are not fetched here.")
    if asked := show.ask_files(updates.today(), session.handed_in()):
        session.keep_register(*asked)


def show_changes(held: list[Held]) -> None:
    """The suppliers of the chosen assessment whose statement changed between two copies."""
    st.header("Compare two copies")
    assessment = session.assessment()
    if len(held) < 2 or assessment is None:
        st.write("This needs two copies of the statement registry and an assessment.")
        return
    st.write("For the suppliers of the chosen assessment. Each copy is looked at as of its own day.")
    if (pair := show.ask_copies(held)) is None:
        return
    try:
        rows = session.between_copies(pair[0].path, pair[1].path)
    except (RegistryError, records.RecordError) as error:
        st.error(literal(str(error)))
        return
    st.write(literal(show.counted(rows)))
    table = show.changes(tables.page_of(rows, "copy_changes"), rows.height, session.labels(), session.here())
    session.follow(tables.draw(table, key="copy_changes"))


def show_reader() -> None:
    """What one published statement says, of a file or, when asked, by its link."""
    st.header("Read one statement")
    st.write(show.READER)
    if (asked := show.ask_statement()) is None:
        return
    name, content = asked
    try:
        with st.spinner("Reading the statement"):
            read_link = statement_reading.read_public_link
            found = read_link(name) if content is None else statement_reading.read_content(name, content)
    except RegistryError as error:
        st.error(literal(str(error)))
        return
    for group in show.POINTS:
        tables.draw(show.readings(found, group), key=f"readings_{group}")
