"""The app as the browser tests meet it: where it is served, and how to open a page and wait until it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class App:
    """A served app: its address and its data folder."""

    address: str
    data: Path

    def open(self, page: Page, path: str = "", heading: str = "Dashboard") -> None:
        """Open a page and wait until it is drawn."""
        page.goto(f"{self.address}/{path}")
        expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible(timeout=30_000)
        drawn(page)


def drawn(page: Page) -> None:
    """Wait until the page has stopped running."""
    page.wait_for_timeout(300)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=30_000)
    page.wait_for_timeout(200)
    expect(page.get_by_test_id("stException")).to_have_count(0)
