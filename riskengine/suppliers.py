"""Step 3: one supplier under its several spellings, what kind of body it is, and what was bought from it."""

from __future__ import annotations

import hashlib

import dataframely as dy
import polars as pl

from riskengine import names
from riskengine.policy import Policy
from riskengine.policy.suppliers import KindRule, SuppliersPolicy
from riskengine.schemas import KINDS, ContractLines, Links, Purchases, Suppliers, SuppliersFound

SPELLING = ["supplier_text", "company_number", "charity_number"]
"""What tells one way of naming a supplier from another."""

BOUGHT = ["description", "department", "category", "cpv", "proclass", "sic", "origin"]
"""What tells one purchase of a supplier from another."""


def find(lines: dy.DataFrame[ContractLines], policy: Policy) -> SuppliersFound:
    """Group the lines by supplier and by purchase.

    Spellings with the same normal form are one supplier, unless the list gives them different company numbers; other
    spellings join it by the same company number, unless more names bear that number than policy believes.
    """
    spellings = _spellings(lines, policy)
    suppliers = _suppliers(spellings, policy.suppliers)
    grouped = spellings.join(suppliers.select("group", "supplier_id"), on="group", how="left", maintain_order="left")
    linked = lines.select("line_id", *SPELLING, *BOUGHT).join(
        grouped.select(*SPELLING, "supplier_id"), on=SPELLING, how="left", nulls_equal=True, maintain_order="left"
    )
    purchases = linked.select("supplier_id", *BOUGHT).unique(maintain_order=True).with_row_index("position", offset=1)
    purchases = purchases.with_columns(
        purchase_id=pl.concat_str(pl.lit("B"), pl.col("position").cast(pl.String).str.zfill(6))
    )
    links = linked.join(purchases, on=["supplier_id", *BOUGHT], how="left", nulls_equal=True, maintain_order="left")
    return SuppliersFound(
        suppliers=Suppliers.validate(suppliers.select(Suppliers.column_names()), cast=True),
        purchases=Purchases.validate(purchases.select(Purchases.column_names())),
        links=Links.validate(links.select(Links.column_names())),
    )


def _spellings(lines: dy.DataFrame[ContractLines], policy: Policy) -> pl.DataFrame:
    """Every distinct spelling with its lines counted, its normal form, and the group it belongs to."""
    spellings = lines.group_by(SPELLING, maintain_order=True).agg(
        pl.len().alias("lines"), pl.col("vat_number", "postcode").drop_nulls().first()
    )
    keyed = spellings.with_columns(names.keys(spellings["supplier_text"], policy.names)["key"])
    trusted = pl.col("key").n_unique().over("company_number") <= policy.suppliers.names_per_number
    keyed = keyed.with_columns(number=pl.when(pl.col("company_number").is_not_null() & trusted).then("company_number"))
    only = pl.col("number").drop_nulls().unique()
    number = pl.when(only.len().over("key") == 1).then(pl.col("number").drop_nulls().first().over("key"))
    return keyed.with_columns(group=pl.coalesce("number", number, pl.lit("name ") + pl.col("key")))


def _suppliers(spellings: pl.DataFrame, policy: SuppliersPolicy) -> pl.DataFrame:
    """One row a group; its name is its commonest spelling, its numbers the first that the list gives."""
    by_use = spellings.sort("lines", "supplier_text", descending=[True, False])
    suppliers = by_use.group_by("group", maintain_order=True).agg(
        pl.col("supplier_text").first().alias("name"),
        pl.col("supplier_text").unique(maintain_order=True).alias("spellings"),
        pl.col("key").first(),
        pl.col("number").drop_nulls().first().alias("company_number"),
        pl.col("charity_number", "vat_number", "postcode").drop_nulls().first(),
    )
    suppliers = suppliers.sort("key", "group")
    suppliers = suppliers.hstack(_kinds(suppliers, policy))
    suppliers = suppliers.with_columns(personal=pl.col("kind") == "individual")
    return suppliers.with_columns(
        supplier_id=pl.when("personal")
        .then(pl.concat_str(pl.lit("P"), pl.col("personal").cum_sum().cast(pl.String).str.zfill(4)))
        .otherwise(pl.Series([_stable_id(group) for group in suppliers["group"]], dtype=pl.String))
    )


