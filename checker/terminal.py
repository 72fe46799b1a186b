"""What the command line needs of a terminal: its own kinds of option, a progress bar, and refusals in one sentence."""

from __future__ import annotations

import contextlib
import sys
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from checker.assessments import NothingAssessedError, silent
from checker.records import RecordError
from checker.settings import Settings
from checker.sign_in import SignInError
from registries.errors import RegistryError
from riskengine import report
from riskengine.errors import RiskEngineError
from riskengine.pipeline import Progress

STEPS = 1000


class Refused(click.ClickException):
    """What was asked can't be done; the message says why and what to do. Exit status 2."""

    exit_code = 2


class Faulty(click.ClickException):
    """A fault of the product itself. Exit status 1."""

    exit_code = 1


class Formats(click.ParamType[Any]):
    """One or several output formats with commas between them."""

    name = "formats"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """The formats in the order given, each once."""
        asked = tuple(dict.fromkeys(part.strip().lower() for part in str(value).split(",")))
        for part in asked:
            if part not in report.FORMATS:
                self.fail(f"{part!r} is not one of {', '.join(report.FORMATS)}.", param, ctx)
        return asked


class Mapping(click.ParamType[Any]):
    """A field and the heading it stands under, as in supplier="Payee name"; no heading where no column holds it."""

    name = "field=heading"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """The two as a pair."""
        field, sign, heading = (part.strip() for part in str(value).partition("="))
        if not (field and sign):
            self.fail(f'{value!r} should look like supplier="Payee name".', param, ctx)
        return field, heading


def printable(text: str) -> str:
    """The text without control characters: a name from a file must not steer the terminal."""
    return "".join(sign if sign == "\n" or sign.isprintable() else " " for sign in text)


def say_all(told: Sequence[str], none: str) -> None:
    """Print the texts of a list one after another, or, where there are none, the sentence that says so."""
    for text in told or [none]:
        click.echo(printable(text))


@contextlib.contextmanager
def refusing() -> Iterator[None]:
    """Turn errors into one sentence: exit status 2 where the reader can do something about it, 1 for our own faults.

    The text of a fault is not shown, as it may hold cells of the file.
    """
    try:
        yield
    except NothingAssessedError as error:
        raise Refused(printable("\n       ".join(str(unusable) for unusable in error.unusable))) from error
    except (RiskEngineError, RegistryError, RecordError, SignInError) as error:
        raise Refused(printable(str(error))) from error
    except OSError as error:
        raise Refused(printable(_unusable(error))) from error
    except (click.exceptions.Exit, click.ClickException, click.Abort):
        raise
    except Exception as error:
        if Settings().debug:
            raise
        raise Faulty(_fault(error)) from error


def _unusable(error: OSError) -> str:
    name = error.filename2 or error.filename
    wrong = f"{name}: {error.strerror}." if name else f"A file can't be used: {error}."
    if isinstance(error, FileNotFoundError):
        return f"{wrong} Check its name and folder."
    return f"{wrong} Check the folder, and that no file in it is open in another program."


def _fault(error: Exception) -> str:
    place = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"riskcheck stopped because of a fault of its own ({type(error).__name__}, {Path(place.filename).name} line "
        f"{place.lineno}). Please report it; RISKCHECK_DEBUG=1 shows the whole of it."
    )


@contextlib.contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on a terminal; nothing where standard error goes to a file or another program."""
    if not sys.stderr.isatty():
        yield silent
        return
    with click.progressbar(length=STEPS, label="starting".ljust(32), file=sys.stderr, width=30) as bar:

        def advance(step: str, share: float) -> None:
            bar.label = step[:32].ljust(32)
            bar.update(max(0, int(share * STEPS) - bar.pos))
            bar.render_progress()

        yield advance
