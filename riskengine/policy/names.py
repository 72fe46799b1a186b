"""The policy of step `names`."""

from __future__ import annotations

from riskengine.policy.files import Folder, Strict


class NamesPolicy(Strict):
    """What `riskengine.names` is told."""

    @classmethod
    def load(cls, folder: Folder) -> NamesPolicy:
        """Read the files of this step."""
        return cls()
