"""What an amount is: a payment made, the value of one year, or the value of a whole contract."""

from __future__ import annotations

from riskengine.lines.layout import Layout
from riskengine.lines.wording import normal
from riskengine.policy.lines import LinesPolicy


def amount_kind(layout: Layout, policy: LinesPolicy) -> str:
    """From the heading of the amount, else from what else the list holds: start and end dates, or dates of payment."""
    if layout.number("amount") is None:
        return "unknown"
    heading = set(normal(layout.heading("amount")).replace("/", " ").split())
    words = policy.words
    said = {"yearly": words.yearly, "paid": words.paid_already, "whole_contract": words.whole_contract}
    told = next((kind for kind, known in said.items() if heading & set(known)), None)
    return told or _by_the_list(layout, paid=bool(heading & set(words.paid)))


def _by_the_list(layout: Layout, *, paid: bool) -> str:
    contract = any(layout.number(field) for field in ("start", "end", "period", "title"))
    payment = layout.number("date") is not None or layout.number("reference") is not None
    if contract:
        return "whole_contract" if layout.number("start") or layout.number("end") or not payment else "paid"
    return "paid" if paid or payment else "unknown"


def amount_notes(layout: Layout, headings: list[str], policy: LinesPolicy) -> list[str]:
    """What to know of the amounts: net was taken before gross, or only gross is given."""
    taken = layout.heading("amount")
    others = [heading for heading in headings if heading != taken and _basis(heading, policy) in ("net", "gross")]
    basis = _basis(taken, policy)
    if basis == "net" and any(_basis(heading, policy) == "gross" for heading in others):
        return [f'Amounts are net of VAT ("{taken}"); the gross amounts beside them were not added.']
    if basis == "gross":
        return [f'Amounts include VAT ("{taken}"); no net amounts are given.']
    return []


def _basis(heading: str, policy: LinesPolicy) -> str | None:
    """Whether a heading says net or gross: the word nearest to VAT decides, for others may speak of something else."""
    words = normal(heading).replace("/", " ").split()
    told = dict.fromkeys(policy.words.net, "net") | dict.fromkeys(policy.words.gross, "gross")
    spoken = [(at, told[word]) for at, word in enumerate(words) if word in told]
    if "vat" in words:
        vat = words.index("vat")
        return min(spoken, key=lambda one: abs(one[0] - vat), default=(0, None))[1]
    if "gross" in words:
        return "gross"
    return "net" if any(basis == "net" for _, basis in spoken) else None
