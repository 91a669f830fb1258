"""Fallbacks in lines of at most 80 characters: each leg, what its failing costs, whom it hurts, what to do.

In: fallbacks. Out: lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ringtausch.insight.changes.words import objective_text, wrapped
from ringtausch.language import _, ngettext

if TYPE_CHECKING:
    from ringtausch.insight.fallback.falling_back import Fallback, Fallbacks

__all__ = ["cost_text", "lines_of"]

_MOST = 3  # lines of each kind in the table; JSON has them all


def lines_of(fallbacks: Fallbacks) -> list[str]:
    """Tell all fallbacks, the worst first."""
    if not fallbacks.rows:
        return [_("The plan hands over, orders and pays nothing: nothing can fail.")]
    lines = [_("If this fails, the worst first:")]
    for row in fallbacks.rows:
        lines += wrapped(f"{row.leg.sentence}: {cost_text(fallbacks, row)}", 2)
        for worse in row.worse[:_MOST]:
            lines += wrapped(worse.sentence, 6)
        lines += _and_more(len(row.worse))
        for reason in row.reasons:
            lines += wrapped(reason, 6)
        for preparation in row.prepare[:_MOST]:
            lines += wrapped(_("now: {what}").format(what=preparation.sentence), 6)
        lines += _and_more(len(row.prepare))
    return lines


def cost_text(fallbacks: Fallbacks, row: Fallback) -> str:
    """Say what the failing of a leg costs."""
    if row.status == "infeasible":
        return _("there is no plan without it; these rows cannot hold together")
    if row.status == "unknown":
        return _("no plan without it was found in time")
    if row.difference is None:
        return _("no aim is worse")
    name, change = row.difference
    amount = objective_text(fallbacks.scenario, name, abs(change))
    return (_("{amount} more") if change > 0 else _("{amount} less")).format(amount=amount)


def _and_more(count: int) -> list[str]:
    more = count - _MOST
    if more <= 0:
        return []
    return [" " * 6 + ngettext("and {n} more", "and {n} more", more).format(n=more)]
