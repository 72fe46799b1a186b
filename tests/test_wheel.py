"""What a user installs: the wheel, with its own dependencies alone, in an empty environment, away from the sources."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.timeout(900)

ROOT = Path(__file__).parents[1]
SHIPPED = ["app.py", "checker", "registries", "riskengine", "sample_contracts"]
OFFLINE = ("No matching distribution found", "Could not find a version", "ConnectionError", "Connection refused")
BIN = "Scripts" if os.name == "nt" else "bin"


def pip(python: str | Path, *words: str | Path) -> None:
    """Run pip; skip the test where packages can't be fetched."""
    command = [str(python), "-m", "pip", "--disable-pip-version-check", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode and any(sign in done.stderr for sign in OFFLINE):
        pytest.skip("packages can't be fetched here, so the wheel was not installed")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy so that nothing is left among the sources."""
    source = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, source / name)
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, source / name)
    pip(sys.executable, "wheel", "--no-deps", "--wheel-dir", source / "dist", source)
    return next((source / "dist").glob("riskcheck-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the commands of an environment that holds the wheel and what it depends on."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    pip(folder / BIN / "python", "install", "--quiet", "-c", ROOT / "constraints.txt", wheel)
    return folder / BIN


def environment(folder: Path) -> dict[str, str]:
    """No sign of the sources or of the environment the tests run in."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL", "RISKCHECK"))
    }
    return kept | {"RISKCHECK_DATA_DIR": str(folder / "data")}


def test_the_wheel_holds_what_the_product_needs_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for path in (
        "app.py",
        "checker/.streamlit/config.toml",
        "registries/sample/snapshot.toml",
        "sample_contracts/samples.toml",
    ):
        assert path in names
    assert not [name for name in names if name.startswith(("tests/", "bench/", "docs/", "out/"))]


@pytest.mark.parametrize("ending", [".toml", ".csv", ".css", ".js", ".typ", ".xlsx"])
def test_every_data_file_of_the_packages_is_in_the_wheel(wheel: Path, ending: str) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    here = [path.relative_to(ROOT).as_posix() for name in SHIPPED for path in (ROOT / name).rglob(f"*{ending}")]
    assert here
    assert [path for path in here if path not in names] == []


def test_the_installed_command_checks_the_samples(installed: Path, tmp_path: Path) -> None:
    command = [installed / "riskcheck", "check", "--samples", "--out", tmp_path / "out"]
    done = subprocess.run(command, cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["totals"]["adds_up"] is True


def test_the_installed_command_serves_the_app_to_this_machine_alone(installed: Path, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [installed / "riskcheck", "app", "--port", str(port)]
    with subprocess.Popen(command, cwd=tmp_path, env=environment(tmp_path), stdout=subprocess.PIPE) as server:
        try:
            assert answers(f"http://127.0.0.1:{port}/_stcore/health", 60) == "ok"
        finally:
            server.terminate()
            told = server.communicate(timeout=20)[0].decode()
    assert f"http://127.0.0.1:{port}" in told
    assert "External URL" not in told


def answers(address: str, seconds: float) -> str:
    """The text at an address, asked for until it comes."""
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return str(answer.read().decode())
        except urllib.error.URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
