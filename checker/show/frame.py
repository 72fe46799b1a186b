"""What stands on every screen: the style, the fixed notice, and the helpline. And what a page says when it is empty."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from checker import access
from checker.records import Summary
from checker.runs import Ended
from checker.show.labels import count, day, moment, span
from checker.show.literal import literal
from checker.views.totals import unchecked
from riskengine.pipeline import Assessment
from riskengine.policy import Policy

STATES = {"draft": "Draft", "published": "Published", "withdrawn": "Withdrawn"}
"""The words for the state of an assessment."""

_HERE = Path(__file__).parent


def head(policy: Policy) -> None:
    """The style and the fixed notice."""
    st.logo(_HERE / "wordmark.svg", size="large")
    st.html(_HERE / "theme.css")
    st.html(f'<p class="rc-notice" role="note">{html.escape(policy.wording.notice)}</p>')


def foot(policy: Policy) -> None:
    """Where to turn when someone may be in danger, and how to read the evidence."""
    texts = (policy.wording.help, policy.wording.evidence)
    st.html(f'<div class="rc-foot">{"".join(f"<p>{html.escape(text)}</p>" for text in texts)}</div>')


def nothing_yet() -> None:
    """What to do where there is no assessment to show."""
    if not access.opens("upload"):
        st.subheader("There is nothing to show yet")
        st.write("Nothing has been published. What is published by an officer appears here.")
        return
    st.subheader("There is no list to show yet")
    st.write("Choose a contract register or a list of payments on the Upload page, or try the fictional sample lists.")
    st.page_link("checker/pages/upload.py", label="Go to Upload")


def about(assessment: Assessment) -> None:
    """Which files, date and registry copy the page speaks of."""
    names = [file.name for file in assessment.files]
    st.caption(literal(f"{files(names)}. As of {day(assessment.as_of)}. {registry(assessment)}"))
    if reason := unchecked(assessment):
        st.info(literal(f"Statements were not checked for any supplier. {reason}"))
    if assessment.register and assessment.register.sample:
        st.warning(
            "This assessment uses the sample registry, which is fictional. It shows how the checker works; "
            "what it says of statements is not real."
        )


def key_figures(figures: Sequence[tuple[str, str, str]]) -> None:
    """A few figures side by side: what each is, the figure, and a note."""
    for column, (name, figure, note) in zip(st.columns(len(figures)), figures, strict=True):
        column.metric(literal(name), literal(figure))
        column.caption(literal(note))


def boxes(number: int) -> list[DeltaGenerator]:
    """Places for so many boxes, three side by side: on a narrow screen and for the Tab key they come row by row."""
    return [box for _ in range(0, number, 3) for box in st.columns(3)][:number]


def unwell(ended: Ended, cancelled: str) -> None:
    """That a run was cancelled, and each problem of it in its one sentence."""
    if ended.cancelled:
        st.info(literal(cancelled))
    for problem in ended.problems:
        st.error(literal(problem))


def told(entry: Summary) -> str:
    """One stored assessment in a list of them; two of the same lists differ by when they were kept, and by their id."""
    sample = ", fictional sample registry" if entry.sample_register else ""
    kept = f"{STATES[entry.state].lower()} {entry.id[:6]} kept {moment(entry.saved)}"
    return f"{files(entry.files)}, as of {day(entry.as_of)}{sample}, {count(entry.lines, 'line')}, {kept}"


def files(names: Sequence[str]) -> str:
    """The first file and how many more there are."""
    return names[0] if len(names) == 1 else f"{names[0]} and {count(len(names) - 1, 'more file')}"


def registry(assessment: Assessment) -> str:
    """In one sentence, the registry copy that statements were looked up in."""
    register = assessment.register
    if register is None:
        return "No registry copy was used, so statements were not checked."
    name = "Sample registry (fictional)" if register.sample else register.name
    partial = f" It is not whole: {register.partial_reason}." if register.partial_reason else ""
    return f"{name}, copy dated {day(register.date)}, registry years {span(register.years)}.{partial}"
