"""The catalogue of public registers."""

from __future__ import annotations

import pytest

from registries import catalogue


@pytest.mark.parametrize("name", ["statement_registry", "companies_house"])
def test_register_says_where_it_lies_and_what_it_cannot_answer(name: str) -> None:
    register = catalogue.load()[name]
    assert register.site.startswith("https://")
    assert register.downloads.startswith("https://")
    assert register.cannot_answer.endswith(".")
