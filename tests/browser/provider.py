"""An OpenID Connect provider on loopback with a person for each role, and the app as a server that asks it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import app as apps
from tests.browser.app import App

PEOPLE = {
    "olive": ["officer"],
    "carl": ["councillor"],
    "audrey": ["auditor"],
    "adam": ["administrator"],
    "nobody": [],
}


@contextmanager
def provider(log: Path) -> Iterator[str]:
    """The address of the provider."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    people = [part for name in PEOPLE for part in ("--user-claims", json.dumps(_claims(name)))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *people]
    with log.open("wb") as told:
        process = subprocess.Popen(command, stdout=told, stderr=told)
    try:
        _wait(f"http://127.0.0.1:{port}/.well-known/openid-configuration", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def _claims(name: str) -> dict[str, object]:
    """What Microsoft Entra ID tells of a person: no e-mail address unless asked for, and no empty list of roles."""
    told = {"sub": name, "preferred_username": f"{name}@example.org", "name": name.capitalize(), "ver": "2.0"}
    return told | ({"roles": PEOPLE[name]} if PEOPLE[name] else {})


@contextmanager
def served(data: Path) -> Iterator[App]:
    """The app as a server with sign-in."""
    with provider(data / "provider.txt") as address:
        settings = {
            "RISKCHECK_OIDC_METADATA_URL": f"{address}/.well-known/openid-configuration",
            "RISKCHECK_OIDC_CLIENT_ID": "riskcheck",
            "RISKCHECK_OIDC_CLIENT_SECRET": "a secret of the tests",
            "RISKCHECK_COOKIE_SECRET": "0123456789abcdef0123456789abcdef",
        }
        with apps.served(data, settings) as app:
            yield app


def sign_in(app: App, page: Page, person: str, path: str = "") -> None:
    """Open a page as a person, and wait until it is drawn."""
    page.goto(f"{app.address}/{path}")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=person, exact=True).click()
    expect(page.get_by_text(f"Signed in as {person}@example.org.")).to_be_visible(timeout=30_000)
    apps.drawn(page)


def _wait(address: str, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise TimeoutError("the provider did not start")
