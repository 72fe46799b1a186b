"""The process of one run: `python -m checker.work FOLDER`, started by `checker.runs`."""

from __future__ import annotations

import contextlib
import logging
import sys
import traceback
from dataclasses import asdict
from pathlib import Path

from checker import assessments, records, reruns
from checker.assessments import NothingAssessedError, Request, Source
from checker.records import RecordError, begun, people
from checker.runs import Ended, Run, write
from registries.errors import RegistryError
from riskengine.errors import NoContractLinesError, RiskEngineError
from riskengine.pipeline import Progress

FAULT = "The checker stopped because of a fault of its own. Nothing was kept. Try again; report it if it comes back."


def work(run: Run) -> None:
    """Make the assessment that was asked for, and say how it ended. Never raises."""
    ended = Ended()
    try:
        ended = _compare(run, run.asked().check) if run.asked().check else _assess(run)
    except NothingAssessedError as error:
        nameable = any(isinstance(one, NoContractLinesError) for one in error.unusable)
        ended = Ended(problems=tuple(str(one) for one in error.unusable), nameable=nameable)
    except (RiskEngineError, RegistryError, RecordError) as error:
        ended = Ended(problems=(str(error),))
    except Exception as error:  # noqa: BLE001 - whatever happens, the page has to be told
        # The text of an error may quote a cell, and cells may hold personal data: only its kind and place are logged.
        logging.error("%s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
        ended = Ended(problems=(FAULT,))
    with contextlib.suppress(RecordError):
        begun.end(run.id, _outcome(ended), ended.assessment)
    write(run.folder / "ended.json", asdict(ended))


def _outcome(ended: Ended) -> str:
    if ended.differing is not None:
        return begun.COMPARED
    return begun.ASSESSED if ended.assessment else begun.REFUSED


def _progress(run: Run) -> Progress:
    return lambda step, share: write(run.folder / "progress.json", {"step": step, "share": share})


def _compare(run: Run, assessment_id: str) -> Ended:
    """An assessment made again: the files that came out differently. The trail says how it ended."""
    begun.begin(run.id, tuple(name for name, _ in run.files()), run.asked().as_of)
    found = reruns.rerun(assessment_id, _progress(run))
    reruns.note(assessment_id, found, records.me())
    return Ended(assessment_id, differing=found.differing)


def _assess(run: Run) -> Ended:
    """The assessment kept, and one sentence for each file that could not be used."""
    asked, progress = run.asked(), _progress(run)
    begun.begin(run.id, tuple(name for name, _ in run.files()), asked.as_of)
    sources = tuple(Source(path, name) for name, path in run.files())
    request = Request(sources, asked.as_of, asked.policy, asked.registry, asked.mapping)
    outcome = assessments.run(request, progress)
    progress("saving", 1.0)
    return Ended(assessments.keep(outcome, request), tuple(str(error) for error in outcome.unusable))


if __name__ == "__main__":
    asked_for = Run(Path(sys.argv[1]))
    people.ask(asked_for.who)
    work(asked_for)
