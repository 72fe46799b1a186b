"""The fictional registers that ship with the product: copies like any other, marked as sample."""

from __future__ import annotations

from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent
"""The statement registry's snapshot folder, for `statement_registry.load`."""

COMPANIES_HOUSE = FOLDER / "companies_house"
"""The snapshot folder of Companies House data, for `companies_house.load`."""

LISTED = date(2020, 11, 1)
"""The day of the list of organisations presumed in scope."""

PRESUMED_IN_SCOPE = FOLDER / "presumed_in_scope" / f"{LISTED.isoformat()}.csv"
"""That list, for `presumed_in_scope.load`."""
