"""The `riskcheck` command: check files, and open the app."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

import registries.sample
import sample_contracts
from checker import assessments, summary
from checker.assessments import Outcome, Request, Source
from checker.briefing_commands import briefing
from checker.parent_commands import parent
from checker.policy_commands import policy
from checker.record_commands import COMMANDS
from checker.registry_commands import fetch, registry
from checker.settings import Settings
from checker.statement_commands import statement
from checker.terminal import Formats, Mapping, printable, progress_bar, refusing
from registries import snapshots
from riskengine import __version__, report
from riskengine.pipeline import Assessment

EXAMPLES = """
\b
Examples:
  riskcheck check contracts.xlsx --out results
      check a contract register as of today
  riskcheck check spend-*.csv --out results --format xlsx,csv
      several files in one assessment; two formats
  riskcheck check spend.csv --registry StatementSummaries2025.csv --registry StatementSummaries2026.csv
      look suppliers up in a copy of the statement registry
  riskcheck check spend.csv --as-of 2026-04-01 --map supplier="Payee name"
      judge as of a fixed day; say which heading names the supplier

\b
Exit status:
  0  lines were assessed; a file that could not be used is named on standard error
  1  riskcheck stopped because of a fault of its own
  2  nothing could be assessed, or the policy, registry or folder given can't be used
"""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="riskcheck")
def riskcheck() -> None:
    """Say, line by line, where modern slavery risk is likely in what a council buys, and show the evidence.

    \b
    First steps:
      riskcheck check --samples --out results   check the fictional sample files
      riskcheck check spend.csv --out results   check a file of yours
      riskcheck app                             look at the results in the browser

    Files are read on this machine and stay on it. RISKCHECK_DATA_DIR moves the folder in which results and copies of
    registers are kept.
    """


@riskcheck.command(epilog=EXAMPLES)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option("--samples", is_flag=True, help="Check the fictional sample files that come with the product.")
@click.option("--out", metavar="DIR", type=click.Path(path_type=Path), help="Folder to write the results to.")
@click.option(
    "--format",
    "formats",
    metavar="LIST",
    type=Formats(),
    default=",".join(report.FORMATS),
    show_default=True,
    help="What to write to --out: xlsx is the audit workbook, the others are the tables.",
)
@click.option(
    "--as-of",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Judge ages as of this day, such as 2026-04-01. The same files and day give the same results.  "
    "[default: today]",
)
@click.option("--policy", metavar="DIR", type=click.Path(path_type=Path), help="Your council's own policy folder.")
@click.option(
    "--registry",
    metavar="PATH",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A copy of the statement registry: a snapshot folder, or a yearly CSV (once for each year).  "
    "[default: the newest snapshot on this machine; without one, statements are not checked]",
)
@click.option(
    "--update-registry", is_flag=True, help="Download a fresh copy of the statement registry first, and use it."
)
@click.option(
    "--show-personal-names",
    "personal_names",
    flag_value="shown",
    default="withheld",
    help="Write the names of likely persons, which are withheld otherwise.",
)
@click.option(
    "--map",
    "mapping",
    metavar="FIELD=HEADING",
    type=Mapping(),
    multiple=True,
    help='Say which heading holds a field, such as supplier="Payee name", that none does: amount="", or that what '
    'was remembered of it is to be forgotten: amount="as understood". Can be given several times.',
)
def check(files: tuple[Path, ...], out: Path | None, update_registry: bool, **options: Any) -> None:
    """Check contract registers and spending lists: read each FILE, assess every line, print a summary.

    Files are told apart by their content, not by their names. With --out it writes audit.xlsx, then lines, suppliers,
    findings and set_aside in each format, and run.json. The assessment is also kept on this machine, so that
    `riskcheck app` opens with it.
    """
    with refusing():
        asked = _request(files, **options)
        if update_registry:
            asked = replace(asked, registry=(fetch(),))
        with progress_bar() as progress:
            outcome = assessments.run(asked, progress)
            progress("writing the results", 1.0)
            assessments.keep(outcome, asked)
            written = _write(outcome.assessment, out, options["formats"], options["personal_names"])
    passed_over = [] if asked.registry else snapshots.unread(Settings().registry_dir)
    _tell(outcome, passed_over, written)


@riskcheck.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Port on this machine.")
def app(port: int) -> None:
    """Open the app: upload files, look at the results, download the audit workbook.

    It is served to this machine alone, at http://127.0.0.1:8501 unless another port is given. Ctrl+C stops it.
    """
    from checker import serving  # noqa: PLC0415 - the server takes a second to load, which `check` need not wait for

    with refusing():
        serving.serve(port)


riskcheck.add_command(parent)
riskcheck.add_command(policy)
riskcheck.add_command(briefing)
for command in COMMANDS:
    riskcheck.add_command(command)
riskcheck.add_command(registry)
riskcheck.add_command(statement)


def main() -> None:
    """Run the command. A sign that the terminal can't show is replaced rather than refused."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    riskcheck()


def _request(files: tuple[Path, ...], *, samples: bool, **options: Any) -> Request:
    """What the run is asked; the samples bring their own day and registry, unless others are given."""
    if samples == bool(files):
        raise click.UsageError("Give one or several files, or --samples.", click.get_current_context())
    paths = tuple(sample.path for sample in sample_contracts.samples()) if samples else files
    day = sample_contracts.as_of() if samples else datetime.now().astimezone().date()
    registry = (registries.sample.FOLDER,) if samples else ()
    return Request(
        sources=tuple(Source(path, path.name) for path in paths),
        as_of=_day(options["as_of"], day),
        policy=options["policy"],
        registry=options["registry"] or registry,
        mapping=dict(options["mapping"]),
    )


def _day(given: datetime | None, otherwise: date) -> date:
    return given.date() if given else otherwise


def _write(
    assessment: Assessment, out: Path | None, formats: tuple[str, ...], personal_names: report.PersonalNames
) -> tuple[Path, ...]:
    return report.write(assessment, out, formats, personal_names) if out else ()


def _tell(outcome: Outcome, passed_over: Sequence[str], written: tuple[Path, ...]) -> None:
    for error in (*outcome.unusable, *passed_over):
        click.echo(printable(f"Not used: {error}"), err=True)
    click.echo(printable(summary.text(outcome.assessment)))
    if written:
        click.echo(f"\n{len(written)} files written to {written[0].parent}.")
