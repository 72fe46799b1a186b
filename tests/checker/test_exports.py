"""Flagged suppliers of a filtered view, in three forms with the same rows."""

from __future__ import annotations

import io
import json

import openpyxl
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from checker import exports, records
from checker.records import RecordError
from checker.views import lines
from checker.views.lines import Wanted
from riskengine import report


def rows(content: bytes, form: str) -> list[list[object]]:
    if form == "json":
        return [[row["supplier_id"], row["name"], row["points"]] for row in json.loads(content)]
    if form == "csv":
        told = pl.read_csv(content).with_columns(
            pl.col("name").str.strip_prefix("'")
        )  # before what looks like a formula
        return [list(row) for row in told.select("supplier_id", "name", "points").iter_rows()]
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    heads, *found = [list(row) for row in sheet.iter_rows(values_only=True)]
    at = [heads.index(name) for name in ("supplier_id", "name", "points")]
    return [[row[place] for place in at] for row in found[: next(i for i, row in enumerate(found) if row[0] is None)]]


def test_every_form_holds_the_same_flagged_suppliers(samples: str) -> None:
    told = {form: rows(exports.made(samples, {}, form), form) for form in exports.FORMATS}
    assert told["xlsx"] == told["csv"] == told["json"]
    assert len(told["csv"]) == records.load(samples).supplier_scores["flagged"].sum() > 0


def test_only_suppliers_with_a_line_in_the_view_are_kept(samples: str) -> None:
    found = report.withhold(records.load(samples))
    rows = lines.ranked(found).lazy()
    some = exports.flagged(found, rows, Wanted(sectors=("care_home_care",)))
    every = exports.flagged(found, rows, Wanted())
    assert 0 < some.height < every.height
    assert exports.flagged(found, rows, Wanted(bands=("low",), flagged=("yes",))).is_empty()
    whole = report.build(found).suppliers.filter("flagged")
    assert_frame_equal(every, whole.sort("points", "supplier_id", descending=[True, False]))


def test_the_filters_of_an_address_are_read_back() -> None:
    wanted = Wanted(bands=("high",), departments=("Adults, Children",), flagged=("yes",), text="home care")
    assert exports.read(json.dumps(wanted.told())) == wanted
    assert exports.read("{}") == Wanted()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"bands": 1}', '{"nonsense": ["x"]}', "null"])
def test_other_filters_are_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(RecordError, match="can't be read"):
        exports.read(text)


def test_the_same_view_gives_the_same_bytes(samples: str) -> None:
    for form in exports.FORMATS:
        assert exports.made(samples, {}, form) == exports.made(samples, {}, form)


def test_names_of_persons_are_withheld_unless_asked_for(samples: str) -> None:
    persons = records.load(samples).suppliers.filter("personal")["name"].to_list()
    told = exports.made(samples, {}, "csv").decode()
    assert not [name for name in persons if name in told]
