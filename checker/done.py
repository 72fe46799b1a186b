"""What has been done about an assessment: decisions, statements seen elsewhere, notes, and the suppliers' replies."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from checker import records
from checker.records import Note
from checker.views import review
from riskengine.pipeline import Assessment


@dataclass(frozen=True)
class Done:
    """Counts of what people did on the suppliers of an assessment, and the `replies` themselves, the latest first.

    `decided` matches were settled in it, `waiting` decisions take effect at the next run, `possible` suppliers still
    wait for a word. `flagged` counts those of all `suppliers` to follow up; of them, `followed` have a note or a reply.
    """

    decided: int
    waiting: int
    possible: int
    statements: int
    notes: int
    replies: tuple[Note, ...]
    suppliers: int
    flagged: int
    followed: int


def done(assessment: Assessment) -> Done:
    """Count what was done so far. Raises RecordError."""
    held = records.holding()
    taken = review.taken(assessment, held)
    suppliers = assessment.suppliers.filter(~pl.col("personal")).select("supplier_id", "key")
    noted = records.every_note(suppliers["key"].to_list())
    stated = records.found_statements().join(suppliers, on="key", how="semi")
    flagged = assessment.supplier_scores.filter("flagged").join(suppliers, on="supplier_id", how="left")
    return Done(
        decided=sum(one.state == "used" for one in taken),
        waiting=sum(one.state == "next" for one in taken),
        possible=review.waiting(assessment, held).height,
        statements=stated.height,
        notes=sum(one.kind == "note" for one in noted),
        replies=tuple(one for one in noted if one.kind == "reply"),
        suppliers=assessment.suppliers.height,
        flagged=flagged.height,
        followed=flagged.get_column("key").is_in([one.key for one in noted]).sum(),
    )
