"""One visitor's session: the only file that touches st.session_state, the address bar and the caches.

What comes from the address bar or the browser is an id at most, and is compared with the ids that exist.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn, TypeVar

import polars as pl
import streamlit as st

import sample_contracts
from checker import access, changes, pages, records, registers, runs
from checker.kept import Kept
from checker.records import accessed
from checker.registers import Copy
from checker.runs import Asked, Run
from checker.settings import Settings
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

MEMORY = 1_500_000_000
"""Bytes of assessments, and of figures worked out of them, that are kept for all sessions together."""

_PAGES = Path(pages.__file__).parent


@st.cache_resource(show_spinner=False)
def policy() -> Policy:
    """The built-in policy."""
    return policies.load()


def chosen() -> str | None:
    """The id of the assessment to show: that of the address, else the last one chosen, else the newest.

    An address that names one which is not there, or not open to the reader, stops the page: another one in its place
    would show other suppliers under the same ids.
    """
    held = [entry.id for entry in stored()]
    asked_for = st.query_params.get("assessment")
    if asked_for is not None and asked_for not in held:
        _refuse(asked_for)
    for wanted in (asked_for, st.session_state.get("assessment"), *held[:1]):
        if wanted in held:
            st.session_state["assessment"] = wanted
            return wanted
    return None


def stored() -> list[records.Summary]:
    """The assessments open to the reader, the newest first."""
    found = access.reader()
    return [entry for entry in _stored() if access.visible(found, entry)]


@st.cache_resource(ttl=5, show_spinner=False)
def _stored() -> list[records.Summary]:
    return records.recent()


def _refuse(wanted: str) -> NoReturn:
    """Say that a link leads nowhere for this reader; whether the assessment exists is not told."""
    found = access.reader()
    if found is not None:
        access.sees(found, wanted)
    st.error(
        "This link leads to an assessment that is not there, or that is not open to you. "
        f"Ask who sent it, or {Settings().access_contact}."
    )
    st.page_link(_PAGES / "home.py", label="Go to the first page")
    st.stop()


def offer() -> None:
    """Where several assessments are kept, let the reader choose which one the pages show."""
    held = {entry.id: frame.told(entry) for entry in stored()}
    if len(held) > 1:
        st.session_state["offered"] = chosen()
        st.selectbox("Assessment", list(held), format_func=held.__getitem__, key="offered", on_change=_take_offer)


def offer_names() -> None:
    """Where personal names are withheld, let those who may see them ask, and say why."""
    found = assessment()
    if found is None or not access.may("show names") or found.suppliers.filter("personal").is_empty():
        return
    if names_shown():
        st.warning("Personal names are shown to you. Who asked for them and why is in the audit trail.")
        st.button("Withhold personal names again", on_click=withhold_names, key="withhold")
        return
    with st.expander("Personal names are withheld"), st.form("names", border=False):
        why = st.text_input("Why you need to see them", max_chars=200, key="names_why")
        if st.form_submit_button("Show personal names"):
            _ask_names(why)


def _ask_names(why: str) -> None:
    if not why.strip():
        st.error("Say why you need to see personal names. It is recorded in the audit trail.")
        return
    try:
        show_names(why)
    except records.RecordError as error:
        st.error(str(error))
        return
    st.rerun()


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
    """The chosen assessment, or None when nothing was checked yet. Personal names are withheld unless asked for."""
    wanted = chosen()
    if wanted is None:
        return None
    try:
        return _load(wanted, names_shown())
    except (records.RecordError, PolicyError) as error:
        st.error(str(error))
        return None


def view(figures: Callable[..., Figures], *of: str) -> Figures:
    """Figures of the chosen assessment, and of what else they are asked (`of`), worked out once."""
    return _view(here(), names_shown(), figures, of)


def names_shown() -> bool:
    """Whether the reader asked to see the personal names of the chosen assessment, and may."""
    return here() in st.session_state.get("named", ()) and access.may("show names")


def show_names(why: str) -> None:
    """Show the personal names of the chosen assessment in this session; who asked and why is recorded."""
    access.check("show names")
    wanted, name = here(), records.me()
    accessed.shown(name, wanted, why, "on screen")
    st.session_state["named"] = {*st.session_state.get("named", ()), wanted}


def withhold_names() -> None:
    """Withhold the personal names of every assessment again."""
    st.session_state.pop("named", None)


def ranked() -> pl.DataFrame:
    """The lines of the chosen assessment with what was found of them, most points first."""
    return view(lines.ranked)


def fill(values: Mapping[str, object]) -> None:
    """Set widgets by their keys; called by a widget, before the page is drawn anew."""
    for key, value in values.items():
        st.session_state[key] = value


def of(figures: Callable[[str], Figures], assessment_id: str) -> Figures:
    """Figures of any assessment by its id, worked out once: what is kept of an assessment never changes."""
    return _of(assessment_id, f"{figures.__module__}.{figures.__qualname__}", figures)


def compared(before: str) -> pl.DataFrame:
    """What changed from an earlier assessment to the chosen one, supplier by supplier, worked out once."""
    return _compared(before, here())


def between_copies(before: Path, after: Path) -> pl.DataFrame:
    """Suppliers of the chosen assessment whose statement changed between two registry copies, worked out once."""
    return _between_copies(here(), names_shown(), before, after)


def keep_register(kind: str, files: Sequence[tuple[str, bytes]], listed: date) -> None:
    """Keep register files that were handed in, and say so on the page drawn anew."""
    access.check("keep registers")
    try:
        st.session_state["said"] = registers.hand_in(kind, files, listed)
    except records.RecordError as error:
        st.error(str(error))
        return
    st.session_state["handed_in"] = handed_in() + 1
    renew()


def handed_in() -> int:
    """How often files were handed in: the uploader is a new one each time, so that they leave the server's memory."""
    return int(st.session_state.get("handed_in", 0))


def renew() -> None:
    """Draw the page anew, with the register copies that are there now."""
    _copies.clear()
    st.rerun()


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
    """The run that the address bar names, when there is such a run and the reader may start one."""
    return runs.find(st.query_params.get("run")) if access.may("upload") else None


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
    _stored.clear()
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
        _stored.clear()
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


@st.cache_resource(show_spinner=False)
def _kept() -> Kept:
    return Kept(MEMORY)


def _load(assessment_id: str, named: bool) -> Assessment:
    def opened() -> Assessment:
        with st.spinner("Opening the assessment"):
            found = records.load(assessment_id)
            return found if named else report.withhold(found)

    return _kept().get((assessment_id, named), opened)


@st.cache_resource(max_entries=64, show_spinner="Working out the figures")
def _of(assessment_id: str, name: str, _figures: Callable[[str], Figures]) -> Figures:  # noqa: ARG001 - the name is the cache key
    return _figures(assessment_id)


@st.cache_resource(max_entries=4, show_spinner="Looking the suppliers up in both copies")
def _between_copies(assessment_id: str, named: bool, before: Path, after: Path) -> pl.DataFrame:
    return changes.of_copies(_load(assessment_id, named), before, after)


@st.cache_resource(max_entries=8, show_spinner="Comparing")
def _compared(before: str, after: str) -> pl.DataFrame:
    return records.compare(before, after)


def _view(assessment_id: str, named: bool, figures: Callable[..., Figures], of: tuple[str, ...]) -> Figures:
    def worked_out() -> Figures:
        with st.spinner("Working out the figures"):
            return figures(_load(assessment_id, named), *of)

    name = f"{figures.__module__}.{figures.__qualname__}"
    return _kept().get((assessment_id, named, name, of), worked_out)
