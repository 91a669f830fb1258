"""Whom does it hurt: who waits for a scarce row, and what a little more of it is worth to each.

In: a scenario, a plan of it and one row. Out: what the row's release frees for which need, gap and
replacement, and what each small step does; everything planned exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ringtausch.insight.explain.changes import Change, apply_changes, edits_of, row_path
from ringtausch.insight.explain.explaining import plan_to_explain
from ringtausch.insight.explain.filters import refuse_other_scenario
from ringtausch.insight.explain.one_more import STEPPED, one_more
from ringtausch.insight.explain.release import TARGET_OBJECTIVES, Release, RowName, name_row
from ringtausch.insight.explain.releases import list_releases
from ringtausch.insight.explain.targets import (
    Freed,
    Target,
    amounts_in,
    compare_targets,
    find_targets,
)
from ringtausch.insight.explain.telling_waiting import tell_waiting
from ringtausch.insight.explain.trials import Deadline, best_values, improves
from ringtausch.language import _
from ringtausch.planning.bench import Bench
from ringtausch.records import Plan, Problem, Scenario
from ringtausch.records.edits import InvalidEdit, locate
from ringtausch.records.messages import or_suggest

__all__ = ["Waiting", "Worth", "waiting_for"]


@dataclass(frozen=True)
class Worth:
    """What a change of the row comes to: in words, as edits, and what it frees.

    `improves` are the objectives that get better at their place in the order; the change frees
    nothing where there are none. `status` is that of the plan found; objectives are empty where
    there is none.
    """

    sentence: str
    edits: tuple[str, ...]
    objectives: dict[str, float]
    improves: tuple[str, ...]
    freed: tuple[Freed, ...]


@dataclass(frozen=True)
class Waiting:
    """Who waits for a row: with the row released, and with a little more of it."""

    scenario: Scenario
    path: str
    row: RowName
    before: dict[str, float]
    released: tuple[Worth, ...]
    one_more: tuple[Worth, ...]
    notes: tuple[str, ...]
    complete: bool

    def __str__(self) -> str:
        """Tell it in sentences and a table of 80 columns."""
        return "\n".join(tell_waiting(self))


def waiting_for(
    scenario: Scenario, plan: Plan, row: str, *, time_limit: float | None = None
) -> Waiting:
    """Say which needs, gaps and replacements wait for a row, and what one more of it is worth.

    Parameters
    ----------
    scenario, plan
        What was planned, and a plan of it.
    row
        The row as edits name it: `production[supplier=S,item=gun,from=2025-01-01]`. Of offers,
        lanes, supply, production, releases, funds, earmarks, assurances, floors, stocks or arrivals.
    time_limit
        Seconds after which the rest is left untried.

    Raises
    ------
    InvalidInput
        A row that is not there or cannot give more room, or a plan of another scenario.
    """
    refuse_other_scenario(scenario, plan)
    table, found = locate(scenario, row)
    if table not in STEPPED:
        message = _("a row of {table} gives no more or less room; {hint}")
        text = message.format(table=table, hint=or_suggest(table, STEPPED))
        raise InvalidEdit([Problem(row, 0, "", table, text)])
    place = next(n for n, other in enumerate(scenario.rows(table)) if other is found)
    name = name_row(scenario, table, place)
    deadline = Deadline(time_limit)
    bench = Bench(scenario, plan)
    told, notes = plan_to_explain(scenario, plan, bench)
    targets = find_targets(scenario, told)
    ask = _Asking(bench, targets, deadline)
    releases = [release for release in list_releases(scenario) if name in release.rows]
    released = [
        ask.worth(_released_text(release), release.changes, release.objectives)
        for release in releases
    ]
    steps = [ask.worth(step.sentence, step.changes) for step in one_more(scenario, table, place)]
    if deadline.reached:
        notes.append(_("The time limit left some of it untried."))
    return Waiting(
        scenario=scenario,
        path=row_path(scenario, table, place),
        row=name,
        before=best_values(scenario, bench.plan),
        released=tuple(worth for worth in released if worth is not None),
        one_more=tuple(worth for worth in steps if worth is not None),
        notes=tuple(notes),
        complete=not deadline.reached,
    )


def _released_text(release: Release) -> str:
    """Say what is gone: a lane and a supply have limits, and a lead besides."""
    if not release.only_adds:
        return _("nothing on the way")
    return _("without its limits")


@dataclass(frozen=True)
class _Asking:
    """What every change is held against."""

    bench: Bench
    targets: Sequence[Target]
    deadline: Deadline

    def worth(
        self,
        sentence: str,
        changes: Sequence[Change],
        objectives: frozenset[str] = frozenset(TARGET_OBJECTIVES),
    ) -> Worth | None:
        """Plan with a change; None where there was no time for it."""
        left = self.deadline.left()
        if left is not None and left <= 0:
            self.deadline.reached = True
            return None
        scenario = self.bench.scenario
        trial = self.bench.try_(apply_changes(scenario, changes), time_limit=left)
        if trial.status in {"feasible", "unknown"}:
            self.deadline.reached = True
            return None
        edits = edits_of(scenario, changes)
        if trial.plan is None:
            return Worth(_("{change}: no plan at all").format(change=sentence), edits, {}, (), ())
        before = best_values(scenario, self.bench.plan)
        after = best_values(scenario, trial.plan)
        better = tuple(
            name
            for name in self.bench.order
            if name in objectives and improves(self.bench.order, name, before, after)
        )
        freed = compare_targets(self.targets, amounts_in(scenario, trial.plan))
        freed = tuple(f for f in freed if f.target.objective in better)
        return Worth(sentence, edits, trial.objectives, better, freed)
