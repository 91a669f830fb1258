"""What came of it, in a few words: how far a need is met, and what is proved of an objective.

In: facts. Out: phrases, not yet escaped. The terminal and the page share them, and the terminal does
not wait for what draws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ringtausch.language import _
from ringtausch.pictures import wording
from ringtausch.pictures.story import gap_to_bound, objective_value

if TYPE_CHECKING:
    from ringtausch.pictures.facts import Facts
    from ringtausch.pictures.series import NeedSeries

__all__ = ["need_outcome", "proof_words"]


def need_outcome(facts: Facts, series: NeedSeries) -> str:
    """Say in a few words how far a need is met."""
    if series.met_at is not None:
        met = facts.label(series.met_at)
        if series.state == "met":
            return _("met by {met}, in time").format(met=met)
        late = wording.periods(facts.scenario, series.met_at - series.due)
        return _("met by {met}, {late} late").format(met=met, late=late)
    missing = wording.number(series.missing)
    if series.state == "waiting":
        return _("{n} still missing, due after the plan").format(n=missing)
    return _("{n} still missing at the end").format(n=missing)


def proof_words(facts: Facts, name: str) -> str:
    """Say what is proved of an objective."""
    found = facts.plan.objectives[name]
    if name not in facts.aims:
        return _("only reported, not aimed at")
    gap = gap_to_bound(found.value, found.bound)
    if gap is None:
        return _("nothing proved")
    if gap == 0.0:
        return _("proved best")
    assert found.bound is not None  # a gap needs a bound
    least = objective_value(facts, name, found.bound)
    share = wording.per_cent(gap / max(abs(found.value), 1e-9))
    return _("at least {least} (gap {share})").format(least=least, share=share)
