"""The pages run by Streamlit's own test runner over a kept assessment of two sample lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import sample_contracts
from checker import assessments, records
from checker.assessments import Request, Source
from registries import sample
from riskengine import policy

ROOT = Path(__file__).parents[3]
LISTS = ("contracts_register.xlsx", "care_payments.csv", "faulty_list.xlsx")


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the assessment of a contract register, a list with persons and a list full of faults."""
    data = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("RISKCHECK_DATA_DIR", str(data))
        paths = [one.path for one in sample_contracts.samples() if one.path.name in LISTS]
        sources = tuple(Source(path, path.name) for path in paths)
        request = Request(sources, sample_contracts.as_of(), registry=(sample.FOLDER,))
        records.save(assessments.run(request, lambda step, share: None).assessment)
    return data


@pytest.fixture(autouse=True)
def _no_cache() -> Iterator[None]:
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def opened(kept: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Opens a page over the kept assessment, with the given ids in the address bar."""
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(kept))
    return _open


@pytest.fixture
def opened_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Opens a page where nothing was checked yet."""
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path))
    return _open


def _open(page: str, **ids: str) -> AppTest:
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    for name, value in ids.items():
        app.query_params[name] = value
    app.switch_page(f"checker/pages/{page}.py").run()
    assert not app.exception
    return app


@pytest.fixture(scope="session")
def banned() -> re.Pattern[str]:
    """The words the product never uses."""
    words = policy.load().wording.banned
    return re.compile("|".join(rf"\b{re.escape(word)}" for word in words), re.IGNORECASE)


@pytest.fixture(scope="session")
def persons(kept: Path) -> list[str]:
    """The names of likely persons in the kept assessment, as the lists give them."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("RISKCHECK_DATA_DIR", str(kept))
        (entry,) = records.recent()
        return records.load(entry.id).suppliers.filter("personal").get_column("name").to_list()
