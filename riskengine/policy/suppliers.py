"""The policy of step `suppliers`."""

from __future__ import annotations

from riskengine.policy.files import Folder, Strict


class SuppliersPolicy(Strict):
    """What `riskengine.suppliers` is told."""

    @classmethod
    def load(cls, folder: Folder) -> SuppliersPolicy:
        """Read the files of this step."""
        return cls()
