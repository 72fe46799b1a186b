"""Which assessment the pages show, what of it the address bar names, and whether its personal names are shown.

What comes from the address bar or the browser is an id at most, and is compared with the ids that exist.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import NoReturn

import streamlit as st

from checker import access, pages, records
from checker.records import accessed
from checker.settings import Settings
from checker.show import frame, links
from checker.show.literal import literal

PAGES = Path(pages.__file__).parent


def chosen() -> str | None:
    """The id of the assessment to show: that of the address, else the last one chosen, else the newest.

    An address that names one which is not there, or not open to the reader, stops the page: another one in its place
    would show other suppliers under the same ids.
    """
    held = [entry.id for entry in stored()]
    asked_for = st.query_params.get("assessment")
    if asked_for is not None and asked_for not in held:
        _refuse(asked_for)
    for wanted in (asked_for, st.session_state.get("assessment"), *held[:1]):
        if wanted in held:
            st.session_state["assessment"] = wanted
            return wanted
    return None


def stored() -> list[records.Summary]:
    """The assessments open to the reader, the newest first."""
    found = access.reader()
    return [entry for entry in _stored() if access.visible(found, entry)]


def stored_anew() -> None:
    """Ask the record anew which assessments there are."""
    _stored.clear()


@st.cache_resource(ttl=5, show_spinner=False)
def _stored() -> list[records.Summary]:
    return records.recent()


def _refuse(wanted: str) -> NoReturn:
    """Say that a link leads nowhere for this reader; whether the assessment exists is not told."""
    found = access.reader()
    if found is not None:
        access.sees(found, wanted)
    told = f"that is not there, or that is not open to you. Ask who sent it, or {Settings().access_contact}."
    st.error(literal(f"This link leads to an assessment {told}"))
    st.page_link(PAGES / "home.py", label="Go to the first page")
    st.stop()


def here() -> str:
    """The id of the chosen assessment, for links, once there is one. Raises LookupError where there is none."""
    wanted = chosen()
    if wanted is None:
        raise LookupError("there is no assessment to show")
    return wanted


def choose(assessment_id: str) -> None:
    """Show another assessment from now on."""
    st.session_state["assessment"] = assessment_id
    st.query_params["assessment"] = assessment_id


def offer() -> None:
    """Where several assessments are kept, let the reader choose which one the pages show."""
    held = {entry.id: frame.told(entry) for entry in stored()}
    if len(held) > 1:
        st.session_state["offered"] = chosen()
        st.selectbox("Assessment", list(held), format_func=held.__getitem__, key="offered", on_change=_take_offer)


def _take_offer() -> None:
    choose(st.session_state["offered"])


def asked(name: str, known: Collection[str]) -> str | None:
    """An id from the address bar, when it is one of the known ids."""
    wanted = st.query_params.get(name)
    return wanted if wanted in known else None


def follow(address: str | None) -> None:
    """Go where a link within a table leads."""
    if address is None or (place := links.parts(address)) is None:
        return
    page, ids = place
    st.switch_page(PAGES / f"{page}.py", query_params=ids)


def names_shown() -> bool:
    """Whether the reader asked to see the personal names of the chosen assessment, and may."""
    return here() in st.session_state.get("named", ()) and access.may("show names")


def show_names(why: str) -> None:
    """Show the personal names of the chosen assessment in this session; who asked and why is recorded."""
    access.check("show names")
    wanted, name = here(), records.me()
    accessed.shown(name, wanted, why, "on screen")
    st.session_state["named"] = {*st.session_state.get("named", ()), wanted}


def withhold_names() -> None:
    """Withhold the personal names of every assessment again."""
    st.session_state.pop("named", None)
