"""The policy of the statement reader: what is looked for in the text of a statement."""

from __future__ import annotations

import re
from typing import Literal, Self

from pydantic import model_validator

from riskengine.policy.files import Figure, Folder, Strict
from riskengine.schemas import TOPICS


class Point(Strict):
    """One thing a statement may say. Patterns are regular expressions, case ignored; statement_reader.toml says how."""

    group: Literal["legal", "recommended"]
    stated: tuple[str, ...]
    unless: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    plans_count: bool = True
    ending: bool = False
    cannot_be_seen: str | None = None

    @model_validator(mode="after")
    def _patterns_compile(self) -> Self:
        for pattern in (*self.stated, *self.unless, *self.needs, *self.near):
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f'the pattern "{pattern}" is not a regular expression: {error}') from None
        if not self.stated and self.cannot_be_seen is None:
            raise ValueError("a point needs patterns, or words for why it can't be seen")
        return self


class StatementReaderPolicy(Strict):
    """What `riskengine.statement_reader` is told."""

    plans: tuple[str, ...]
    ending: Figure
    longest_quote: Figure
    shortest_text: Figure
    points: dict[str, Point]

    @classmethod
    def load(cls, folder: Folder) -> StatementReaderPolicy:
        """Read statement_reader.toml."""
        return folder.toml("statement_reader.toml", cls)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        recommended = [name for name, point in self.points.items() if point.group == "recommended"]
        if sorted(recommended) != sorted(TOPICS):
            raise ValueError(f"the recommended points must be {', '.join(TOPICS)}")
        return self
