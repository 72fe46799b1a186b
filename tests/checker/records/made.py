"""The example assessment as the record can open it again."""

from __future__ import annotations

import dataclasses
from functools import cache

from riskengine import policy
from riskengine.pipeline import Assessment
from tests.assessment_factory import assessment


@cache
def built_in() -> Assessment:
    """The example under the policy that ships, without findings of indicators of its own."""
    made = assessment()
    return dataclasses.replace(made, policy=policy.load(), findings=made.findings.clear())
