"""run.json: what was asked, of which files, under which policy and register, and the totals of the answer."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

import riskengine
from riskengine.pipeline import Assessment
from riskengine.report import totals
from riskengine.schemas import PresumedFacts, RegisterFacts


def describe(assessment: Assessment) -> dict[str, Any]:
    """The facts and totals of a run as plain values; £ are numbers, dates are texts of the form 2026-04-01."""
    return {
        "product": "riskcheck",
        "engine_version": riskengine.__version__,
        "as_of": assessment.as_of.isoformat(),
        "files": [dataclasses.asdict(file) for file in assessment.files],
        "mapping": dict(sorted(assessment.mapping.items())),
        "policy": {"name": assessment.policy.name, "hash": assessment.policy.hash},
        "register": _register(assessment.register),
        "company_register": _register(assessment.company_register),
        "presumed_in_scope": _presumed(assessment.presumed_in_scope),
        "decisions": assessment.decisions.height,
        "found_statements": assessment.found_statements.height,
        "totals": _totals(assessment),
        "sheets": _rows(totals.sheets(assessment)),
        "kinds": _rows(totals.kinds(assessment)),
        "set_aside": _rows(totals.set_aside(assessment)),
        "amounts": _rows(totals.bands(assessment)),
        "questions": _rows(totals.questions(assessment)),
        "notice": assessment.policy.wording.notice,
    }


def write(facts: dict[str, Any], path: Path) -> None:
    """Write the facts as JSON in UTF-8."""
    path.write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def outputs(paths: Sequence[Path]) -> list[dict[str, str]]:
    """Name and SHA-256 of each file written, so that a reader can tell whether one was changed since."""
    return [{"name": path.name, "sha256": _sha256(path)} for path in paths]


def _presumed(facts: PresumedFacts | None) -> dict[str, Any] | None:
    return None if facts is None else {"organisations": facts.organisations, "listed": facts.listed.isoformat()}


def _register(facts: RegisterFacts | None) -> dict[str, Any] | None:
    if facts is None:
        return None
    return {
        "name": facts.name,
        "date": facts.date.isoformat(),
        "years": list(facts.years),
        "whole": facts.partial_reason is None,
        "partial_reason": facts.partial_reason,
        "sample": facts.sample,
        "sha256": facts.sha256,
        "notes": list(facts.notes),
    }


def _totals(assessment: Assessment) -> dict[str, Any]:
    sheets = totals.sheets(assessment)
    return {
        "rows_read": int(sheets.get_column("rows_read").sum()),
        "lines": assessment.lines.height,
        "set_aside": assessment.set_aside.height,
        "adds_up": bool(sheets.get_column("adds_up").all()),
        "suppliers": assessment.suppliers.height,
        "flagged_lines": int(assessment.scores.get_column("flagged").sum()),
        "flagged_suppliers": int(assessment.supplier_scores.get_column("flagged").sum()),
        "checked_share": _mean(assessment.scores.get_column("checked_share")),
        "statements": dict(totals.statements(assessment).iter_rows()),
        "scope": dict(totals.scopes(assessment).iter_rows()),
    }


def _mean(shares: pl.Series) -> float | None:
    return None if shares.is_empty() else round(float(shares.sum()) / len(shares), 6)


def _rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    return frame.with_columns(pl.col(pl.Decimal).cast(pl.Float64)).to_dicts()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
