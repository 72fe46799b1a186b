"""Step 7: every indicator is asked, and each answer is kept with its figures. One function makes the sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import dataframely as dy
import polars as pl

from riskengine.indicators import INDICATORS
from riskengine.policy import Policy
from riskengine.policy.indicators import IndicatorPolicy
from riskengine.schemas import OUTCOMES, SUBJECTS, Evidence, Findings

_PLACEHOLDER = re.compile(r"\{(\w+(?::money)?)\}")
_FIGURES = ["value", "threshold", "detail", "register", "record"]


def ask(evidence: Evidence, policy: Policy) -> dy.DataFrame[Findings]:
    """Ask every indicator of every subject it is about; one row an answer, in the order of the indicators."""
    copies = [facts for facts in (evidence.register, evidence.company_register) if facts is not None]
    days = {facts.name: facts.date for facts in copies}
    answers = [
        _finding(INDICATORS[name](evidence, policy), indicator, days) for name, indicator in policy.indicators.items()
    ]
    return Findings.validate(pl.concat([Findings.create_empty(), *answers]), cast=True)


def sentences(findings: pl.DataFrame, indicators: Mapping[str, IndicatorPolicy]) -> pl.Series:
    """The finished sentence of each finding, in the order of `findings` (needs its indicator, case and figures)."""
    numbered = findings.with_row_index("position").with_columns(pl.col("snapshot_date").dt.strftime("%-d %B %Y"))
    parts = [
        group.select("position", _sentence(indicators[str(indicator)].cases[str(case)].sentence).alias("sentence"))
        for (indicator, case), group in numbered.group_by("indicator", "case", maintain_order=True)
    ]
    empty = pl.DataFrame(schema={"position": pl.UInt32, "sentence": pl.String})
    return pl.concat([empty, *parts]).sort("position").get_column("sentence")


def _finding(answers: pl.DataFrame, indicator: IndicatorPolicy, days: Mapping[str, date]) -> pl.DataFrame:
    """An indicator's answers with what the policy says of each case, and the day of the copy each rests on."""
    missing = [pl.lit(None, pl.String).alias(name) for name in _FIGURES if name not in answers.columns]
    cases = pl.DataFrame(
        [(name, case.outcome, int(case.points.value) if case.points else 0) for name, case in indicator.cases.items()],
        schema={"case": pl.String, "outcome": pl.Enum(OUTCOMES), "points": pl.Int32},
        orient="row",
    )
    return (
        answers.with_columns(missing)
        .join(cases, on="case", how="left", maintain_order="left")
        .with_columns(
            pl.lit(indicator.subject, pl.Enum(SUBJECTS)).alias("subject"),
            pl.lit(indicator.id).alias("indicator"),
            pl.col("register").replace_strict(days, default=None, return_dtype=pl.Date).alias("snapshot_date"),
        )
        .select(Findings.column_names())
    )


def _sentence(template: str) -> pl.Expr:
    """A template as an expression over the figures; a figure that is missing reads "not known"."""
    pieces = _PLACEHOLDER.split(template)
    return pl.concat_str(
        pl.lit(piece) if position % 2 == 0 else _figure(piece).fill_null("not known")
        for position, piece in enumerate(pieces)
    )


def _figure(placeholder: str) -> pl.Expr:
    """A finding's figure as text; `:money` groups the digits of whole £ by thousands ("£1,240,000.00")."""
    name, _, form = placeholder.partition(":")
    if not form:
        return pl.col(name)
    whole = pl.col(name).str.extract(r"^(-?\d+)").str.reverse().str.replace_all(r"(\d{3})", "$1,").str.reverse()
    pence = pl.col(name).str.extract(r"(\.\d+)$").fill_null("")
    return pl.concat_str(pl.lit("£"), whole.str.replace(r"^(-?),", "$1"), pence)
