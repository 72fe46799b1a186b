"""Searching the registry's own site: own and group results, paging, summaries, robots.txt, cache, changed markup."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from registries import statement_registry
from registries.errors import FetchError, NewShapeError, RefusedError, UnavailableError
from registries.http import Client
from registries.manners import Manners
from registries.pages import Pages
from registries.statement_site import Site
from riskengine.schemas import TOPICS, RegisterFacts
from tests.registries import site_pages, twin

HASTE = Manners(connect=2, read=1, tries=2, first_wait=0.01, longest_wait=0.1, pace=0)
SUMMARY = "/statement-summary/AbCd1234/2026"
OWN = site_pages.own("Tarnleigh Homecare Limited", "99100011", SUMMARY)
MEMBER = site_pages.member("Brackenholt Supported Living Ltd", "Brackenholt Care Group plc", SUMMARY)


@pytest.fixture
def server() -> Iterator[twin.Site]:
    with twin.running() as server:
        server.pages["/search-results"] = lambda _: site_pages.results([OWN], 1)
        server.pages[SUMMARY] = lambda _: site_pages.summary("Tarnleigh Homecare Limited", missing=[4])
        yield server


@pytest.fixture
def site(server: twin.Site, tmp_path: Path) -> Iterator[Site]:
    with Client(HASTE) as client:
        yield Site(server.address, client, Pages(tmp_path / "pages", date(2026, 6, 1)))


def test_own_statement(site: Site, server: twin.Site) -> None:
    (found,) = site.search("Tarnleigh")
    assert (found.name, found.number, found.year) == ("Tarnleigh Homecare Limited", "99100011", 2026)
    assert (found.group, found.parent, found.summary) == (False, None, server.address + SUMMARY)


def test_member_of_a_group(site: Site, server: twin.Site) -> None:
    server.pages["/search-results"] = lambda _: site_pages.results([MEMBER], 1)
    (found,) = site.search("Brackenholt")
    assert (found.name, found.number, found.year) == ("Brackenholt Supported Living Ltd", None, 2026)
    assert (found.group, found.parent) == (True, "Brackenholt Care Group plc")


def test_group_statement_of_the_parent(site: Site, server: twin.Site) -> None:
    item = site_pages.own("Brackenholt Care Group plc", "99100028", SUMMARY, group=True)
    server.pages["/search-results"] = lambda _: site_pages.results([item], 1)
    (found,) = site.search("Brackenholt")
    assert (found.group, found.parent) == (True, None)


def test_pages_are_followed_to_the_last(site: Site, server: twin.Site) -> None:
    server.pages["/search-results"] = lambda query: site_pages.results([OWN], 3, int(query["p"][0]), 3)
    assert len(site.search("Tarnleigh")) == 3
    assert [path for path in server.requests() if "Search" in path] == [
        f"/search-results?Search=Tarnleigh&p={page}" for page in (1, 2, 3)
    ]


def test_common_name_is_not_followed_without_end(site: Site, server: twin.Site) -> None:
    server.pages["/search-results"] = lambda query: site_pages.results([OWN], 900, int(query["p"][0]), 90)
    assert len(site.search("Care")) == 5


def test_no_results(site: Site, server: twin.Site) -> None:
    server.pages["/search-results"] = lambda _: site_pages.NO_RESULTS
    assert site.search("Nobody") == []


def test_looked_up_organisation_becomes_part_of_a_register(site: Site) -> None:
    facts = RegisterFacts(date(2026, 6, 1), (2026,), "searched by name", sample=False, sha256="0" * 64)
    register = statement_registry.register(site.look_up("Tarnleigh"), facts)
    assert register.entries.select("entry_id", "name", "postcode").rows() == [
        ("99100011", "Tarnleigh Homecare Limited", "ZZ97 1AA")
    ]
    record = register.records.row(0, named=True)
    assert (record["period_start"], record["period_end"]) == (date(2025, 4, 1), date(2026, 3, 31))
    assert (record["topics_missing"], record["statement_url"]) == ([TOPICS[4]], "https://a.example/statement")
    assert record["sectors"] == ["Healthcare and pharmaceuticals"]


def test_second_look_does_not_ask_again(site: Site, server: twin.Site) -> None:
    site.look_up("Tarnleigh")
    before = len(server.asked)
    site.look_up("Tarnleigh")
    assert len(server.asked) == before


def test_old_page_is_asked_for_again(server: twin.Site, tmp_path: Path) -> None:
    for day in (date(2026, 6, 1), date(2026, 6, 8), date(2026, 6, 9)):
        with Client(HASTE) as client:
            Site(server.address, client, Pages(tmp_path, day, days=7)).search("Tarnleigh")
    assert sum("Search" in path for path in server.requests()) == 2


def test_names_of_kept_pages_do_not_tell_what_was_asked(site: Site, tmp_path: Path) -> None:
    site.search("Tarnleigh")
    assert [path for path in (tmp_path / "pages").iterdir() if "tarnleigh" in path.name.lower()] == []


def test_robots_txt_is_respected(site: Site, server: twin.Site) -> None:
    server.files["/robots.txt"] = b"User-agent: *\nDisallow: /search-results\n"
    with pytest.raises(RefusedError, match=r"robots\.txt asks to stay out"):
        site.search("Tarnleigh")
    assert server.requests() == ["/robots.txt"]


def test_robots_txt_that_cannot_be_read_keeps_us_out(site: Site, server: twin.Site) -> None:
    server.files["/robots.txt"] = b""
    server.faults["/robots.txt"] = [twin.answer(500)] * 9
    with pytest.raises(UnavailableError):
        site.search("Tarnleigh")


CHANGED = [
    ("count gone", site_pages.results([OWN], 1).replace("js-result-count", "count"), "number of results"),
    ("list gone", site_pages.results([OWN], 1).replace("search-results", "found"), "list of results"),
    ("link gone", site_pages.results([OWN.replace("orgLink", "org")], 1), "orgLink"),
    ("year gone", site_pages.results([OWN.replace("2026)", ")").replace("<p>2026</p>", "")], 1), "year of a result"),
    ("link elsewhere", site_pages.results([OWN.replace(SUMMARY, "https://b.example/")], 1), "link to a summary"),
    ("something else", "<html><body>We are improving this service.</body></html>", "number of results"),
]


@pytest.mark.parametrize(("page", "missing"), [case[1:] for case in CHANGED], ids=[case[0] for case in CHANGED])
def test_result_page_of_a_new_shape_is_said(site: Site, server: twin.Site, page: str, missing: str) -> None:
    server.pages["/search-results"] = lambda _: page
    with pytest.raises(NewShapeError, match=f"the page has a new shape, there is no .*{missing}"):
        site.search("Tarnleigh")


RIGHT = site_pages.summary("Tarnleigh")
CHANGED_SUMMARIES = [
    ("areas gone", RIGHT.replace('id="areas-covered"', 'id="areas"'), "areas-covered"),
    ("five areas", site_pages.summary("Tarnleigh", areas=site_pages.AREAS[:5]), "six recommended areas"),
    ("two of one kind", site_pages.summary("T", areas=(*site_pages.AREAS[:5], "Training")), "six recommended areas"),
    ("another answer", RIGHT.replace("Covered", "Partly"), "six recommended areas"),
    ("period gone", RIGHT.replace('id="statement-period"', ""), "statement-period"),
]


@pytest.mark.parametrize(
    ("page", "missing"), [case[1:] for case in CHANGED_SUMMARIES], ids=[case[0] for case in CHANGED_SUMMARIES]
)
def test_summary_page_of_a_new_shape_is_said(site: Site, server: twin.Site, page: str, missing: str) -> None:
    server.pages[SUMMARY] = lambda _: page
    with pytest.raises(NewShapeError, match=missing):
        site.look_up("Tarnleigh")


def test_page_of_a_new_shape_is_not_kept(site: Site, server: twin.Site) -> None:
    server.pages["/search-results"] = lambda _: "<html></html>"
    with pytest.raises(NewShapeError):
        site.search("Tarnleigh")
    server.pages["/search-results"] = lambda _: site_pages.results([OWN], 1)
    assert len(site.search("Tarnleigh")) == 1


def test_page_that_cannot_be_read_is_not_kept(site: Site, server: twin.Site) -> None:
    server.faults["/search-results"] = [twin.answer(500)] * 2
    with pytest.raises(FetchError):
        site.search("Tarnleigh")
    assert len(site.search("Tarnleigh")) == 1
