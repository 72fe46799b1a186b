"""Serves the app: to this machine alone, or on a server to people who sign in; with the same settings wherever from."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from checker import downloads, gate, interruptions, runs, sign_in
from checker.settings import Settings

FOLDER = Path(__file__).parent
"""Holds `.streamlit/config.toml`, the look and limits of the app, as the server expects it in the folder it runs in."""


def script() -> Path:
    """Where the app's router lies, in a checkout or an installed package."""
    found = importlib.util.find_spec("app")
    if found is None or found.origin is None:
        raise FileNotFoundError("app.py is missing from this installation.")
    return Path(found.origin)


def serve(port: int) -> None:
    """Serve the app at the address that is set (127.0.0.1) and the port until it is stopped. Raises SignInError."""
    settings = Settings()
    sign_in.check(settings, settings.address)
    interruptions.mark()
    runs.clear_old()
    os.environ["RISKCHECK_DATA_DIR"] = str(settings.data_dir.resolve())
    path = script().resolve()
    os.chdir(FOLDER)
    app(path, settings).run(
        config={
            "server.address": settings.address,
            "server.port": port,
            "server.headless": True,
            "server.allowedHosts": sign_in.hosts(settings),
        }
    )


def app(path: Path, settings: Settings) -> st.App:
    """The app with its own addresses beside the pages, and with sign-in where it is set up."""
    secrets = sign_in.secrets(settings) if sign_in.configured(settings) else None
    return st.App(path, routes=downloads.routes(), middleware=[Middleware(gate.Gate)], secrets=secrets)
