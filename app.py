"""The app's router: which pages there are. Start it with `riskcheck app`."""

from pathlib import Path

import streamlit as st

from checker import pages, session
from checker.show import frame

FOLDER = Path(pages.__file__).parent

st.set_page_config(layout="wide", menu_items={"About": None, "Get help": None, "Report a bug": None})
page = st.navigation(
    [
        st.Page(FOLDER / "upload.py", title="Upload"),
        st.Page(FOLDER / "dashboard.py", title="Dashboard", default=True),
        st.Page(FOLDER / "supplier.py", title="Supplier"),
        st.Page(FOLDER / "review.py", title="Review"),
        st.Page(FOLDER / "audit.py", title="Audit"),
        st.Page(FOLDER / "assessments.py", title="Assessments"),
        st.Page(FOLDER / "method.py", title="Method"),
    ],
    position="top",
)
frame.head(session.policy())
session.offer()
page.run()
frame.foot(session.policy())
