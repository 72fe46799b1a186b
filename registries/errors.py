"""What can go wrong with a public register, and what the reader is told.

RegistryError                    every text is fit to be shown as it stands
└── RegisterFileError            a register file that can't be used; names the file
    ├── MissingColumnsError      a core column is not in the heading row
    ├── NotTheRegisterError      a web page or another table instead of the register's file
    └── SnapshotError            a snapshot folder that is broken, changed since it was made, or not one
"""

from __future__ import annotations

from collections.abc import Sequence


class RegistryError(Exception):
    """The parent of every error of this package."""


class RegisterFileError(RegistryError):
    """A register file that can't be used: `file` is its name, `wrong` what is the matter, `advice` what to do."""

    def __init__(self, file: str, wrong: str, advice: str) -> None:
        self.file, self.wrong, self.advice = file, wrong, advice
        super().__init__(f"{file}: {wrong} {advice}")

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.file, self.wrong, self.advice)


class MissingColumnsError(RegisterFileError):
    """Core columns are missing; `columns` names them."""

    def __init__(self, file: str, columns: Sequence[str]) -> None:
        self.columns = tuple(columns)
        super().__init__(
            file,
            f"the heading row lacks the columns {', '.join(columns)}.",
            "Download the file again from the registry's download page and hand it in unchanged.",
        )

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.file, self.columns)


class NotTheRegisterError(RegisterFileError):
    """Something else than the register's own file, such as a web page saved under its name."""


class SnapshotError(RegisterFileError):
    """A snapshot folder that can't be used."""
