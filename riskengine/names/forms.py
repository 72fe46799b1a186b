"""Legal forms: at the end of a name, in its middle, and in front."""

from __future__ import annotations

import polars as pl

from riskengine.names import words
from riskengine.policy.names import NamesPolicy

COMPANY = frozenset({"ltd", "plc", "llp", "lp", "cic", "cio", "foreign"})
"""Forms of companies and partnerships; the others are of public bodies."""
PARTS = ("core", "form", "rest")
TIE = "_"


def find(text: pl.Series, policy: NamesPolicy) -> pl.DataFrame:
    """Each name without its legal form (`core`), the `form` (or null), and what follows a form in the middle (`rest`).

    The first that fits: a company's form at the end, a public body's form at the end, a form in the middle, a form in
    front. A name that is nothing but a form keeps it, and so does one in which a charity's words follow the form.
    """
    frame = pl.DataFrame({"text": _tied(words.split(text), policy)})
    places = {str(at): pl.col("text").str.extract_groups(place) for at, place in enumerate(_places(policy))}
    found = frame.with_columns(**places).select("text", *(_part([pl.col(at) for at in places], part) for part in PARTS))
    found = found.with_columns(pl.when(~_of_a_charity(policy)).then(pl.col(PARTS)))
    known = {form.spelling: form.form for form in policy.legal_forms}
    slip = pl.when(pl.col("form").is_not_null()).then(pl.lit("ltd"))
    return found.select(
        core=words.write_out(_untied(_unwrapped(found)), policy),
        form=pl.col("form").replace_strict(known, default=slip, return_dtype=pl.String),
        rest=words.write_out(_untied(found["rest"].fill_null("")), policy),
    )


def _of_a_charity(policy: NamesPolicy) -> pl.Expr:
    """What follows the form names a charity: "Any NHS Trust Charitable Fund" is not the trust."""
    words_ = "|".join(word.word for word in policy.word_kinds if word.kind == "charity")
    return pl.col("rest").str.contains(rf"\b(?:{words_})\b").fill_null(value=False)


def _tied(text: pl.Series, policy: NamesPolicy) -> pl.Series:
    """Words that stand together are tied by a sign that no pattern takes for a blank."""
    return text.str.replace_many({words_: words_.replace(" ", TIE) for words_ in policy.rules.together})


def _untied(text: pl.Series) -> pl.Series:
    return text.str.replace_all(TIE, " ", literal=True)


def _part(groups: list[pl.Expr], part: str) -> pl.Expr:
    """One part of the first place that fits."""
    fits = (group.struct.field("form").is_not_null() for group in groups)
    return pl.coalesce(
        *(pl.when(fit).then(group.struct.field(part)) for fit, group in zip(fits, groups, strict=True))
    ).alias(part)


def _places(policy: NamesPolicy) -> tuple[str, ...]:
    company, body = _either(policy, "end", company=True), _either(policy, "end", company=False)
    slips = "|".join(_slips("LIMITED"))
    company = f"{company}|{slips}"
    middle, front = _either(policy, "middle"), _either(policy, "start")
    none = "(?P<rest>)"
    return (
        rf"^(?P<core>.+?) (?P<form>{company})(?: (?:{company}))*{none}$",
        rf"^(?P<core>.+?) (?P<form>{body}){none}$",
        rf"^(?P<core>.+?) (?P<form>{middle}) (?P<rest>.+)$",
        rf"^(?P<form>{front}) (?P<core>.+){none}$",
    )


def _either(policy: NamesPolicy, where: str, *, company: bool | None = None) -> str:
    """Spellings as a pattern, longest first, as the first that fits is taken."""
    fitting = (form for form in policy.legal_forms if form.where == where)
    chosen = [form.spelling for form in fitting if company is None or (form.form in COMPANY) == company]
    return "|".join(sorted(chosen, key=lambda spelling: (-len(spelling), spelling)))


def _slips(word: str) -> list[str]:
    """Patterns of a word with one letter wrong, missing, too many, or changed with its neighbour."""
    places = range(len(word))
    wrong = [word[:at] + "[A-Z]" + word[at + 1 :] for at in places]
    missing = [word[:at] + word[at + 1 :] for at in places]
    added = [word[:at] + "[A-Z]" + word[at:] for at in range(1, len(word) + 1)]
    changed = [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in places[:-1]]
    return [*added, *wrong, *changed, *missing]


def _unwrapped(found: pl.DataFrame) -> pl.Series:
    """The core without the front half of a public body's form that a ledger has wrapped round ("TRUST Any NHS")."""
    core = pl.coalesce("core", "text")
    wrapped = pl.col("form").str.starts_with("NHS").fill_null(value=False)
    front = r"^(?:NHS )?(?:FOUNDATION )?TRUST "
    return found.select(pl.when(wrapped).then(core.str.replace(front, "")).otherwise(core).alias("core"))["core"]
