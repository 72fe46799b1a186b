"""Who may import whom, read from the imports of our own packages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import riskengine
from riskengine import pipeline, schemas

ROOT = Path(__file__).parents[1]
STEPS = ["spreadsheet", "lines", "suppliers", "matches", "statements", "sectors", "findings", "scores", "report"]
ASSESSED = STEPS[1:-1]
"""The steps that the pipeline itself runs; a file is read before it and written after it."""

MAY_IMPORT = {
    "app": {"checker"},
    "checker": {"checker", "registries", "riskengine", "sample_contracts"},
    "registries": {"registries", "riskengine.schemas", "riskengine.names", "riskengine.policy"},
    "sample_contracts": set(),
    "riskengine": {"riskengine"},
}
NEVER = {
    "riskengine": {"streamlit", "httpx", "sqlalchemy", "os", "time", "socket", "requests"},
    "registries": {"streamlit"},
    "checker": {"rapidfuzz", "httpx", "requests"},
    "app": {"rapidfuzz", "httpx", "polars"},
}
REGISTERS = ["statement", "companies_house", "companies_house_api", "presumed_in_scope"]
"""The modules of the statement registry begin with its name, the others are one module each."""
STEP_MAY_IMPORT = {"schemas", "names", "policy", "errors"}
EXTRA = {
    "findings": {"indicators"},
    "report": {"pipeline", "findings"},
    "pipeline": set(ASSESSED),
    "what_if": {"pipeline", "scores"},
}
"""What a module of the engine may import beyond that: report and what_if look at a whole assessment."""


def modules() -> list[Path]:
    folders = ["checker", "registries", "riskengine", "sample_contracts"]
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [ROOT / "app.py", *found] if (ROOT / "app.py").exists() else found


def imports(path: Path) -> set[str]:
    """Dotted names that a module imports; `from a import b` counts as a and a.b."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide who imports whom"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def package(path: Path) -> str:
    return path.relative_to(ROOT).with_suffix("").parts[0]


def within(name: str, allowed: set[str]) -> bool:
    return any(name == part or name.startswith(part + ".") for part in allowed)


IDS = [str(path.relative_to(ROOT)) for path in modules()]


@pytest.mark.parametrize("path", modules(), ids=IDS)
def test_our_packages_import_only_downwards(path: Path) -> None:
    ours = {name for name in imports(path) if within(name, set(MAY_IMPORT))}
    assert [name for name in sorted(ours) if not within(name, MAY_IMPORT[package(path)])] == []


@pytest.mark.parametrize("path", modules(), ids=IDS)
def test_no_layer_uses_what_belongs_to_another(path: Path) -> None:
    never = NEVER.get(package(path), set())
    if path.relative_to(ROOT).as_posix() == "registries/http.py":
        never = never - {"httpx"}
    assert [name for name in sorted(imports(path)) if within(name, never)] == []


CLOCK = re.compile(r"\b(?:date|datetime)\.(?:now|today|utcnow)\(|\bperf_counter\b|\bmonotonic\b")


@pytest.mark.parametrize("path", [path for path in modules() if package(path) == "riskengine"])
def test_the_engine_asks_no_clock(path: Path) -> None:
    assert CLOCK.findall(path.read_text(encoding="utf-8")) == []


def test_httpx_is_imported_in_one_module_only() -> None:
    users = {path.relative_to(ROOT).as_posix() for path in modules() if within_any(imports(path), {"httpx"})}
    assert users <= {"registries/http.py"}


def within_any(names: set[str], allowed: set[str]) -> bool:
    return any(within(name, allowed) for name in names)


@pytest.mark.parametrize(
    "path", [path for path in modules() if package(path) == "riskengine"], ids=lambda path: str(path.relative_to(ROOT))
)
def test_steps_do_not_import_each_other(path: Path) -> None:
    own = path.relative_to(ROOT).with_suffix("").parts[1]
    if own in {"__init__", "policy"}:
        allowed = STEP_MAY_IMPORT
    elif own == "indicators":
        allowed = STEP_MAY_IMPORT | {"indicators"}
    else:
        allowed = STEP_MAY_IMPORT | EXTRA.get(own, set()) | {own, "__version__"}
    used = {name.split(".")[1] for name in imports(path) if name.startswith("riskengine.")}
    assert sorted(used - allowed) == []


@pytest.mark.parametrize("register", REGISTERS)
def test_no_register_imports_another(register: str) -> None:
    names = {path.stem: imports(path) for path in (ROOT / "registries").glob("*.py")}
    others = {f"registries.{name}" for name in names if register_of(name) not in {register, None}}
    for name, imported in names.items():
        assert register_of(name) != register or not within_any(imported, others), name


def register_of(module: str) -> str | None:
    """The register that a module of `registries` reads, None for what they share."""
    name = "statement" if module.startswith("statement_") else module
    return name if name in REGISTERS else None


def test_docstring_schemas_and_pipeline_stand_in_the_same_order() -> None:
    told = re.findall(r"^\d+\. (\w+)", riskengine.__doc__ or "", flags=re.MULTILINE)
    sections = re.findall(r"^# ---- \d+ (\w+)", Path(schemas.__file__).read_text(encoding="utf-8"), re.MULTILINE)
    run = re.findall(r'^    progress\("(\w+)"', Path(pipeline.__file__).read_text(encoding="utf-8"), re.MULTILINE)
    assert told == STEPS
    assert sections == STEPS[:-1]
    assert run == [*ASSESSED, "done"]
