"""The audit workbook, opened again with another library."""

from __future__ import annotations

import dataclasses
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from riskengine import report
from riskengine.pipeline import Assessment
from riskengine.report import pages, workbook
from riskengine.report.tables import build
from riskengine.schemas import ContractLines, Statements
from tests.assessment_factory import SUMMARY, assessment, policy_of_tests

HOSTILE = [
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://evil.example","x")',
    "{=1+1}",
    "+1",
    "-1",
    "@SUM(A1)",
    "http://evil.example/",
    "internal:Sheet1!A1",
    "bell \x07, null \x00, escape \x1b",
    "not a character \ufffe\uffff",
    "_x0041_",
    "<b>&amp;</b>",
]


def written(folder: Path, made: Assessment) -> Path:
    report.write(made, folder, ("xlsx",), "shown")
    return folder / "audit.xlsx"


def opened(folder: Path, made: Assessment) -> openpyxl.Workbook:
    return openpyxl.load_workbook(written(folder, made))


def describing(*texts: str) -> Assessment:
    """The example with these descriptions on its lines."""
    made = assessment()
    lines = pl.concat([made.lines.head(1)] * len(texts)).with_columns(
        description=pl.Series(texts), line_id=pl.Series([f"a-1-{row}" for row in range(len(texts))])
    )
    links = pl.concat([made.links.head(1)] * len(texts)).with_columns(line_id=lines["line_id"])
    scores = pl.concat([made.scores.head(1)] * len(texts)).with_columns(line_id=lines["line_id"])
    return dataclasses.replace(made, lines=ContractLines.cast(lines), links=links, scores=scores)


def column(sheet: object, name: str) -> list[object]:
    rows = list(sheet.iter_rows(values_only=True))  # type: ignore[attr-defined]
    return [row[rows[0].index(name)] for row in rows[1:]]


def test_flagged_sheets_come_first_then_the_frames_in_flow_order(tmp_path: Path) -> None:
    assert opened(tmp_path, assessment()).sheetnames == [
        "Flagged suppliers",
        "Flagged lines",
        "Intake",
        "Headings",
        "Lines",
        "Set aside",
        "Suppliers",
        "Matches",
        "Statements",
        "Sectors",
        "Findings",
        "Decisions",
        "Found statements",
        "Policy",
        "About this run",
        "Columns",
    ]


@pytest.mark.parametrize("title", ["Flagged suppliers", "Flagged lines", "Lines", "Set aside", "Findings", "Decisions"])
def test_a_sheet_has_a_frozen_heading_row_and_a_filter(tmp_path: Path, title: str) -> None:
    sheet = opened(tmp_path, assessment())[title]
    assert sheet.freeze_panes == "A2"
    assert str(sheet.auto_filter.ref).startswith("A1:")


def test_flagged_lines_hold_the_flagged_lines_alone(tmp_path: Path) -> None:
    book = opened(tmp_path, assessment())
    assert column(book["Flagged lines"], "line_id") == ["a-1-2"]
    assert column(book["Flagged suppliers"], "supplier_id") == ["S-ACME"]
    assert column(book["Lines"], "line_id") == ["a-1-2", "b-1-2", "b-1-3"]


def test_amounts_dates_shares_and_flags_are_real_values(tmp_path: Path) -> None:
    sheet = opened(tmp_path, assessment())["Lines"]
    first = {name: column(sheet, name)[0] for name in ("amount", "start", "checked_share", "flagged", "row")}
    assert first == {
        "amount": 120000,
        "start": datetime(2025, 4, 1),  # noqa: DTZ001
        "checked_share": 0.75,
        "flagged": True,
        "row": 2,
    }


def test_a_date_before_spreadsheets_count_is_written_as_text(tmp_path: Path) -> None:
    made = assessment()
    old = dataclasses.replace(made, lines=made.lines.with_columns(start=pl.lit(date(1899, 12, 30))))
    assert column(opened(tmp_path, old)["Lines"], "start") == ["1899-12-30"] * 3


def test_a_band_is_a_word_with_a_colour(tmp_path: Path) -> None:
    sheet = opened(tmp_path, assessment())["Lines"]
    place = [cell.value for cell in sheet[1]].index("band") + 1
    bands = [sheet.cell(row, place) for row in (2, 3, 4)]
    assert [cell.value for cell in bands] == ["high", "low", "unknown"]
    assert len({cell.fill.fgColor.rgb for cell in bands}) == 3


def test_no_cell_can_run_as_a_formula_or_follow_a_link_of_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, describing(*HOSTILE))
    with zipfile.ZipFile(path) as package:
        sheets = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        links = "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".rels"))
    assert not any("<f>" in sheet or "<f " in sheet for sheet in sheets)
    assert "evil" not in links


def test_hostile_texts_are_read_back_as_written(tmp_path: Path) -> None:
    texts = [text for text in HOSTILE if text.isprintable() and "_x0041_" not in text]
    assert column(opened(tmp_path, describing(*texts))["Lines"], "description") == texts


