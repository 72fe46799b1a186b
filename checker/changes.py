"""What changed for suppliers between two assessments of the same lists, or between two copies of the registry."""

from __future__ import annotations

from pathlib import Path

import dataframely as dy
import polars as pl

from checker import assessments
from registries import snapshots
from riskengine import matches, statements
from riskengine.pipeline import Assessment
from riskengine.schemas import Inputs, Statements
from riskengine.statements import changes

TOLD = ["new", "renewed", "lapsed"]


def between(before: Assessment, after: Assessment) -> pl.DataFrame:
    """Suppliers whose statement is new, renewed or lapsed, by change and name.

    Columns: change (of TOLD), name, before, after (statement values), supplier_id.

    Names of likely persons are left out: they are never looked up.
    """
    return _told(before.statements, after.statements, after)


def of_copies(assessment: Assessment, before: Path, after: Path) -> pl.DataFrame:
    """The suppliers of an assessment whose statement is new, renewed or lapsed between two copies of the registry.

    Columns as those of `between`. Each copy is looked at as of its own day, under the assessment's policy and with
    the decisions it was made with. Raises RegistryError.
    """
    return _told(_judged(assessment, before), _judged(assessment, after), assessment)


def _judged(assessment: Assessment, copy: Path) -> dy.DataFrame[Statements]:
    inputs = Inputs(
        as_of=snapshots.read(copy).taken,
        register=assessments.register((copy,)),
        decisions=assessment.decisions,
        found_statements=assessment.found_statements,
    )
    words = statements.other_bodies(inputs.decisions)
    found = matches.find(assessment.suppliers, inputs.register, words, assessment.policy)
    return statements.judge(assessment.suppliers, found, inputs, assessment.policy.statements)


def _told(before: dy.DataFrame[Statements], after: dy.DataFrame[Statements], named_by: Assessment) -> pl.DataFrame:
    found = changes.compare(before, after)
    named = found.join(named_by.suppliers.select("supplier_id", "name", "personal"), on="supplier_id", how="left")
    told = named.filter(pl.col("change").is_in(TOLD) & ~pl.col("personal"))
    return told.select("change", "name", "before", "after", "supplier_id").sort("change", "name", "supplier_id")
