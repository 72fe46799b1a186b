"""What the text of a statement says on each legal point and recommended area: a reading aid, never a verdict.

It quotes a sentence for what it finds, and does not change a supplier's position by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from riskengine.policy.statement_reader import Point, StatementReaderPolicy
from riskengine.statement_reader.sentences import Sentence, folded, split

FULL_SENTENCE = 6
"""Words from which on a sentence is quoted rather than a heading."""

BEFORE_SIGNATURE = 80
"""Characters before a title that usually hold the name."""

Answer = Literal["stated", "not_seen", "cannot_be_seen", "unreadable"]


@dataclass(frozen=True)
class Reading:
    """One point: the answer, and for `stated` a quote, found as it stands on `page` (1-based) with blanks folded."""

    point: str
    group: str
    answer: Answer
    quote: str | None = None
    page: int | None = None
    note: str | None = None


def read(pages: Sequence[str], policy: StatementReaderPolicy) -> tuple[Reading, ...]:
    """Read the pages of a statement: one Reading a point, in the order of the policy.

    Text with fewer characters than policy asks for (a scanned page, or one that a program builds) is `unreadable`.
    """
    text = Text(tuple(folded(page) for page in pages), split(pages))
    readable = sum(len(sentence.text) for sentence in text.sentences) >= policy.shortest_text.value
    return tuple(_reading(name, point, text if readable else None, policy) for name, point in policy.points.items())


@dataclass(frozen=True)
class Text:
    """The pages with blanks folded, and their sentences."""

    pages: tuple[str, ...]
    sentences: list[Sentence]


def _reading(name: str, point: Point, text: Text | None, policy: StatementReaderPolicy) -> Reading:
    if point.cannot_be_seen is not None:
        return Reading(name, point.group, "cannot_be_seen", note=point.cannot_be_seen)
    if text is None:
        return Reading(name, point.group, "unreadable", note="The text can't be read; open the statement yourself.")
    telling = [
        (sentence, found)
        for sentence in _asked(point, text.sentences, policy)
        if (found := _pattern(point.stated).search(sentence.text)) and _counts(point, text.sentences, sentence, policy)
    ]
    if not telling:
        return Reading(name, point.group, "not_seen")
    sentence, found = next((one for one in telling if len(one[0].text.split()) >= FULL_SENTENCE), telling[0])
    longest = int(policy.longest_quote.value)
    quote = _around(text, sentence) if point.ending else _cut(sentence.text, found.start(), longest)
    return Reading(name, point.group, "stated", quote, sentence.page)


def _around(text: Text, sentence: Sentence) -> str:
    """A signature with the words before it, which name who signs."""
    page = text.pages[sentence.page - 1]
    at = page.rfind(sentence.text)
    start = max(0, at - BEFORE_SIGNATURE)
    start = page.find(" ", start) + 1 if start else 0
    return page[min(start, at) : at + min(len(sentence.text), 2 * BEFORE_SIGNATURE)]


def _asked(point: Point, sentences: list[Sentence], policy: StatementReaderPolicy) -> list[Sentence]:
    if not point.ending:
        return sentences
    left, ending = int(policy.ending.value), []
    for sentence in reversed(sentences):
        ending.append(sentence)
        left -= len(sentence.text)
        if left <= 0:
            break
    return ending


def _counts(point: Point, sentences: list[Sentence], sentence: Sentence, policy: StatementReaderPolicy) -> bool:
    if point.unless and _pattern(point.unless).search(sentence.text):
        return False
    if not point.plans_count and _pattern(policy.plans).search(f"{sentence.lead} {sentence.text}"):
        return False
    if not point.needs or _pattern(point.needs).search(sentence.text):
        return True
    around = [other for other in sentences[max(sentence.at - 1, 0) : sentence.at + 2] if other is not sentence]
    return any(_pattern(point.needs).search(near.text) and _pattern(point.near).search(near.text) for near in around)


@lru_cache(maxsize=256)
def _pattern(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _cut(text: str, at: int, longest: int) -> str:
    """The part of a long sentence around `at`, from blank to blank."""
    if len(text) <= longest:
        return text
    start = max(0, min(at - longest // 3, len(text) - longest))
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = text.rfind(" ", start, start + longest)
    return text[start : end if end > at else start + longest]
