"""What each term of a score speaks of, read from the two names."""

from __future__ import annotations

import pytest

from riskengine import policy
from riskengine.matches import points, spoken

POLICY = policy.load()

CASES = [
    pytest.param(
        *("Cawthermoor Cleaning", "CAWTHERMOOR CLEANING SERVICES LIMITED"),
        {
            "words in common": (("CAWTHERMOOR", "CLEANING"), ("CAWTHERMOOR", "CLEANING")),
            "words only one has": ((), ("SERVICES",)),
            "legal form": ((), ("ltd",)),
            "letters": (("CAWTHERMOOR CLEANING",), ("CAWTHERMOOR CLEANING SERVICES",)),
        },
        id="a word more",
    ),
    pytest.param(
        *("Rapidhandz Temp Labour Ltd", "RAPIDHANDS TEMPORARY LABOUR LTD"),
        {
            "letters": (("RAPIDHANDZ", "TEMP"), ("RAPIDHANDS", "TEMPORARY")),
            "words in common": (("RAPIDHANDZ", "TEMP", "LABOUR"), ("RAPIDHANDS", "TEMPORARY", "LABOUR")),
            "words only one has": ((), ()),
        },
        id="words in other spellings",
    ),
    pytest.param(
        *("Acme North Care Ltd", "ACME SOUTH CARE HOLDINGS 2 PLC"),
        {
            "other place or region": (("NORTH",), ("SOUTH",)),
            "group or sister company": ((), ("HOLDINGS",)),
            "other number": ((), ("2",)),
            "legal form": (("ltd",), ("plc",)),
        },
        id="kinds of words of their own",
    ),
    pytest.param(
        *("Acme Ltd T/A Bluebell Homecare", "ACME LIMITED"),
        {"other names in it": (("BLUEBELL HOMECARE",), ()), "whole name": (("ACME",), ("ACME",))},
        id="a trading name",
    ),
]


@pytest.mark.parametrize(("left", "right", "expected"), CASES)
def test_a_term_speaks_of_its_own_words(left: str, right: str, expected: dict[str, tuple[object, object]]) -> None:
    told = spoken.of_pair(left, right, POLICY)
    assert {term: (told[term].left, told[term].right) for term in expected} == expected


def test_every_term_is_spoken_of_but_those_that_look_at_other_entries() -> None:
    told = spoken.of_pair("Acme Ltd", "ACME LIMITED", POLICY)
    assert set(points.terms(POLICY.matches)) - set(told) == {
        points.START,
        points.OTHERS,
        points.LIMIT,
        "lead over the next entry",
        "lead over the next group of companies",
    }
