"""The columns of a sheet as the fields of a contract line: texts trimmed, money, dates and codes parsed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from riskengine.lines import amounts, codes, dates, rates
from riskengine.lines.layout import Layout
from riskengine.lines.wording import counted
from riskengine.policy.lines import LinesPolicy

TEXTS = ("description", "reference", "department", "category", "proclass")
PARSED = ("amount", "date", "start", "end", "quantity", "rate")
_FIELDS = (
    *("supplier", "amount", "date", "start", "end", "period", "title", *TEXTS, "cpv", "sic"),
    *("company_number", "charity_number", "vat_number", "postcode", "quantity", "unit", "rate", "currency", "origin"),
)

_FIRST_PART = r"^[\[\s]*([^|\]]+?)\s*(?:[|\]]|$)"
"""The name in a cell such as "[Ashdown Care Ltd|1 High Street|NONE||Yes|No]", as Contracts Finder writes suppliers."""

Texts = dict[str, pl.Series]


@dataclass(frozen=True)
class Fields:
    """`frame` has every field of a contract line, null where the sheet has none, and `<field>_text` of the parsed ones.

    `listed` is the share (0 to 1) of the filled CPV and SIC cells that hold a code of the list; `remarks` are for the
    officer.
    """

    frame: pl.DataFrame
    listed: dict[str, float]
    remarks: tuple[str, ...]


def read(body: pl.DataFrame, layout: Layout, policy: LinesPolicy) -> Fields:
    """Read every field from the rows below the headings."""
    texts = _texts(body, layout)
    texts["amount"] = amounts.with_currency(texts["amount"], texts["currency"], layout.heading("amount"))
    amount = amounts.parse(texts["amount"], policy)
    days, remarks = _dates(texts, policy)
    if "|" in layout.heading("supplier"):
        texts["supplier"] = texts["supplier"].str.extract(_FIRST_PART, 1)
        remarks.append("Of supplier cells with several parts, as [Name|Address], the first part was read as the name.")
    if amount.comma_decimals:
        remarks.append("Amounts are written with a decimal comma (1.234,50).")
    description = _described(texts["title"], texts["description"])
    numbers = _numbers(texts, policy)
    found = {"amount": amount.values, "description": description, "supplier_text": texts["supplier"]} | days | numbers
    found |= _prices(texts, layout, policy)
    found |= {field: texts[field] for field in (*TEXTS, "origin") if field != "description"}
    found |= {f"{field}_text": texts[field] for field in PARSED}
    listed = {field: _listed(texts[field], numbers[field]) for field in ("cpv", "sic") if layout.number(field)}
    return Fields(
        pl.DataFrame({name: values.rename(name) for name, values in found.items()}),
        listed,
        (*remarks, *(_unlisted(field, texts[field], numbers[field]) for field, share in listed.items() if share < 1)),
    )


def _texts(body: pl.DataFrame, layout: Layout) -> Texts:
    """The trimmed text of every field, null where blank or not held."""
    numbers = {field: layout.number(field) for field in _FIELDS}
    held = {field: pl.col(f"c{number}").str.strip_chars() for field, number in numbers.items() if number}
    trimmed = body.select(**held).select(
        pl.when(pl.col(field) != "").then(pl.col(field)).alias(field) for field in held
    )
    none = pl.select(pl.repeat(None, body.height, dtype=pl.String)).to_series()
    return {field: trimmed[field] if field in held else none.alias(field) for field in _FIELDS}


def _dates(texts: Texts, policy: LinesPolicy) -> tuple[Texts, list[str]]:
    found: Texts = {}
    remarks = []
    for field in ("date", "start", "end"):
        read = dates.parse(texts[field], policy, "last" if field == "end" else "first")
        if read.month_first:
            remarks.append(f"The dates of the {field} column have the month first, as in the United States.")
        found[field] = read.values
    if not _is_empty(texts["period"]):
        start, end = dates.period(texts["period"], policy)
        found["start"] = _first(found["start"], start)
        found["end"] = _first(found["end"], end)
    return found, remarks


def _numbers(texts: Texts, policy: LinesPolicy) -> Texts:
    """Registration numbers and codes: of their own columns, else where other text names them."""
    readers: dict[str, Callable[[pl.Series], pl.Series]] = {
        "cpv": lambda found: codes.cpv(found, policy),
        "sic": lambda found: codes.sic(found, policy),
        "company_number": lambda found: codes.company_numbers(found, policy),
        "charity_number": codes.charity_numbers,
        "vat_number": codes.vat_numbers,
        "postcode": codes.postcodes,
    }
    found = {field: texts[field] if _is_empty(texts[field]) else read(texts[field]) for field, read in readers.items()}
    for other in ("description", "title", "category"):
        if not _is_empty(texts[other]):
            found["cpv"] = _first(found["cpv"], codes.cpv_in_text(texts[other], policy))
            found["sic"] = _first(found["sic"], codes.sic_in_text(texts[other], policy))
    found["company_number"] = _first(found["company_number"], codes.company_numbers_in_text(texts["supplier"], policy))
    if not _is_empty(texts["company_number"]):
        found["charity_number"] = _first(
            found["charity_number"], codes.charity_numbers_in_text(texts["company_number"])
        )
    return found


def _prices(texts: Texts, layout: Layout, policy: LinesPolicy) -> Texts:
    """Quantity, unit and the £ of one unit; the unit of its own column, else beside the numbers, else in a heading."""
    count, rate = (rates.parse(texts[field], policy) for field in ("quantity", "rate"))
    unit = _first(_first(rates.units(texts["unit"], policy), rate.units), count.units)
    named = rates.unit_in_heading(layout.heading("rate"), policy) or rates.unit_in_heading(
        layout.heading("quantity"), policy
    )
    held = count.values.is_not_null() | rate.values.is_not_null()
    if named and held.any():
        unit = pl.select(pl.coalesce(unit, pl.when(held).then(pl.lit(named)))).to_series()
    return {"quantity": count.values, "unit": unit, "rate": rate.values}


def _described(title: pl.Series, description: pl.Series) -> pl.Series:
    """The title and what the description adds to it."""
    if _is_empty(title):
        return description
    adds = title.is_not_null() & description.is_not_null() & (title != description)
    both = title + ": " + description
    return pl.select(pl.when(adds).then(both).otherwise(pl.coalesce(description, title))).to_series()


def _listed(texts: pl.Series, codes_found: pl.Series) -> float:
    filled = int(texts.is_not_null().sum())
    return 1.0 if not filled else int((codes_found.is_not_null() & texts.is_not_null()).sum()) / filled


def _unlisted(field: str, texts: pl.Series, codes_found: pl.Series) -> str:
    lost = texts.filter(texts.is_not_null() & codes_found.is_null())
    cells = counted(len(lost), "cell")
    return f'{cells} of the {field.upper()} column without a code of the list, such as "{lost[0][:40]}".'


def _first(own: pl.Series, other: pl.Series) -> pl.Series:
    return own if _is_empty(other) else pl.select(pl.coalesce(own, other)).to_series()


def _is_empty(values: pl.Series) -> bool:
    return values.null_count() == len(values)
