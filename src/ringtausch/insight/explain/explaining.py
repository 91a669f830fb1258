"""Explain a plan: what is missing, what binds it, and what each thing that binds would free.

In: a scenario and a plan of it. Out: an `Explanation`. A cause is named because the scenario without
it was planned and is better, never because a dual says so.
"""

from __future__ import annotations

from collections.abc import Sequence

from ringtausch.insight.explain.causes import families_of, find_alone, find_together
from ringtausch.insight.explain.changes import edits_of
from ringtausch.insight.explain.explanation import Cause, Explanation
from ringtausch.insight.explain.filters import Filter, read_filter, refuse_other_scenario
from ringtausch.insight.explain.release import TARGET_OBJECTIVES, Release
from ringtausch.insight.explain.releases import list_releases
from ringtausch.insight.explain.targets import (
    Freed,
    Target,
    amounts_in,
    compare_targets,
    find_targets,
)
from ringtausch.insight.explain.trials import Deadline, Rows, Trials, best_values
from ringtausch.insight.verify import verify
from ringtausch.language import _
from ringtausch.planning.bench import Bench, same_value
from ringtausch.records import Plan, Scenario

__all__ = ["explain", "plan_to_explain"]

#: The share of the time in which causes are looked for; the rest is for what each of them comes to.
_FIRST = 0.6


def explain(  # noqa: PLR0913 - one parameter for each way to ask
    scenario: Scenario,
    plan: Plan,
    *,
    need: str | None = None,
    party: str | None = None,
    item: str | None = None,
    fund: str | None = None,
    gap: str | None = None,
    time_limit: float | None = None,
    processes: int = 1,
) -> Explanation:
    """Say what binds each unmet need, gap and late replacement of a plan.

    Every named cause is proved: the scenario with its rows released is planned exactly, and the
    objective is better at its place in the order. None of the releases listed in
    `docs/reference/changes.md` that would help alone is missed.

    Parameters
    ----------
    scenario, plan
        What was planned, and a plan of it. A plan that is not the best one is explained against the
        best one, and a note says so.
    need, party, item
        Only what is about this need, this party or this item.
    fund
        Only what the limits of this fund cause.
    gap
        Only this gap, as PARTY:CAPABILITY:DATE.
    time_limit
        Seconds after which rows are left untried; `complete` is then false.
    processes
        How many processes share the work.

    Raises
    ------
    InvalidInput
        A name that the scenario does not have, or a plan of another scenario.

    Examples
    --------
    A has the gun that C needs, and no lane leads from A to C.

    >>> import ringtausch as rt
    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from ringtausch.records.tables import Item, Need, Offer, Party, Stock
    >>> scenario = rt.Scenario(
    ...     name="one gun", start=date(2025, 1, 1), period="month", horizon=2, settlement=0,
    ...     currency="EUR", parties=(Party(party="A"), Party(party="C")), items=(Item(item="gun"),),
    ...     stocks=(Stock(party="A", item="gun", quantity=Decimal(1)),),
    ...     offers=(Offer(offer="o", party="A", item="gun", quantity=Decimal(1)),),
    ...     needs=(Need(need="n", party="C", capability="gun", quantity=Decimal(1),
    ...                 due=date(2025, 1, 1)),))
    >>> print(rt.explain(scenario, rt.plan(scenario)))
    n of C (gun) lacks 2 unit-months, 2025-01 to 2025-02.
      family      what binds                                  frees when
      consent     there is no lane for gun from A to C            2 2025-01 - 2025-02
    """
    refuse_other_scenario(scenario, plan)
    asked = read_filter(scenario, need=need, party=party, item=item, fund=fund, gap=gap)
    deadline = Deadline(time_limit)
    bench = Bench(scenario, plan)
    told, notes = plan_to_explain(scenario, plan, bench)
    targets = asked.chosen(scenario, find_targets(scenario, told))
    targets = tuple(target for target in targets if target.objective in bench.order)
    notes += _aims_left_out(scenario)
    causes: list[Cause] = []
    if targets:
        causes = _find_causes(bench, targets, asked, deadline, processes)
    if deadline.reached:
        notes.append(
            _("The solver could prove nothing for some rows: there may be more causes.")
            if time_limit is None
            else _("The time limit left rows untried: there may be more causes.")
        )
    before = best_values(scenario, bench.plan)
    return Explanation(
        scenario,
        before,
        targets,
        tuple(causes),
        tuple(notes),
        complete=not deadline.reached,
        fund=asked.fund,
    )


