"""Parts of the Assessments page: an assessment made again from its stored input, and whether it comes out the same."""

from __future__ import annotations

import streamlit as st

from checker import session
from checker.records import Summary
from checker.show import assessments, intake


def show_again(entry: Summary) -> None:
    """Make the assessment again and compare every byte, with progress; then what came of it."""
    st.header("Does it come out the same again?")
    st.write(assessments.AGAIN)
    check = session.check()
    if check is not None and check.ended() is None:
        show_progress()
        return
    if check is not None and check.asked().check == entry.id:
        assessments.draw_compared(check.ended())
    if not session.repeatable():
        st.write(assessments.NOT_KEPT)
    elif st.button("Make it again and compare", key="make_again"):
        session.check_again()


@st.fragment(run_every=1)
def show_progress() -> None:
    """How far it is, until it has ended."""
    check = session.check()
    if check is None or check.ended() is not None:
        st.rerun()
    if intake.draw_progress(check):
        st.rerun()
