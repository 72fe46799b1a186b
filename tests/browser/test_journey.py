"""The main journey: upload a list, see the matrix, go to a line, read its evidence, download the workbook."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

import sample_contracts
from tests.browser.app import App, drawn, faults

pytestmark = pytest.mark.browser


def test_a_list_goes_from_upload_to_matrix_line_evidence_and_workbook(app: App, page: Page, tmp_path: Path) -> None:
    upload(app, page)
    line = choose_cell_and_line(page)
    read_evidence(page, line)
    check_workbook(download(page, tmp_path), line)


def upload(app: App, page: Page) -> None:
    app.open(page, "upload", "Upload")
    page.get_by_test_id("stSelectbox").get_by_role("combobox").click()
    page.get_by_role("option", name="Sample registry (fictional)").click()
    sample = next(one.path for one in sample_contracts.samples() if one.path.name == "contracts_register.xlsx")
    page.locator("input[type=file]").set_input_files(sample)
    expect(page.get_by_role("button", name=f"Remove {sample.name}")).to_be_visible()
    page.get_by_role("button", name="Check these lists").click()
    expect(page.get_by_text("The lists were checked.")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Rows and £ add up in every sheet.")).to_be_visible()
    expect(page.get_by_text("uses the sample registry, which is fictional").first).to_be_visible()


def choose_cell_and_line(page: Page) -> str:
    """From the dashboard into a cell of the matrix, then into its first line; two clicks to the evidence."""
    page.get_by_role("link", name="See the dashboard").click()
    expect(page.get_by_role("heading", level=1, name="Dashboard")).to_be_visible()
    drawn(page)
    cell = page.locator(".matrix td.fill.high a").first
    cell.click()
    expect(page).to_have_url(re.compile(r"sector=.*statement="))
    drawn(page)
    expect(page.get_by_role("link", name="Show all lines")).to_be_visible()
    line = page.get_by_role("link", name=re.compile("^Evidence for ")).first
    told = line.get_attribute("aria-label") or ""
    line.click()
    expect(page).to_have_url(re.compile(r"/supplier\?.*line="))
    return told.removeprefix("Evidence for ")


def read_evidence(page: Page, line: str) -> None:
    supplier, _, place = line.partition(", ")
    expect(page.get_by_role("heading", level=1, name=supplier)).to_be_visible()
    expect(page.get_by_role("heading", level=2, name=f"Evidence for {place}")).to_be_visible()
    expect(page.get_by_text("Contract in a higher-risk sector").first).to_be_visible()
    expect(page.get_by_role("heading", level=2, name="Statement and register records")).to_be_visible()


def download(page: Page, folder: Path) -> Path:
    page.get_by_role("link", name="Audit").click()
    button = page.get_by_role("link", name="Download the audit workbook")
    expect(button).to_be_visible()
    drawn(page)
    with page.expect_download(timeout=60_000) as caught:
        button.click()
    path = folder / caught.value.suggested_filename
    caught.value.save_as(path)
    return path


def check_workbook(path: Path, line: str) -> None:
    book = openpyxl.load_workbook(path, read_only=True)
    assert book.sheetnames[:2] == ["Flagged suppliers", "Flagged lines"]
    names = {cell.value for row in book["Flagged suppliers"].iter_rows() for cell in row}
    assert line.partition(", ")[0] in names


def test_a_heading_that_was_not_recognised_can_be_named(app: App, page: Page, tmp_path: Path) -> None:
    odd = tmp_path / "odd.csv"
    odd.write_text("Zzz,Qqq\nLarkfield Homecare Ltd,Home care\nQuill LLP,Legal advice\n")
    app.open(page, "upload", "Upload")
    page.get_by_role("button", name="Check these lists").press("Enter")
    expect(page.get_by_text("Choose at least one list first.")).to_be_visible(timeout=30_000)
    assert faults(page) == []
    page.locator("input[type=file]").set_input_files(odd)
    expect(page.get_by_role("button", name="Remove odd.csv")).to_be_visible()
    page.get_by_role("button", name="Check these lists").click()
    expect(page.get_by_text(re.compile(r"^odd\.csv"))).to_be_visible(timeout=60_000)
    drawn(page)
    assert faults(page) == []
    page.get_by_label("Heading of: supplier").fill("Zzz")
    page.get_by_label("Heading of: what was bought").fill("Qqq")
    page.get_by_role("button", name="Check again with these headings").click()
    expect(page.get_by_text("The lists were checked.")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("2 rows read = 2 assessed + 0 set aside.")).to_be_visible()


def test_a_run_can_be_cancelled(app: App, page: Page, tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    rows = [f"Supplier {number} Ltd,Cleaning of site {number},{number}.00" for number in range(60_000)]
    large.write_text("\n".join(["Supplier,Description,Amount", *rows]))
    app.open(page, "upload", "Upload")
    page.locator("input[type=file]").set_input_files(large)
    expect(page.get_by_role("button", name="Remove large.csv")).to_be_visible()
    page.get_by_role("button", name="Check these lists").click()
    expect(page.get_by_role("progressbar")).to_be_visible(timeout=30_000)
    assert faults(page) == []
    page.get_by_role("button", name="Cancel").press("Enter")
    expect(page.get_by_text("The run was cancelled. Nothing was kept of it.")).to_be_visible(timeout=30_000)
    drawn(page)
    assert faults(page) == []
