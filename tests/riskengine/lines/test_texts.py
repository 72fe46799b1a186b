"""Columns of texts, read once for each distinct one where they are few and row by row where they are many."""

from __future__ import annotations

import polars as pl
import pytest

from riskengine.lines import texts

FEW = [" Ash Ltd ", "Ash Ltd", "", None, "\u00a0", "Elm Ltd", "Ash Ltd"]
MANY = [*FEW, *(f"Supplier {number}" for number in range(50))]
TRIMMED = ["Ash Ltd", "Ash Ltd", None, None, None, "Elm Ltd", "Ash Ltd"]


@pytest.fixture(params=[FEW * 10, MANY], ids=["few", "many"])
def column(request: pytest.FixtureRequest) -> texts.Texts:
    return texts.of(pl.Series("c1", request.param))


def test_few_texts_are_told_apart_and_many_are_not() -> None:
    assert texts.of(pl.Series("c1", FEW * 10)).places is not None
    assert texts.of(pl.Series("c1", MANY)).places is None


def test_texts_are_trimmed_and_blank_ones_are_nothing(column: texts.Texts) -> None:
    assert column.rows.to_list()[:7] == TRIMMED


def test_what_is_read_of_a_text_stands_in_each_row_that_holds_it(column: texts.Texts) -> None:
    read = column.each(lambda names: names.str.to_uppercase())
    assert read.to_list()[:7] == ["ASH LTD", "ASH LTD", None, None, None, "ELM LTD", "ASH LTD"]
    assert column.changed(lambda names: names.str.head(3)).rows.to_list()[:7] == [text and text[:3] for text in TRIMMED]


def test_the_rows_that_hold_each_text_are_counted(column: texts.Texts) -> None:
    counts = pl.DataFrame({"text": column.distinct, "cells": column.cells}).group_by("text").agg(pl.col("cells").sum())
    found = dict(counts.drop_nulls("text").iter_rows())
    expected = pl.Series(column.rows).drop_nulls().value_counts()
    assert found == dict(expected.iter_rows())


@pytest.mark.parametrize("values", [[], [None], [None, None], ["", " "]], ids=["no rows", "one", "two", "blanks"])
def test_a_column_may_hold_nothing(values: list[str | None]) -> None:
    column = texts.of(pl.Series("c1", values, dtype=pl.String))
    assert column.blank
    assert column.each(lambda names: names + "!").to_list() == [None] * len(values)
