"""Searches the statement registry's own site for single organisations: a fallback, off unless asked for.

It reads the result and summary pages in their documented markup and says so when a page has a new shape; it never
guesses. Only names of organisations may be searched for, never those of people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import polars as pl
from protego import Protego
from selectolax.lexbor import LexborHTMLParser, LexborNode

from registries.errors import NewShapeError, NotFoundError, RefusedError
from registries.http import Client
from registries.pages import Pages
from registries.statement_columns import CORE, TOPIC_COLUMNS
from registries.statement_file import DATES

Parsed = TypeVar("Parsed")

MOST_PAGES = 5
"""Result pages read for one name; a name with more results is too common to settle here. Our judgement."""

AREA_WORDS = {
    "StatementIncludesOrgStructure": r"structure",
    "StatementIncludesPolicies": r"polic(?:y|ies)",
    "StatementIncludesRisksAssessment": r"\brisks?\b",
    "StatementIncludesDueDiligence": r"due diligence",
    "StatementIncludesTraining": r"training",
    "StatementIncludesGoals": r"goals|indicators|KPI",
}
"""By which word of its name an area of the summary page is known."""


TYPES = {
    column: pl.Int32 if column == "StatementYear" else pl.Date if column in DATES else pl.String for column in CORE
}
"""The types of the rows of `look_up`."""


@dataclass(frozen=True)
class Result:
    """One row of the result pages. `parent` is set where the organisation is in another one's group statement."""

    name: str
    number: str | None
    address: str | None
    year: int
    group: bool
    parent: str | None
    summary: str


@dataclass(frozen=True)
class Summary:
    """What a summary page holds. `areas` maps each StatementIncludes column to whether it is marked as covered."""

    title: str
    link: str | None
    start: date | None
    end: date | None
    areas: dict[str, bool]
    sectors: tuple[str, ...]


class Site:
    """The registry's site at `address`; `pages` keeps what was read, so that it is not asked for again."""

    def __init__(self, address: str, client: Client, pages: Pages) -> None:
        self._address, self._client, self._pages = address.rstrip("/"), client, pages
        self._robots: Protego | None = None

    def look_up(self, name: str) -> pl.DataFrame:
        """Search for an organisation and read the summary of each result.

        The columns are CORE, typed as `statement_registry.register` takes them; the turnover is not on the site's
        pages. Raises FetchError, RefusedError where robots.txt asks to stay out, NewShapeError.
        """
        rows = [_row(result, self.summary(result.summary)) for result in self.search(name)]
        return pl.DataFrame(rows, schema=TYPES, orient="row")

    def search(self, name: str) -> list[Result]:
        """All results for a name or company number, page by page."""
        results: list[Result] = []
        for number in range(1, MOST_PAGES + 1):
            found, more = self._parsed(f"{self._address}/search-results", {"Search": name, "p": str(number)}, _results)
            results += found
            if not more:
                break
        return results

    def summary(self, address: str) -> Summary:
        """One summary page."""
        return self._parsed(address, {}, _summary)

    def _parsed(self, address: str, query: dict[str, str], parse: Callable[[LexborHTMLParser, str], Parsed]) -> Parsed:
        """What `parse` reads in a page; a page of a new shape is not kept."""
        try:
            return parse(LexborHTMLParser(self._text(address, query)), address)
        except NewShapeError:
            self._pages.drop(address, query)
            raise

    def _text(self, address: str, query: dict[str, str]) -> str:
        if not self._rules().can_fetch(address, self._client.manners.user_agent):
            raise RefusedError(address, "its robots.txt asks to stay out.", "Look the supplier up by hand.")
        return self._pages.get(address, query, lambda: self._client.text(address, query))

    def _rules(self) -> Protego:
        if self._robots is None:
            try:
                self._robots = Protego.parse(self._client.text(f"{self._address}/robots.txt"))
            except NotFoundError:
                self._robots = Protego.parse("")
        return self._robots


