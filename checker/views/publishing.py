"""What is still open in an assessment that an officer is about to publish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.records import Decision
from checker.views import review, totals
from riskengine.pipeline import Assessment


@dataclass(frozen=True)
class Open:
    """Counts of what is open: `possible` suppliers to decide on, decisions `waiting` for a run, rows `set_aside`.

    `sector` counts lines, of `lines`, whose sector is not known.
    """

    sample: bool
    unchecked: bool
    possible: int
    waiting: int
    set_aside: int
    sector: int
    lines: int


def open_in(assessment: Assessment, counted: totals.Counts, held: Sequence[Decision]) -> Open:
    """Look through an assessment and the counts of its lines, with the decisions that hold now."""
    return Open(
        sample=bool(assessment.register and assessment.register.sample),
        unchecked=totals.unchecked(assessment) is not None,
        possible=review.waiting(assessment, held).height,
        waiting=sum(one.state == "next" for one in review.taken(assessment, held)),
        set_aside=assessment.set_aside.height,
        sector=counted.sector,
        lines=counted.lines,
    )
