"""The app's settings: the same for `riskcheck app` and `streamlit run`, and closed to other machines."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGED = ROOT / "checker" / ".streamlit" / "config.toml"


def test_the_settings_in_the_package_are_those_of_the_checkout() -> None:
    assert PACKAGED.read_bytes() == (ROOT / ".streamlit" / "config.toml").read_bytes()


def test_the_app_listens_on_this_machine_alone_and_tells_nobody() -> None:
    settings = tomllib.loads(PACKAGED.read_text("utf-8"))
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["server"]["enableXsrfProtection"] is True
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"]["showErrorDetails"] == "none"
    assert settings["client"]["showErrorLinks"] is False


def test_a_text_that_stands_alone_in_a_page_is_not_shown() -> None:
    assert tomllib.loads(PACKAGED.read_text("utf-8"))["runner"]["magicEnabled"] is False
