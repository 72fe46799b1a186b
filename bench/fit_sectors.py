"""Fit the weights of the text model on labelled notices, with the word list of policy as the starting point.

    python bench/fit_sectors.py NOTICES --codes CPV_LABELS          print what the fit would change
    python bench/fit_sectors.py NOTICES --codes CPV_LABELS --write  write sectors_weights.csv and sectors_fit.toml

NOTICES is a CSV file with title, description, cpv and gold_sector, and perhaps id and buyer. CPV_LABELS is a CSV file
with code and description_en: the name of each code is a short text whose sector the code table of policy gives.

The model is a sum: a text's score for a sector is the sum of its terms' weights (riskengine/sectors/words.py). The fit
is a multinomial logistic regression without intercepts, so that a text without known terms speaks for no sector. Its
penalty draws every weight towards that of the word list (times one fitted scale): a term moves away only where the
notices say so.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import optimize, sparse, special
from sector_report import labelled, put_right

from riskengine import policy as policies
from riskengine.policy.sectors import Fit, SectorsPolicy, Weight
from riskengine.schemas import HIGHER_LEVELS
from riskengine.sectors import codes, keys, reading, terms, tokens, vocabulary, words

Floats = npt.NDArray[np.float64]

PENALTY = 0.25
"""On the square of each weight's distance from the word list, for a term that stands in a middling number of texts.
It grows with the square root of that number, so that common words, which say little, do not add up to much. Chosen out
of fold among 0.1, 0.15, 0.25 and 0.35, growth with the power 0, 0.5 and 0.8."""

LABEL_SHARE = 0.05
"""How much the name of a CPV code counts beside a notice: there are several thousand. Chosen among 0.02, 0.05, 0.1."""

SOFTWARE_SHARE = 0.5
"""How much a software notice counts: nearly half of the notices are IT, which councils buy far less often."""

SEEN = 3
"""A term must stand in so many texts to be given a weight."""

SMALLEST = 0.1
"""Smaller weights are left out of the table."""

PROTECTED = 1.0
"""A term the word list gives this much for a watched sector keeps it: the fit takes nothing away from it there, and
adds nothing elsewhere. Notices hold few care, agency and car wash lines, and buyers code agency staff as
recruitment."""

PLAIN = """
service provision provide provider contract council project support supply framework award notice tender invitation
quotation quote supplier call off lot agreement shared general within up new at no all any other each per period year
extension scheme programme require requirement procurement publish completeness transparency description see details
following process competition further under through into over have not can also out was were than including additional
acc information centre leisure recreation hall town park field site lane road street church phase mini memorial civic
"""
"""Words that tell how or where something is bought, not what: terms of these alone are left to the word list. On
notices they tell one buyer from another; on a council's lines they would say software for every shared service, and
construction for the electricity of a leisure centre."""

MISUSED = "443164"
"""CPV "Hardware", meaning ironmongery: buyers use it for computers, so its notices teach nothing."""


@dataclass(frozen=True)
class Texts:
    """Labelled texts: `parts` as riskengine.sectors.reading reads them, the sector and the share of each.

    `buyers` are stems that only the names of buyers hold (mostly places), which say nothing of what was bought.
    """

    parts: pl.DataFrame
    sectors: list[str]
    shares: Floats
    buyers: frozenset[str]


def teaching(notices: pl.DataFrame, policy: SectorsPolicy) -> pl.DataFrame:
    """The notices without those whose code is misused, or known to name a sector on the wrong side of high or above."""
    fit = notices.filter(~pl.col("cpv").fill_null("").str.starts_with(MISUSED))
    if "id" not in fit.columns:
        return fit
    right = put_right(fit, policy).select("id", should=pl.col("gold_level").is_in(HIGHER_LEVELS))
    joined = fit.join(right, on="id", maintain_order="left")
    return joined.filter(pl.col("gold_level").is_in(HIGHER_LEVELS) == pl.col("should")).drop("should")


def named_codes(path: Path, policy: SectorsPolicy) -> pl.DataFrame:
    """The names of CPV codes with the sector that policy gives the code."""
    table = pl.read_csv(path, infer_schema=False).select(cpv="code", title="description_en")
    sectors = codes.classify(table["cpv"], policy.of_scheme("cpv"), 1.0).select(cpv="text", gold_sector="sector")
    named = table.join(sectors, on="cpv", how="inner", maintain_order="left")
    return named.with_columns(description=pl.lit(None, pl.String))


def texts(notices: pl.DataFrame, labels: pl.DataFrame, policy: SectorsPolicy) -> Texts:
    """Notices and names of codes as one body of texts."""
    columns = ["title", "description", "gold_sector"]
    body = pl.concat([notices.select(columns), labels.select(columns)])
    software = np.where(notices["gold_sector"].to_numpy() == "software", SOFTWARE_SHARE, 1.0)
    return Texts(
        parts=reading.whole(body["title"], body["description"], policy),
        sectors=body["gold_sector"].to_list(),
        shares=np.concatenate([software, np.full(labels.height, LABEL_SHARE)]),
        buyers=_buyers(notices, labels, policy) if "buyer" in notices.columns else frozenset(),
    )


def _buyers(notices: pl.DataFrame, labels: pl.DataFrame, policy: SectorsPolicy) -> frozenset[str]:
    """The stems of buyers' names that neither the word list nor the name of a code holds."""
    reading_of = policy.settings.reading

    def told(texts: pl.Series) -> set[str]:
        stems = vocabulary.stems(texts, reading_of.empty, reading_of.whole)
        return {stem for text in stems for stem in text.split()}

    known = told(pl.Series([word.term for word in policy.words])) | told(labels["title"])
    return frozenset(told(notices["buyer"].fill_null("")) - known)


