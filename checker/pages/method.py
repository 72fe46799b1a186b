"""Method: the policy files as they are. There is no second description of how points come about."""

import streamlit as st

from checker import session
from checker.show import method, tables
from checker.show.labels import Labels, count
from checker.views import policy as views
from riskengine.policy import Policy


def main() -> None:
    st.title("Method")
    assessment = session.assessment()
    policy = assessment.policy if assessment else session.policy()
    labels = Labels(policy)
    st.write(
        "Every line is asked the same questions. What is raised earns points, the points add up to a band, and a "
        "question that could not be answered is counted and shown, never taken as good news."
    )
    tables.draw(method.bands(policy, labels), key="bands")
    show_indicators(policy, labels)
    st.header("Sectors")
    st.write(
        "Market risk is our judgement of the market. The evidence grade says how much is known, so that weak ones show."
    )
    tables.draw(method.sectors(policy, labels), key="sectors")
    st.header("Statements")
    tables.draw(method.law(policy), key="law")
    show_rules(policy)
    show_wording(policy, labels)
    show_files(policy)


def show_indicators(policy: Policy, labels: Labels) -> None:
    st.header("Questions asked")
    for indicator in policy.indicators.values():
        with st.expander(f"{indicator.title}: {indicator.question}"):
            st.write(f"{indicator.why} Source: {indicator.source}. Version {indicator.version}.")
            tables.draw(method.cases(indicator, labels), key=f"cases_{indicator.id}")
            if indicator.thresholds:
                tables.draw(method.thresholds(indicator), key=f"thresholds_{indicator.id}")


def show_rules(policy: Policy) -> None:
    st.header("Figures and rules of each step")
    rows = views.rows(policy)
    for step in dict.fromkeys(row.step for row in rows):
        with st.expander(step.capitalize()):
            tables.draw(method.rules(rows, step), key=f"rules_{step}")


def show_wording(policy: Policy, labels: Labels) -> None:
    st.header("Words")
    with st.expander("The words for each value"):
        tables.draw(method.wording(labels, policy.wording.labels), key="wording")


def show_files(policy: Policy) -> None:
    st.header("Policy files")
    st.write(f"Policy {policy.name}, SHA-256 {policy.hash}.")
    files = views.names(policy)
    name = st.selectbox("Policy file to read", list(files), index=None, placeholder="Choose a file")
    if name:
        text, lines = views.text(files[name])
        st.caption(f"{count(lines, 'line')}; the first {views.FIRST} are shown.")
        st.code(text, language=None, wrap_lines=True)


main()
