"""Indicators: one TOML file each, with the question, and for each case its outcome, sentence and points."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from riskengine.errors import PolicyError
from riskengine.policy.files import Figure, Folder, Pattern, Strict

FIGURES = ("value", "threshold", "detail", "register", "record", "snapshot_date")
"""What a sentence can name in braces."""

FLOOR = "floor "
"""Thresholds of `price` named "floor <sector> <unit>" are the least prices (£) that a council holds possible."""


class Points(Figure):
    """Points of a raised case. `weak` marks a question to ask, never enough to change a band by itself."""

    value: float = Field(ge=0, multiple_of=1)
    weak: bool = False


class Case(Strict):
    """One answer an indicator can give: its outcome, and the sentence with its figures in braces.

    The figures are those of FIGURES, a finding's columns. Only raised cases earn points.
    """

    outcome: Literal["raised", "clear", "not_checked"]
    sentence: str
    points: Points | None = None

    @field_validator("sentence")
    @classmethod
    def _figures_are_there(cls, sentence: str) -> str:
        for name in re.findall(r"\{(\w+)", sentence):
            if name not in FIGURES:
                raise ValueError(f"{{{name}}} is no figure of a finding; there are {', '.join(FIGURES)}")
        return sentence

    @model_validator(mode="after")
    def _points_only_when_raised(self) -> Self:
        if self.points is not None and self.outcome != "raised":
            raise ValueError("only a raised case may earn points")
        return self


class IndicatorPolicy(Strict):
    """One indicator: what it asks, of what, why, and every answer it can give.

    `group` is the group of risk characteristics of PPN 009 that informed it, or "record" where it is about the
    record itself. `version` is raised when its meaning changes. `thresholds` are the figures it compares with,
    `words` its word lists (regular expressions, case ignored). What the words of a list `own_...` tell, the level of
    the sectors in `own_sectors` counts already. `flags` lets a raised finding flag the supplier whatever its band.
    """

    id: str
    version: int
    title: str
    question: str
    subject: Literal["line", "purchase", "supplier"]
    group: Literal["industry", "workforce", "location", "context", "commodity", "business model", "record"]
    why: str
    source: str
    flags: bool = False
    thresholds: dict[str, Figure] = Field(default_factory=dict)
    words: dict[str, list[Pattern]] = Field(default_factory=dict)
    own_sectors: list[str] = Field(default_factory=list)
    cases: dict[str, Case]

    def pattern(self, *names: str) -> str:
        """One regular expression that finds any word of these lists, case ignored; of empty lists, none."""
        return "(?i)" + ("|".join(f"(?:{word})" for name in names for word in self.words[name]) or r"\b\B")


def load_indicators(folder: Folder) -> dict[str, IndicatorPolicy]:
    """Read every file under indicators/, in the order of their names. Raises PolicyError."""
    indicators: dict[str, IndicatorPolicy] = {}
    for name in folder.names("indicators/"):
        indicator = folder.toml(name, IndicatorPolicy)
        if name != f"indicators/{indicator.id}.toml":
            raise PolicyError(f"{name}: id: the file must be named after its id, {indicator.id}.")
        indicators[indicator.id] = indicator
    return indicators


def check_own_sectors(indicators: Mapping[str, IndicatorPolicy], sectors: Collection[str]) -> None:
    """Raise PolicyError where one of an indicator's own sectors is none: its words would count twice."""
    for indicator in indicators.values():
        for sector in indicator.own_sectors:
            if sector not in sectors:
                raise PolicyError(f'indicators/{indicator.id}.toml: own_sectors: "{sector}" is not in sectors.csv.')


def check_floors(indicators: Mapping[str, IndicatorPolicy], sectors: Collection[str], units: Collection[str]) -> None:
    """Raise PolicyError where a floor names a sector or unit that no line can have: it would never be looked at."""
    for indicator in indicators.values():
        for name in indicator.thresholds:
            if not name.startswith(FLOOR):
                continue
            sector, _, unit = name.removeprefix(FLOOR).partition(" ")
            if sector not in sectors or unit not in units:
                raise PolicyError(
                    f'indicators/{indicator.id}.toml: thresholds."{name}": a floor is named "floor", a sector of '
                    f'sectors.csv and a unit of lines_units.csv, such as "floor care_home_care hour".'
                )
