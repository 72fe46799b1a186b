"""What a visitor sets going: a change of the record, a run and its progress, register files, personal names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

import streamlit as st

import sample_contracts
from checker import access, records, registers, repeats, runs
from checker.registers import Copy
from checker.runs import Asked, Run
from checker.session import choice, figures
from checker.show import frame
from checker.show.literal import literal
from riskengine.pipeline import Assessment


def act(deed: Callable[[], None], sentence: str, *done_with: str) -> None:
    """Do something to the record and say so on the page drawn anew; ids done with leave the address bar."""
    try:
        deed()
    except records.RecordError as error:
        st.error(literal(str(error)))
        return
    choice.stored_anew()
    for name in done_with:
        st.query_params.pop(name, None)
    st.session_state["said"] = sentence
    st.rerun()


def tell() -> None:
    """The sentence about what was just done, once. Its place is always there.

    Streamlit knows forms and folds by their order on the page: where a sentence came or went above them they would be
    new ones, with what was typed or opened in them lost.
    """
    place = st.empty()
    if sentence := st.session_state.pop("said", None):
        place.success(literal(sentence))


def press(name: str) -> None:
    """Remember a press until `pressed` asks for it: what a button calls, on a page with fields outside its form.

    Leaving such a field sends its text a moment after the press. Streamlit breaks off the run that knew of the press
    then, and the next one knows nothing of it.
    """
    st.session_state[f"pressed_{name}"] = True


def pressed(name: str) -> bool:
    """Whether the button was pressed since this was last asked."""
    return bool(st.session_state.pop(f"pressed_{name}", False))


def fill(values: Mapping[str, object]) -> None:
    """Set widgets by their keys; called by a widget, before the page is drawn anew."""
    for key, value in values.items():
        st.session_state[key] = value


def offer_names(shown: Assessment) -> None:
    """Where personal names are withheld, let those who may see them ask, and say why."""
    if not access.may("show names") or shown.suppliers.filter("personal").is_empty():
        return
    if choice.names_shown():
        st.warning("Personal names are shown to you. Who asked for them and why is in the audit trail.")
        st.button("Withhold personal names again", on_click=choice.withhold_names, key="withhold")
        return
    with st.expander("Personal names are withheld"), st.form("names", border=False):
        why = st.text_input("Why you need to see them", max_chars=200, key="names_why")
        st.form_submit_button("Show personal names", on_click=press, args=("names",))
        if pressed("names"):
            _ask_names(why)


def _ask_names(why: str) -> None:
    if not why.strip():
        st.error("Say why you need to see personal names. It is recorded in the audit trail.")
        return
    try:
        choice.show_names(why)
    except records.RecordError as error:
        st.error(literal(str(error)))
        return
    st.rerun()


def run() -> Run | None:
    """The run that makes a new assessment and that the address bar names, where the reader may start one."""
    found = _named("upload")
    return found if found and found.asked().check is None else None


def check() -> Run | None:
    """The same of a run that makes an assessment again to compare it."""
    found = _named("make again")
    return found if found and found.asked().check else None


def _named(action: str) -> Run | None:
    return runs.find(st.query_params.get("run")) if access.may(action) else None


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


def nothing_to_show() -> None:
    """What to do where no assessment can be shown: none was made yet, or the chosen one can't be opened."""
    if choice.chosen() is None:
        frame.nothing_yet()
    elif access.may("upload") and repeatable():
        st.write("Its lists are kept: they can be checked again by this version of riskcheck.")
        if st.button("Check its lists again", type="primary"):
            repeat()


def repeatable() -> bool:
    """Whether the files of the chosen assessment are kept, so that it can be asked for again."""
    wanted = choice.chosen()
    return wanted is not None and repeats.possible(wanted)


def remembered() -> dict[str, str]:
    """The headings remembered from before that the chosen assessment was given."""
    return repeats.remembered(choice.here())


def repeat(mapping: Mapping[str, str] | None = None) -> None:
    """Ask the same of the same files again, with what was decided since, and go to its progress.

    `mapping`: other headings than the chosen assessment was given.
    """
    _go("upload", lambda: repeats.again(choice.here(), mapping))


def check_again() -> None:
    """Make the chosen assessment again from its stored input, to compare every byte, and show the progress."""
    access.check("make again")
    _go("assessments", lambda: repeats.check(choice.here()))


def _go(page: str, begin: Callable[[], Run]) -> None:
    try:
        started = begin()
    except records.RecordError as error:
        st.error(literal(str(error)))
        return
    ids = {"assessment": choice.here(), "run": started.id}
    st.switch_page(choice.PAGES / f"{page}.py", query_params=ids)


def finish() -> None:
    """Go from the progress of a run to what it found."""
    made = run()
    ended = made.ended() if made else None
    if ended and ended.assessment:
        choice.stored_anew()
        choice.choose(ended.assessment)
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


def keep_register(kind: str, files: Sequence[tuple[str, bytes]], listed: date) -> None:
    """Keep register files that were handed in, and say so on the page drawn anew."""
    access.check("keep registers")
    try:
        st.session_state["said"] = registers.hand_in(kind, files, listed)
    except records.RecordError as error:
        st.error(literal(str(error)))
        return
    st.session_state["handed_in"] = handed_in() + 1
    renew()


def handed_in() -> int:
    """How often files were handed in: the uploader is a new one each time, so that they leave the server's memory."""
    return int(st.session_state.get("handed_in", 0))


def renew() -> None:
    """Draw the page anew, with the register copies that are there now."""
    figures.copies_anew()
    st.rerun()
