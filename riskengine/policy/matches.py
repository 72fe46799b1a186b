"""The policy of step `matches`."""

from __future__ import annotations

from riskengine.policy.files import Folder, Strict


class MatchesPolicy(Strict):
    """What `riskengine.matches` is told."""

    @classmethod
    def load(cls, folder: Folder) -> MatchesPolicy:
        """Read the files of this step."""
        return cls()
