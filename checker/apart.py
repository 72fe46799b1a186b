"""Files that take long to make or much memory are made in a process of their own, so that the pages stay alive.

`python -m checker.apart` is that process. It is given what to call, and gives back the error that stopped it, if any.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable

from checker import guard, records
from checker.records import RecordError

LARGE = 50_000
"""Contract lines of an assessment from which its files are made apart: starting a process takes a second or two."""
NO_ROOM = "The file could not be made: the machine had no room for it. Try again later, or with fewer lists at once."


def make(write: Callable[..., object], assessment_id: str, *asked: object) -> None:
    """Call `write(assessment_id, *asked)`, which makes a file. Raises RecordError and what `write` raises."""
    if any(one.id == assessment_id and one.lines >= LARGE for one in records.recent()):
        _call_apart(pickle.dumps((write, assessment_id, *asked)))
    else:
        write(assessment_id, *asked)


def _call_apart(call: bytes) -> None:
    """No multiprocessing: its child runs the script of the parent again, which is a page here."""
    environment = os.environ | {"PYTHONPATH": guard.package_path()}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "checker.apart"], input=call, stdout=subprocess.PIPE, env=environment, check=False
        )
    except OSError as error:
        raise RecordError(NO_ROOM) from error
    if done.returncode:
        raise RecordError(NO_ROOM)
    error = pickle.loads(done.stdout)  # noqa: S301 - written by the child below
    if error:
        raise error


def main() -> None:
    """Make the call that stands on the standard input."""
    write, *asked = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by the parent above
    stopped = None
    try:
        write(*asked)
    except Exception as error:  # noqa: BLE001 - raised again in the parent
        stopped = error
    sys.stdout.buffer.write(pickle.dumps(stopped))


if __name__ == "__main__":
    main()
