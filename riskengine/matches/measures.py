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
from rapidfuzz.distance import JaroWinkler

from riskengine.matches import words
from riskengine.matches.index import Index
from riskengine.policy.names import NamesPolicy

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


@dataclass(frozen=True)
class Words:
    """The words of both sides, by number; 0 stands for no word."""

    text: list[str]
    rarity: Floats
    kind: Numbers
    left: Numbers
    right: Numbers


def table(
    left: pl.DataFrame, right: pl.DataFrame, pairs: pl.DataFrame, index: Index, policy: NamesPolicy
) -> pl.DataFrame:
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


def _words(left: pl.DataFrame, right: pl.DataFrame, index: Index, policy: NamesPolicy) -> Words:
    spelt = {"left": words.of(left, policy), "right": words.of(right, policy)}
    text = pl.concat([side["word"] for side in spelt.values()]).unique().sort().to_frame()
    told = text.join(index.vocabulary.select("word", "rarity"), on="word", how="left", maintain_order="left")
    kinds = pl.DataFrame(
        {
            "word": [row.word for row in policy.word_kinds],
            "kind": [KINDS.index(row.kind) + 1 for row in policy.word_kinds],
        }
    )
    told = told.join(kinds.unique("word"), on="word", how="left", maintain_order="left")
    number = pl.col("word").str.contains(r"^\d+$")
    told = told.with_columns(
        rarity=pl.col("rarity").fill_null(1.0),
        kind=pl.when(number).then(KINDS.index("number") + 1).otherwise(pl.col("kind").fill_null(0)),
    )
    numbers = text.with_row_index("number", offset=1)
    matrices = {
        name: _matrix(side.join(numbers, on="word", maintain_order="left"), height)
        for (name, side), height in zip(spelt.items(), (left.height, right.height), strict=True)
    }
    return Words(
        ["", *told["word"]],
        np.concatenate([[0.0], told["rarity"].to_numpy()]).astype(np.float32),
        np.concatenate([[0], told["kind"].to_numpy()]).astype(np.int32),
        **matrices,
    )


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


def _share(weight: Floats, met: Floats) -> Floats:
    share: Floats = (weight * met).sum(1) / np.maximum(weight.sum(1), np.float32(1e-6))
    return share


def _alike(text: list[str], left: Numbers, right: Numbers) -> Floats:
    """How alike two words are, 0 where they are unlike."""
    codes, back = np.unique(left.astype(np.int64) << 32 | right, return_inverse=True)
    mine, theirs = [text[code] for code in codes >> 32], [text[code] for code in codes & 0xFFFFFFFF]
    close = process.cpdist(mine, theirs, scorer=fuzz.ratio, workers=1, score_cutoff=100 * ALIKE) / 100
    cut = np.array(
        [
            (len(a) >= SHORTEST and b.startswith(a)) or (len(b) >= SHORTEST and a.startswith(b))
            for a, b in zip(mine, theirs, strict=True)
        ],
        dtype=bool,
    )
    found: Floats = np.where(cut, np.maximum(close, CUT), close * 0.95).astype(np.float32)[back]
    return found


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
    return {
        "order": order.cast(pl.Float32),
        "form": form.cast(pl.Float32),
        "same_form": same_form.cast(pl.Float32),
        "initials": initials.cast(pl.Float32),
        "trading": trading.cast(pl.Float32),
        "aside": aside.cast(pl.Float32),
    }