def _results(tree: LexborHTMLParser, address: str) -> tuple[list[Result], bool]:
    """The results on a page, and whether there is another page."""
    count = tree.css_first("#js-result-count")
    if count is None or not re.search(r"\d[\d,]* results?", _words(count)):
        none = tree.css_first("#SearchResults")
        if none is not None and "no matching results" in _words(none):
            return [], False
        raise NewShapeError(address, "number of results")
    found = [_result(item, address) for item in tree.css("ul#search-results > li.document")]
    if not found and not re.search(r"\b0 results", _words(count)):
        raise NewShapeError(address, "list of results")
    return found, tree.css_first("li.gem-c-pagination__item--next a") is not None


def _result(item: LexborNode, address: str) -> Result:
    link = _need(item, "a[name=orgLink]", address)
    member = item.css_first("p.parent-header")
    year = re.search(r"20\d\d(?!.*20\d\d)", " ".join(_words(node) for node in item.css("span.small, div.wide p")))
    if year is None:
        raise NewShapeError(address, "year of a result")
    number = item.css_first("p.company-number")
    place = item.css_first("p.address")
    grey = " ".join(_words(node) for node in item.css("p.grey-text"))
    return Result(
        name=_words(member) if member else _words(link),
        number=_words(number).rpartition(":")[2].strip() if number else None,
        address=_words(place) if place else None,
        year=int(year.group()),
        group=member is not None or "Group statement" in grey,
        parent=_words(link) if member else None,
        summary=_same_site(address, link.attributes.get("href") or ""),
    )


def _summary(tree: LexborHTMLParser, address: str) -> Summary:
    areas = dict(_areas(_need(tree, "#areas-covered", address)))
    if sorted(areas) != sorted(TOPIC_COLUMNS):
        raise NewShapeError(address, "list of the six recommended areas")
    link = tree.css_first(".app-statement-summary_url a[rel=external]")
    days = re.findall(r"\d{1,2} [A-Z][a-z]+ 20\d\d", _words(_need(tree, "#statement-period", address)))
    sectors = tree.css("#sectors li, #sectors .app-question-list__name")
    return Summary(
        title=_words(_need(tree, "h1", address)),
        link=link.attributes.get("href") if link else None,
        start=_day(days[0]) if days else None,
        end=_day(days[1]) if len(days) > 1 else None,
        areas=areas,
        sectors=tuple(_words(sector) for sector in sectors),
    )


def _areas(section: LexborNode) -> Iterator[tuple[str, bool]]:
    for item in section.css(".app-question-list__item"):
        name, tag = item.css_first(".app-question-list__name"), item.css_first(".app-question-list__tag")
        if name is None or tag is None or _words(tag) not in ("Covered", "Not covered", "Yes", "No"):
            return
        for column, word in AREA_WORDS.items():
            if re.search(word, _words(name), re.IGNORECASE):
                yield column, _words(tag) in ("Covered", "Yes")
                break


def _row(result: Result, summary: Summary) -> tuple[object, ...]:
    cells: dict[str, object] = {
        "StatementYear": result.year,
        "OrganisationName": result.name,
        "Address": "\n".join(part.strip() for part in result.address.split(",")) if result.address else None,
        "CompanyNumber": result.number,
        "GroupSubmission": "Yes" if result.group else "No",
        "ParentName": result.parent,
        "StatementURL": summary.link,
        "StatementSummaryURL": result.summary,
        "StatementStartDate": summary.start,
        "StatementEndDate": summary.end,
        "OrganisationSectors": "\n".join(summary.sectors) or None,
        **{column: "Yes" if covered else "No" for column, covered in summary.areas.items()},
    }
    return tuple(cells.get(column) for column in CORE)


def _need(node: LexborHTMLParser | LexborNode, selector: str, address: str) -> LexborNode:
    found = node.css_first(selector)
    if found is None:
        raise NewShapeError(address, f'"{selector}"')
    return found


def _same_site(address: str, link: str) -> str:
    whole = urljoin(address, link)
    if not link or urlsplit(whole).netloc != urlsplit(address).netloc:
        raise NewShapeError(address, "link to a summary on the site")
    return whole


def _words(node: LexborNode) -> str:
    return " ".join(node.text().split())


def _day(text: str) -> date:
    return datetime.strptime(text, "%d %B %Y").date()  # noqa: DTZ007 a day has no zone