def fit(body: Texts, policy: SectorsPolicy) -> SectorsPolicy:
    """The policy with weights and scale fitted on these texts."""
    bare = policy.model_copy(update={"weights": (), "fit": policy.fit.model_copy(update={"scale": 1.0})})
    listed = words.model(bare)
    spellings = _telling(_spellings(body.parts, policy), body.buyers, policy)
    tree = vocabulary.build(spellings, policy.settings.reading.empty, policy.settings.reading.whole)
    counted = _matrix(body, tree, spellings)
    given = _scores(body, listed)
    known = {sector: place for place, sector in enumerate(listed.sectors)}
    answers = np.array([known[sector] for sector in body.sectors])
    moved, scale = _minimise(counted, given, answers, body.shares)
    own = _protected(policy)
    rows = [
        Weight(
            term=spellings[tree.terms[term]], sector=listed.sectors[place], weight=round(float(moved[term, place]), 2)
        )
        for term, place in zip(*np.nonzero(np.abs(moved) >= SMALLEST), strict=True)
        if tree.terms[term] in spellings
        and not _forbidden(tree.terms[term], listed.sectors[place], moved[term, place], own)
    ]
    return policy.model_copy(
        update={"weights": tuple(rows), "fit": policy.fit.model_copy(update={"scale": round(scale, 2)})}
    )


def _telling(spellings: dict[str, str], buyers: frozenset[str], policy: SectorsPolicy) -> dict[str, str]:
    """The terms that can say what was bought: none with a buyer's name, none of plain words alone."""
    reading_of = policy.settings.reading
    plain = set(vocabulary.stems(pl.Series(PLAIN.split()), reading_of.empty, reading_of.whole))
    telling = [stem for stem in spellings if buyers.isdisjoint(stem.split()) and not plain.issuperset(stem.split())]
    return {stem: spellings[stem] for stem in telling}


def _protected(policy: SectorsPolicy) -> dict[str, set[str]]:
    """The terms, as stems, that the word list gives a watched sector."""
    reading_of = policy.settings.reading
    stems = vocabulary.stems(pl.Series([word.term for word in policy.words]), reading_of.empty, reading_of.whole)
    own: dict[str, set[str]] = {}
    for stem, word in zip(stems, policy.words, strict=True):
        if word.sector in policy.settings.watched and word.weight >= PROTECTED:
            own.setdefault(stem, set()).add(word.sector)
    return own


def _forbidden(term: str, sector: str, moved: float, own: dict[str, set[str]]) -> bool:
    """Whether a shift takes from a watched sector, or gives its term to another."""
    return term in own and (moved < 0) == (sector in own[term])


def _spellings(parts: pl.DataFrame, policy: SectorsPolicy) -> dict[str, str]:
    """Terms of one and two words that stand in enough texts: the stem of each and its commonest spelling."""
    cut = tokens.cut(parts["text"])
    cut = cut.with_columns(stem=tokens.stem(cut["word"], policy.settings.reading.whole))
    told = cut.filter(~pl.col("word").is_in(list(policy.settings.reading.empty)), pl.col("word").str.contains("^[a-z]"))
    pair = pl.col("text").shift(-1) == pl.col("text")
    pairs = told.with_columns(pl.concat_str(name, pl.col(name).shift(-1), separator=" ") for name in ("word", "stem"))
    terms = pl.concat([told, pairs.filter(told.select(pair).to_series())])
    common = terms.group_by("stem").agg(
        pl.col("text").n_unique().alias("seen"), pl.col("word").value_counts(sort=True).first().struct.field("word")
    )
    common = common.filter(pl.col("seen") >= SEEN).sort("stem")
    return dict(zip(common["stem"], common["word"], strict=True))


