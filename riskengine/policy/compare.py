"""Two policies side by side, and one indicator in plain words."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from riskengine.policy import Policy
from riskengine.policy.bands import BandsPolicy
from riskengine.policy.indicators import IndicatorPolicy


@dataclass(frozen=True)
class Change:
    """A key whose value differs; `before` or `after` is None where the key is missing on that side."""

    key: str
    before: str | None
    after: str | None


def diff(before: Policy, after: Policy) -> list[Change]:
    """Every key that differs between two policies, in the order of the keys."""
    one, other = flat(before), flat(after)
    keys = sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))
    return [Change(key, one.get(key), other.get(key)) for key in keys]


def flat(policy: Policy) -> dict[str, str]:
    """Every value of a policy under the path of keys that leads to it. Rows of a table are named by their content."""
    parts = [field.name for field in dataclasses.fields(policy) if field.name not in {"name", "hash", "files"}]
    return dict(pair for part in parts for pair in _values(part, getattr(policy, part)))


def explain(indicator: IndicatorPolicy, bands: BandsPolicy) -> str:
    """One indicator in plain words: its question, why it is asked, its thresholds, answers and points."""
    told = [
        f"{indicator.title} ({indicator.id}, version {indicator.version})",
        indicator.question,
        f"Why: {indicator.why}",
        f"Source: {indicator.source}",
        f"Asked of each {indicator.subject}; group of characteristics: {indicator.group}.",
        *(f"Threshold {name}: {figure.value:g}. {figure.why}" for name, figure in indicator.thresholds.items()),
        "Answers:",
    ]
    for name, case in indicator.cases.items():
        points = f", {case.points.value:g} points: {case.points.why}" if case.points else ""
        told.append(f"  {name}: {case.outcome.replace('_', ' ')}{points}\n    {case.sentence}")
    return "\n".join([*told, f"Bands: medium from {bands.medium.value:g} points, high from {bands.high.value:g}."])


def _values(key: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, BaseModel):
        for name, inner in value:
            yield from _values(f"{key}.{name}", inner)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _values(f"{key}.{name}", inner)
    elif isinstance(value, tuple | list | frozenset) and any(isinstance(inner, BaseModel) for inner in value):
        for inner in value:
            yield from _row(key, inner)
    elif isinstance(value, frozenset):
        yield key, ", ".join(sorted(str(inner) for inner in value))
    else:
        yield key, str(value)


def _row(key: str, row: BaseModel) -> Iterator[tuple[str, str]]:
    """A row of a table: what names it (its texts before the first other value) leads to the rest."""
    fields = [(name, value) for name, value in row if name not in {"why", "source", "since"}]
    names = [str(value) for _, value in fields[:-1]] or [str(fields[0][1])]
    yield f"{key}[{' | '.join(names)}]", str(fields[-1][1])