def plan_to_explain(scenario: Scenario, plan: Plan, bench: Bench) -> tuple[Plan, list[str]]:
    """Return the user's plan where it is as good as the best one, else the best one, with a note."""
    proof = verify(scenario, plan)
    best = best_values(scenario, bench.plan)
    if not proof.ok:
        note = _(
            "The plan breaks rules (ringtausch verify names them); the best plan is explained."
        )
        return bench.plan, [note]
    worse = [
        name
        for name in bench.order
        if proof.objectives[name] > best[name]
        and not same_value(proof.objectives[name], best[name])
    ]
    if worse and not (scenario.tolerance or scenario.allowance):
        text = _("The plan is not the best one: {name} could be {best:g} instead of {value:g}.")
        note = text.format(name=worse[0], best=best[worse[0]], value=proof.objectives[worse[0]])
        return bench.plan, [note, _("The best plan is explained.")]
    told = plan if _tells_all(plan, proof.objectives) else bench.plan
    return told, []


def _tells_all(plan: Plan, objectives: dict[str, float]) -> bool:
    """Tell whether a plan that was perhaps made by hand has the tables of what is missing."""
    tables = {"unmet_need": "unmet", "capability_gap": "gaps", "late_replacement": "debts"}
    return all(plan.rows(table) or not objectives[name] for name, table in tables.items())


def _aims_left_out(scenario: Scenario) -> list[str]:
    return [
        _("{name} is no objective of this scenario: nothing of it is explained.").format(name=name)
        for name in TARGET_OBJECTIVES
        if name not in scenario.objectives
    ]


def _find_causes(
    bench: Bench, targets: Sequence[Target], asked: Filter, deadline: Deadline, processes: int
) -> list[Cause]:
    """Find the causes of some targets: first what helps alone, then sets for what nothing helps."""
    releases = list_releases(bench.scenario)
    trials = Trials(bench, releases, deadline, processes)
    objectives = [name for name in bench.order if name in {t.objective for t in targets}]
    first = deadline.first(_FIRST)
    alone = find_alone(_quick(trials, objectives, first), objectives)
    deadline.reached |= first.reached
    sets: dict[Rows, set[str]] = {frozenset([n]): set(names) for n, names in alone.items()}
    trials.solve(sets)
    explained = {
        freed.target.key
        for rows, names in sets.items()
        for freed in _freed(trials, rows, targets)
        if freed.target.objective in names
    }
    for target in targets:
        if target.key not in explained and not deadline.reached:
            for rows in find_together(trials, target, alone):
                sets.setdefault(rows, set()).add(target.objective)
    causes = [_cause(trials, rows, names, targets) for rows, names in sets.items()]
    kept = [cause for cause in causes if cause is not None]
    if asked != Filter():
        kept = [cause for cause in kept if cause.freed]
    if asked.fund:
        of_fund = {edit for r in releases if r.fund == asked.fund for edit in _edits(bench, r)}
        kept = [cause for cause in kept if of_fund.intersection(cause.release)]
    return kept


def _edits(bench: Bench, release: Release) -> tuple[str, ...]:
    return edits_of(bench.scenario, release.changes)


def _quick(trials: Trials, objectives: Sequence[str], deadline: Deadline) -> Trials:
    """Return trials that stop after the last objective asked about: what comes later costs time."""
    order = trials.bench.order
    last = max(order.index(name) for name in objectives)
    if last == len(order) - 1 and deadline.seconds is None:
        return trials
    bench = Bench(trials.bench.scenario, trials.bench.plan, order[: last + 1])
    return Trials(bench, trials.releases, deadline, trials.processes)


def _freed(trials: Trials, rows: Rows, targets: Sequence[Target]) -> tuple[Freed, ...]:
    trial = trials.trial(rows)
    if trial is None or trial.plan is None:
        return ()
    return compare_targets(targets, amounts_in(trials.bench.scenario, trial.plan))


def _cause(trials: Trials, rows: Rows, names: set[str], targets: Sequence[Target]) -> Cause | None:
    trial = trials.trial(rows)
    if trial is None or trial.plan is None:
        return None
    releases = [trials.releases[number] for number in sorted(rows)]
    changes = [change for release in releases for change in release.changes]
    return Cause(
        family=families_of(releases),
        rows=tuple(row for release in releases for row in release.rows),
        release=edits_of(trials.bench.scenario, changes),
        objectives=trial.objectives,
        improves=tuple(name for name in trials.bench.order if name in names),
        freed=compare_targets(targets, amounts_in(trials.bench.scenario, trial.plan)),
        sentences=tuple(release.sentence for release in releases),
    )
