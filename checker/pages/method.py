"""Method: the policy files as they are. There is no second description of how points come about."""

import streamlit as st

from checker import access, session
from checker.show import method, tables, what_if
from checker.show.labels import Labels, count
from checker.show.literal import literal
from checker.views import policy as views
from checker.views import what_if as tried
from riskengine.pipeline import Assessment
from riskengine.policy import Policy


def main() -> None:
    access.require("method")
    st.title("Method")
    assessment, labels = session.assessment(), session.labels()
    policy = assessment.policy if assessment else session.policy()
    st.write(method.ABOUT)
    tables.draw(method.bands(policy, labels), key="bands")
    show_indicators(policy, labels)
    if assessment is not None:
        show_what_if(assessment, labels)
    st.header("Sectors")
    st.write(method.GRADES)
    tables.draw(method.sectors(policy, labels), key="sectors")
    st.header("Statements")
    tables.draw(method.law(policy), key="law")
    st.header("Next steps")
    tables.draw(method.next_steps(policy, labels), key="next_steps")
    show_rules(policy)
    show_wording(policy, labels)
    show_files(policy)


def show_indicators(policy: Policy, labels: Labels) -> None:
    st.header("Questions asked")
    for indicator in policy.indicators.values():
        with st.expander(literal(f"{indicator.title}: {indicator.question}")):
            st.write(literal(f"{indicator.why} Source: {indicator.source}. Version {indicator.version}."))
            tables.draw(method.cases(indicator, labels), key=f"cases_{indicator.id}")
            if indicator.thresholds:
                tables.draw(method.thresholds(indicator), key=f"thresholds_{indicator.id}")


def show_what_if(assessment: Assessment, labels: Labels) -> None:
    st.header("What if")
    st.write(what_if.ABOUT)
    if asked := what_if.ask(assessment.policy, tried.weights(assessment.policy)):
        found = tried.moved(assessment, session.rows(), *asked)
        st.write(literal(what_if.result(found)))
        if not found.changed:
            return
        tables.draw(what_if.moves(found.moves, labels), key="moves")
        session.follow(tables.draw(what_if.first(found, labels, session.here()), key="moved"))


def show_rules(policy: Policy) -> None:
    st.header("Figures and rules of each step")
    rows = views.rows(policy)
    for step in dict.fromkeys(row.step for row in rows):
        with st.expander(literal(step.capitalize())):
            tables.draw(method.rules(rows, step), key=f"rules_{step}")


def show_wording(policy: Policy, labels: Labels) -> None:
    st.header("Words")
    with st.expander("The words for each value"):
        tables.draw(method.wording(labels, policy.wording.labels), key="wording")


def show_files(policy: Policy) -> None:
    st.header("Policy files")
    st.write(literal(f"Policy {policy.name}, SHA-256 {policy.hash}."))
    files = views.names(policy)
    name = st.selectbox("Policy file to read", list(files), index=None, placeholder="Choose a file")
    if name:
        text, lines = views.text(files[name])
        st.caption(literal(f"{count(lines, 'line')}; the first {views.FIRST} are shown."))
        st.code(text, language=None, wrap_lines=True)


main()
