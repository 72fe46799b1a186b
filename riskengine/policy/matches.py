"""The policy of step `matches`: what each measure of two names is worth, and the cut-offs."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from riskengine.policy.files import Figure, Folder, Strict


class Points(Strict):
    """What a measure adds to the score from the value `start` up to the next row of the same measure."""

    term: str
    measure: str
    start: float
    points: float


class CommonWord(Strict):
    """A word of many names.

    `rarity` runs from 0 (all names have it) to 1 (none has it); `apart` is the share of its names that are another name
    of the register once this word is taken from their end: how often it tells sister companies apart.
    """

    word: str
    rarity: float = Field(ge=0, le=1)
    apart: float = Field(ge=0, le=1)


class WordPoints(Strict):
    """What a word adds to the score where the name in the list alone has it (`listed`), or the register's alone."""

    word: str
    listed: float
    registered: float


class KindPoints(Strict):
    """What the kinds of the words that one name alone has add to the score, together.

    `listed` has those of the name in the list and `registered` those of the register's, with blanks between them; both
    may be empty.
    """

    listed: str = ""
    registered: str = ""
    points: float


class MatchFit(Strict):
    """Where the points come from."""

    fitted: date
    script: str
    data: str
    data_sha256: str
    names: int
    entries: int
    base: float
    why: str
    source: str
    since: date


class _Rules(Strict):
    same: Figure
    possible: Figure
    unlike: Figure
    common_word: Figure
    compared: Figure
    kept: Figure

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not 0 <= self.possible.value <= self.same.value <= 1:
            raise ValueError("possible must not lie above same, and both lie between 0 and 1")
        return self


class MatchesPolicy(Strict):
    """What `riskengine.matches` is told."""

    rules: _Rules
    fit: MatchFit
    points: tuple[Points, ...]
    words: tuple[CommonWord, ...]
    word_points: tuple[WordPoints, ...]
    kind_points: tuple[KindPoints, ...]

    @classmethod
    def load(cls, folder: Folder) -> MatchesPolicy:
        """Read matches.toml, matches_fit.toml, and the tables of common words and of points."""
        return cls(
            rules=folder.toml("matches.toml", _Rules),
            fit=folder.toml("matches_fit.toml", MatchFit),
            points=folder.table("matches_points.csv", Points),
            words=folder.table("matches_words.csv", CommonWord),
            word_points=folder.table("matches_word_points.csv", WordPoints),
            kind_points=folder.table("matches_kind_points.csv", KindPoints),
        )
