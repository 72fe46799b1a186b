"""The app's own address: it leads to the first page that the reader may open."""

import streamlit as st

from checker import access
from checker.show import links


def main() -> None:
    first = next((page for page in ("dashboard", *links.PAGES) if access.opens(page)), None)
    if first is not None:
        st.switch_page(f"checker/pages/{first}.py", query_params=st.query_params.to_dict())


main()
