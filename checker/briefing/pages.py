"""The briefing as one page of HTML that stands alone: no script, no address outside, printed on A4."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from checker.briefing import Briefing, Chart, Part, Section

STYLE = Path(__file__).with_name("briefing.css")


def made(briefing: Briefing) -> str:
    """The text of the page; every word of it is escaped."""
    about = "".join(f"<p class=about>{escape(line)}</p>" for line in briefing.about)
    sections = "".join(_section(section) for section in briefing.sections)
    closing = "".join(f"<p>{escape(line)}</p>" for line in briefing.closing)
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(briefing.title)}</title><style>{STYLE.read_text('utf-8')}</style></head>"
        f"<body><main><h1>{escape(briefing.title)}</h1>{about}<p class=notice>{escape(briefing.notice)}</p>"
        f"{sections}</main><footer>{closing}</footer></body></html>\n"
    )


def _section(section: Section) -> str:
    said = section.sentences
    listed = "".join(f"<li>{escape(sentence)}</li>" for sentence in said)
    words = f"<p>{escape(said[0])}</p>" if len(said) == 1 else f"<ul>{listed}</ul>" if said else ""
    chart = _chart(section.chart) if section.chart else ""
    table = _table(section.table) if section.table else ""
    return f"<section><h2>{escape(section.heading)}</h2>{words}{chart}{table}</section>"


def _chart(chart: Chart) -> str:
    legend = "".join(
        f'<span><i style="background:{escape(colour)}"></i>{escape(word)}</span>' for word, colour in chart.legend
    )
    bars = "".join(
        f"<div class=name>{escape(name)}</div><div class=bar>{_parts(parts)}</div>" for name, parts in chart.bars
    )
    drawn = f"<div class=legend>{legend}</div><div class=bars>{bars}</div>"
    return f'<div role="img" aria-label="{escape(chart.alternative)}">{drawn}</div>'


def _parts(parts: list[Part]) -> str:
    return "".join(f'<i style="flex:{part.share:.4f};background:{escape(part.colour)}"></i>' for part in parts)


def _table(table: dict[str, Any]) -> str:
    numbers = [" class=number" if column["number"] else "" for column in table["columns"]]
    head = "".join(
        f"<th scope=col{number}>{escape(column['title'])}</th>"
        for column, number in zip(table["columns"], numbers, strict=True)
    )
    rows = "".join(f"<tr>{_row(row, numbers)}</tr>" for row in table["rows"])
    caption = escape(table["caption"])
    drawn = f"<caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
    return f'<div class=wide tabindex=0 role=region aria-label="{caption}"><table>{drawn}</table></div>'


def _row(row: list[str], numbers: list[str]) -> str:
    cells = zip(row[1:], numbers[1:], strict=True)
    return f"<th scope=row>{escape(row[0])}</th>" + "".join(
        f"<td{number}>{escape(text)}</td>" for text, number in cells
    )
