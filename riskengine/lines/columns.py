"""Which column holds which field: headings and values weighed together, each column for one field and the reverse."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from riskengine.lines import looks as look
from riskengine.lines import unnamed
from riskengine.lines.looks import Looks
from riskengine.lines.vocabulary import Meaning, Vocabulary
from riskengine.lines.wording import normal
from riskengine.policy.lines import LinesPolicy

_SURE_RATE = 68
"""Points below which a heading (Price, Cost, Rate) means the price of one unit only beside a quantity or a unit."""

_SERVICE = {"department", "description"}
_BOUGHT = {"description", "title", "category", "cpv", "proclass"}
_NOT_OF_PAYMENTS = {"department", "start", "end", "period"}
_MANY, _ENOUGH = 0.5, 10
"""Share of different values, of at least so many, from which a column of services is no column of departments."""

_OTHERS_KNOWN = 2
"""Fields that headings must name before a column is taken by its values alone."""


@dataclass(frozen=True)
class Column:
    """A column as understood: its place (1-based), heading, field and how sure (0 to 1) and why."""

    number: int
    heading: str | None
    field: str | None
    confidence: float | None
    reason: str


@dataclass(frozen=True)
class _Bid:
    number: int
    meaning: Meaning
    confidence: float
    seen: str


class Columns:
    """Reads headings by a vocabulary, with the officer's own choices taken first.

    `chosen` gives the heading of a field, empty for a field that no column holds.
    """

    def __init__(self, policy: LinesPolicy, chosen: Mapping[str, str]) -> None:
        self._policy = policy
        self._vocabulary = Vocabulary(policy)
        self._words = {field: heading for field, heading in chosen.items() if heading}
        self._chosen = {field: normal(heading) for field, heading in self._words.items()}
        self._not_held = chosen.keys() - self._words.keys()

    def meanings(self, heading: str | None) -> tuple[Meaning, ...]:
        """What the heading may mean, the officer's choice alone where there is one."""
        if heading is None:
            return ()
        if self._chosen:
            text = normal(heading)
            chosen = [Meaning(field, 100.0, "officer", text) for field, own in self._chosen.items() if own == text]
            if chosen:
                return tuple(chosen)
        return self._vocabulary.meanings(heading)

    def worded(self, text: str | None) -> bool:
        """Whether the text is a heading (listed, misspelt, an officer's choice) or made of words that headings use."""
        known = any(meaning.how != "words" for meaning in self.meanings(text))
        return text is not None and (known or self._vocabulary.knows_words_of(text))

    def told(self, headings: Sequence[str | None]) -> list[str]:
        """Notes on what the officer chose: headings that this sheet does not have, and fields that no column holds."""
        held = {normal(heading) for heading in headings if heading}
        missing = [field for field, own in self._chosen.items() if own not in held]
        return [
            *(f'There is no heading "{self._words[own]}", which was chosen for the {_named(own)}.' for own in missing),
            *(_none_holds(field) for field in sorted(self._not_held)),
        ]

    def understand(self, headings: Sequence[str | None], looks: Sequence[Looks]) -> list[Column]:
        """Say for every column what it holds."""
        bids = [
            bid
            for number, (heading, looked) in enumerate(zip(headings, looks, strict=True), start=1)
            for bid in self._bids(number, heading, looked)
        ]
        bids.sort(key=lambda bid: (bid.meaning.how != "officer", -bid.confidence, bid.number))
        bids = _services(bids, looks)
        won = _won(bids)
        if not {"quantity", "unit"} & {bid.meaning.field for bid in won.values()}:
            bids = [bid for bid in bids if bid.meaning.field != "rate" or bid.meaning.points >= _SURE_RATE]
            won = _won(bids)
        if "supplier" not in {bid.meaning.field for bid in won.values()}:
            named = {bid.number for bid in bids if bid.meaning.field == "supplier" and looks[bid.number - 1].several}
            won = _won([bid for bid in bids if bid.number not in named or bid.meaning.field == "supplier"])
        won = _with_date(_with_start(_with_end(won, self._not_held), bids), bids)
        won |= self._unnamed(headings, looks, won)
        lost = {bid.number: bid.meaning for bid in reversed(bids) if bid.number not in won}
        return [
            _column(number, heading, won.get(number), self._why_not(heading, lost.get(number)))
            for number, heading in enumerate(headings, start=1)
        ]

    def _bids(self, number: int, heading: str | None, looked: Looks) -> list[_Bid]:
        least = self._policy.settings.least_points.value
        bids = []
        meanings = self.meanings(heading)
        body = looked.alike and any(meaning.field == "none" for meaning in meanings)
        for meaning in meanings:
            if meaning.field in self._not_held or (body and meaning.field == "department"):
                continue
            share, seen = look.fit(meaning.field, looked)
            points = meaning.points if meaning.how == "officer" else meaning.points * self._weight(share, looked)
            if points >= least:
                points = self._giving_way(points, meaning, looked)
                bids.append(_Bid(number, meaning, points / 100, seen if looked.count else "no values below it"))
        return bids

    def _giving_way(self, points: float, meaning: Meaning, looked: Looks) -> float:
        """A department that is the same in every row gives way to one that differs."""
        settings = self._policy.settings
        same = meaning.field == "department" and meaning.how != "officer" and looked.alike
        return max(settings.least_points.value, points * settings.few_values.value) if same else points

    def _unnamed(
        self, headings: Sequence[str | None], looks: Sequence[Looks], won: Mapping[int, _Bid]
    ) -> dict[int, _Bid]:
        """Columns whose headings say nothing but whose values tell what they hold, beside at least one other field."""
        held = {bid.meaning.field for bid in won.values()} - {"none"}
        dated = {"date"} if held & {"start", "end", "period"} else set()
        missing = {"supplier", "amount", "date"} - held - dated - self._not_held
        if not missing or len(held) < _OTHERS_KNOWN:
            return {}
        free = {
            number: looked
            for number, (heading, looked) in enumerate(zip(headings, looks, strict=True), start=1)
            if number not in won and looked.count and not self.meanings(heading)
        }
        points = self._policy.settings.by_values.value
        return {
            found.number: _Bid(found.number, Meaning(found.field, points, "values", ""), points / 100, found.seen)
            for found in unnamed.known(free, missing, self._policy)
        }

    def _why_not(self, heading: str | None, lost: Meaning | None) -> str:
        """Why a column is not read."""
        if heading is None:
            return "The column has no heading."
        if lost is not None and lost.field != "none":
            return f"Another column was taken for the {_named(lost.field)}."
        denied = [meaning.field for meaning in self._vocabulary.meanings(heading) if meaning.field in self._not_held]
        if denied:
            return _none_holds(denied[0])
        meanings = self.meanings(heading)
        if not meanings:
            return "The heading says none of the fields we use."
        return (
            "A known heading that we do not use." if lost or meanings[0].field == "none" else "Its values do not fit."
        )

    def _weight(self, share: float, looked: Looks) -> float:
        settings = self._policy.settings
        if not looked.count:
            return settings.few_values.value
        poor = settings.poor_values.value
        return min(1.0, poor + (1 - poor) * share / settings.good_fit.value)


