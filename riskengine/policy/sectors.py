"""The policy of step `sectors`."""

from __future__ import annotations

from riskengine.policy.files import Folder, Strict


class SectorsPolicy(Strict):
    """What `riskengine.sectors` is told."""

    @classmethod
    def load(cls, folder: Folder) -> SectorsPolicy:
        """Read the files of this step."""
        return cls()
