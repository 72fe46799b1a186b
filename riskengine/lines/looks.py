"""What the values of a column look like: money, dates, words or codes."""

from __future__ import annotations

from collections.abc import Sequence
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
    r"|[a-z]{3,9}[\s/.\-]+(?:\d{1,2},?\s+)?'?\d{2,4}|\d{1,2}[/\-]\d{4})(?:[\sT]+\d{1,2}:.*|\s*[+(].*|\s+(?:plus|with)\b.*)?$"
)
_SERIAL = r"^(?:[34]\d{4}(?:\.\d+)?|(?:19|20)\d{4}(?:\d{2})?)$"
_LETTERS = r"[A-Za-z]{2}|\b[A-Za-z][\s&]+[A-Za-z]\b"
"""Words, or initials as in B & Q, but not #N/A."""
_CODE = r"\d{5,}"
_NUMBERED = r"\d"
_PRICED = r"(?i)^[£œ�]?\s*\d[\d,.]*\s*(?:(?:per|an?|/|@)\s*)?[a-z]{1,7}\.?$"
_CURRENCY = r"(?i)^(?:[a-z]{3}|[£€$]|(?:uk |pounds? )?sterling|pounds?|euros?|us dollars?)$"
_FIRM = (
    r"(?i)(?:\b(?:ltd|limited|plc|llp|cic|l\.t\.d|council|nhs (?:foundation )?trust)|[&+] (?:sons?|co))\.?"
    r"\s*(?:\(.*\))?$"
)
_PENCE = r"[.,]\d{2}\D{0,4}$|[£œ]"
_SAME = 0.8
_FEW = 0.05
"""Share of distinct values below which a column names the same few again and again."""
_PER = r"^(?:per |/)|\.$"
_POSTCODE = r"(?i)^[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}$"


@dataclass(frozen=True)
class Looks:
    """Shares (0 to 1) of the values looked at; `count` is how many there were."""

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
    distinct: float = 0.0
    currencies: float = 0.0
    firms: float = 0.0
    pence: float = 0.0
    commonest: float = 0.0

    @property
    def alike(self) -> bool:
        """Whether nearly all values are the same, as the name of the body that publishes is."""
        return self.count >= 3 and self.commonest >= _SAME

    @property
    def several(self) -> bool:
        """Whether the values differ, as names of suppliers do and the name of the body that publishes does not."""
        return self.distinct >= _FEW


def of(columns: Sequence[pl.Series], policy: LinesPolicy) -> list[Looks]:
    """Look at the first values of each column that are not blank, all columns at once."""
    most = int(policy.settings.sample_values.value)
    samples = [_sample(values, most) for values in columns]
    texts = pl.DataFrame(
        {
            "column": pl.Series([at for at, sample in enumerate(samples) for _ in range(len(sample))], dtype=pl.UInt32),
            "text": pl.concat(samples).rename("text"),
        }
    )
    found = texts.group_by("column").agg(pl.len().alias("count"), **_shares(policy)).iter_rows(named=True)
    looked = {row.pop("column"): Looks(**row) for row in found}
    return [looked.get(at, Looks(0)) for at in range(len(samples))]


def _sample(values: pl.Series, most: int) -> pl.Series:
    sample = values.drop_nulls().head(most * 4).str.strip_chars()
    return sample.filter(sample != "").head(most).rename("")


def _shares(policy: LinesPolicy) -> dict[str, pl.Expr]:
    text = pl.col("text")
    dates = text.str.contains(DATE)
    masks = {
        "money": text.str.contains(MONEY),
        "dates": dates,
        "serials": text.str.contains(_SERIAL),
        "words": text.str.contains(_LETTERS) & ~dates,
        "codes": text.str.contains(_CODE),
        "numbered": text.str.contains(_NUMBERED),
        "postcodes": text.str.contains(_POSTCODE),
        "priced": text.str.contains(MONEY) | text.str.contains(_PRICED),
        "currencies": text.str.contains(_CURRENCY),
        "firms": text.str.contains(_FIRM),
        "pence": text.str.contains(_PENCE),
        "distinct": text.unique().len() / pl.len(),
        "units": text.str.to_lowercase().str.replace_all(_PER, "").is_in(list(policy.units)),
    }
    commonest = text.unique_counts().max() / pl.len()
    return {name: mask.mean() for name, mask in masks.items()} | {"commonest": commonest}


def fit(field: str, looks: Looks) -> tuple[float, str]:
    """How well (0 to 1) values with these looks go with a field, and what the officer is told of them."""
    share, what = {
        "amount": (looks.money, "are amounts"),
        "rate": (looks.priced, "are prices"),
        "quantity": (looks.priced, "are numbers"),
        "unit": (looks.units, "are units"),
        "currency": (looks.currencies, "are currencies"),
        "date": (max(looks.dates, looks.serials), "are dates"),
        "start": (max(looks.dates, looks.serials), "are dates"),
        "end": (max(looks.dates, looks.serials), "are dates"),
        "latest_end": (max(looks.dates, looks.serials), "are dates"),
        "extension": (max(looks.words, looks.numbered), "are words or numbers"),
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