def _matrix(body: Texts, tree: vocabulary.Vocabulary, telling: Collection[str]) -> sparse.csr_matrix:
    """A row a text, a column a term: the share with which the term counts, if it is one of `telling`."""
    found = _terms(body, tree)
    told = np.array([term in telling for term in tree.terms])[found.term]
    cells = (found.share[told], (found.subject[told], found.term[told]))
    return sparse.csr_matrix(cells, (len(body.sectors), len(tree.terms)))


def _scores(body: Texts, listed: words.Model) -> Floats:
    """What the word list alone says."""
    return words.sums(_terms(body, listed.vocabulary), len(body.sectors), listed)


def _terms(body: Texts, tree: vocabulary.Vocabulary) -> terms.Terms:
    subjects = body.parts["subject"].to_numpy().astype(np.int64)
    read = keys.read(body.parts["text"])
    placed = terms.Texts(subjects, reading.shares(body.parts, read), np.ones(len(subjects), dtype=bool))
    return terms.terms(read, placed, tree)


def _minimise(
    counted: sparse.csr_matrix, given: Floats, answers: npt.NDArray[np.int64], shares: Floats
) -> tuple[Floats, float]:
    """Least penalised log loss: how far each weight moves, and the scale of the word list."""
    texts, terms = counted.shape
    sectors = given.shape[1]
    penalty = PENALTY * _commonness(counted)[:, None]
    right = np.zeros((texts, sectors))
    right[np.arange(texts), answers] = 1
    across = counted.T.tocsr()

    def loss(point: Floats) -> tuple[float, Floats]:
        moved, scale = point[:-1].reshape(terms, sectors), point[-1]
        score = counted @ moved + scale * given
        total = special.logsumexp(score, axis=1, keepdims=True)
        off = (np.exp(score - total) - right) * shares[:, None]
        value = -(shares * (score[np.arange(texts), answers] - total[:, 0])).sum() + (penalty * moved**2).sum()
        slope = np.append((across @ off + 2 * penalty * moved).ravel(), (off * given).sum())
        return value, slope

    found = optimize.minimize(
        loss, np.append(np.zeros(terms * sectors), 1.0), jac=True, method="L-BFGS-B", options={"maxiter": 100}
    )
    return found.x[:-1].reshape(terms, sectors), float(found.x[-1])


def _commonness(counted: sparse.csr_matrix) -> Floats:
    """The square root of how many texts hold each term, beside the median term that any text holds."""
    held = np.bincount(counted.indices, minlength=counted.shape[1])
    return np.sqrt(held / np.median(held[held > 0])).clip(min=0.1)


def write(fitted: SectorsPolicy, notices: Path, rows: int, folder: Path) -> None:
    """Write the weights and what they were made from."""
    ordered = sorted(fitted.weights, key=lambda weight: (weight.term, weight.sector))
    with (folder / "sectors_weights.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["term", "sector", "weight"])
        table.writerows([weight.term, weight.sector, f"{weight.weight:g}"] for weight in ordered)
    sha256 = hashlib.sha256(notices.read_bytes()).hexdigest()
    (folder / "sectors_fit.toml").write_text(_facts(fitted.fit, rows, sha256), encoding="utf-8")


def _facts(fit: Fit, rows: int, sha256: str) -> str:
    today = date.today()  # noqa: DTZ011 - the day of the fit is a fact of the table
    return f'''# Written by bench/fit_sectors.py together with sectors_weights.csv.
scale = {fit.scale:g}
fitted = {today}
script = "bench/fit_sectors.py"
data = "Labelled contract notices (title, description; the sector is that of the CPV code) and the names of CPV codes"
data_sha256 = "{sha256}"
rows = {rows}
why = "Turns the weights of the word list into those of the model: the scale that fits the labelled notices best."
source = "bench/fit_sectors.py"
since = {today}
'''


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notices", type=Path)
    parser.add_argument("--codes", type=Path, required=True, help="CSV file with code and description_en")
    parser.add_argument("--write", action="store_true", help="write the tables into riskengine/policy")
    given = parser.parse_args(arguments)
    policy = policies.load().sectors
    notices = teaching(labelled(given.notices), policy)
    fitted = fit(texts(notices, named_codes(given.codes, policy), policy), policy)
    print(f"{notices.height} notices, {len(fitted.weights)} weights, scale {fitted.fit.scale:g}")
    if given.write:
        write(fitted, given.notices, notices.height, policies.BUILT_IN)


if __name__ == "__main__":
    main()
