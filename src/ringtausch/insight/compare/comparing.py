"""Plan variants of a scenario beside it, and put the answers side by side.

In: a scenario, variants, perhaps an older plan of the scenario. Out: a `Comparison`. Where the
scenario has no plan itself, its variants are planned all the same.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ringtausch.insight.compare.column import Column, ColumnStatus, Comparison
from ringtausch.insight.compare.figures import figures_of
from ringtausch.insight.compare.messages import variant_fails
from ringtausch.insight.compare.reasons import why_none
from ringtausch.insight.given_plan import refuse_unproved
from ringtausch.language import _
from ringtausch.records import InvalidEdit

if TYPE_CHECKING:
    from ringtausch.planning.bench import Bench, Trial
    from ringtausch.records import Plan, Scenario
    from ringtausch.records.variants import Variant

__all__ = ["compare"]


def compare(
    scenario: Scenario,
    variants: Mapping[str, Variant] | Iterable[Variant] = (),
    plan: Plan | None = None,
    *,
    time_limit: float | None = None,
    processes: int = 1,
    written_for: Scenario | None = None,
) -> Comparison:
    """Plan variants of a scenario beside it and work out what people ask about.

    Parameters
    ----------
    scenario
        What is known; the first column.
    variants
        What else might be, as `rt.variants` reads it from a folder.
    plan
        An older plan of the same scenario, to stand beside the best one.
    time_limit
        Seconds for each variant: its best plan by then stands here, marked as not proved.
    processes
        How many processes share the work; 1 = this one alone.
    written_for
        The scenario that the variants stand beside, where `scenario` is an edited one.

    Raises
    ------
    InvalidPlan
        The older plan was made for another scenario, or breaks a rule.
    InvalidEdit
        An edit of a variant does not apply to this scenario.

    Examples
    --------
    >>> import ringtausch as rt
    >>> scenario = rt.read("examples/ringtausch-2022")
    >>> compare(scenario).base.status
    'optimal'
    """
    if plan is not None:
        refuse_unproved(scenario, plan)
    chosen = list(variants.values() if isinstance(variants, Mapping) else variants)
    edited = _apply(scenario, chosen)
    bench = _bench(scenario)
    columns = [_base(scenario, bench)]
    if plan is not None:
        columns.append(_old(scenario, plan))
    trials = dict(_trials(scenario, bench, edited, processes, time_limit))
    columns += [
        _variant(variant, changed, trials[place], (written_for or scenario).content_hash)
        for place, (variant, changed) in enumerate(zip(chosen, edited, strict=True))
    ]
    return Comparison(tuple(columns), tuple(scenario.objectives))


def _apply(scenario: Scenario, variants: list[Variant]) -> list[Scenario]:
    """Change the scenario as each variant says; all that does not apply is told at once."""
    from ringtausch.records.edits import edit_scenario

    edited, problems = [], []
    for variant in variants:
        try:
            edited.append(edit_scenario(scenario, variant.all_edits))
        except InvalidEdit as invalid:
            problems += [
                dataclasses.replace(p, message=variant_fails(variant.name, p.message))
                for p in invalid.problems
            ]
    if problems:
        raise InvalidEdit(problems)
    return edited


def _bench(scenario: Scenario) -> Bench | None:
    """Plan the scenario itself and keep the model warm; None where it has no plan."""
    from ringtausch.planning import Infeasible
    from ringtausch.planning.bench import Bench

    try:
        return Bench(scenario)
    except Infeasible:
        return None


def _trials(
    scenario: Scenario,
    bench: Bench | None,
    edited: list[Scenario],
    processes: int,
    time_limit: float | None,
) -> Iterator[tuple[int, Trial]]:
    """Plan the variants, near the plan of the scenario where that can be."""
    same_order = [n for n, one in enumerate(edited) if one.objectives == scenario.objectives]
    warm = same_order if bench is not None else []
    if bench is not None:
        near = [edited[n] for n in warm]
        for place, trial in bench.try_many(near, processes=processes, time_limit=time_limit):
            yield warm[place], trial
    for place, one in enumerate(edited):
        if place not in warm:
            yield place, _cold(one, time_limit)


def _cold(scenario: Scenario, time_limit: float | None) -> Trial:
    """Plan a scenario from the start: one with an order of its own, or where nothing is near."""
    from ringtausch.planning import Infeasible, LimitReached
    from ringtausch.planning import plan as find_plan
    from ringtausch.planning.bench import Trial

    try:
        found = find_plan(scenario, time_limit=time_limit)
    except Infeasible:
        return Trial("infeasible")
    except LimitReached:
        return Trial("unknown")
    return Trial(found.status, found)


def _base(scenario: Scenario, bench: Bench | None) -> Column:
    plan = None if bench is None else bench.plan
    status: ColumnStatus = "infeasible" if plan is None else plan.status
    title = _("the scenario as it is")
    return _column(scenario, plan, status, kind="base", title=title)


def _old(scenario: Scenario, plan: Plan) -> Column:
    title = _("the plan that is given")
    return _column(scenario, plan, plan.status, kind="plan", title=title)


def _variant(variant: Variant, changed: Scenario, trial: Trial, content_hash: str) -> Column:
    return _column(
        changed,
        trial.plan,
        trial.status,
        kind="variant",
        name=variant.name,
        title=variant.title,
        reason=variant.reason,
        edits=tuple(variant.all_edits),
        on=variant.on or "",
        made_from=variant.made_from,
        stale=not content_hash.startswith(variant.made_from),
    )


def _column(scenario: Scenario, plan: Plan | None, status: ColumnStatus, **words: Any) -> Column:
    """Put a column together; where there is no plan, say why in short."""
    blank: dict[str, Any] = {
        "name": "",
        "reason": "",
        "edits": (),
        "on": "",
        "made_from": "",
        "stale": False,
    }
    return Column(
        scenario=scenario,
        status=status,
        objectives={} if plan is None else dict(plan.objectives),
        plan=plan,
        figures=None if plan is None else figures_of(scenario, plan),
        why_none=why_none(scenario) if status == "infeasible" else (),
        **(blank | words),
    )
