"""Text of a list, a register or a person as it stands: Streamlit reads what it is given as Markdown.

Without this a supplier's name could draw a link or a formula, or let the reader's browser fetch a picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

JOINER = "\u2060"
"""A sign without width, between two letters that would mean something together even where Markdown is escaped."""

_SIGNS = re.compile(r"[\\`*_\[\]<~$]|&(?=#?\w+;)")
_AT_START = re.compile(r"([#>+=-]|\d+(?=[.)]))")
_TOGETHER = re.compile(
    r"(?<=:)(?=//|[A-Za-z]|[\w+-]+:)"  # addresses, directives, pictures by name
    r"|(?<=www)(?=\.)|(?=@)"  # links without brackets
    r"|(?<!\S)(?=(?:<->|->|<-|--|>=|<=|~=)(?!\S))",  # drawn as arrows, dashes and signs
    re.IGNORECASE,
)


def literal(text: str) -> str:
    """A text in one line, as Markdown that shows it as it is."""
    line = _TOGETHER.sub(JOINER, " ".join(text.split()))
    return _escaped_start(_SIGNS.sub(r"\\\g<0>", line))


def bullets(sentences: Iterable[str]) -> str:
    """Sentences as a list in Markdown, each shown as it is."""
    return "\n".join(f"- {literal(sentence)}" for sentence in sentences)


def named(sentences: Iterable[tuple[str, str]]) -> str:
    """The same of sentences with a name each, which stands before it in bold."""
    return "\n".join(f"- **{literal(name)}:** {literal(sentence)}" for name, sentence in sentences)


def _escaped_start(line: str) -> str:
    """Without what makes a heading, a list or a quotation at the start of a line."""
    found = _AT_START.match(line)
    if found is None:
        return line
    return f"\\{line}" if not line[0].isdigit() else f"{found.group()}\\{line[found.end() :]}"
