"""The terms that stand in the texts of each subject, and how much each counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from riskengine.sectors import vocabulary
from riskengine.sectors.keys import Places, Words
from riskengine.sectors.vocabulary import Vocabulary

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Texts:
    """Of each text: the subject it belongs to (rising), how much its words count, and whether it can decide."""

    subject: Places
    share: Floats
    decides: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Terms:
    """A row for each subject and term, in their order.

    `share` adds up the shares of the texts the term stands in; `decides` tells whether one of them can decide. `first`
    and `last` are the words between which it stands for the first time.
    """

    subject: Places
    term: Places
    share: Floats
    decides: npt.NDArray[np.bool_]
    first: Places
    last: Places


def terms(words: Words, texts: Texts, tree: Vocabulary) -> Terms:
    """The terms in these texts. However often a term stands in a text, it counts once."""
    found = vocabulary.find(words, tree)
    text = words.text.take(found.first)
    for_place, for_term = len(text).bit_length(), len(tree.terms).bit_length()
    stands = np.sort((((texts.subject.take(text) << for_term) + found.term) << for_place) + np.arange(len(text)))
    named, place = stands >> for_place, stands & ((1 << for_place) - 1)
    text = text.take(place)
    once = (np.diff(named, prepend=-1) != 0) | (np.diff(text, prepend=-1) != 0)
    named, place, text = named[once], place[once], text[once]
    begins = np.flatnonzero(np.diff(named, prepend=-1))
    named, place = named.take(begins), place.take(begins)
    return Terms(
        subject=named >> for_term,
        term=named & ((1 << for_term) - 1),
        share=np.add.reduceat(texts.share.take(text), begins),
        decides=np.logical_or.reduceat(texts.decides.take(text), begins),
        first=found.first.take(place),
        last=found.last.take(place),
    )
