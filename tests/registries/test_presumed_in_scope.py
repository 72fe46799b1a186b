"""Lists of organisations presumed in scope."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from registries import presumed_in_scope
from registries.errors import MissingColumnsError, RegisterFileError

LISTED = date(2020, 11, 1)


def test_leading_zeros_are_put_back_and_rows_without_number_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        'OrganisationName,CompanyNumber\n"Acme, Ltd",123456\nNone Ltd,\nScots Ltd,SC12345\n', encoding="utf-8"
    )
    assert presumed_in_scope.load(path, LISTED).rows() == [
        ("00123456", "Acme, Ltd", LISTED),
        ("SC012345", "Scots Ltd", LISTED),
    ]


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        pytest.param(b"Name,Number\nA,1\n", MissingColumnsError, "OrganisationName, CompanyNumber", id="other columns"),
        pytest.param(b"", RegisterFileError, "not a CSV file", id="empty"),
        pytest.param(b"OrganisationName,CompanyNumber\nA\xff,1\n", RegisterFileError, "in UTF-8", id="not UTF-8"),
        pytest.param(None, RegisterFileError, "can't be opened", id="not there"),
    ],
)
def test_unusable_list(tmp_path: Path, content: bytes | None, error: type[Exception], words: str) -> None:
    if content is not None:
        (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(error, match=words):
        presumed_in_scope.load(tmp_path / "a.csv", LISTED)


def test_list_of_the_registrys_launch(real_data: Path) -> None:
    listed = presumed_in_scope.load(real_data / "registry" / "organisations_presumed_in_scope_2020.csv", LISTED)
    assert listed.height > 15_000
    assert listed["company_number"].str.len_chars().unique().to_list() == [8]