def _stable_id(group: str) -> str:
    """The same supplier has the same id in every run."""
    return "S" + hashlib.sha256(group.encode()).hexdigest()[:10]


def _kinds(suppliers: pl.DataFrame, policy: SuppliersPolicy) -> pl.DataFrame:
    """What kind of body each supplier is, with the reason: by its commonest spelling that tells."""
    spelt = suppliers.select("company_number", "charity_number", name="spellings").with_row_index("at").explode("name")
    told = spelt.select("at").hstack(_kinds_of_names(spelt, policy))
    told = told.sort("at", pl.col("kind") == "unknown", maintain_order=True)
    return told.unique("at", keep="first", maintain_order=True).drop("at")


def _kinds_of_names(spelt: pl.DataFrame, policy: SuppliersPolicy) -> pl.DataFrame:
    """The kind that each name tells, with the reason: a number decides for a company, else the first rule."""
    name = pl.col("name").str.to_uppercase().str.replace_all(r"\s+", " ").str.strip_chars()
    asked = spelt.select("company_number", "charity_number", name=name).with_columns(
        trader=pl.coalesce(pl.col("name").str.extract(policy.trading_as.pattern), "name")
    )
    asked = asked.with_columns(person=pl.coalesce(pl.col("trader").str.extract(policy.titled.pattern), "trader"))
    place = pl.coalesce(
        *[pl.when(_fits(rule)).then(pl.lit(at)) for at, rule in enumerate(policy.rules)],
        pl.lit(None, pl.Int32),
    )
    ruled = asked.with_columns(place=place, given=_given_name(policy))
    kinds = {at: rule.kind for at, rule in enumerate(policy.rules)}
    reasons = {at: rule.reason for at, rule in enumerate(policy.rules)}
    kind = pl.col("place").replace_strict(kinds, default=None, return_dtype=pl.String)
    reason = pl.col("place").replace_strict(reasons, default=None, return_dtype=pl.String)
    by_person = next(rule for rule in policy.rules if rule.kind == "individual")
    numbered = pl.col("company_number").is_not_null() & (kind.is_null() | (kind == "individual"))
    chartered = pl.col("charity_number").is_not_null() & (kind.is_null() | kind.is_in(["individual", "company"]))
    return ruled.select(
        kind=pl.when(chartered)
        .then(pl.lit("charity"))
        .when(numbered)
        .then(pl.lit("company"))
        .when(kind.is_null() & pl.col("given"))
        .then(pl.lit(by_person.kind))
        .otherwise(kind.fill_null("unknown"))
        .cast(pl.Enum(KINDS)),
        kind_reason=pl.when(chartered)
        .then(pl.lit("the list gives a charity number"))
        .when(numbered)
        .then(pl.lit("the list gives a company number"))
        .when(kind.is_null() & pl.col("given"))
        .then(pl.lit(by_person.reason))
        .otherwise(reason.fill_null("nothing in the name tells what kind of body it is")),
    )


def _fits(rule: KindRule) -> pl.Expr:
    """A person is looked for in the name of whoever trades, so that "J Smith T/A Smith Solutions" is one.

    What stands beside a name with a title is no sign of a business: "Mr J Smith - Taxis" is a person.
    """
    name, bare = ("trader", "person") if rule.kind == "individual" else ("name", "name")
    fits, exception = pl.col(name).str.contains(rule.pattern()), rule.exception()
    return fits if exception is None else fits & ~pl.col(bare).str.contains(exception)


def _given_name(policy: SuppliersPolicy) -> pl.Expr:
    """A given name before one or two other words, or after a surname and a comma, and no word that marks a business."""
    rule = next(rule for rule in policy.rules if rule.kind == "individual")
    first = pl.col("person").str.extract(r"^([A-Z]+)(?:-[A-Z]+)? (?:[A-Z]+\.? )?[A-Z][A-Z'’-]+$", 1)
    last = pl.col("person").str.extract(r"^[A-Z][A-Z'’-]+, ?([A-Z]+)(?: [A-Z]+\.?)?$", 1)
    given = pl.coalesce(first, last).is_in(sorted(policy.given_names)).fill_null(value=False)
    exception = rule.exception()
    return given if exception is None else given & ~pl.col("person").str.contains(exception)
