"""The labels of names that were put right after reading: their form, and that what they name exists."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

LABELS = Path(__file__).parents[2] / "bench" / "names_adjudicated.csv"


@pytest.fixture(scope="module")
def labels() -> pl.DataFrame:
    return pl.read_csv(LABELS, infer_schema=False).fill_null("")


@pytest.fixture(scope="module")
def names(real_data: Path) -> Path:
    return real_data / "names"


def test_each_label_is_put_right_once_with_a_sentence_of_evidence(labels: pl.DataFrame) -> None:
    assert labels.columns == ["query_id", "truth_entity", "evidence"]
    assert labels["query_id"].to_list() == sorted(set(labels["query_id"]))
    assert labels["query_id"].str.contains(r"^Q\d{5}$").all()
    assert labels["truth_entity"].str.contains(r"^$|^[0-9a-f]{10}(\|[0-9a-f]{10})*$").all()
    assert labels["evidence"].str.contains(r"^[A-Z].{20,}\.$").all()


def test_labels_are_put_right_in_both_directions(labels: pl.DataFrame) -> None:
    found, none = (labels.filter(pl.col("truth_entity") != ""), labels.filter(pl.col("truth_entity") == ""))
    assert not found.is_empty()
    assert not none.is_empty()


def test_each_label_changes_one_of_the_names_and_points_into_the_registry(labels: pl.DataFrame, names: Path) -> None:
    queries = pl.read_csv(names / "queries.csv", infer_schema=False).fill_null("")
    entities = pl.read_csv(names / "registry.csv", infer_schema=False)["entity_id"]
    changed = labels.join(queries, on="query_id", suffix="_before")
    assert changed.height == labels.height
    assert set(changed["part"]) <= {"real", "real_rename"}
    sets = [changed[column].str.split("|").list.sort() for column in ("truth_entity", "truth_entity_before")]
    assert (sets[0] != sets[1]).all()
    right = labels["truth_entity"].str.split("|").explode()
    assert right.filter(right != "").is_in(entities.implode()).all()
