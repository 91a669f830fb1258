"""What verification says of a plan, for tests that compare whole messages."""

from __future__ import annotations

from ringtausch.insight import verify
from ringtausch.records import Plan, Scenario

__all__ = ["said"]


def said(scenario: Scenario, plan: Plan) -> list[str]:
    """Return every sentence of the proof, in its order."""
    return [violation.message for violation in verify(scenario, plan).violations]
