"""The fictional statement registry that ships with the product: a snapshot folder like any other, marked as sample."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
"""The snapshot folder, for `statement_registry.load`."""
