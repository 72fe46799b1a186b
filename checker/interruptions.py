"""Marks runs that were cut short: by a cancelling reader, or because their process was killed or the server stopped."""

from __future__ import annotations

from checker import runs
from checker.records import begun


def mark() -> list[str]:
    """Note the end of every run whose process is gone; returns the ids of those that were interrupted."""
    interrupted = []
    for run_id in begun.unended():
        outcome = _outcome(run_id)
        begun.end(run_id, outcome)
        if outcome == begun.INTERRUPTED:
            interrupted.append(run_id)
    return interrupted


def _outcome(run_id: str) -> str:
    run = runs.find(run_id)
    ended = run.ended() if run else None
    return begun.CANCELLED if ended and ended.cancelled else begun.INTERRUPTED
