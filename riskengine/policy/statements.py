"""The policy of step `statements`: currency, which registry copies may be relied on, and the law as dated rows."""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import model_validator

from riskengine.policy.files import Figure, Folder, Strict
from riskengine.schemas import KINDS, TOPICS


class Sentences(Strict):
    """Why a supplier has its statement value; names in braces are filled in."""

    period: str
    period_group: str
    period_not_given: str
    period_not_given_group: str
    period_parent: str
    period_not_given_parent: str
    parent_word: str
    parent_not_group: str
    parent_gone: str
    age_past: str
    age_ahead: str
    possible: str
    none_found: str
    no_record: str
    found_elsewhere: str
    found_elsewhere_old: str
    no_register: str
    partial: str
    too_old: str
    taken_later: str
    not_in_force: str
    not_looked_up: str


class TurnoverBand(Strict):
    """A band of the registry, in £: `least` inclusive, `below` exclusive (none: no upper end)."""

    label: str
    least: int
    below: int | None = None


class KindRule(Strict):
    """Whether a kind of body likely has the duty. `by_turnover` asks the registry's turnover band, else not known."""

    kind: str
    rule: Literal["by_turnover", "likely_required", "likely_not_required", "not_known"]
    reason: str
    source: str

    @model_validator(mode="after")
    def _kind_exists(self) -> Self:
        if self.kind not in KINDS:
            raise ValueError(f"kind is none of {', '.join(KINDS)}")
        return self


class AccountsRule(Strict):
    """What the kind of accounts that Companies House lists (in capitals) says of the duty."""

    category: str
    scope: Literal["likely_required", "likely_not_required", "not_known"]
    reason: str
    source: str


class ScopeSentences(Strict):
    """Why a turnover band, a list or the kind of accounts means a duty or not; names in braces are filled in."""

    at_least: str
    below: str
    straddles: str
    of_group: str
    presumed: str
    accounts: str
    accounts_disagree: str


class LegalPoint(Strict):
    """Something the law asks of a statement."""

    id: str
    words: str
    source: str


class RecommendedArea(Strict):
    """Something the law says a statement may include. `id` is one of schemas.TOPICS."""

    id: str
    source: str


class Duty(Strict):
    """One state of the law, from `effective_from` until the next row."""

    effective_from: date
    source: str
    turnover: Figure
    sentences: ScopeSentences
    kinds: tuple[KindRule, ...]
    accounts: tuple[AccountsRule, ...]
    legal_points: tuple[LegalPoint, ...]
    recommended_areas: tuple[RecommendedArea, ...]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if sorted(rule.kind for rule in self.kinds) != sorted(KINDS):
            raise ValueError(f"each of {', '.join(KINDS)} needs exactly one row in kinds")
        if sorted(area.id for area in self.recommended_areas) != sorted(TOPICS):
            raise ValueError(f"recommended_areas must be {', '.join(TOPICS)}")
        return self


class StatementsPolicy(Strict):
    """What `riskengine.statements` is told. Ages are in whole months or days, all limits inclusive."""

    current_months: Figure
    ageing_months: Figure
    future_months: Figure
    found_elsewhere_months: Figure
    snapshot_days: Figure
    companies_days: Figure
    sentences: Sentences
    turnover_bands: tuple[TurnoverBand, ...]
    duties: tuple[Duty, ...]

    @classmethod
    def load(cls, folder: Folder) -> StatementsPolicy:
        """Read statements.toml."""
        return folder.toml("statements.toml", cls)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.current_months.value > self.ageing_months.value:
            raise ValueError("current_months is more than ageing_months")
        starts = [duty.effective_from for duty in self.duties]
        if not starts or starts != sorted(set(starts)):
            raise ValueError("duties must be in the order of effective_from, each date once")
        return self

    def duty(self, day: date) -> Duty | None:
        """The row of the law in force on `day`, or None before the first one."""
        return next((duty for duty in reversed(self.duties) if duty.effective_from <= day), None)
