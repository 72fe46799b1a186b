"""`riskcheck briefing`."""

from __future__ import annotations

from pathlib import Path

import click

from checker.terminal import refusing


@click.command()
@click.argument("assessment", metavar="ID")
@click.option("--out", metavar="DIR", required=True, type=click.Path(path_type=Path), help="Folder to write it to.")
def briefing(assessment: str, out: Path) -> None:
    """Write the two-page briefing of assessment ID for councillors: a tagged PDF, and the same as HTML.

    It names no supplier. `riskcheck assessments` lists the ids.
    """
    from checker import briefing as briefings  # noqa: PLC0415 - the typesetter and charts take a second to load

    with refusing():
        written = briefings.write(assessment, out)
    click.echo(f"{' and '.join(path.name for path in written)} are written to {out}.")
