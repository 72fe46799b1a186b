"""Is this the kind of work that is often low paid, seasonal, at night or out of sight?"""

from __future__ import annotations

import polars as pl

from riskengine.indicators import wording
from riskengine.policy import Policy
from riskengine.schemas import Evidence


def ask(evidence: Evidence, policy: Policy) -> pl.DataFrame:
    """One answer a purchase, with the words that were found."""
    return wording.find(evidence, policy.indicators["low_paid_work"], "work", "stated")
