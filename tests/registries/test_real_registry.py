"""The statement registry's real export of 16 February 2022, where it is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from registries import statement_registry
from riskengine.schemas import StatementRegister


@pytest.fixture(scope="module")
def register(real_data: Path) -> StatementRegister:
    return statement_registry.load([real_data / "registry" / "StatementSummaries2022.csv"])


def test_every_row_is_a_record_of_a_known_organisation(register: StatementRegister) -> None:
    assert (register.records.height, register.entries.height) == (282, 280)
    assert register.records.join(register.entries, on="entry_id", how="anti").is_empty()
    assert register.entries["company_number"].drop_nulls().len() == 248


def test_one_year_is_partial(register: StatementRegister) -> None:
    assert register.facts.partial_reason == (
        "only the registry year 2022 is in the copy of 15 February 2022, without 2020 and 2021"
    )
    assert register.facts.notes == ()
