"""Upload: choose lists, run the check with progress, and see what was read, understood and set aside."""

import streamlit as st

from checker import access, session
from checker.runs import Ended, Run
from checker.show import frame, intake
from checker.show.literal import literal
from riskengine.pipeline import Assessment
from riskengine.report import totals

TYPES = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "xlsb", "ods", "zip", "json", "jsonl", "html"]
COPY = "Registry copy to look suppliers up in"
AS_OF = "The day for which the answer holds. The same files and the same date give the same answer."


def main() -> None:
    access.require("upload")
    st.title("Upload")
    run = session.run()
    ended = run.ended() if run else None
    if run is not None and ended is None:
        show_progress()
        return
    if run is not None and ended is not None:
        show_end(run, ended)
    show_form()
    assessment = session.assessment()
    if assessment is not None and (ended is None or ended.assessment):
        show_read(assessment)


def show_end(run: Run, ended: Ended) -> None:
    intake.draw_end(ended)
    if ended.nameable:
        session.start_again(run, intake.ask_headings(session.labels()))


def show_form() -> None:
    st.header("Check a list")
    st.write(
        "Give a contract register or a list of payments, in any layout. It stays on the machine that runs riskcheck."
    )
    files = st.file_uploader("Lists to check", accept_multiple_files=True, type=TYPES, key=session.uploader_key())
    left, right = st.columns(2)
    copies = session.copies()
    copy = copies[left.selectbox(COPY, list(copies), format_func=lambda id_: copies[id_].words, key="copy")]
    day = session.day_for(copy)
    as_of = right.date_input("As-of date", day, format="DD/MM/YYYY", help=AS_OF, key=f"as_of_{copy.id}")
    check, sample = st.columns(2)
    if reason := copy.unusable(as_of, session.policy()):
        st.warning(literal(f"Statements will not be checked. {reason}"))
    check.button("Check these lists", type="primary", on_click=session.press, args=("check",))
    if session.pressed("check"):
        if files:
            session.start([(file.name, file.getvalue()) for file in files], as_of, copy)
        st.error("Choose at least one list first.")
    if sample.button("Try it with the fictional sample lists"):
        session.start_samples()


@st.fragment(run_every=1)
def show_progress() -> None:
    run = session.run()
    if run is None or run.ended() is not None:
        session.finish()
    else:
        st.header("Checking")
        if intake.draw_progress(run):
            session.finish()


def show_read(assessment: Assessment) -> None:
    st.header("What was read")
    frame.about(assessment)
    labels = session.labels()
    aside = totals.by_sheet(assessment.set_aside.lazy())
    intake.draw_sheets(totals.sheets_of(assessment.intake, session.sums(totals.by_sheet), aside), labels)
    intake.draw_headings(assessment, labels)
    if session.repeatable():
        headings = intake.ask_mapping(assessment, labels, session.remembered())
        if headings is not None:
            session.repeat(headings)
    intake.draw_set_aside(assessment, session.view(totals.set_aside))


main()
