"""Pages that were read, kept for some days so that a site is not asked again for the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Pages:
    """A folder of pages. Their file names do not tell what was asked for; one older than `days` is asked for again."""

    folder: Path
    today: date
    days: int = 7

    def get(self, address: str, query: Mapping[str, str], fetch: Callable[[], str]) -> str:
        """The page kept for an address and query, or what `fetch` brings, which is then kept."""
        path = self._path(address, query)
        if path.is_file():
            kept = json.loads(path.read_text(encoding="utf-8"))
            if 0 <= (self.today - date.fromisoformat(kept["fetched"])).days <= self.days:
                return str(kept["text"])
        text = fetch()
        self.folder.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"fetched": self.today.isoformat(), "text": text}), encoding="utf-8")
        return text

    def day(self, address: str, query: Mapping[str, str]) -> date | None:
        """The day on which the page kept was fetched, or None where there is none."""
        path = self._path(address, query)
        kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
        return date.fromisoformat(kept["fetched"]) if kept else None

    def drop(self, address: str, query: Mapping[str, str]) -> None:
        """Forget a page that turned out to be of no use."""
        self._path(address, query).unlink(missing_ok=True)

    def _path(self, address: str, query: Mapping[str, str]) -> Path:
        asked = json.dumps([address, sorted(query.items())])
        return self.folder / f"{hashlib.sha256(asked.encode()).hexdigest()}.json"
