"""Fallbacks: if a leg of a plan fails, the best plan without it, whom it hurts, what to prepare now.

`legs` finds what a plan stands on and the edits by which each fails, `harm` says what gets worse for
whom, `preparing` what to do beforehand, `words` says it, `falling_back` puts them together.
"""

from ringtausch.insight.fallback.falling_back import Fallback, Fallbacks, fallback
from ringtausch.insight.fallback.harm import Worse, what_gets_worse
from ringtausch.insight.fallback.legs import Leg, legs_of
from ringtausch.insight.fallback.preparing import Preparation, what_to_prepare

__all__ = [
    "Fallback",
    "Fallbacks",
    "Leg",
    "Preparation",
    "Worse",
    "fallback",
    "legs_of",
    "what_gets_worse",
    "what_to_prepare",
]
