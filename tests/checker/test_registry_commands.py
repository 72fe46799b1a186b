"""`riskcheck registry` and `riskcheck statement`, as their user meets them, against a twin of the registry's site."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checker import records
from checker.cli import riskcheck
from checker.records import renewed
from registries import http, snapshots, statement_copies
from registries.manners import Manners
from registries.statement_columns import OFFICIAL
from tests.registries import site_pages, twin
from tests.registries.statement_csv import ROW, write

TODAY = datetime.now().astimezone().date()
THIS_YEAR = TODAY.year
YESTERDAY = f"{TODAY - timedelta(days=1):%d/%m/%Y}"
YEARS = range(THIS_YEAR - 2, THIS_YEAR + 1)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(riskcheck, list(arguments))


def rows(year: int) -> list[dict[str, str]]:
    end = {"StatementEndDate": f"31/12/{year - 1}", "LastUpdated": YESTERDAY, "StatementYear": str(year)}
    return [end, {**end, "OrganisationName": "Quillmere Support Services Ltd", "CompanyNumber": "99100079"}]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[twin.Site]:
    with twin.running() as site:
        for year in YEARS:
            body = write(tmp_path / "made.csv", rows(year)).read_bytes()
            site.files[f"/StatementSummaries{year}.csv"] = body
        monkeypatch.setenv("RISKCHECK_REGISTRY_DOWNLOADS", site.address)
        monkeypatch.setenv("RISKCHECK_REGISTRY_SITE", site.address)
        monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))
        monkeypatch.setattr(
            http, "Manners", lambda: Manners(read=1, tries=2, first_wait=0.01, longest_wait=0.1, pace=0)
        )
        yield site


@pytest.fixture
def spend(tmp_path: Path) -> Path:
    path = tmp_path / "spend.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Supplier name", "Date paid", "Expense type", "Net amount"])
        writer.writerow(["Tarnleigh Homecare Ltd", "01/05/2026", "Home care", "1200.00"])
        writer.writerow(["Nowhere Known Ltd", "01/05/2026", "Cleaning", "300.00"])
    return path


def test_from_nothing_to_assessed_lines_in_one_command(site: twin.Site, spend: Path, tmp_path: Path) -> None:
    result = run("check", str(spend), "--update-registry", "--out", str(tmp_path / "out"), "--format", "csv")
    assert result.exit_code == 0, result.output
    with (tmp_path / "out" / "suppliers.csv").open(encoding="utf-8-sig", newline="") as file:
        found = {row["name"]: row["statement"] for row in csv.DictReader(file)}
    assert found == {"Tarnleigh Homecare Ltd": "current", "Nowhere Known Ltd": "none_found"}


def test_update_then_status_and_history(site: twin.Site) -> None:
    assert run("registry", "history").output == "No copy is kept on this machine.\n"
    assert run("registry", "update").exit_code == 0
    status = run("registry", "status").output
    assert "2 organisations" in status
    assert "whole" in status
    assert "0 days old." in status
    assert run("registry", "history").output.count("whole") == 1


def renewals() -> list[tuple[str, str, str]]:
    """Who did what with which outcome, as the trail says of register copies, the latest first."""
    return [(one.who, one.action, one.outcome) for one in records.trail() if "register copy" in one.action]


def test_what_renews_a_copy_is_in_the_trail(site: twin.Site, tmp_path: Path) -> None:
    run("registry", "update")
    site.files[f"/StatementSummaries{THIS_YEAR}.csv"] = b"<html>"
    run("registry", "update")
    one_year = write(tmp_path / f"StatementSummaries{THIS_YEAR}.csv", rows(THIS_YEAR))
    run("registry", "import", str(one_year))
    listed = tmp_path / "list.csv"
    listed.write_text("OrganisationName,CompanyNumber\nTarnleigh Homecare Ltd,99100011\n", encoding="utf-8")
    run("registry", "import", "presumed-in-scope", str(listed), "--listed", "2020-11-01")
    run("registry", "import", "companies-house", str(listed))
    me, kept = records.me(), "copy of {} with {} organisations: kept."
    today, yesterday = (f"{day.day} {day:%B %Y}" for day in (TODAY, TODAY - timedelta(days=1)))
    refused, in_scope, imported, failed, fetched = renewals()
    assert fetched == (me, renewed.FETCHED, f"{statement_copies.NAME}, {kept.format(today, 2)}")
    assert failed[:2] == (me, renewed.FETCHED)
    assert "Nothing was kept: " in failed[2]
    assert "this is a web page" in failed[2]
    assert imported[:2] == (me, renewed.HANDED_IN)
    assert imported[2].startswith(f"{statement_copies.NAME}, {kept.format(yesterday, 2)} It is not whole: ")
    assert in_scope[1:] == (
        renewed.HANDED_IN,
        f"Organisations presumed in scope, {kept.format('1 November 2020', 1)}",
    )
    assert refused[:2] == (me, renewed.HANDED_IN)
    assert "does not say of which month" in refused[2]
    assert run("audit", "verify").exit_code == 0


def test_the_trail_names_a_fetched_copy_as_the_run_that_uses_it_does(site: twin.Site, spend: Path) -> None:
    assert run("check", str(spend), "--update-registry").exit_code == 0
    subjects = {one.action: one.subject for one in records.trail()}
    assert subjects[renewed.FETCHED] == subjects["used a register copy"]


def test_status_without_a_copy(site: twin.Site) -> None:
    result = run("registry", "status")
    assert result.exit_code == 2
    assert "There is no copy of the registry on this machine" in result.output


def test_fault_of_the_site_is_one_sentence_and_leaves_the_copies(site: twin.Site, tmp_path: Path) -> None:
    run("registry", "update")
    site.files[f"/StatementSummaries{THIS_YEAR}.csv"] = b"<html>"
    result = run("registry", "update")
    assert result.exit_code == 2
    assert "this is a web page, not the registry's CSV file" in result.output
    assert len(snapshots.history(tmp_path / "data" / "registry")) == 1


def test_import_of_a_single_year_says_that_it_is_partial(site: twin.Site, tmp_path: Path) -> None:
    path = write(tmp_path / f"StatementSummaries{THIS_YEAR}.csv", rows(THIS_YEAR))
    result = run("registry", "import", str(path))
    assert result.exit_code == 0
    assert f"partial: only the registry year {THIS_YEAR}" in result.output
    assert "The newest copy is not whole" in run("registry", "status").output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["companies-house"], "No file was given", id="no file"),
        pytest.param(["nothing.csv"], "can't be opened", id="no such file"),
        pytest.param(["presumed-in-scope", "list.csv"], "The day of the list is missing", id="no day"),
        pytest.param(["companies-house", "companies.zip"], "does not say of which month", id="no month"),
    ],
)
def test_import_that_cannot_be_done(site: twin.Site, arguments: list[str], words: str) -> None:
    result = run("registry", "import", *arguments)
    assert result.exit_code == 2
    assert words in result.output


def test_presumed_in_scope_list_settles_scope(site: twin.Site, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("OrganisationName,CompanyNumber\nNowhere Known,99199999\n", encoding="utf-8")
    result = run("registry", "import", "presumed-in-scope", str(tmp_path / "list.csv"), "--listed", "2020-11-01")
    assert result.output == "1 organisations kept.\n"
    spend = tmp_path / "numbers.csv"
    spend.write_text("Supplier,Company number,Amount\nNowhere Known Ltd,99199999,300\n", encoding="utf-8")
    run("check", str(spend), "--update-registry", "--out", str(tmp_path / "out"), "--format", "csv")
    with (tmp_path / "out" / "suppliers.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["scope"] for row in csv.DictReader(file)] == ["likely_required"]


def test_search_in_the_copy(site: twin.Site) -> None:
    run("registry", "update")
    output = run("registry", "search", "quillmere").output
    assert f"Quillmere Support Services Ltd (99100079): {THIS_YEAR}, period to 31/12/{THIS_YEAR - 1}" in output
    assert "1 found. The registry is voluntary" in output


def test_search_on_the_site(site: twin.Site) -> None:
    link = "/statement-summary/AbCd1234/2026"
    site.pages["/search-results"] = lambda _: site_pages.results([site_pages.own("Acme Ltd", "99100011", link)], 1)
    site.pages[link] = lambda _: site_pages.summary("Acme Ltd")
    output = run("registry", "search", "acme", "--site").output
    assert "Acme Ltd (99100011): 2026, period to 31/03/2026" in output


def test_suppliers_that_the_copy_lacks_are_looked_up_on_the_site_when_asked(site: twin.Site, spend: Path) -> None:
    with spend.open("a", encoding="utf-8") as file:
        file.write("Mrs Jane Doe,01/05/2026,Personal assistant,900.00\n")
    run("check", str(spend), "--update-registry")
    before = len(site.asked)
    listed = run("registry", "unmatched").output
    assert listed == "Nowhere Known Ltd\n1 of 1 suppliers that were not found in the copy.\n"
    assert len(site.asked) == before
    link = "/statement-summary/AbCd1234/2026"
    site.pages["/search-results"] = lambda _: site_pages.results([site_pages.own("Nowhere Ltd", "99100088", link)], 1)
    site.pages[link] = lambda _: site_pages.summary("Nowhere Ltd")
    output = run("registry", "unmatched", "--site").output
    assert "Nowhere Known Ltd: 1 found\nNowhere Ltd (99100088): 2026, period to 31/03/2026" in output
    assert not [path for _, path, _ in site.asked if "Jane" in path]


def test_suppliers_that_were_looked_up_in_no_copy_are_not_said_to_be_found(site: twin.Site, spend: Path) -> None:
    run("check", str(spend))
    result = run("registry", "unmatched")
    assert (result.exit_code, "No copy of the registry was at hand" in result.output) == (2, True)


def test_changed_markup_of_the_site_is_one_sentence(site: twin.Site, spend: Path) -> None:
    run("check", str(spend), "--update-registry")
    site.pages["/search-results"] = lambda _: "<html><body><h1>All new</h1></body></html>"
    result = run("registry", "unmatched", "--site")
    assert result.exit_code == 2
    assert "the page has a new shape" in result.output


def test_a_copy_that_cannot_be_read_is_told(site: twin.Site, spend: Path, tmp_path: Path) -> None:
    run("registry", "update")
    newer = tmp_path / "data" / "registry" / "2999-01-01"
    newer.mkdir()
    (newer / "snapshot.toml").write_text("taken = ", "utf-8")
    for command in (["check", str(spend)], ["registry", "status"]):
        result = run(*command)
        assert result.exit_code == 0, result.output
        assert "Not used: 2999-01-01: snapshot.toml can't be read: " in result.output
    assert "Not used" not in run("check", str(spend), "--update-registry").output


def test_two_copies_compared(site: twin.Site, spend: Path, tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    late = {"CompanyNumber": "99111111", "OrganisationName": "Other Ltd"}
    for folder, new in ((before, late), (after, {})):
        files = [write(tmp_path / f"StatementSummaries{year}.csv", [{**rows(year)[0], **new}]) for year in YEARS]
        assert run("registry", "import", *map(str, files)).exit_code == 0
        snapshots.history(tmp_path / "data" / "registry")[0][0].rename(folder)
    output = run("registry", "compare", str(before), str(after), str(spend)).output
    assert "new: Tarnleigh Homecare Ltd (none_found to current)" in output
    assert output.rstrip().endswith("1 new")


def test_statement_is_read_with_quotes(tmp_path: Path) -> None:
    path = tmp_path / "statement.txt"
    path.write_text("We audit all suppliers each year. " + "Quiet words stand here. " * 30, encoding="utf-8")
    output = run("statement", str(path)).output
    assert "What the law asks of a statement" in output
    assert "What the law recommends (not required)" in output
    assert 'Stated: due diligence\n    page 1: "We audit all suppliers each year."' in output
    assert "Can't be seen here: homepage link" in output


def test_statement_that_is_not_there() -> None:
    result = run("statement", "nothing.pdf")
    assert result.exit_code == 2
    assert "nothing.pdf: the file can't be opened." in result.output


def test_real_council_file_against_the_twin(real_data: Path, site: twin.Site, tmp_path: Path) -> None:
    real = (real_data / "registry" / "StatementSummaries2022.csv").read_text(encoding="utf-8-sig")
    for year in YEARS:
        site.files[f"/StatementSummaries{year}.csv"] = real.replace("\n2022,", f"\n{year},").encode()
    council = next(iter(sorted((real_data / "council" / "files").glob("*xeter*"))))
    result = run("check", str(council), "--update-registry", "--out", str(tmp_path / "out"), "--format", "csv")
    assert result.exit_code == 0, result.output
    with (tmp_path / "out" / "suppliers.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["statement"] for row in csv.DictReader(file)} - {"not_checked"} != set()


def test_official_columns_are_those_of_the_twin() -> None:
    assert set(ROW) <= set(OFFICIAL)
