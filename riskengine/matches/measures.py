"""What is measured of two names: how alike they are, and what each holds that the other does not.

Everything is worked out for all pairs at once, on the numbers of words rather than on the words.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler

from riskengine.matches import words
from riskengine.matches.index import Index
from riskengine.policy import Policy

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

MOST = 12
"""Words of a name that are compared one by one; what follows counts in the likeness of letters alone."""
FEW = 7
"""Up to so many numbers are added one after the other: a sum is the same to the byte with any noughts behind it."""
CHUNK = 12_000
"""Pairs compared at a time, so that memory does not grow with their number and what is at hand stays small."""
ALIKE = 0.78
"""From this likeness of letters (0 to 1) two words may be one word misspelt."""
CUT = 0.9
"""How alike a word and its beginning count ("HEALT", "HEALTH")."""
ONLY_LEFT, ONLY_RIGHT = 1, 2
"""Whether words of a kind stand in one of two names alone; their sum: in both, but other words."""
SHORTEST = 3
"""A beginning has at least so many letters."""
SLIP = 0.8
"""How alike two words of four and more letters count that differ by one letter."""
LONGEST = 6
"""Words with more letters are shortened by leaving letters out."""
CUT_OFF = 28
"""Finance systems cut names off at 30, 32, 35 or 40 signs."""


@dataclass(frozen=True)
class Joined:
    """Two neighbouring words (first << 32 | second, sorted) that are a word of their own when written as one."""

    codes: npt.NDArray[np.int64]
    number: Numbers

    def get(self, codes: npt.NDArray[np.int64]) -> Numbers:
        """The number of the joined word, 0 where there is none."""
        if not self.codes.size:
            return np.zeros(codes.shape, np.int32)
        at = np.minimum(np.searchsorted(self.codes, codes), self.codes.size - 1)
        return np.where(self.codes[at] == codes, self.number[at], 0).astype(np.int32)


@dataclass(frozen=True)
class Words:
    """The words of both sides, by number; 0 stands for no word."""

    text: list[str]
    rarity: Floats
    apart: Floats
    kind: Numbers
    joined: Joined
    left: Numbers
    right: Numbers


def table(left: pl.DataFrame, right: pl.DataFrame, pairs: pl.DataFrame, index: Index, policy: Policy) -> pl.DataFrame:
    """One row a pair, one column a measure, in the order of `pairs` (positions in `left` and `right`)."""
    known = _words(left, right, index, policy)
    order, bounds = _by_length(known, pairs)
    compared = pl.concat([_compared(known, pairs[order[start:end]]) for start, end in pairwise(bounds)])
    mine = left.select("folded", "core", "form", "trading", "aside")[pairs["left"]]
    theirs = right.select("folded", "core", "form", "trading", "aside")[pairs["right"]]
    sides = pl.concat(
        [mine.select(pl.all().name.suffix("_left")), theirs.select(pl.all().name.suffix("_right"))], how="horizontal"
    )
    return pl.concat([_letters(sides), compared[np.argsort(order)], sides.select(**_relations())], how="horizontal")


def _words(left: pl.DataFrame, right: pl.DataFrame, index: Index, policy: Policy) -> Words:
    spelt = {"left": words.of(left, policy.names), "right": words.of(right, policy.names)}
    told = _told(pl.concat([side["word"] for side in spelt.values()]).unique().sort().to_frame(), index, policy)
    numbers = told.select("word").with_row_index("number", offset=1)
    matrices = {
        name: _matrix(side.join(numbers, on="word", maintain_order="left"), height)
        for (name, side), height in zip(spelt.items(), (left.height, right.height), strict=True)
    }
    return Words(
        ["", *told["word"]],
        np.concatenate([[0.0], told["rarity"].to_numpy()]).astype(np.float32),
        np.concatenate([[0.0], told["apart"].to_numpy()]).astype(np.float32),
        np.concatenate([[0], told["kind"].to_numpy()]).astype(np.int32),
        _joined(list(spelt.values()), numbers),
        **matrices,
    )


def _told(text: pl.DataFrame, index: Index, policy: Policy) -> pl.DataFrame:
    """Each word with its rarity, how often it tells names apart, and its kind."""
    kinds = {row.word: KINDS.index(row.kind) + 1 for row in policy.names.word_kinds}
    apart = {row.word: row.apart for row in policy.matches.words}
    known = text.join(index.vocabulary.select("word", "rarity"), on="word", how="left", maintain_order="left")
    number = pl.col("word").str.contains(r"^\d+$")
    kind = pl.col("word").replace_strict(kinds, default=0, return_dtype=pl.Int32)
    return known.with_columns(
        pl.col("rarity").fill_null(1.0),
        apart=pl.col("word").replace_strict(apart, default=0.0, return_dtype=pl.Float64),
        kind=pl.when(number).then(KINDS.index("number") + 1).otherwise(kind),
    )


def _joined(sides: list[pl.DataFrame], numbers: pl.DataFrame) -> Joined:
    after = pl.when(pl.col("reading") == pl.col("reading").shift(-1)).then(pl.col("word").shift(-1))
    pairs_ = pl.concat([side.select("word", after=after).drop_nulls() for side in sides]).unique()
    whole = pairs_.with_columns(joined=pl.col("word") + pl.col("after")).join(
        numbers.rename({"word": "joined", "number": "whole"}), on="joined"
    )
    told = whole.join(numbers, on="word").join(numbers.rename({"word": "after", "number": "second"}), on="after")
    codes = told["number"].to_numpy().astype(np.int64) << 32 | told["second"].to_numpy().astype(np.int64)
    order = np.argsort(codes)
    return Joined(codes[order], told["whole"].to_numpy().astype(np.int32)[order])


def _matrix(spelt: pl.DataFrame, height: int) -> Numbers:
    placed = spelt.select("reading", "number", at=pl.int_range(pl.len()).over("reading")).filter(pl.col("at") < MOST)
    matrix = np.zeros((height, MOST), np.int32)
    matrix[placed["reading"].to_numpy(), placed["at"].to_numpy()] = placed["number"].to_numpy()
    return matrix


def _by_length(known: Words, pairs: pl.DataFrame) -> tuple[npt.NDArray[np.intp], list[int]]:
    """The order in which pairs of short names come first, and where the parts that are compared at a time end."""
    counts = [(side > 0).sum(1) for side in (known.left, known.right)]
    words = np.maximum(counts[0][pairs["left"].to_numpy()], counts[1][pairs["right"].to_numpy()])
    few = int((words <= FEW).sum())
    return np.argsort(words, kind="stable"), [
        *range(0, few, CHUNK),
        *range(few, max(pairs.height, 1), CHUNK),
        pairs.height,
    ]


def _narrow(*sides: Numbers) -> tuple[Numbers, ...]:
    """The sides without the columns that are empty in all of them."""
    width = max(1, *(int((side > 0).sum(1).max(initial=0)) for side in sides))
    return tuple(side[:, : width if width <= FEW else MOST] for side in sides)


def _compared(known: Words, pairs: pl.DataFrame) -> pl.DataFrame:
    """Measures of the words."""
    left, right = _narrow(known.left[pairs["left"].to_numpy()], known.right[pairs["right"].to_numpy()])
    equal = (left[:, :, None] == right[:, None, :]) & (left > 0)[:, :, None]
    met_left, met_right = equal.any(2).astype(np.float32), equal.any(1).astype(np.float32)
    _join(known, left, right, (met_left, met_right))
    _join(known, right, left, (met_right, met_left))
    alone_left, alone_right = (left > 0) & (met_left == 0), (right > 0) & (met_right == 0)
    pair, at_left, at_right = np.nonzero(alone_left[:, :, None] & alone_right[:, None, :])
    alike = _alike(known.text, left[pair, at_left], right[pair, at_right])
    np.maximum.at(met_left, (pair, at_left), alike)
    np.maximum.at(met_right, (pair, at_right), alike)
    weight_left, weight_right = known.rarity[left], known.rarity[right]
    first = equal[:, 0, 0]
    starts_left, starts_right = met_left[:, 0] >= ALIKE, met_right[:, 0] >= ALIKE
    found: dict[str, npt.NDArray[np.generic]] = {
        "left_share": _share(weight_left, met_left),
        "right_share": _share(weight_right, met_right),
        "shared": (weight_left * met_left).sum(1),
        "shared_rarest": (weight_left * met_left).max(1),
        "left_alone": (weight_left * (1 - met_left)).max(1),
        "right_alone": (weight_right * (1 - met_right)).max(1),
        "left_alone_sum": (weight_left * (1 - met_left)).sum(1),
        "right_alone_sum": (weight_right * (1 - met_right)).sum(1),
        "misspelt": ((met_left > 0) & (met_left < 1)).sum(1).astype(np.float32),
        "left_words": (left > 0).sum(1).astype(np.float32),
        "right_words": (right > 0).sum(1).astype(np.float32),
        "first": np.select([first, starts_left & starts_right, starts_left, starts_right], [0, 1, 2, 3], 4).astype(
            np.float32
        ),
    }
    gone_left, gone_right = (left > 0) & (met_left < ALIKE), (right > 0) & (met_right < ALIKE)
    found["left_apart"], found["right_apart"] = (
        (known.apart[side] * gone).max(1) for side, gone in ((left, gone_left), (right, gone_right))
    )
    found["left_gone"], found["right_gone"] = (gone.sum(1).astype(np.float32) for gone in (gone_left, gone_right))
    found["left_place"], found["right_place"] = _where(left > 0, gone_left), _where(right > 0, gone_right)
    for at, kind in enumerate(("other", *KINDS)):
        only_left = (gone_left & (known.kind[left] == at)).any(1)
        only_right = (gone_right & (known.kind[right] == at)).any(1)
        found[f"kind_{kind}"] = (ONLY_LEFT * only_left + ONLY_RIGHT * only_right).astype(np.float32)
    return pl.DataFrame(found)


KINDS = [
    "region",
    "country",
    "group",
    "sister",
    "number",
    "trade",
    "practice",
    "nhs",
    "council",
    "charity",
    "school",
    "care",
    "ledger",
    "person",
    "place",
]


GROUPS = {
    "ltd": 1,
    "plc": 1,
    "llp": 1,
    "lp": 1,
    "foreign": 1,
    "cic": 2,
    "cio": 2,
    "nhs": 3,
    "council": 4,
    "county_council": 4,
    "parish_council": 4,
}


def _join(known: Words, side: Numbers, other: Numbers, met: tuple[Floats, Floats]) -> None:
    """Count two neighbouring words of one side as met that the other writes as one."""
    spelt = known.joined.get(side[:, :-1].astype(np.int64) << 32 | side[:, 1:])
    row, at = np.nonzero(spelt)
    found, place = np.nonzero(other[row] == spelt[row, at][:, None])
    rows, at = row[found], at[found]
    met[0][rows, at] = met[0][rows, at + 1] = 1.0
    met[1][rows, place] = 1.0


def _where(there: Flags, gone: Flags) -> Floats:
    """Where the words stand that only this side has: 0 nowhere, 1 all at the end, 2 all in front, 3 elsewhere."""
    kept = there & ~gone
    at = np.arange(there.shape[1])
    first, last = np.where(kept, at, 99).min(1), np.where(kept, at, -1).max(1)
    before, after = (gone & (at < first[:, None])).any(1), (gone & (at > last[:, None])).any(1)
    between = (gone & (at > first[:, None]) & (at < last[:, None])).any(1)
    return np.select([~gone.any(1), after & ~before & ~between, before & ~after & ~between], [0, 1, 2], 3).astype(
        np.float32
    )


def _share(weight: Floats, met: Floats) -> Floats:
    share: Floats = (weight * met).sum(1) / np.maximum(weight.sum(1), np.float32(1e-6))
    return share


def _alike(text: list[str], left: Numbers, right: Numbers) -> Floats:
    """How alike two words are, 0 where they are unlike."""
    codes, back = np.unique(left.astype(np.int64) << 32 | right, return_inverse=True)
    mine, theirs = [text[code] for code in codes >> 32], [text[code] for code in codes & 0xFFFFFFFF]
    close = process.cpdist(mine, theirs, scorer=fuzz.ratio, workers=1, score_cutoff=100 * ALIKE) / 100
    slip = process.cpdist(mine, theirs, scorer=OSA.distance, workers=1, score_cutoff=1) <= 1
    shorter = np.minimum([len(word) for word in mine], [len(word) for word in theirs])
    cut = [a[0] == b[0] and (_is_cut(a, b) or _is_cut(b, a)) for a, b in zip(mine, theirs, strict=True)]
    near = np.maximum(close * 0.95, np.where(slip & (shorter >= SHORTEST + 1), SLIP, 0))
    found: Floats = np.where(cut, np.maximum(close, CUT), near).astype(np.float32)[back]
    return found


def _is_cut(short: str, long: str) -> bool:
    """A beginning, or some of the letters in their order ("MGMT", "MANAGEMENT")."""
    if not SHORTEST <= len(short) < len(long) or short[0] != long[0]:
        return False
    if long.startswith(short):
        return True
    letters = iter(long)
    return len(long) > LONGEST and short[-1] in long[-2:] and all(letter in letters for letter in short)


def _letters(sides: pl.DataFrame) -> pl.DataFrame:
    """Likeness of the letters, 0 to 1."""
    whole = [sides["folded_left"].to_list(), sides["folded_right"].to_list()]
    core = [sides["core_left"].to_list(), sides["core_right"].to_list()]
    bare = [sides[f"core_{side}"].str.replace_all(" ", "", literal=True).to_list() for side in ("left", "right")]
    return pl.DataFrame(
        {
            "whole": process.cpdist(*whole, scorer=fuzz.ratio, workers=-1) / 100,
            "core": process.cpdist(*core, scorer=fuzz.ratio, workers=-1) / 100,
            "sorted": process.cpdist(*core, scorer=fuzz.token_sort_ratio, workers=-1) / 100,
            "set": process.cpdist(*core, scorer=fuzz.token_set_ratio, workers=-1) / 100,
            "partial": process.cpdist(*bare, scorer=fuzz.partial_ratio, workers=-1) / 100,
            "bare": process.cpdist(*bare, scorer=fuzz.ratio, workers=-1) / 100,
            "start": process.cpdist(*bare, scorer=JaroWinkler.similarity, workers=-1),
        }
    ).cast(pl.Float32)


def _relations() -> dict[str, pl.Expr]:
    """Relations of the two names as whole numbers."""
    a, b = pl.col("core_left"), pl.col("core_right")
    f, g = pl.col("form_left"), pl.col("form_right")
    order = (
        pl.when(a == b)
        .then(0)
        .when(b.str.starts_with(a + pl.lit(" ")))
        .then(1)
        .when(a.str.starts_with(b + pl.lit(" ")))
        .then(2)
        .when(b.str.ends_with(pl.lit(" ") + a))
        .then(3)
        .when(a.str.ends_with(pl.lit(" ") + b))
        .then(4)
        .when(b.str.starts_with(a))
        .then(5)
        .when(a.str.starts_with(b))
        .then(6)
        .when(a.str.replace_all(" ", "", literal=True) == b.str.replace_all(" ", "", literal=True))
        .then(8)
        .otherwise(7)
    )
    sides = [pl.coalesce(form.replace_strict(GROUPS, return_dtype=pl.Int8), 0) for form in (f, g)]
    form = sides[0] * 10 + sides[1]
    same_form = (f == g).fill_null(value=False)
    short = [bare.str.len_chars().is_between(3, 7) for bare in (a, b)]
    begin = [words.str.split(" ").list.eval(pl.element().str.slice(0, 1)).list.join("") for words in (a, b)]
    initials = pl.when(short[0] & (a == begin[1])).then(1).when(short[1] & (b == begin[0])).then(2).otherwise(0)
    t, u = pl.col("trading_left"), pl.col("trading_right")
    trading = (
        pl.when(t.is_null() & u.is_null())
        .then(0)
        .when(t == u)
        .then(1)
        .when(t.is_null())
        .then(2)
        .when(u.is_null())
        .then(3)
        .otherwise(4)
    )
    aside = pl.col("aside_left").is_not_null().cast(pl.Int8) + 2 * pl.col("aside_right").is_not_null().cast(pl.Int8)
    length = [pl.col(f"folded_{side}").str.len_chars() for side in ("left", "right")]
    begun, begins = b.str.starts_with(a) & (a != b), a.str.starts_with(b) & (a != b)
    cut = pl.when(begun & (length[0] >= CUT_OFF)).then(1).when(begins & (length[1] >= CUT_OFF)).then(2).otherwise(0)
    return {
        "cut": cut.cast(pl.Float32),
        "order": order.cast(pl.Float32),
        "form": form.cast(pl.Float32),
        "same_form": same_form.cast(pl.Float32),
        "initials": initials.cast(pl.Float32),
        "trading": trading.cast(pl.Float32),
        "aside": aside.cast(pl.Float32),
    }
