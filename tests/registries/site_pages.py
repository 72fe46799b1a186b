"""Result and summary pages of the registry's site in their documented markup, for the twin."""

from __future__ import annotations

from collections.abc import Sequence

AREAS = (
    "Your organisation’s structure, business and supply chains",
    "Policies in relation to slavery and human trafficking",
    "Risk assessment and management",
    "Due diligence processes",
    "Training about slavery and human trafficking",
    "Goals and key performance indicators (KPIs)",
)


def own(name: str, number: str, link: str, year: int = 2026, group: bool = False) -> str:
    """A result: an organisation's own statement."""
    grey = '<p class="grey-text">Group statement</p>' if group else ""
    return f"""<li class="document"><div class="govuk-grid-row"><div><p class="blue-header">
      <a name="orgLink" href="{link}">{name}</a> <span class="small">({year})</span></p>{grey}
      <p class="address">1 Market Street, Tarnleigh, ZZ97 1AA</p>
      <p class="company-number">Company number: {number}</p></div>
      <div class="govuk-grid-column-one-third wide"><p>{year}</p></div></div></li>"""


def member(name: str, parent: str, link: str, years: str = "2025 to 2026") -> str:
    """A result: an organisation in another one's group statement."""
    return f"""<li class="document"><p class="parent-header">{name}</p>
      <p>Included in group statement for <a name="orgLink" href="{link}">{parent}</a>
      <span class="small">({years})</span></p></li>"""


def results(items: Sequence[str], count: int, page: int = 1, pages: int = 1) -> str:
    """A page of results; the pager is shown when there are more."""
    following = (
        f'<li class="gem-c-pagination__item--next"><a href="?p={page + 1}">Next</a></li>' if page < pages else ""
    )
    return f"""<html><body><h2 id="js-result-count" class="result-region-header__counter">{count} results</h2>
      <ul id="search-results">{"".join(items)}</ul>
      <nav class="gem-c-pagination"><ul>{following}</ul>{page} of
      <span id="pageCount" data-pagecount="{pages}">{pages}</span></nav></body></html>"""


NO_RESULTS = '<html><body><div id="SearchResults">There are no matching results.</div></body></html>'


def summary(name: str, year: int = 2026, missing: Sequence[int] = (), areas: Sequence[str] = AREAS) -> str:
    """A summary page; `missing` numbers the areas that are not covered."""
    items = "".join(
        f"""<div class="app-question-list__item"><span class="app-question-list__name">{area}</span>
        <span class="app-question-list__response"><strong class="govuk-tag app-question-list__tag">
        {"Not covered" if at in missing else "Covered"}</strong></span></div>"""
        for at, area in enumerate(areas)
    )
    return f"""<html><body><h1>{name} modern slavery statement summary ({year})</h1>
      <section id="statement-period"><p>1 April {year - 1} to 31 March {year}</p></section>
      <p class="app-statement-summary_url"><a class="govuk-link" rel="external" href="https://a.example/statement">
      Go to full modern slavery statement on organisation's website</a></p>
      <section id="areas-covered">{items}</section>
      <section id="sectors"><ul><li>Healthcare and pharmaceuticals</li></ul></section></body></html>"""
