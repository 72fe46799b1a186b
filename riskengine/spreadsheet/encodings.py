"""Which encoding a text file is in, by rule and never by guess: byte order mark, then strict UTF-8, then cp1252.

Statistical guessers take short council files in cp1252 for other code pages. A pound sign lost through DOS code page
850 reads as "œ" in cp1252 and is understood where headings and amounts are.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SHARE_OF_NULS = 0.2
"""A file in UTF-16 without a mark holds a NUL in nearly every second byte; text holds none."""
_CHUNK = 1 << 16
"""Bytes read at a time: small enough to stay in the processor's cache, which halves the time."""
_PIECE = 1 << 22
"""Bytes handed on at a time: large enough to be read by several processors at once."""
_CP1252_HIGH = "\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122"
_TWICE = re.compile(f"[ÂÃ][\x80-\xbf{_CP1252_HIGH}]|â(?:€.|„¢)")
"""UTF-8 read as cp1252 and written as UTF-8 again: £ became Â£, a curly quote became â€™."""
_SIGNS_OF_TWICE = tuple(sign.encode() for sign in ("Â", "Ã", "â€"))
_NULS = "NUL characters were left out."
_TWICE_NOTE = "Text that had been encoded twice (such as Â£ for £) was read as what it stood for."
_MARK_TWICE = "ï»¿".encode()


class Text:
    """The text of an open file, read as UTF-8 piece by piece so that a large one is never held whole.

    Each piece but the last ends with a line feed. `encoding` names what the file is in; `notes` say what was mended in
    the pieces read so far.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._start, self.encoding = _told(file)
        self.notes: list[str] = []

    def pieces(self) -> Iterator[bytes]:
        """The pieces from the start of the file, without its byte order mark."""
        self.notes = []
        for number, piece in enumerate(self._cut()):
            yield self._mended(piece, is_first=number == 0)

    def _cut(self) -> Iterator[bytes]:
        self._file.seek(self._start)
        held: list[bytes] = []
        size = 0
        for chunk in self._decoded():
            held.append(chunk)
            size += len(chunk)
            if size > _PIECE and (end := _last_line_end(chunk)):
                yield b"".join((*held[:-1], chunk[:end]))
                held, size = [chunk[end:]], len(chunk) - end
        if size:
            yield b"".join(held)

    def _decoded(self) -> Iterator[bytes]:
        decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        is_plain = not self._start and self.encoding in ("ascii", "utf-8")
        while chunk := self._file.read(_CHUNK):
            yield chunk if is_plain else decoder.decode(chunk).encode("utf-8", "replace")
        if rest := decoder.decode(b"", final=True):
            yield rest.encode("utf-8", "replace")

    def whole(self) -> bytes:
        """All of it."""
        return b"".join(self.pieces())

    def _mended(self, piece: bytes, is_first: bool) -> bytes:
        if 0 in piece:
            piece = piece.replace(b"\0", b"")
            self._note(_NULS)
        if is_first:
            piece = piece.removeprefix(codecs.BOM_UTF8).removeprefix(_MARK_TWICE)
        if b"\xc3" in piece and any(sign in piece for sign in _SIGNS_OF_TWICE):
            once = _TWICE.sub(_once, piece.decode("utf-8", "replace")).encode()
            if once != piece:
                self._note(_TWICE_NOTE)
            return once
        return piece

    def _note(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)


def _last_line_end(chunk: bytes) -> int:
    """After the last CR LF, which seldom stands inside a cell, else after the last LF; 0 when there is none."""
    return chunk.rfind(b"\r\n") + 2 if b"\r\n" in chunk else chunk.rfind(b"\n") + 1


def to_utf8(content: bytes) -> tuple[bytes, str, list[str]]:
    """Give the text as UTF-8 without a byte order mark, the name of the encoding and notes on what was mended."""
    text = Text(io.BytesIO(content))
    return text.whole(), text.encoding, text.notes


def _told(file: BinaryIO) -> tuple[int, str]:
    """Where the text starts, after its mark, and its encoding."""
    head = file.read(4000)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return len(mark), encoding
    if head.count(0) > len(head) * _SHARE_OF_NULS:
        return 0, "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    file.seek(0)
    return 0, _by_strict_utf8(file)


def _by_strict_utf8(file: BinaryIO) -> str:
    """In chunks, so that text in another encoding is told at its first odd byte."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding = "ascii"
    try:
        while chunk := file.read(_CHUNK):
            if encoding == "utf-8" or not chunk.isascii():
                encoding = "utf-8"
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return encoding


def _once(found: re.Match[str]) -> str:
    try:
        return found.group().encode("cp1252").decode("utf-8")
    except UnicodeError:
        return found.group()
