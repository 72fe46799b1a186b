"""The chosen assessment and what is worked out of it, kept in memory for all sessions together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import polars as pl
import streamlit as st

from checker import changes, records, registers
from checker import ranked as stored_lines
from checker.kept import Kept
from checker.records import frames
from checker.registers import Copy
from checker.session.choice import chosen, here, names_shown
from checker.show.labels import Labels
from checker.show.literal import literal
from checker.views import lines
from registries.errors import RegistryError
from riskengine import policy as policies
from riskengine.errors import PolicyError
from riskengine.pipeline import Assessment
from riskengine.policy import Policy

Figures = TypeVar("Figures")

MEMORY = 1_500_000_000
"""Bytes of assessments, and of figures worked out of them, that are kept for all sessions together."""


@st.cache_resource(show_spinner=False)
def policy() -> Policy:
    """The built-in policy."""
    return policies.load()


def assessment() -> Assessment | None:
    """The chosen assessment, or None when nothing was checked yet. Personal names are withheld unless asked for."""
    wanted = chosen()
    if wanted is None:
        return None
    try:
        return _load(wanted, names_shown())
    except (records.RecordError, PolicyError) as error:
        st.error(literal(str(error)))
        return None


def labels() -> Labels:
    """The words of the policy under which the chosen assessment was made."""
    shown = assessment()
    return Labels(shown.policy if shown else policy())


def rows() -> pl.LazyFrame:
    """The lines of the chosen assessment with what was found of them, not read yet (rows of `lines.ranked`)."""
    return _rows(here(), names_shown())


def sums(figures: Callable[..., Figures], *of: str) -> Figures:
    """Figures of these rows, and of what else they are asked (`of`), worked out once."""
    assessment_id, named = here(), names_shown()
    return _once(assessment_id, named, figures, of, lambda: figures(_rows(assessment_id, named), *of))


def view(figures: Callable[..., Figures], *of: str) -> Figures:
    """Figures of the chosen assessment, and of what else they are asked (`of`), worked out once."""
    return _view(here(), names_shown(), figures, of)


def of(figures: Callable[[str], Figures], assessment_id: str) -> Figures:
    """Figures of any assessment by its id, worked out once: what is kept of an assessment never changes."""
    return _of(assessment_id, f"{figures.__module__}.{figures.__qualname__}", figures)


def compared(before: str) -> pl.DataFrame:
    """What changed from an earlier assessment to the chosen one, supplier by supplier, worked out once."""
    return _compared(before, here())


def between_copies(before: Path, after: Path) -> pl.DataFrame:
    """Suppliers of the chosen assessment whose statement changed between two registry copies, worked out once."""
    return _between_copies(here(), names_shown(), before, after)


def copies() -> dict[str, Copy]:
    """The registry copies to choose from, by id, the newest real one first; a damaged one is told of."""
    found, problem = _copies()
    if problem:
        st.error(literal(problem))
    return found


def copies_anew() -> None:
    """Look anew which registry copies are there."""
    _copies.clear()


@st.cache_resource(ttl=60, show_spinner=False)
def _copies() -> tuple[dict[str, Copy], str | None]:
    try:
        found, problem = registers.newest(), None
    except RegistryError as error:
        found, problem = [], str(error)
    return {copy.id: copy for copy in (*found, *registers.WITHOUT)}, problem


@st.cache_resource(show_spinner=False)
def _kept() -> Kept:
    return Kept(MEMORY)


def _load(assessment_id: str, named: bool) -> Assessment:
    def opened() -> Assessment:
        with st.spinner("Opening the assessment"):
            found = records.load(assessment_id)
            return found if named else frames.withheld(found)

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


def _rows(assessment_id: str, named: bool) -> pl.LazyFrame:
    if not named:
        return stored_lines.scan(assessment_id)
    return _once(assessment_id, named, lines.ranked, (), lambda: lines.ranked(_load(assessment_id, named))).lazy()


def _view(assessment_id: str, named: bool, figures: Callable[..., Figures], of: tuple[str, ...]) -> Figures:
    return _once(assessment_id, named, figures, of, lambda: figures(_load(assessment_id, named), *of))


def _once(
    assessment_id: str,
    named: bool,
    figures: Callable[..., Figures],
    of: tuple[str, ...],
    work_out: Callable[[], Figures],
) -> Figures:
    def worked_out() -> Figures:
        with st.spinner("Working out the figures"):
            return work_out()

    name = f"{figures.__module__}.{figures.__qualname__}"
    return _kept().get((assessment_id, named, name, of), worked_out)
