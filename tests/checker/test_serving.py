"""How the app is served."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from checker import serving

ROOT = Path(__file__).parents[2]


def test_the_router_is_found() -> None:
    assert serving.script() == ROOT / "app.py"


def test_the_app_is_served_to_this_machine_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: dict[str, Any] = {}
    monkeypatch.setattr(st.App, "run", lambda app, config: asked.update(config, path=app.script_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RISKCHECK_DATA_DIR", "data")
    serving.serve(8765)
    assert asked["path"] == ROOT / "app.py"
    assert (asked["server.address"], asked["server.port"]) == ("127.0.0.1", 8765)
    assert asked["server.allowedHosts"] == ["localhost", "127.0.0.1", "::1"]
    assert Path.cwd() == serving.FOLDER
    assert serving.Settings().data_dir == tmp_path / "data"
