"""Why a plan is no better: what binds, what instead, and who waits for what."""

from ringtausch.insight.explain.explaining import explain
from ringtausch.insight.explain.explanation import Cause, Explanation
from ringtausch.insight.explain.instead import Instead, instead
from ringtausch.insight.explain.obstacles import Obstacle
from ringtausch.insight.explain.waiting import Waiting, Worth, waiting_for

__all__ = [
    "Cause",
    "Explanation",
    "Instead",
    "Obstacle",
    "Waiting",
    "Worth",
    "explain",
    "instead",
    "waiting_for",
]
