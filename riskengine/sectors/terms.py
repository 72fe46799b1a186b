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

    `share` adds up the shares of the texts the term stands in; `decides` tells whether one of them can decide.
    """

    subject: Places
    term: Places
    share: Floats
    decides: npt.NDArray[np.bool_]


def terms(words: Words, texts: Texts, tree: Vocabulary) -> Terms:
    """The terms in these texts. However often a term stands in a text, it counts once."""
    found = vocabulary.find(words, tree)
    for_text, for_term = len(texts.subject).bit_length(), len(tree.terms).bit_length()
    stands = np.sort((((texts.subject.take(found.text) << for_term) + found.term) << for_text) + found.text)
    stands = stands[np.diff(stands, prepend=-1) != 0]
    named, text = stands >> for_text, stands & ((1 << for_text) - 1)
    first = np.flatnonzero(np.diff(named, prepend=-1))
    named = named.take(first)
    return Terms(
        subject=named >> for_term,
        term=named & ((1 << for_term) - 1),
        share=np.add.reduceat(texts.share.take(text), first),
        decides=np.logical_or.reduceat(texts.decides.take(text), first),
    )
