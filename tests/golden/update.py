"""The golden files: what each sample list gives, kept so that every change of a result shows in review.

`python -m tests.golden.update` writes them anew; look at the difference before you keep it.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import registries.sample
import sample_contracts
from checker import assessments
from checker.assessments import Request, Source
from riskengine import findings, report
from sample_contracts import Sample

FOLDER = Path(__file__).parent


def produce(sample: Sample, out: Path) -> list[Path]:
    """Check one sample with the sample registry as of the samples' day and write its tables as CSV into `out`."""
    request = Request((Source(sample.path, sample.path.name),), sample_contracts.as_of(), registry=REGISTRY)
    outcome = assessments.run(request)
    return [path for path in report.write(outcome.assessment, out, ("csv",)) if path.suffix == ".csv"]


REGISTRY = (registries.sample.FOLDER,)


def answers(out: Path) -> Path:
    """Write one sentence of every answer that any indicator gives of the samples, checked together, into `out`."""
    sources = tuple(Source(sample.path, sample.path.name) for sample in sample_contracts.samples())
    assessment = assessments.run(Request(sources, sample_contracts.as_of(), registry=REGISTRY)).assessment
    first = assessment.findings.unique(["indicator", "case"], keep="first", maintain_order=True)
    told = first.with_columns(findings.sentences(first, assessment.policy.indicators))
    path = out / "answers.csv"
    told.select("indicator", "outcome", "case", "points", "sentence").sort("indicator", "outcome", "case").write_csv(
        path
    )
    return path


def main() -> None:
    """Write the golden files of every sample, and the answers of all indicators, with a record that holds nothing."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RISKCHECK_DATA_DIR"] = folder
        answers(FOLDER)
        for sample in sample_contracts.samples():
            produce(sample, FOLDER / sample.path.stem)
            (FOLDER / sample.path.stem / "run.json").unlink()


if __name__ == "__main__":
    main()
