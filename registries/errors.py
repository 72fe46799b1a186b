"""What can go wrong with a public register, and what the reader is told.

RegistryError                    every text is fit to be shown as it stands
├── RegisterFileError            a register file that can't be used; names the file
│   ├── MissingColumnsError      a core column is not in the heading row
│   ├── NotTheRegisterError      a web page or another table instead of the register's file
│   └── SnapshotError            a snapshot folder that is broken, changed since it was made, or not one
├── ShrunkenError                a new copy with far fewer organisations than the last; the last one stays
├── PartialError                 a new copy that lacks a registry year; the last one stays
├── OlderError                   a new copy that holds older entries than the last; the last one stays
├── FetchError                   a site that could not be read; names the address
│   ├── NotFoundError            the site says that there is no such page or file
│   ├── RefusedError             the site or its robots.txt does not let us in
│   ├── BusyError                the site asks to come back later, and did so each time
│   ├── UnavailableError         no connection, no answer in time, or a fault at the site
│   ├── CutShortError            fewer or other bytes than the site announced
│   └── ElsewhereError           the site sends us to another site
├── NewShapeError                a page that no longer looks as documented; nothing is guessed
└── CancelledError               the person who asked has cancelled
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date


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


class ShrunkenError(RegistryError):
    """A new copy that holds far fewer organisations than the one before."""

    def __init__(self, before: int, now: int) -> None:
        self.before, self.now = before, now
        super().__init__(
            f"The new copy of the registry holds {now:,} organisations, the last one {before:,}. It was not taken "
            "over. Try again tomorrow; if the registry has really shrunk, import the files by hand."
        )

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.before, self.now)


class OlderError(RegistryError):
    """A download whose latest entry is older than that of the copy before."""

    def __init__(self, before: date, now: date) -> None:
        self.before, self.now = before, now
        super().__init__(
            f"The latest entry of the new copy of the registry is of {now:%d/%m/%Y}, that of the last one of "
            f"{before:%d/%m/%Y}. It was not taken over. Try again tomorrow."
        )

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.before, self.now)


class PartialError(RegistryError):
    """A download that does not cover the years it should; `reason` says in words what is missing."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"The new copy of the registry is not whole: {reason}. It was not taken over. Try again tomorrow, or "
            "import the files by hand."
        )

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.reason,)


class FetchError(RegistryError):
    """A site that could not be read: `address` without its query, `wrong` what happened, `advice` what to do."""

    def __init__(self, address: str, wrong: str, advice: str) -> None:
        self.address, self.wrong, self.advice = address.split("?", maxsplit=1)[0], wrong, advice
        super().__init__(f"{self.address}: {wrong} {advice}")

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.address, self.wrong, self.advice)


class NotFoundError(FetchError):
    """Answers 404 and 410."""


class RefusedError(FetchError):
    """Answers 401, 403, 407 and 451, or a robots.txt that asks to stay out."""


class BusyError(FetchError):
    """Answers 429 and 503 to every try."""


class UnavailableError(FetchError):
    """No connection, no answer in time, a drip, or answers from 500 on to every try."""


class CutShortError(FetchError):
    """The connection broke each time, or what arrived has another length or checksum than announced."""


class ElsewhereError(FetchError):
    """A redirect to another site, such as a network's log-in page, or one without end."""


class NewShapeError(RegistryError):
    """A page that lacks what it should hold: `missing` names it."""

    def __init__(self, address: str, missing: str) -> None:
        self.address, self.missing = address.split("?", maxsplit=1)[0], missing
        super().__init__(
            f"{self.address}: the page has a new shape, there is no {missing} in it. Nothing was read from it. "
            "Look the supplier up on the registry's own site."
        )

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.address, self.missing)


class CancelledError(RegistryError):
    """Raised by a progress function to stop what is under way."""

    def __init__(self) -> None:
        super().__init__("Cancelled. The copies on this machine are as they were.")
