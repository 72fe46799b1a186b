"""The councillor's five questions, answered in words and plain tables: on the dashboard and in the briefing alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from checker.done import Done
from checker.records import Note, Summary
from checker.show import links
from checker.show.labels import NOT_KNOWN, Labels, count, day, listed, moment, percent, round_pounds
from checker.show.tables import Cell, Column, Table
from checker.trend import Point, Trend
from checker.views.glance import NO_DEPARTMENT, OTHERS, share
from riskengine.policy import Policy

MARKETS = {"higher": "Higher-risk markets", "other": "Other markets", "unknown": "Market not known"}
MEANING = (
    "A market is the kind of work or goods bought, such as cleaning or construction. Higher-risk markets are those "
    "where published evidence points to more risk of modern slavery. That says nothing about any one supplier."
)
NO_TREND = "There is no earlier published assessment of such lists to compare with yet."
FOLDED = "The figures of this chart as a table"
TABLE = "The table after it holds the same figures."
SAME = 0.005
"""Shares that differ by less than half a percentage point are told as about the same."""


Figure = tuple[str, str, str]
"""A figure at the top of the dashboard: what it is, the figure, and a note on what it is part of."""


@dataclass(frozen=True)
class Measure:
    """One figure of a trend: what it is, its value now and before (0 to 1), and whether more of it is better."""

    title: str
    now: float | None
    before: float | None
    better: bool | None

    @property
    def change(self) -> str:
        """In words, how it changed; only where more or less is plainly better is it called so."""
        if self.now is None or self.before is None:
            return NOT_KNOWN
        moved = self.now - self.before
        if abs(moved) < SAME:
            return "About the same"
        size = count(max(1, round(abs(moved) * 100)), "percentage point")
        told = f"{size} {'more' if moved > 0 else 'less'}"
        return told if self.better is None else f"{told}: {'better' if (moved > 0) == self.better else 'worse'}"


def money(markets: pl.DataFrame, labels: Labels) -> list[tuple[str, str]]:
    """One sentence a kind of £ (rows of `views.glance.markets`): the kind, and how much goes to higher-risk markets."""
    kinds = markets.get_column("amount_kind").unique(maintain_order=True)
    ordered = sorted(kinds, key=list(labels.all("amount_kind")).index)
    return [(labels.of("amount_kind", kind), _money(markets.filter(pl.col("amount_kind") == kind))) for kind in ordered]


def _money(rows: pl.DataFrame) -> str:
    found = {row["market"]: row for row in rows.iter_rows(named=True)}
    lines = int(rows.get_column("lines").sum())
    higher, unknown = found.get("higher"), found.get("unknown")
    counted = f"{higher['lines'] if higher else 0:,} of {count(lines, 'line')}"
    if rows.get_column("amount").null_count() == rows.height:
        return f"{counted} in higher-risk markets. The £ of these lines is not known."
    total = rows.get_column("amount").sum()
    part = (higher["amount"] if higher else None) or 0
    told = f"{_of(part, total)} goes to higher-risk markets ({counted})."
    if unknown and unknown["amount"]:
        return f"{told} For {_of(unknown['amount'], total)} the market is not known."
    return told


def at_a_glance(markets: pl.DataFrame, kind: str | None, trend: Trend, done: Done, labels: Labels) -> list[Figure]:
    """The figures to know first (`markets`: rows of `views.glance.markets`; `kind`: `views.glance.main_kind`)."""
    figures = []
    if kind is not None:
        sums = dict(markets.filter(pl.col("amount_kind") == kind).select("market", pl.col("amount").cast(float)).rows())
        whole = sum(amount or 0 for amount in sums.values())
        words = labels.of("amount_kind", kind).lower()
        titles = {"higher": "To higher-risk markets", "unknown": "Market not known"}
        figures = [_share_of(title, sums.get(market) or 0, whole, words) for market, title in titles.items()]
        figures[1:1] = _last_time(trend, kind)
    return [
        *figures,
        ("Suppliers flagged", f"{done.flagged:,}", f"of {count(done.suppliers, 'supplier')}"),
        ("Of these, followed up", f"{done.followed:,}", "with a note or a reply"),
    ]


def _share_of(title: str, part: float, whole: float, kind: str) -> Figure:
    found = share(part, whole)
    figure = NOT_KNOWN if found is None else percent(found)
    return title, figure, f"{round_pounds(part)} of {round_pounds(whole)}, {kind}"


def _last_time(trend: Trend, kind: str) -> list[Figure]:
    """The same share of £ in the assessment before, where there is one that tells."""
    held = _get(trend.before, kind)
    if held is None:
        return []
    return [("The same last time", percent(held), f"on {day(trend.entries[-2].as_of)}")]


def _of(part: float, whole: float) -> str:
    told = f"{round_pounds(part)} of {round_pounds(whole)}"
    found = share(float(part), float(whole))
    return told if found is None else f"{told} ({percent(found)})"


def alternative(said: list[tuple[str, str]]) -> str:
    """The chart of market risk in words."""
    return " ".join([*(f"{kind}: {sentence}" for kind, sentence in said), TABLE])


def largest(sectors: pl.DataFrame, labels: Labels) -> str:
    """In a sentence, the higher-risk markets with most £ (rows of `views.glance.higher_sectors`)."""
    first = sectors.filter(pl.col("amount") > 0).head(3)
    told = [
        f"{_within(labels.sector(row['sector']))} ({round_pounds(row['amount'])})"
        for row in first.iter_rows(named=True)
    ]
    return f"Most goes to {listed(told)}." if told else "No £ of this kind goes to a higher-risk market."


def _within(name: str) -> str:
    """A name within a sentence: with a small first letter, unless it is an abbreviation."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def spenders(departments: pl.DataFrame) -> str:
    """In a sentence, the department with most £ in higher-risk markets (rows of `views.glance.departments`)."""
    named = ~pl.col("department").is_in([NO_DEPARTMENT, OTHERS])
    first = departments.filter((pl.col("market") == "higher") & named).head(1).rows(named=True)
    if not first or not first[0]["amount"]:
        return "No department buys in a higher-risk market with a known £."
    told = f"{first[0]['department']} ({round_pounds(first[0]['amount'])})"
    return f"Of the departments named, {told} spends most in higher-risk markets."


