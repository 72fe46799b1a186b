"""The policy loader: strict files, a council's own folder, and points that weak evidence can't abuse."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import pytest

from riskengine import policy
from riskengine.errors import PolicyError
from riskengine.indicators import INDICATORS


def own_folder(tmp_path: Path, name: str, old: str, new: str) -> Path:
    """A council's folder holding one built-in file with one change."""
    target = tmp_path / "ours" / name
    target.parent.mkdir(parents=True)
    text = (policy.BUILT_IN / name).read_text(encoding="utf-8")
    assert old in text
    target.write_text(text.replace(old, new, 1), encoding="utf-8")
    return tmp_path / "ours"


def test_every_indicator_has_its_policy_file_and_the_other_way_round() -> None:
    assert set(INDICATORS) == set(policy.load().indicators)


def test_the_hash_changes_with_a_council_s_own_file(tmp_path: Path) -> None:
    own = own_folder(tmp_path, "bands.toml", "value = 60", "value = 65")
    loaded = policy.load(own)
    assert loaded.bands.high.value == 65
    assert loaded.name == "ours"
    assert loaded.hash != policy.load().hash


def test_the_hash_is_blind_to_line_ends(tmp_path: Path) -> None:
    own = tmp_path / "ours"
    own.mkdir()
    text = (policy.BUILT_IN / "bands.toml").read_bytes()
    (own / "bands.toml").write_bytes(text.replace(b"\n", b"\r\n"))
    assert policy.load(own).hash == policy.load().hash


