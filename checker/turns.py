"""Whose turn it is: so many runs are at work at once, the others wait in the order in which they came."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A place in the queue: how many runs are at work, and how many wait before this one."""

    at_work: int
    before: int


class Turns:
    """The runs of this process by id; the limit is asked for each time, so that a changed setting holds at once."""

    def __init__(self, limit: Callable[[], int]) -> None:
        self._limit = limit
        self._waiting: dict[str, Callable[[], None]] = {}
        self._at_work: set[str] = set()
        self._lock = threading.RLock()

    def ask(self, run_id: str, begin: Callable[[], None]) -> None:
        """Call `begin` when it is the run's turn: now, or in the thread of a run that ends."""
        with self._lock:
            self._waiting[run_id] = begin
            self._call()

    def end(self, run_id: str) -> None:
        """A run at work has ended; the next one may begin."""
        with self._lock:
            self._at_work.discard(run_id)
            self._call()

    def leave(self, run_id: str) -> bool:
        """Leave the queue; False where the run has begun or never came."""
        with self._lock:
            return self._waiting.pop(run_id, None) is not None

    def place(self, run_id: str) -> Place | None:
        """The place of a run that waits, else None."""
        with self._lock:
            waiting = list(self._waiting)
            return Place(len(self._at_work), waiting.index(run_id)) if run_id in self._waiting else None

    def _call(self) -> None:
        while self._waiting and len(self._at_work) < self._limit():
            run_id = next(iter(self._waiting))
            begin = self._waiting.pop(run_id)
            self._at_work.add(run_id)
            begin()
