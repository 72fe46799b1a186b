"""Which encoding a text file is in, by rule and never by guess: byte order mark, then strict UTF-8, then cp1252.

Statistical guessers take short council files in cp1252 for other code pages. A pound sign lost through DOS code page
850 reads as "œ" in cp1252 and is understood where headings and amounts are.
"""

from __future__ import annotations

import codecs
import io
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SHARE_OF_NULS = 0.2
"""A file in UTF-16 without a mark holds a NUL in nearly every second byte; text holds none."""
_CHUNK = 1 << 16
"""Bytes read at a time: small enough to stay in the processor's cache, which halves the time."""
_CP1252_HIGH = "\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122"
_TWICE = re.compile(f"[ÂÃ][\x80-\xbf{_CP1252_HIGH}]|â(?:€.|„¢)")
"""UTF-8 read as cp1252 and written as UTF-8 again: £ became Â£, a curly quote became â€™."""
_SIGNS_OF_TWICE = tuple(sign.encode() for sign in ("Â", "Ã", "â€"))
_MARK_TWICE = "ï»¿".encode()


def to_utf8(content: bytes) -> tuple[bytes, str, list[str]]:
    """Give the text as UTF-8 without a byte order mark, the name of the encoding and notes on what was mended."""
    text, encoding = _to_utf8(content)
    notes = []
    if 0 in text:
        text = text.replace(b"\0", b"")
        notes.append("NUL characters were left out.")
    text = text.removeprefix(codecs.BOM_UTF8).removeprefix(_MARK_TWICE)
    if b"\xc3" in text and any(sign in text for sign in _SIGNS_OF_TWICE):
        mended = _TWICE.sub(_once, text.decode("utf-8", "replace")).encode()
        if mended != text:
            notes.append("Text that had been encoded twice (such as Â£ for £) was read as what it stood for.")
        text = mended
    return text, encoding, notes


def _to_utf8(content: bytes) -> tuple[bytes, str]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace").encode("utf-8", "replace"), encoding
    if content[:4000].count(0) > len(content[:4000]) * _SHARE_OF_NULS:
        encoding = "utf-16-le" if content[1:4000:2].count(0) > content[:4000:2].count(0) else "utf-16-be"
        return content.decode(encoding, "replace").encode("utf-8", "replace"), encoding
    if content.isascii():
        return content, "ascii"
    return (content, "utf-8") if _is_utf8(content) else (_from_cp1252(content), "cp1252")


def _from_cp1252(content: bytes) -> bytes:
    """In chunks, so that a large file is not held three times over."""
    text = io.BytesIO()
    for start in range(0, len(content), _CHUNK):
        text.write(content[start : start + _CHUNK].decode("cp1252", "replace").encode())
    return text.getvalue()


def _is_utf8(content: bytes) -> bool:
    """In chunks, so that text in another encoding is told at its first odd byte."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(content), _CHUNK):
            decoder.decode(content[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _once(found: re.Match[str]) -> str:
    try:
        return found.group().encode("cp1252").decode("utf-8")
    except UnicodeError:
        return found.group()
