"""Splits the pages of a statement into sentences, with blanks folded."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

BULLET = r"[•●▪■◦\uf0b7\uf0a7\uf0d8]|(?<=\n)[ \t]*[-–—o*](?=\s)"
ENDS = re.compile(rf"(?<=[.!?;])[\"”’')]*\s+(?=[\"“‘'(]?[A-Z0-9])|(?<=:)\s+|\s*(?P<bullet>{BULLET})\s*|\n\s*\n\s*")
"""Where a sentence ends: punctuation before a capital, a colon, a bullet, or a blank line."""

HEADING = re.compile(r"(?:(?<=\n)|(?<=[.!?:]\n)|^)([A-Z0-9][^\n.!?:;,]{2,60})\n(?=[A-Z])")
"""A short line that begins with a capital, has no punctuation and stands before another that does so."""

SHORT = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|No|Nos|Inc|Ltd|Co|Corp|plc|e\.g|i\.e|etc|St|s|ss|para|approx|vs)\.$")
"""Abbreviations after which a sentence goes on."""


@dataclass(frozen=True)
class Sentence:
    """A sentence, its page (1-based) and its place among all sentences.

    `lead` is what stands before the list that it is an item of, such as "In the next year we will:".
    """

    text: str
    page: int
    at: int
    lead: str = ""


def split(pages: Sequence[str]) -> list[Sentence]:
    """The sentences of all pages in order."""
    sentences: list[Sentence] = []
    lead = ""
    for number, page in enumerate(pages, start=1):
        for text, item in _parts(page):
            lead = lead if item or (sentences and sentences[-1].text.endswith(":")) else ""
            sentences.append(Sentence(text, number, len(sentences), lead))
            lead = text if text.endswith(":") else lead
    return sentences


def folded(text: str) -> str:
    """One blank for any run of blanks and line ends, and plain letters for the joined ones of printed pages (ﬁ, ﬀ)."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


def _parts(page: str) -> list[tuple[str, bool]]:
    """Pieces of a page, and whether each is an item of a list: it follows a bullet or ends in a semicolon."""
    page = HEADING.sub(r"\1\n\n", re.sub(r"\r\n?", "\n", page))
    parts: list[tuple[str, bool]] = []
    start, item = 0, False
    for end in ENDS.finditer(page):
        if SHORT.search(page[start : end.start()]) and "\n\n" not in end.group():
            continue
        text = folded(page[start : end.start()])
        parts.append((text, item or text.endswith(";")))
        start, item = end.end(), end.group("bullet") is not None
    parts.append((folded(page[start:]), item))
    return [(text, item) for text, item in parts if text]
