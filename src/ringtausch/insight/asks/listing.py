"""The finite list: every single concession that a party could make in a scenario.

In: a scenario and sizes. Out: concessions, family by family, in the order of the tables. Whoever
enumerates the list of docs/reference/changes.md by hand finds the same.
"""

from __future__ import annotations

from itertools import chain

from ringtausch.insight.asks import funding, goods, terms
from ringtausch.insight.asks.concession import Concession
from ringtausch.insight.asks.sizes import Sizes
from ringtausch.insight.asks.wanting import Wanting
from ringtausch.records.scenario import Scenario

__all__ = ["list_concessions"]


def list_concessions(scenario: Scenario, sizes: Sizes | None = None) -> tuple[Concession, ...]:
    """List every single concession that a party could make.

    Parameters
    ----------
    scenario
        What is known and on which terms.
    sizes
        How large a concession is; one unit, one month and what one unit costs where not given.
    """
    sizes = sizes or Sizes()
    wanting = Wanting(scenario)
    return tuple(
        chain(
            goods.more(scenario, sizes),
            goods.sooner(scenario, sizes),
            goods.instead(scenario, wanting),
            goods.stock(scenario, wanting, sizes),
            goods.consent(scenario, wanting, sizes),
            funding.earmark(scenario),
            funding.money(scenario, sizes),
            funding.money_sooner(scenario, sizes),
            terms.assurance(scenario, sizes),
            terms.trust(scenario),
            terms.soft(scenario),
            terms.gap(scenario, sizes),
            terms.exchange(scenario),
            terms.slot(scenario, sizes),
            terms.capacity(scenario, sizes),
        )
    )
