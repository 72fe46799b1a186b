"""Does the wording name goods whose supply chains are known for forced labour?"""

from __future__ import annotations

import polars as pl

from riskengine.indicators import wording
from riskengine.policy import Policy
from riskengine.schemas import Evidence


def ask(evidence: Evidence, policy: Policy) -> pl.DataFrame:
    """One answer a purchase, with the words that were found."""
    return wording.find(evidence, policy.indicators["at_risk_goods"], "goods", "named")
