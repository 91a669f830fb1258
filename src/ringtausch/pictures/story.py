"""The answer in three sentences, and what each objective means in words.

In: facts. Out: sentences, not yet escaped. They must be true of any plan: one that does nothing, one
that misses every need, one that nobody has proved best.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ringtausch.language import _, ngettext
from ringtausch.pictures import wording
from ringtausch.pictures.ledger import spending
from ringtausch.pictures.returns import EPS

if TYPE_CHECKING:
    from ringtausch.pictures.facts import Facts
    from ringtausch.pictures.returns import Owed

__all__ = ["answer", "gap_to_bound", "meanings", "objective_value"]

_NAME_LENGTH = 32

#: A value this close to its bound (relative to 1 or the value) is proved: ten times the numerical
#: slack that the page allows each step.
_PROVED = 1e-5


def answer(facts: Facts) -> tuple[str, str, str]:
    """Tell the plan in three sentences: what is given and met, what comes back, what it costs."""
    return (_given_and_met(facts), _returned_and_kept(facts), _cost_and_proof(facts))


def _given_and_met(facts: Facts) -> str:
    return _("{given}; {needs}.").format(given=_given(facts), needs=_needs(facts))


def _given(facts: Facts) -> str:
    if not facts.dispatches:
        return _("Nothing is handed over in this plan")
    units: dict[str, float] = defaultdict(float)
    for row in facts.dispatches:
        units[row.item] += row.quantity
    things = [
        f"{wording.number(units[item.item])}{wording.THIN}×{wording.THIN}{_short(facts.item(item.item))}"
        for item in facts.scenario.items
        if item.item in units
    ]
    receivers = {row.to for row in facts.dispatches}
    names = [_short(facts.party(p.party)) for p in facts.scenario.parties if p.party in receivers]
    givers = list(facts.givers())
    template = ngettext(
        "{who} hands over {things} to {receivers} {span}",
        "{who} hand over {things} to {receivers} {span}",
        len(givers),
    )
    return template.format(
        who=wording.joined([_short(facts.party(giver)) for giver in givers]),
        things=wording.joined(things, most=3),
        receivers=wording.joined(names, most=2),
        span=wording.span(facts.scenario, [row.period for row in facts.dispatches]),
    )


def _needs(facts: Facts) -> str:
    if not facts.needs:
        return _("nobody has stated a need")
    states = [series.state for series in facts.needs]
    count, met = len(states), states.count("met")
    if met == count:
        return ngettext(
            "the one need is met by its date", "all {n} needs are met by their dates", count
        ).format(n=count)
    parts = [
        (met, ngettext("{n} met by its date", "{n} met by their dates", met)),
        (states.count("late"), _("{n} met late")),
        (states.count("open"), _("{n} not met in full by the end")),
        (states.count("waiting"), _("{n} not met in full but due only after the plan")),
    ]
    said = ", ".join(text.format(n=n) for n, text in parts if n)
    return ngettext("of the one need: {said}", "of {n} needs: {said}", count).format(
        n=count, said=said
    )


def _returned_and_kept(facts: Facts) -> str:
    return _("{returned}; {kept}.").format(returned=_returned(facts), kept=_kept(facts))


def _returned(facts: Facts) -> str:
    claims, count = facts.claims, facts.count
    if not claims:
        return _("No replacement is owed to anyone")
    states = [claim.state(count) for claim in claims]
    intime = states.count("intime")
    if intime == len(claims):
        last = max(part.period for claim in claims for part in claim.returns)
        return _("Everything owed is replaced in time, the last of it {last}").format(
            last=wording.span(facts.scenario, [last])
        )
    parts = [_("{n} in time").format(n=intime)] if intime else []
    late = [claim for claim in claims if claim.state(count) == "late"]
    if late:
        parts.append(_("{n} late by up to {late} ({names})").format(**_worst(facts, late)))
    never = [claim for claim in claims if claim.state(count) == "open"]
    if never:
        text = _("{n} overdue at the end by up to {late} ({names})")
        parts.append(text.format(**_worst(facts, never)))
    if states.count("waiting"):
        parts.append(_("{n} due only after the plan").format(n=states.count("waiting")))
    return ngettext(
        "Of the one replacement owed: {said}", "Of {n} replacements owed: {said}", len(claims)
    ).format(n=len(claims), said=", ".join(parts))


def _worst(facts: Facts, claims: list[Owed]) -> dict[str, object]:
    """Count claims that fare badly, say by how much at worst and whom it concerns."""
    parties = {claim.party for claim in claims}
    names = [_short(facts.party(p.party)) for p in facts.scenario.parties if p.party in parties]
    late = max(claim.periods_late(facts.count) for claim in claims)
    return {
        "n": len(claims),
        "late": wording.periods(facts.scenario, late),
        "names": wording.joined(names, most=3),
    }


def _kept(facts: Facts) -> str:
    if not facts.floors:
        return _("no floors were set")
    below = [series for series in facts.floors if series.below]
    if not below:
        return _("every floor is kept")
    worst = max(below, key=lambda s: (s.worst / max(EPS, *s.floor), s.worst))
    parties = {series.party for series in below}
    return ngettext(
        "{n} party is below a floor at some time: {name} by {gap} of {floor} × {what}",
        "{n} parties are below a floor at some time, at worst {name} by {gap} of {floor} × {what}",
        len(parties),
    ).format(
        n=len(parties),
        name=_short(facts.party(worst.party)),
        gap=wording.number(worst.worst),
        floor=wording.number(worst.floor[worst.gap.index(worst.worst)]),
        what=_short(facts.item(worst.capability)),
    )


def _cost_and_proof(facts: Facts) -> str:
    return _("{cost}; {proof}.").format(cost=_cost(facts), proof=_proof(facts))


def _cost(facts: Facts) -> str:
    total = spending(facts).total
    if total < EPS:
        return _("Nothing is spent")
    payers = {row.fund for row in facts.rows("payments")}
    return ngettext(
        "{total} is spent, from {n} fund", "{total} is spent, from {n} funds", len(payers)
    ).format(total=wording.money(total, facts.scenario.currency), n=len(payers))


def _proof(facts: Facts) -> str:
    if facts.plan.status == "optimal":
        scenario = facts.scenario
        if any(scenario.tolerance.values()) or any(scenario.allowance.values()):
            return _("it is proved that no plan is better, up to the tolerances set for the aims")
        return _("it is proved that no plan is better in the order of the aims")
    for name in facts.aims:
        found = facts.plan.objectives[name]
        if found.bound is None:
            return _(
                "the search was stopped: this is the best plan found so far, and for"
                " “{aim}” nothing is proved yet"
            ).format(aim=meanings()[name][0])
        if gap_to_bound(found.value, found.bound):
            return _(
                "the search was stopped: this is the best plan found so far, and “{aim}” is"
                " {value} where no plan can be below {bound}"
            ).format(
                aim=meanings()[name][0],
                value=objective_value(facts, name, found.value),
                bound=objective_value(facts, name, found.bound),
            )
    return _("the search was stopped: this is the best plan found so far")


def gap_to_bound(value: float, bound: float | None) -> float | None:
    """Return how far a value lies above what is proved; 0.0 when proved, None when nothing is.

    Examples
    --------
    >>> gap_to_bound(12.0, 10.0), gap_to_bound(3.0, 3.0), gap_to_bound(1.0, None)
    (2.0, 0.0, None)
    """
    if bound is None:
        return None
    gap = value - bound
    return gap if gap > _PROVED * max(1.0, abs(value)) else 0.0


def objective_value(facts: Facts, name: str, value: float) -> str:
    """Write an objective's value with its unit."""
    if name in {"spend", "moved_value", "unfairness"}:
        return wording.money(value, facts.scenario.currency)
    units = {
        "month": _("{n} unit-months"),
        "week": _("{n} unit-weeks"),
        "quarter": _("{n} unit-quarters"),
    }
    return units[facts.scenario.period].format(n=wording.number(value))


