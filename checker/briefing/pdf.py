"""The briefing as a tagged PDF after PDF/UA-1: headings, tables with head cells, and charts with their words."""

from __future__ import annotations

import json
from pathlib import Path

import typst

from checker.briefing import Briefing

TEMPLATE = Path(__file__).with_name("briefing.typ")


def made(briefing: Briefing) -> bytes:
    """The bytes of the PDF. The fonts are those of the typesetter, so that every machine makes the same."""
    given = {"briefing": json.dumps(briefing.plain(), ensure_ascii=False)}
    content = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        timestamp=0,
        sys_inputs=given,
    )
    return bytes(content)  # the type of the answer depends on what is asked; a PDF is always bytes
