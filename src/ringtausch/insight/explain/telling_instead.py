"""What another decision comes to, in words: the objectives, whom it hurts, or what stands against it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ringtausch.insight.explain.effects import PartyEffect, TargetEffect
from ringtausch.insight.explain.telling import target_name, wrapped
from ringtausch.insight.explain.wording import (
    amount_text,
    number_text,
    unit_periods,
    when_text,
)
from ringtausch.language import _
from ringtausch.planning.bench import same_value
from ringtausch.records import Scenario

if TYPE_CHECKING:
    from ringtausch.insight.explain.instead import Instead
    from ringtausch.insight.explain.obstacles import Obstacle

__all__ = ["objective_rows", "tell_instead"]


def tell_instead(answer: Instead) -> Iterator[str]:
    """Tell the whole answer, line by line."""
    for note in answer.notes:
        if answer.status != "impossible":
            yield from wrapped(note)
    heads = {
        "possible": _("The best plan with:"),
        "impossible": _("It cannot be:"),
        "unknown": _("No plan was found in the time given with:"),
    }
    yield heads[answer.status]
    for edit in answer.edits:
        yield f"  {edit}"
    if answer.status == "impossible":
        for obstacle in answer.obstacles:
            yield from wrapped(_obstacle(obstacle))
        for note in answer.notes:
            yield from wrapped(note)
    elif answer.status == "possible":
        yield from _costs(answer)


def _obstacle(obstacle: Obstacle) -> str:
    """Say what stands against it, as one sentence."""
    text = obstacle.sentence
    return _("{text}.").format(text=text[:1].upper() + text[1:])


def _costs(answer: Instead) -> Iterator[str]:
    scenario = answer.scenario
    order = scenario.objectives
    differs = [n for n in order if not same_value(answer.before[n], answer.after[n])]
    if not differs:
        yield _("It costs nothing: every objective stays as it is.")
    else:
        yield from objective_rows(scenario, answer.before, answer.after)
    if answer.targets:
        yield _("Who has less or waits longer, or the other way round, in {unit}").format(
            unit=unit_periods(scenario)
        )
        for effect in answer.targets:
            yield _target_row(scenario, effect)
    if answer.parties:
        yield _("Who does what otherwise")
        for change in answer.parties:
            yield _party_row(scenario, change)


def objective_rows(
    scenario: Scenario, before: dict[str, float], after: dict[str, float]
) -> Iterator[str]:
    """Show the objectives in their order, before and after; a star marks those that differ."""
    yield f"  {_('objective'):20}{_('before'):>18}{_('after'):>18}{_('change'):>18}"
    for name in scenario.objectives:
        star = " " if same_value(before[name], after[name]) else "*"
        old, new = before[name], after[name]
        change = 0.0 if star == " " else new - old
        yield (f"{star} {name:20}{number_text(old):>18}{number_text(new):>18}{_signed(change):>18}")


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + number_text(value)


def _target_row(scenario: Scenario, effect: TargetEffect) -> str:
    first, last = effect.periods[0], effect.periods[-1]
    when = when_text(scenario, first)
    if last != first:
        when = f"{when} - {when_text(scenario, last)}"
    name = target_name(effect.target)
    numbers = f"{number_text(effect.before, 1)} -> {number_text(effect.after, 1)}"
    return f"  {name:36}{numbers:>22}  {when}".rstrip()


def _party_row(scenario: Scenario, change: PartyEffect) -> str:
    words = {
        "gives": _("gives"),
        "receives": _("receives"),
        "orders": _("orders"),
        "waits": _("waits for"),
        "pays": _("pays"),
    }
    if change.what == "pays":
        before = amount_text(change.before, "", scenario)
        after = amount_text(change.after, "", scenario)
        unit = ""
    else:
        before, after = number_text(change.before, 1), number_text(change.after, 1)
        unit = change.item
        if change.what == "waits":
            unit = _("{item} ({unit})").format(item=unit, unit=unit_periods(scenario))
    return f"  {change.party:14}{words[change.what]:10}{before} -> {after} {unit}".rstrip()
