"""The policy of step `lines`."""

from __future__ import annotations

from riskengine.policy.files import Folder, Strict


class LinesPolicy(Strict):
    """What `riskengine.lines` is told."""

    @classmethod
    def load(cls, folder: Folder) -> LinesPolicy:
        """Read the files of this step."""
        return cls()
