"""The policy of step `lines`: headings and what they mean, words that mark totals, and the codes that exist."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field

from riskengine.policy.files import Figure, Folder, Strict

LineField = Literal[
    "supplier",
    "amount",
    "date",
    "description",
    "title",
    "reference",
    "department",
    "category",
    "cpv",
    "proclass",
    "sic",
    "start",
    "end",
    "extension",
    "latest_end",
    "period",
    "quantity",
    "unit",
    "rate",
    "currency",
    "origin",
    "company_number",
    "charity_number",
    "vat_number",
    "postcode",
    "none",
]
"""What a column can hold. `title` goes before the description, `latest_end` is the end with every `extension`, `period`
gives start and end, `rate` is the price of one `unit`, `currency` tells amounts that are not pounds, `origin` where
goods were made; `none` is not read."""


class KnownHeading(Strict):
    """One spelling of a heading in its normal form, the field it means and how surely (0 to 100)."""

    heading: str
    field: LineField
    points: int


class HeadingWords(Strict):
    """A heading that holds all of `words` and none of `without` means `field`."""

    words: str
    field: LineField
    points: int
    without: str = ""


class Words(Strict):
    """Words in headings and cells that decide how an amount or a row is read; all in lower case."""

    why: str
    source: str
    since: date
    net: list[str]
    gross: list[str]
    yearly: list[str]
    whole_contract: list[str]
    paid: list[str]
    paid_already: list[str]
    totals: list[str]
    totals_prefix: list[str]
    totals_suffix: list[str]
    no_supplier: list[str]
    well_spelt: list[str]
    amount_words: list[str]
    with_extension: list[str]
    extension_words: list[str]
    section_prefix: list[str] = Field(min_length=1)
    section_label: list[str] = Field(min_length=1)
    section_suffix: list[str] = Field(min_length=1)
    note_prefix: tuple[str, ...] = ()
    sentence_words: tuple[str, ...] = ()


class Source(Strict):
    """Why a table is used and where it comes from."""

    why: str
    source: str
    since: date


class Codes(Source):
    """Where the lists of codes come from, and the letters a company number may start with."""

    company_prefixes: list[str]


class _Code(Strict):
    code: str


class _Abbreviation(Strict):
    short: str
    word: str


class _Unit(Strict):
    word: str
    unit: str


class _Settings(Strict):
    search_rows: Figure
    sample_values: Figure
    misspelling: Figure
    far_misspelling: Figure
    far_share: Figure
    good_fit: Figure
    gain: Figure
    gain_of_two_rows: Figure
    total_tolerance: Figure
    words_only: Figure
    words_put_right: Figure
    firms: Figure
    by_values: Figure
    in_pounds: Figure
    poor_values: Figure
    few_values: Figure
    least_points: Figure
    us_dates: Figure
    earliest_year: Figure
    latest_year: Figure
    words: Words
    tables: Source
    codes: Codes


class LinesPolicy(Strict):
    """What `riskengine.lines` is told."""

    settings: _Settings
    headings: tuple[KnownHeading, ...]
    heading_words: tuple[HeadingWords, ...]
    cpv: frozenset[str]
    sic: frozenset[str]
    units: Mapping[str, str]
    abbreviations: Mapping[str, str]

    @property
    def words(self) -> Words:
        """The word lists."""
        return self.settings.words

    @classmethod
    def load(cls, folder: Folder) -> LinesPolicy:
        """Read lines.toml and the tables lines_headings, lines_words, lines_cpv, lines_sic, lines_units and
        lines_abbreviations.
        """
        return cls(
            settings=folder.toml("lines.toml", _Settings),
            headings=folder.table("lines_headings.csv", KnownHeading),
            heading_words=folder.table("lines_words.csv", HeadingWords),
            cpv=frozenset(row.code for row in folder.table("lines_cpv.csv", _Code)),
            sic=frozenset(row.code for row in folder.table("lines_sic.csv", _Code)),
            units={row.word: row.unit for row in folder.table("lines_units.csv", _Unit)},
            abbreviations={row.short: row.word for row in folder.table("lines_abbreviations.csv", _Abbreviation)},
        )
