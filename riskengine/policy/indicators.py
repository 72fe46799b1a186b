"""Indicators: one TOML file each, with the question, the points, and every sentence it can say."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from riskengine.errors import PolicyError
from riskengine.policy.files import Figure, Folder, Strict


class Points(Figure):
    """Points of one raised case. `weak` marks a question to ask, never enough to change a band by itself."""

    value: float = Field(ge=0)
    weak: bool = False


class IndicatorPolicy(Strict):
    """One indicator: what it asks, of what, why, and its sentences by case.

    `group` is the group of risk characteristics of PPN 009 that informed it, or "record" where it is about the
    record itself. `sentences` are templates over a finding's value, threshold, detail, record and snapshot_date.
    `thresholds` are the figures it compares with; `words` its word lists. `flags` lets a raised finding flag the
    supplier whatever the band.
    """

    id: str
    version: int
    title: str
    question: str
    subject: Literal["line", "purchase", "supplier"]
    group: str
    why: str
    source: str
    flags: bool = False
    points: dict[str, Points] = Field(default_factory=dict)
    thresholds: dict[str, Figure] = Field(default_factory=dict)
    words: dict[str, list[str]] = Field(default_factory=dict)
    sentences: dict[str, str]

    def points_of(self, case: str) -> int:
        """Points of a case, 0 where the policy gives none."""
        return int(self.points[case].value) if case in self.points else 0


def load_indicators(folder: Folder) -> dict[str, IndicatorPolicy]:
    """Read every file under indicators/, in the order of their names. Raises PolicyError."""
    indicators = [folder.toml(name, IndicatorPolicy) for name in folder.names("indicators/")]
    for name, indicator in zip(folder.names("indicators/"), indicators, strict=True):
        if name != f"indicators/{indicator.id}.toml":
            raise PolicyError(f"{name}: id: the file must be named after its id, {indicator.id}.")
        for case in indicator.points:
            if case not in indicator.sentences:
                raise PolicyError(f"{name}: sentences.{case}: a case that earns points needs a sentence.")
    return {indicator.id: indicator for indicator in indicators}
