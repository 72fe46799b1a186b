"""The columns of a sheet as the fields of a contract line: texts trimmed, money, dates and codes parsed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import polars as pl

from riskengine.lines import amounts, codes, dates, durations, extensions, rates, scales, texts
from riskengine.lines.layout import Layout
from riskengine.lines.texts import Texts
from riskengine.lines.wording import counted
from riskengine.policy.lines import LinesPolicy

TEXTS = ("description", "reference", "department", "category", "proclass")
PARSED = ("amount", "date", "start", "end", "period", "latest_end", "quantity", "rate")
_FIELDS = (
    *("supplier", "amount", "date", "start", "end", "extension", "latest_end", "period", "title", *TEXTS, "cpv", "sic"),
    *("company_number", "charity_number", "vat_number", "postcode", "quantity", "unit", "rate", "currency", "origin"),
)

_FIRST_PART = r"^[\[\s]*([^|\]]+?)\s*(?:[|\]]|$)"
"""The name in a cell such as "[Ashdown Care Ltd|1 High Street|NONE||Yes|No]", as Contracts Finder writes suppliers."""

_OPTION = rf"\d({dates.EXTENDED})"
"""What a cell such as "31/03/2026 + 1 year" says of extensions."""

Held = dict[str, Texts]
"""The texts of each field; those of a field without a column are blank."""
Found = dict[str, pl.Series]


@dataclass(frozen=True)
class Fields:
    """`frame` has every field of a contract line, null where the sheet has none, and `<field>_text` of the parsed ones.

    `suppliers` are the texts of the supplier column as they stand there.
    `listed` is the share (0 to 1) of the filled CPV and SIC cells that hold a code of the list; `remarks` are for the
    officer.
    """

    frame: pl.DataFrame
    suppliers: Texts
    listed: dict[str, float]
    remarks: tuple[str, ...]


def read(body: pl.DataFrame, layout: Layout, policy: LinesPolicy) -> Fields:
    """Read every field from the rows below the headings."""
    held = _held(body, layout)
    money = amounts.with_currency(held["amount"].rows, held["currency"].rows, layout.heading("amount"))
    with ThreadPoolExecutor(1) as pool:
        parsed = pool.submit(amounts.parse, money, policy)
        days, remarks = _dates(held, layout, policy)
        prices = _prices(held, layout, policy)
        amount = parsed.result()
    supplier = held["supplier"]
    if "|" in layout.heading("supplier"):
        supplier = supplier.changed(lambda names: names.str.extract(_FIRST_PART, 1))
        remarks.append("Of supplier cells with several parts, as [Name|Address], the first part was read as the name.")
    if amount.comma_decimals:
        remarks.append("Amounts are written with a decimal comma (1.234,50).")
    pounds, scale = scales.in_pounds(amount.values, money, layout.heading("amount"))
    if scale:
        remarks.append(f'Amounts are given in {scale} of pounds ("{layout.heading("amount")}") and were multiplied.')
    description = _described(held["title"], held["description"])
    numbers = _numbers(held, supplier, policy)
    found = {"amount": pounds, "description": description, "supplier_text": supplier.rows} | days | numbers
    found |= prices
    found |= {field: held[field].rows for field in (*TEXTS, "origin") if field != "description"}
    found |= {f"{field}_text": held[field].rows for field in PARSED} | {"amount_text": money}
    listed = {field: _listed(held[field].rows, numbers[field]) for field in ("cpv", "sic") if layout.number(field)}
    return Fields(
        pl.DataFrame({name: values.rename(name) for name, values in found.items()}),
        held["supplier"],
        listed,
        (
            *remarks,
            *(_unlisted(field, held[field].rows, numbers[field]) for field, share in listed.items() if share < 1),
        ),
    )


def _held(body: pl.DataFrame, layout: Layout) -> Held:
    nothing = texts.nothing(body.height)
    blank = Texts(nothing, nothing, None)
    numbers = {field: layout.number(field) for field in _FIELDS}
    held = {field: body[f"c{number}"] for field, number in numbers.items() if number}
    with ThreadPoolExecutor() as pool:
        return dict.fromkeys(_FIELDS, blank) | dict(zip(held, pool.map(texts.of, held.values()), strict=True))


def _dates(held: Held, layout: Layout, policy: LinesPolicy) -> tuple[Found, list[str]]:
    rows = len(held["period"].rows)
    found: Found = {"period": texts.nothing(rows, pl.Date), "duration": texts.nothing(rows)}
    held = _with_options(held)
    found["extension"] = held["extension"].rows
    remarks = []
    for field in ("date", "start", "end", "latest_end"):
        read = dates.parse(held[field], policy, "last" if field.endswith("end") else "first")
        if read.month_first:
            named = field.replace("_", " ")
            remarks.append(f"The dates of the {named} column have the month first, as in the United States.")
        found[field] = read.values
    if not held["period"].blank:
        start, end = dates.period(held["period"], policy)
        found["period"] = start
        found["start"] = _first(found["start"], start)
        found["end"] = _first(found["end"], end)
        found, reckoned = _with_duration(found, held, layout.heading("period"), policy)
        remarks += reckoned
    if not held["extension"].blank:
        headings = layout.heading("extension"), layout.heading("end")
        later = extensions.latest_end(found["end"], held["extension"], headings, policy)
        found["latest_end"] = _first(found["latest_end"], later)
    if extensions.counted_in(layout.heading("end"), policy):
        remarks.append(f'The end dates count extensions ("{layout.heading("end")}"); the list gives no earlier end.')
    return found, remarks


def _with_options(held: Held) -> Held:
    """In a list without a column of extensions, what the cells of the ends say of them."""
    if held["end"].blank or not held["extension"].blank:
        return held
    return held | {"extension": held["end"].changed(lambda ends: ends.str.extract(_OPTION, 1).str.strip_chars(" ,()"))}


def _with_duration(found: Found, held: Held, heading: str, policy: LinesPolicy) -> tuple[Found, list[str]]:
    """The dates with the end, and the latest end, of contracts that a list without ends gives by start and duration."""
    told = durations.read(held["period"], heading, policy)
    read = pl.DataFrame({**told.to_dict(), "start": found["start"], "end": found["end"]})
    reckons = (read["months"].is_not_null() & read["start"].is_not_null() & read["end"].is_null()).fill_null(False)
    period = pl.select(pl.coalesce(found["period"], pl.when(read["months"].is_not_null()).then(read["start"])))
    found |= {"period": period.to_series()}
    if not held["end"].blank or not reckons.any():
        return found, []
    end = durations.last_day(read["start"], read["months"]).set(~reckons, None)
    duration = read["text"].set(~reckons, None)
    extended = duration.set(~read["extendable"].fill_null(False), None)
    latest = pl.select(extensions.later(end, read["further"])).to_series()
    found |= {"end": _first(found["end"], end), "duration": duration}
    found |= {"latest_end": _first(found["latest_end"], latest), "extension": _first(found["extension"], extended)}
    contracts = counted(int(reckons.sum()), "contract")
    return found, [f'{contracts}: the end was reckoned from the start and "{heading}", for the list gives no end.']


def _numbers(held: Held, supplier: Texts, policy: LinesPolicy) -> Found:
    """Registration numbers and codes: of their own columns, else where other text names them."""
    readers: dict[str, Callable[[pl.Series], pl.Series]] = {
        "cpv": lambda found: codes.cpv(found, policy),
        "sic": lambda found: codes.sic(found, policy),
        "company_number": lambda found: codes.company_numbers(found, policy),
        "charity_number": codes.charity_numbers,
        "vat_number": codes.vat_numbers,
        "postcode": codes.postcodes,
    }
    found = {field: held[field].each(read) for field, read in readers.items()}
    for other in (held[field] for field in ("description", "title", "category") if not held[field].blank):
        found["cpv"] = _first(found["cpv"], other.each(lambda named: codes.cpv_in_text(named, policy)))
        found["sic"] = _first(found["sic"], other.each(lambda named: codes.sic_in_text(named, policy)))
    in_names = supplier.each(lambda names: codes.company_numbers_in_text(names, policy))
    found["company_number"] = _first(found["company_number"], in_names)
    if not held["company_number"].blank:
        charities = held["company_number"].each(codes.charity_numbers_in_text)
        found["charity_number"] = _first(found["charity_number"], charities)
    return found


def _prices(held: Held, layout: Layout, policy: LinesPolicy) -> Found:
    """Quantity, unit and the £ of one unit; the unit of its own column, else beside the numbers, else in a heading."""
    count, rate = (rates.parse(held[field].rows, policy) for field in ("quantity", "rate"))
    unit = _first(_first(rates.units(held["unit"].rows, policy), rate.units), count.units)
    named = rates.unit_in_heading(layout.heading("rate"), policy) or rates.unit_in_heading(
        layout.heading("quantity"), policy
    )
    given = count.values.is_not_null() | rate.values.is_not_null()
    if named and given.any():
        unit = pl.select(pl.coalesce(unit, pl.when(given).then(pl.lit(named)))).to_series()
    return {"quantity": count.values, "unit": unit, "rate": rate.values}


def _described(titles: Texts, descriptions: Texts) -> pl.Series:
    """The title and what the description adds to it."""
    title, description = titles.rows, descriptions.rows
    if titles.blank:
        return description
    adds = title.is_not_null() & description.is_not_null() & (title != description)
    both = title + ": " + description
    return pl.select(pl.when(adds).then(both).otherwise(pl.coalesce(description, title))).to_series()


def _listed(given: pl.Series, codes_found: pl.Series) -> float:
    filled = int(given.is_not_null().sum())
    return 1.0 if not filled else int((codes_found.is_not_null() & given.is_not_null()).sum()) / filled


def _unlisted(field: str, given: pl.Series, codes_found: pl.Series) -> str:
    lost = given.filter(given.is_not_null() & codes_found.is_null())
    cells = counted(len(lost), "cell")
    return f'{cells} of the {field.upper()} column without a code of the list, such as "{lost[0][:40]}".'


def _first(own: pl.Series, other: pl.Series) -> pl.Series:
    return own if other.null_count() == len(other) else pl.select(pl.coalesce(own, other)).to_series()
