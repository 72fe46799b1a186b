"""Copies of the statement registry: downloaded from a twin of the site with every fault, imported, kept."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from registries import snapshots, statement_copies, statement_registry
from registries.errors import (
    BusyError,
    CancelledError,
    CutShortError,
    ElsewhereError,
    FetchError,
    MissingColumnsError,
    NotTheRegisterError,
    OlderError,
    PartialError,
    RefusedError,
    RegisterFileError,
    RegistryError,
    ShrunkenError,
    SnapshotError,
    UnavailableError,
)
from registries.http import Client, Progress, silent
from registries.manners import Manners
from tests.registries import twin
from tests.registries.statement_csv import write
from tests.registries.twin import Fault, Site

TODAY = date(2026, 6, 1)
YEARS = (2024, 2025, 2026, 2027)
HASTE = Manners(connect=2, read=0.4, tries=3, first_wait=0.01, longest_wait=0.1, pace=0, patience=0.2)


def path_of(year: int) -> str:
    return f"/publicdownloads/StatementSummaries{year}.csv"


def yearly(folder: Path, year: int, organisations: int, updated: str = "20/05/2026") -> bytes:
    rows = [
        {"StatementYear": str(year), "CompanyNumber": f"{number:08}", "LastUpdated": updated}
        for number in range(1, organisations + 1)
    ]
    return write(folder / "made.csv", rows).read_bytes()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with twin.running() as site:
        site.files = {path_of(year): yearly(tmp_path, year, 20) for year in YEARS}
        yield site


def update(site: Site, folder: Path, progress: Progress = silent, today: date = TODAY) -> Path:
    with Client(HASTE, progress) as client:
        return statement_copies.update(folder, f"{site.address}/publicdownloads", client, today)


def state(folder: Path) -> dict[str, str]:
    """Every file of every kept copy with its checksum."""
    kept = [path for path, _ in snapshots.history(folder)]
    return {f"{path.name}/{file.name}": snapshots.sha256(file) for path in kept for file in path.iterdir()}


def test_from_nothing_to_a_whole_copy(site: Site, tmp_path: Path) -> None:
    copy = update(site, tmp_path / "kept")
    facts = statement_registry.load([copy]).facts
    assert (copy.name, facts.date, facts.years, facts.partial_reason) == ("2026-06-01", TODAY, YEARS, None)
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == ["2026-06-01"]


def test_years_are_asked_from_the_first_to_the_first_missing_one_ahead(site: Site, tmp_path: Path) -> None:
    update(site, tmp_path / "kept")
    assert site.requests("HEAD") == [path_of(year) for year in range(2020, 2029)]
    assert site.requests() == [path_of(year) for year in YEARS]


def test_unchanged_files_are_not_downloaded_again(site: Site, tmp_path: Path) -> None:
    first = update(site, tmp_path / "kept")
    site.asked.clear()
    site.files[path_of(2026)] = yearly(tmp_path, 2026, 21)
    second = update(site, tmp_path / "kept", today=date(2026, 6, 2))
    assert site.requests() == [path_of(2026)]
    assert [path for path, _ in snapshots.history(tmp_path / "kept")] == [second, first]
    assert statement_registry.load([second]).entries.height == 21


def test_site_without_tags_and_head_is_downloaded_whole(site: Site, tmp_path: Path) -> None:
    site.tags = site.heads = False
    update(site, tmp_path / "kept")
    copy = update(site, tmp_path / "kept")
    assert copy.name == "2026-06-01-02"
    assert statement_registry.load([copy]).facts.years == YEARS


def test_damaged_last_copy_does_not_stop_an_update(site: Site, tmp_path: Path) -> None:
    first = update(site, tmp_path / "kept")
    (first / "StatementSummaries2026.csv").write_bytes(b"")
    second = update(site, tmp_path / "kept")
    assert statement_registry.load([second]).facts.years == YEARS


FAULTS: list[tuple[str, list[Fault], type[RegistryError], str]] = [
    ("500 each time", [twin.answer(500)] * 9, UnavailableError, r"fault \(500\)"),
    ("429 each time", [twin.answer(429, Retry_After="0")] * 9, BusyError, "come back later"),
    ("503 each time", [twin.answer(503)] * 9, BusyError, "come back later"),
    ("403", [twin.answer(403)], RefusedError, r"does not let us in \(answer 403\)"),
    ("cut each time", [twin.cut(0.0)] * 9, CutShortError, "broke again and again"),
    ("another checksum", [twin.damaged], CutShortError, "another checksum"),
    ("another length", [twin.shortened], CutShortError, "bytes arrived"),
    ("a drip", [twin.drip(3)], UnavailableError, "too slowly"),
    ("no answer", [twin.silence(1)] * 9, UnavailableError, "in time"),
    ("redirect elsewhere", [twin.answer(302, Location="http://login.example/")], ElsewhereError, "on to login.example"),
    ("redirect in circles", [twin.answer(302, Location=path_of(2026))] * 9, ElsewhereError, "in circles"),
]


@pytest.mark.parametrize(
    ("faults", "error", "words"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_fault_of_the_site_leaves_the_copies_as_they_were(
    site: Site, tmp_path: Path, faults: list[Fault], error: type[FetchError], words: str
) -> None:
    update(site, tmp_path / "kept")
    before = state(tmp_path / "kept")
    site.files[path_of(2026)] = yearly(tmp_path, 2026, 21)
    site.faults[path_of(2026)] = list(faults)
    with pytest.raises(error, match=words) as raised:
        update(site, tmp_path / "kept")
    assert isinstance(raised.value, FetchError)
    assert raised.value.address == f"{site.address}{path_of(2026)}"
    assert state(tmp_path / "kept") == before


CONTENTS: list[tuple[str, bytes, type[RegistryError], str]] = [
    ("web page", b"<!DOCTYPE html><title>Sorry</title>", NotTheRegisterError, "this is a web page"),
    ("empty", b"", RegisterFileError, "the file is empty"),
    ("column missing", b"StatementYear,OrganisationName\r\n2026,A\r\n", MissingColumnsError, "lacks the columns"),
]


@pytest.mark.parametrize(
    ("content", "error", "words"), [case[1:] for case in CONTENTS], ids=[case[0] for case in CONTENTS]
)
def test_wrong_content_leaves_the_copies_as_they_were(
    site: Site, tmp_path: Path, content: bytes, error: type[RegistryError], words: str
) -> None:
    update(site, tmp_path / "kept")
    before = state(tmp_path / "kept")
    site.files[path_of(2026)] = content
    with pytest.raises(error, match=words):
        update(site, tmp_path / "kept")
    assert state(tmp_path / "kept") == before


def test_smaller_registry_is_refused_with_both_figures(site: Site, tmp_path: Path) -> None:
    update(site, tmp_path / "kept")
    site.files = {path_of(year): yearly(tmp_path, year, 17) for year in YEARS}
    with pytest.raises(ShrunkenError, match="holds 17 organisations, the last one 20"):
        update(site, tmp_path / "kept")


def test_registry_smaller_by_a_tenth_is_within_bounds(site: Site, tmp_path: Path) -> None:
    update(site, tmp_path / "kept")
    site.files = {path_of(year): yearly(tmp_path, year, 18) for year in YEARS}
    assert statement_registry.load([update(site, tmp_path / "kept")]).entries.height == 18


def test_older_registry_is_refused(site: Site, tmp_path: Path) -> None:
    update(site, tmp_path / "kept")
    site.files = {path_of(year): yearly(tmp_path, year, 20, "19/05/2026") for year in YEARS}
    with pytest.raises(OlderError, match=r"is of 19/05/2026, that of the last one of 20/05/2026"):
        update(site, tmp_path / "kept")


def test_missing_year_is_refused(site: Site, tmp_path: Path) -> None:
    update(site, tmp_path / "kept")
    before = state(tmp_path / "kept")
    del site.files[path_of(2025)]
    with pytest.raises(PartialError, match="without 2025"):
        update(site, tmp_path / "kept")
    assert state(tmp_path / "kept") == before


def test_passing_fault_is_tried_again(site: Site, tmp_path: Path) -> None:
    site.faults[path_of(2026)] = [twin.answer(500), twin.answer(429, Retry_After="0")]
    assert update(site, tmp_path / "kept").name == "2026-06-01"
    assert site.requests().count(path_of(2026)) == 3


def test_redirect_on_the_site_is_followed(site: Site, tmp_path: Path) -> None:
    site.files["/moved.csv"] = site.files[path_of(2026)]
    site.faults[path_of(2026)] = [twin.answer(301, Location="/moved.csv")]
    assert statement_registry.load([update(site, tmp_path / "kept")]).facts.years == YEARS


def test_broken_download_goes_on_where_it_broke(site: Site, tmp_path: Path) -> None:
    body = site.files[path_of(2026)]
    site.faults[path_of(2026)] = [twin.cut(0.5)]
    update(site, tmp_path / "kept")
    ranges = [headers.get("Range") for method, path, headers in site.asked if (method, path) == ("GET", path_of(2026))]
    assert ranges == [None, f"bytes={len(body) // 2}-"]


def test_next_update_goes_on_where_the_last_one_broke(site: Site, tmp_path: Path) -> None:
    site.faults[path_of(2026)] = [twin.cut(0.5), *[twin.silence(1)] * 9]
    with pytest.raises(FetchError):
        update(site, tmp_path / "kept")
    site.faults.clear()
    site.asked.clear()
    copy = update(site, tmp_path / "kept")
    assert [headers.get("Range") for _, path, headers in site.asked if path == path_of(2026)][1:] == [
        f"bytes={len(site.files[path_of(2026)]) // 2}-"
    ]
    assert path_of(2024) not in site.requests()
    assert statement_registry.load([copy]).facts.years == YEARS


def test_part_of_a_file_that_changed_meanwhile_is_thrown_away(site: Site, tmp_path: Path) -> None:
    site.faults[path_of(2026)] = [twin.cut(0.5), *[twin.silence(1)] * 9]
    with pytest.raises(FetchError):
        update(site, tmp_path / "kept")
    site.faults.clear()
    site.files[path_of(2026)] = yearly(tmp_path, 2026, 30)
    assert statement_registry.load([update(site, tmp_path / "kept")]).entries.height == 30


def test_cancelling_leaves_the_copies_as_they_were(site: Site, tmp_path: Path) -> None:
    def cancel(address: str, done: int, total: int | None) -> None:
        raise CancelledError

    update(site, tmp_path / "kept")
    before = state(tmp_path / "kept")
    site.files[path_of(2026)] = yearly(tmp_path, 2026, 21)
    with pytest.raises(CancelledError):
        update(site, tmp_path / "kept", cancel)
    assert state(tmp_path / "kept") == before


def test_progress_tells_bytes_read_and_expected(site: Site, tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    update(site, tmp_path / "kept", lambda *step: told.append(step))
    size = len(site.files[path_of(2026)])
    assert (f"{site.address}{path_of(2026)}", size, size) in told


# ---- imported by hand -----------------------------------------------------------------------------------------------


def test_imported_files_are_kept_and_dated_by_their_latest_change(tmp_path: Path) -> None:
    path = write(tmp_path / "StatementSummaries2026.csv", [{}])
    copy = statement_copies.take_in(tmp_path / "kept", [path])
    facts = statement_registry.load([copy]).facts
    assert (copy.name, facts.date) == ("2026-05-20", date(2026, 5, 20))
    assert facts.partial_reason == "only the registry year 2026 is in the copy of 20 May 2026, without 2024 and 2025"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(None, "can't be opened", id="not there"),
        pytest.param(b"<html>", "a web page", id="web page"),
    ],
)
def test_unusable_import_is_refused_and_nothing_is_kept(tmp_path: Path, content: bytes | None, words: str) -> None:
    if content is not None:
        (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(RegisterFileError, match=words):
        statement_copies.take_in(tmp_path / "kept", [tmp_path / "a.csv"])
    assert list((tmp_path / "kept").iterdir()) == []


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    paths = [write(folder / "a.csv", [{}]) for folder in (tmp_path, tmp_path / "b")]
    with pytest.raises(RegisterFileError, match="two files have this name"):
        statement_copies.take_in(tmp_path / "kept", paths)


def test_status_names_the_newest_copy_and_its_age(site: Site, tmp_path: Path) -> None:
    assert statement_copies.status(tmp_path / "kept", TODAY).path is None
    statement_copies.take_in(tmp_path / "kept", [write(tmp_path / "a.csv", [{}])])
    newest = update(site, tmp_path / "kept")
    status = statement_copies.status(tmp_path / "kept", date(2026, 6, 30))
    assert (status.path, status.days_old) == (newest, 29)


def test_folder_that_is_no_copy_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "2026-01-01").mkdir()
    (tmp_path / "2026-01-01" / "snapshot.toml").write_text("taken = 3")
    assert snapshots.history(tmp_path) == []
    with pytest.raises(SnapshotError, match=r"snapshot\.toml can't be read"):
        snapshots.read(tmp_path / "2026-01-01")


def test_what_the_site_said_is_written_down(site: Site, tmp_path: Path) -> None:
    copy = update(site, tmp_path / "kept")
    file = snapshots.read(copy).files[-1]
    body = site.files[path_of(2027)]
    assert file.address == f"{site.address}{path_of(2027)}"
    assert file.md5 == base64.b64encode(hashlib.md5(body, usedforsecurity=False).digest()).decode()


@pytest.mark.parametrize(("name", "told"), [("", r"has no snapshot\.toml"), ("gone", "there is no such folder")])
def test_a_folder_that_is_no_snapshot_says_why(tmp_path: Path, name: str, told: str) -> None:
    with pytest.raises(SnapshotError, match=told):
        snapshots.read(tmp_path / name)
