"""Step 6: what was bought, on what evidence, and how risky that market is.

The first evidence that names a sector decides, in this order: CPV code, ProClass heading, words of the description,
the council's own category and department beside them, the supplier's SIC code, its sector in the statement registry,
words of its name. What else fits is kept as a conflict.
"""

from __future__ import annotations

import dataframely as dy
import polars as pl

from riskengine.policy import Policy
from riskengine.policy.sectors import UNKNOWN, SectorsPolicy
from riskengine.schemas import BASES, LEVELS, Matches, Sectors, StatementRegister, SuppliersFound
from riskengine.sectors import codes, headings, reading, registry


def classify(
    found: SuppliersFound, matches: dy.DataFrame[Matches], register: StatementRegister | None, policy: Policy
) -> dy.DataFrame[Sectors]:
    """Give each purchase a sector, in the order of the purchases."""
    names = found.suppliers.filter(~pl.col("personal")).select("supplier_id", "name")
    said = registry.sectors(matches, register, policy.sectors)
    bought = found.purchases.join(names, on="supplier_id", how="left", maintain_order="left")
    bought = bought.join(said, on="supplier_id", how="left", maintain_order="left")
    return Sectors.validate(_choose(_answers(bought, policy.sectors), policy.sectors), cast=True)


def classify_texts(title: pl.Series, description: pl.Series, policy: SectorsPolicy) -> pl.DataFrame:
    """What the words alone say: columns sector, level, evidence, confidence, in the order of the texts."""
    whole = pl.select(pl.concat_str(title.fill_null(""), description.fill_null(""), separator=" ")).to_series()
    answers = (
        whole.alias("text")
        .to_frame()
        .join(reading.decide(whole.unique(), policy), on="text", how="left", maintain_order="left")
    )
    return _levelled(answers, policy).select("sector", "level", "evidence", pl.col("confidence").fill_null(0.0))


def _answers(bought: pl.DataFrame, policy: SectorsPolicy) -> pl.DataFrame:
    """Per purchase the columns <basis>_sector, <basis>_evidence and <basis>_confidence of every basis."""
    for basis, table in _by_cell(bought, policy).items():
        named = table.rename({column: f"{basis}_{column}" for column in ("sector", "evidence", "confidence")})
        column = "description" if basis == "text" else basis
        bought = bought.join(named, left_on=column, right_on="text", how="left", maintain_order="left")
    return reading.add_context(bought, policy)


def _by_cell(bought: pl.DataFrame, policy: SectorsPolicy) -> dict[str, pl.DataFrame]:
    """What each distinct cell says by itself: columns text, sector, evidence, confidence."""
    trust = policy.settings.confidence
    return {
        "cpv": codes.classify(bought["cpv"], policy.of_scheme("cpv"), trust["cpv"].value),
        "proclass": headings.classify(bought["proclass"], policy.headings, trust["proclass"].value),
        "text": reading.decide(bought["description"].drop_nulls().unique(), policy),
        "sic": codes.classify(bought["sic"], policy.of_scheme("sic"), trust["sic"].value),
    }


def _choose(answers: pl.DataFrame, policy: SectorsPolicy) -> pl.DataFrame:
    """The first basis that names a sector decides."""
    given = [basis for basis in BASES if basis != "none"]
    chosen = answers.with_columns(
        sector=pl.coalesce([f"{basis}_sector" for basis in given]),
        evidence=pl.coalesce([f"{basis}_evidence" for basis in given]),
        confidence=pl.coalesce([f"{basis}_confidence" for basis in given]).fill_null(0.0),
        basis=pl.coalesce([_when(basis) for basis in given] + [pl.lit("none")]),
    )
    conflicts = [_conflict(basis) for basis in given]
    chosen = chosen.with_columns(conflict=pl.concat_str(conflicts, separator="; ", ignore_nulls=True))
    chosen = chosen.with_columns(pl.col("conflict").replace("", None))
    return _levelled(chosen, policy).select(Sectors.column_names())


def _when(basis: str) -> pl.Expr:
    return pl.when(pl.col(f"{basis}_sector").is_not_null()).then(pl.lit(basis))


def _conflict(basis: str) -> pl.Expr:
    """ "cleaning by text (window, clean)" where this basis names another sector than the one chosen."""
    other = pl.col(f"{basis}_sector")
    return pl.when(other.is_not_null() & (other != pl.col("sector"))).then(
        pl.concat_str(other, pl.lit(f" by {basis} ("), pl.col(f"{basis}_evidence"), pl.lit(")"))
    )


def _levelled(answers: pl.DataFrame, policy: SectorsPolicy) -> pl.DataFrame:
    levels = {sector.id: sector.level for sector in policy.sectors}
    return answers.with_columns(pl.col("sector").fill_null(UNKNOWN)).with_columns(
        level=pl.col("sector").replace_strict(levels, default=UNKNOWN).cast(pl.Enum(LEVELS))
    )
