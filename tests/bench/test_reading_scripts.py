"""The scripts that judge how headings are understood, on made lists."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from riskengine.lines.vocabulary import Vocabulary
from riskengine.policy import BUILT_IN
from riskengine.policy.files import Folder
from riskengine.policy.lines import LinesPolicy

BENCH = Path(__file__).parents[2] / "bench"
POLICY = LinesPolicy.load(Folder(BUILT_IN, None))


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCH))
    name = request.param
    __import__(name)
    return sys.modules[name]


@pytest.mark.parametrize("script", ["headings_report"], indirect=True)
def test_headings_are_counted_listed_and_left_out(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    published = tmp_path / "headings.md"
    published.write_text("## supplier name (2 spellings)\n\n- `Creditor` – 3 – 2\n- `Zzyx` – 1 – 1\n", "utf-8")
    monkeypatch.setattr(sys, "argv", ["headings_report.py", str(published), "--misses"])
    script.main()
    told = capsys.readouterr().out
    assert "supplier name: 'Zzyx', 1 sheets of 1 publishers" in told
    shares = next(line.split()[2:] for line in told.splitlines() if line.startswith("supplier name  "))
    assert shares[:3] == ["50.0%", "75.0%", "66.7%"]


@pytest.mark.parametrize("script", ["headings_report"], indirect=True)
def test_a_spelling_is_taken_out_with_and_without_its_blanks(script: ModuleType) -> None:
    less = script.without(POLICY, "Group Description")
    assert "group description" not in {known.heading for known in less.headings}
    assert Vocabulary(less).meanings("GroupDescription")[0].how == "words"


@pytest.mark.parametrize("script", ["unseen_report"], indirect=True)
def test_a_body_is_read_without_its_own_spellings(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text("Retailer,Amount,VSO\nAshdown Care Ltd,5.00,Adults\nOak Ltd,6.00,Roads\n", "utf-8")
    truth = {"sheet": "(text)", "header_row": 0, "rows": 2}
    truth["columns"] = {"supplier": "Retailer", "amount": "Amount", "department": "VSO"}
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps([{"file": "a.csv", "body": "Ambleford", "sheets": [truth]}]), "utf-8")
    monkeypatch.setattr(sys, "argv", ["unseen_report.py", str(tmp_path), str(manifest)])
    script.main()
    told = capsys.readouterr().out
    assert "department taken from [], not 'VSO'" in told
    assert "Files wholly right: 1/1 listed, 0/1 left out" in told
    assert "Bodies wholly right: 1/1 listed, 0/1 left out" in told
