"""Wording: the fixed notice, the words for each value, and the words that may never be used."""

from __future__ import annotations

from riskengine.policy.files import Folder, Strict


class WordingPolicy(Strict):
    """`notice` stands on every screen and export. `labels` give the words for each value of each column."""

    notice: str
    help: str
    evidence: str
    banned: list[str]
    labels: dict[str, dict[str, str]]

    @classmethod
    def load(cls, folder: Folder) -> WordingPolicy:
        """Read wording.toml."""
        return folder.toml("wording.toml", cls)
