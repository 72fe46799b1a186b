"""Words as whole numbers: what is found in texts is what their strings and stems say."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from riskengine import policy as policies
from riskengine import sectors
from riskengine.sectors import keys, numbers, rows, tokens, vocabulary, words

EMPTY = ["and", "of"]
WHOLE = ["building"]
STEMS = [
    "clean",
    "cook",
    "fit",
    "building",
    "care",
    "party",
    "nurs",
    "waste",
    "clean cook",
    "clean cook fit",
    "care nurs",
]
ENDINGS = ["", "s", "e", "es", "ed", "ing", "ings", "eing", "y", "ies"]

spelt = st.builds(
    lambda stem, double, ending: stem + stem[-1] * double + ending,
    st.sampled_from([stem for stem in STEMS if " " not in stem] + ["part", "nursery"]),
    st.booleans(),
    st.sampled_from(ENDINGS),
)
said = st.lists(st.one_of(spelt, st.sampled_from([*EMPTY, "24", "2b", "other", "É"])), max_size=8)
marks = st.sampled_from([" ", "  ", "-", "/", " & ", "£"])


def found(texts: list[str]) -> set[tuple[int, str]]:
    tree = vocabulary.build(STEMS, EMPTY, WHOLE)
    words = keys.read(pl.Series(texts, dtype=pl.String))
    told = vocabulary.find(words, tree)
    places = words.text[told.first].tolist()
    return {(text, tree.terms[term]) for text, term in zip(places, told.term.tolist(), strict=True)}


def expected(text: str) -> set[str]:
    """The terms by strings: stems of the words that speak, and runs of them that are terms or begin one."""
    cut = tokens.cut(pl.Series([text], dtype=pl.String))["word"]
    stems = tokens.stem(cut, WHOLE).to_list()
    read = [
        stem
        for word, stem in zip(cut, stems, strict=True)
        if word not in EMPTY and any(sign.isalpha() for sign in word)
    ]
    runs = {" ".join(read[at : at + length]) for at in range(len(read)) for length in (1, 2, 3)}
    return runs & {*STEMS}


@given(st.lists(st.tuples(said, marks), max_size=5))
def test_the_terms_of_a_text_are_those_of_its_stems(texts: list[tuple[list[str], str]]) -> None:
    joined = [mark.join(words) for words, mark in texts]
    assert found(joined) == {(place, term) for place, text in enumerate(joined) for term in expected(text)}


def test_terms_do_not_reach_from_one_text_into_the_next() -> None:
    assert found(["clean", "cook"]) == {(0, "clean"), (1, "cook")}


def test_a_missing_text_has_no_words() -> None:
    read = keys.read(pl.Series([None, "Care Home", "", "care"], dtype=pl.String))
    assert read.text.tolist() == [1, 1, 3]
    assert read.key[0] == read.key[2] != read.key[1]


def test_no_text_at_all_has_no_words() -> None:
    assert keys.read(pl.Series([], dtype=pl.String)).text.tolist() == []


def test_long_words_differ_in_any_of_their_letters() -> None:
    word = "abcdefghij" * 6
    spellings = [word[:place] + "z" + word[place + 1 :] for place in range(len(word))] + [
        word[:place] for place in (8, 16, 59)
    ]
    assert len(np.unique(keys.of([word, *spellings]))) == len(spellings) + 1


def test_digits_alone_have_no_letters() -> None:
    assert keys.read(pl.Series(["24 2b 123456789012 123456789a"])).letters.tolist() == [False, True, False, True]


def test_whole_cells_are_told_apart_by_the_order_of_words() -> None:
    cells = keys.whole(keys.read(pl.Series(["Care home", "home care", " care -- HOME", "", "care home home"])))
    assert cells[0] == cells[2]
    assert len({*cells.tolist()}) == 4


def test_keys_that_meet_in_a_slot_keep_their_own_numbers() -> None:
    near = np.arange(1, 50, dtype=np.uint64)
    table = numbers.table(near, near.astype(np.int32) * 2)
    assert table.numbers_of(near).tolist() == (near * np.uint64(2)).tolist()
    assert table.numbers_of(np.array([0, 50, 2**63], dtype=np.uint64)).tolist() == [numbers.NONE] * 3


def test_every_word_of_policy_is_found_by_its_own_spelling() -> None:
    policy = policies.load().sectors
    tree = words.model(policy).vocabulary
    terms = pl.Series([word.term for word in policy.words if " " not in word.term])
    stems = vocabulary.stems(terms, policy.settings.reading.empty, policy.settings.reading.whole)
    spoken = [(term, stem) for term, stem in zip(terms, stems, strict=True) if stem and " " not in stem]
    told = tree.words.numbers_of(keys.of([term for term, _ in spoken]))
    assert [tree.terms[number] for number in told] == [stem for _, stem in spoken]


def test_the_evidence_is_the_strongest_of_what_is_explained() -> None:
    policy = policies.load().sectors
    title = "Agency care workers and supply of temporary nursing staff for care homes"
    told = sectors.classify_texts(pl.Series([title]), pl.Series([None], dtype=pl.String), policy).row(0, named=True)
    spoke = sectors.explain(title, "", policy).filter(pl.col("weight") > 0, pl.col("sector") == told["sector"])
    assert told["evidence"].split(", ") == spoke["term"].head(5).to_list()


def test_many_texts_are_answered_as_each_by_itself() -> None:
    policy = policies.load().sectors
    said = ["Home care", "Car wash", "Ref", "Supply of hot meals", "Stationery"]
    texts = pl.Series([f"{text} {number}" for number in range(4000) for text in said])
    none = pl.repeat(None, len(texts), dtype=pl.String, eager=True)
    told = sectors.classify_texts(texts, none, policy)
    assert told.head(5).equals(sectors.classify_texts(texts.head(5), none.head(5), policy))
    assert told.tail(5).equals(told.head(5))


def test_a_row_without_a_value_is_a_row_of_its_own() -> None:
    asked = pl.DataFrame({"a": ["x", None, "", "x", None], "b": [None, "x", "x", None, "x"]})
    each = rows.distinct(asked)
    assert each.rows() == [("x", None), (None, "x"), ("", "x")]
    told = rows.beside(asked, each[1:].with_columns(said=pl.Series([1, 2])), ["a", "b"])
    assert told["said"].to_list() == [None, 1, 2, None, 1]