def meanings() -> dict[str, tuple[str, str]]:
    """Name each objective for people, and say what its figure counts."""
    return {
        "late_replacement": (
            _("late replacements"),
            _(
                "Units still owed after their deadline, counted again in every period they are"
                " late and by the weight agreed. 0 means: nobody waits longer than agreed."
            ),
        ),
        "unmet_need": (
            _("unmet needs"),
            _(
                "Units still missing once a need is due, counted again in every period and by the"
                " weight of the need. 0 means: every need is met by its date."
            ),
        ),
        "capability_gap": (
            _("gaps below the floors"),
            _(
                "Units by which parties stand below what they must keep, counted in every period"
                " and by weight. 0 means: no floor is broken."
            ),
        ),
        "spend": (
            _("money spent"),
            _("All charges, those of earlier decisions included, in the reporting currency."),
        ),
        "moved_value": (
            _("value moved"),
            _(
                "The value of everything handed over or ordered: nothing should move without a"
                " reason. A unit without a value counts 1."
            ),
        ),
        "unfairness": (
            _("unfairness"),
            _(
                "The money that would have to change hands for the burden to match the agreed"
                " key. 0 means: everyone carries exactly its share."
            ),
        ),
    }


def _short(name: str) -> str:
    return wording.shorten(name, _NAME_LENGTH)
