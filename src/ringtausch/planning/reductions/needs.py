"""Reductions of what serves needs: rule 9.

In: a draft. Out: tighter bounds in it. Every plan obeys each of them.
"""

from __future__ import annotations

import numpy as np

from ringtausch.planning.reductions.draft import ROUNDING, Draft
from ringtausch.planning.reductions.flows import row_sums

__all__ = ["fulfilments_at_most", "served_at_most", "steps_at_most", "unmet_at_least"]


def fulfilments_at_most(draft: Draft) -> None:
    """Bound what serves a need in a period by what has come by then.

    Every plan obeys it: rule 5, summed over the periods so far.
    """
    z = draft.layout.fulfilments
    draft.at_most(z.column, draft.flows.came[z.party, z.item, z.period])


def served_at_most(draft: Draft) -> None:
    """Bound what has served each role so far.

    Every plan obeys it: Σ weight·z over the periods so far, of each item no more than the columns
    let, and, by rule 5, than has come.
    """
    layout, needs = draft.layout, draft.layout.facts.needs
    z = layout.fulfilments
    most = np.zeros((len(needs.part_role), layout.facts.periods))
    most[z.subject, z.period] = draft.upper[z.column]
    party = needs.party[needs.role_of[needs.part_role]]
    came = draft.flows.came[party, needs.part_item]
    each = np.minimum(np.cumsum(most, axis=1), came) * needs.part_weight[:, None]
    draft.at_most(layout.served, row_sums(needs.part_role, each, len(needs.role_of)))


def steps_at_most(draft: Draft) -> None:
    """Count no more whole steps than have been served.

    Every plan obeys it: step·v ≤ served of every role, and v is whole.
    """
    layout, needs = draft.layout, draft.layout.facts.needs
    steps = layout.steps[needs.role_of]
    step = np.where(needs.step > 0, needs.step, 1.0)[needs.role_of]
    draft.at_most(steps, draft.upper[layout.served] / step[:, None])


def unmet_at_least(draft: Draft) -> None:
    """Leave unmet at least what cannot be served.

    Every plan obeys it: u ≥ quantity - v, and v is no more than what serves the weakest role, or than
    the whole steps of it.
    """
    layout, needs = draft.layout, draft.layout.facts.needs
    most = np.full(layout.unmet.shape, np.inf)
    np.minimum.at(most, needs.role_of, draft.upper[layout.served])
    step = np.where(needs.step > 0, needs.step, 1.0)[:, None]
    whole_steps = step * np.floor(most / step + ROUNDING)
    counted = np.where((needs.step > 0)[:, None], whole_steps, most)
    draft.at_least(layout.unmet, np.maximum(needs.quantity[:, None] - counted, 0.0))
