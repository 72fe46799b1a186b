"""The statement reader: what a text says on each point, with a quote."""

from __future__ import annotations

import pytest

from riskengine import statement_reader
from riskengine.policy import BUILT_IN
from riskengine.policy.files import Folder
from riskengine.policy.statement_reader import Point, StatementReaderPolicy
from riskengine.schemas import TOPICS
from riskengine.statement_reader import Reading
from riskengine.statement_reader.sentences import folded, split

POLICY = StatementReaderPolicy.load(Folder(BUILT_IN, None))
PADDING = "Quiet words that say nothing of interest stand here. " * 12
STRUCTURE, POLICIES, RISK, DILIGENCE, TRAINING, GOALS = TOPICS


def reading(text: str, point: str) -> Reading:
    found = statement_reader.read([PADDING, text], POLICY)
    return next(one for one in found if one.point == point)


@pytest.mark.parametrize(
    ("point", "text", "stated"),
    [
        ("year", "This statement is made for the financial year ending 31 March 2026.", True),
        ("year", "This statement covers the period 1 January 2025 to 31 December 2025.", True),
        ("year", "Modern Slavery Statement 2025/26", True),
        (
            "year",
            "The Modern Slavery Act 2015 requires organisations to publish a statement each financial year.",
            False,
        ),
        ("year", "This page was last changed in March 2026.", False),
        ("approval", "This statement was approved by the board of directors on 3 May 2026.", True),
        ("approval", "The trustees have approved this statement.", True),
        ("approval", "This statement was approved by the management team.", False),
        ("approval", "Our anti-slavery policy has been approved by our Board of Directors.", False),
        ("signature", "Signed by Wilhelmina Testerby for the company", True),
        ("signature", "Orlando Quibble\nChief Executive Officer\n3 May 2026", True),
        ("signature", "The HR director is responsible for this policy.", False),
        ("signature", "The board of directors approved this statement.", False),
        ("steps", "This statement sets out the steps we have taken during the year.", True),
        ("steps", "The company has taken no such steps.", True),
        ("steps", "The Act requires organisations to say what steps they have taken.", False),
        (STRUCTURE, "We employ 1,200 people at 14 sites in the United Kingdom.", True),
        (STRUCTURE, "Modern slavery is a crime that affects an estimated 40 million people.", False),
        (POLICIES, "Our whistleblowing policy lets everybody report concerns.", True),
        (POLICIES, "We use cookies, see our privacy policy.", False),
        (POLICIES, "Next year we will introduce an anti-slavery policy.", False),
        (DILIGENCE, "New suppliers complete a questionnaire, and we audit a tenth of them.", True),
        (DILIGENCE, "Every employee in our company has the right to work in a clean environment.", False),
        (RISK, "We have assessed the risk in each of our supply chains.", True),
        (RISK, "Slavery is a grave matter.", False),
        (TRAINING, "All buyers completed training on modern slavery in May.", True),
        (TRAINING, "We will train our staff on modern slavery next year.", False),
        (TRAINING, "We do not provide separate procedures or training regarding human trafficking.", False),
        (TRAINING, "All staff completed fire training.", False),
        (GOALS, "We measure our progress by the share of staff trained.", True),
        (GOALS, "It is difficult to measure the effectiveness of our work.", False),
    ],
)
def test_point(point: str, text: str, stated: bool) -> None:
    found = reading(text, point)
    assert found.answer == ("stated" if stated else "not_seen")
    assert (found.quote is not None) == stated


def test_quote_stands_in_the_text_and_names_its_page() -> None:
    found = reading("All  buyers completed\ntraining on modern slavery. More words follow.", TRAINING)
    assert (found.quote, found.page) == ("All buyers completed training on modern slavery.", 2)


def test_signature_is_quoted_with_the_name_before_it() -> None:
    found = reading("It was approved. Orlando Quibble\nChief Executive Officer", "signature")
    assert found.quote is not None
    assert found.quote.endswith("Orlando Quibble Chief Executive Officer")


def test_long_sentence_is_cut_between_words() -> None:
    sentence = "and so on " * 60 + "all buyers completed training on modern slavery " + "and so forth " * 60
    found = reading(sentence, TRAINING)
    assert found.quote is not None
    assert len(found.quote) <= POLICY.longest_quote.value
    assert "completed training on modern slavery" in found.quote
    assert f" {found.quote} " in f" {folded(sentence)} "


def test_full_sentence_is_quoted_before_a_heading() -> None:
    found = reading("Due diligence\n\nWe audit each of our suppliers once a year.", DILIGENCE)
    assert found.quote == "We audit each of our suppliers once a year."


def test_list_after_a_plan_is_a_plan() -> None:
    text = "In the next year we will:\n• provide training on modern slavery to all staff\n• audit suppliers"
    assert reading(text, TRAINING).answer == "not_seen"
    assert reading(text, DILIGENCE).answer == "not_seen"


def test_list_after_what_was_done_is_done() -> None:
    text = "During the year:\n• we provided training on modern slavery to all staff\n• we audited suppliers"
    assert reading(text, TRAINING).answer == "stated"


def test_homepage_link_can_never_be_seen() -> None:
    found = reading("There is a link to this statement on our homepage.", "homepage_link")
    assert found.answer == "cannot_be_seen"
    assert found.note is not None


@pytest.mark.parametrize("pages", [[], [""], ["Scanned."]], ids=["no page", "empty", "hardly any text"])
def test_text_that_cannot_be_read(pages: list[str]) -> None:
    answers = {one.point: one.answer for one in statement_reader.read(pages, POLICY)}
    assert answers.pop("homepage_link") == "cannot_be_seen"
    assert set(answers.values()) == {"unreadable"}


def test_joined_letters_of_printed_pages_are_plain() -> None:
    assert folded("the ﬁnancial\n year, eﬀective") == "the financial year, effective"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Mr. Smith of A Ltd. Said no.", ["Mr. Smith of A Ltd. Said no."]),
        ("At 3.5 per cent. Then more.", ["At 3.5 per cent.", "Then more."]),
        ("First:\n• one\n• two", ["First:", "one", "two"]),
        ("A heading\n\nA sentence.", ["A heading", "A sentence."]),
        ("Our Policies\nWe have two.", ["Our Policies", "We have two."]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [sentence.text for sentence in split([text])] == sentences


def test_every_recommended_area_is_read() -> None:
    assert {name for name, point in POLICY.points.items() if point.group == "recommended"} == set(TOPICS)


@pytest.mark.parametrize(
    ("change", "words"),
    [({"stated": ("(",)}, "is not a regular expression"), ({"stated": ()}, "needs patterns")],
    ids=["broken pattern", "no pattern"],
)
def test_faulty_policy_is_refused(change: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Point.model_validate({"group": "legal", "stated": ("a",), **change})
