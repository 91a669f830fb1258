"""Repairs: the least change of the scenario's rows after which there is a plan, by three measures.

In: a case without a plan. Out: for each measure the changes as edits, proved by planning the edited
scenario. Fewest rows and least reluctance come from sets of which something must give way: each is
found by solving, and the lightest choice that meets them all is tried until it leaves a plan. Least
amounts come from the elastic model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from ringtausch.insight.diagnose.commitments import Case
from ringtausch.insight.diagnose.eases import (
    Ease,
    apply_eases,
    eases_of,
    money_rate,
    price_of_one,
    used_cells,
)
from ringtausch.insight.diagnose.elastic import Budget, Least, least_amount
from ringtausch.insight.diagnose.wording import joined, say_change
from ringtausch.insight.hitting import Clause, Hitting
from ringtausch.insight.reluctance import Reluctance
from ringtausch.language import ngettext
from ringtausch.planning.infeasible import Infeasible, LimitReached
from ringtausch.planning.planner import plan
from ringtausch.planning.relaxing import shrink
from ringtausch.planning.solver import SolverFault
from ringtausch.records.edits import edit_scenario, set_edit
from ringtausch.records.plan import Plan
from ringtausch.records.scenario import Scenario

__all__ = ["Repair", "RepairKind", "find_repairs"]

RepairKind = Literal["fewest_rows", "least_amount", "least_reluctance"]
Extents = dict[Ease, Decimal]
#: How far off an extent may be by the solver's rounding, in what it adds to the total amount.
_NEAR = 2e-6


@dataclass(frozen=True)
class Repair:
    """Changes after which there is a plan.

    `rows` counts the rows that change, `amount` adds up by how much (None where a switch is among
    the changes), `reluctance` what the cells that change weigh. `proved` tells whether nothing less
    would do. `objectives` are those of the best plan after the repair, empty where time ran out.
    """

    kind: RepairKind
    edits: tuple[str, ...]
    sentence: str
    objectives: dict[str, float]
    rows: int
    amount: float | None
    reluctance: float
    proved: bool


def find_repairs(case: Case, reluctance: Reluctance) -> tuple[Repair, ...]:
    """Find a repair of each kind; those for which time ran out, or that do not exist, are left out."""
    search = _Search(case, reluctance)
    amount = search.least_amount()  # first: where it is of the least weight too, it serves again
    found = (search.fewest_rows(), amount, search.least_reluctance())
    return tuple(repair for repair in found if repair is not None)


@dataclass(frozen=True)
class _Group:
    """Cells that are chosen together, and what choosing them weighs."""

    weight: float
    eases: tuple[Ease, ...]


@dataclass
class _Search:
    case: Case
    reluctance: Reluctance
    eases: list[Ease] = field(init=False)
    least: Least | None = None  # of all amounts, once it is known
    cores: list[frozenset[Ease]] = field(default_factory=list)  # of each something must give way
    mended: dict[frozenset[Ease], bool] = field(default_factory=dict)
    plans: dict[tuple[str, ...], Plan | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.eases = eases_of(self.case.scenario)

    # ---- the three kinds

    def fewest_rows(self) -> Repair | None:
        """Change as few rows as can be; of these choices one of the least amount."""
        rows = list(dict.fromkeys(ease.row for ease in self.eases))
        groups = [_Group(1.0, tuple(e for e in self.eases if e.row == row)) for row in rows]
        return self._lightest("fewest_rows", groups)

    def least_reluctance(self) -> Repair | None:
        """Change cells of the least weight; of these choices one of the least amount."""
        groups = [_Group(self._weight(ease), (ease,)) for ease in self.eases]
        return self._lightest("least_reluctance", groups)

    def least_amount(self) -> Repair | None:
        """Change amounts and dates by the least total; of these choices one of the fewest rows."""
        if not self.case.watch.left():
            return None
        half = self.case.with_part_of_the_time(0.5)  # the other kinds want some too
        self.least = least_amount(self.case.scenario, self.eases, half)
        return self._repair("least_amount", self.least, {}, proved=self.least.proved)

    # ---- sets of which something must give way

    def _lightest(self, kind: RepairKind, groups: Sequence[_Group]) -> Repair | None:
        """Find the lightest groups that mend it, then how little of them will do."""
        chosen = self._lightest_groups(groups)
        if chosen is None:
            return None
        weight = sum(groups[number].weight for number in chosen)
        least = self.least
        if least is None or not least.proved or _weight_of(groups, least) > weight + 1e-9:
            budget = Budget([(group.weight, group.eases) for group in groups], weight)
            least = self._least(self.case.scenario, self.eases, budget)
        repair = self._repair(kind, least, {}, proved=least.proved)
        if repair is not None:
            return repair
        eases = [ease for number in sorted(chosen) for ease in groups[number].eases]
        return self._with_switches(kind, eases)

    def _lightest_groups(self, groups: Sequence[_Group]) -> frozenset[int] | None:
        """Choose groups of the least weight which, given way as far as they can, leave a plan.

        Each round either mends it, or finds sets of cells of which something must give way: all
        but these given way as far as they can, there is still no plan.
        """
        if self._mended_by(self.eases) is not True:
            return None
        weights = [group.weight for group in groups]
        while True:
            clauses = [
                Clause(frozenset(at for at, group in enumerate(groups) if cells & set(group.eases)))
                for cells in self.cores
            ]
            chosen = Hitting(weights, clauses=clauses).lightest(self.case.watch)
            if chosen is None:
                return None
            given_way = [ease for number in sorted(chosen) for ease in groups[number].eases]
            mended = self._mended_by(given_way)
            if mended is not False:
                return chosen if mended else None
            if not self._find_cores(given_way):
                return None

    def _find_cores(self, given_way: Sequence[Ease]) -> bool:
        """Find sets of cells besides those that have given way, until those mend it; no = no time."""
        given = set(given_way)
        mended: bool | None = False
        while mended is False:
            core = shrink(
                [ease for ease in self.eases if ease not in given],
                lambda left: self._mended_by([e for e in self.eases if e not in left]) is False,
            )
            if not self.case.watch.left():
                return False
            self.cores.append(frozenset(core))
            given |= set(core)
            mended = self._mended_by([ease for ease in self.eases if ease in given])
        return mended is True

    def _mended_by(self, given_way: Sequence[Ease]) -> bool | None:
        """Tell whether there is a plan when some cells give way as far as they can."""
        key = frozenset(given_way)
        if key not in self.mended:
            extents = {ease: ease.most for ease in given_way}
            answer = self.case.has_plan(apply_eases(self.case.scenario, extents))
            if answer is None:
                return None
            self.mended[key] = answer
        return self.mended[key]

    def _with_switches(self, kind: RepairKind, eases: Sequence[Ease]) -> Repair | None:
        """Use no more switches of some cells than must be, and then the least amounts."""
        switches = [ease for ease in eases if ease.kind == "switch"]
        others = [ease for ease in eases if ease.kind != "switch"]
        wide: Extents = {ease: ease.most for ease in others}

        def mends(used: list[Ease]) -> bool:
            extents = wide | {ease: ease.most for ease in used}
            return self.case.has_plan(apply_eases(self.case.scenario, extents)) is True

        used: Extents = {ease: ease.most for ease in shrink(switches, mends)}
        switched = apply_eases(self.case.scenario, used)
        still = [ease for ease in others if not _is_idle(switched, ease)]
        least = self._least(switched, still, None)
        return self._repair(kind, least, used, proved=least.proved)

    # ---- from amounts to edits

    def _least(self, scenario: Scenario, eases: Sequence[Ease], budget: Budget | None) -> Least:
        return least_amount(scenario, eases, self.case, budget)

    def _repair(
        self, kind: RepairKind, least: Least, switches: Extents, *, proved: bool
    ) -> Repair | None:
        """Write a repair as edits and plan what they make of the scenario."""
        if least.extents is None:
            return None
        for grains in (0, 1, 10):
            extents = switches | {
                ease: _rounded(ease, extent, self._amount_of_one(ease), grains)
                for ease, extent in least.extents.items()
            }
            extents = {ease: extent for ease, extent in extents.items() if extent}
            edits, edited = self._edits(extents)
            try:
                found = self._plan(edits, edited)
            except Infeasible:
                continue  # by a rounding of the amounts
            return self._told(kind, edits, extents, found, proved=proved)
        return None

    def _plan(self, edits: tuple[str, ...], edited: Scenario) -> Plan | None:
        """Plan the edited scenario, once for the same edits; None where that did not come to an end."""
        if edits not in self.plans:
            try:
                self.plans[edits] = plan(
                    edited,
                    keep=self.case.keep,
                    frozen=self.case.frozen,
                    time_limit=_limit(self.case.watch.left()),
                )
            except (LimitReached, SolverFault):
                return None
        return self.plans[edits]

    def _told(
        self,
        kind: RepairKind,
        edits: tuple[str, ...],
        extents: Extents,
        found: Plan | None,
        *,
        proved: bool,
    ) -> Repair:
        cells = used_cells(self.case.scenario, extents)
        changes = [
            say_change(ease, self.case.scenario.rows(ease.table)[ease.place], column, value)
            for ease, column, value in cells
        ]
        rows = len({ease.row for ease in extents})
        head = ngettext("One row changes", "{n} rows change", rows).format(n=rows)
        objectives = {} if found is None else {k: o.value for k, o in found.objectives.items()}
        return Repair(
            kind,
            edits,
            f"{head}: {joined(changes)}.",
            objectives,
            rows,
            self._amount(extents),
            sum(self._weight(ease) for ease in extents),
            proved=proved and found is not None,
        )

    def _edits(self, extents: Extents) -> tuple[tuple[str, ...], Scenario]:
        """Write the edits one after the other, each for the scenario as it is by then."""
        edited = self.case.scenario
        edits = []
        for ease, column, value in used_cells(edited, extents):
            row = edited.rows(ease.table)[ease.place]
            edits.append(set_edit(ease.table, row, column, value, edited))
            edited = edit_scenario(edited, edits[-1:])
        return tuple(edits), edited

    def _amount(self, extents: Extents) -> float | None:
        if any(ease.kind == "switch" for ease in extents):
            return None
        return sum(float(e) * self._amount_of_one(ease) for ease, e in extents.items())

    def _amount_of_one(self, ease: Ease) -> float:
        """Return what one of an extent's own unit adds to the total amount."""
        if ease.kind != "money":
            return 1.0
        return float(money_rate(self.case.scenario, ease) / price_of_one(self.case.scenario))

    def _weight(self, ease: Ease) -> float:
        row = self.case.scenario.rows(ease.table)[ease.place]
        return float(self.reluctance.weight(ease.table, row, column=ease.column))


