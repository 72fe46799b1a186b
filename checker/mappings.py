"""What officers said of headings, remembered by layout and applied to the next file of the same layout.

A layout is the headings of a sheet in their order. What was remembered comes back as a mapping (field to heading) that
is handed in like one given on the spot, so that the assessment shows it as an officer's choice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import dataframely as dy

from riskengine import lines
from riskengine.lines.wording import normal
from riskengine.schemas import Headings

_FILE = "mappings.json"


def remember(folder: Path, headings: dy.DataFrame[Headings], mapping: Mapping[str, str]) -> None:
    """Keep `mapping` for every layout among `headings`, as far as the layout has the headings it names."""
    kept = _kept(folder)
    for layout, texts in lines.layouts(headings).items():
        held = {normal(text) for text in texts}
        mine = {field: heading for field, heading in mapping.items() if normal(heading) in held}
        if mine:
            kept[layout] = mine
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / f"{_FILE}.new"
    written.write_text(json.dumps(kept, indent=1, sort_keys=True), "utf-8")
    written.replace(folder / _FILE)


def recall(folder: Path, headings: dy.DataFrame[Headings]) -> dict[str, str]:
    """What was remembered for the layouts among `headings`; empty when nothing was."""
    kept = _kept(folder)
    found: dict[str, str] = {}
    for layout in lines.layouts(headings):
        found |= kept.get(layout, {})
    return found


def _kept(folder: Path) -> dict[str, dict[str, str]]:
    try:
        kept = json.loads((folder / _FILE).read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return kept if isinstance(kept, dict) else {}
