"""What a screen reader is told while it changes. It is not seen: the page shows the same in its own way."""

from __future__ import annotations

from functools import cache
from typing import Any

import streamlit as st

_STYLE = "p { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); margin: 0; }"
_SCRIPT = """export default function ({ data, parentElement }) {
  const said = parentElement.querySelector("p");
  if (said.textContent !== data.text) said.textContent = data.text;
}"""


def draw(text: str, key: str) -> None:
    """Say a text, unless it is what was said last: the region stays on the page while its text changes."""
    _component()(key=key, data={"text": text}, height=1)


@cache
def _component() -> Any:
    html = '<p role="status"></p>'
    return st.components.v2.component("riskcheck_announced", html=html, css=_STYLE, js=_SCRIPT)
