"""What the values of a column look like: money, dates, words or codes."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from riskengine.policy.lines import LinesPolicy

MONEY = (
    r"^[\s(\-−–+]*(?:£|œ|�|Â£|GBP|gbp|\?)?[\s(\-−–+]*\d[\d,.\s']*(?:[km]|bn|million|CR|DR|cr|dr)?\s*"
    r"[)\-−]?\s*(?:£|GBP)?\s*$"
)
DATE = (
    r"(?i)^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?[\s/.\-]+(?:\d{1,2}|[a-z]{3,9})[\s/.,\-]+\d{2,4}|\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}"
    r"|[a-z]{3,9}[\s/.\-]+(?:\d{1,2},?\s+)?'?\d{2,4}|\d{1,2}[/\-]\d{4})(?:[\sT]+\d{1,2}:.*)?$"
)
_SERIAL = r"^(?:[34]\d{4}(?:\.\d+)?|(?:19|20)\d{4}(?:\d{2})?)$"
_LETTERS = r"[A-Za-z]{2}"
_CODE = r"\d{5,}"
_NUMBERED = r"\d"
_PRICED = r"(?i)^[£œ�]?\s*\d[\d,.]*\s*(?:(?:per|an?|/|@)\s*)?[a-z]{1,7}\.?$"
_PER = r"^(?:per |/)|\.$"
_POSTCODE = r"(?i)^[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}$"


@dataclass(frozen=True)
class Looks:
    """Shares (0 to 1) of the values looked at; `count` is how many there were, `length` their mean length."""

    count: int
    money: float = 0.0
    dates: float = 0.0
    serials: float = 0.0
    words: float = 0.0
    codes: float = 0.0
    numbered: float = 0.0
    postcodes: float = 0.0
    units: float = 0.0
    priced: float = 0.0
    length: float = 0.0


def of(values: pl.Series, policy: LinesPolicy) -> Looks:
    """Look at the first values that are not blank, as many as the policy wants."""
    most = int(policy.settings.sample_values.value)
    sample = values.drop_nulls().head(most * 4).str.strip_chars()
    sample = sample.filter(sample != "").head(most)
    if not len(sample):
        return Looks(0)
    dates = sample.str.contains(DATE)
    lengths = sample.str.len_chars().mean()
    return Looks(
        count=len(sample),
        money=_share(sample.str.contains(MONEY)),
        dates=_share(dates),
        serials=_share(sample.str.contains(_SERIAL)),
        words=_share(sample.str.contains(_LETTERS) & ~dates),
        codes=_share(sample.str.contains(_CODE)),
        numbered=_share(sample.str.contains(_NUMBERED)),
        postcodes=_share(sample.str.contains(_POSTCODE)),
        priced=_share(sample.str.contains(MONEY) | sample.str.contains(_PRICED)),
        units=_share(sample.str.to_lowercase().str.replace_all(_PER, "").is_in(list(policy.units))),
        length=float(lengths) if isinstance(lengths, int | float) else 0.0,
    )


def _share(mask: pl.Series) -> float:
    return float(mask.sum()) / len(mask)


def fit(field: str, looks: Looks) -> tuple[float, str]:
    """How well (0 to 1) values with these looks go with a field, and what the officer is told of them."""
    share, what = {
        "amount": (looks.money, "are amounts"),
        "rate": (looks.priced, "are prices"),
        "quantity": (looks.priced, "are numbers"),
        "unit": (looks.units, "are units"),
        "date": (max(looks.dates, looks.serials), "are dates"),
        "start": (max(looks.dates, looks.serials), "are dates"),
        "end": (max(looks.dates, looks.serials), "are dates"),
        "period": (looks.numbered, "hold numbers"),
        "reference": (looks.numbered, "hold numbers"),
        "postcode": (looks.postcodes, "are postcodes"),
        "cpv": (looks.codes, "hold a code"),
        "sic": (looks.codes, "hold a code"),
        "company_number": (looks.codes, "hold a code"),
        "charity_number": (looks.codes, "hold a code"),
        "vat_number": (looks.codes, "hold a code"),
        "none": (1.0, "were not asked for"),
    }.get(field, (looks.words, "are words"))
    return share, f"{share:.0%} of the values {what}"
