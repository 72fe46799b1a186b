"""The policy of step `matches`: what likeness is worth, what sets names apart, and the cut-offs."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from riskengine.policy.files import Figure, Folder, Strict


class Conflict(Strict):
    """Words that set two names apart: all points where both hold other words of the kind, half where only one does."""

    term: str
    pattern: str
    points: float = Field(le=0)
    why: str
    source: str
    since: date


class MatchesPolicy(Strict):
    """What `riskengine.matches` is told."""

    words: Figure
    letters: Figure
    possible: Figure
    unlike: Figure
    rare_word: Figure
    kept: Figure
    conflicts: list[Conflict]

    @classmethod
    def load(cls, folder: Folder) -> MatchesPolicy:
        """Read matches.toml."""
        return folder.toml("matches.toml", cls)
