"""What a council's own files must keep of the built-in ones: every name by which the code asks for a value.

A misspelt name would be a value that nobody reads, and the run would stop, or ask less, without a word.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from riskengine.errors import PolicyError
from riskengine.policy.indicators import FLOOR, IndicatorPolicy
from riskengine.policy.wording import WordingPolicy


def check_indicators(own: Mapping[str, IndicatorPolicy], built_in: Mapping[str, IndicatorPolicy]) -> None:
    """Raise PolicyError where an indicator is unknown, or lacks, adds or misspells what the built-in one has."""
    for name, indicator in own.items():
        file = f"indicators/{name}.toml"
        if name not in built_in:
            raise PolicyError(f"{file}: there is no such indicator. Known indicators: {', '.join(built_in)}.")
        if indicator.subject != built_in[name].subject:
            raise PolicyError(
                f'{file}: subject: this indicator is asked of each {built_in[name].subject}, and "subject" must say so.'
            )
        _same_names(f"{file}: cases", indicator.cases, built_in[name].cases)
        _same_names(f"{file}: words", indicator.words, built_in[name].words)
        _same_names(f"{file}: thresholds", _fixed(indicator), _fixed(built_in[name]))


def check_wording(own: WordingPolicy, built_in: WordingPolicy) -> None:
    """Raise PolicyError where a label is missing, added or misspelt."""
    _same_names("wording.toml: labels", own.labels, built_in.labels)
    for column, labels in own.labels.items():
        _same_names(f"wording.toml: labels.{column}", labels, built_in.labels[column])


def _fixed(indicator: IndicatorPolicy) -> list[str]:
    """The thresholds that must be there; least prices are a council's to add and to leave out."""
    return [name for name in indicator.thresholds if not name.startswith(FLOOR)]


def _same_names(place: str, own: Collection[str], built_in: Collection[str]) -> None:
    for name in built_in:
        if name not in own:
            raise PolicyError(f"{place}.{name} is missing. Copy it from the built-in file.")
    for name in own:
        if name not in built_in:
            raise PolicyError(f"{place}.{name} is not known here. Known: {', '.join(built_in)}.")
