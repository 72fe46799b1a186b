"""The wording rules are a release gate: no sentence the product can print holds a banned word."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from riskengine import findings, policy
from riskengine.schemas import Findings

ROOT = Path(__file__).parents[1]
POLICY = policy.load()
BANNED = re.compile(
    "|".join(r"\b" + r"\s+".join(map(re.escape, words.split())) for words in POLICY.wording.banned), re.IGNORECASE
)
CASES = [(indicator, case) for indicator in POLICY.indicators.values() for case in indicator.cases]
TEXTS = {".csv", ".js", ".md", ".py", ".svg", ".toml", ".typ"}
PLACEHOLDERS = {"value", "threshold", "detail", "record", "snapshot_date"}


def printed_files() -> list[Path]:
    """Everything whose text can reach a reader: code with its strings, policy, pages, documents."""
    folders = ["bench", "checker", "docs", "registries", "riskengine", "sample_contracts"]
    found = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in TEXTS]
    found += [path for path in ROOT.glob("*") if path.suffix in TEXTS]
    return sorted(path for path in found if path.name != "sectors_weights.csv")  # words of notices, no text of ours


def strings(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.name == "wording.toml":
        yield re.sub(r"(?s)^banned = \[.*?\]", "", text, flags=re.MULTILINE)
    elif path.suffix == ".py":
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
    else:
        yield text


@pytest.mark.parametrize("path", printed_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_of_ours_holds_a_banned_word(path: Path) -> None:
    assert [word for text in strings(path) for word in BANNED.findall(text)] == []


@pytest.mark.parametrize(("indicator", "case"), CASES, ids=lambda value: getattr(value, "id", value))
def test_every_finding_is_a_finished_sentence(indicator: policy.IndicatorPolicy, case: str) -> None:
    finding = pl.DataFrame(
        {
            "indicator": [indicator.id],
            "case": [case],
            "value": ["3"],
            "threshold": ["4"],
            "detail": ["a reason"],
            "record": ["a record"],
            "snapshot_date": [date(2026, 6, 1)],
        }
    )
    sentence = findings.sentences(finding, POLICY.indicators).item()
    assert "{" not in sentence
    assert sentence[0].isupper()
    assert sentence.endswith((".", "reason"))
    assert not BANNED.search(sentence)


@pytest.mark.parametrize(("indicator", "case"), CASES, ids=lambda value: getattr(value, "id", value))
def test_sentences_use_only_the_figures_of_a_finding(indicator: policy.IndicatorPolicy, case: str) -> None:
    used = set(re.findall(r"\{(\w+)(?::money)?\}", indicator.cases[case].sentence))
    assert used <= PLACEHOLDERS & set(Findings.column_names())


def test_a_missing_figure_reads_not_known() -> None:
    finding = pl.DataFrame(
        {
            "indicator": ["contract_value"],
            "case": ["below"],
            "value": [None],
            "threshold": ["5"],
            "snapshot_date": [None],
        },
        schema_overrides={"value": pl.String, "snapshot_date": pl.Date},
    )
    assert "At not known" in findings.sentences(finding, POLICY.indicators).item()


def test_the_fixed_notice_speaks_of_the_market() -> None:
    assert "not evidence of wrongdoing" in POLICY.wording.notice
    assert "describes the market, not this supplier" in POLICY.wording.notice
