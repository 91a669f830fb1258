"""The list of releases: everything in a scenario that could be what binds.

In: a scenario. Out: its releases, family by family, in the order of its rows.
"""

from __future__ import annotations

from ringtausch.insight.explain.free_goods import free_consent, free_production, free_willingness
from ringtausch.insight.explain.free_money import free_money
from ringtausch.insight.explain.free_terms import free_floors, free_time
from ringtausch.insight.explain.plenty import plenty_of_money, plenty_of_units
from ringtausch.insight.explain.release import Release
from ringtausch.insight.explain.uses import Holdings
from ringtausch.records import Scenario

__all__ = ["list_releases"]


def list_releases(scenario: Scenario) -> tuple[Release, ...]:
    """List all releases of a scenario (`docs/reference/changes.md`, section Releases).

    Examples
    --------
    >>> import ringtausch as rt
    >>> found = list_releases(rt.read("examples/patriot-2025"))
    >>> [r.sentence for r in found if r.rows[0].key == {"offer": "usa-ten-missiles"}]
    ['USA offers 10 gem-t (usa-ten-missiles), to UKR, in lots of 10']
    """
    units, money = plenty_of_units(scenario), plenty_of_money(scenario)
    holdings = Holdings(scenario)
    return (
        *free_money(scenario, holdings, money),
        *free_consent(scenario, holdings),
        *free_willingness(scenario, holdings, units),
        *free_production(scenario, holdings, units),
        *free_time(scenario),
        *free_floors(scenario, holdings, units),
    )
