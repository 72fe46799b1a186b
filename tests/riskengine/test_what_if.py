"""Moving a weight: which lines change band, how stable the ranking is, and that nothing is kept."""

from __future__ import annotations

import pytest

import registries.sample
import sample_contracts
from checker import assessments
from checker.assessments import Request, Source
from riskengine import what_if
from riskengine.pipeline import Assessment


@pytest.fixture(scope="module")
def assessed() -> Assessment:
    [sample, *_] = sample_contracts.samples()
    request = Request(
        (Source(sample.path, sample.path.name),), sample_contracts.as_of(), registry=(registries.sample.FOLDER,)
    )
    return assessments.run(request, lambda _step, _share: None).assessment


def test_the_same_weights_change_nothing(assessed: Assessment) -> None:
    weights = {("sector_level", "very_high"): 50.0, ("sector_level", "high"): 40.0}
    assert what_if.changed_bands(assessed, weights).height == 0


def test_a_heavier_sector_lifts_every_line_of_it_to_high(assessed: Assessment) -> None:
    changed = what_if.changed_bands(assessed, {("sector_level", "very_high"): 60.0})
    assert changed.height > 0
    assert set(changed["band_after"]) == {"high"}
    assert (changed["points_after"] - changed["points_before"]).to_list() == [10] * changed.height


def test_a_clear_answer_never_earns_points(assessed: Assessment) -> None:
    assert what_if.changed_bands(assessed, {("sector_level", "low"): 90.0}).height == 0


def test_stability_moves_each_weight_in_use_both_ways(assessed: Assessment) -> None:
    found = what_if.stability(assessed, top=10)
    used = assessed.findings.filter(points=50)["case"].unique().to_list()
    assert used == ["very_high"]
    assert {(one.case, round(one.moved, 6)) for one in found if one.indicator == "sector_level"} >= {
        ("very_high", -0.2),
        ("very_high", 0.2),
    }
    assert all(0 <= one.kept <= 1 for one in found)


def test_a_weight_that_moves_by_nothing_keeps_every_line(assessed: Assessment) -> None:
    assert {one.kept for one in what_if.stability(assessed, share=0.0, top=10)} == {1.0}
