"""The briefing: two tagged pages with the five answers, the same bytes each time, and no supplier named."""

from __future__ import annotations

import dataclasses
import io
import re
from pathlib import Path

import polars as pl
import pypdf
import pytest
from click.testing import CliRunner

from checker import briefing, records
from checker.briefing import pages, pdf
from checker.cli import riskcheck
from riskengine import policy
from riskengine.schemas import ContractLines
from tests.checker.records.made import built_in

HEADINGS = [
    "How much of our money goes",
    "Where does it go?",
    "Is it better",
    "What has been done?",
    "What is not known?",
]
LONG = "Directorate for Adults, Communities, Neighbourhoods and Corporate Landlord Services, Team"


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def words(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(content).pages).split())


def test_the_pdf_is_two_tagged_pages_with_title_and_language(samples: str) -> None:
    found = read(pdf.made(briefing.of(samples)))
    root = found.trailer["/Root"]
    assert len(found.pages) == 2
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"] is not None
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert found.metadata.title == briefing.TITLE
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_the_five_questions_the_notice_and_the_helpline_stand_in_both(samples: str) -> None:
    made = briefing.of(samples)
    for told in (words(pdf.made(made)), pages.made(made)):
        places = [told.index(heading) for heading in HEADINGS]
        assert places == sorted(places)
        assert "Sector risk describes the market, not this supplier." in told
        assert "08000 121 700" in told
        assert "DRAFT: not published yet." in told


def test_no_supplier_and_no_person_is_named(samples: str) -> None:
    made = briefing.of(samples)
    names = records.load(samples).suppliers["name"].to_list()
    for told in (words(pdf.made(made)), pages.made(made)):
        assert [name for name in names if name in told] == []


def test_no_word_of_it_is_banned(samples: str) -> None:
    banned = re.compile("|".join(rf"\b{re.escape(word)}" for word in policy.load().wording.banned), re.IGNORECASE)
    assert not banned.search(pages.made(briefing.of(samples)))


def test_the_same_assessment_gives_the_same_bytes(samples: str) -> None:
    first, second = briefing.of(samples), briefing.of(samples)
    assert pdf.made(first) == pdf.made(second)
    assert pages.made(first) == pages.made(second)


def test_a_chart_is_told_in_words(samples: str) -> None:
    chart = briefing.of(samples).sections[0].chart
    assert chart is not None
    assert "Paid: £" in chart.alternative
    assert all(sum(part.share for part in parts) == pytest.approx(1) for _, parts in chart.bars)
    assert f'aria-label="{chart.alternative}"' in pages.made(briefing.of(samples))


def test_many_departments_with_long_names_stay_on_two_pages() -> None:
    made = built_in()
    many = pl.concat([made.lines] * 10).with_columns(
        line_id=pl.format("x{}", pl.int_range(pl.len())),
        department=pl.format("{} {}", pl.lit(LONG), pl.int_range(pl.len())),
        amount_kind=pl.lit("paid"),
    )
    links = pl.concat([made.links] * 10).with_columns(line_id=pl.format("x{}", pl.int_range(pl.len())))
    scores = pl.concat([made.scores] * 10).with_columns(line_id=pl.format("x{}", pl.int_range(pl.len())))
    wide = dataclasses.replace(made, lines=ContractLines.cast(many), links=links, scores=scores)
    assert len(read(pdf.made(briefing.of(records.save(wide)))).pages) == 2


def test_words_of_a_list_are_never_markup() -> None:
    made = built_in()
    hostile = made.lines.with_columns(department=pl.lit("<script>alert(1)</script> #panic(1) $x$ *b*"))
    found = briefing.of(records.save(dataclasses.replace(made, lines=ContractLines.cast(hostile))))
    assert "<script>" not in pages.made(found)
    assert "#panic(1) $x$ *b*" in words(pdf.made(found))


def test_the_command_writes_both(samples: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(riskcheck, ["briefing", samples, "--out", str(tmp_path / "out")])
    assert (done.exit_code, done.stderr) == (0, "")
    assert (tmp_path / "out" / "briefing.pdf").read_bytes().startswith(b"%PDF")
    assert "<!doctype html>" in (tmp_path / "out" / "briefing.html").read_text("utf-8")


def test_an_unknown_assessment_is_refused_in_a_sentence(tmp_path: Path) -> None:
    done = CliRunner().invoke(riskcheck, ["briefing", "nobody", "--out", str(tmp_path)])
    assert done.exit_code == 2
    assert "There is no such assessment" in done.stderr
