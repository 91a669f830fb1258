"""The measures of a plan: burden, deals, readiness windows, slack, use of slots and funds.

In: a scenario, a plan for it and, where there is one, a table of values. Out: `Measures`, recomputed
from the decisions of the plan alone. What each one is, is defined in `docs/reference/measures.md`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ringtausch.insight.measures.burden import burdens, unvalued_units
from ringtausch.insight.measures.checks import check_basis, check_plan
from ringtausch.insight.measures.deals import deals, receipts, slacks, windows
from ringtausch.insight.measures.readiness import gap_series
from ringtausch.insight.measures.replacements import replacements
from ringtausch.insight.measures.rows import AS_IN_ITEMS, MEASURES, frame_of
from ringtausch.insight.measures.use import fund_use, production, slots
from ringtausch.insight.measures.worth import worths
from ringtausch.records import Plan, Scenario
from ringtausch.records.periods import PeriodKind
from ringtausch.records.values import Value

if TYPE_CHECKING:
    import polars

__all__ = ["Measures", "measures", "measures_of"]


@dataclass(frozen=True, kw_only=True)
class Measures:
    """What a plan comes to for each party: tables of typed rows, each a data frame too.

    `measures.deals` is a data frame; `measures.rows("deals")` are the same as typed rows. `bases`
    are the bases of value that there are, `basis` is the one by which deals are valued.
    """

    scenario_name: str
    scenario_hash: str
    period: PeriodKind
    currency: str
    bases: tuple[str, ...]
    basis: str
    tables: dict[str, tuple[Any, ...]]

    def rows(self, table: str) -> tuple[Any, ...]:
        """Return the rows of a table by its name."""
        if table not in MEASURES:
            raise KeyError(f"no table {table!r} of measures; there are {', '.join(MEASURES)}")
        return self.tables[table]

    def frame(self, table: str) -> polars.DataFrame:
        """Return a table as a data frame with the page's columns."""
        return frame_of(table, self.rows(table))

    @property
    def burden(self) -> polars.DataFrame:
        """What each party bears, by kind, as a share and against the burden key."""
        return self.frame("burden")

    @property
    def unvalued(self) -> polars.DataFrame:
        """Units that move and have no value, by basis and item."""
        return self.frame("unvalued")

    @property
    def deals(self) -> polars.DataFrame:
        """What each party gives of each item, and what it gets for it."""
        return self.frame("deals")

    @property
    def receipts(self) -> polars.DataFrame:
        """What came for each item, by kind."""
        return self.frame("receipts")

    @property
    def windows(self) -> polars.DataFrame:
        """The readiness window of each hand-over, and the gap in it."""
        return self.frame("windows")

    @property
    def slack(self) -> polars.DataFrame:
        """How far the replacements of each assurance come before their deadlines."""
        return self.frame("slack")

    @property
    def production(self) -> polars.DataFrame:
        """What is used and lost of the slots of each supplier and item."""
        return self.frame("production")

    @property
    def slots(self) -> polars.DataFrame:
        """What is used and lost of the slots of each period."""
        return self.frame("slots")

    @property
    def funds(self) -> polars.DataFrame:
        """What each fund gets, pays, loses and keeps."""
        return self.frame("funds")

    @property
    def replacements(self) -> polars.DataFrame:
        """Every part of what is owed, from its hand-over until it comes back."""
        return self.frame("replacements")

    def __repr__(self) -> str:
        """Say whose measures these are, and how many rows there are."""
        sizes = ", ".join(f"{len(rows)} {name}" for name, rows in self.tables.items() if rows)
        return f"<Measures of a plan for {self.scenario_name!r}: {sizes or 'nothing moves'}>"


def measures(
    scenario: Scenario,
    plan: Plan,
    values: Iterable[Value] | None = None,
    *,
    basis: str | None = None,
) -> Measures:
    """Measure what a plan comes to for each party, recomputed from its decisions.

    Parameters
    ----------
    scenario, plan
        what was known, and what to do.
    values
        rows of `values.csv`: `rt.read_values(folder, scenario)`. Without them the items' own
        values are the only basis, called `items`.
    basis
        by which deals are valued: one of the table's, or `items` (as without it).

    Raises
    ------
    InvalidPlan
        The plan is for another scenario, or names what this one does not have.
    InvalidValues
        No item has a value by that basis.

    Examples
    --------
    >>> from ringtausch.records.generate import generate_scenario
    >>> from ringtausch.planning import plan
    >>> scenario = generate_scenario(parties=3, items=2, periods=8, whole=0.3, seed=1)
    >>> found = measures(scenario, plan(scenario))
    >>> found.burden.columns[:5], found.basis
    (['party', 'kind', 'basis', 'unit', 'amount'], 'items')
    """
    rows = tuple(values or ())
    check_plan(scenario, plan)
    if basis is not None:
        check_basis(basis, rows)
    return measures_of(scenario, plan, rows, basis or AS_IN_ITEMS)


def measures_of(
    scenario: Scenario, plan: Plan, values: tuple[Value, ...] = (), basis: str = AS_IN_ITEMS
) -> Measures:
    """Measure a plan whose rows all name what the scenario has; nothing is checked."""
    bases = worths(scenario, values)
    replaced = replacements(scenario, plan)
    gaps = gap_series(scenario, plan)
    taken = slots(scenario, plan)
    tables = {
        "burden": burdens(scenario, plan, replaced, gaps, bases.values()),
        "unvalued": unvalued_units(plan, bases.values()),
        "deals": deals(scenario, plan, replaced, bases[basis]),
        "receipts": receipts(scenario, replaced),
        "windows": windows(scenario, plan, replaced, gaps),
        "slack": slacks(scenario, replaced),
        "production": production(taken),
        "slots": taken,
        "funds": fund_use(scenario, plan),
        "replacements": replaced,
    }
    return Measures(
        scenario_name=scenario.name,
        scenario_hash=scenario.content_hash,
        period=scenario.period,
        currency=scenario.currency,
        bases=tuple(bases),
        basis=basis,
        tables={name: tables[name] for name in MEASURES},
    )
