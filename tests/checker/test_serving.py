"""How the app is served."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit.web.cli

from checker import serving

ROOT = Path(__file__).parents[2]


def test_the_settings_that_ship_are_those_of_the_checkout() -> None:
    assert (serving.FOLDER / ".streamlit" / "config.toml").read_text("utf-8") == (
        ROOT / ".streamlit" / "config.toml"
    ).read_text("utf-8")


def test_the_router_is_found() -> None:
    assert serving.script() == ROOT / "app.py"


def test_the_app_is_served_to_this_machine_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[str] = []
    monkeypatch.setattr(streamlit.web.cli, "main", lambda words, **_: asked.extend(words))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RISKCHECK_DATA_DIR", "data")
    serving.serve(8765)
    assert asked[:2] == ["run", str(ROOT / "app.py")]
    assert {"--server.address=127.0.0.1", "--server.port=8765"} <= set(asked)
    assert Path.cwd() == serving.FOLDER
    assert serving.Settings().data_dir == tmp_path / "data"
