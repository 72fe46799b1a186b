"""The scripts that fit and judge the sector words, on a handful of made notices."""

from __future__ import annotations

import tomllib
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest

from riskengine import policy as policies
from riskengine.policy.sectors import SectorsPolicy
from riskengine.sectors import keys, reading, words

BENCH = Path(__file__).parents[2] / "bench"
pytest.importorskip("scipy", reason="fitting needs scipy, which the product does not")

TAUGHT = [("Quibbling of the moat", "grounds")] * 8 + [("Office cleaning", "cleaning")] * 8


def notices(rows: list[tuple[str, str]], cpv: str = "77300000") -> pl.DataFrame:
    levels = {"grounds": "medium", "cleaning": "high", "software": "low", "care_home_care": "very_high"}
    return pl.DataFrame(
        {
            "title": [title for title, _ in rows],
            "description": pl.Series([None] * len(rows), dtype=pl.String),
            "cpv": [cpv] * len(rows),
            "gold_sector": [sector for _, sector in rows],
            "gold_level": [levels[sector] for _, sector in rows],
        }
    )


@pytest.fixture
def fitting(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCH))
    import fit_sectors  # noqa: PLC0415 - found only on the path set above

    return fit_sectors


@pytest.fixture
def report(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCH))
    import sector_report  # noqa: PLC0415 - found only on the path set above

    return sector_report


@pytest.fixture(scope="module")
def policy() -> SectorsPolicy:
    return policies.load().sectors


def fitted(fitting: ModuleType, rows: list[tuple[str, str]], policy: SectorsPolicy) -> SectorsPolicy:
    labels = notices(rows[:1]).clear()
    result: SectorsPolicy = fitting.fit(fitting.texts(notices(rows), labels, policy), policy)
    return result


def test_a_word_is_taught_by_notices(fitting: ModuleType, policy: SectorsPolicy) -> None:
    weights = {(one.term, one.sector): one.weight for one in fitted(fitting, TAUGHT, policy).weights}
    assert weights["quibbling", "grounds"] > 0
    assert weights.get(("quibbling", "cleaning"), 0) <= 0


def test_a_word_is_taught_with_the_share_with_which_it_is_read(fitting: ModuleType, policy: SectorsPolicy) -> None:
    rows = [("Office cleaning", "cleaning"), ("Office cleaning " + "and much else " * 40, "cleaning")]
    body = fitting.texts(notices(rows), notices(rows).clear(), policy)
    model = words.model(policy)
    told = fitting._terms(body, model.vocabulary)
    read = reading.terms_of(body.parts, keys.read(body.parts["text"]), model)
    assert told.share.tolist() == read.share.tolist()
    assert min(told.share) < 1


def test_a_rare_word_is_given_no_weight(fitting: ModuleType, policy: SectorsPolicy) -> None:
    rows = [*TAUGHT, *[("Wimbling", "grounds")] * (fitting.SEEN - 1)]
    assert "wimbling" not in {one.term for one in fitted(fitting, rows, policy).weights}


def test_plain_words_and_names_of_buyers_are_given_no_weight(fitting: ModuleType, policy: SectorsPolicy) -> None:
    rows = [("Quibbling services in Ottermouth", "grounds")] * 8 + TAUGHT[8:]
    named = notices(rows).with_columns(buyer=pl.lit("Ottermouth Council"))
    told = fitting.fit(fitting.texts(named, notices(rows[:1]).clear(), policy), policy)
    terms = {one.term for one in told.weights}
    assert "quibbling" in terms
    assert not [term for term in terms if term == "services" or "ottermouth" in term]


