"""A child process with a limit on memory and time, for what reads files that nobody vouches for."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


class TookTooLongError(Exception):
    """The child went on beyond its time and was stopped."""


def run(module: str, arguments: Sequence[str], seconds: float) -> int:
    """Run a module of this package as a child and hand back its exit status. Raises TookTooLongError."""
    command = [sys.executable, "-m", module, *arguments]
    try:
        child = subprocess.run(  # noqa: S603
            command, timeout=seconds, env=_environment(), stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except subprocess.TimeoutExpired:
        raise TookTooLongError from None
    return child.returncode


def limit_memory(memory: int) -> None:
    """Limit the bytes of address space of this process, which is a child.

    On Windows there is no such limit; there the child alone bears the damage.
    """
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = memory if most == resource.RLIM_INFINITY else min(memory, most)
    resource.setrlimit(resource.RLIMIT_AS, (limit, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def package_path() -> str:
    """The PYTHONPATH with which a child finds the same packages as the app, wherever it was started."""
    home = str(Path(__file__).resolve().parent.parent)
    return os.pathsep.join(filter(None, [home, os.environ.get("PYTHONPATH")]))


def _environment() -> dict[str, str]:
    """The child is told nothing of the app's settings: passwords are among them."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("RISKCHECK_")}
    return {**kept, "PYTHONPATH": package_path()}
