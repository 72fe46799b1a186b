"""Names of likely persons never leave the product unasked."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from riskengine import report
from riskengine.report.masking import withhold
from riskengine.schemas import ContractLines, SetAside, Suppliers
from tests.assessment_factory import assessment
from tests.frames import frame

SHOWN = "Name withheld (P0001)"


def described(text: str) -> str:
    """What becomes of a description in an assessment in which Jane Example is a person."""
    made = assessment()
    lines = ContractLines.cast(made.lines.with_columns(description=pl.lit(text)))
    return str(withhold(dataclasses.replace(made, lines=lines)).lines["description"][0])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Care by Jane Example, May", f"Care by {SHOWN}, May", id="inside a sentence"),
        pytest.param("JANE EXAMPLE", SHOWN, id="in capitals"),
        pytest.param("jane   example", SHOWN, id="with more blanks"),
        pytest.param("Example Jane", SHOWN, id="surname first"),
        pytest.param("Jane Examples", "Jane Examples", id="part of a longer word"),
        pytest.param("Mary-Jane Example", f"Mary-{SHOWN}", id="after a hyphen"),
        pytest.param("An example of Jane", "An example of Jane", id="its words apart"),
        pytest.param("Café für Jane Example", f"Café für {SHOWN}", id="after accents"),
    ],
)
def test_a_persons_name_is_withheld_inside_texts(text: str, shown: str) -> None:
    assert described(text) == shown


@pytest.mark.parametrize(
    ("frame_name", "column"),
    [
        *[("lines", name) for name in ("reference", "department", "category", "extension")],
        *[("purchases", name) for name in ("description", "department", "category")],
        *[("sectors", name) for name in ("evidence", "conflict")],
        *[("findings", name) for name in ("value", "detail")],
        ("headings", "heading"),
    ],
)
def test_a_persons_name_is_withheld_in_whatever_is_quoted_from_the_list(frame_name: str, column: str) -> None:
    made = assessment()
    given = getattr(made, frame_name)
    quoting = given.with_columns(pl.lit("paid to Jane Example").alias(column))
    shown = getattr(withhold(dataclasses.replace(made, **{frame_name: quoting})), frame_name)[column]
    assert shown.to_list() == [f"paid to {SHOWN}"] * given.height
    assert given.height


def test_a_persons_line_shows_neither_name_nor_postcode() -> None:
    line = withhold(assessment()).lines.row(2, named=True)
    assert (line["supplier_text"], line["postcode"]) == (SHOWN, None)


def test_a_persons_supplier_row_shows_no_name_spelling_or_key() -> None:
    supplier = withhold(assessment()).suppliers.row(2, named=True)
    assert (supplier["name"], supplier["spellings"], supplier["key"]) == (SHOWN, [SHOWN], SHOWN)


def test_a_set_aside_row_does_not_name_a_person() -> None:
    assert withhold(assessment()).set_aside["text"].to_list() == ["Total | 220.50", f"{SHOWN} | see invoice"]


def test_a_note_of_the_reading_does_not_name_a_person() -> None:
    made = assessment()
    told = made.intake.with_columns(notes=pl.lit(["1 cell could not be read, such as Jane Example."]))
    assert withhold(dataclasses.replace(made, intake=told)).intake["notes"][0].to_list() == [
        f"1 cell could not be read, such as {SHOWN}."
    ]


def test_other_suppliers_are_shown_as_they_stand() -> None:
    made = assessment()
    assert withhold(made).lines.head(2).equals(made.lines.head(2))


def test_a_company_that_bears_a_persons_name_keeps_it() -> None:
    made = assessment()
    named = made.lines.with_columns(
        supplier_text=pl.when(pl.col("line_id") == "a-1-2").then(pl.lit("Jane Example Ltd")).otherwise("supplier_text")
    )
    shown = withhold(dataclasses.replace(made, lines=ContractLines.cast(named)))
    assert shown.lines["supplier_text"][0] == "Jane Example Ltd"


def test_a_single_word_is_not_taken_out_of_other_texts() -> None:
    made = assessment()
    price = Suppliers.cast(
        made.suppliers.with_columns(
            key=pl.when("personal").then(pl.lit("price")).otherwise("key"),
            spellings=pl.when("personal").then(pl.concat_list(pl.lit("Price"))).otherwise("spellings"),
            name=pl.when("personal").then(pl.lit("Price")).otherwise("name"),
        )
    )
    rows = frame(SetAside, [{"file": "f", "sheet": "s", "row": 1, "reason": "r", "text": "Price on request"}])
    assert (
        withhold(dataclasses.replace(made, suppliers=price, set_aside=rows)).set_aside["text"][0] == "Price on request"
    )


def test_an_assessment_without_persons_is_left_as_it_is() -> None:
    made = assessment()
    nobody = dataclasses.replace(made, suppliers=made.suppliers.with_columns(personal=pl.lit(False)))
    assert withhold(nobody) is nobody


@pytest.mark.parametrize("personal_names", ["withheld", "shown"])
def test_no_file_names_a_person_unless_asked(tmp_path: Path, personal_names: report.PersonalNames) -> None:
    written = report.write(assessment(), tmp_path, personal_names=personal_names)
    texts = [path.read_text("utf-8") for path in written if path.suffix in {".csv", ".json"}]
    texts += [str(pl.read_parquet(path).to_dicts()) for path in written if path.suffix == ".parquet"]
    book = openpyxl.load_workbook(tmp_path / "audit.xlsx", read_only=True)
    texts += [str(list(sheet.iter_rows(values_only=True))) for sheet in book]
    named = any("jane" in text.lower() or "zz1" in text.lower() for text in texts)
    assert named is (personal_names == "shown")
