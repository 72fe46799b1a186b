"""Serves the app to this machine alone, with the same settings wherever it is started from."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

from streamlit.web import cli as streamlit

from checker import interruptions
from checker.settings import Settings

ADDRESS = "127.0.0.1"

FOLDER = Path(__file__).parent
"""Holds `.streamlit/config.toml`, the look and limits of the app, as the server expects it in the folder it runs in."""


def script() -> Path:
    """Where the app's router lies, in a checkout or an installed package."""
    found = importlib.util.find_spec("app")
    if found is None or found.origin is None:
        raise FileNotFoundError("app.py is missing from this installation.")
    return Path(found.origin)


def serve(port: int) -> None:
    """Serve the app at http://127.0.0.1 and the port until it is stopped."""
    interruptions.mark()
    os.environ["RISKCHECK_DATA_DIR"] = str(Settings().data_dir.resolve())
    path = script().resolve()
    os.chdir(FOLDER)
    options = [f"--server.address={ADDRESS}", f"--server.port={port}", "--server.headless=true"]
    streamlit.main(["run", str(path), *options], prog_name="riskcheck app")
