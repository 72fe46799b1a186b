"""The policy of step `sectors`: the sectors, the codes and headings that name them, and the words that tell them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain
from typing import Literal

from pydantic import Field

from riskengine.errors import PolicyError
from riskengine.policy.files import Figure, Folder, Strict

UNKNOWN = "unknown"
"""The sector of what no evidence tells."""


class Sector(Strict):
    """A market: how likely modern slavery is there (`level`) and how good the evidence for that is (`grade`)."""

    id: str
    name: str
    level: Literal["very_high", "high", "medium", "low"]
    grade: Literal["very_high", "high", "medium", "low"]
    kind: Literal["labour", "goods", "labour and goods", "services"]
    why: str
    source: str
    since: date


class Code(Strict):
    """Codes of a scheme that begin with `prefix` name this sector; the longest prefix decides."""

    scheme: Literal["cpv", "sic"]
    prefix: str = Field(pattern=r"^\d{2,8}$")
    sector: str
    why: str
    source: str
    since: date


class Heading(Strict):
    """A category heading that holds these beginnings of words in this order; the first row that fits decides."""

    words: str = Field(pattern=r"^[a-z0-9]+( [a-z0-9]+)*$")
    sector: str
    why: str
    source: str
    since: date


class Word(Strict):
    """A term of one to four words and what it adds to a sector's sum (below 0: what it takes away)."""

    term: str
    sector: str
    weight: float
    why: str
    source: str
    since: date


class Weight(Strict):
    """What the fit on labelled notices adds to a term's weight for a sector, or takes away."""

    term: str
    sector: str
    weight: float


class Fit(Strict):
    """How `sectors_weights.csv` was made. `scale` turns the weights of the word list into those of the model."""

    scale: float
    fitted: date
    script: str
    data: str
    data_sha256: str
    rows: int
    why: str
    source: str
    since: date


class Reading(Strict):
    """How words are read: those in `empty` are left out, those in `whole` are not shortened to a stem.

    Cells that hold one of `silent` and nothing else are not read at all. In suppliers' names the terms of `places` say
    nothing.
    """

    silent: frozenset[str]
    bought_in: frozenset[str]
    places: tuple[str, ...]
    empty: frozenset[str]
    whole: tuple[str, ...]


class Settings(Strict):
    """The figures of the step."""

    watched: tuple[str, ...]
    beside_building: tuple[str, ...]
    building: tuple[str, ...]
    confidence: dict[Literal["cpv", "proclass", "sic", "register"], Figure]
    registry: dict[str, str]
    reading: Reading
    shares: dict[Literal["title_words", "description_words", "category", "department", "name"], Figure]
    minimum_sum: Figure
    minimum_lead: Figure
    name_minimum_sum: Figure


class SectorsPolicy(Strict):
    """What `riskengine.sectors` is told."""

    settings: Settings
    sectors: tuple[Sector, ...]
    codes: tuple[Code, ...]
    headings: tuple[Heading, ...]
    words: tuple[Word, ...]
    weights: tuple[Weight, ...]
    fit: Fit

    @classmethod
    def load(cls, folder: Folder) -> SectorsPolicy:
        """Read `sectors.toml`, `sectors.csv` and the tables beside them. Raises PolicyError."""
        policy = cls(
            settings=folder.toml("sectors.toml", Settings),
            sectors=folder.table("sectors.csv", Sector),
            codes=folder.table("sectors_codes.csv", Code),
            headings=folder.table("sectors_headings.csv", Heading),
            words=folder.table("sectors_words.csv", Word),
            weights=folder.table("sectors_weights.csv", Weight),
            fit=folder.toml("sectors_fit.toml", Fit),
        )
        policy.check()
        return policy

    def of_scheme(self, scheme: str) -> tuple[Code, ...]:
        """The codes of one scheme."""
        return tuple(code for code in self.codes if code.scheme == scheme)

    def check(self) -> None:
        """Raise PolicyError where `sectors.csv` holds a sector twice, or does not hold one that a table names."""
        ids = [sector.id for sector in self.sectors]
        if twice := {id_ for id_ in ids if ids.count(id_) > 1}:
            raise PolicyError(f"sectors.csv: {', '.join(sorted(twice))}: the id stands in more than one row.")
        known = {*ids, UNKNOWN}
        for file, named in self._named():
            for sector in named:
                if sector not in known:
                    raise PolicyError(f'{file}: "{sector}" is not a sector of sectors.csv.')

    def _named(self) -> Iterable[tuple[str, Iterable[str]]]:
        settings = self.settings
        named = (settings.registry.values(), settings.watched, settings.beside_building, settings.building)
        yield "sectors.toml", chain.from_iterable(named)
        yield "sectors_codes.csv", (code.sector for code in self.codes)
        yield "sectors_headings.csv", (heading.sector for heading in self.headings)
        yield "sectors_words.csv", (word.sector for word in self.words)
        yield "sectors_weights.csv", (weight.sector for weight in self.weights)