def level_table(levels: pl.DataFrame, labels: Labels) -> Table:
    """Lines and £ by market risk, a column for each kind of £ (rows of `views.glance.levels`)."""
    held = set(levels.get_column("amount_kind"))
    kinds = [kind for kind in labels.all("amount_kind") if kind in held]
    sums = {(row["level"], row["amount_kind"]): row for row in levels.iter_rows(named=True)}
    rows = [
        [
            Cell(words),
            Cell(f"{sum(sums[level, kind]['lines'] for kind in kinds if (level, kind) in sums):,}"),
            *(_sum(sums.get((level, kind))) for kind in kinds),
        ]
        for level, words in labels.all("level").items()
    ]
    columns = [Column("Market risk"), Column("Lines", number=True)]
    columns += [Column(labels.of("amount_kind", kind), number=True) for kind in kinds]
    return Table("Lines and £ by market risk", columns, rows)


def _sum(row: dict[str, object] | None) -> Cell:
    if row is None:
        return Cell("£0", note="no lines")
    amount = row["amount"]
    return Cell(NOT_KNOWN if amount is None else round_pounds(float(str(amount))), note=_lines(row))


def _lines(row: dict[str, object]) -> str:
    return count(int(str(row["lines"])), "line")


def sector_table(rows: pl.DataFrame, labels: Labels, here: str) -> Table:
    """Higher-risk sectors, most £ first (rows of `views.glance.higher_sectors`); each links to its lines."""
    columns = [Column("Sector"), Column("Market risk"), Column("£", number=True)]
    columns += [Column("Lines", number=True), Column("Suppliers", number=True)]
    cells = [
        [
            Cell(labels.sector(row["sector"]), href=links.to("dashboard", assessment=here, sector=row["sector"])),
            Cell(labels.of("level", row["level"])),
            Cell(round_pounds(row["amount"])),
            Cell(f"{row['lines']:,}"),
            Cell(f"{row['suppliers']:,}"),
        ]
        for row in rows.iter_rows(named=True)
    ]
    return Table("Higher-risk markets, most £ first", columns, cells)


def department_table(rows: pl.DataFrame) -> Table:
    """£ and lines of each department by market (rows of `views.glance.departments`)."""
    departments = rows.get_column("department").unique(maintain_order=True).to_list()
    sums = {(row["department"], row["market"]): row for row in rows.iter_rows(named=True)}
    cells = [
        [Cell(one), *(_sum(sums.get((one, market))) for market in MARKETS), Cell(_department_share(sums, one))]
        for one in departments
    ]
    columns = [Column("Department"), *(Column(words, number=True) for words in MARKETS.values())]
    return Table("£ by department and market", [*columns, Column("Share in higher-risk markets", number=True)], cells)


def _department_share(sums: dict[tuple[str, str], dict[str, object]], department: str) -> str:
    amounts = {market: sums.get((department, market), {}).get("amount") for market in MARKETS}
    known = {market: float(str(amount)) for market, amount in amounts.items() if amount is not None}
    return percent(share(known.get("higher", 0.0), sum(known.values()))) if known else NOT_KNOWN


