"""Downloading the registry in the background: progress, cancel, faults, and one download at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker import records, updates
from checker.records import people, renewed
from checker.updates import Update
from registries import snapshots
from tests.checker.test_registry_commands import THIS_YEAR, site
from tests.registries import twin

__all__ = ["site"]


@pytest.fixture(autouse=True)
def nothing_before() -> Iterator[None]:
    updates._LAST.clear()
    yield
    updates._LAST.clear()


def ended(update: Update) -> Update:
    until = time.monotonic() + 20
    while not update.ended and time.monotonic() < until:
        time.sleep(0.01)
    assert update.ended
    return update


def test_a_copy_is_kept(site: twin.Site, tmp_path: Path) -> None:
    done = ended(updates.start())
    assert done.problem is None
    assert snapshots.history(tmp_path / "data" / "registry")[0][0] == done.kept


def test_who_started_it_and_how_it_ended_is_in_the_trail(site: twin.Site) -> None:
    people.ask(lambda: "officer@council.example" if threading.current_thread() is threading.main_thread() else None)
    try:
        ended(updates.start())
        site.faults[f"/StatementSummaries{THIS_YEAR}.csv"] = [twin.drip(20)]
        site.files[f"/StatementSummaries{THIS_YEAR}.csv"] += b"\n"
        update = updates.start()
        update.cancel()
        ended(update)
    finally:
        people.ask(lambda: None)
    cancelled, kept = records.trail()
    assert (kept.who, kept.action) == (cancelled.who, cancelled.action) == ("officer@council.example", renewed.FETCHED)
    assert kept.outcome.endswith("with 2 organisations: kept.")
    assert cancelled.outcome == "Nothing was kept: Cancelled. The copies on this machine are as they were."


def test_a_fault_is_told_and_nothing_is_kept(site: twin.Site, tmp_path: Path) -> None:
    site.files[f"/StatementSummaries{THIS_YEAR}.csv"] = b"<html>"
    done = ended(updates.start())
    assert done.kept is None
    assert done.problem is not None
    assert "this is a web page" in done.problem
    assert snapshots.history(tmp_path / "data" / "registry") == []


def test_a_fault_of_our_own_is_one_sentence(site: twin.Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(progress: object) -> Path:
        raise ZeroDivisionError("secret cell")

    monkeypatch.setattr(updates, "fetch", broken)
    assert ended(updates.start()).problem == updates.FAULT


def test_one_download_at_a_time_and_it_can_be_cancelled(site: twin.Site, tmp_path: Path) -> None:
    site.faults[f"/StatementSummaries{THIS_YEAR}.csv"] = [twin.drip(20)]
    first = updates.start()
    assert updates.start() is first
    first.cancel()
    assert ended(first).problem == "Cancelled. The copies on this machine are as they were."
    assert snapshots.history(tmp_path / "data" / "registry") == []
    assert updates.start() is not first


def test_progress_goes_on_and_never_back() -> None:
    update = Update()
    shares = []
    for address, done in (("https://x/StatementSummaries2020.csv", 5), ("https://x/StatementSummaries2021.csv", 0)):
        update.advance(address, done, 10)
        shares.append(update.share)
    update.advance("https://x/StatementSummaries2020.csv", 0, None)
    assert 0 < shares[0] < shares[1] == update.share < 1
    assert update.step == "StatementSummaries2020.csv, 0.0 MB"
