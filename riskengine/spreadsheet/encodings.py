"""Which encoding a text file is in, by rule and never by guess: byte order mark, then strict UTF-8, then cp1252.

Statistical guessers take short council files in cp1252 for other code pages. A pound sign lost through DOS code page
850 reads as "œ" in cp1252 and is understood where headings and amounts are.
"""

from __future__ import annotations

import codecs
import re

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

_TWICE = re.compile("(?:Â[\x80-\xbf]|Ã[\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]|â(?:€.|„¢))")
"""UTF-8 read as cp1252 and written as UTF-8 again: £ became Â£, a curly quote became â€™."""

_SHARE_OF_NULS = 0.2
"""A file in UTF-16 without a mark holds a NUL in nearly every second byte; text holds none."""


def decode(content: bytes) -> tuple[str, str, list[str]]:
    """Give the text, the encoding's name and notes on what had to be mended."""
    text, encoding = _decode(content)
    notes = []
    if "\0" in text:
        text = text.replace("\0", "")
        notes.append("NUL characters were left out.")
    if ("Â" in text or "Ã" in text or "â€" in text) and _TWICE.search(text):
        text = _TWICE.sub(_once, text).removeprefix("ï»¿")
        notes.append("Text that had been encoded twice (such as Â£ for £) was read as what it stood for.")
    return text.removeprefix("\ufeff").removeprefix("ï»¿"), encoding, notes


def _decode(content: bytes) -> tuple[str, str]:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace"), encoding
    if content[:4000].count(0) > len(content[:4000]) * _SHARE_OF_NULS:
        encoding = "utf-16-le" if content[1:4000:2].count(0) > content[:4000:2].count(0) else "utf-16-be"
        return content.decode(encoding, "replace"), encoding
    try:
        return content.decode("utf-8"), "ascii" if content.isascii() else "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), "cp1252"


def _once(found: re.Match[str]) -> str:
    try:
        return found.group().encode("cp1252").decode("utf-8")
    except UnicodeError:
        return found.group()
