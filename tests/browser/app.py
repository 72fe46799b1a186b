"""The app as the browser tests meet it: served on loopback with a data folder of its own, in a headless Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PICTURES = ROOT / "out" / "journeys"
"""Where the journeys leave their pictures, to be looked at."""
RISKCHECK = [sys.executable, "-c", "from checker.cli import main; main()"]


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
    """Wait until the page has stopped running; an error box fails the test."""
    page.wait_for_timeout(300)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)
    page.wait_for_timeout(200)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page as it is."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


def faults(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA, one text a fault, with the place."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": STANDARDS}}).response["violations"]
    return [f"{one['id']}: {node['target']} {node['html'][:160]}" for one in found for node in one["nodes"]]


def installed() -> str | None:
    """The path of a Chromium, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def browser(chromium: str, profile: Path) -> Iterator[BrowserContext]:
    """A headless browser with a new profile."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch_persistent_context(
            profile, executable_path=chromium, args=FLAGS, headless=True, viewport={"width": 1280, "height": 900}
        )
        yield opened
        opened.close()


def check_samples(data: Path) -> None:
    """Keep an assessment of all sample lists in a data folder."""
    subprocess.run(
        [*RISKCHECK, "check", "--samples"], check=True, env=environment(data), stdout=subprocess.DEVNULL, timeout=120
    )


@contextmanager
def served(data: Path, settings: Mapping[str, str] | None = None) -> Iterator[App]:
    """The app as `riskcheck app` serves it; with settings of sign-in, at the public address that they lack."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (data / "server.txt").open("wb") as log:
        command = [*RISKCHECK, "app", f"--port={port}"]
        public = {"RISKCHECK_PUBLIC_URL": f"http://127.0.0.1:{port}"} if settings else {}
        given = environment(data) | public | dict(settings or {})
        server = subprocess.Popen(command, cwd=ROOT, env=given, stdout=log, stderr=log)
        try:
            app = App(f"http://127.0.0.1:{port}", data)
            _wait(app, server)
            yield app
        finally:
            server.terminate()
            server.wait(timeout=20)


def environment(data: Path) -> dict[str, str]:
    return os.environ | {"RISKCHECK_DATA_DIR": str(data), "PYTHONPATH": str(ROOT)}


def _wait(app: App, server: subprocess.Popen[bytes], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{app.address}/_stcore/health", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.3)
    raise TimeoutError(f"the app did not start: {(app.data / 'server.txt').read_text()}")
