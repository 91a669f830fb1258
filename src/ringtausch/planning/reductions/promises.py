"""Reductions of what is owed, replaced, late and under way: rules 5, 6, 7 and 12.

In: a draft. Out: tighter bounds in it, and freed rows. Every plan obeys each of them; `late` alone is
lowered to the most that a plan needs.
"""

from __future__ import annotations

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.layout import Layout
from ringtausch.planning.reductions.draft import Draft
from ringtausch.planning.reductions.flows import settled, sums_by_place

__all__ = [
    "arriving_at_most",
    "assurances_kept",
    "debts_between",
    "late_between",
    "pipelines_at_most",
    "settlements_at_most",
]


def settlements_at_most(draft: Draft) -> None:
    """Bound what settles a debt in a period by what can be owed by then, and by what has come.

    Every plan obeys it: D ≥ 0 and rule 6 leave rate·y[t] ≤ D[t-1] + ratio·out[t] ≤ opening +
    ratio·handed[t]; and rule 5, summed over the periods so far, no more than has come.
    """
    layout, flows, debts = draft.layout, draft.flows, draft.layout.facts.debts
    y = layout.settlements
    account, rate = debts.accepting[y.subject], debts.rate[y.subject]
    owed = debts.opening[:, None] + debts.ratio[:, None] * _handed(draft)
    draft.at_most(y.column, owed[account, y.period] / rate)
    draft.at_most(y.column, flows.came[y.party, y.item, y.period])


def arriving_at_most(draft: Draft) -> None:
    """Bound what settles a debt or serves a need by what can arrive in its period.

    Every plan obeys it: rule 5 with each dispatch and order that arrives then at its upper bound.
    """
    layout = draft.layout
    most = _arriving(layout, draft.upper)
    for use in (layout.settlements, layout.fulfilments):
        draft.at_most(use.column, most[use.party, use.item, use.period])


def debts_between(draft: Draft) -> None:
    """Bound each debt from both sides.

    Every plan obeys it: D[t] = opening + ratio·handed[t] - settled[t], the second at its most and the
    third at 0, or the other way round. Of each item no more settles than the columns let, and than
    has come.
    """
    layout, debts = draft.layout, draft.layout.facts.debts
    opening = debts.opening[:, None]
    draft.at_most(layout.debt, opening + debts.ratio[:, None] * _handed(draft))
    draft.at_least(layout.debt, np.maximum(opening - _settled(draft), 0.0))


def late_between(draft: Draft) -> None:
    """Bound what is late from both sides.

    Write h for what is handed over, Y for what is settled, n for the opening debts not yet due. Rules
    6 and 7 are late[t] ≥ opening + ratio·h[t-within] - Y[t] - e[t] (h = 0 before the start).

    From below every plan obeys it: with h = 0, Y at its most and e = n.

    From above it is the most that a plan needs: opening - n[t] + ratio·h[t-within] with h at its most.
    Take any plan, and in it E[t] = min(opening, min_{s≤t} D[s]), e = min(E, n), the largest that the
    rules allow, and late the least. Larger E and e ease every row that they stand in (a hard late ≤ E
    - e too: late is either 0, or D - ratio·(h[t] - h[t-within]) - e with D - ratio·(…) ≤ E in the plan
    that was taken). Where e = n the bound is plain. Else e = E = D[s] for an s ≤ t, and the row asks
    for D[t] - D[s] - ratio·(h[t] - h[t-within]) ≤ ratio·(h[t-within] - h[s]) ≤ ratio·h[t-within].
    """
    layout, debts = draft.layout, draft.layout.facts.debts
    due = debts.opening[:, None] - debts.not_due
    draft.at_most(layout.late, due + debts.ratio[:, None] * _handed_ago(draft))
    draft.at_least(layout.late, np.maximum(due - _settled(draft), 0.0))