def _rounded(ease: Ease, extent: float, weight: float, grains: int) -> Decimal:
    """Write an extent as a decimal: the roundest that is as near as the solver tells, else upwards.

    `weight` is what one of the extent adds to the total; some grains more where asked.
    """
    if ease.kind == "periods":
        return Decimal(round(extent))
    if ease.step:
        return ease.first + ease.step * round((Decimal(extent) - ease.first) / ease.step)
    exact, near = Decimal(extent), Decimal(_NEAR / weight)
    place = near.adjusted()
    for digits in range(12, place - 1, -1):
        round_ = exact.quantize(Decimal(1).scaleb(digits))
        if abs(round_ - exact) <= near:
            break
    else:
        round_ = exact.quantize(Decimal(1).scaleb(place), rounding=ROUND_CEILING)
    more = grains * Decimal(1).scaleb(place) if round_ else Decimal(0)
    return min(round_ + more, ease.most).normalize()


def _limit(left: float) -> float | None:
    return None if left == float("inf") else left


def _weight_of(groups: Sequence[_Group], least: Least) -> float:
    """Return what the groups weigh of which a solution uses any cell."""
    used = set(least.extents or ())
    return (
        sum(group.weight for group in groups if used & set(group.eases)) if used else float("inf")
    )


def _is_idle(scenario: Scenario, ease: Ease) -> bool:
    """Tell whether a switch that is used leaves nothing for a cell to do."""
    row = scenario.rows(ease.table)[ease.place]
    return (ease.table == "needs" and not row.hard) or (ease.table == "assurances" and not row.hard)
