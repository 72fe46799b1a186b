"""The policy files as tables: nothing on the Method page is written anywhere else."""

from __future__ import annotations

from collections.abc import Iterable

from checker.show.labels import Labels, day, listed
from checker.show.tables import Cell, Column, Table
from checker.views.policy import Row
from riskengine.policy import Policy
from riskengine.policy.files import Figure
from riskengine.policy.indicators import IndicatorPolicy

ABOUT = (
    "Every line is asked the same questions. What is raised earns points, the points add up to a band, and a "
    "question that could not be answered is counted and shown, never taken as good news."
)
GRADES = (
    "Market risk is our judgement of the market. The evidence grade says how much is known, so that weak ones show."
)
_TONES = {"very_high": "high", "high": "high", "medium": "medium", "low": "low", "unknown": "unknown"}


def bands(policy: Policy, labels: Labels) -> Table:
    """From how many points a band begins."""
    rows = [
        [
            Cell(labels.of("band", name), tone=name),
            Cell(f"from {figure.value:g} points"),
            *_reason(figure),
        ]
        for name, figure in (("high", policy.bands.high), ("medium", policy.bands.medium))
    ]
    rows.append([Cell(labels.of("band", "low"), tone="low"), Cell("fewer points"), Cell("The rest."), Cell("")])
    unknown = "The sector is not known and other findings do not reach the high band. Never shown as low."
    rows.append([Cell(labels.of("band", "unknown"), tone="unknown"), Cell("any"), Cell(unknown), Cell("")])
    return Table("Bands", [Column("Band"), Column("Points"), Column("Why"), Column("Source")], rows)


def sectors(policy: Policy, labels: Labels) -> Table:
    """Every sector with its level, and apart from it how good the evidence is."""
    order = list(labels.all("level"))
    columns = [Column("Sector"), Column("Market risk"), Column("Evidence"), Column("Why"), Column("Source")]
    rows = [
        [
            Cell(sector.name),
            Cell(labels.of("level", sector.level), tone=_TONES[sector.level]),
            Cell(labels.of("level", sector.grade)),
            Cell(sector.why),
            Cell(sector.source, note=f"since {day(sector.since)}"),
        ]
        for sector in sorted(policy.sectors.sectors, key=lambda one: (order.index(one.level), one.name))
    ]
    return Table("Sectors", columns, rows)


def cases(indicator: IndicatorPolicy, labels: Labels) -> Table:
    """Every answer an indicator can give."""
    columns = [Column("Answer"), Column("What it says"), Column("Points", number=True), Column("Why that many")]
    rows = [
        [
            Cell(labels.of("outcome", case.outcome)),
            Cell(case.sentence),
            Cell(f"{case.points.value:g}" if case.points else "0"),
            Cell(case.points.why, note=_origin(case.points)) if case.points else Cell(""),
        ]
        for case in indicator.cases.values()
    ]
    return Table("Answers", columns, rows, row_headings=False)


def thresholds(indicator: IndicatorPolicy) -> Table:
    """The figures an indicator compares with."""
    columns = [Column("Figure"), Column("Value", number=True), Column("Why"), Column("Source")]
    rows = [
        [Cell(name.replace("_", " ")), Cell(f"{figure.value:,g}"), *_reason(figure)]
        for name, figure in indicator.thresholds.items()
    ]
    return Table("Figures it compares with", columns, rows)


def rules(rows: list[Row], step: str) -> Table:
    """The figures and rules of one step."""
    cells = [
        [
            Cell(row.name),
            Cell(row.value),
            Cell(row.why),
            Cell(row.source, note=f"since {day(row.since)}" if row.since else None),
        ]
        for row in rows
        if row.step == step
    ]
    columns = [Column("Figure or rule"), Column("Value"), Column("Why"), Column("Source")]
    return Table(f"Figures and rules of the step {step}", columns, cells)


def law(policy: Policy) -> Table:
    """What the law asks of a statement, and what it only recommends."""
    duty = policy.statements.duties[-1]
    asked = [[Cell(point.words), Cell("Asked by law"), Cell(point.source)] for point in duty.legal_points]
    areas = [
        [Cell(area.id.replace("_", " ").capitalize()), Cell("Recommended"), Cell(area.source)]
        for area in duty.recommended_areas
    ]
    return Table("What a statement holds", [Column("Point"), Column("Standing"), Column("Source")], asked + areas)


def next_steps(policy: Policy, labels: Labels) -> Table:
    """What a council may do, by band and kind of body."""
    columns = [Column("For the band"), Column("Kind of body"), Column("Step"), Column("Why"), Column("Source")]
    rows = [
        [
            Cell(listed([labels.of("band", band) for band in step.bands])),
            Cell(listed([labels.of("kind", kind) for kind in step.kinds]) or "Every kind"),
            Cell(step.text),
            Cell(step.why),
            Cell(step.source, note=f"since {day(step.since)}"),
        ]
        for step in policy.next_steps.steps
    ]
    return Table("Next steps", columns, rows, row_headings=False)


def wording(labels: Labels, columns: Iterable[str]) -> Table:
    """The words for each value."""
    rows = [
        [Cell(column.replace("_", " ")), Cell(value), Cell(words)]
        for column in columns
        for value, words in labels.all(column).items()
    ]
    return Table("Words", [Column("What"), Column("Value in the files"), Column("Words")], rows)


def _reason(figure: Figure) -> list[Cell]:
    return [Cell(figure.why), Cell(figure.source, note=f"since {day(figure.since)}")]


def _origin(figure: Figure) -> str:
    return f"{figure.source}, since {day(figure.since)}"