def assurances_kept(draft: Draft) -> None:
    """Free the rows of rule 7 in which nothing can be overdue.

    Every plan obeys them anyway: without opening debts rule 6 makes D[t] ≤ ratio·h[t]; where
    h[t-within] can only be 0, that is the row, whatever `late` is. The rows of rule 6 stay, or are
    freed only where all of their columns are fixed. That h is 0 must be a bound of its column: it may
    itself follow from a row that is freed here.
    """
    layout, debts = draft.layout, draft.layout.facts.debts
    handed = np.where(layout.handed >= 0, draft.upper[layout.handed], 0.0)
    never = (debts.opening == 0)[:, None] & (_ago(draft, handed) <= 0)
    # the first row in which a column of `late` stands is that of its assurance
    matrix = draft.model.matrix
    row = np.repeat(np.arange(len(matrix.lower)), np.diff(matrix.start))
    first = np.full(draft.model.columns, -1, dtype=np.int64)
    first[matrix.column[::-1]] = row[::-1]
    draft.free(first[layout.late[never]])
    draft.rest_on_rows[first[layout.late[never]]] = True


def pipelines_at_most(draft: Draft) -> None:
    """Bound what is under way, and what of it secures debts.

    Every plan obeys it: what begins by t and arrives after t is no more than the columns that do, and
    than all that has begun; w ≤ pipeline is rule 12.
    """
    layout, flows, debts = draft.layout, draft.flows, draft.layout.facts.debts
    party, item = np.nonzero(layout.pipeline_pair >= 0)
    most = np.minimum(_under_way(layout, draft.upper), flows.begun)[party, item]
    draft.at_most(layout.pipeline, most)
    secured = np.flatnonzero(layout.security[:, :1].ravel() >= 0)
    whose = layout.pipeline_pair[debts.party[debts.accepting[secured]], debts.accepted[secured]]
    draft.at_most(layout.security[secured], most[whose])


def _handed(draft: Draft) -> FloatArray:
    """(account, period) Units that the account can have handed over by then."""
    debts = draft.layout.facts.debts
    return draft.flows.handed[debts.party, debts.item]


def _handed_ago(draft: Draft) -> FloatArray:
    """(account, period) Units that it can have handed over `within` periods before."""
    return _ago(draft, _handed(draft))


def _ago(draft: Draft, handed: FloatArray) -> FloatArray:
    """(account, period) Look back by `within` periods; nothing was before the start."""
    within = draft.layout.facts.debts.within
    ago = np.arange(draft.layout.facts.periods)[None, :] - within[:, None]
    before = np.take_along_axis(handed, np.maximum(ago, 0), axis=1)
    return np.where(ago >= 0, before, 0.0)


def _settled(draft: Draft) -> FloatArray:
    """(account, period) Units of the debt that can have been settled by then."""
    facts, y = draft.layout.facts, draft.layout.settlements
    most = np.zeros((len(facts.debts.accepting), facts.periods))
    most[y.subject, y.period] = draft.upper[y.column]
    return settled(facts, np.cumsum(most, axis=1), draft.flows.came)


def _arriving(layout: Layout, upper: FloatArray) -> FloatArray:
    """(party, item, period) Units that can arrive in a period and may be designated."""
    x, o, shape = layout.dispatches, layout.orders, layout.facts.free.shape
    return (
        layout.facts.free
        + sums_by_place(shape, (x.receiver, x.item, x.arrives), upper[x.column] * x.units)
        + sums_by_place(shape, (o.customer, o.item, o.delivered), upper[o.column] * o.units)
    )


def _under_way(layout: Layout, upper: FloatArray) -> FloatArray:
    """(party, item, period) Units that can be under way at the end of a period."""
    facts, x, o, shape = layout.facts, layout.dispatches, layout.orders, layout.facts.free.shape
    from_before = facts.free.sum(axis=2, keepdims=True) - np.cumsum(facts.free, axis=2)
    flow = np.zeros(shape)
    for whose, item, starts, ends, most in (
        (x.receiver, x.item, x.period, x.arrives, upper[x.column] * x.units),
        (o.customer, o.item, o.period, o.delivered, upper[o.column] * o.units),
    ):
        flow += sums_by_place(shape, (whose, item, starts), most)
        flow -= sums_by_place(shape, (whose, item, ends), most)
    under_way: FloatArray = from_before + np.maximum(np.cumsum(flow, axis=2), 0.0)
    return under_way
