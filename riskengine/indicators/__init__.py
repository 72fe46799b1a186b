"""One question a file. Each `ask(evidence, policy)` returns a frame with `subject_id`, `case` and the case's figures.

A subject that an indicator has nothing to ask of is left out. Outcome, points and sentence of each case stand in
the indicator's policy file of the same name.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from riskengine.indicators import (
    at_risk_goods,
    company_number,
    company_status,
    concentration,
    contract_ending,
    contract_value,
    labour_supply,
    low_paid_work,
    match_review,
    price,
    scope,
    sector_level,
    statement,
    statement_topics,
)
from riskengine.policy import Policy
from riskengine.schemas import Evidence

INDICATORS: dict[str, Callable[[Evidence, Policy], pl.DataFrame]] = {
    "at_risk_goods": at_risk_goods.ask,
    "company_number": company_number.ask,
    "company_status": company_status.ask,
    "concentration": concentration.ask,
    "contract_ending": contract_ending.ask,
    "contract_value": contract_value.ask,
    "labour_supply": labour_supply.ask,
    "low_paid_work": low_paid_work.ask,
    "match_review": match_review.ask,
    "price": price.ask,
    "scope": scope.ask,
    "sector_level": sector_level.ask,
    "statement": statement.ask,
    "statement_topics": statement_topics.ask,
}
