"""What the README promises is what the product says."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

import registries.sample
import sample_contracts
from checker import assessments
from checker.assessments import Request, Source
from riskengine import findings
from riskengine.pipeline import Assessment

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def assessed() -> Assessment:
    sources = tuple(Source(sample.path, sample.path.name) for sample in sample_contracts.samples())
    request = Request(sources, sample_contracts.as_of(), registry=(registries.sample.FOLDER,))
    return assessments.run(request, lambda _step, _share: None).assessment


def test_the_worked_example_is_what_the_engine_finds(assessed: Assessment) -> None:
    told = dict(re.findall(r"^\| (.+\.) \| (\d+) \|$", README, flags=re.MULTILINE))
    row = re.search(r"^\| (\d+) \| (.+?) \| (.+?) \|$", README, flags=re.MULTILINE)
    assert row is not None
    line = assessed.lines.filter(
        file="contracts_register.xlsx", row=int(row[1]), supplier_text=row[2], description=row[3]
    ).join(assessed.links, on="line_id")
    subjects = line.select("line_id", "supplier_id", "purchase_id").row(0)
    found = assessed.findings.filter(pl.col("subject_id").is_in(subjects) & (pl.col("points") > 0))
    said = dict(zip(findings.sentences(found, assessed.policy.indicators), found["points"], strict=True))
    assert said == {sentence: int(points) for sentence, points in told.items()}
    score = assessed.scores.filter(line_id=subjects[0])
    stated = re.search(r"gives it (\d+) points, band \*\*(\w+)\*\*", README)
    assert stated is not None
    assert score.select("points", pl.col("band").cast(pl.String)).row(0) == (int(stated[1]), stated[2])


def test_the_fixed_notice_stands_in_the_readme(assessed: Assessment) -> None:
    folded = " ".join(README.replace("\n> ", " ").split())
    assert assessed.policy.wording.notice in folded


def test_every_file_the_readme_links_is_there() -> None:
    links = re.findall(r"\]\(((?!https?://)[^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
