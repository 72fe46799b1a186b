"""One app and one headless Chromium for the browser tests; the app runs on loopback with a data folder of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.browser.app import ROOT, App

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
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one the browser tests are skipped, or fail where a browser is required."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None and os.environ.get("RISKCHECK_REQUIRE_BROWSER"):
        pytest.fail(f"RISKCHECK_REQUIRE_BROWSER is set and none of {', '.join(NAMES)} is installed")
    if found is None:
        pytest.skip(f"none of {', '.join(NAMES)} is installed")
    return found


@pytest.fixture(scope="session")
def context(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A browser with a new profile."""
    profile = tmp_path_factory.mktemp("profile")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch_persistent_context(
            profile, executable_path=chromium, args=FLAGS, headless=True, viewport={"width": 1280, "height": 900}
        )
        yield opened
        opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A new page; a fault in the page's own scripts fails the test."""
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    opened.close()
    assert faults == []


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[App]:
    """The app with nothing in it, served on loopback."""
    yield from _served(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def app_with_samples(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[App]:
    """The app with the assessment of all sample lists open."""
    data = tmp_path_factory.mktemp("data_with_samples")
    command = [
        sys.executable,
        "-c",
        "from checker.cli import main; main()",
        "check",
        "--samples",
        "--out",
        str(data / "out"),
    ]
    environment = os.environ | {"RISKCHECK_DATA_DIR": str(data), "PYTHONPATH": str(ROOT)}
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, timeout=120)
    yield from _served(data)


def _served(data: Path) -> Iterator[App]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), f"--server.port={port}"]
    environment = os.environ | {"RISKCHECK_DATA_DIR": str(data)}
    with (data / "server.txt").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            app = App(f"http://127.0.0.1:{port}", data)
            _wait(app, server)
            yield app
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait(app: App, server: subprocess.Popen[bytes], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{app.address}/_stcore/health", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.3)
    pytest.fail(f"the app did not start: {(app.data / 'server.txt').read_text()}")
