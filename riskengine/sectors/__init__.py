"""Step 6: what was bought, on what evidence, and how risky that market is.

The first evidence that names a sector decides, in this order: CPV code, ProClass heading, words of the description,
the council's own category and department beside them, the supplier's SIC codes (of the list, else of Companies House),
its sector in the statement registry, words of its name. What else fits is kept as a conflict.
"""

from __future__ import annotations

import dataframely as dy
import polars as pl

from riskengine.policy import Policy
from riskengine.policy.sectors import UNKNOWN, SectorsPolicy
from riskengine.schemas import BASES, LEVELS, Companies, Matches, Sectors, StatementRegister, SuppliersFound
from riskengine.sectors import codes, headings, reading, registry, rows, words
from riskengine.sectors.reading import explain

GIVEN = [basis for basis in BASES if basis != "none"]

WIDE = ("category", "register")
"""Evidence in wide terms: a council's kinds of spending, and what a supplier's group says of itself in the registry."""

TIPPING = ["department"]
"""Fields that tip the scales between sectors but do not decide: many things are bought by one department. Beside the
name all other fields only tip: they have been asked before whether they decide."""

_TOLD = ["sector", "evidence", "confidence"]


def classify(
    found: SuppliersFound,
    matches: dy.DataFrame[Matches],
    register: StatementRegister | None,
    companies: dy.DataFrame[Companies],
    policy: Policy,
) -> dy.DataFrame[Sectors]:
    """Give each purchase a sector, in the order of the purchases.

    Where the list gives no SIC code, those of the supplier's row of `companies` (Companies House) stand in for it.
    """
    names = found.suppliers.filter(~pl.col("personal")).select("supplier_id", "name")
    said = registry.sectors(matches, register, policy.sectors)
    bought = found.purchases.join(names, on="supplier_id", how="left", maintain_order="left")
    bought = bought.join(said, on="supplier_id", how="left", maintain_order="left")
    bought = _with_listed_sic(bought, found, companies)
    for read in (_read_codes, _read_words):
        bought = read(bought, policy.sectors)
    return Sectors.validate(_choose(bought, policy.sectors), cast=True)


def classify_texts(titles: pl.Series, descriptions: pl.Series, policy: SectorsPolicy) -> pl.DataFrame:
    """What titles and descriptions say by themselves: columns sector, level, evidence, confidence, in their order."""
    asked = pl.DataFrame({"title": titles.cast(pl.String), "description": descriptions.cast(pl.String)})
    number = rows.numbers(asked)
    first = number.arg_unique()
    each = asked[first]
    parts = reading.whole(each["title"], each["description"], policy)
    decided = reading.decide(parts, words.model(policy), policy, policy.settings.minimum_sum.value)
    subjects = number[first].to_frame().with_row_index("subject")
    told = subjects.join(decided, on="subject", how="left", maintain_order="left")
    whole = _levelled(told, policy).with_columns(pl.col("confidence").fill_null(0.0))
    return rows.found(number, whole).select("sector", "level", "evidence", "confidence")


def _with_listed_sic(bought: pl.DataFrame, found: SuppliersFound, companies: dy.DataFrame[Companies]) -> pl.DataFrame:
    """The purchases, with the codes that Companies House lists where the list has none."""
    codes_of = companies.select("company_number", listed_sic=pl.col("sic").list.join(" ").replace("", None))
    listed = found.suppliers.select("supplier_id", "company_number").join(codes_of, on="company_number")
    joined = bought.join(listed.drop("company_number"), on="supplier_id", how="left", maintain_order="left")
    return joined.with_columns(sic=pl.coalesce("sic", "listed_sic")).drop("listed_sic")


def _read_codes(bought: pl.DataFrame, policy: SectorsPolicy) -> pl.DataFrame:
    """Add what CPV, ProClass and SIC say."""
    trust = {scheme: figure.value for scheme, figure in policy.settings.confidence.items()}
    tables = {
        "cpv": codes.classify(bought["cpv"], policy.of_scheme("cpv"), trust["cpv"]),
        "proclass": headings.classify(bought["proclass"], policy.headings, trust["proclass"]),
        "sic": codes.classify(bought["sic"], policy.of_scheme("sic"), trust["sic"]),
    }
    for basis, table in tables.items():
        bought = _add(bought, table.rename({"text": basis}), basis, [basis])
    return bought


