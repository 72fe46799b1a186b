"""The policy of step `suppliers`: what kind of body a name points to, and when one number joins several names."""

from __future__ import annotations

from datetime import date
from typing import Literal

from riskengine.policy.files import Figure, Folder, Pattern, Strict


class KindRule(Strict):
    """Names that fit one of `patterns` and none of `except` are of this kind; names are compared in capitals."""

    kind: Literal["redacted", "internal", "education", "public_body", "charity", "company", "individual"]
    reason: str
    why: str
    source: str
    since: date
    patterns: list[Pattern]
    exceptions: list[Pattern]

    def pattern(self) -> str:
        """One regular expression for all patterns."""
        return "|".join(f"(?:{pattern})" for pattern in self.patterns)

    def exception(self) -> str | None:
        """One regular expression for all exceptions, None where there are none."""
        return "|".join(f"(?:{pattern})" for pattern in self.exceptions) or None


class Words(Strict):
    """Why a word list is used and where it comes from."""

    why: str
    source: str
    since: date


class Part(Strict):
    """The first group of `pattern` is the part of a name that tells who it is."""

    pattern: Pattern
    why: str
    source: str
    since: date


class _Rules(Strict):
    same_number: Figure
    trading_as: Part
    titled: Part
    rules: list[KindRule]
    given_names: Words


class _GivenName(Strict):
    given_name: str


class SuppliersPolicy(Strict):
    """What `riskengine.suppliers` is told. `rules` stand in the order in which they are tried."""

    rules: tuple[KindRule, ...]
    names_per_number: int
    trading_as: Part
    titled: Part
    given_names: frozenset[str]
    given_names_words: Words

    @classmethod
    def load(cls, folder: Folder) -> SuppliersPolicy:
        """Read suppliers.toml and suppliers_given_names.csv."""
        rules = folder.toml("suppliers.toml", _Rules)
        names = folder.table("suppliers_given_names.csv", _GivenName)
        return cls(
            rules=tuple(rules.rules),
            names_per_number=int(rules.same_number.value),
            trading_as=rules.trading_as,
            titled=rules.titled,
            given_names=frozenset(name.given_name for name in names),
            given_names_words=rules.given_names,
        )
