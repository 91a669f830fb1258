"""Every sentence about a plan that cannot be adopted, one function each."""

from __future__ import annotations

from collections.abc import Iterable

from ringtausch.language import _
from ringtausch.records.messages import or_suggest

__all__: list[str] = []


def another_scenario(name: str) -> str:
    """Say that a plan is not of the scenario that was given with it."""
    return _(
        'the plan was made from another scenario, or "{name}" was changed since; plan again, or name'
        " the folder that was planned with --scenario"
    ).format(name=name)


def no_scenario(place: str) -> str:
    """Say that a plan says too little by itself."""
    return _(
        "a plan is adopted with the scenario that was planned, and {place} is none; name its folder"
        " with --scenario"
    ).format(place=place)


def no_months(months: int) -> str:
    """Say that a number of months is none."""
    return _("{months} is no number of months; write 1 or more").format(months=months)


def unknown(name: str, known: Iterable[str], *, is_item: bool) -> str:
    """Say that the register does not know a party or an item of the plan."""
    if is_item:
        text = _('the register knows no item "{name}"; {suggest}; or add it to the directory')
    else:
        text = _('the register knows no party "{name}"; {suggest}; or add it to the directory')
    return text.format(name=name, suggest=or_suggest(name, known))


def adopted_before(matter: str) -> str:
    """Say that a plan has been adopted already."""
    return _("{matter} is proposed already: this plan was adopted before").format(matter=matter)


def nobody_replaces() -> str:
    """Say that a plan hands over something that nobody replaces within it."""
    return _("the plan says of nobody that it replaces this")
