"""The command line as a user meets it: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import polars as pl
import pytest
from click.testing import CliRunner, Result

import registries.sample
from checker import assessments, records, terminal
from checker.cli import riskcheck
from riskengine import __version__, policy

ROOT = Path(__file__).parents[2]
LIST = (
    "Supplier,Description,Amount,Date\n"
    "Acme Ltd,Office cleaning,120.00,01/05/2026\n"
    "Mr John Example,Care at home,5.50,02/05/2026\n"
    "Total,,125.50,\n"
)


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def spend(tmp_path: Path) -> str:
    (tmp_path / "spend.csv").write_text(LIST, "utf-8")
    return str(tmp_path / "spend.csv")


def call(*words: str | Path) -> Result:
    return CliRunner().invoke(riskcheck, [str(word) for word in words])


def empty(folder: Path, name: str) -> str:
    (folder / name).write_bytes(b"")
    return str(folder / name)


@pytest.fixture(scope="module")
def summary_of_a_list(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What is printed of a list of two lines and a totals row."""
    folder = tmp_path_factory.mktemp("list")
    (folder / "spend.csv").write_text(LIST, "utf-8")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("RISKCHECK_DATA_DIR", str(folder / "data"))
        result = call("check", folder / "spend.csv", "--as-of", "2026-06-30")
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


@pytest.mark.parametrize(
    "text",
    [
        "As of 2026-06-30, policy built-in",
        "statements were not checked",
        "Rows: 3 read = 2 assessed + 1 set aside: adds up.",
        "Paid: £125.50 read = £125.50 assessed + £0.00 set aside: adds up.",
        "totals row",
        "Suppliers by statement:",
        "Flagged suppliers: 0 of 2.",
        "Questions that could be answered: ",
    ],
)
def test_the_summary_tells(summary_of_a_list: str, text: str) -> None:
    assert text in summary_of_a_list


def test_the_summary_ends_with_the_notice(summary_of_a_list: str) -> None:
    assert " ".join(summary_of_a_list.split()).endswith(policy.load().wording.notice)


def test_results_are_written_in_the_formats_asked_for(spend: str, tmp_path: Path) -> None:
    result = call("check", spend, "--out", tmp_path / "out", "--format", "csv, XLSX")
    assert result.exit_code == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"audit.xlsx", "lines.csv", "suppliers.csv", "findings.csv", "set_aside.csv", "run.json"}


def test_the_same_files_and_day_give_the_same_bytes(spend: str, tmp_path: Path) -> None:
    for out in ("one", "two"):
        assert call("check", spend, "--as-of", "2026-06-30", "--out", tmp_path / out).exit_code == 0
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / out).iterdir()} for out in ("one", "two"))
    assert one == two


def test_the_assessment_is_kept_for_the_app(spend: str) -> None:
    call("check", spend)
    assert [entry.files for entry in records.recent()] == [("spend.csv",)]


@pytest.mark.parametrize(
    ("options", "shown"), [((), False), (("--show-personal-names",), True)], ids=["default", "shown"]
)
def test_names_of_persons_are_withheld_unless_asked_for(
    spend: str, tmp_path: Path, options: tuple[str, ...], shown: bool
) -> None:
    call("check", spend, "--out", tmp_path / "out", "--format", "csv", *options)
    written = "".join(path.read_text("utf-8") for path in (tmp_path / "out").iterdir())
    assert ("John Example" in written) is shown


def test_a_registry_is_used_and_the_sample_says_that_it_is_one(spend: str) -> None:
    told = call("check", spend, "--registry", registries.sample.FOLDER, "--as-of", "2026-06-30").stdout
    assert "fictional SAMPLE registry" in told


def test_yearly_files_of_the_registry_can_be_given_one_by_one(spend: str, tmp_path: Path) -> None:
    years = sorted(registries.sample.FOLDER.glob("StatementSummaries*.csv"))
    options = [word for year in years for word in ("--registry", year)]
    call("check", spend, *options, "--as-of", "2026-06-30", "--out", tmp_path / "out", "--format", "csv")
    assert json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["register"]["years"] == [2024, 2025, 2026]


