"""How good the plan is, and how it was made: objectives with bounds, settings, versions, hash.

In: facts. Out: two sections of tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ringtausch.language import _
from ringtausch.pictures import page, wording
from ringtausch.pictures.outcomes import proof_words
from ringtausch.pictures.story import meanings, objective_value
from ringtausch.records import OBJECTIVES

if TYPE_CHECKING:
    from ringtausch.pictures.facts import Facts

__all__ = ["quality_section", "settings_section"]


def quality_section(facts: Facts) -> page.Section:
    """List the objectives in their order: value, best possible, what it means."""
    listed = facts.aims
    order = [*listed, *(name for name in OBJECTIVES if name not in listed)]
    rows: list[list[page.Cell]] = []
    for name in order:
        rank = str(listed.index(name) + 1) if name in listed else _("–")
        title, meaning = meanings()[name]
        value = objective_value(facts, name, facts.plan.objectives[name].value)
        rows.append([rank, title, value, proof_words(facts, name), _slack(facts, name), meaning])
    columns = [
        _("Order"), _("aim"), _("this plan"), _("proof"), _("later aims may give up"), _("meaning"),
    ]  # fmt: skip
    if not any(row[4] for row in rows):
        columns.pop(4)
        for row in rows:
            row.pop(4)
    lead = _(
        "The aims count in this order: the second is pursued only as far as it costs the first"
        " nothing, and so on. Every figure is better the smaller it is."
    )
    body = page.table("quality-table", _("Aims and proof"), columns, rows, shut=False, look="text")
    return page.Section("quality", _("How good this plan is"), lead, body)


def _slack(facts: Facts, name: str) -> str:
    scenario = facts.scenario
    parts = []
    if scenario.tolerance.get(name):
        parts.append(wording.per_cent(float(scenario.tolerance[name])))
    if scenario.allowance.get(name):
        parts.append(objective_value(facts, name, float(scenario.allowance[name])))
    return " + ".join(parts)


def settings_section(facts: Facts) -> page.Section:
    """List what reproduces the plan: scenario, hash, settings, solver, versions."""
    scenario, plan = facts.scenario, facts.plan
    kinds = {"month": _("months"), "week": _("weeks"), "quarter": _("quarters")}
    rows: list[list[page.Cell]] = [
        [_("scenario"), wording.clean(scenario.name)],
        [_("content hash of the scenario"), plan.scenario_hash],
        [_("start"), scenario.start.isoformat()],
        [_("periods"), kinds[scenario.period]],
        [_("horizon, then settlement"), f"{scenario.horizon} + {scenario.settlement}"],
        [_("reporting currency"), wording.clean(scenario.currency)],
    ]
    for currency, rate in scenario.fx.items():
        rows.append([_("1 {currency} in {reporting}").format(
            currency=wording.clean(currency), reporting=wording.clean(scenario.currency)
        ), wording.number(float(rate), 6)])  # fmt: skip
    ended = {"optimal": _("proved best"), "feasible": _("stopped by a limit, best found so far")}
    rows.append([_("how the search ended"), ended[plan.status]])
    rows += [[_("solver: {name}").format(name=n), _plain(v)] for n, v in plan.solver.items()]
    rows.append([_("seconds"), wording.number(plan.seconds)])
    rows += [[_("setting: {name}").format(name=n), _plain(v)] for n, v in plan.settings.items()]
    lead = _("Whoever plans the same scenario with the same settings gets the same plan.")
    columns = [_("What"), _("value")]
    caption = _("Settings and versions")
    body = page.table("settings-table", caption, columns, rows, shut=False, look="text")
    return page.Section("settings", _("How this plan was made"), lead, body)


def _plain(value: Any) -> str:
    if value is None:
        return _("not set")
    if isinstance(value, (list, tuple)):
        return ", ".join(_plain(part) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {_plain(part)}" for key, part in value.items())
    return wording.clean(str(value))
