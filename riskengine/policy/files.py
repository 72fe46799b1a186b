"""Reading policy files: strict TOML and CSV, where an unknown or missing key is an error that names file and key."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

import polars as pl
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from riskengine.errors import PolicyError


class Strict(BaseModel):
    """A part of the policy: unknown keys, empty texts and endless figures are errors; nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, str_min_length=1)


class Figure(Strict):
    """A single number of the policy with the reason for it, where it comes from and since when it holds."""

    value: float
    why: str
    source: str
    since: date


def _compiling(pattern: str) -> str:
    try:
        pl.Series([""]).str.contains(pattern)
    except pl.exceptions.ComputeError:
        raise ValueError(f'the pattern "{pattern}" is not a regular expression') from None
    return pattern


Pattern = Annotated[str, AfterValidator(_compiling)]
"""A regular expression of Polars, refused at loading when it does not compile."""

Part = TypeVar("Part", bound=BaseModel)


class Folder:
    """The built-in policy folder, with a council's own folder laid over it file by file."""

    def __init__(self, built_in: Path, own: Path | None) -> None:
        self._paths = dict(_policy_files(built_in))
        if own is None:
            return
        if not own.is_dir():
            raise PolicyError(
                f"{own.name}: there is no such policy folder. Give the folder that holds your policy files."
            )
        for name, path in _policy_files(own):
            if name not in self._paths and not name.startswith("indicators/"):
                known = ", ".join(sorted(self._paths))
                raise PolicyError(f"{name}: this is not a policy file. Known files: {known}.")
            self._paths[name] = path

    @classmethod
    def kept(cls, built_in: Path, kept: Path) -> Folder:
        """A folder kept by an earlier version, laid over the built-in one: files unknown since are left out."""
        folder = cls(built_in, None)
        folder._paths |= {
            name: path for name, path in _policy_files(kept) if name in folder._paths or name.startswith("indicators/")
        }
        return folder

    def with_built_in(self, built_in: Path, step: str) -> Folder:
        """This folder with the files of one step taken from the built-in one."""
        folder = type(self)(built_in, None)
        folder._paths |= {
            name: path for name, path in self._paths.items() if not name.startswith((f"{step}.", f"{step}_"))
        }
        return folder

    def files(self) -> tuple[Path, ...]:
        """All policy files in use, in the order of their names."""
        return tuple(self._paths[name] for name in sorted(self._paths))

    def names(self, prefix: str) -> list[str]:
        """Names of the files under a sub-folder, such as "indicators/"."""
        return sorted(name for name in self._paths if name.startswith(prefix))

    def path(self, name: str) -> Path:
        """Where a policy file lies; a missing one is reported when it is read."""
        return self._paths.get(name, Path(name))

    def toml(self, name: str, model: type[Part]) -> Part:
        """Read one TOML file into `model`. Raises PolicyError."""
        return toml(self.path(name), model)

    def table(self, name: str, model: type[Part]) -> tuple[Part, ...]:
        """Read one CSV file, a row a `model`. Raises PolicyError."""
        return table(self.path(name), model)


def toml(path: Path, model: type[Part]) -> Part:
    """Read one TOML file, with or without a byte order mark, into `model`. Raises PolicyError (file and key)."""
    try:
        content = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise PolicyError(f"{path.name}: the policy file is missing. Put it back or leave the folder out.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError(f"{path.name}: this is not valid TOML: {error}.") from None
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise PolicyError(f"{path.name}: {_first_fault(error)}") from None


def table(path: Path, model: type[Part]) -> tuple[Part, ...]:
    """Read one CSV file, with or without a byte order mark, a row a `model`; empty cells are not given.

    Raises PolicyError (file, row, column).
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
    except FileNotFoundError:
        raise PolicyError(f"{path.name}: the policy file is missing. Put it back or leave the folder out.") from None
    except (csv.Error, UnicodeDecodeError) as error:
        raise PolicyError(f"{path.name}: this is not a valid CSV file in UTF-8: {error}.") from None
    if not rows:
        raise PolicyError(f"{path.name}: the table holds no row. Leave the file out to use the built-in one.")
    return tuple(_row(path, number, row, model) for number, row in enumerate(rows, start=2))


def _policy_files(root: Path) -> list[tuple[str, Path]]:
    found = (path for suffix in ("*.toml", "*.csv") for path in root.rglob(suffix))
    return [(path.relative_to(root).as_posix(), path) for path in sorted(found)]


def _row(path: Path, number: int, row: dict[str, str], model: type[Part]) -> Part:
    if None in row or None in row.values():
        raise PolicyError(f"{path.name}, row {number}: the row has more or fewer cells than the heading row.")
    try:
        return model.model_validate({key: value for key, value in row.items() if value != ""})
    except ValidationError as error:
        raise PolicyError(f"{path.name}, row {number}: {_first_fault(error)}") from None


def _first_fault(error: ValidationError) -> str:
    fault: Sequence[str | int] = error.errors()[0]["loc"]
    key = ".".join(str(part) for part in fault) or "the file"
    return f"{key}: {error.errors()[0]['msg']}."
