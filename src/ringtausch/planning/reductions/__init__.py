"""Reductions before the solver: tight bounds on everything, and no rows that cannot bind.

In: a model as the rules make it. Out: the same columns and rows in the same order, with tighter bounds
and freed rows. Each reduction is a function with its argument in its docstring; nearly all are bounds
that every plan obeys, so that they also hold where rows and objectives are added to the model. The
others lower a state that counts against the plan (`late`, `gap`, `above`, `below`) to the most that
any decisions need: no decision is lost. Nothing is solved here, and no file is read.

What is derived from a rule's rows holds only while these rows are in the model: a question that eases
a rule starts from the model as the rules make it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ringtausch.planning.model import Model
from ringtausch.planning.reductions.draft import Draft
from ringtausch.planning.reductions.goods import (
    gaps_at_most,
    handed_at_most,
    offers_stand,
    stocks_between,
    whole_numbers,
)
from ringtausch.planning.reductions.loosening import loosen
from ringtausch.planning.reductions.money import (
    affordable,
    balances_between,
    burden_between,
    payments_at_most,
)
from ringtausch.planning.reductions.needs import (
    fulfilments_at_most,
    served_at_most,
    steps_at_most,
    unmet_at_least,
)
from ringtausch.planning.reductions.promises import (
    arriving_at_most,
    assurances_kept,
    debts_between,
    late_between,
    pipelines_at_most,
    settlements_at_most,
)
from ringtausch.planning.reductions.rows import free_rows, propagate

__all__ = ["REDUCTIONS", "Reduction", "apply", "reduced", "tightened"]

Reduction = Callable[[Draft], None]

#: All reductions, each where it finds the most: causes before consequences, rows at the end.
REDUCTIONS: tuple[Reduction, ...] = (
    whole_numbers,
    affordable,
    offers_stand,
    handed_at_most,
    arriving_at_most,
    settlements_at_most,
    fulfilments_at_most,
    debts_between,
    late_between,
    assurances_kept,
    pipelines_at_most,
    stocks_between,
    gaps_at_most,
    served_at_most,
    steps_at_most,
    unmet_at_least,
    payments_at_most,
    balances_between,
    burden_between,
    propagate,
    free_rows,
)


def reduced(model: Model) -> Model:
    """Make a model as small and plain for the solver as it can be without losing a plan's value.

    Parameters
    ----------
    model
        A model with all of its rules as they are; columns, rows and objectives may have been added.

    Returns
    -------
    Model
        With the same columns and rows. Bounds that its rows imply are those of the model, and stock
        that cannot run out has none. The model itself where it has no plan and this shows it.

    Examples
    --------
    >>> import ringtausch as rt
    >>> from ringtausch.planning.facts import gather_facts
    >>> from ringtausch.planning.model import build_model
    >>> model = build_model(gather_facts(rt.read("examples/patriot-2025")), ("unmet_need",))
    >>> small = reduced(model)
    >>> small.columns == model.columns, int(np.isinf(small.matrix.upper).sum()) > 800
    (True, True)
    """
    return apply(model, (*REDUCTIONS, loosen))


def tightened(model: Model) -> Model:
    """Make all bounds of a model tight and finite: for proofs and for finding plans by hand.

    As `reduced`, but with every bound that was found: each reduced cost then proves something, and a
    column that is set tells what is left for the others.

    Examples
    --------
    >>> import ringtausch as rt
    >>> from ringtausch.planning.facts import gather_facts
    >>> from ringtausch.planning.model import build_model
    >>> model = build_model(gather_facts(rt.read("examples/patriot-2025")), ("unmet_need",))
    >>> bool(np.isinf(model.upper).any()), bool(np.isinf(tightened(model).upper).any())
    (True, False)
    """
    return apply(model, REDUCTIONS)


def apply(model: Model, reductions: Sequence[Reduction]) -> Model:
    """Apply some reductions to a model, one after the other."""
    draft = Draft.begin(model)
    for reduce in reductions:
        reduce(draft)
        if np.any(draft.lower > draft.upper):  # no plan: the rest would only compute with nonsense
            break
    return draft.finished()
