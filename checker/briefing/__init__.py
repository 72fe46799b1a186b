"""The two-page briefing for councillors: the dashboard's five answers as a tagged PDF and as a page of HTML.

It names no supplier. The same assessment and record give the same bytes.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from checker import done, ranked, records, trend
from checker.records import Summary, frames
from checker.show import answers, charts, frame, summary
from checker.show.labels import Labels, day
from checker.show.tables import Table
from checker.views import glance, totals
from riskengine import __version__
from riskengine.pipeline import Assessment

TITLE = "Modern slavery risk in what we buy: briefing for councillors"
LONGEST = 60
"""Characters of the first cell of a row; a longer name of a department is cut."""
MARKETS = 7
"""Rows of its table of markets: with many more, the briefing would not stay on two pages."""


@dataclass(frozen=True)
class Part:
    """A part of a bar: its share of the bar (0 to 1), its colour, and what it is."""

    share: float
    colour: str
    word: str


@dataclass(frozen=True)
class Chart:
    """Bars, each a whole of parts, with what they show in words."""

    alternative: str
    legend: list[tuple[str, str]]
    bars: list[tuple[str, list[Part]]]


@dataclass(frozen=True)
class Section:
    """One question with its answers in sentences, and where need be a chart and a table."""

    heading: str
    sentences: list[str]
    chart: Chart | None = None
    table: dict[str, Any] | None = None


@dataclass(frozen=True)
class Briefing:
    """All that stands in the briefing, in the order in which it is read."""

    title: str
    about: list[str]
    notice: str
    sections: list[Section] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """The whole of it as plain values."""
        return asdict(self)


def of(assessment_id: str) -> Briefing:
    """The briefing of an assessment. Raises RecordError."""
    found, lines = frames.withheld(records.load(assessment_id)), ranked.scan(assessment_id)
    entry = next(one for one in records.recent() if one.id == assessment_id)
    labels, wording = Labels(found.policy), found.policy.wording
    money = [_money(lines, labels), *_places(lines, labels)]
    sections = [*money, _trend(entry, labels), *_done(found), _unknown(found, lines)]
    return Briefing(
        TITLE, _about(found, entry), wording.notice, sections, [wording.help, wording.evidence, _origin(found, entry)]
    )


def write(assessment_id: str, out: Path) -> tuple[Path, ...]:
    """Write briefing.pdf and briefing.html into the folder `out`. Raises RecordError and OSError."""
    from checker.briefing import pages, pdf  # noqa: PLC0415 - the typesetter takes time to load

    made = of(assessment_id)
    out.mkdir(parents=True, exist_ok=True)
    (out / "briefing.pdf").write_bytes(pdf.made(made))
    (out / "briefing.html").write_text(pages.made(made), "utf-8", newline="\n")
    return out / "briefing.pdf", out / "briefing.html"


def _about(found: Assessment, entry: Summary) -> list[str]:
    names = [file.name for file in found.files]
    state = {
        "draft": "DRAFT: not published yet.",
        "published": "",
        "withdrawn": "WITHDRAWN: not to be relied on.",
    }[entry.state]
    sample = (
        "It uses the fictional sample registry: nothing it says of statements is real." if entry.sample_register else ""
    )
    told = f"{frame.files(names)}, as of {day(found.as_of)}. {frame.registry(found)}"
    return [part for part in (state, told, sample) if part]


def _origin(found: Assessment, entry: Summary) -> str:
    return (
        f"Assessment {entry.id}, policy {found.policy.name} {found.policy.hash[:12]}, riskcheck {__version__}. "
        "£ of different kinds are never added together. No supplier is named here."
    )


def _money(lines: pl.LazyFrame, labels: Labels) -> Section:
    said = answers.money(glance.markets(lines), labels)
    sentences = [f"{kind}: {sentence}" for kind, sentence in said]
    levels = glance.levels(lines)
    parts = charts.parts(levels, "level", labels)
    colours = {words: charts.LEVEL_COLOURS[level] for level, words in labels.all("level").items()}
    bars = [
        (str(bar), [Part(row["share"], colours[row["word"]], row["word"]) for row in rows.iter_rows(named=True)])
        for (bar,), rows in parts.group_by("bar", maintain_order=True)
    ]
    chart = Chart(answers.alternative(said), list(colours.items()), bars)
    return Section("How much of our money goes to higher-risk markets?", [*sentences, answers.MEANING], chart)


def _places(lines: pl.LazyFrame, labels: Labels) -> list[Section]:
    kind = glance.main_kind(lines)
    if kind is None:
        return [Section("Where does it go?", ["The £ of no line is known, so it can't be said."])]
    words = labels.of("amount_kind", kind).lower()
    sectors, departments = glance.higher_sectors(lines, kind), glance.departments(lines, kind)
    said = [answers.largest(sectors, labels)]
    if len(glance.levels(lines).filter(pl.col("amount").is_not_null())["amount_kind"].unique()) > 1:
        said.append(f"Shown here: {words}, the kind of £ that most lines are of. The dashboard shows the others.")
    markets = answers.sector_table(sectors.head(MARKETS), labels, "")
    sections = [Section(f"Where does it go? Markets, {words}", said, table=_table(markets))]
    if not (departments["department"] == glance.NO_DEPARTMENT).all():
        said, table = [answers.spenders(departments)], _table(answers.department_table(departments))
        sections.append(Section(f"Where does it go? Departments, {words}", said, table=table))
    return sections


def _trend(entry: Summary, labels: Labels) -> Section:
    entries = trend.series(records.recent(), entry)
    found = trend.of(entries, [trend.point(one.id) for one in entries])
    heading = "Is it better than last time?"
    if found.before is None:
        return Section(heading, [answers.NO_TREND])
    said = answers.cautions(*found.entries[-2:])
    return Section(heading, said, table=_table(answers.trend_table(found, labels)))


def _done(found: Assessment) -> list[Section]:
    steps = Section("What officers may do next", answers.next_steps(found.policy))
    return [Section("What has been done?", answers.what_was_done(done.done(found))), steps]


def _unknown(found: Assessment, lines: pl.LazyFrame) -> Section:
    said = summary.unknown(totals.unknowns(found, totals.counts(lines)))
    return Section("What is not known?", said or ["Nothing that was asked is unknown."])


def _table(table: Table) -> dict[str, Any]:
    """A table without links and notes."""
    return {
        "caption": table.caption,
        "columns": [{"title": column.title, "number": column.number} for column in table.columns],
        "rows": [[_cut(row[0].text), *(cell.text for cell in row[1:])] for row in table.rows],
    }


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[:LONGEST].rstrip()}…"