FAULTS = {
    "unknown key": ("bands.toml", "flagged_band", "flaged_band", "bands.toml: "),
    "missing key": ("bands.toml", "[step]\nvalue = 5", "[step]", "bands.toml: step.value"),
    "not toml": ("bands.toml", "[high]", "[high", "bands.toml: this is not valid TOML"),
    "points off the step": (
        "indicators/labour_supply.toml",
        "value = 20",
        "value = 21",
        "labour_supply.toml: cases.stated",
    ),
    "weak evidence too heavy": ("indicators/statement.toml", "{ value = 2,", "{ value = 5,", "weak evidence adds up"),
    "medium above high": ("bands.toml", "value = 40", "value = 80", "bands.toml: medium"),
    "points for a clear case": (
        "indicators/sector_level.toml",
        '[cases.medium]\noutcome = "raised"',
        '[cases.medium]\noutcome = "clear"',
        "only a raised case",
    ),
    "a sector that is none": (
        "indicators/labour_supply.toml",
        '["agency_labour"]',
        '["agency"]',
        'own_sectors: "agency" is not in sectors.csv',
    ),
    "a word list left out": ("indicators/at_risk_goods.toml", "not_goods", "no_goods", "words.not_goods is missing"),
    "a case left out": ("indicators/labour_supply.toml", "[cases.counted]", "[cases.told]", "cases.counted is missing"),
    "cut-offs out of order": (
        "matches.toml",
        "value = 0.",
        "value = 1.",
        "matches.toml: the file: Value error, possible",
    ),
    "a band that is none": ("bands.toml", 'flagged_band = "high"', 'flagged_band = "hihg"', "bands.toml: flagged_band"),
    "no step": ("bands.toml", "[step]\nvalue = 5", "[step]\nvalue = 0", "bands.toml: step: a step is more than 0"),
    "no number": ("suppliers.toml", "value = 3", "value = nan", "suppliers.toml: same_number.value"),
    "no reason": ("bands.toml", 'why = "A', 'why = ""#', "bands.toml: high.why"),
    "a misspelt case": ("indicators/price.toml", "[cases.usual]", "[cases.usal]", "cases.usual is missing"),
    "a missing threshold": (
        "indicators/contract_value.toml",
        "[thresholds.paid]",
        "[thresholds.pay]",
        "thresholds.paid is",
    ),
    "a word list more": ("indicators/price.toml", "[words]", "[words]\ntimes = []", "words.times is not known here"),
    "asked of another subject": ("indicators/statement.toml", '"supplier"', '"line"', "statement.toml: subject"),
    "a figure that is none": ("indicators/scope.toml", "{", "{amount} {", "scope.toml: cases"),
    "no pattern": (
        "indicators/low_paid_work.toml",
        "not_work = [",
        "not_work = ['((', ",
        "is not a regular expression",
    ),
    "a misspelt label": ("wording.toml", "\nraised = ", "\nrised = ", "labels.outcome.raised is missing"),
    "a sector twice": ("sectors.csv", "care_residential,", "care_home_care,", "care_home_care: the id stands"),
    "the statement reader": ("statement_reader.toml", "[ending]", "[endng]", "statement_reader.toml: ending"),
    "id unlike the file": ("indicators/statement.toml", 'id = "statement"', 'id = "other"', "named after its id"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_faulty_file_is_refused_naming_file_and_key(tmp_path: Path, fault: tuple[str, str, str, str]) -> None:
    name, old, new, told = fault
    with pytest.raises(PolicyError, match=told.replace(".", r"\.")):
        policy.load(own_folder(tmp_path, name, old, new))


@pytest.mark.parametrize("content", ["", "word,unit\n"], ids=["nothing", "the heading row alone"])
def test_a_table_without_rows_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "lines_units.csv").write_text(content, encoding="utf-8")
    with pytest.raises(PolicyError, match=r"lines_units\.csv: the table holds no row"):
        policy.load(tmp_path)


def test_an_indicator_that_nothing_asks_is_refused(tmp_path: Path) -> None:
    own = own_folder(tmp_path, "indicators/scope.toml", 'id = "scope"', 'id = "scopes"')
    (own / "indicators" / "scope.toml").rename(own / "indicators" / "scopes.toml")
    with pytest.raises(PolicyError, match=r"scopes\.toml: there is no such indicator"):
        policy.load(own)


@pytest.mark.parametrize("name", ["bands.toml", "lines_units.csv"])
def test_a_file_saved_with_a_byte_order_mark_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text((policy.BUILT_IN / name).read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert policy.load(tmp_path).bands == policy.load().bands


def test_a_file_that_is_no_policy_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "band.toml").write_text("", encoding="utf-8")
    with pytest.raises(PolicyError, match=r"band\.toml: this is not a policy file"):
        policy.load(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="no such policy folder"):
        policy.load(tmp_path / "nowhere")


def test_a_whole_copy_of_the_policy_is_the_same_one_until_a_file_changes(tmp_path: Path) -> None:
    shutil.copytree(policy.BUILT_IN, tmp_path / "copy", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    copied, built_in = policy.load(tmp_path / "copy"), policy.load()
    assert (copied.hash, copied.name) == (built_in.hash, "copy")
    assert copied.files[0].parent == tmp_path / "copy"
    assert copied.matches is built_in.matches
    (tmp_path / "copy" / "bands.toml").write_text("", encoding="utf-8")
    with pytest.raises(PolicyError):
        policy.load(tmp_path / "copy")


def test_weak_evidence_never_moves_a_line_to_another_band() -> None:
    """Every sum of strong cases falls in the same band with and without all weak points on top."""
    loaded = policy.load()
    strong = [
        {0, *(int(case.points.value) for case in indicator.cases.values() if case.points and not case.points.weak)}
        for indicator in loaded.indicators.values()
    ]
    weak = sum(
        max((case.points.value for case in indicator.cases.values() if case.points and case.points.weak), default=0)
        for indicator in loaded.indicators.values()
    )
    assert weak > 0
    sums = {sum(chosen) for chosen in itertools.product(*[sorted(points) for points in strong if len(points) > 1])}
    for threshold in (loaded.bands.high.value, loaded.bands.medium.value):
        assert all((total >= threshold) == (total + weak >= threshold) for total in sums)


def test_every_figure_of_the_policy_says_why_and_whence() -> None:
    for indicator in policy.load().indicators.values():
        figures = [*indicator.thresholds.values(), *(case.points for case in indicator.cases.values() if case.points)]
        assert indicator.why
        assert indicator.source
        assert all(figure.why and figure.source for figure in figures)


STEPS = {
    "a company in the high band": ("high", "company", "Modern Slavery Assessment Tool", True),
    "a company in the medium band": ("medium", "company", "Modern Slavery Assessment Tool", False),
    "a company is asked for its statement": ("medium", "company", "latest modern slavery statement", True),
    "a charity is not": ("medium", "charity", "latest modern slavery statement", False),
    "a charity is asked little": ("high", "charity", "Keep questions short", True),
    "not known is not low": ("unknown", "company", "Find out what was bought", True),
    "low asks nothing": ("low", "company", "Nothing beyond the usual", True),
}


@pytest.mark.parametrize(("band", "kind", "words", "told"), STEPS.values(), ids=STEPS)
def test_next_steps_are_proportionate(band: str, kind: str, words: str, told: bool) -> None:
    steps = policy.load().next_steps.of(band, kind)
    assert any(words in step.text for step in steps) == told
