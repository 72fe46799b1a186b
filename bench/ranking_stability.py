"""How stable the ranking of lines is when each weight moves by 20 per cent: the share of the top 50 that stays.

python bench/ranking_stability.py FILE... --registry StatementSummaries2022.csv --as-of 2022-03-01
python bench/ranking_stability.py --samples
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

import registries.sample
import sample_contracts
from checker import assessments
from checker.assessments import Request, Source
from riskengine import what_if


def main() -> None:
    options = _options()
    paths = [sample.path for sample in sample_contracts.samples()] if options.samples else options.files
    request = Request(
        sources=tuple(Source(path, path.name) for path in paths),
        as_of=sample_contracts.as_of() if options.samples else options.as_of,
        registry=(registries.sample.FOLDER,) if options.samples else tuple(options.registry),
    )
    assessed = assessments.run(request, lambda _step, _share: None).assessment
    found = what_if.stability(assessed, options.share, options.top)
    print(f"{assessed.lines.height} lines; share of the top {options.top} that stays when a weight moves")
    for one in found:
        print(f"{one.indicator:18} {one.case:24} {one.moved:+5.0%}  {one.kept:6.1%}")
    print(f"lowest {min(one.kept for one in found):.1%}, mean {sum(one.kept for one in found) / len(found):.1%}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--samples", action="store_true", help="the fictional sample lists")
    parser.add_argument("--registry", action="append", type=Path, default=[])
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2022, 3, 1))
    parser.add_argument("--share", type=float, default=0.2, help="how far each weight moves")
    parser.add_argument("--top", type=int, default=50)
    options = parser.parse_args()
    if bool(options.files) == options.samples:
        parser.error("give one or several files, or --samples")
    return options


if __name__ == "__main__":
    main()
