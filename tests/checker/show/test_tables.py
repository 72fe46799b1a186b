"""Tables and charts of an assessment: the figures they hold, and that each says its meaning in words."""

from __future__ import annotations

from datetime import date

import polars as pl

from checker.show import audit, charts, intake, lists, matrix, method, summary
from checker.show.labels import Labels
from checker.views import evidence, lines, totals
from checker.views import policy as figures
from riskengine import policy
from riskengine.report import totals as sums
from tests.assessment_factory import assessment, policy_of_tests

LABELS = Labels(policy_of_tests())


def test_a_line_links_to_its_evidence_and_names_its_place() -> None:
    table = lists.lines(lines.ranked(assessment()), LABELS, "Lines", "abc")
    first = table.rows[0][0]
    assert first.href == "supplier?assessment=abc&supplier=S-ACME&line=a-1-2"
    assert first.label == "Evidence for Acme Cleaning Ltd, register.xlsx, Contracts, row 2"


def test_bands_are_told_in_words_beside_their_colour() -> None:
    table = lists.lines(lines.ranked(assessment()), LABELS, "Lines", "abc")
    assert [(row[-1].text, row[-1].tone) for row in table.rows] == [
        ("High", "high"),
        ("Low", "low"),
        ("Unknown", "unknown"),
    ]


def test_a_matrix_cell_holds_count_band_and_link() -> None:
    table = matrix.table(totals.matrix(lines.ranked(assessment()).lazy()), LABELS, "abc", ("cleaning", "none_found"))
    cell = next(cell for cell in table.rows[0] if cell.fill)
    assert (cell.text, cell.note, cell.chosen) == ("1", "High", True)
    assert cell.href == "dashboard?assessment=abc&sector=cleaning&statement=none_found"
    assert [cell.text for cell in table.rows[0][2:]].count("0") == len(table.rows[0]) - 3


def test_pounds_of_different_kinds_stand_in_columns_of_their_own() -> None:
    table = summary.band_table(sums.bands(assessment()), LABELS)
    assert [column.title for column in table.columns] == ["Band", "Lines", "Paid", "Yearly contract value"]
    assert [cell.text for cell in table.rows[0]] == ["High", "1", "£0", "£120,000"]


def test_the_money_is_told_kind_by_kind() -> None:
    assert summary.money(sums.bands(assessment()), LABELS) == [
        ("Paid", "£0 of £220 is in the high band (0 of 2 lines)."),
        ("Yearly contract value", "£120,000 of £120,000 is in the high band (1 of 1 line)."),
    ]


def test_only_what_is_missing_is_told_as_not_known() -> None:
    made = assessment()
    said = summary.unknown(totals.unknowns(made, totals.counts(lines.ranked(made).lazy())))
    assert said[0] == "The sector of 1 of 3 lines is not known."
    assert not [sentence for sentence in said if "£" in sentence]


def test_the_chart_holds_the_whole_of_each_kind() -> None:
    data = charts.bands(sums.bands(assessment()), LABELS).layer[0].data
    wholes = data.group_by("bar").agg(pl.col("share").sum().round(9)).sort("bar").rows()
    assert wholes == [("All lines, counted", 1.0), ("Paid", 1.0), ("Yearly contract value", 1.0)]


def test_each_figure_of_a_trend_has_a_row_of_its_own_from_nothing_to_all() -> None:
    days = [date(2025, 12, 31), date(2026, 6, 30)]
    rows = [
        (day, title, share) for title in ("Lines", "Statements") for day, share in zip(days, (0.0, 1.0), strict=True)
    ]
    made = charts.trend(pl.DataFrame(rows, schema=["day", "title", "share"], orient="row"))
    (line,) = (layer for layer in made.layer if layer.mark["type"] == "line")
    low, high = 1 - charts.LOW, charts.HIGH
    assert line.data["at"].round(9).to_list() == [low, high, 1 + low, 1 + high]
    assert made.height == 2 * charts.ROW


def test_the_sheets_add_up_in_words() -> None:
    said = intake.adds_up(sums.sheets(assessment()))
    assert said == "5 rows read = 3 assessed + 2 set aside. Rows and £ add up in every sheet."


def test_a_sheet_that_does_not_add_up_is_named() -> None:
    sheets = sums.sheets(assessment())
    wrong = sheets.with_columns(adds_up=sheets["sheet"] != "spend")
    assert intake.adds_up(wrong).endswith("These sheets do not add up: spend.")


def test_an_amount_of_a_set_aside_row_is_empty_where_it_has_none() -> None:
    rows = audit.set_aside(assessment().set_aside).rows
    assert [row[3].text for row in rows] == ["", "£0.00"]


def test_the_run_names_the_hash_of_each_file_and_of_the_policy() -> None:
    told = dict(audit.run(assessment()))
    assert told["File 2"] == f"spend.csv (SHA-256 {'b' * 64})"
    assert told["Policy"] == f"of the tests (SHA-256 {'d' * 64})"
    assert told["Headings set by hand"] == "Supplier: Payee"


def test_the_points_of_a_line_are_in_its_caption() -> None:
    made = assessment()
    line = evidence.one(lines.ranked(made).lazy(), "a-1-2")
    assert lists.points(evidence.of_line(made, line), LABELS, line, {}).caption == "What adds up to its 63 points"


def test_the_method_shows_every_case_of_an_indicator_with_its_points() -> None:
    built_in = policy.load()
    labels = Labels(built_in)
    for indicator in built_in.indicators.values():
        shown = [(row[1].text, row[2].text) for row in method.cases(indicator, labels).rows]
        assert shown == [
            (case.sentence, f"{case.points.value:g}" if case.points else "0") for case in indicator.cases.values()
        ]


def test_the_method_shows_every_figure_with_reason_and_source() -> None:
    rows = figures.rows(policy.load())
    table = method.rules(rows, "statements")
    assert len(table.rows) == len([row for row in rows if row.step == "statements"])
    assert all(row[2].text and row[3].text for row in table.rows)
