"""Misspelt words of headings put right, as in "Transcation No", "Departmnet" or "Suplier Nmae"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 5
"""Letters from which a word may be a misspelling."""
_LONG = 7
"""Letters from which two of them may be wrong."""
_USUAL = 3
"""Headings that must hold a word for it to be known, so that listed misspellings are not."""


class Spelling:
    """The words that headings are made of."""

    def __init__(self, headings: Iterable[str], always: Iterable[str]) -> None:
        held = Counter(word for heading in headings for word in set(heading.replace("/", " ").split()))
        self._known = {word for word, count in held.items() if count >= _USUAL} | set(always)
        self._by_letter: dict[str, list[str]] = {}
        for word in sorted(self._known):
            if len(word) >= _SHORTEST:
                self._by_letter.setdefault(word[0], []).append(word)

    def knows(self, word: str) -> bool:
        """Whether headings use the word."""
        return word in self._known

    def corrected(self, text: str) -> str:
        """The text with each unknown word replaced by the known one it is closest to, if any is close enough."""
        return " ".join(self._word(word) for word in text.split())

    def _word(self, word: str) -> str:
        if word in self._known or len(word) < _SHORTEST or not word.isalpha():
            return word
        if word.endswith("s") and word[:-1] in self._known:
            return word[:-1]
        wrong = 2 if len(word) >= _LONG else 1
        near = self._by_letter.get(word[0], [])
        found = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=wrong)
        return word if found is None else str(found[0])
