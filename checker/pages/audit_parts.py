"""Parts of the Audit page: filters that can be saved under a name, and the flagged suppliers of what they keep."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import polars as pl
import streamlit as st

from checker import access, downloads, exports, records, session
from checker.records import SavedView
from checker.show import frame, lists, tables
from checker.show.labels import count
from checker.views import evidence, lines
from checker.views.lines import Wanted

TITLES = {
    "bands": "Band",
    "levels": "Market risk",
    "sectors": "Sector",
    "statements": "Statement",
    "scopes": "Statement required?",
    "departments": "Department",
    "flagged": "Flagged",
}


def ask() -> Wanted:
    """The filters, and the views saved of them."""
    offered = choices()
    if access.may("save views"):
        with st.container():
            choose_view(records.saved_views(records.me()), offered)
    *boxes, last = frame.boxes(len(offered) + 1)
    chosen = {
        key: tuple(box.multiselect(TITLES[key], list(words), None, words.__getitem__, key, placeholder="Any"))
        for box, (key, words) in zip(boxes, offered.items(), strict=True)
    }
    told = "In the supplier's name, description, category, reference or department"
    wanted = Wanted(text=last.text_input("Words", help=told, key="words"), **chosen)
    if access.may("save views"):
        save(wanted)
        session.tell()  # below the button: its sentence goes when a filter changes, and the button must not move then
    return wanted


def choices() -> dict[str, Mapping[str, str]]:
    """What can be chosen of each filter, with the words for it."""
    labels = session.labels()
    sectors = sorted(session.sums(lines.sectors), key=labels.sector)
    return {
        "bands": labels.all("band"),
        "levels": labels.all("level"),
        "sectors": {one: labels.sector(one) for one in sectors},
        "statements": labels.all("statement"),
        "scopes": labels.all("scope"),
        "departments": {one: one for one in session.sums(lines.departments)},
        "flagged": {"yes": "Flagged lines only"},
    }


def choose_view(held: list[SavedView], offered: Mapping[str, Mapping[str, str]]) -> None:
    """Apply or delete a saved view."""
    if not held:
        return
    views = {one.id: one for one in held}
    told = {one.id: f"{one.name}{' (shared)' if one.shared else ''}, by {one.who}" for one in held}
    chosen = views[st.selectbox("Saved view", list(told), 0, told.__getitem__, key=f"view_{len(held)}")]
    use, clear, delete = st.columns(3)
    use.button("Use this view", on_click=session.fill, args=(widgets(chosen.filters, offered),), key="use_view")
    clear.button("Clear all filters", on_click=session.fill, args=(widgets({}, offered),), key="clear")
    if chosen.who == records.me() and delete.button("Delete this view", key="delete_view"):
        session.act(lambda: records.delete_view(chosen.id, records.me()), "The view was deleted.")


def widgets(filters: Mapping[str, Sequence[str]], offered: Mapping[str, Mapping[str, str]]) -> dict[str, object]:
    """What each filter's widget shows; values that this assessment does not hold are left out."""
    chosen = {key: [value for value in filters.get(key, ()) if value in words] for key, words in offered.items()}
    return {**chosen, "words": " ".join(filters.get("text", ()))}


def save(wanted: Wanted) -> None:
    """Keep the filters under a name."""
    with st.expander("Save these filters as a view"), st.form("save_view", border=False, enter_to_submit=False):
        name = st.text_input("Name", max_chars=80, key="view_name")
        shared = st.checkbox("Share it with other officers and auditors", key="view_shared")
        st.form_submit_button("Save the view", on_click=session.press, args=("save_view",))
        if session.pressed("save_view"):
            access.check("save views")
            session.act(lambda: _saved(name, wanted, shared), "The view was saved.")


def _saved(name: str, wanted: Wanted, shared: bool) -> None:
    records.save_view(name, wanted.told(), records.me(), shared)


def show_suppliers(found: pl.LazyFrame, wanted: Wanted) -> None:
    """The flagged suppliers with a line in the filtered view, and their files."""
    st.header("Flagged suppliers of these lines")
    assessment = session.assessment()
    if assessment is None:
        return
    suppliers = evidence.search(assessment, session.sums(lines.by_supplier), "").filter("flagged")
    rows = lines.with_one_of(suppliers, found)
    caption = f"{count(rows.height, 'flagged supplier')}, most points first"
    table = lists.suppliers(tables.page_of(rows, "flagged_suppliers"), session.labels(), caption, session.here())
    session.follow(tables.draw(table, key="flagged_table"))
    told = json.dumps(wanted.told(), sort_keys=True)
    with st.container(horizontal=True):
        for form in exports.FORMATS:
            words = f"Download these suppliers as {form.upper()}"
            downloads.link(f"suppliers_{form}", words, session.here(), filters=told)
