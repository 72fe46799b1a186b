"""The text of a published statement: a PDF, a web page or a plain text."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pypdf.errors
from selectolax.lexbor import LexborHTMLParser

from registries.errors import RegisterFileError

MOST_PAGES = 200
"""Statements have a handful of pages; longer files are annual reports, of which the start is read. Our judgement."""

LARGEST_BYTES = 50_000_000
OUTSIDE = ("script", "style", "noscript", "template", "nav", "header", "footer", "form", "svg", "iframe")
"""Parts of a web page that hold no statement."""

BLOCKS = ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "div", "section", "article", "tr", "br", "td", "blockquote")
"""Elements after which a line ends."""


def read(path: Path, name: str | None = None) -> tuple[str, ...]:
    """The pages of a statement kept as a file; a web page or text is one page. Raises RegisterFileError.

    `name` is the one by which the reader knows it. A hostile PDF can take all memory and time there is: let a process
    read it that has a limit of both.
    """
    name = name or path.name
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST_BYTES else b""
    except OSError:
        raise RegisterFileError(name, "the file can't be opened.", "Check that it is there.") from None
    if size > LARGEST_BYTES:
        raise RegisterFileError(name, "the file is too large for a statement.", "Cut the statement out of it.")
    return pages(name, content)


def pages(name: str, content: bytes) -> tuple[str, ...]:
    """The pages of a statement's content, told by its first bytes. A page without text is empty."""
    if content.lstrip()[:5] == b"%PDF-":
        return _pdf(name, content)
    text = content.decode("utf-8-sig", errors="replace")
    if b"\0" in content[:4096]:
        raise RegisterFileError(
            name, "this is neither a PDF nor a web page nor a text.", "Save the statement as a PDF."
        )
    return (_web_page(text),) if "<" in text[:1000] and "</" in text else (text,)


def _pdf(name: str, content: bytes) -> tuple[str, ...]:
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise RegisterFileError(name, "the PDF is protected by a password.", "Save a copy without one.")
        return tuple(page.extract_text() for page in reader.pages[:MOST_PAGES])
    except pypdf.errors.LimitReachedError:
        wrong = "the PDF unpacks to more than a statement can hold."
        raise RegisterFileError(name, wrong, "Cut the statement out of it, or open it yourself.") from None
    except (pypdf.errors.PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise RegisterFileError(name, "the PDF is damaged.", "Download it again, or open it yourself.") from error


def _web_page(text: str) -> str:
    tree = LexborHTMLParser(text)
    for node in tree.css(", ".join(OUTSIDE)):
        node.decompose()
    for node in tree.css(", ".join(BLOCKS)):
        node.insert_after("\n\n" if node.tag != "br" else "\n")
    body = tree.body
    return body.text() if body else ""
