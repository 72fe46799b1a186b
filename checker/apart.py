"""Files that take long to make or much memory are made in a process of their own, so that the pages stay alive."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from checker import records
from checker.records import RecordError

LARGE = 50_000
"""Contract lines of an assessment from which its files are made apart: starting a process takes a second or two."""
NO_ROOM = "The file could not be made: the machine had no room for it. Try again later, or with fewer lists at once."


def make(write: Callable[..., object], assessment_id: str, *asked: object) -> None:
    """Call `write(assessment_id, *asked)`, which makes a file. Raises RecordError and what `write` raises."""
    if not any(one.id == assessment_id and one.lines >= LARGE for one in records.recent()):
        write(assessment_id, *asked)
        return
    try:
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            pool.submit(write, assessment_id, *asked).result()
    except (BrokenProcessPool, OSError) as error:
        raise RecordError(NO_ROOM) from error
