"""What can go wrong in the engine, and what the reader is told.

RiskEngineError
├── InputError          a file, sheet or row that can't be used; the other files of a run still go through
│   └── NoContractLines a readable file in which no sheet holds contract lines
└── PolicyError         a policy file that can't be used; names the file and the key
"""

from __future__ import annotations


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
        return _rebuild, (type(self), self.file, self.wrong, self.advice, self.sheet, self.row)


class NoContractLines(InputError):
    """No sheet of the file has a heading row with a supplier column and rows under it."""


class PolicyError(RiskEngineError):
    """A policy file that can't be used. The text names the file, the key and what is wrong with it."""


def _rebuild(
    kind: type[InputError], file: str, wrong: str, advice: str, sheet: str | None, row: int | None
) -> InputError:
    return kind(file, wrong, advice, sheet=sheet, row=row)