def test_a_heading_can_be_chosen(tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("Payee,Supplier,Amount\nAcme Ltd,Nobody,5.00\n", "utf-8")
    call("check", tmp_path / "odd.csv", "--map", "supplier=Payee", "--out", tmp_path / "out", "--format", "parquet")
    assert pl.read_parquet(tmp_path / "out" / "lines.parquet")["supplier_text"].to_list() == ["Acme Ltd"]


def test_a_list_without_amounts_is_assessed_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text("Supplier,Description\nAcme Ltd,Cleaning\nBolt LLP,Advice\n", "utf-8")
    result = call("check", tmp_path / "names.csv")
    assert result.exit_code == 0
    assert "not known, the lists give no readable amounts" in result.stdout


def test_an_unusable_file_is_named_and_the_others_go_through(spend: str, tmp_path: Path) -> None:
    result = call("check", empty(tmp_path, "empty.csv"), spend)
    assert result.exit_code == 0
    assert re.fullmatch(r"Not used: empty\.csv: The file is empty\. .*\n", result.stderr)


def test_a_file_that_is_not_there_is_named_and_the_others_are_kept(spend: str, tmp_path: Path) -> None:
    result = call("check", tmp_path / "none.csv", tmp_path, spend, "--out", tmp_path / "out")
    assert (result.exit_code, result.stderr.count("There is no such file.")) == (0, 2)
    assert (tmp_path / "out" / "run.json").is_file()
    assert Path(spend).name in call("assessments").stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param(["{folder}/none.csv"], "none.csv: There is no such file.", id="missing file"),
        pytest.param(["{folder}/empty.csv"], "empty.csv: The file is empty.", id="empty file"),
        pytest.param(["{spend}", "--policy", "{folder}/gone"], "gone: there is no such policy folder.", id="policy"),
        pytest.param(
            ["{spend}", "--registry", "{folder}/gone"], "gone: there is no such file or folder.", id="registry"
        ),
        pytest.param(
            ["{spend}", "--out", "{folder}/empty.csv"], "empty.csv: File exists. Check the folder", id="folder"
        ),
        pytest.param(
            ["{spend}", "--out", "{folder}/taken"], "audit.xlsx: Is a directory. Check", id="workbook in the way"
        ),
        pytest.param(["{spend}", "--map", "colour=Payee"], '"colour" is not a field.', id="field"),
        pytest.param(["{spend}", "--map", "supplier=Zzz"], 'No list has the heading "Zzz"', id="heading"),
        pytest.param(["{spend}", "--map", "supplier"], 'should look like supplier="Payee name".', id="mapping"),
        pytest.param(["{spend}", "--format", "doc"], "'doc' is not one of xlsx, csv, json, parquet.", id="format"),
        pytest.param(["{spend}", "--as-of", "1 May"], "does not match the format", id="date"),
        pytest.param([], "Give one or several files, or --samples.", id="no file"),
        pytest.param(["{spend}", "--samples"], "Give one or several files, or --samples.", id="both"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_says_why(
    spend: str, tmp_path: Path, words: Sequence[str], sentence: str
) -> None:
    empty(tmp_path, "empty.csv")
    (tmp_path / "taken" / "audit.xlsx").mkdir(parents=True)
    result = call("check", *(word.format(folder=tmp_path, spend=spend) for word in words))
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr


def test_a_fault_of_our_own_is_told_without_the_cells_it_names(spend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ValueError("Mr John Example")

    monkeypatch.setattr(assessments, "run", broken)
    result = call("check", spend)
    assert result.exit_code == 1
    assert "a fault of its own (ValueError, test_cli.py line" in result.stderr
    assert "Example" not in result.stderr


@pytest.mark.parametrize("command", [[], ["check"], ["app"]], ids=lambda words: " ".join(words) or "riskcheck")
def test_help_explains_every_option(command: list[str]) -> None:
    found: click.Command = riskcheck
    for word in command:
        found = riskcheck.commands[word]
    told = call(*command, "--help").stdout
    options = [option for option in found.params if isinstance(option, click.Option)]
    assert all(option.help and option.opts[0] in told for option in options)


def test_help_of_check_teaches_by_examples_and_names_the_exit_statuses() -> None:
    told = call("check", "--help").stdout
    assert told.count("  riskcheck check ") >= 4
    assert "Exit status:" in told


def test_version_is_that_of_the_engine() -> None:
    assert call("--version").stdout == f"riskcheck, version {__version__}\n"


def test_progress_is_shown_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with terminal.progress_bar() as progress:
        progress("suppliers", 0.5)
    assert "suppliers" in capsys.readouterr().err


def test_a_name_from_a_file_cannot_steer_the_terminal(tmp_path: Path) -> None:
    content = "Supplier,Description,Amount\nAcme\x1b[2J Staffing Ltd,Agency staff for the car wash,9000000.00\n"
    (tmp_path / "odd.csv").write_text(content, "utf-8")
    result = CliRunner().invoke(riskcheck, ["check", str(tmp_path / "odd.csv")], color=True)
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout


def test_nothing_but_the_summary_is_printed_when_piped(spend: str) -> None:
    command = [sys.executable, "-c", "from checker.cli import main; main()", "check", spend]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, check=True)
    assert done.stderr == b""


def test_a_sign_that_the_terminal_lacks_is_no_fault(spend: str) -> None:
    odd = Path(spend).rename(Path(spend).with_name("Łódź.csv"))
    command = [sys.executable, "-c", "from checker.cli import main; main()", "check", str(odd)]
    environment = os.environ | {"PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.returncode == 0
    assert "?ód?.csv" in done.stdout.decode("cp1252")


def test_an_interruption_while_the_command_loads_shows_no_traceback() -> None:
    interrupted = """
import sys
class Interrupting:
    def find_spec(self, name, *_):
        if name == "polars":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupting())
from checker.__main__ import main
main()
"""
    done = subprocess.run([sys.executable, "-c", interrupted], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (1, "Aborted!")


UNUSABLE = {
    "missing": (FileNotFoundError(2, "No such file", "a.zip"), "a.zip: No such file. Check its name and folder."),
    "held open": (
        PermissionError(13, "Denied", "part", None, "audit.xlsx"),
        "audit.xlsx: Denied. Check the folder, and",
    ),
    "without a name": (OSError("no space left"), "A file can't be used: no space left. Check the folder, and"),
}


@pytest.mark.parametrize(("error", "told"), UNUSABLE.values(), ids=UNUSABLE)
def test_a_file_that_cannot_be_used_is_told_in_one_sentence(error: OSError, told: str) -> None:
    with pytest.raises(terminal.Refused) as refused, terminal.refusing():
        raise error
    assert refused.value.message.startswith(told)
