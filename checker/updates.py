"""Fresh copies of the statement registry: downloaded in the background, with progress, cancel and one at a time."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from checker.records import RecordError, people, renewed
from checker.settings import Settings
from registries import catalogue, http, snapshots, statement_copies
from registries.errors import CancelledError, RegistryError

FAULT = "The download stopped because of a fault of riskcheck's own. The copies on this machine are as they were."


def fetch(progress: http.Progress = http.silent, who: str | None = None) -> Path:
    """Download the statement registry into a new copy and hand back its folder; `who` (now acting) is recorded.

    Raises RegistryError, and RecordError where the trail can't be written.
    """
    place = Settings().registry_downloads or catalogue.load()["statement_registry"].downloads
    with renewed.recorded(who or people.me(), renewed.FETCHED, statement_copies.NAME) as kept:
        with http.Client(progress=progress) as client:
            copy = statement_copies.update(Settings().registry_dir, place.rstrip("/"), client, today())
        kept(renewed.of(snapshots.read(copy)))
    return copy


def today() -> date:
    """The day on this machine."""
    return datetime.now().astimezone().date()


@dataclass
class Update:
    """One download: what it is at, the share done (0 to 1), and how it ended (`kept` or `problem`)."""

    step: str = "asking for the first file"
    share: float = 0.0
    ended: bool = False
    cancelled: bool = False
    kept: Path | None = None
    problem: str | None = None

    def cancel(self) -> None:
        """Stop at the next piece that arrives; the copies that are there stay."""
        self.cancelled = True

    def advance(self, address: str, done: int, total: int | None) -> None:
        """Take down how far it is. Raises CancelledError once the reader has cancelled."""
        if self.cancelled:
            raise CancelledError
        name = address.rpartition("/")[2]
        self.step = f"{name}, {done / 1e6:.1f} MB"
        year = int("".join(sign for sign in name if sign.isdigit())[-4:] or statement_copies.FIRST_YEAR)
        files = today().year + 1 - statement_copies.FIRST_YEAR + 1
        share = (year - statement_copies.FIRST_YEAR + (done / total if total else 0)) / files
        self.share = max(self.share, min(share, 0.99))


_STARTING = threading.Lock()
_LAST: list[Update] = []
"""The download under way or the last one, shown to everybody who opens the page."""


def start() -> Update:
    """Start a download, recorded under the name of who acts now, or hand back the one that is under way."""
    with _STARTING:
        under_way = current()
        if under_way is not None and not under_way.ended:
            return under_way
        update = Update()
        _LAST[:] = [update]
        threading.Thread(target=_run, args=(update, people.me()), daemon=True).start()
        return update


def current() -> Update | None:
    """The download under way, or the last one since the server started."""
    return _LAST[0] if _LAST else None


def _run(update: Update, who: str) -> None:
    try:
        update.kept = fetch(update.advance, who)
    except (RegistryError, RecordError) as error:
        update.problem = str(error)
    except OSError as error:
        update.problem = f"The copy could not be written ({error.strerror or error}). Check the data folder."
    except Exception:
        logging.exception("The download of the registry broke off.")
        update.problem = FAULT
    finally:
        update.ended = True