def _named(field: str) -> str:
    return field.replace("_", " ")


def _none_holds(field: str) -> str:
    return f"An officer said that no column holds the {_named(field)}."


def _services(bids: list[_Bid], looks: Sequence[Looks]) -> list[_Bid]:
    """A heading such as Service means what was bought, or the department that bought it: the rest of the list decides.

    It is what was bought only where no other column tells, and where the list is one of contracts, another column holds
    the department, or most of the values differ, which names of departments do not. Service description is what was
    bought unless another column describes it.
    """
    fields: dict[int, list[str]] = {}
    for bid in (bid for bid in bids if bid.meaning.how in ("listed", "misspelt")):
        fields.setdefault(bid.number, []).append(bid.meaning.field)
    either = {number: meant for number, meant in fields.items() if {*meant} == _SERVICE}
    if not either:
        return bids
    others = {bid.meaning.field for bid in _won([bid for bid in bids if bid.number not in either]).values()}
    dropped = {
        number: "department" if _is_bought(first == "description", others, looks[number - 1]) else "description"
        for number, (first, *_) in either.items()
    }
    return [bid for bid in bids if bid.meaning.field != dropped.get(bid.number)]


def _is_bought(described: bool, others: set[str], looked: Looks) -> bool:
    if described:
        return not others & {"description", "title"}
    differ = looked.count >= _ENOUGH and looked.distinct >= _MANY
    return not others & _BOUGHT and (differ or bool(others & _NOT_OF_PAYMENTS))


def _won(bids: Sequence[_Bid]) -> dict[int, _Bid]:
    """The bid that each column takes, the surest first: each column for one field and the reverse."""
    won: dict[int, _Bid] = {}
    taken: set[str] = set()
    for bid in bids:
        if bid.number not in won and bid.meaning.field not in taken:
            won[bid.number] = bid
            taken |= {bid.meaning.field} - {"none"}
    return won


def _with_end(won: dict[int, _Bid], not_held: Collection[str]) -> dict[int, _Bid]:
    """The latest end is the end in a list that names no other."""
    held = {bid.meaning.field: number for number, bid in won.items()}
    if "latest_end" not in held or {"end", "period"} & held.keys() or "end" in not_held:
        return won
    bid = won[held["latest_end"]]
    return won | {bid.number: replace(bid, meaning=replace(bid.meaning, field="end"))}


def _with_start(won: dict[int, _Bid], bids: Sequence[_Bid]) -> dict[int, _Bid]:
    """In a list of contracts that names their end but no start, a date such as the effective date is the start."""
    held = {bid.meaning.field: number for number, bid in won.items()}
    if "end" not in held or "start" in held or "date" not in held:
        return won
    starts = (bid for bid in bids if bid.meaning.field == "start" and bid.number == held["date"])
    return won | {bid.number: bid for bid in starts}


def _with_date(won: dict[int, _Bid], bids: Sequence[_Bid]) -> dict[int, _Bid]:
    """In a list that names neither start, period nor title of a contract, the end of a period is the date."""
    held = {bid.meaning.field: number for number, bid in won.items()}
    if "end" not in held or held.keys() & {"start", "period", "title", "date"}:
        return won
    return won | {bid.number: bid for bid in bids if bid.meaning.field == "date" and bid.number == held["end"]}


def _column(number: int, heading: str | None, bid: _Bid | None, why_not: str) -> Column:
    if bid is None or bid.meaning.field == "none":
        return Column(number, heading, None, None, why_not)
    return Column(number, heading, bid.meaning.field, round(bid.confidence, 2), f"{_ground(bid.meaning)}; {bid.seen}.")


def _ground(meaning: Meaning) -> str:
    return {
        "listed": "The heading is a usual one for this",
        "misspelt": f'The heading is close to the usual "{meaning.ground}"',
        "words": f'The heading holds "{meaning.ground}"',
        "officer": "Chosen by an officer",
        "values": "The heading is not known",
    }[meaning.how]
