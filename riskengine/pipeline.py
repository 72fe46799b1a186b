"""The flow, top to bottom, one line a step. The same sheets, inputs and policy give the same assessment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import dataframely as dy
import polars as pl

from riskengine import findings, lines, matches, scores, sectors, statements, suppliers
from riskengine.policy import Policy
from riskengine.schemas import (
    Companies,
    CompanyRegister,
    ContractLines,
    Decisions,
    Evidence,
    Findings,
    FoundStatements,
    Headings,
    Inputs,
    Intake,
    Links,
    Matches,
    PresumedFacts,
    Purchases,
    RegisterFacts,
    Scores,
    Sectors,
    SetAside,
    Sheet,
    SourceFile,
    Statements,
    Suppliers,
    SupplierScores,
)

Progress = Callable[[str, float], None]
"""Called with the step about to run and the share done, 0 to 1. It may raise to cancel the run."""


@dataclass(frozen=True)
class Assessment:
    """Everything one run found, frame by frame in flow order, and what it was asked."""

    files: tuple[SourceFile, ...]
    as_of: date
    register: RegisterFacts | None
    decisions: dy.DataFrame[Decisions]
    found_statements: dy.DataFrame[FoundStatements]
    mapping: dict[str, str]
    policy: Policy
    intake: dy.DataFrame[Intake]
    headings: dy.DataFrame[Headings]
    lines: dy.DataFrame[ContractLines]
    set_aside: dy.DataFrame[SetAside]
    suppliers: dy.DataFrame[Suppliers]
    purchases: dy.DataFrame[Purchases]
    links: dy.DataFrame[Links]
    matches: dy.DataFrame[Matches]
    statements: dy.DataFrame[Statements]
    sectors: dy.DataFrame[Sectors]
    findings: dy.DataFrame[Findings]
    scores: dy.DataFrame[Scores]
    supplier_scores: dy.DataFrame[SupplierScores]
    company_register: RegisterFacts | None = None
    presumed_in_scope: PresumedFacts | None = None


def _silent(step: str, share: float) -> None:
    """The progress of a run that nobody watches."""


def assess(sheets: Sequence[Sheet], inputs: Inputs, policy: Policy, progress: Progress = _silent) -> Assessment:
    """Assess the sheets of one or several files together.

    Raises NoContractLinesError when no sheet of any file holds contract lines.
    """
    progress("lines", 0.10)
    read = lines.read(sheets, policy.lines, inputs.mapping)
    progress("suppliers", 0.30)
    found = suppliers.find(read.lines, policy)
    progress("matches", 0.40)
    matched = matches.find(found.suppliers, inputs.register, statements.other_bodies(inputs.decisions), policy)
    progress("statements", 0.60)
    judged = statements.judge(found.suppliers, matched, inputs, policy.statements)
    progress("sectors", 0.65)
    companies = _companies(found.suppliers, inputs.companies)
    classified = sectors.classify(found, matched, inputs.register, companies, policy)
    progress("findings", 0.80)
    register = inputs.register.facts if inputs.register else None
    evidence = Evidence(
        read.lines,
        found.links,
        found.purchases,
        found.suppliers,
        matched,
        judged,
        classified,
        register,
        inputs.as_of,
        companies,
        inputs.companies.facts if inputs.companies else None,
    )
    asked = findings.ask(evidence, policy)
    progress("scores", 0.90)
    line_scores, supplier_scores = scores.add_up(asked, found.links, classified, policy)
    progress("done", 1.0)
    return Assessment(
        files=tuple(dict.fromkeys(sheet.file for sheet in sheets)),
        as_of=inputs.as_of,
        register=register,
        decisions=inputs.decisions,
        found_statements=inputs.found_statements,
        mapping=inputs.mapping,
        policy=policy,
        intake=read.intake,
        headings=read.headings,
        lines=read.lines,
        set_aside=read.set_aside,
        suppliers=found.suppliers,
        purchases=found.purchases,
        links=found.links,
        matches=matched,
        statements=judged,
        sectors=classified,
        findings=asked,
        scores=line_scores,
        supplier_scores=supplier_scores,
        company_register=evidence.company_register,
        presumed_in_scope=PresumedFacts.of(inputs.presumed_in_scope),
    )


def _companies(suppliers: dy.DataFrame[Suppliers], register: CompanyRegister | None) -> dy.DataFrame[Companies]:
    """The suppliers' own rows of Companies House data, which holds millions."""
    if register is None:
        return Companies.create_empty()
    numbers = suppliers.select(pl.col("company_number").drop_nulls().unique()).lazy()
    found = register.companies.join(numbers, on="company_number", how="semi").collect()
    return Companies.validate(found.select(Companies.column_names()).unique("company_number").sort("company_number"))
