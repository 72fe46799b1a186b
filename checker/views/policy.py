"""Every figure of a policy as rows, so that the Method page can't say anything else than the policy files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from riskengine.policy import Policy
from riskengine.policy.files import Figure

STEPS = ("lines", "names", "suppliers", "matches", "statements", "sectors", "bands")


@dataclass(frozen=True)
class Row:
    """One figure: the step it belongs to, its name in the policy file, and the figure with its reason."""

    step: str
    name: str
    figure: Figure


def figures(policy: Policy) -> list[Row]:
    """Every figure of every step, in flow order. Those of indicators stand with the indicators."""
    return [Row(step, name, figure) for step in STEPS for name, figure in _within(getattr(policy, step))]


def _within(part: object, name: str = "") -> Iterator[tuple[str, Figure]]:
    """The figures inside a part of the policy, with the path of keys that leads to each."""
    if isinstance(part, Figure):
        yield name, part
    elif isinstance(part, BaseModel):
        for key, value in part:
            yield from _within(value, f"{name}.{key}".lstrip("."))
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from _within(value, f"{name}.{key}".lstrip("."))
    elif isinstance(part, tuple | list) and len(part) < 50:
        for at, value in enumerate(part, start=1):
            yield from _within(value, f"{name}.{at}")
