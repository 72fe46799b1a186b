"""Step 4: who is the same, who may be, who is not; a person's word; and answers that hang on nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskengine import matches, names, policy
from riskengine.matches import index, lexicon, overlap, points
from riskengine.matches.overlap import kinds_code, kinds_named
from riskengine.policy.matches import KindPoints, WordPoints
from riskengine.schemas import Decisions, RegisterEntries, StatementRecords, StatementRegister, Suppliers
from tests.frames import FACTS, frame

POLICY = policy.load()
WORD = {"who": "officer", "when": date(2026, 6, 2), "why": "seen on the invoice"}


def register(*entries: str | dict[str, Any]) -> StatementRegister:
    rows = [entry if isinstance(entry, dict) else {"name": entry} for entry in entries]
    numbered = [{"entry_id": f"E{at}", **row} for at, row in enumerate(rows, start=1)]
    return StatementRegister(FACTS, frame(RegisterEntries, numbered), StatementRecords.create_empty())


def suppliers(*names_: str, **of: Any) -> Any:
    keys = names.keys(pl.Series(names_, dtype=pl.String), POLICY.names)["key"]
    rows = [
        {"supplier_id": f"S{at}", "name": name, "spellings": [name], "key": key}
        for at, (name, key) in enumerate(zip(names_, keys, strict=True), start=1)
    ]
    return frame(Suppliers, rows, **{"kind": "company", "kind_reason": "", "personal": False, **of})


def find(asked: Any, entries: StatementRegister | None, *decisions: dict[str, Any]) -> pl.DataFrame:
    return matches.find(asked, entries, frame(Decisions, list(decisions), **WORD), POLICY)


def answer(name: str, *entries: str, **of: Any) -> tuple[str, str | None]:
    best = find(suppliers(name, **of), register(*entries)).row(0, named=True)
    return best["match"], best["matched_name"]


CASES = {
    "only the legal form differs": ("Brightmoor Care", "BRIGHTMOOR CARE LIMITED", "same"),
    "capitals and blanks": ("brightmoor  care ltd", "Brightmoor Care Ltd", "same"),
    "ampersand": ("Tarn & Wex Catering Ltd", "TARN AND WEX CATERING LIMITED", "same"),
    "another legal form": ("Brightmoor Care Ltd", "Brightmoor Care PLC", "possible"),
    "a slip of the pen": ("Brightmor Care Ltd", "Brightmoor Care Ltd", "same"),
    "sister companies by number": ("Brightmoor Care No 1 Ltd", "Brightmoor Care No 2 Ltd", "none"),
    "north and south": ("Brightmoor Care North Ltd", "Brightmoor Care South Ltd", "none"),
    "a holding company": ("Brightmoor Ltd", "Brightmoor Holdings Ltd", "none"),
    "other trading names": ("Brightmoor Ltd T/A Tarn House", "Brightmoor Ltd T/A Wex Lodge", "possible"),
    "nothing in common": ("Brightmoor Care Ltd", "Quillside Laundry Ltd", "none"),
    "a word written as two": ("Node4 Quill Ltd", "Node 4 Quill Limited", "same"),
    "a place after the legal form": ("Brightmoor Care Ltd, York", "Brightmoor Care Ltd", "same"),
    "a borough under two styles": ("London Borough of Brightmoor", "Brightmoor Council", "same"),
    "the legal name of a trading name": ("Tarn House", "Brightmoor Ltd T/A Tarn House", "same"),
    "two companies of a group": ("Brightmoor Holdings Ltd", "Brightmoor Group Ltd", "none"),
    "two schools of one place": ("Brightmoor Primary School", "Brightmoor Infant School", "none"),
    "one word that an aside explains": ("QBS (Quill Brightmoor Scaffolding)", "QBS", "possible"),
    "a place for a name": ("Birmingham", "BIRMINGHAM LIMITED", "possible"),
    "a company's trading name": ("Quillside GB Ltd T/A Eagle House", "EAGLE HOUSE LIMITED", "possible"),
    "a trading name that is registered": ("Quillside GB Ltd T/A Eagle House", "Eagle House", "same"),
    "a person and a firm of the same surname": ("Mr J Tarnwick", "Tarnwick Homes Ltd", "none"),
}


@pytest.mark.parametrize(("name", "entry", "expected"), CASES.values(), ids=CASES)
def test_names_are_compared(name: str, entry: str, expected: str) -> None:
    assert answer(name, entry)[0] == expected


KEPT_APART = {
    "holding and trading company": ("Brightmoor Care Ltd", "Brightmoor Care Holdings Ltd"),
    "a sister for services": ("Brightmoor Care Ltd", "Brightmoor Care Services Ltd"),
    "a sister in a country": ("Brightmoor Care Ltd", "Brightmoor Care (Wales) Ltd"),
    "a region in one of them": ("NHS South Brightmoor Commissioning Group", "NHS Brightmoor Commissioning Group"),
    "company and group": ("Brightmoor Care", "Brightmoor Care Group Ltd"),
    "company and group with a longer name": ("Brightmoor Smith Hampton Ltd", "Brightmoor Smith Hampton Group Ltd"),
    "a sister in brackets": ("Brightmoor Transportation Systems Ltd", "Brightmoor Transportation Systems (QTMS) Ltd"),
    "one word that an aside explains": ("QBS (Quill Brightmoor Scaffolding)", "QBS Building Services Ltd"),
    "a number in one of them": ("Brightmoor Developments 4 Ltd", "Brightmoor Developments Ltd"),
    "NHS trust and its charity": (
        "Brightmoor University Hospitals NHS Foundation Trust",
        "Brightmoor University Hospitals NHS Foundation Trust Charitable Fund",
    ),
    "NHS trust and a charity for it": ("Brightmoor NHS Foundation Trust", "Brightmoor Hospitals Charity"),
    "council and parish council": ("Brightmoor Borough Council", "Brightmoor Parish Council"),
    "city and county council": ("Brightmoor City Council", "Brightmoor County Council"),
    "council and research council": ("Brightmoor Research Council", "Brightmoor Council"),
    "a first letter more": ("Equillside Publishing Ltd", "Quillside Publishing Ltd"),
    "a place in front": ("York Diocesan Board of Finance", "Diocesan Board of Finance"),
    "a school and a preschool": ("Brightmoor Quillside Pre-School", "Brightmoor Quillside School"),
    "a school and a high school": ("Brightmoor Quillside High School", "Brightmoor Quillside School"),
    "two persons": ("John Tarnwick", "Jane Tarnwick"),
    "surgery and medical centre": ("Brightmoor Surgery", "Brightmoor Medical Centre"),
    "lodge and company": ("Brightmoor Care Lodge", "Brightmoor Care Ltd"),
}


@pytest.mark.parametrize(("name", "entry"), KEPT_APART.values(), ids=KEPT_APART)
def test_names_of_neighbours_are_never_the_same(name: str, entry: str) -> None:
    assert answer(name, entry)[0] != "same"
    assert answer(entry, name)[0] != "same"


RANKINGS = {
    "the whole name before a longer one": ("Brightmoor Care Ltd", ["Brightmoor Care Group Ltd", "Brightmoor Care Ltd"]),
    "the same number of a sister": ("Brightmoor No 2 Ltd", ["Brightmoor No 1 Ltd", "Brightmoor No 2 Ltd"]),
    "the same region": ("Brightmoor Nrth Ltd", ["Brightmoor South Ltd", "Brightmoor North Ltd"]),
    "the trading company": ("Brightmoor Care", ["Brightmoor Care Holdings Ltd", "Brightmoor Care (UK) Ltd"]),
    "the trust before its charity": (
        "BRIGHTMOOR HOSPITALS NHS FT",
        ["Brightmoor Hospitals NHS Charity", "Brightmoor Hospitals NHS Trust"],
    ),
    "the council before the parish": (
        "Brightmoor District Council",
        ["Brightmoor Parish Council", "Brightmoor Council"],
    ),
    "the word that was cut short": (
        "Brightmoor Community Housing Part",
        ["Brightmoor Community Housing Services Ltd", "Brightmoor Community Housing Partnership"],
    ),
    "a department after the name": ("University of Tarn Finance Division", ["Tarn Finance Ltd", "University of Tarn"]),
}


@pytest.mark.parametrize(("name", "entries"), RANKINGS.values(), ids=RANKINGS)
def test_the_better_record_comes_first(name: str, entries: list[str]) -> None:
    assert answer(name, *entries)[1] == entries[-1]
    assert answer(name, *entries[::-1])[1] == entries[-1]


def test_one_name_with_several_holders_is_possible_with_all_of_them() -> None:
    found = find(suppliers("Brightmoor Care"), register(*[{"name": "Brightmoor Care Ltd"} for _ in range(4)]))
    assert found["match"].cast(str).to_list() == ["possible"] * 4


def test_a_possible_match_names_the_spelling_that_is_like_it() -> None:
    asked = suppliers("Brightmoor & Quill Ltd T/A Tarnwick Staffing")
    renamed = {"name": "Wexmere Ltd", "previous_names": ["Tarnwick Staff Ltd"]}
    best = find(asked, register(renamed)).row(0, named=True)
    assert best["match"] == "possible"
    both = '"Brightmoor & Quill Ltd T/A Tarnwick Staffing" and the earlier name "Tarnwick Staff Ltd" are alike'
    assert best["reason"].startswith(both)


def test_the_company_number_comes_before_the_name() -> None:
    entries = register({"name": "BRIGHTMOOR HOMES LTD", "company_number": "99000001"}, "Brightmoor Care")
    best = find(suppliers("Brightmoor Care", company_number="99000001"), entries).row(0, named=True)
    assert (best["entry_id"], best["basis"]) == ("E1", "company_number")


def test_a_number_beside_an_unlike_name_is_put_before_a_person() -> None:
    entries = register({"name": "Quillside Laundry Ltd", "company_number": "99000001"})
    best = find(suppliers("Brightmoor Care", company_number="99000001"), entries).row(0, named=True)
    assert (best["match"], best["basis"]) == ("possible", "company_number")


def test_different_numbers_keep_the_same_name_apart() -> None:
    entries = register({"name": "Brightmoor Care Ltd", "company_number": "99000002"})
    assert find(suppliers("Brightmoor Care Ltd", company_number="99000001"), entries)["match"].item() == "none"


def test_a_charity_number_in_place_of_a_company_number_decides() -> None:
    entries = register({"name": "BRIGHTMOOR TRUST", "company_number": "09900001"}, "Brightmoor Trust Services Ltd")
    asked = suppliers("The Brightmoor Trust (Leeds)", charity_number="9900001", company_number="99000001")
    best = find(asked, entries).row(0, named=True)
    assert best["entry_id"] == "E1"
    assert (best["match"], best["basis"]) == ("same", "charity_number")
    assert best["reason"] == "The charity number is the same; the register holds it in place of a company number."


def test_a_company_that_bears_the_number_of_a_charity_is_not_taken_for_it() -> None:
    entries = register({"name": "Quillside Laundry Ltd", "company_number": "09900001"})
    assert find(suppliers("Brightmoor Trust", charity_number="9900001"), entries)["match"].item() == "none"


def test_a_vat_number_never_stands_for_a_company_number() -> None:
    entries = register({"name": "Brightmoor Homes Ltd", "company_number": "99000001"})
    best = find(suppliers("Brightmoor Care Ltd", vat_number="99000001"), entries).row(0, named=True)
    assert best["basis"] == "name"


def test_an_earlier_name_leads_to_the_company() -> None:
    entries = register({"name": "Wexmere Support Ltd", "previous_names": ["Brightmoor Care Ltd"]})
    best = find(suppliers("Brightmoor Care"), entries).row(0, named=True)
    assert (best["match"], best["matched_name"]) == ("same", "Wexmere Support Ltd")


@pytest.mark.parametrize("kind", ["individual", "redacted", "internal"])
def test_persons_and_withheld_names_are_never_looked_up(kind: str) -> None:
    best = find(suppliers("Brightmoor Care", kind=kind), register("Brightmoor Care")).row(0, named=True)
    assert (best["match"], best["basis"], best["matched_name"]) == ("not_checked", "kind", None)


def test_without_a_register_nobody_is_looked_up() -> None:
    best = find(suppliers("Brightmoor Care"), None).row(0, named=True)
    assert (best["match"], best["basis"]) == ("not_checked", "no_register")


def test_a_person_s_yes_makes_an_unlike_name_the_same() -> None:
    decision = {"key": "BRIGHTMOOR CARE", "entry_name": "Quillside Laundry Ltd", "decision": "same"}
    best = find(suppliers("Brightmoor Care Ltd"), register("QUILLSIDE LAUNDRY LIMITED"), decision).row(0, named=True)
    assert (best["match"], best["basis"]) == ("same", "decision")
    assert best["reason"] == "Found to be the same by officer on 2 June 2026: seen on the invoice."


def test_a_person_s_no_keeps_the_whole_name_apart() -> None:
    decision = {"key": "BRIGHTMOOR CARE", "entry_name": "Brightmoor Care Limited", "decision": "not_same"}
    best = find(suppliers("BRIGHTMOOR CARE"), register("Brightmoor Care Ltd"), decision).row(0, named=True)
    assert (best["match"], best["basis"]) == ("none", "decision")


def test_the_latest_word_counts() -> None:
    word = {"key": "BRIGHTMOOR CARE", "entry_name": "Brightmoor Care Limited"}
    said = [{**word, "decision": "not_same"}, {**word, "decision": "same", "when": date(2026, 6, 3)}]
    assert find(suppliers("BRIGHTMOOR CARE"), register("Brightmoor Care Ltd"), *said)["match"].item() == "same"


def test_a_decision_whose_record_has_gone_is_shown() -> None:
    decision = {"key": "BRIGHTMOOR CARE", "entry_name": "Gone Ltd", "entry_number": "99000009", "decision": "same"}
    best = find(suppliers("Brightmoor Care"), register("Quillside Laundry Ltd"), decision).row(0, named=True)
    assert best["match"] == "none"
    assert best["reason"].endswith('A decision names the record "Gone Ltd", which is not in this copy.')


def test_terms_add_up_to_the_score() -> None:
    found = find(
        suppliers("Brightmoor Care North 2 Ltd", "Brightmoor Care"),
        register("Brightmoor Care South 3 Holdings Ltd", "Brightmoor Home Care Ltd", "Care Brightmoor Plc"),
    )
    for row in found.iter_rows(named=True):
        assert sum(term["points"] for term in row["terms"]) == pytest.approx(row["score"], abs=2e-4)


def added(name: str, entry: str, **tables: tuple[Any, ...]) -> float:
    """What tables of points add to the term of words that one name alone has."""
    none = frame(Decisions, [], **WORD)
    policies = (
        replace(POLICY, matches=POLICY.matches.model_copy(update=one)) for one in (tables, dict.fromkeys(tables, ()))
    )
    told = (matches.find(suppliers(name), register(entry), none, one)["terms"][0] for one in policies)
    with_, without = (sum(one["points"] for one in terms if one["term"] == points.ALONE) for terms in told)
    return float(with_ - without)


def test_a_word_that_one_name_alone_has_adds_its_points() -> None:
    row = WordPoints(word="QUERN", listed=-0.25, registered=0.125)
    assert added("Brightmoor Quern Care", "Brightmoor Care", word_points=(row,)) == pytest.approx(-0.25)
    assert added("Brightmoor Care", "Brightmoor Quern Care", word_points=(row,)) == pytest.approx(0.125)
    assert added("Brightmoor Quern Care", "Brightmoor Quern Care Home", word_points=(row,)) == 0


def test_the_kinds_of_all_words_that_one_name_alone_has_add_points_together() -> None:
    row = KindPoints(listed="other place", registered="school", points=-0.125)
    assert added("Brightmoor Quern Leeds", "Brightmoor Academy", kind_points=(row,)) == pytest.approx(-0.125)
    assert added("Brightmoor Academy", "Brightmoor Quern Leeds", kind_points=(row,)) == 0
    assert added("Brightmoor Leeds", "Brightmoor Academy", kind_points=(row,)) == 0
    for kinds in (("other place", "school"), ("", "region place"), ("place", "")):
        assert kinds_named(kinds_code(*kinds)) == kinds


WORDS = st.lists(st.sampled_from(["Brightmoor", "Care", "Tarn", "Wex", "North", "2", "Ltd", "Laundry"]), min_size=1)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS.map(" ".join), min_size=1, max_size=6, unique=True), st.randoms())
def test_the_order_of_rows_never_changes_an_answer(entries: list[str], random: Any) -> None:
    asked = suppliers("Brightmoor Care", "Tarn Wex Laundry Ltd")
    given_ = [{"name": name, "entry_id": f"X{name}"} for name in entries]
    mixed = random.sample(given_, len(given_))
    assert find(asked, register(*given_)).equals(find(asked[::-1], register(*mixed)))


ODD = st.text(st.characters(codec="utf-8"), max_size=60)


@settings(max_examples=40, deadline=None)
@given(ODD, ODD)
def test_any_text_gets_an_answer(text: str, entry: str) -> None:
    found = find(suppliers(text, "Brightmoor Care"), register(entry or "x", "Brightmoor Care Ltd"))
    assert found.filter(pl.col("rank") == 1).height == 2


def answers_of(found: pl.DataFrame) -> pl.DataFrame:
    return found.select("supplier_id", "rank", "match", "basis", "entry_id", "score")


ENTRIES = ["Brightmoor Care Ltd", "Brightmoor Home Care Ltd", "Tarn and Wex Catering Limited", "Tarn & Wex Laundry PLC"]
PLAIN = ["Brightmor Care Ltd", "Tarn and Wex Laundry", "Wexmere Tarn Care No 2"]
SPELT = {
    "small letters": str.lower,
    "capitals": str.upper,
    "accents": lambda text: text.replace("a", "á").replace("o", "ö").replace("e", "ê"),
    "accents on their own": lambda text: text.replace("a", "a\u0301").replace("e", "e\u0308"),
    "blanks": lambda text: f"  {text.replace(' ', '   ')} ",
    "blanks that don't break": lambda text: text.replace(" ", "\u00a0"),
    "full stops and commas": lambda text: f"{text.replace(' ', ', ')}.",
    "dashes and slashes": lambda text: text.replace(" ", " - "),
    "quotation marks": lambda text: f'"{text}"',
    "wide letters": lambda text: "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text),
}


@pytest.mark.parametrize("spelt", SPELT.values(), ids=SPELT)
def test_case_accents_blanks_and_punctuation_change_no_answer(spelt: Callable[[str], str]) -> None:
    plain = find(suppliers(*PLAIN), register(*ENTRIES))
    assert answers_of(find(suppliers(*map(spelt, PLAIN)), register(*ENTRIES))).equals(answers_of(plain))
    assert answers_of(find(suppliers(*PLAIN), register(*map(spelt, ENTRIES)))).equals(answers_of(plain))


@settings(max_examples=40, deadline=None)
@given(WORDS.map(" ".join).filter(lambda name: any(len(word) > 2 for word in name.split())))
def test_the_same_name_matches_itself(name: str) -> None:
    entries = ["Quillside Homes", name, "Zennor Foods Ltd"]
    assert answer(name, *entries) == ("same", name)


@settings(max_examples=60, deadline=None)
@given(spelt=st.lists(st.text("ABCÉ1", min_size=1, max_size=9), min_size=2, max_size=12, unique=True))
def test_words_put_aside_unmeasured_are_unlike(spelt: list[str]) -> None:
    nothing = np.zeros(0, np.int32)
    spelling, joined = lexicon.spelling(pl.Series(spelt)), lexicon.Joined(nothing, nothing)
    known = lexicon.Words(["", *spelt], *spelling, *[nothing] * 5, joined, nothing, nothing)
    left, right = (side.ravel().astype(np.int32) + 1 for side in np.indices((len(spelt), len(spelt))))
    found = overlap.alike(known, left, right)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(overlap, "_may_be_alike", lambda _known, mine, _theirs: np.ones(mine.size, bool))
        assert found.tolist() == overlap.alike(known, left, right).tolist()


def test_answers_are_the_same_to_the_byte_however_many_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    rest = [f"Brightmoor {one} {other} Ltd" for one in ("Tarn", "Wex", "Care", "Zennor") for other in range(60)]
    entries = register(*ENTRIES, *rest[::3])
    asked = suppliers(
        *PLAIN, *rest[1::3], "A B C D E F G H I J K L M N", "Brightmoor and Tarn Home Care of Wex and Zennor"
    )
    whole = find(asked, entries)
    monkeypatch.setattr(matches, "PART", 7)
    monkeypatch.setattr(matches, "FEWEST", 2)
    monkeypatch.setattr(overlap, "CHUNK", 11)
    assert find(asked, entries).write_json() == whole.write_json()


ODD_NAMES = [
    "",
    " ",
    "A" * 10_000,
    "Care " * 2_000,
    "شركة الرعاية",
    "🧹🧹",
    "\u202eerac\u202c",
    "\ufffd",
    "Ltd",
    "(",
    "T/A",
]


@pytest.mark.parametrize("text", ODD_NAMES, ids=range(len(ODD_NAMES)))
def test_odd_names_get_an_answer(text: str) -> None:
    assert find(suppliers(text), register("Brightmoor Care Ltd", "Ltd")).height >= 1
    if text.strip():
        assert (
            find(suppliers("Brightmoor Care"), register("Brightmoor Care Ltd", text)).row(0, named=True)["match"]
            == "same"
        )


def test_a_number_typed_in_place_of_a_name_still_counts() -> None:
    entries = register({"name": "99000001", "company_number": "99000001"})
    best = find(suppliers("Brightmoor Care", company_number="99000001"), entries).row(0, named=True)
    assert (best["match"], best["basis"]) == ("same", "company_number")


def test_of_several_holders_the_one_with_the_same_postcode_is_meant() -> None:
    entries = register(
        {"name": "Brightmoor Care Ltd", "postcode": "ZZ1 1ZZ"}, {"name": "Brightmoor Care Ltd", "postcode": "ZZ9 9ZZ"}
    )
    best = find(suppliers("Brightmoor Care", postcode="ZZ9 9ZZ"), entries)
    assert best.select("entry_id", "match").row(0) == ("E2", "same")
    elsewhere = find(suppliers("Brightmoor Care", postcode="ZZ5 5ZZ"), entries)
    assert elsewhere["match"].cast(str).to_list() == ["possible", "possible"]


FOUND = {
    "two words in one": ("Savecarbon Ltd", "Save Carbon Limited"),
    "one word in two": ("White Ladies Road", "Whiteladies Road"),
    "a letter left out": ("Quilside", "Quillside"),
    "initials": ("BCAF", "Burnmoor Community Action Forum"),
    "cut short": ("Brightmoor Community Assoc", "Brightmoor Community Association"),
}


@pytest.mark.parametrize(("name", "entry"), FOUND.values(), ids=FOUND)
def test_faulty_spellings_still_lead_to_the_entry(name: str, entry: str) -> None:
    assert answer(name, "Tarn Wex Laundry Ltd", entry, "Community Road Forum")[1] == entry


def test_names_with_the_same_initials_leave_room_for_one_that_shares_a_rare_word() -> None:
    with_initials = (f"D{vowel}{ending} Medical Practice" for vowel in "aeiou" for ending in ("ve", "wson", "rn"))
    found = answer("Danebridge Medical Practice", *with_initials, "Danebridge Medical Centre")
    assert found[1] == "Danebridge Medical Centre"


def test_a_sister_company_takes_less_of_the_lead_than_another_company() -> None:
    def lead(other: str) -> float:
        entries = register("Quillside Care Centre Ltd", other)
        best = find(suppliers("Quillside Care Centre UK"), entries).row(0, named=True)
        assert best["matched_name"] == "Quillside Care Centre Ltd"
        return sum(one["points"] for one in best["terms"] if one["term"] == "lead over the next group of companies")

    assert lead("Quillside Care Centre (Wales) Ltd") > lead("Quillside Care Centred Ltd")


def test_an_entry_as_near_takes_from_the_score_unless_it_is_ruled_out() -> None:
    near = register("Brightmoor Care North Ltd", "Brightmoor Care South Ltd")
    alone = find(suppliers("Brightmoor Care"), register("Brightmoor Care North Ltd")).row(0, named=True)
    first = pl.col("entry_id") == "E1"
    beside = find(suppliers("Brightmoor Care"), near).row(by_predicate=first, named=True)
    no = {"key": "BRIGHTMOOR CARE", "entry_name": "Brightmoor Care South Ltd", "decision": "not_same"}
    ruled = find(suppliers("Brightmoor Care"), near, no).row(by_predicate=first, named=True)
    taken = {one["term"]: one["points"] for one in beside["terms"]}
    assert taken["other entries as near"] < 0
    assert beside["score"] < ruled["score"] <= alone["score"]


def test_an_index_kept_on_disk_gives_the_same_answers(tmp_path: Any) -> None:
    entries = register("Brightmoor Care Ltd", "Brightmoor Holdings Ltd", "Tarn Wex Laundry Ltd")
    index.build(entries.entries, POLICY).save(tmp_path)
    asked = suppliers("Brightmor Care", "Tarn Laundry")
    none = frame(Decisions, [], **WORD)
    kept = matches.find(asked, entries, none, POLICY, index.Index.load(tmp_path))
    assert kept.equals(matches.find(asked, entries, none, POLICY))


def test_unrelated_names_make_no_answer_worse() -> None:
    asked = suppliers("Brightmor Care Ltd", "Tarn & Wex Catering")
    names_ = ["Brightmoor Care Ltd", "Tarn and Wex Catering Limited", "Brightmoor Homes Ltd"]
    strange = [f"Zzyq{at} Vrxk{at} Ltd" for at in range(200)]
    few, many = (find(asked, register(*entries)) for entries in (names_, [*names_, *strange]))
    assert few.select("supplier_id", "matched_name", "match", "score").equals(
        many.select("supplier_id", "matched_name", "match", "score")
    )
