"""How fast texts are classified, beside one pass of key words over the same distinct texts.

    python bench/sector_speed.py NOTICES CROSSWALK [--lines 1000000] [--texts 150000]

Makes short texts of words of the notices' titles (five words a text) and lines that repeat them, classifies the lines
(distinct texts, answers joined back) and prints seconds, the ratio to one `str.contains_any` pass over the distinct
texts, and the highest memory. The pass looks for the key words of CROSSWALK, a CSV file whose column keywords_regex
holds words with bars between; the signs of regular expressions in them are put aside, which `contains_any` has not.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from riskengine import policy as policies
from riskengine import sectors


def key_words(crosswalk: Path) -> list[str]:
    """The key words of all sectors, without the signs of regular expressions."""
    cells = pl.read_csv(crosswalk, infer_schema=False)["keywords_regex"].drop_nulls()
    words = cells.str.split("|").explode().str.replace_all(r"\\b|[?*+^$()\[\]\\]", "").str.strip_chars()
    return sorted(set(words.to_list()) - {""})


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notices", type=Path)
    parser.add_argument("crosswalk", type=Path)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--texts", type=int, default=150_000)
    given = parser.parse_args(arguments)
    policy = policies.load().sectors
    vocabulary = " ".join(pl.read_csv(given.notices, infer_schema=False)["title"].drop_nulls()).split()
    choose = random.Random(1)
    texts = pl.Series([" ".join(choose.choices(vocabulary, k=5)) for _ in range(given.texts)], dtype=pl.String)
    lines = texts.sample(given.lines, with_replacement=True, seed=1)
    keywords = key_words(given.crosswalk)
    sectors.classify_texts(texts.head(10), texts.head(10), policy)
    start = time.perf_counter()
    texts.str.contains_any(keywords, ascii_case_insensitive=True)
    single = time.perf_counter() - start
    start = time.perf_counter()
    distinct = lines.unique(maintain_order=True)
    none = pl.repeat(None, len(distinct), dtype=pl.String, eager=True)
    told = sectors.classify_texts(distinct, none, policy).with_columns(text=distinct)
    lines.alias("text").to_frame().join(told, on="text", how="left", maintain_order="left")
    whole = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{given.lines:,} lines, {len(distinct):,} distinct texts")
    print(f"one contains_any pass of {len(keywords)} key words: {single:.2f} s")
    print(f"classified in {whole:.2f} s, {whole / single:.1f} times that; highest memory {memory:.0f} MB")


if __name__ == "__main__":
    main()
