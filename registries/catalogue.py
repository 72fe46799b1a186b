"""The catalogue of public registers, from catalogue.toml."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict


class Register(BaseModel):
    """One register: publisher, licence, addresses, limits, and what it can and cannot answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    publisher: str
    licence: str
    site: str
    downloads: str
    limits: str
    answers: str
    cannot_answer: str
    checked: date


def load() -> dict[str, Register]:
    """All registers by their short name."""
    text = Path(__file__).with_name("catalogue.toml").read_text(encoding="utf-8")
    return {name: Register.model_validate(row) for name, row in tomllib.loads(text).items()}
