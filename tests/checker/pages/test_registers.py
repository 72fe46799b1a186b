"""The Registers page: what is held, its warnings, files handed in, copies compared, and a statement read."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from checker import records, registers, updates
from checker.records import RecordError, renewed
from checker.settings import Settings
from registries import statement_copies
from tests.checker.pages.screen import drawn, texts
from tests.registries.statement_csv import write
from tests.registries.test_statement_document import pdf

Opener = Callable[..., AppTest]
TODAY = datetime.now().astimezone().date()
SAID = "We trained all our staff on modern slavery this year."


def keep(folder: Path, last: int, *, whole: bool = True) -> Path:
    """A copy of the registry whose latest entry is of 1 January of the year `last`."""
    folder.mkdir(exist_ok=True)
    years = range(last - 2, last + 1) if whole else [last]
    paths = [
        write(
            folder / f"StatementSummaries{year}.csv",
            [{"StatementYear": str(year), "StatementEndDate": f"31/03/{year - 1}", "LastUpdated": f"01/01/{last}"}],
        )
        for year in years
    ]
    return statement_copies.take_in(Settings().registry_dir, paths)


@pytest.fixture
def data(kept: Path, tmp_path: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the kept assessment's data folder, so that what a test keeps stays within it."""
    updates._LAST.clear()
    shutil.copytree(kept, tmp_path / "data")
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


def warned(app: AppTest) -> str:
    return "\n".join(block.value for block in app.warning)


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return app.run()


def test_without_a_copy_it_says_so(data: Path, opened: Opener) -> None:
    app = opened("registers")
    assert "There is no copy of the statement registry on this machine" in warned(app)
    assert "Monthly company data: none on this machine." in texts(app)


def test_a_copy_is_shown_with_its_date_and_count(data: Path, opened: Opener) -> None:
    keep(data / "files", TODAY.year)
    rows = drawn(opened("registers"))["Copies of the statement registry, the newest first"]
    assert rows[0][0]["text"] == f"1 January {TODAY.year}"
    assert rows[0][2]["text"] == "1"
    assert rows[0][3] | {"text": f"{TODAY.year - 2} to {TODAY.year}", "note": "Whole"} == rows[0][3]


def test_a_partial_copy_is_warned_of(data: Path, opened: Opener) -> None:
    keep(data / "files", TODAY.year, whole=False)
    assert f"The newest copy is not whole: only the registry year {TODAY.year}" in warned(opened("registers"))
    assert "Statements will not be checked. The registry copy is not whole" in warned(opened("upload"))


def test_an_old_copy_is_warned_of(data: Path, opened: Opener) -> None:
    keep(data / "files", TODAY.year - 1)
    assert "at most 92 are allowed" in warned(opened("registers"))
    assert "Statements will not be checked. The registry copy is of 1 January" in warned(opened("upload"))


def test_a_copy_that_cannot_be_read_is_told(data: Path, opened: Opener) -> None:
    (keep(data / "files", TODAY.year) / "snapshot.toml").write_text("taken = ", "utf-8")
    assert f"This copy is not used. {TODAY.year}-01-01: snapshot" in warned(opened("registers"))


def test_the_problem_of_the_last_download_is_told(data: Path, opened: Opener) -> None:
    updates._LAST[:] = [updates.Update(ended=True, problem="The site asks to come back later.")]
    assert "The site asks to come back later." in [block.value for block in opened("registers").error]


def test_a_download_under_way_can_be_cancelled(data: Path, opened: Opener) -> None:
    updates._LAST[:] = [updates.Update()]
    app = press(opened("registers"), "Cancel the download")
    assert updates._LAST[0].cancelled
    assert "Cancelling." in texts(app)


def test_nothing_is_kept_without_files(data: Path, opened: Opener) -> None:
    app = press(opened("registers"), "Keep these files")
    assert "Choose at least one file first." in [block.value for block in app.error]


def test_files_handed_in_are_kept_under_their_own_names(data: Path) -> None:
    path = write(data / "a.csv", [{"StatementYear": "2026"}])
    told = registers.hand_in(registers.REGISTRY, [("../StatementSummaries2026.csv", path.read_bytes())], TODAY)
    assert "with 1 organisations was kept. It is not whole: only the registry year 2026" in told
    assert (records.trail(1)[0].who, records.trail(1)[0].action) == (records.me(), renewed.HANDED_IN)
    (copy,) = registers.held(Settings().registry_dir, TODAY)
    assert [file.name for file in copy.snapshot.files] == ["StatementSummaries2026.csv"]


def test_a_list_of_those_presumed_in_scope_is_kept(data: Path) -> None:
    listed = "OrganisationName,CompanyNumber\nAcme Ltd,99100001\n"
    assert registers.hand_in(registers.PRESUMED, [("list.csv", listed.encode())], TODAY) == "1 organisations were kept."


@pytest.mark.parametrize("kind", registers.KINDS)
def test_other_files_are_refused_in_one_sentence(data: Path, kind: str) -> None:
    name = "BasicCompanyData-2026-01-01.zip" if kind == registers.COMPANIES else "page.csv"
    with pytest.raises(RecordError, match=rf"^{name}: "):
        registers.hand_in(kind, [(name, b"<html>")], TODAY)
    assert registers.held(Settings().registry_dir, TODAY) == []
    assert records.trail(1)[0].outcome.startswith(f"Nothing was kept: {name}: ")


def test_two_copies_are_compared(data: Path, opened: Opener) -> None:
    before, after = keep(data / "a", TODAY.year - 1), keep(data / "b", TODAY.year)
    app = opened("registers")
    app.selectbox(key="copy_before").set_value(before.name)
    app.selectbox(key="copy_after").set_value(after.name).run()
    assert any("with a new, renewed or lapsed statement" in caption for caption in drawn(app))
    app.selectbox(key="copy_after").set_value(before.name).run()
    assert "Choose an earlier and a later copy." in [block.value for block in app.error]


def test_a_statement_is_read_by_a_public_link_alone(data: Path, opened: Opener) -> None:
    app = opened("registers")
    for link, words in (
        ("http://127.0.0.1:1/statement.pdf", "this is not the address of a public site"),
        ("file:///etc/passwd", "this is not the address of a page"),
        ("", "Give a link or a file first."),
    ):
        app.text_input(key="statement_link").set_value(link)
        press(app, "Read it")
        assert words in "\n".join(block.value for block in app.error)


def test_a_statement_handed_in_is_read_with_quotes(data: Path, opened: Opener) -> None:
    app = opened("registers")
    filler = "The rest of the page is about other matters. " * 20
    app.file_uploader(key="statement_file").set_value(("statement.pdf", pdf(filler, SAID), "application/pdf"))
    press(app, "Read it")
    rows = drawn(app)["What the law recommends (not required)"]
    assert [row[1]["text"] for row in rows if row[0]["text"] == "Training"] == ["Stated"]
    assert f'"{SAID}"' in texts(app)
