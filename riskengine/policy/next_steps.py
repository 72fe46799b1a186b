"""Next steps: what a council may do, by band and kind of body."""

from __future__ import annotations

from datetime import date
from typing import Literal

from riskengine.policy.files import Folder, Strict


class NextStep(Strict):
    """A proportionate step for suppliers of these bands; `kinds` empty means every kind of body."""

    bands: list[Literal["high", "medium", "low", "unknown"]]
    kinds: list[str]
    text: str
    why: str
    source: str
    since: date


class NextStepsPolicy(Strict):
    """The steps in the order in which they are shown."""

    steps: list[NextStep]

    @classmethod
    def load(cls, folder: Folder) -> NextStepsPolicy:
        """Read next_steps.toml."""
        return folder.toml("next_steps.toml", cls)

    def of(self, band: str, kind: str) -> list[NextStep]:
        """The steps for a supplier of this band and kind of body."""
        return [step for step in self.steps if band in step.bands and (not step.kinds or kind in step.kinds)]
