"""The policy of step `statements`."""

from __future__ import annotations

from riskengine.policy.files import Folder, Strict


class StatementsPolicy(Strict):
    """What `riskengine.statements` is told."""

    @classmethod
    def load(cls, folder: Folder) -> StatementsPolicy:
        """Read the files of this step."""
        return cls()
