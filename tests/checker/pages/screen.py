"""What a page shows, read back from Streamlit's test runner."""

from __future__ import annotations

import json
from typing import Any

from streamlit.testing.v1 import AppTest


def drawn(app: AppTest) -> dict[str, list[list[dict[str, Any]]]]:
    """The tables of a page: rows of cells by caption."""
    told = [json.loads(table.proto.json) for table in app.get("bidi_component")]
    return {table["caption"]: table["rows"] for table in told if "caption" in table}


def texts(app: AppTest) -> str:
    """Every text on the page, tables and all, as one."""
    said = [block.value for kind in ("title", "header", "markdown", "caption", "warning") for block in app.get(kind)]
    cells = [cell["text"] for rows in drawn(app).values() for row in rows for cell in row]
    return "\n".join([*said, *cells])
