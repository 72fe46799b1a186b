"""Bands: from points to high, medium, low or unknown, and which lines are flagged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from riskengine.errors import PolicyError
from riskengine.policy.files import Figure, Folder, Strict
from riskengine.policy.indicators import IndicatorPolicy


class BandsPolicy(Strict):
    """Thresholds in points, inclusive. All points but those of weak evidence are whole steps of `step` points."""

    high: Figure
    medium: Figure
    step: Figure
    flagged_band: Literal["high", "medium", "low"]

    @classmethod
    def load(cls, folder: Folder) -> BandsPolicy:
        """Read bands.toml."""
        return folder.toml("bands.toml", cls)

    def check(self, indicators: Mapping[str, IndicatorPolicy]) -> None:
        """Refuse points by which weak evidence alone could move a line to another band.

        All points and thresholds are whole steps, except those marked weak, which together stay below one step.
        """
        step = self.step.value
        if step <= 0:
            raise PolicyError("bands.toml: step: a step is more than 0 points.")
        for name, figure in (("high", self.high), ("medium", self.medium)):
            if figure.value % step:
                raise PolicyError(f"bands.toml: {name}: {figure.value:g} is not a whole number of steps of {step:g}.")
        if self.medium.value > self.high.value:
            raise PolicyError("bands.toml: medium: the threshold lies above that of high.")
        weak = sum(self._check_points(indicator) for indicator in indicators.values())
        if weak >= step:
            raise PolicyError(
                f"bands.toml: step: weak evidence adds up to {weak:g} points, not less than one step of {step:g}."
            )

    def _check_points(self, indicator: IndicatorPolicy) -> float:
        """Check one indicator's points; returns the most that its weak cases can add."""
        given = {name: case.points for name, case in indicator.cases.items() if case.points is not None}
        for name, points in given.items():
            if not points.weak and points.value % self.step.value:
                raise PolicyError(
                    f"indicators/{indicator.id}.toml: cases.{name}.points: {points.value:g} is not a whole number of "
                    f"steps of {self.step.value:g}; mark it weak = true if it is only a question to ask."
                )
        return max((points.value for points in given.values() if points.weak), default=0.0)