def _read_words(bought: pl.DataFrame, policy: SectorsPolicy) -> pl.DataFrame:
    """Add what description, category and department, and name say.

    A description that does not decide by itself is read again beside category and department, and then the name.
    """
    model, settings = words.model(policy), policy.settings
    least, shares = settings.minimum_sum.value, {field: figure.value for field, figure in settings.shares.items()}
    asked = {"description": 1.0}
    bought = _add(bought, _read(bought, asked, least, model, policy), "text", ["description"])
    bought = bought.with_columns(unsaid=pl.when(pl.col("text_sector").is_null()).then("description"))
    asked = {"unsaid": 1.0, "category": shares["category"], "department": shares["department"]}
    bought = _add(bought, _read(bought, asked, least, model, policy), "category", list(asked))
    asked |= {"name": shares["name"]}
    silent = bought.filter(pl.col("text_sector").is_null())
    told = _read(silent, asked, settings.name_minimum_sum.value, model.unfitted(), policy)
    return _yield_to_names(_add(bought, told, "name", list(asked)), policy)


def _yield_to_names(bought: pl.DataFrame, policy: SectorsPolicy) -> pl.DataFrame:
    """Wide evidence is a conflict only where the name speaks for another sector, one watched or found beside building.

    Names of sectors `beside_building` speak against headings of building work (`building`), not against others.
    """
    name, settings = pl.col("name_sector"), policy.settings
    told, silenced = [], []
    for basis in WIDE:
        beside = name.is_in(settings.beside_building) & pl.col(f"{basis}_sector").is_in(settings.building)
        decides = (name.is_in(settings.watched) | beside) & (name != pl.col(f"{basis}_sector"))
        told.append(pl.when(decides).then(_conflict(basis, "name_sector")))
        kept = pl.col(f"^{basis}_(sector|evidence|confidence)$")
        silenced.append(pl.when(decides.fill_null(False)).then(None).otherwise(kept).name.keep())
    outvoted = bought.with_columns(outvoted=pl.concat_str(told, separator="; ", ignore_nulls=True).replace("", None))
    return outvoted.with_columns(silenced)


def _read(
    bought: pl.DataFrame, shares: dict[str, float], least: float, model: words.Model, policy: SectorsPolicy
) -> pl.DataFrame:
    """What the fields of `shares` say together: those fields (each distinct set once), sector, evidence, confidence."""
    distinct = rows.distinct(bought.select(shares.keys())).with_row_index("subject")
    full = policy.settings.shares["title_words"].value
    tipping = set(shares) - {"name"} if "name" in shares else TIPPING
    asked = {field: (share, field in tipping) for field, share in shares.items()}
    parts = [reading.part(distinct[field], share, full, tips=tips) for field, (share, tips) in asked.items()]
    decided = reading.decide(reading.together(parts), model, policy, least)
    return distinct.join(decided, on="subject", maintain_order="left").drop("subject")


def _add(bought: pl.DataFrame, told: pl.DataFrame, basis: str, on: list[str]) -> pl.DataFrame:
    """Add sector, evidence and confidence as columns that bear the name of their basis."""
    named = told.rename({name: f"{basis}_{name}" for name in _TOLD})
    return rows.beside(bought, named, on)


def _choose(told: pl.DataFrame, policy: SectorsPolicy) -> pl.DataFrame:
    """The first basis that names a sector decides; the others that name another are conflicts."""
    chosen = told.with_columns(
        *[pl.coalesce([f"{basis}_{name}" for basis in GIVEN]).alias(name) for name in _TOLD],
        basis=pl.coalesce([_when(basis) for basis in GIVEN] + [pl.lit("none")]),
    )
    others = [*[_conflict(basis, "sector") for basis in GIVEN], pl.col("outvoted")]
    conflicts = pl.concat_str(others, separator="; ", ignore_nulls=True)
    chosen = chosen.with_columns(pl.col("confidence").fill_null(0.0), conflict=conflicts.replace("", None))
    return _levelled(chosen, policy).select(Sectors.column_names())


def _when(basis: str) -> pl.Expr:
    return pl.when(pl.col(f"{basis}_sector").is_not_null()).then(pl.lit(basis))


def _conflict(basis: str, chosen: str) -> pl.Expr:
    """ "cleaning by text (window, clean)" where this basis names another sector than the one chosen."""
    other = pl.col(f"{basis}_sector")
    return pl.when(other.is_not_null() & (other != pl.col(chosen))).then(
        pl.concat_str(other, pl.lit(f" by {basis} ("), pl.col(f"{basis}_evidence"), pl.lit(")"))
    )


def _levelled(told: pl.DataFrame, policy: SectorsPolicy) -> pl.DataFrame:
    levels = {sector.id: sector.level for sector in policy.sectors}
    return told.with_columns(pl.col("sector").fill_null(UNKNOWN)).with_columns(
        level=pl.col("sector").replace_strict(levels, default=UNKNOWN, return_dtype=pl.Enum(LEVELS))
    )


__all__ = ["classify", "classify_texts", "explain"]
