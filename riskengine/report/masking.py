"""Names of likely persons are withheld before anything leaves the product, wherever in an assessment they stand.

Sole traders, carers and people paid directly stand in spending lists; their names are personal data. The place of a
name is taken by "Name withheld (P0001)", so that the lines of one person can still be seen together.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import Any

import polars as pl

from riskengine.pipeline import Assessment
from riskengine.schemas import (
    ContractLines,
    Decisions,
    Findings,
    FoundStatements,
    Headings,
    Intake,
    Purchases,
    Sectors,
    SetAside,
    Suppliers,
)

_MASKED_TEXT: dict[str, tuple[Any, list[str]]] = {
    "lines": (ContractLines, ["description", "reference", "department", "category", "extension"]),
    "set_aside": (SetAside, ["text"]),
    "headings": (Headings, ["heading"]),
    "purchases": (Purchases, ["description", "department", "category"]),
    "sectors": (Sectors, ["evidence", "conflict"]),
    "findings": (Findings, ["value", "detail"]),
    "decisions": (Decisions, ["key", "why"]),
    "found_statements": (FoundStatements, ["key"]),
}


MASKED = (*_MASKED_TEXT, "intake", "suppliers")
"""The frames in which names may stand."""


def label(supplier_id: pl.Expr) -> pl.Expr:
    """What stands in the place of a person's name."""
    return pl.concat_str(pl.lit("Name withheld ("), supplier_id, pl.lit(")"))


def withhold(assessment: Assessment) -> Assessment:
    """The same assessment without the names, numbers and postcodes of likely persons."""
    withheld = Withheld(assessment)
    if withheld.persons.is_empty():
        return assessment
    return dataclasses.replace(assessment, **{name: withheld.frame(name, getattr(assessment, name)) for name in MASKED})


class Withheld:
    """Takes the names of likely persons out of the frames of an assessment, one by one as they are asked for."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.persons = assessment.suppliers.filter("personal")
        self._hide = _hider(_spellings(self.persons))

    def frame(self, name: str, given: Any) -> Any:
        """The frame of a field of `Assessment`, or some rows of it, without the names."""
        if self.persons.is_empty() or name not in MASKED:
            return given
        if name == "suppliers":
            return Suppliers.cast(_withhold_suppliers(given))
        if name == "intake":
            return Intake.cast(given.with_columns(pl.col("notes").list.eval(self._hide(pl.element()))))
        schema, columns = _MASKED_TEXT[name]
        hidden = given.with_columns(self._hide(pl.col(column)) for column in columns)
        if name == "lines":
            hidden = _withhold_lines(hidden, self.assessment.links, self.persons)
        return schema.cast(hidden)


def _withhold_lines(lines: pl.DataFrame, links: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    personal = links.select("line_id", "supplier_id").join(persons.select("supplier_id"), on="supplier_id")
    joined = lines.join(personal, on="line_id", how="left", maintain_order="left")
    is_person = pl.col("supplier_id").is_not_null()
    return joined.with_columns(
        pl.when(is_person).then(label(pl.col("supplier_id"))).otherwise("supplier_text").alias("supplier_text"),
        pl.when(~is_person).then(pl.col("company_number", "charity_number", "vat_number", "postcode")),
    ).drop("supplier_id")


def _withhold_suppliers(suppliers: pl.DataFrame) -> pl.DataFrame:
    shown = label(pl.col("supplier_id"))
    return suppliers.with_columns(
        pl.when("personal").then(shown).otherwise("name").alias("name"),
        pl.when("personal").then(pl.concat_list(shown)).otherwise("spellings").alias("spellings"),
        pl.when("personal").then(shown).otherwise("key").alias("key"),
        pl.when(~pl.col("personal")).then(pl.col("company_number", "charity_number", "vat_number", "postcode")),
    )


def _spellings(persons: pl.DataFrame) -> dict[str, str]:
    """Each way in which a person's name may stand in a text, in small letters, and what takes its place.

    Single words are left out: a surname alone ("price", "green") is more often a word than a name.
    """
    shown = persons.select(
        label(pl.col("supplier_id")).alias("label"),
        pl.col("spellings").list.concat(pl.concat_list("name", "key")).alias("spelling"),
    ).explode("spelling")
    squeezed = shown.with_columns(_squeezed(pl.col("spelling"))).filter(pl.col("spelling").str.contains(" "))
    turned = squeezed.filter(pl.col("spelling").str.count_matches(" ") == 1).with_columns(
        pl.col("spelling").str.split(" ").list.reverse().list.join(" ")
    )
    return dict(pl.concat([squeezed, turned]).unique("spelling", keep="first").select("spelling", "label").iter_rows())


def _squeezed(text: pl.Expr) -> pl.Expr:
    return text.str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars()


def _hider(spellings: dict[str, str]) -> Callable[[pl.Expr], pl.Expr]:
    """An expression maker that takes whole names out of a text column; each distinct text is searched once."""
    names = sorted(spellings, key=len, reverse=True)

    def hide_all(texts: pl.Series) -> pl.Series:
        found = (
            pl.DataFrame({"text": texts.unique()})
            .with_columns(found=_squeezed(pl.col("text")).str.extract_many(names, overlapping=True))
            .filter(pl.col("found").list.len() > 0)
        )
        hidden = [_hide(text, named, spellings) for text, named in found.iter_rows()]
        return texts.replace(found.get_column("text"), pl.Series(hidden, dtype=pl.String))

    return lambda column: column.map_batches(hide_all, return_dtype=pl.String) if names else column


def _hide(text: str, names: list[str], spellings: dict[str, str]) -> str:
    for name in sorted(set(names), key=len, reverse=True):
        words = r"\s+".join(re.escape(word) for word in name.split())
        text = re.sub(rf"(?<!\w){words}(?!\w)", spellings[name], text, flags=re.IGNORECASE)
    return text
