"""An assessment asked for again from its stored input, wherever it was made: anew, or to compare every byte."""

from __future__ import annotations

from pathlib import Path

import pytest

import registries.sample
import sample_contracts
from checker import assessments, records, repeats, reruns, runs, work
from checker.assessments import Request, Source
from checker.records import RecordError, inputs
from checker.runs import Ended, Run
from checker.settings import Settings

POLICY = "of our council"


@pytest.fixture(autouse=True)
def in_this_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder of its own, and runs that are worked on at once instead of in a process of their own."""
    monkeypatch.setenv("RISKCHECK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(runs, "_launch", work.work)


@pytest.fixture
def made(tmp_path: Path) -> str:
    """An assessment as the command line keeps it: with the council's own policy and a heading set by hand."""
    (tmp_path / POLICY).mkdir()
    sample = next(one.path for one in sample_contracts.samples() if one.path.name == "contracts_with_codes.csv")
    own = (Path(assessments.policies.BUILT_IN) / "next_steps.toml").read_text("utf-8")
    (tmp_path / POLICY / "next_steps.toml").write_text(f"{own}\n# ours\n", "utf-8")
    request = Request(
        (Source(sample, sample.name),),
        sample_contracts.as_of(),
        tmp_path / POLICY,
        (registries.sample.FOLDER,),
        {"supplier": "Supplier"},
    )
    return assessments.keep(assessments.run(request), request)


def ended(run: Run) -> Ended:
    found = run.ended()
    assert found is not None
    return found


def test_made_again_it_is_the_same_to_the_byte_and_the_trail_says_so(made: str) -> None:
    assert repeats.possible(made)
    assert ended(repeats.check(made)) == Ended(made, differing=())
    entry = records.history(made)[0]
    assert (entry.action, entry.reason) == ("made an assessment again", reruns.SAME)
    assert records.runs(1)[0].outcome == "compared"
    assert len(records.recent()) == 1


def test_what_comes_out_differently_is_named(made: str) -> None:
    bands = Settings().assessments_dir / made / "policy" / "bands.toml"
    bands.write_text(bands.read_text("utf-8") + "\n# changed\n", "utf-8")
    found = ended(repeats.check(made))
    assert found.differing == ("policy/bands.toml", "run.json")
    assert "These files came out differently: policy/bands.toml, run.json." in records.history(made)[0].reason


def test_asked_again_it_takes_what_was_decided_since_and_nothing_else_changes(made: str) -> None:
    first = records.load(made)
    assert first.register is not None
    possible = first.matches.filter(first.matches["match"] == "possible").row(0, named=True)
    key = dict(first.suppliers.select("supplier_id", "key").iter_rows())[possible["supplier_id"]]
    records.decide(key, possible["matched_name"], possible["matched_number"], "same", "A", "Seen on an invoice")
    second = ended(repeats.again(made)).assessment
    assert second not in {None, made}
    found = records.load(str(second))
    assert found.decisions.height == 1
    assert (found.as_of, found.register, dict(found.mapping)) == (first.as_of, first.register, dict(first.mapping))
    assert (found.policy.name, found.policy.hash) == (POLICY, first.policy.hash)


def test_without_a_change_it_is_the_same_assessment(made: str) -> None:
    assert ended(repeats.again(made)).assessment == made


def test_without_its_files_it_is_not_offered_and_refused_in_a_sentence(made: str) -> None:
    for digest in inputs.held():
        (inputs.folder() / digest).unlink()
    assert not repeats.possible(made)
    for ask in (repeats.check, repeats.again):
        with pytest.raises(RecordError, match="is not kept any more"):
            ask(made)
