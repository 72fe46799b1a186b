"""What a heading may mean: by its listed spelling, a misspelling of one, or the words in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process

from riskengine.lines.spelling import Spelling
from riskengine.lines.wording import normal, without_brackets
from riskengine.policy.lines import HeadingWords, LinesPolicy

How = Literal["listed", "misspelt", "words", "officer", "values"]
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


_LITTLE = {"of", "the", "a", "an", "and", "&", "for", "s", "is", "our"}
"""Words that change nothing: Total Value of the Contract is Total Contract Value."""
_POUNDS = re.compile(r"(?i)^\s*£\s*[a-z][^\d]*$|^[^\d]*(?:£|\((?:£|gbp)s?\))\s*$")
_NUMBER = re.compile(r" \d+$")
_APART = re.compile("([/#])")
_NOTHING = Meaning("none", 0.0, "words", "")


class Vocabulary:
    """The headings table of the policy, ready to be asked. Answers are kept, for lists repeat their headings."""

    def __init__(self, policy: LinesPolicy) -> None:
        self._policy = policy
        self._listed: dict[str, list[Meaning]] = {}
        for known in policy.headings:
            meaning = Meaning(known.field, known.points, "listed", known.heading)
            self._listed.setdefault(known.heading, []).append(meaning)
        self._in_full: dict[str, str] = {}
        self._in_any_order: dict[frozenset[str], str] = {}
        self._spellings: dict[str, list[str]] = {}
        for text in self._listed:
            full = self._full(text)
            self._in_full.setdefault(full, text)
            self._in_full.setdefault(text.replace(" ", ""), text)
            self._in_any_order.setdefault(_said(full) or frozenset([text]), text)
            if len(text) >= _SHORTEST_MISSPELLING:
                self._spellings.setdefault(text[0], []).append(text)
        self._rules: dict[str, list[tuple[set[str], set[str], HeadingWords]]] = {}
        for rule in policy.heading_words:
            first, *_ = needed = self._full(rule.words).split()
            self._rules.setdefault(first, []).append((set(needed), set(self._full(rule.without).split()), rule))
        words = {word for rules in self._rules.values() for needed, apart, _ in rules for word in needed | apart}
        self._spelling = Spelling(self._listed, {*words, *policy.abbreviations, *policy.words.well_spelt})
        self._asked: dict[str, tuple[Meaning, ...]] = {}

    def meanings(self, heading: str | None) -> tuple[Meaning, ...]:
        """All fields the heading may mean, the surest first; empty when it says nothing."""
        if heading is None or len(heading) > _LONGEST_HEADING:
            return ()
        if heading not in self._asked:
            found = self._find(normal(heading), without_brackets(heading)) or self._in_pounds(heading)
            self._asked[heading] = tuple(sorted(found, key=lambda meaning: -meaning.points))
        return self._asked[heading]

    def knows_words_of(self, text: str) -> bool:
        """Whether all words of a text are words of headings."""
        words = self._full(normal(text)).replace("/", " ").split()
        return bool(words) and all(self._spelling.knows(word) for word in words)

    def _find(self, text: str, outside: str) -> list[Meaning]:
        if not any(letter.isalpha() for letter in text) and text != "#":
            return []
        known = next((one for one in (text, outside, *map(self._long, (text, outside))) if one in self._listed), None)
        if known is not None:
            return self._listed[known]
        full, bare = self._full(text), self._full(outside)
        return (
            self._in_other_order(full)
            or self._corrected(full)
            or self._by_words(full)
            or self._by_words(bare)
            or self._misspelt(text, outside)
            or self._numbered(text)
        )

    def _numbered(self, text: str) -> list[Meaning]:
        """What a listed spelling means that has another number at its end: Cost Code 3."""
        share = self._policy.settings.words_put_right.value
        bare = _NUMBER.sub("", text)
        same = next((one for one in self._listed if _NUMBER.sub("", one) == bare), None) if bare != text else None
        return [] if same is None else [_less(meaning, share, "words") for meaning in self._listed[same]]

    def _in_pounds(self, heading: str) -> list[Meaning]:
        """An unknown heading with a money sign before or after its words is one of an amount."""
        points = self._policy.settings.in_pounds.value
        return [Meaning("amount", points, "words", "£")] if _POUNDS.search(heading) else []

    def _corrected(self, full: str) -> list[Meaning]:
        """What the heading means with its misspelt words put right; nothing where no word is misspelt."""
        right = self._full(self._spelling.corrected(full))
        if right == full:
            return []
        share = self._policy.settings.words_put_right.value
        known = right if right in self._listed else self._in_full.get(right)
        found = self._listed[known] if known is not None else self._in_other_order(right) or self._by_words(right)
        return [_less(meaning, share) for meaning in found]

    def _full(self, text: str) -> str:
        """The text with its abbreviations written in full."""
        return " ".join(self._policy.abbreviations.get(word, word) for word in _APART.sub(r" \1 ", text).split())

    def _long(self, text: str) -> str:
        """The listed spelling that is the same in full or without its blanks; empty when there is none."""
        full = self._full(text)
        return full if full in self._listed else self._in_full.get(full) or self._in_full.get(text.replace(" ", ""), "")

    def _in_other_order(self, full: str) -> list[Meaning]:
        """What a listed spelling of the same words in another order means."""
        known = self._in_any_order.get(_said(full))
        share = self._policy.settings.words_put_right.value
        return [] if known is None else [_less(meaning, share, "words") for meaning in self._listed[known]]

    def _by_words(self, text: str) -> list[Meaning]:
        words = set(text.replace("/", " ").split())
        share = self._policy.settings.words_only.value
        best: dict[str, Meaning] = {}
        if words & _OF_FIRMS:
            return []
        for needed, without, rule in (rule for word in sorted(words) for rule in self._rules.get(word, ())):
            points = rule.points * share
            if needed <= words and not without & words and points > best.get(rule.field, _NOTHING).points:
                best[rule.field] = Meaning(rule.field, points, "words", rule.words)
        return list(best.values())

    def _misspelt(self, *texts: str) -> list[Meaning]:
        for text in texts:
            if len(text) >= _SHORTEST_MISSPELLING and not any(letter.isdigit() for letter in text):
                close = self._closest(text, self._spellings.get(text[0], []), self._policy.settings.misspelling.value)
                if close is not None:
                    return [_less(meaning, close[1] / 100) for meaning in self._listed[close[0]]]
                if self._closest(text, [_SUPPLIER], self._policy.settings.far_misspelling.value):
                    return [_less(self._listed[_SUPPLIER][0], self._policy.settings.far_share.value)]
        return []

    def _closest(self, text: str, spellings: list[str], least: float) -> tuple[str, float] | None:
        found = process.extractOne(text, spellings, scorer=fuzz.ratio, score_cutoff=least)
        return None if found is None else (found[0], found[1])


def _said(full: str) -> frozenset[str]:
    """The words that say something, in any order."""
    return frozenset(full.replace("/", " ").split()) - _LITTLE


def _less(meaning: Meaning, share: float, how: How = "misspelt") -> Meaning:
    return Meaning(meaning.field, meaning.points * share, how, meaning.ground)
