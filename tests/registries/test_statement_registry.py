"""The statement registry: from yearly files to entries and records."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from registries import statement_registry
from registries.errors import MissingColumnsError, NotTheRegisterError, RegisterFileError, SnapshotError
from registries.sample import FOLDER as SAMPLE
from registries.statement_columns import CORE, OFFICIAL, TOPIC_COLUMNS
from riskengine.schemas import TOPICS, StatementRegister
from tests.registries.statement_csv import ROW, write

YES_NO = dict(zip(TOPIC_COLUMNS, ["Yes", "No", "", "Yes", "No", "yes"], strict=True))


def loaded(tmp_path: Path, *rows: dict[str, str]) -> StatementRegister:
    return statement_registry.load([write(tmp_path / "StatementSummaries2026.csv", rows)])


@pytest.mark.parametrize(
    ("cells", "number", "name", "entry_id"),
    [
        pytest.param({}, "99100011", "Tarnleigh Homecare Limited", "99100011", id="as it should be"),
        pytest.param({"CompanyNumber": "123456"}, "00123456", None, "00123456", id="leading zeros lost"),
        pytest.param({"CompanyNumber": "sc 12345"}, "SC012345", None, "SC012345", id="prefix, blank, zero lost"),
        pytest.param({"CompanyNumber": "R0000381"}, "R0000381", None, "R0000381", id="old Northern Ireland number"),
        pytest.param({"CompanyNumber": "IP00525R"}, "IP00525R", None, "IP00525R", id="registered society"),
        pytest.param({"CompanyNumber": "n/a"}, None, None, "name:TARNLEIGH HOMECARE LIMITED", id="not a number"),
        pytest.param({"CompanyNumber": "00000000"}, None, None, "name:TARNLEIGH HOMECARE LIMITED", id="zeros"),
        pytest.param(
            {"CompanyNumber": "", "OrganisationName": "10246724"}, "10246724", "10246724", "10246724", id="in the name"
        ),
        pytest.param(
            {"OrganisationName": '\t"Edel Air Ltd."'}, "99100011", "Edel Air Ltd.", "99100011", id="tab, quotes"
        ),
    ],
)
def test_organisation(
    tmp_path: Path, cells: dict[str, str], number: str | None, name: str | None, entry_id: str
) -> None:
    entry = loaded(tmp_path, cells).entries.row(0, named=True)
    assert (entry["company_number"], entry["entry_id"]) == (number, entry_id)
    assert entry["name"] == (name or ROW["OrganisationName"])


@pytest.mark.parametrize(
    ("address", "postcode"),
    [
        pytest.param("1 High Street, Unit 2\r\nTown\r\nEC2R 7HJ", "EC2R 7HJ", id="last line"),
        pytest.param("1 High Street\nTown\nm1 1ae ", "M1 1AE", id="lower case and blank"),
        pytest.param("1 High Street\nEC2R 7HJ\nGermany", None, id="last line is a country"),
        pytest.param("", None, id="no address"),
    ],
)
def test_postcode(tmp_path: Path, address: str, postcode: str | None) -> None:
    assert loaded(tmp_path, {"Address": address}).entries["postcode"].item() == postcode


def test_group_child_without_number_belongs_to_the_only_organisation_of_its_name(tmp_path: Path) -> None:
    child = {"CompanyNumber": "", "OrganisationName": "TARNLEIGH HOMECARE LIMITED", "ParentName": "Big Group plc"}
    register = loaded(tmp_path, {}, child)
    assert register.entries["entry_id"].to_list() == ["99100011"]
    assert register.records["entry_id"].to_list() == ["99100011", "99100011"]
    assert register.records["parent"].to_list() == [None, "Big Group plc"]


def test_organisations_of_one_name_with_two_numbers_stay_apart(tmp_path: Path) -> None:
    register = loaded(tmp_path, {}, {"CompanyNumber": "99100012"}, {"CompanyNumber": ""})
    assert register.entries["entry_id"].to_list() == ["99100011", "99100012", "name:TARNLEIGH HOMECARE LIMITED"]


def test_latest_name_is_the_name_and_others_are_previous_names(tmp_path: Path) -> None:
    before = {"OrganisationName": "Oldbarrow Care Ltd", "StatementYear": "2024", "LastUpdated": "01/06/2024"}
    typed = {"OrganisationName": "99100011", "LastUpdated": "25/05/2026", "CompanyNumber": ""}
    entry = loaded(tmp_path, before, {}, typed).entries.row(0, named=True)
    assert entry["name"] == "Tarnleigh Homecare Limited"
    assert entry["previous_names"] == ["Oldbarrow Care Ltd"]


def test_of_two_names_in_one_year_the_one_updated_last_is_the_name(tmp_path: Path) -> None:
    renamed = {"OrganisationName": "Newbarrow Care Ltd", "LastUpdated": "21/05/2026"}
    for at, rows in enumerate(([{}, renamed], [renamed, {}])):
        (tmp_path / str(at)).mkdir()
        entry = loaded(tmp_path / str(at), *rows).entries.row(0, named=True)
        assert (entry["name"], entry["previous_names"]) == ("Newbarrow Care Ltd", ["Tarnleigh Homecare Limited"])


def test_topics_count_only_yes_as_covered(tmp_path: Path) -> None:
    record = loaded(tmp_path, YES_NO).records.row(0, named=True)
    assert record["topics"] == [TOPICS[0], TOPICS[3], TOPICS[5]]
    assert record["topics_missing"] == [TOPICS[1], TOPICS[2], TOPICS[4]]


def test_no_answer_on_topics_is_neither_covered_nor_missing(tmp_path: Path) -> None:
    record = loaded(tmp_path, dict.fromkeys(TOPIC_COLUMNS, "")).records.row(0, named=True)
    assert (record["topics"], record["topics_missing"]) == ([], [])


def test_options_are_split_at_line_ends_and_never_at_commas(tmp_path: Path) -> None:
    sectors = "Construction, civil engineering and building products\r\nUtilities: gas, water and electricity"
    record = loaded(tmp_path, {"OrganisationSectors": sectors}).records.row(0, named=True)
    assert record["sectors"] == sectors.split("\r\n")


def test_dates_and_group_are_typed(tmp_path: Path) -> None:
    record = loaded(tmp_path, {"GroupSubmission": "Yes", "DateApproved": "2026-05-14"}).records.row(0, named=True)
    assert (record["period_start"], record["period_end"]) == (date(2025, 4, 1), date(2026, 3, 31))
    assert (record["approved"], record["group"]) == (date(2026, 5, 14), True)


def test_personal_columns_are_not_read(tmp_path: Path) -> None:
    register = loaded(tmp_path, {"ApprovingPerson": "Wilhelmina Testerby", "EmailAddressNoURL": "w@tarnleigh.example"})
    text = str(register.entries.to_dicts()) + str(register.records.to_dicts())
    assert "Testerby" not in text
    assert "w@tarnleigh" not in text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_byte_order_mark_makes_no_difference(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path / "a.csv", [{"OrganisationName": "Café Ltd"}], encoding=encoding)
    assert statement_registry.load([path]).entries["name"].to_list() == ["Café Ltd"]


def test_columns_may_come_in_any_order_and_in_greater_number(tmp_path: Path) -> None:
    columns = ["PDFDate", "LegalRequirement", *reversed(OFFICIAL), "PDFURL", "Extra"]
    register = statement_registry.load([write(tmp_path / "a.csv", [{}], columns)])
    assert register.entries["entry_id"].to_list() == ["99100011"]
    assert register.facts.notes == ("a.csv: columns not known here were left out: Extra, LegalRequirement.",)


@pytest.mark.parametrize("column", CORE)
def test_missing_core_column_is_named(tmp_path: Path, column: str) -> None:
    path = write(tmp_path / "a.csv", [{}], [name for name in OFFICIAL if name != column])
    with pytest.raises(MissingColumnsError, match=rf"a\.csv: the heading row lacks the columns {column}\."):
        statement_registry.load([path])


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        pytest.param(b"", RegisterFileError, "the file is empty", id="empty"),
        pytest.param(b"\xef\xbb\xbf\r\n", RegisterFileError, "the file is empty", id="only a mark"),
        pytest.param(b"<!DOCTYPE html><html></html>", NotTheRegisterError, "a web page", id="web page"),
        pytest.param(b"a,a\r\n1,2\r\n", NotTheRegisterError, "the same heading", id="same heading twice"),
    ],
)
def test_not_the_registrys_file(tmp_path: Path, content: bytes, error: type[RegisterFileError], words: str) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(error, match=words):
        statement_registry.load([tmp_path / "a.csv"])


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        pytest.param(b"Private,", b"", "more or fewer cells", id="a cell too few"),
        pytest.param(b"Private,", b"Private,,", "more or fewer cells", id="a cell too many"),
        pytest.param(b'"1 Market', b"1 Market", "never closed", id="a quotation mark lost"),
        pytest.param(b"Tarnleigh\r\nZZ97", b"T\xe9rnleigh\r\nZZ97", "not UTF-8", id="not UTF-8"),
        pytest.param(b"20/05/2026", b"soon", "no row has a LastUpdated date", id="no date"),
        pytest.param(b"\r\n2026,", b"\r\n,", "no statements in it", id="no year"),
    ],
)
def test_damaged_file(tmp_path: Path, old: bytes, new: bytes, words: str) -> None:
    path = write(tmp_path / "a.csv", [{}])
    content = path.read_bytes()
    assert content.count(old) == 1
    path.write_bytes(content.replace(old, new))
    with pytest.raises(RegisterFileError, match=words):
        statement_registry.load([path])


def test_file_cut_in_the_middle_of_a_row_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [{}, {"CompanyNumber": "99100012", "Address": ""}])
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(RegisterFileError, match="more or fewer cells"):
        statement_registry.load([path])


def test_rows_without_a_name_are_left_out_and_counted(tmp_path: Path) -> None:
    register = loaded(tmp_path, {}, {"OrganisationName": " "})
    assert register.facts.notes == ("1 rows of the registry without an organisation name or a year were left out.",)


def test_unreadable_dates_are_counted(tmp_path: Path) -> None:
    register = loaded(tmp_path, {}, {"StatementEndDate": "31/02/2026"})
    assert register.facts.notes == ("StatementSummaries2026.csv: 1 cells of StatementEndDate hold no date.",)


@pytest.mark.parametrize(
    ("years", "reason"),
    [
        pytest.param((2024, 2025, 2026), None, id="whole"),
        pytest.param((2020, 2024, 2025, 2026, 2027), None, id="more than needed"),
        pytest.param(
            (2026,),
            "only the registry year 2026 is in the copy of 20 May 2026, without 2024 and 2025",
            id="a single year",
        ),
        pytest.param(
            (2023, 2024, 2026),
            "only the registry years 2023, 2024 and 2026 are in the copy of 20 May 2026, without 2025",
            id="a gap",
        ),
        pytest.param(
            (2024, 2025),
            "only the registry years 2024 and 2025 are in the copy of 20 May 2026, without 2026",
            id="without the year of its day",
        ),
    ],
)
def test_whole_or_partial(tmp_path: Path, years: tuple[int, ...], reason: str | None) -> None:
    paths = [write(tmp_path / f"{year}.csv", [{"StatementYear": str(year)}]) for year in years]
    facts = statement_registry.load(paths).facts
    assert (facts.date, facts.years, facts.partial_reason) == (date(2026, 5, 20), years, reason)


def test_year_file_without_rows_does_not_make_the_copy_whole(tmp_path: Path) -> None:
    paths = [write(tmp_path / "2026.csv", [{}]), write(tmp_path / "2025.csv", [])]
    assert statement_registry.load(paths).facts.years == (2026,)


def test_folder_of_yearly_files_is_read_like_the_files(tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{year}.csv", [{"StatementYear": str(year)}]) for year in (2025, 2026)]
    assert statement_registry.load([tmp_path]).facts == statement_registry.load(paths).facts


def test_folder_without_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegisterFileError, match="there is no CSV file here"):
        statement_registry.load([tmp_path])


def test_sample_is_a_whole_snapshot_marked_as_sample() -> None:
    facts = statement_registry.load([SAMPLE]).facts
    assert facts.sample
    assert (facts.date, facts.years, facts.partial_reason) == (date(2026, 6, 1), (2024, 2025, 2026), None)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda held: held + b"\r\n", id="longer"),
        pytest.param(lambda held: held.replace(b"2025", b"2026", 1), id="of the same length"),
    ],
)
def test_changed_snapshot_is_refused(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    for path in SAMPLE.iterdir():
        if path.suffix in (".csv", ".toml"):
            (tmp_path / path.name).write_bytes(path.read_bytes())
    changed = tmp_path / "StatementSummaries2025.csv"
    changed.write_bytes(change(changed.read_bytes()))
    with pytest.raises(SnapshotError, match=r"StatementSummaries2025\.csv was changed after the snapshot was made"):
        statement_registry.load([tmp_path])
