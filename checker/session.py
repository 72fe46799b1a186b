"""One visitor's session: the only file that touches st.session_state, the address bar and the caches.

What comes from the address bar or the browser is an id at most, and is compared with the ids that exist.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import polars as pl
import streamlit as st

import sample_contracts
from checker import pages, records, registers, runs
from checker.registers import Copy
from checker.runs import Asked, Run
from checker.show import frame, links
from checker.show.labels import Labels
from checker.views import lines
from registries.errors import RegistryError
from riskengine import policy as policies
from riskengine import report
from riskengine.errors import PolicyError
from riskengine.pipeline import Assessment
from riskengine.policy import Policy

Figures = TypeVar("Figures")

_PAGES = Path(pages.__file__).parent


@st.cache_resource(show_spinner=False)
def policy() -> Policy:
    """The built-in policy."""
    return policies.load()


def chosen() -> str | None:
    """The id of the assessment to show: that of the address, else the last one chosen, else the newest."""
    held = [entry.id for entry in stored()]
    for wanted in (st.query_params.get("assessment"), st.session_state.get("assessment"), *held[:1]):
        if wanted in held:
            st.session_state["assessment"] = wanted
            return wanted
    return None


@st.cache_resource(ttl=5, show_spinner=False)
def stored() -> list[records.Summary]:
    """The assessments kept, the newest first."""
    return records.recent()


def offer() -> None:
    """Where several assessments are kept, let the reader choose which one the pages show."""
    held = {entry.id: frame.told(entry) for entry in stored()}
    if len(held) > 1:
        st.session_state["offered"] = chosen()
        st.selectbox("Assessment", list(held), format_func=held.__getitem__, key="offered", on_change=_take_offer)


def _take_offer() -> None:
    choose(st.session_state["offered"])


def here() -> str:
    """The id of the chosen assessment, for links, once there is one. Raises LookupError where there is none."""
    wanted = chosen()
    if wanted is None:
        raise LookupError("there is no assessment to show")
    return wanted


def choose(assessment_id: str) -> None:
    """Show another assessment from now on."""
    st.session_state["assessment"] = assessment_id
    st.query_params["assessment"] = assessment_id


def assessment() -> Assessment | None:
    """The chosen assessment with personal names withheld, or None when nothing was checked yet."""
    wanted = chosen()
    if wanted is None:
        return None
    try:
        return _load(wanted)
    except (records.RecordError, PolicyError) as error:
        st.error(str(error))
        return None


def view(figures: Callable[[Assessment], Figures]) -> Figures:
    """Figures of the chosen assessment, worked out once."""
    return _view(here(), f"{figures.__module__}.{figures.__qualname__}", figures)


def ranked() -> pl.DataFrame:
    """The lines of the chosen assessment with what was found of them, most points first."""
    return view(lines.ranked)


def compared(before: str) -> pl.DataFrame:
    """What changed from an earlier assessment to the chosen one, supplier by supplier, worked out once."""
    return _compared(before, here())


def labels() -> Labels:
    """The words of the policy under which the chosen assessment was made."""
    shown = assessment()
    return Labels(shown.policy if shown else policy())


def asked(name: str, known: Collection[str]) -> str | None:
    """An id from the address bar, when it is one of the known ids."""
    wanted = st.query_params.get(name)
    return wanted if wanted in known else None


def follow(address: str | None) -> None:
    """Go where a link within a table leads."""
    if address is None or (place := links.parts(address)) is None:
        return
    page, ids = place
    st.switch_page(_PAGES / f"{page}.py", query_params=ids)


def workbook() -> Callable[[], bytes]:
    """Makes the audit workbook of the chosen assessment when it is called, which is on the click."""
    wanted = here()

    def made() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            report.write(_load(wanted), Path(folder), formats=("xlsx",))
            return (Path(folder) / "audit.xlsx").read_bytes()

    return made


def copies() -> dict[str, Copy]:
    """The registry copies to choose from, by id, the newest real one first; a damaged one is told of."""
    found, problem = _copies()
    if problem:
        st.error(problem)
    return found


@st.cache_resource(ttl=60, show_spinner=False)
def _copies() -> tuple[dict[str, Copy], str | None]:
    try:
        found, problem = registers.newest(), None
    except RegistryError as error:
        found, problem = [], str(error)
    return {copy.id: copy for copy in (*found, *registers.WITHOUT)}, problem


def run() -> Run | None:
    """The run that the address bar names, when there is such a run."""
    return runs.find(st.query_params.get("run"))


def start(files: Sequence[tuple[str, bytes]], as_of: date, copy: Copy) -> None:
    """Start a run over files (name, content) and show its progress."""
    runs.clear_old()
    _show(runs.start(files, Asked(as_of, copy.paths)))


def start_samples() -> None:
    """Start a run over the fictional sample lists, with the fictional registry and their fixed date."""
    files = [(sample.path.name, sample.path.read_bytes()) for sample in sample_contracts.samples()]
    start(files, sample_contracts.as_of(), registers.WITHOUT[-1])


def start_again(earlier: Run, mapping: Mapping[str, str] | None) -> None:
    """Start a run over the files of an earlier one, with headings corrected; None: the reader has asked for nothing."""
    if mapping is not None:
        _show(runs.again(earlier, mapping))


def run_of_chosen() -> Run | None:
    """The run that made the chosen assessment, while its files are kept."""
    wanted = chosen()
    return runs.made(wanted) if wanted else None


def repeat(earlier: Run) -> None:
    """Ask the same of the same files again, with what was decided since, and go to its progress."""
    started = runs.again(earlier, earlier.asked().mapping)
    st.switch_page(_PAGES / "upload.py", query_params={"run": started.id})


def act(deed: Callable[[], None], sentence: str, *done_with: str) -> None:
    """Do something to the record and say so on the page drawn anew; ids done with leave the address bar."""
    try:
        deed()
    except records.RecordError as error:
        st.error(str(error))
        return
    for name in done_with:
        st.query_params.pop(name, None)
    st.session_state["said"] = sentence
    st.rerun()


def said() -> str | None:
    """The sentence about what was just done, once."""
    sentence: str | None = st.session_state.pop("said", None)
    return sentence


def finish() -> None:
    """Go from the progress of a run to what it found."""
    made = run()
    ended = made.ended() if made else None
    if ended and ended.assessment:
        stored.clear()
        choose(ended.assessment)
    st.rerun()


def uploader_key() -> str:
    """The key of the file uploader; it changes when a run starts, so that the files leave the server's memory."""
    return f"files_{st.session_state.get('runs_started', 0)}"


def day_for(copy: Copy) -> date:
    """The as-of date to offer: today, or the fixed day of the samples for the sample registry."""
    return sample_contracts.as_of() if copy.id == registers.SAMPLE else datetime.now().astimezone().date()


def _show(started: Run) -> None:
    st.session_state["runs_started"] = st.session_state.get("runs_started", 0) + 1
    st.query_params["run"] = started.id
    st.rerun()


@st.cache_resource(max_entries=4, show_spinner="Opening the assessment")
def _load(assessment_id: str) -> Assessment:
    return report.withhold(records.load(assessment_id))


@st.cache_resource(max_entries=8, show_spinner="Comparing")
def _compared(before: str, after: str) -> pl.DataFrame:
    return records.compare(before, after)


@st.cache_resource(max_entries=24, show_spinner="Working out the figures")
def _view(assessment_id: str, name: str, _figures: Callable[[Assessment], Figures]) -> Figures:  # noqa: ARG001 - the name is the cache key
    return _figures(_load(assessment_id))