def test_a_code_on_the_wrong_side_of_high_teaches_nothing(
    fitting: ModuleType, policy: SectorsPolicy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sector_report  # noqa: PLC0415 - on the path that `fitting` set

    corrections = tmp_path / "corrections.csv"
    corrections.write_text("id,sector,why\na,security,x\nb,software,x\nc,unknown,x\n", encoding="utf-8")
    monkeypatch.setattr(sector_report, "CORRECTIONS", corrections)
    rows = notices([("One", "cleaning"), ("Two", "cleaning"), ("Three", "cleaning"), ("Four", "software")])
    given = rows.with_columns(id=pl.Series(["a", "b", "c", "d"]))
    assert fitting.teaching(given, policy)["id"].to_list() == ["a", "d"]
    right = sector_report.put_right(given, policy)
    assert right.select("id", "gold_sector", "gold_level").rows() == [
        ("a", "security", "high"),
        ("b", "software", "low"),
        ("d", "software", "low"),
    ]


def test_the_fit_takes_no_word_from_a_watched_sector(fitting: ModuleType, policy: SectorsPolicy) -> None:
    rows = [("Home care", "software")] * 20 + [("Office cleaning", "cleaning")] * 8
    moved = [one for one in fitted(fitting, rows, policy).weights if one.term == "home care"]
    assert [one for one in moved if one.sector == "care_home_care" and one.weight < 0] == []
    assert [one for one in moved if one.sector != "care_home_care" and one.weight > 0] == []


def test_misused_codes_teach_nothing(fitting: ModuleType, policy: SectorsPolicy) -> None:
    assert fitting.teaching(notices(TAUGHT, cpv="44316400"), policy).height == 0
    assert fitting.teaching(notices(TAUGHT), policy).height == len(TAUGHT)


def test_the_tables_name_their_source(fitting: ModuleType, policy: SectorsPolicy, tmp_path: Path) -> None:
    source = tmp_path / "notices.csv"
    notices(TAUGHT).write_csv(source)
    told = fitted(fitting, TAUGHT, policy)
    fitting.write(told, source, len(TAUGHT), tmp_path)
    facts = tomllib.loads((tmp_path / "sectors_fit.toml").read_text("utf-8"))
    assert (facts["rows"], facts["scale"], len(facts["data_sha256"])) == (16, told.fit.scale, 64)
    assert pl.read_csv(tmp_path / "sectors_weights.csv").height == len(told.weights)


def test_report_counts(report: ModuleType) -> None:
    gold = ["cleaning", "cleaning", "cleaning", "grounds", "software"]
    said = ["cleaning", "cleaning", "unknown", "cleaning", "software"]
    levels = {"cleaning": "high", "grounds": "medium", "software": "low", "unknown": "unknown"}
    answers = pl.DataFrame(
        {
            "gold_sector": gold,
            "gold_level": [levels[one] for one in gold],
            "sector": said,
            "level": [levels[one] for one in said],
        }
    )
    assert report.overall(answers, pl.repeat(1.0, 5, eager=True)) == (
        "classified 0.800   exact of classified 0.750   high or above: precision 0.667, recall 0.667"
    )
    cleaning = report.by_sector(answers).filter(sector="cleaning").row(0, named=True)
    assert (cleaning["notices"], cleaning["right"], cleaning["unknown"], cleaning["told"]) == (3, 2, 1, 3)


def test_report_weighs_it_down_to_the_largest_other_division(report: ModuleType) -> None:
    answers = notices([("x", "software")] * 4 + [("x", "cleaning")] * 2)
    assert report.weighted_down(answers).to_list() == [0.5] * 4 + [1.0] * 2


def test_no_notice_is_judged_by_weights_it_helped_to_fit(
    report: ModuleType, policy: SectorsPolicy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fit_sectors  # noqa: PLC0415 - on the path that `report` set

    seen: list[set[str]] = []
    monkeypatch.setattr(fit_sectors, "fit", lambda body, given: (seen.append(set(body.parts["text"])), given)[1])
    names = tmp_path / "codes.csv"
    names.write_text("code,description_en\n90910000,Cleaning services\n", encoding="utf-8")
    rows = notices([(f"Title {at}", "cleaning") for at in range(10)])
    judged = report.out_of_fold(rows, names, 5, policy)
    assert judged.height == 10
    assert [len({text for text in texts if text.startswith("Title")}) for texts in seen] == [8] * 5
