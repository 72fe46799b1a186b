"""Registers: the copies kept on this machine, fresh ones, what changed between two, and what one statement says."""

from pathlib import Path

import streamlit as st

from checker import access, registers, session, updates
from checker.pages import registers_parts as parts
from checker.settings import Settings
from checker.show import announced, tables
from checker.show import registers as show
from checker.show.literal import literal
from registries import snapshots


def main() -> None:
    access.require("registers")
    st.title("Registers")
    st.write(show.ABOUT)
    session.tell()
    held = registers.held(Settings().registry_dir, updates.today())
    show_copies(held)
    if access.may("keep registers"):
        show_update()
        parts.show_import()
    parts.show_changes(held)
    if access.may("keep registers"):
        parts.show_reader()


def show_unread(folder: Path) -> None:
    for fault in snapshots.unread(folder):
        st.warning(literal(f"This copy is not used. {fault}"))


def show_copies(held: list[registers.Held]) -> None:
    st.header("Statement registry")
    show_unread(Settings().registry_dir)
    for warning in registers.warnings(held, int(session.policy().statements.snapshot_days.value)):
        st.warning(literal(warning))
    if held:
        tables.draw(show.copies("Copies of the statement registry, the newest first", held), key="copies")
    st.header("Companies House")
    for title, folder, key in (
        ("Monthly company data", Settings().companies_house_dir, "monthly"),
        ("Companies asked about one by one", Settings().companies_house_api_dir, "single"),
    ):
        show_unread(folder)
        if found := registers.held(folder, updates.today()):
            tables.draw(show.copies(f"{title}, the newest first", found), key=key)
        else:
            st.write(literal(f"{title}: none on this machine."))


def show_update() -> None:
    st.header("Download a fresh copy")
    st.write("The yearly files of the registry are fetched from its download page. No name of a supplier is sent.")
    update = updates.current()
    if update is not None and not update.ended:
        show_progress()
        return
    if update is not None and update.problem:
        st.error(literal(update.problem))
    if update is not None and update.kept:
        st.success("A fresh copy was kept.")
    if st.button("Download a fresh copy", type="primary"):
        updates.start()
        st.rerun()


@st.fragment(run_every=1)
def show_progress() -> None:
    update = updates.current()
    if update is None or update.ended:
        session.renew()
        return
    told = f"Downloading: {update.step}"
    st.progress(update.share, text=literal(told))
    announced.draw(told.partition(",")[0], key="update_told")  # without how much of the file is here
    if update.cancelled:
        st.write("Cancelling. It stops when the next piece arrives.")
    else:
        st.button("Cancel the download", on_click=update.cancel)


main()
