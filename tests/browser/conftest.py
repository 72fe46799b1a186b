"""One app and one headless Chromium for all browser tests."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser import app as apps
from tests.browser.app import App


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one the browser tests are skipped, or fail where a browser is required."""
    found = apps.installed()
    if found is None and os.environ.get("RISKCHECK_REQUIRE_BROWSER"):
        pytest.fail(f"RISKCHECK_REQUIRE_BROWSER is set and none of {', '.join(apps.NAMES)} is installed")
    if found is None:
        pytest.skip(f"none of {', '.join(apps.NAMES)} is installed")
    return found


@pytest.fixture(scope="session")
def context(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A browser with a new profile."""
    with apps.browser(chromium, tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A new page; a fault in the page's own scripts fails the test, and so does what the content policy stopped."""
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda told: faults.append(told.text) if "Content Security Policy" in told.text else None)
    yield opened
    opened.close()
    assert faults == []


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[App]:
    """The app with nothing in it."""
    with apps.served(tmp_path_factory.mktemp("data")) as opened:
        yield opened


@pytest.fixture(scope="session")
def app_with_samples(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[App]:
    """The app with the assessment of all sample lists open."""
    data = tmp_path_factory.mktemp("data_with_samples")
    apps.check_samples(data)
    with apps.served(data) as opened:
        yield opened
