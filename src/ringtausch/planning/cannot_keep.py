"""What of an agreed plan cannot be kept, and which rows of the scenario stand against it.

In: an earlier plan in a scenario's model, imposed up to a date, that no plan keeps. Out: the rows of the
earlier plan that cannot stay: each with the row that alone forbids it, or a smallest set of them that
cannot stay together, with a smallest set of the scenario's rows that stand against it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ringtausch.language import _
from ringtausch.planning.facts import gather_facts
from ringtausch.planning.infeasible import ConflictRow, Infeasible, conflict_row, find_reason
from ringtausch.planning.keep import Kept, prepare
from ringtausch.planning.lexicographic import has_plan
from ringtausch.planning.model import build_model
from ringtausch.planning.no_longer import agreed, obstacle
from ringtausch.planning.old_plan import Placed
from ringtausch.planning.relaxing import Relaxation, limits_of, relaxed, requirements_of, shrink
from ringtausch.planning.solver import SolverOptions
from ringtausch.planning.watch import Watch
from ringtausch.records.plan import DECISIONS, Plan
from ringtausch.records.tables import field_name

__all__ = ["CannotKeep", "find_obstacles"]

_ROOM = 4e-7
Group = tuple[Placed, ...]


class CannotKeep(Infeasible):
    """Something that was agreed before the date can no longer be done; `rows` are of the plan."""

    def __init__(self, rows: tuple[ConflictRow, ...], *, irreducible: bool) -> None:
        super().__init__(rows, irreducible=irreducible)
        head = _("what is agreed cannot be kept:")
        self.args = ("\n".join([head, *(f"  {row.sentence}" for row in self.rows)]),)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle with the rows."""
        return _cannot_keep, (self.rows, self.irreducible)


def _cannot_keep(rows: tuple[ConflictRow, ...], irreducible: bool) -> CannotKeep:
    return CannotKeep(rows, irreducible=irreducible)


def find_obstacles(kept: Kept, watch: Watch) -> Infeasible:
    """Say what of the agreed plan cannot be kept; or that no plan at all obeys the rules."""
    if kept.frozen.impossible:
        return _impossible(kept)
    if has_plan(kept.plain, SolverOptions(), watch) is False:
        return find_reason(kept.scenario, watch)
    return _reason(kept, watch)


def _impossible(kept: Kept) -> CannotKeep:
    rows = tuple(_told(kept, placed) for placed in kept.frozen.impossible)
    return CannotKeep(rows, irreducible=len(rows) == 1)


def _told(kept: Kept, placed: Placed) -> ConflictRow:
    """Say what a row of the earlier plan has, and what stands against it where one row does."""
    facts = kept.plain.layout.facts
    stands = obstacle(kept.scenario, facts, placed)
    text = _("the agreed plan has {agreed}").format(agreed=agreed(kept.scenario, placed))
    place_ = f"{placed.table}.csv:{placed.row.line}: " if placed.row.line else ""
    columns = [c for c in DECISIONS[placed.table][1] if c not in {"quantity", "amount", "date"}]
    key = {column: str(getattr(placed.row, field_name(column))) for column in columns}
    sentence = place_ + (f"{text}; {stands}" if stands else text)
    return ConflictRow(placed.table, placed.row.line, key, sentence)


def _reason(kept: Kept, watch: Watch) -> Infeasible:
    """Find a smallest set of what is agreed that no plan keeps, and what stands against it."""
    search = _Search(kept, watch)
    payments = False
    groups = search.conflict(kept.frozen.groups_of_decisions, payments=False)
    if groups is None:  # the decisions can stay; the payments cannot
        payments = True
        groups = search.conflict(kept.frozen.groups_of_payments, payments=True) or []
    rows = [
        row
        for group in groups
        for row in ([_told(kept, p) for p in group] if group else [_nothing_new(kept)])
    ]
    against = [
        conflict_row(kept.scenario, row.table, row.place)
        for row in search.against(groups, payments=payments)
    ]
    return CannotKeep((*rows, *against), irreducible=not search.out_of_time)


def _nothing_new(kept: Kept) -> ConflictRow:
    day = kept.scenario.calendar.first_day(kept.first).isoformat()
    sentence = _("nothing that is not agreed is handed over, ordered or counted before {day}")
    return ConflictRow("frozen", 0, {"date": day}, sentence.format(day=day))


class _Search:
    """Asks whether any plan keeps some of what is agreed."""

    def __init__(self, kept: Kept, watch: Watch) -> None:
        self.kept, self.watch, self.out_of_time = kept, watch, False

    def conflict(self, groups: list[Group], *, payments: bool) -> list[Group] | None:
        """Return a smallest part of the groups that no plan keeps; None where one keeps them all."""

        def stands(held: list[Group]) -> bool:
            return self._has_none(groups, held, payments=payments)

        return shrink(groups, stands) if stands(groups) else None

    def _has_none(self, groups: list[Group], held: list[Group], *, payments: bool) -> bool:
        if not self.watch.left():
            self.out_of_time = True
            return False
        kept_ = {id(group) for group in held}
        released = [group for group in groups if id(group) not in kept_]
        model = self.kept.frozen.imposed(
            self.kept.plain, room=_ROOM, released=released, payments=payments
        )
        found = has_plan(model, SolverOptions(), self.watch)
        self.out_of_time |= found is None
        return found is False

    def against(self, groups: list[Group], *, payments: bool) -> list[Relaxation]:
        """Return a smallest set of the scenario's rows that stands against some of what is agreed."""
        scenario = self.kept.scenario
        rows = [*requirements_of(scenario), *limits_of(scenario)]
        wanted = self._only(groups, payments=payments)
        free = () if payments or () in groups else ((),)

        def stands(held: list[Relaxation]) -> bool:
            if not self.watch.left():
                self.out_of_time = True
                return False
            held_still = set(map(id, held))
            freed = relaxed(scenario, [row for row in rows if id(row) not in held_still])
            model = build_model(gather_facts(freed), ())
            kept = prepare(freed, model, wanted, self.kept.day)
            if kept.frozen.impossible:
                return True
            imposed = kept.frozen.imposed(model, room=_ROOM, released=free, payments=payments)
            found = has_plan(imposed, SolverOptions(), self.watch)
            self.out_of_time |= found is None
            return found is False

        return shrink(rows, stands) if stands(rows) else []

    def _only(self, groups: list[Group], *, payments: bool) -> Plan:
        """Return the plan with nothing but these rows; with payments, with all decisions too."""
        wanted = {id(placed.row) for group in groups for placed in group}
        plan = self.kept.plan
        tables = {
            table: tuple(
                row
                for row in rows
                if id(row) in wanted or (payments and table in DECISIONS and table != "payments")
            )
            for table, rows in plan.tables.items()
            if table in DECISIONS
        }
        return replace(plan, tables=tables)
