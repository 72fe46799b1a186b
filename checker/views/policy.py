"""Every figure and rule of a policy as rows, so that the Method page can't say anything else than the policy files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel

from riskengine.policy import Policy
from riskengine.policy.files import Figure

STEPS = ("lines", "names", "suppliers", "matches", "statements", "sectors", "bands")
LONGEST = 40
"""A longer list is a table of its own: it is counted here, and read in its file."""
FIRST = 200
"""How many lines of a policy file are shown."""

_REASON = {"why", "source", "since"}


@dataclass(frozen=True)
class Row:
    """One figure or rule: the step it belongs to, its keys, what it says, and the reason for it."""

    step: str
    name: str
    value: str
    why: str
    source: str
    since: date | None


def rows(policy: Policy) -> list[Row]:
    """Every figure and rule of every step, in flow order. Indicators and sectors are shown apart."""
    return [row for step in STEPS for row in _within(step, getattr(policy, step), ())]


def names(policy: Policy) -> dict[str, Path]:
    """Every policy file by its name."""
    return {path.name: path for path in policy.files}


def text(path: Path) -> tuple[str, int]:
    """The first lines of a policy file, and how many lines it has."""
    lines = path.read_text("utf-8").splitlines()
    return "\n".join(lines[:FIRST]), len(lines)


def _within(step: str, part: object, keys: tuple[str, ...]) -> Iterator[Row]:
    """The figures and rules inside a part of the policy."""
    name = ", ".join(keys).replace("_", " ")
    if isinstance(part, Figure):
        yield Row(step, name, f"{part.value:,g}", part.why, part.source, part.since)
    elif isinstance(part, BaseModel) and type(part).model_fields.keys() >= _REASON:
        given = {key: value for key, value in part if key not in _REASON}
        yield Row(step, name, _told(given), part.why, part.source, part.since)  # type: ignore[attr-defined]
    elif isinstance(part, BaseModel | dict):
        for key, value in part if isinstance(part, BaseModel) else part.items():
            if keys or key != "sectors":
                yield from _within(step, value, (*keys, str(key)))
    elif isinstance(part, tuple | list | frozenset):
        yield from _listed(step, part, keys)


def _listed(
    step: str, part: tuple[object, ...] | list[object] | frozenset[object], keys: tuple[str, ...]
) -> Iterator[Row]:
    if len(part) > LONGEST:
        yield Row(step, ", ".join(keys).replace("_", " "), f"{len(part):,} entries", "", "See the policy files.", None)
        return
    for at, value in enumerate(part, start=1):
        yield from _within(step, value, (*keys, str(at)))


def _told(given: dict[str, object]) -> str:
    """What a rule says besides its reason: names with their values."""
    parts = [
        f"{key.replace('_', ' ')}: {', '.join(map(str, value)) if isinstance(value, list | tuple) else value}"
        for key, value in given.items()
        if value not in (None, [], (), "")
    ]
    return "; ".join(parts)
