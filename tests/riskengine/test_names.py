"""The normal form of an organisation name: what makes no difference, and what does."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskengine import names, policy

POLICY = policy.load().names


def key(name: str) -> str:
    return str(names.keys(pl.Series([name], dtype=pl.String), POLICY)["key"].item())


SAME = {
    "legal form": ("Brightmoor Care Ltd", "BRIGHTMOOR CARE LIMITED"),
    "no legal form": ("Brightmoor Care Ltd", "Brightmoor Care"),
    "a slip in the legal form": ("Brightmoor Care Ltd", "Brightmoor Care Limted"),
    "Welsh legal form": ("Brightmoor Care Ltd", "Brightmoor Care Cyfyngedig"),
    "article": ("The Brightmoor Care Company Ltd", "Brightmoor Care Company Ltd"),
    "ampersand": ("Tarn & Wex Ltd", "Tarn and Wex Ltd"),
    "initials": ("D T Z Ltd", "D.T.Z. Ltd"),
    "accents": ("Café Tarn Ltd", "Cafe Tarn Ltd"),
    "blanks": (" Brightmoor   Care ", "Brightmoor Care"),
    "apostrophe": ("Tarn's Bakery", "Tarns Bakery"),
    "ledger note": ("Brightmoor Care Ltd (DO NOT USE)", "Brightmoor Care Ltd"),
    "ledger note run into the last word": ("BRIGHTMOOR CARE LIMITEDDO NOT USE", "Brightmoor Care Ltd"),
    "any slip of one letter in LIMITED": ("Brightmoor Care Limiyed", "Brightmoor Care Ltd"),
    "two letters of LIMITED changed round": ("Brightmoor Care Limitde", "Brightmoor Care Ltd"),
    "legal form run into the last word": ("BRIGHTMOOR CARELTD", "Brightmoor Care Ltd"),
    "NHS run into a word": ("Brightmoor HospitalNHS Trust", "Brightmoor Hospital NHS Trust"),
    "vendor number": ("Brightmoor Care V91667", "Brightmoor Care"),
    "a hint to another account": ("Brightmoor Care USE 016071", "Brightmoor Care"),
    "a trust's form misspelt": ("Brightmoor NHS Foundaiton Trus", "Brightmoor NHS Trust"),
    "NHS in front of a board": ("NHS Brightmoor Integrated Care Board", "Brightmoor Integrated Care Board"),
    "sum line of the same name": ("BRIGHTMOOR NHS TRUST TOTAL WEXMERE LODGE", "Brightmoor NHS Trust"),
    "sum line of the name before": ("WEXMERE LODGE TOTAL BRIGHTMOOR NHS TRUST", "Brightmoor NHS Trust"),
    "a point of the compass cut short": ("Brightmoor N West", "Brightmoor North West"),
    "crown": ("Her Majesty's Prison Brightmoor", "HM Prison Brightmoor"),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_spellings_share_a_key(one: str, other: str) -> None:
    assert key(one) == key(other)


APART = {
    "another legal form": ("Brightmoor Care Ltd", "Brightmoor Care PLC"),
    "another number": ("Brightmoor Care 1 Ltd", "Brightmoor Care 2 Ltd"),
    "another region": ("Brightmoor North Ltd", "Brightmoor South Ltd"),
    "holding company": ("Brightmoor Ltd", "Brightmoor Holdings Ltd"),
    "a year in the name": ("Bistro Tarn 1994", "Bistro Tarn"),
    "council and parish council": ("Brightmoor Council", "Brightmoor Parish Council"),
    "NHS trust and its charity": ("Brightmoor NHS Trust", "Brightmoor NHS Trust Charitable Fund"),
    "a federation and a trust": ("Brightmoor NHS Federation Trust", "Brightmoor NHS Trust"),
    "TOTAL as a word of the name": ("Brightmoor Total Health", "Total Health"),
}


@pytest.mark.parametrize(("one", "other"), APART.values(), ids=APART)
def test_other_names_have_another_key(one: str, other: str) -> None:
    assert key(one) != key(other)


FORMS = {
    "a council": ("Brightmoor Borough Council", ("BRIGHTMOOR", "council")),
    "a body that is called a council": ("Brightmoor Research Council", ("BRIGHTMOOR RESEARCH COUNCIL", None)),
    "another of them, with a legal form": ("Brightmoor Arts Council Ltd", ("BRIGHTMOOR ARTS COUNCIL", "ltd")),
    "a legal form that a ledger has put in front": ("LIMITED BRIGHTMOOR CARE", ("BRIGHTMOOR CARE", "ltd")),
    "LIMITED as a word of the name": ("Limited Edition Books Ltd", ("LIMITED EDITION BOOKS", "ltd")),
    "a trust's charity": ("Brightmoor NHS Trust Charitable Fund", ("BRIGHTMOOR NHS TRUST CHARITABLE FUND", None)),
    "LIMITED within a word": ("Unlimited", ("UNLIMITED", None)),
}


@pytest.mark.parametrize(("name", "expected"), FORMS.values(), ids=FORMS)
def test_legal_forms_are_told_from_words(name: str, expected: tuple[str, str | None]) -> None:
    found = names.keys(pl.Series([name]), POLICY).row(0, named=True)
    assert (found["core"], found["legal_form"]) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Wexmere Foods Limited T/A Tarn Deli",
        "Wexmere Foods Limited T/A Tarn Deli Ltd",
        "Tarn Deli T/A Wexmere Foods Limited",
    ],
)
def test_a_trading_name_is_told_from_the_legal_name(name: str) -> None:
    found = names.keys(pl.Series([name]), POLICY).row(0, named=True)
    assert (found["core"], found["trading_as"]) == ("WEXMERE FOODS", "TARN DELI")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_has_a_key_unless_it_is_blank(text: str) -> None:
    assert (key(text) != "") or not any(sign.isalnum() for sign in text)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abcdefghij klm", min_size=1, max_size=40))
def test_capitals_and_blanks_make_no_difference(text: str) -> None:
    assert key(text) == key(f"  {text.upper()}  ")


def test_a_long_list_is_read_as_each_name_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = pl.Series(["Acme Ltd", None, "D T Z (Leeds Office) Ltd", "Café T/A Bar Plc 123456", "TRUST TOTAL NHS Y"])
    rules = policy.load().names
    whole = names.keys(texts, rules)
    monkeypatch.setattr(names, "AT_A_TIME", 2)
    assert names.keys(texts, rules).equals(whole)
    assert texts[3] == "Café T/A Bar Plc 123456"
