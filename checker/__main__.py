"""What the `riskcheck` command starts, as `python -m checker` does."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command. An interruption while its parts are still loading ends as one in its run does."""
    try:
        from checker import cli  # noqa: PLC0415 - loading takes seconds, in which somebody may interrupt
    except KeyboardInterrupt:
        sys.exit("Aborted!")
    cli.main()


if __name__ == "__main__":
    main()