def test_signs_that_a_workbook_cannot_hold_do_not_spoil_it(tmp_path: Path) -> None:
    assert len(column(opened(tmp_path, describing(*HOSTILE))["Lines"], "description")) == len(HOSTILE)


def test_statements_are_linked_from_the_registrys_records(tmp_path: Path) -> None:
    sheet = opened(tmp_path, assessment())["Suppliers"]
    links = {cell.value: cell.hyperlink.target for row in sheet for cell in row if cell.hyperlink}
    assert links == {"https://bolt.example/statement": "https://bolt.example/statement", SUMMARY: SUMMARY}


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://bolt.example/x",
        "\\\\server\\share",
        "https://",
        "https://[bolt",
        "http://bolt.example/a b",
        "https://bolt.example/" + "x" * 2_100,
        "mailto:a@bolt.example",
    ],
)
def test_other_addresses_are_text(tmp_path: Path, address: str) -> None:
    made = assessment()
    statements = Statements.cast(made.statements.with_columns(statement_url=pl.lit(address)))
    sheet = opened(tmp_path, dataclasses.replace(made, statements=statements))["Suppliers"]
    assert column(sheet, "statement_url") == [address] * 3
    assert address not in {cell.hyperlink.target for row in sheet for cell in row if cell.hyperlink}


def test_links_beyond_what_a_sheet_can_hold_are_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LINKS", 1)
    made = assessment()
    statements = Statements.cast(made.statements.with_columns(statement_url=pl.lit("https://bolt.example/s")))
    sheet = opened(tmp_path, dataclasses.replace(made, statements=statements))["Statements"]
    place = [cell.value for cell in sheet[1]].index("statement_url") + 1
    assert [bool(sheet.cell(row, place).hyperlink) for row in (2, 3, 4)] == [True, False, False]


def test_a_text_longer_than_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    shown = column(opened(tmp_path, describing("x" * 40_000))["Lines"], "description")[0]
    assert len(str(shown)) == workbook.CELL
    assert str(shown).endswith("(cut)")


def test_lines_that_are_not_flagged_are_held_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "OTHER_LINES", 1)
    made = assessment()
    lines = next(page for page in pages.pages(made, build(made)) if page.title == "Lines")
    assert (lines.frame["line_id"].to_list(), lines.left_out) == (["a-1-2", "b-1-2"], 1)


def test_flagged_lines_go_on_to_a_second_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "ROWS", 1)
    made = describing("a", "b", "c")
    titles = [page.title for page in pages.pages(made, build(made)) if page.title.startswith("Flagged lines")]
    assert titles == ["Flagged lines", "Flagged lines 2", "Flagged lines 3"]


def test_about_this_run_says_what_was_asked_and_bears_the_notice(tmp_path: Path) -> None:
    sheet = opened(tmp_path, assessment())["About this run"]
    told = "\n".join(" ".join(str(cell) for cell in row if cell) for row in sheet.iter_rows(values_only=True))
    for text in (
        "spend.csv, 3,000 bytes, SHA-256 " + "b" * 64,
        "As-of date 2026-04-01",
        "of the tests, SHA-256 " + "d" * 64,
        "copy of 2026-03-01",
        "fictional sample registry",
        "5 read = 3 assessed + 2 set aside: adds up",
        "Contract ending soon: 2 of 2 times asked",
        "supplier = Payee",
        policy_of_tests().wording.notice,
    ):
        assert text in told


def test_every_column_of_every_sheet_is_explained(tmp_path: Path) -> None:
    book = opened(tmp_path, assessment())
    explained = set(column(book["Columns"], "column"))
    shown = {cell.value for sheet in book.worksheets[:-2] for cell in sheet[1]}
    assert shown <= explained


def test_every_finding_leads_to_a_row_of_the_policy(tmp_path: Path) -> None:
    book = opened(tmp_path, assessment())
    policy = set(zip(column(book["Policy"], "indicator"), column(book["Policy"], "points"), strict=True))
    findings = set(zip(column(book["Findings"], "indicator"), column(book["Findings"], "points"), strict=True))
    assert findings
    assert findings <= policy


def test_the_terms_of_a_score_name_both_names_once(tmp_path: Path) -> None:
    told = [str(text) for text in column(opened(tmp_path, assessment())["Matches"], "terms") if text]
    assert told
    assert all(text.count(" / ") == 1 and ": " in text for text in told)


def test_creation_time_is_the_as_of_date(tmp_path: Path) -> None:
    with zipfile.ZipFile(written(tmp_path, assessment())) as package:
        times = re.findall(r"20\d\d-\d\d-\d\dT[\d:]+Z", package.read("docProps/core.xml").decode())
        stamps = {entry.date_time[0] for entry in package.infolist()}
    assert set(times) == {"2026-04-01T00:00:00Z"}
    assert stamps == {1980}
