"""Filters: which part of a plan is asked about, by the user's own names.

In: names as the user wrote them. Out: a `Filter`, or all that is wrong with them at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from ringtausch.insight.explain.release import TARGET_OBJECTIVES
from ringtausch.insight.explain.targets import Target
from ringtausch.insight.explain.uses import Holdings
from ringtausch.language import _
from ringtausch.records import InvalidInput, InvalidPlan, Plan, Problem, Scenario
from ringtausch.records.problems import nearest

__all__ = ["Filter", "read_filter", "refuse_other_scenario"]


@dataclass(frozen=True)
class Filter:
    """What is asked about; empty = everything. A gap is a party, a capability and a period."""

    need: str = ""
    party: str = ""
    item: str = ""
    fund: str = ""
    gap: tuple[str, str, int] | None = None

    @property
    def objectives(self) -> tuple[str, ...]:
        """Which objectives can hold what is asked about."""
        if self.need:
            return ("unmet_need",)
        return ("capability_gap",) if self.gap else TARGET_OBJECTIVES

    def chosen(self, scenario: Scenario, targets: Iterable[Target]) -> tuple[Target, ...]:
        """Return the targets that are asked about; of a gap only its one period."""
        holdings = Holdings(scenario)
        found = []
        for target in targets:
            if target.objective not in self.objectives:
                continue
            if self.need and target.names != (self.need,):
                continue
            if self.party and target.party != self.party:
                continue
            if self.item and not self._about_item(holdings, target):
                continue
            if self.gap is not None:
                if target.names != self.gap[:2]:
                    continue
                periods = tuple(p for p in target.periods if p[0] == self.gap[2])
                target = replace(target, periods=periods)  # noqa: PLW2901 - the part asked about
                if not periods:
                    continue
            found.append(target)
        return tuple(found)

    def _about_item(self, holdings: Holdings, target: Target) -> bool:
        if target.objective == "late_replacement":
            return target.subject == self.item
        return holdings.counts(target.subject, self.item)


def read_filter(
    scenario: Scenario,
    *,
    need: str | None = None,
    party: str | None = None,
    item: str | None = None,
    fund: str | None = None,
    gap: str | None = None,
) -> Filter:
    """Match names with the scenario.

    Raises
    ------
    InvalidInput
        A name that is not there, with the nearest that is; a gap that is not PARTY:CAPABILITY:DATE.
    """
    given = {"need": need, "party": party, "item": item, "fund": fund}
    tables = {"need": "needs", "party": "parties", "item": "items", "fund": "funds"}
    wrong = []
    for column, value in given.items():
        known = [getattr(row, column) for row in scenario.rows(tables[column])]
        if value is not None and value not in known:
            wrong.append(_unknown(f"--{column}", column, value, known))
    found, of_gap = _read_gap(scenario, gap)
    wrong += of_gap
    if wrong:
        raise InvalidInput(wrong)
    return Filter(need or "", party or "", item or "", fund or "", found)


def _read_gap(
    scenario: Scenario, text: str | None
) -> tuple[tuple[str, str, int] | None, list[Problem]]:
    if text is None:
        return None, []
    parts = text.rsplit(":", 2)
    if len(parts) != 3:
        message = _('"{text}" is not PARTY:CAPABILITY:DATE, such as DEU:patriot-defence:2026-01-01')
        return None, [Problem("--gap", 0, "", text, message.format(text=text))]
    party, capability, day = parts
    floors = {(row.party, row.capability) for row in scenario.floors}
    wrong = []
    if party not in {known for known, _capability in floors}:
        wrong.append(_unknown("--gap", "party with a floor", party, [p for p, _c in floors]))
    elif (party, capability) not in floors:
        known = [c for p, c in floors if p == party]
        wrong.append(_unknown("--gap", f"floor of {party}", capability, known))
    period = _period(scenario, day)
    if period is None:
        message = _('"{day}" is no date of the plan; write one such as {first}')
        first = scenario.calendar.first_day(0)
        wrong.append(Problem("--gap", 0, "", day, message.format(day=day, first=first)))
    if wrong or period is None:
        return None, wrong
    return (party, capability, period), []


def _period(scenario: Scenario, text: str) -> int | None:
    try:
        day = date.fromisoformat(f"{text}-01" if len(text) == 7 else text)
    except ValueError:
        return None
    period = scenario.calendar.index(day)
    return period if period < scenario.calendar.count else None


def _unknown(option: str, what: str, value: str, known: Iterable[str]) -> Problem:
    names = sorted(set(known))
    close = nearest(value, names)
    if close is not None:
        hint = _('did you mean "{name}"?').format(name=close)
    elif names:
        hint = _("known are {names}").format(names=", ".join(names[:8]))
    else:
        hint = _("the scenario has none")
    message = _('unknown {what} "{value}"; {hint}').format(what=what, value=value, hint=hint)
    return Problem(option, 0, "", value, message)


def refuse_other_scenario(scenario: Scenario, plan: Plan) -> None:
    """Refuse a plan that was made from another scenario.

    Raises
    ------
    InvalidPlan
        The hash that the plan carries is not the scenario's.
    """
    if plan.scenario_hash != scenario.content_hash:
        message = _(
            'the plan is of another scenario or of another state of it ("{name}"); make a plan of'
            " this one first: ringtausch plan"
        ).format(name=plan.scenario_name)
        raise InvalidPlan([Problem("plan.json", 0, "", plan.scenario_hash, message)])
