"""Addresses within the app: made and read back, and nothing else let through."""

from __future__ import annotations

import pytest

from checker.show import links


@pytest.mark.parametrize("page", links.PAGES)
def test_an_address_reads_back_as_it_was_made(page: str) -> None:
    assert links.parts(links.to(page, supplier="S 1&2", line=None)) == (page, {"supplier": "S 1&2"})


@pytest.mark.parametrize(
    "address", ["https://evil.example/supplier", "../app.py", "javascript:alert(1)", "", "settings?x=1"]
)
def test_an_address_of_other_making_is_refused(address: str) -> None:
    assert links.parts(address) is None
