"""The workbench: a scenario under the hands of somebody who asks one *what if* after the other.

In: a scenario, then edits. Out: for each state a first bound at once and its best plan soon: the best
plan of the scenario and its relaxations are kept at hand. Undo goes back to the very same scenario.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from ringtausch.insight.first_bounds import FirstBounds
from ringtausch.language import _, ngettext
from ringtausch.planning.bench import Bench
from ringtausch.planning.infeasible import LimitReached, find_reason
from ringtausch.planning.watch import Watch
from ringtausch.records.edits import edit_scenario
from ringtausch.records.plan import Plan
from ringtausch.records.scenario import Scenario

__all__ = ["Workbench", "workbench"]


@dataclass
class _State:
    """A scenario as it stood after a call of `edit`, with its plan once there is one."""

    scenario: Scenario
    edits: tuple[str, ...]
    plan: Plan | None = None


class Workbench:
    """A scenario that is changed step by step and planned again, with the model kept warm.

    Made by `workbench`. Each call of `edit` is one step, that `undo` takes back and `redo` makes
    again. `base` is the scenario as it was, `base_plan` its best plan.
    """

    def __init__(self, scenario: Scenario, plan: Plan | None = None) -> None:
        self._bench = Bench(scenario, plan)
        self._bounds = FirstBounds(self._bench)
        self._states = [_State(scenario, (), self._bench.plan)]
        self._undone: list[_State] = []

    @property
    def base(self) -> Scenario:
        """The scenario as it was before all edits."""
        return self._bench.scenario

    @property
    def base_plan(self) -> Plan:
        """The best plan of the scenario as it was."""
        return self._bench.plan

    @property
    def scenario(self) -> Scenario:
        """The scenario as it stands."""
        return self._states[-1].scenario

    @property
    def edits(self) -> tuple[str, ...]:
        """All edits that lead from the base to the scenario as it stands."""
        return tuple(edit for state in self._states for edit in state.edits)

    def edit(self, *edits: str) -> Workbench:
        """Change the scenario, as one step; all edits or none.

        Raises
        ------
        InvalidEdit
            An edit says nothing that can be done, or the result would be no scenario.
        """
        changed = edit_scenario(self.scenario, edits)
        self._states.append(_State(changed, edits))
        self._undone.clear()
        return self

    def undo(self, steps: int = 1) -> Workbench:
        """Take back the last steps; what was planned before need not be planned again.

        Raises
        ------
        ValueError
            There are not so many steps to take back.
        """
        there = len(self._states) - 1
        if not 0 <= steps <= there:
            raise ValueError(_undoable(_("take back"), steps, there))
        for _step in range(steps):
            self._undone.append(self._states.pop())
        return self

    def redo(self, steps: int = 1) -> Workbench:
        """Make again what was taken back, unless something else was edited since.

        Raises
        ------
        ValueError
            Not so many steps were taken back.
        """
        if not 0 <= steps <= len(self._undone):
            raise ValueError(_undoable(_("make again"), steps, len(self._undone)))
        for _step in range(steps):
            self._states.append(self._undone.pop())
        return self

    def bound(self) -> dict[str, float]:
        """Return at once what no plan of the scenario as it stands can be below.

        For each objective in the order a bound of its value in the best plan: proved, but not
        always reached. An infinite bound says that there is no plan.
        """
        plan = self._states[-1].plan
        if plan is not None:
            return {
                name: plan.objectives[name].value if bound is None else bound
                for name in self._bench.order
                for bound in (plan.objectives[name].bound,)
            }
        return self._bounds.of(self.scenario)

    def plan(self, *, time_limit: float | None = None) -> Plan:
        """Find the best plan of the scenario as it stands, exactly.

        Raises
        ------
        Infeasible
            No plan obeys all rules; names the rows that cannot hold together.
        LimitReached
            The time was over before any plan was found.
        """
        state = self._states[-1]
        if state.plan is not None:
            return state.plan
        watch = Watch(time_limit)
        trial = self._bench.try_(state.scenario, time_limit=time_limit)
        if trial.status == "infeasible":
            raise find_reason(state.scenario, watch)
        if trial.plan is None:
            raise LimitReached(watch.seconds(), interrupted=False)
        if trial.status == "optimal":
            state.plan = trial.plan
        return trial.plan

    def __repr__(self) -> str:
        """Say what was changed, and what it comes to as far as that is known."""
        edits = self.edits
        head = ngettext("{n} edit", "{n} edits", len(edits)).format(n=len(edits))
        lines = [f"<Workbench {self.base.name!r}: {head}>", *(f"  {edit}" for edit in edits)]
        lines += [
            f"  {name:18} {before:>16,.6g} {after:>16}" for name, before, after in self._values()
        ]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        edits = "".join(f"<li><code>{escape(edit)}</code></li>" for edit in self.edits)
        rows = "".join(
            f"<tr><td>{escape(name)}</td><td>{before:,.6g}</td><td>{escape(after)}</td></tr>"
            for name, before, after in self._values()
        )
        titles = (_("objective"), _("before"), _("now"))
        head = "".join(f"<th scope='col'>{escape(title)}</th>" for title in titles)
        return (
            f"<strong>{escape(self.base.name)}</strong><ol>{edits}</ol>"
            f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        )

    def _values(self) -> list[tuple[str, float, str]]:
        """List each objective before and now; what is not planned yet has a bound only."""
        plan = self._states[-1].plan
        bounds = {} if plan is not None else self.bound()
        before = self.base_plan.objectives
        return [
            (
                name,
                before[name].value,
                f"≥ {bounds[name]:,.6g}" if plan is None else f"{plan.objectives[name].value:,.6g}",
            )
            for name in self._bench.order
        ]


def workbench(scenario: Scenario, plan: Plan | None = None) -> Workbench:
    """Put a scenario on a workbench: plan it once, then edit it, look at bounds and plan again.

    Parameters
    ----------
    scenario
        What is known and on which terms.
    plan
        A plan of it that is there already, so that it need not be found again.

    Raises
    ------
    Infeasible
        The scenario itself has no plan.

    Examples
    --------
    >>> import ringtausch as rt
    >>> w = rt.workbench(rt.read("examples/ringtausch-2022"))
    >>> w.edit("scenario.settlement=30").edits
    ('scenario.settlement=30',)
    >>> w.undo().scenario is w.base
    True
    """
    return Workbench(scenario, plan)


def _undoable(verb: str, steps: int, there: int) -> str:
    return _("cannot {verb} {steps} steps: there are {there}").format(
        verb=verb, steps=steps, there=there
    )
