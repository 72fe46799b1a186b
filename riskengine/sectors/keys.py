"""Words as whole numbers: each word of each text has a key, read from its bytes without making a string of it.

Words of up to eight letters have keys of their own; two longer words share one by chance about once in 10^19 pairs.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

Keys = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

_LETTERS = (string.ascii_lowercase + string.digits).encode()
_SMALL = bytes(range(256)).lower().translate(bytes.maketrans(b"\t\n\r", b"   "))
"""What each byte of a text becomes: letters small, ends of lines blanks. Letters beyond ASCII stay as they are."""
_PLAIN = bytes(code if code in _LETTERS else ord(" ") for code in range(256))
"""What is no small letter or digit of ASCII becomes a blank."""

_BYTES = 8
"""Letters that one whole number holds."""

_LONGEST = 64
"""Letters beyond these do not tell words apart."""

_MASKS = np.array([(1 << 8 * count) - 1 for count in range(_BYTES + 1)], dtype=np.uint64)
_LETTER = np.uint64(0x4040404040404040)
"""Set in the bytes of small letters, not in those of digits."""

_SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""An odd number without pattern: to multiply by it spreads keys evenly and can be undone (Knuth, volume 3, 6.4)."""

_FOLD = np.uint64(29)


@dataclass(frozen=True)
class Words:
    """The words of texts in the order of reading: the text each stands in (rising), its key, whether it has letters.

    Those of text t stand from `starts[t]` to `starts[t + 1]`. `small` holds all texts in small letters, one after the
    other, and `begin` and `end` the bytes between which each word stands there.
    """

    text: Places
    key: Keys
    letters: npt.NDArray[np.bool_]
    begin: Places
    end: Places
    starts: Places
    small: bytes


def read(texts: pl.Series) -> Words:
    """The words of every text: runs of letters and digits, capitals as small letters."""
    array = texts.fill_null("").to_arrow(compat_level=pl.CompatLevel.oldest())
    _, offsets, letters = array.buffers()
    ends = np.frombuffer(offsets, np.int64, len(array) + 1) if len(array) else np.zeros(1, np.int64)
    small = (letters.to_pybytes()[: ends[-1]] if letters else b"").translate(_SMALL)
    plain = small.translate(_PLAIN) + b" " * _BYTES
    begin, end = _edges(np.frombuffer(plain, np.uint8) != ord(" "), ends)
    starts = np.searchsorted(begin, ends)
    text = np.repeat(np.arange(len(array)), np.diff(starts))
    return Words(text, *_keys(plain, begin, end - begin), begin, end, starts, small)


def of(words: Sequence[str]) -> Keys:
    """The key of each word, given in small letters and digits."""
    return read(pl.Series([" ".join(words)])).key


def whole(words: Words) -> Keys:
    """A key of each text, made of the keys of its words in their order; nought where it has none."""
    place = np.arange(len(words.key)) - words.starts.take(words.text)
    placed = np.append(words.key * (2 * place + 1).astype(np.uint64), np.uint64(0))
    told = np.add.reduceat(placed, words.starts[:-1])
    return np.where(np.diff(words.starts) > 0, told, np.uint64(0))


def pair(first: npt.NDArray[np.integer], second: npt.NDArray[np.integer]) -> Keys:
    """A key of two whole numbers below 2^32, in their order."""
    return ((first.astype(np.uint64) << np.uint64(32)) | second.astype(np.uint64)) * _SPREAD


def _edges(letter: npt.NDArray[np.bool_], ends: Places) -> tuple[Places, Places]:
    """Where words begin and end: at blanks, and where one text ends and the next begins."""
    begins, closes = letter.copy(), letter.copy()
    begins[1:] &= ~letter[:-1]
    closes[:-1] &= ~letter[1:]
    begins[ends] = letter[ends]
    last = ends[ends > 0] - 1
    closes[last] = letter[last]
    return np.flatnonzero(begins), np.flatnonzero(closes) + 1


def _keys(plain: bytes, begin: Places, length: Places) -> tuple[Keys, npt.NDArray[np.bool_]]:
    """Eight letters at a time; a word's later letters are mixed into the key of those before."""
    eight: Keys = np.ndarray((len(plain) - _BYTES + 1,), dtype="<u8", buffer=plain, strides=(1,))
    key = eight[begin] & _MASKS.take(np.minimum(length, _BYTES))
    letters = key & _LETTER != 0
    key *= _SPREAD
    longer = np.flatnonzero(length > _BYTES)
    for place in range(_BYTES, _LONGEST, _BYTES):
        more = eight[begin[longer] + place] & _MASKS[np.minimum(length[longer] - place, _BYTES)]
        letters[longer] |= more & _LETTER != 0
        before = key[longer]
        key[longer] = (before ^ (before >> _FOLD) ^ more) * _SPREAD
        longer = longer[length[longer] > place + _BYTES]
    return key, letters
