"""What can go wrong in the engine, and what the reader is told.

RiskEngineError
├── InputError          a file, sheet or row that can't be used; the other files of a run still go through
│   └── NoContractLines a readable file in which no sheet holds contract lines
└── PolicyError         a policy file that can't be used; names the file and the key
"""

from __future__ import annotations

from typing import Any


class RiskEngineError(Exception):
    """The parent of every error whose text is fit to be shown to the user as it stands."""


class InputError(RiskEngineError):
    """A file that can't be used. The text says what is wrong, where (file, sheet, row) and what to do."""

    def __init__(self, file: str, wrong: str, advice: str, *, sheet: str | None = None, row: int | None = None) -> None:
        self.file, self.wrong, self.advice, self.sheet, self.row = file, wrong, advice, sheet, row
        place = ", ".join(
            [file] + ([f'sheet "{sheet}"'] if sheet is not None else []) + ([f"row {row}"] if row is not None else [])
        )
        super().__init__(f"{place}: {wrong} {advice}")

    def __reduce__(self) -> tuple[object, ...]:
        return type(self)._rebuild, (self.file, self.wrong, self.advice, {"sheet": self.sheet, "row": self.row})

    @classmethod
    def _rebuild(cls, file: str, wrong: str, advice: str, place: dict[str, Any]) -> InputError:
        return cls(file, wrong, advice, **place)


class NoContractLinesError(InputError):
    """No sheet of the file has a heading row with a supplier column and rows under it."""


class PolicyError(RiskEngineError):
    """A policy file that can't be used. The text names the file, the key and what is wrong with it."""
