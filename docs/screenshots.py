"""Makes the pictures of the README from the sample lists: `python docs/screenshots.py` (needs a Chromium)."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS.parent))

from playwright.sync_api import Page  # noqa: E402

from tests.browser import app as apps  # noqa: E402

WIDTH, HEIGHT = 1280, 1800


def main() -> None:
    """Check the samples, serve the app, and take its pictures."""
    chromium = apps.installed()
    if chromium is None:
        sys.exit(f"None of {', '.join(apps.NAMES)} is installed. Install one of them to take screenshots.")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        data = Path(folder)
        apps.check_samples(data)
        with apps.served(data) as app, apps.browser(chromium, data / "profile") as browser:
            take(app, browser.new_page())


def take(app: apps.App, page: Page) -> None:
    """The dashboard, and the evidence of its first line."""
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    app.open(page)
    page.screenshot(path=DOCS / "dashboard.png")
    page.get_by_role("link", name="Evidence for").first.click()
    page.get_by_role("heading", name="Statement and register records").wait_for()
    apps.drawn(page)
    page.screenshot(path=DOCS / "evidence.png")
    print(f"Pictures written to {DOCS}: dashboard.png, evidence.png")


if __name__ == "__main__":
    main()
