"""The app's router: which pages there are, who may open which, their titles. Start it with `riskcheck app`."""

from pathlib import Path

import streamlit as st

from checker import access, pages, session
from checker.show import frame

FOLDER = Path(pages.__file__).parent
TITLES = ("Upload", "Dashboard", "Supplier", "Review", "Audit", "Assessments", "Registers", "Records", "Method")

st.set_page_config(layout="wide", menu_items={"About": None, "Get help": None, "Report a bug": None})
shown = [
    st.Page(
        FOLDER / f"{title.lower()}.py", title=title, visibility="visible" if access.opens(title.lower()) else "hidden"
    )
    for title in TITLES
]
home = st.Page(FOLDER / "home.py", title="Modern slavery risk", default=True, visibility="hidden")
page = st.navigation([home, *shown], position="top")
frame.head(session.policy())
access.enter()
if access.opens(page.url_path):
    session.offer()
page.run()
frame.foot(session.policy())
