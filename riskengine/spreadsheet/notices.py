"""Contract notices in the Open Contracting Data Standard: release packages, record packages and JSON Lines.

Find a Tender, Contracts Finder, Sell2Wales and Public Contracts Scotland publish them. Source:
standard.open-contracting.org, release schema 1.1.5.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from riskengine.spreadsheet import awards
from riskengine.spreadsheet.awards import Node, Row, dicts

_LINE_END = re.compile(r"\r\n|\n|\r")
"""JSON text may hold the other signs that end a line in Unicode."""
_Key = tuple[str, str | None, str]


class NotNoticesError(ValueError):
    """The JSON holds no contract notices; the text says what is wrong with it."""


def rows(text: str) -> tuple[list[Row], list[str]]:
    """The heading row and one row for each contract and supplier, and notes. Raises NotNoticesError."""
    releases = [release for package in _packages(text) for release in _releases(package)]
    if not releases:
        raise NotNoticesError("The JSON holds no OCDS releases or records.")
    outdated = _outdated(releases)
    found = [row for at, release in enumerate(releases) for row in awards.rows(release, outdated[at])]
    return [list(awards.HEADINGS), *found], _notes(releases, sum(map(len, outdated)))


def _notes(releases: list[Node], outdated: int) -> list[str]:
    awarded = [dicts(release.get("awards")) for release in releases]
    silent = awarded.count([])
    unmade = sum(awards.came_to_nothing(award) for listed in awarded for award in listed)
    gross = sum(awards.is_gross(value) for release in releases for value in awards.values(release))
    notes = [
        (silent, f"{silent:,} of them award nothing (planning or tender notices) and give no contract line."),
        (outdated, f"Awards that a later notice holds again, read from that alone: {outdated:,}."),
        (unmade, f"Awards cancelled, without a winner or not made yet, which give no contract line: {unmade:,}."),
        (gross, f"Values given with VAT alone and read so: {gross:,}."),
    ]
    return [f"{len(releases):,} notices were read.", *(note for count, note in notes if count)]


def _packages(text: str) -> Iterator[Node]:
    """The documents of the text: one JSON value, a list of them, or one a line."""
    try:
        value = json.loads(text)
    except RecursionError:
        raise NotNoticesError("The JSON is nested too deeply to be a list of notices.") from None
    except json.JSONDecodeError:
        value = [_line(number, line) for number, line in enumerate(_LINE_END.split(text), start=1) if line.strip()]
    for document in dicts(value if isinstance(value, list) else [value]):
        yield from dicts(document.get("results")) or [document]


def _line(number: int, line: str) -> Any:
    try:
        return json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        raise NotNoticesError(f"Line {number} is not valid JSON; the file may be cut short.") from None


def _releases(package: Node) -> Iterator[Node]:
    """The releases of a package; of a record its compiled release, where it has one."""
    for record in dicts(package.get("records")):
        compiled = record.get("compiledRelease")
        yield from [compiled] if isinstance(compiled, dict) else dicts(record.get("releases"))
    yield from dicts(package.get("releases"))
    if isinstance(package.get("compiledRelease"), dict):
        yield package["compiledRelease"]
    elif "ocid" in package and "releases" not in package and "records" not in package:
        yield package


def _outdated(releases: list[Node]) -> list[set[str]]:
    """Of each release the ids of its awards that a later release of the same process and buyer holds again.

    Find a Tender gives all awards under a utilities' qualification system one ocid, whoever buys.
    """
    keys = [_keys(release) for release in releases]
    latest: dict[_Key, int] = {}
    for at in sorted(range(len(releases)), key=lambda at: str(releases[at].get("date", ""))):
        latest |= dict.fromkeys(keys[at], at)
    return [{key[-1] for key in held if latest[key] != at} for at, held in enumerate(keys)]


def _keys(release: Node) -> set[_Key]:
    """What each award of a release is known by; without an ocid or an id nothing tells that it is the same."""
    process, buyer = str(release.get("ocid") or ""), awards.buyer(release)
    return {(process, buyer, str(award["id"])) for award in dicts(release.get("awards")) if process and award.get("id")}