def measures(trend: Trend, labels: Labels) -> list[Measure]:
    """The figures of the latest assessment beside those of the one before."""
    now, before = trend.points[-1], trend.before
    money = [
        Measure(f"{labels.of('amount_kind', kind)}: share of £ to higher-risk markets", held, _get(before, kind), None)
        for kind, held in now.money.items()
    ]
    return [
        *money,
        Measure("Lines in higher-risk markets", now.lines, before and before.lines, None),
        Measure(
            "Statements found, of suppliers there that may need one", now.statements, before and before.statements, True
        ),
        Measure("Questions that could be answered", now.answered, before and before.answered, True),
        Measure("Lines whose market is not known", now.unknown, before and before.unknown, False),
    ]


def _get(before: Point | None, kind: str) -> float | None:
    return before.money.get(kind) if before else None


def cautions(before: Summary, now: Summary) -> list[str]:
    """What stands in the way of comparing two assessments, one sentence each."""
    said = [
        (
            before.inputs != now.inputs,
            "The two were made of different lists: part of a change may come from the lists.",
        ),
        (
            before.policy_hash != now.policy_hash,
            "The rules were changed in between: part of a change may come from them.",
        ),
        (before.sample_register != now.sample_register, "One of the two uses the fictional sample registry."),
    ]
    return [sentence for differs, sentence in said if differs]


def trend_rows(trend: Trend, labels: Labels) -> pl.DataFrame:
    """`day, title, share`: the figures of every day, for the chart; of several assessments of one day the latest."""
    rows = [
        (entry.as_of, one.title, one.now)
        for entry, point in zip(trend.entries, trend.points, strict=True)
        for one in measures(Trend((entry,), (point,)), labels)
        if one.now is not None
    ]
    found = pl.DataFrame(rows, schema={"day": pl.Date, "title": pl.String, "share": pl.Float64}, orient="row")
    return found.unique(["day", "title"], keep="last", maintain_order=True)


def next_steps(policy: Policy) -> list[str]:
    """What the policy suggests for suppliers in the high band, whatever kind of body."""
    return [step.text for step in policy.next_steps.steps if "high" in step.bands]


def trend_table(trend: Trend, labels: Labels) -> Table:
    """The figures of the latest assessment and of those before it, the latest first, at most four."""
    entries, points = trend.entries[-4:][::-1], trend.points[-4:][::-1]
    found = measures(trend, labels)
    columns = [Column("Share")]
    columns += [
        Column(f"{day(entry.as_of)}{'' if entry.state == 'published' else f' ({entry.state})'}", number=True)
        for entry in entries
    ]
    own = [measures(Trend((entry,), (one,)), labels) for entry, one in zip(entries, points, strict=True)]
    values = [{measure.title: measure.now for measure in one} for one in own]
    cells = [
        [Cell(one.title), *(Cell(percent(held.get(one.title))) for held in values), Cell(one.change)] for one in found
    ]
    return Table("This assessment and those before it", [*columns, Column("Change since the last one")], cells)


def better(trend: Trend, labels: Labels) -> list[str]:
    """In sentences, what changed since the assessment before."""
    if trend.before is None:
        return [NO_TREND]
    said = [
        f"{one.title}: {percent(one.now)} now, {percent(one.before)} on {day(trend.entries[-2].as_of)}. {one.change}."
        for one in measures(trend, labels)
        if one.now is not None and one.before is not None
    ]
    return said or ["The earlier assessments hold nothing that can be compared with this one."]


def what_was_done(found: Done) -> list[str]:
    """One sentence for each kind of thing done, and for what is left to do."""
    matches = count(found.decided, "possible match was", "possible matches were")
    waits = count(found.possible, "supplier waits", "suppliers wait")
    decisions = count(found.waiting, "further decision takes", "further decisions take")
    seen, was = count(found.statements, "statement"), "was" if found.statements == 1 else "were"
    replied = count(len(found.replies), "reply", "replies")
    noted = f"{count(found.notes, 'note')} and {replied} from suppliers were recorded."
    flagged = f"A note or a reply is held on {found.followed:,} of {count(found.flagged, 'flagged supplier')}."
    said = [
        (found.decided, f"{matches} settled by a person before this assessment was made."),
        (found.waiting, f"{decisions} effect at the next check."),
        (found.possible, f"{waits} for a decision on a possible match."),
        (found.statements, f"{seen} outside the registry {was} seen and recorded by officers."),
        (found.notes or found.replies, noted),
        (found.flagged, flagged),
    ]
    return [sentence for number, sentence in said if number] or ["Nothing was recorded, and nothing waits."]


def replies(notes: Sequence[Note], names: dict[str, str], titles: dict[str, str]) -> Table:
    """What suppliers themselves said of what was found, the latest first; `names` by key, `titles` by indicator."""
    cells = [
        [
            Cell(names[one.key]),
            Cell(titles.get(one.indicator or "", "The supplier as a whole")),
            Cell(one.text),
            Cell(moment(one.at)),
        ]
        for one in notes
    ]
    columns = [Column("Supplier"), Column("About"), Column("What the supplier said"), Column("Recorded")]
    return Table("Replies of suppliers, the latest first", columns, cells)
