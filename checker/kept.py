"""What was opened or worked out lately, kept in memory up to a size: many small assessments, or a few large ones."""

from __future__ import annotations

import ctypes
import gc
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import polars as pl

Thing = TypeVar("Thing")

IDLE = 120.0
"""Seconds without a question after which nobody is taken to be here."""
SMALLEST = 100_000
"""Bytes counted for whatever is smaller, for its own objects."""


class Kept:
    """Things by key, those asked for last; `most` is how many bytes all of them may take.

    The newest stays even where it is larger than that. Two sessions that ask for the same thing at once wait for one
    making of it. When nothing was asked for in `idle` seconds, all is let go, and the memory goes back to the system.
    """

    def __init__(self, most: int, idle: float = IDLE) -> None:
        self.most, self.idle = most, idle
        self.asked, self.waiting = time.monotonic(), False
        self.held: OrderedDict[Hashable, Any] = OrderedDict()
        self.making: dict[Hashable, threading.Lock] = {}
        self.lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """The thing of a key, made now where it is not held."""
        with self.lock:
            self.asked = time.monotonic()
            self._wait(self.idle)
            making = self.making.setdefault(key, threading.Lock())
        with making:
            with self.lock:
                if key in self.held:
                    self.held.move_to_end(key)
                    found: Thing = self.held[key]
                    return found
            made = make()
            with self.lock:
                self.held[key] = made
                self._let_go()
            return made

    def _wait(self, seconds: float) -> None:
        if not self.waiting:
            self.waiting = True
            waiter = threading.Timer(seconds, self._tidy)
            waiter.daemon = True
            waiter.start()

    def _tidy(self) -> None:
        with self.lock:
            self.waiting = False
            left = self.asked + self.idle - time.monotonic()
            if left > 0:
                self._wait(left)
                return
            self.held.clear()
            self.making.clear()
        give_back()

    def _let_go(self) -> None:
        """Sizes are taken anew each time: an assessment reads its frames when they are asked for."""
        while len(self.held) > 1 and sum(map(weight, self.held.values())) > self.most:
            gone, _ = self.held.popitem(last=False)
            self.making.pop(gone, None)


def give_back() -> None:
    """Free what nobody refers to, and hand free memory back to the system where the C library can."""
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it, other C libraries do not
        if trim is not None:
            trim(0)


def weight(thing: object) -> int:
    """About how many bytes a thing takes: the frames that it is or holds."""
    if isinstance(thing, pl.DataFrame):
        return max(SMALLEST, int(thing.estimated_size()))
    frames = (
        [part for part in vars(thing).values() if isinstance(part, pl.DataFrame)] if hasattr(thing, "__dict__") else []
    )
    return max(SMALLEST, sum(int(frame.estimated_size()) for frame in frames))
