"""What a heading may mean: by its listed spelling, a misspelling of one, or the words in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process

from riskengine.lines.wording import normal, without_brackets
from riskengine.policy.lines import LinesPolicy

How = Literal["listed", "misspelt", "words", "officer"]
_LONGEST_HEADING = 200
_SHORTEST_MISSPELLING = 6
_SUPPLIER = "supplier"
_OF_FIRMS = {"ltd", "limited", "plc", "llp"}
"""Words of a firm's name, which is no heading: Total UK Ltd."""


@dataclass(frozen=True)
class Meaning:
    """One field a heading may mean, how surely (0 to 100) and on what ground."""

    field: str
    points: float
    how: How
    ground: str


class Vocabulary:
    """The headings table of the policy, ready to be asked. Answers are kept, for lists repeat their headings."""

    def __init__(self, policy: LinesPolicy) -> None:
        self._policy = policy
        self._listed: dict[str, list[Meaning]] = {}
        for known in policy.headings:
            meaning = Meaning(known.field, known.points, "listed", known.heading)
            self._listed.setdefault(known.heading, []).append(meaning)
        self._in_full: dict[str, str] = {}
        for text in self._listed:
            self._in_full.setdefault(self._full(text), text)
            self._in_full.setdefault(text.replace(" ", ""), text)
        self._spellings = [text for text in self._listed if len(text) >= _SHORTEST_MISSPELLING]
        self._rules = [
            (set(self._full(rule.words).split()), set(self._full(rule.without).split()), rule)
            for rule in policy.heading_words
        ]
        self._asked: dict[str, tuple[Meaning, ...]] = {}

    def meanings(self, heading: str | None) -> tuple[Meaning, ...]:
        """All fields the heading may mean, the surest first; empty when it says nothing."""
        if heading is None or len(heading) > _LONGEST_HEADING:
            return ()
        if heading not in self._asked:
            found = self._find(normal(heading), without_brackets(heading))
            self._asked[heading] = tuple(sorted(found, key=lambda meaning: -meaning.points))
        return self._asked[heading]

    def _find(self, text: str, outside: str) -> list[Meaning]:
        if not any(letter.isalpha() for letter in text) and text != "#":
            return []
        known = next((one for one in (text, outside, *map(self._long, (text, outside))) if one in self._listed), None)
        if known is not None:
            return self._listed[known]
        return self._by_words(self._full(text)) or self._misspelt(text) or self._misspelt(outside)

    def _full(self, text: str) -> str:
        """The text with its abbreviations written in full."""
        return " ".join(self._policy.abbreviations.get(word, word) for word in text.replace("/", " / ").split())

    def _long(self, text: str) -> str:
        """The listed spelling that is the same in full or without its blanks; empty when there is none."""
        return self._in_full.get(self._full(text)) or self._in_full.get(text, "")

    def _by_words(self, text: str) -> list[Meaning]:
        words = set(text.replace("/", " ").split())
        share = self._policy.settings.words_only.value
        best: dict[str, Meaning] = {}
        if words & _OF_FIRMS:
            return []
        for needed, without, rule in self._rules:
            if needed <= words and not without & words and rule.field not in best:
                best[rule.field] = Meaning(rule.field, rule.points * share, "words", rule.words)
        return list(best.values())

    def _misspelt(self, text: str) -> list[Meaning]:
        if len(text) < _SHORTEST_MISSPELLING or any(letter.isdigit() for letter in text):
            return []
        close = self._closest(text, self._spellings, self._policy.settings.misspelling.value)
        if close is not None:
            return [_less(meaning, close[1] / 100) for meaning in self._listed[close[0]]]
        far = self._closest(text, [_SUPPLIER], self._policy.settings.far_misspelling.value)
        return [] if far is None else [_less(self._listed[_SUPPLIER][0], self._policy.settings.far_share.value)]

    def _closest(self, text: str, spellings: list[str], least: float) -> tuple[str, float] | None:
        found = process.extractOne(text, spellings, scorer=fuzz.ratio, score_cutoff=least)
        return None if found is None else (found[0], found[1])


def _less(meaning: Meaning, share: float) -> Meaning:
    return Meaning(meaning.field, meaning.points * share, "misspelt", meaning.ground)
