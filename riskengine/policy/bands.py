"""Bands: from points to high, medium, low or unknown, and which lines are flagged."""

from __future__ import annotations

from collections.abc import Mapping

from riskengine.errors import PolicyError
from riskengine.policy.files import Figure, Folder, Strict
from riskengine.policy.indicators import IndicatorPolicy


class BandsPolicy(Strict):
    """Thresholds in points, inclusive. All points but those of weak evidence are whole steps of `step` points."""

    high: Figure
    medium: Figure
    step: Figure
    flagged_band: str

    @classmethod
    def load(cls, folder: Folder) -> BandsPolicy:
        """Read bands.toml."""
        return folder.toml("bands.toml", cls)

    def check(self, indicators: Mapping[str, IndicatorPolicy]) -> None:
        """Refuse points by which weak evidence alone could move a line to another band.

        All points and thresholds are whole steps, except those marked weak, which together stay below one step.
        """
        step = self.step.value
        for name, figure in (("high", self.high), ("medium", self.medium)):
            if figure.value % step:
                raise PolicyError(f"bands.toml: {name}: {figure.value:g} is not a whole number of steps of {step:g}.")
        if self.medium.value > self.high.value:
            raise PolicyError("bands.toml: medium: the threshold lies above that of high.")
        weak = 0.0
        for indicator in indicators.values():
            for case, points in indicator.points.items():
                if not points.weak and points.value % step:
                    raise PolicyError(
                        f"indicators/{indicator.id}.toml: points.{case}: {points.value:g} is not a whole number of "
                        f"steps of {step:g}; mark it weak = true if it is only a question to ask."
                    )
            weak += max((points.value for points in indicator.points.values() if points.weak), default=0)
        if weak >= step:
            raise PolicyError(
                f"bands.toml: step: weak evidence adds up to {weak:g} points, not less than one step of {step:g}."
            )
