"""The policy of step `names`: what a name is freed of, and which words mean the same."""

from __future__ import annotations

from typing import Literal

from riskengine.policy.files import Folder, Pattern, Strict


class Note(Strict):
    """What a finance system wrote into a name."""

    pattern: Pattern
    why: str


class Split(Strict):
    """Words after which another name begins: a trading name, or an aside such as a former name or an address."""

    pattern: Pattern
    kind: Literal["trading_as", "aside"]


class LegalForm(Strict):
    """A spelling of a legal form, in normalised words, and the form it stands for."""

    spelling: str
    form: Literal[
        "ltd", "plc", "llp", "lp", "cic", "cio", "foreign", "nhs", "council", "county_council", "parish_council"
    ]  # fmt: skip
    where: Literal["start", "middle", "end"]


class Word(Strict):
    """An abbreviation or frequent misspelling and the word it stands for."""

    word: str
    standard: str


class Phrase(Strict):
    """Words and the words to put in their place, before single words are looked at."""

    phrase: str
    standard: str


class WordKind(Strict):
    """What sort of word it is, and so what it means when only one of two names holds it."""

    word: str
    kind: Literal[
        "region", "country", "group", "sister", "number", "trade", "practice", "nhs", "council",
        "charity", "school", "care", "ledger", "person", "place",
    ]  # fmt: skip


class _Rules(Strict):
    silent: str
    meaningful: str
    fillers: tuple[str, ...]
    together: tuple[str, ...]
    notes: tuple[Note, ...]
    splits: tuple[Split, ...]


class NamesPolicy(Strict):
    """What `riskengine.names` is told."""

    rules: _Rules
    legal_forms: tuple[LegalForm, ...]
    words: tuple[Word, ...]
    phrases: tuple[Phrase, ...]
    word_kinds: tuple[WordKind, ...]

    @classmethod
    def load(cls, folder: Folder) -> NamesPolicy:
        """Read names.toml and the tables of legal forms, phrases, words and kinds of words."""
        return cls(
            rules=folder.toml("names.toml", _Rules),
            legal_forms=folder.table("names_legal_forms.csv", LegalForm),
            phrases=folder.table("names_phrases.csv", Phrase),
            word_kinds=folder.table("names_word_kinds.csv", WordKind),
            words=folder.table("names_words.csv", Word),
        )
