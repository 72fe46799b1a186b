"""Assessments: every one that is kept, published or withdrawn by an officer, and compared with an earlier one."""

import polars as pl
import streamlit as st

from checker import access, records, session, trend
from checker.pages import assessments_parts
from checker.records import Summary
from checker.show import answers, assessments, frame, tables
from checker.show.literal import bullets, literal
from checker.views import publishing, totals

WITHDRAW = (records.withdraw, "Withdraw this assessment", "The assessment is withdrawn.")
REOPEN = (records.reopen, "Make it a draft again", "The assessment is a draft again.")


def main() -> None:
    access.require("assessments")
    st.title("Assessments")
    held = {entry.id: entry for entry in session.stored()}
    entry = held.get(session.chosen() or "")
    if entry is None:
        session.nothing_to_show()
        return
    session.tell()
    shown = tables.some_of(list(held.values()), "assessments")
    session.follow(tables.draw(assessments.table(shown, entry.id), key="assessments"))
    show_state(entry)
    show_changes(entry, [one for one in held.values() if one.id != entry.id])
    if access.may("make again"):
        assessments_parts.show_again(entry)
    st.header("Its history")
    tables.draw(assessments.history(records.history(entry.id)), key="history")


def show_state(entry: Summary) -> None:
    st.header(literal(f"{frame.files(entry.files)}: {frame.STATES[entry.state].lower()}"), anchor=False)
    st.write(literal(assessments.MEANINGS[entry.state]))
    if entry.state == "draft":
        show_open()
    if not access.may("publish"):
        return
    if entry.state == "draft" and assessments.ask_publish():
        session.act(lambda: records.publish(entry.id, records.me()), "The assessment is published.")
    deed, title, sentence = REOPEN if entry.state == "withdrawn" else WITHDRAW
    st.subheader(literal(title))
    why = assessments.ask_reason(title, deed.__name__)
    if why is not None:
        session.act(lambda: deed(entry.id, records.me(), str(why)), sentence)


def show_open() -> None:
    assessment = session.assessment()
    if assessment is None:
        return
    st.subheader("Before you publish")
    said = assessments.before_publishing(publishing.open_in(assessment, session.sums(totals.counts), records.holding()))
    st.markdown(bullets(said) or "Nothing is open.")


def show_changes(entry: Summary, others: list[Summary]) -> None:
    st.header("What changed since an earlier one")
    if not others:
        st.write("There is no other assessment to compare it with yet.")
        return
    told = {one.id: one for one in others}
    last = trend.last(others, entry)
    earlier = st.selectbox(
        "Compare with",
        list(told),
        list(told).index(last.id) if last else None,
        lambda one: frame.told(told[one]),
        placeholder="Choose an assessment",
        key=f"earlier_{entry.id}",
    )
    if earlier is None:
        return
    before = told[earlier]
    st.markdown(bullets(answers.cautions(before, entry)))
    rows = session.compared(earlier)
    tables.draw(assessments.counts(rows), key="counts")
    changed = rows.filter(pl.col("change") != "same")
    table = assessments.changes(tables.page_of(changed, "changes"), session.labels(), entry.id)
    session.follow(tables.draw(table, key="changes"))


main()
