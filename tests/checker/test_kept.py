"""What was worked out lately is kept up to a size, the oldest let go first, each made once."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace

import polars as pl
import pytest

from checker.kept import SMALLEST, Kept, weight


def frame(bytes_: int) -> pl.DataFrame:
    return pl.DataFrame({"value": pl.Series(range(bytes_ // 8), dtype=pl.Int64)})


def test_what_is_held_is_not_made_again() -> None:
    kept, made = Kept(10**9), []
    for _ in range(3):
        assert kept.get("a", lambda: made.append(1) or frame(80)).height == 10
    assert made == [1]


def test_the_one_asked_for_longest_ago_is_let_go() -> None:
    kept = Kept(3 * SMALLEST)
    for key in ("a", "b", "c", "a", "d"):
        kept.get(key, lambda: frame(80))
    assert list(kept.held) == ["c", "a", "d"]


def test_one_that_is_too_large_is_held_alone() -> None:
    kept = Kept(SMALLEST)
    for key in ("a", "b"):
        kept.get(key, lambda: frame(10 * SMALLEST))
    assert list(kept.held) == ["b"]


def test_all_is_let_go_once_nobody_asks_any_more() -> None:
    kept = Kept(10**9, idle=0.05)
    kept.get("a", lambda: frame(80))
    end = time.monotonic() + 10
    while kept.held and time.monotonic() < end:
        time.sleep(0.01)
    assert not kept.held
    assert kept.get("a", lambda: 7) == 7


def test_what_could_not_be_made_is_tried_again() -> None:
    kept = Kept(10**9)
    with pytest.raises(OSError, match="full"):
        kept.get("a", lambda: (_ for _ in ()).throw(OSError("full")))
    assert kept.get("a", lambda: 7) == 7


def test_two_who_ask_at_once_wait_for_one_making() -> None:
    kept, made, go = Kept(10**9), [], threading.Event()

    def make() -> int:
        made.append(1)
        go.wait(10)
        return 7

    threads = [threading.Thread(target=lambda: kept.get("a", make)) for _ in range(4)]
    for thread in threads:
        thread.start()
    go.set()
    for thread in threads:
        thread.join(10)
    assert (made, kept.get("a", make)) == ([1], 7)


def test_a_thing_weighs_what_its_frames_weigh() -> None:
    large = frame(8 * SMALLEST)
    assert weight(large) == weight(SimpleNamespace(lines=large, name="x")) == large.estimated_size()
    assert weight([]) == SMALLEST
