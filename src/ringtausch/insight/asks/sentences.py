"""The sentence to ask with: what would be better, at what price, and what it costs who is asked.

In: a wish, the figures of the plan without it and of the plan with it, and the cost. Out: one sentence.
Each figure in it is read off the two plans.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ringtausch.insight.asks.effects import Cost, Outcomes
from ringtausch.insight.asks.words import Words, joined, number
from ringtausch.language import N_, _, ngettext
from ringtausch.planning.bench import same_value

__all__ = ["Effects", "cost_sentence", "effects_of", "sentence"]

_EPS = 1e-6
_NAMED_AT_MOST = 2


@dataclass(frozen=True, slots=True)
class Effects:
    """What changes, the largest first, and the price: the first thing that becomes worse with it."""

    gains: tuple[str, ...] = ()
    price: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """One change: its weight in the objective (below 0 is better), and what to say of it."""

    change: float
    text: str
    party: str = ""


def sentence(wish: str, effects: Effects, cost: str = "") -> str:
    """Put the sentence together.

    Examples
    --------
    >>> sentence("Greece offered 1 gun", Effects(("Ukraine's need N2 would be met 3 months earlier",)),
    ...          "Greece would wait 14 months and stay above its floor")  # doctest: +NORMALIZE_WHITESPACE
    "If Greece offered 1 gun, Ukraine's need N2 would be met 3 months earlier; Greece would wait 14
    months and stay above its floor."
    """
    gains = joined(effects.gains) or _("nothing would change")
    text = _("If {wish}, {effects}").format(wish=wish, effects=gains)
    if effects.price:
        text = _("{text}, though {price}").format(text=text, price=effects.price)
    return _("{text}; {cost}.").format(text=text, cost=cost) if cost else f"{text}."


def effects_of(order: Sequence[str], before: Outcomes, after: Outcomes, asked: str = "") -> Effects:
    """Say what changes in the first objective of the order that differs, and what is paid for it.

    The price is what becomes worse in that objective or in the first later one that does; what the
    one who is asked pays with its own gap is its cost, and is said there.
    """
    words = Words(before.scenario)
    old, new = before.best, after.best
    changed = [name for name in order if not same_value(old[name], new[name])]
    if not changed:
        return Effects()
    first, rest = changed[0], changed[1:]
    better = new[first] < old[first]
    parts = _parts(first, words, before, after)
    gains = [part.text for part in parts if (part.change < 0) == better][:_NAMED_AT_MOST]
    prices = [part for part in parts if (part.change < 0) != better]
    for name in rest:
        if new[name] > old[name] and name != "moved_value":  # whatever is given more moves
            prices += [p for p in _parts(name, words, before, after) if p.change > 0]
    own = [part for part in _gaps(words, before, after) if part.party == asked]
    said = [part.text for part in prices if part not in own]
    return Effects(tuple(gains), said[0] if said else "")


def cost_sentence(words: Words, party: str, cost: Cost, *, floor: bool) -> str:
    """Say what it costs the one who is asked; empty where nothing of its own changes."""
    parts = []
    if cost.unpromised > _EPS:
        parts.append(_("is promised no replacement"))
    if cost.open:
        parts.append(_("would not have all of it replaced within the plan"))
    elif cost.wait and cost.wait != cost.wait_before:
        parts.append(_("would wait {months}").format(months=words.months(cost.wait)))
    if cost.gap > _EPS:
        gap = number(cost.gap)
        more = ngettext("{n} unit-month", "{n} unit-months", 1 if gap == "1" else 2).format(n=gap)
        below = _("be {unit_months} more below its floor").format(unit_months=more)
        parts.append(below if _follows_would(parts) else _("would {what}").format(what=below))
    elif floor and cost.below <= _EPS and parts:
        stay = _("stay above its floor")
        parts.append(stay if _follows_would(parts) else _("would {what}").format(what=stay))
    return f"{words.party(party)} {joined(parts)}" if parts else ""


def _follows_would(parts: Sequence[str]) -> bool:
    """Tell whether the last part has the auxiliary that the next one shares."""
    return bool(parts) and parts[-1].startswith(_("would wait"))


# ---- one objective each: its changes by need or party, the largest first


def _parts(name: str, words: Words, before: Outcomes, after: Outcomes) -> list[_Part]:
    change = after.best[name] - before.best[name]
    found = sorted(
        (part for part in _SAY[name](words, before, after) if abs(part.change) > _EPS),
        key=lambda part: (-abs(part.change), part.text),
    )
    if any((part.change < 0) == (change < 0) for part in found):
        return found
    how = _("{objective} would fall by {n}") if change < 0 else _("{objective} would rise by {n}")
    return [_Part(change, how.format(objective=name, n=number(abs(change)))), *found]


def _needs(words: Words, before: Outcomes, after: Outcomes) -> list[_Part]:
    weights = {row.need: float(row.weight) for row in before.scenario.needs}
    return [
        _Part(weights[need] * change, _need(words, before, after, need), after.needs[need].party)
        for need, change in _changes(before.unmet, after.unmet).items()
    ]


def _need(words: Words, before: Outcomes, after: Outcomes, name: str) -> str:
    """Say when a need would be met; or, where that stays as it is, how much less of it is missing."""
    old, new = before.needs[name], after.needs[name]
    whose = _("{party}'s need {need}").format(party=words.party(new.party), need=name)
    if new.full is not None and old.full is None:
        return _("{need} would be met in {period} instead of never").format(
            need=whose, period=words.period(new.full)
        )
    if new.full is None and old.full is not None:
        return _("{need} would not be met in full any more").format(need=whose)
    if new.full is not None and old.full is not None and new.full != old.full:
        how = _("{months} earlier") if new.full < old.full else _("{months} later")
        return _("{need} would be met {how}").format(
            need=whose, how=how.format(months=words.periods(abs(new.full - old.full)))
        )
    change = after.unmet.get(name, 0.0) - before.unmet.get(name, 0.0)
    how = _("{amount} less") if change < 0 else _("{amount} more")
    return _("{need} would miss {how}").format(
        need=whose, how=how.format(amount=words.unit_periods(abs(change)))
    )


def _late(words: Words, before: Outcomes, after: Outcomes) -> list[_Part]:
    less = _("{amount} less of what {party} is owed would be late")
    more = _("{amount} more of what {party} is owed would be late")
    return _by_party(words, before.late, after.late, less, more)


def _gaps(words: Words, before: Outcomes, after: Outcomes) -> list[_Part]:
    less = _("{party} would be {amount} less below its floor")
    more = _("{party} would be {amount} more below its floor")
    return _by_party(words, before.gaps, after.gaps, less, more)


def _by_party(
    words: Words, before: Mapping[str, float], after: Mapping[str, float], less: str, more: str
) -> list[_Part]:
    return [
        _Part(
            change,
            (less if change < 0 else more).format(
                party=words.party(party), amount=words.unit_periods(abs(change))
            ),
            party,
        )
        for party, change in _changes(before, after).items()
    ]


def _changes(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    return {name: after.get(name, 0.0) - before.get(name, 0.0) for name in {**before, **after}}


def _amount(
    objective: str, less: str, more: str
) -> Callable[[Words, Outcomes, Outcomes], list[_Part]]:
    def said(words: Words, before: Outcomes, after: Outcomes) -> list[_Part]:
        change = after.best[objective] - before.best[objective]
        text = _(less) if change < 0 else _(more)
        return [_Part(change, text.format(money=words.money(abs(change))))]

    return said


_SAY: dict[str, Callable[[Words, Outcomes, Outcomes], list[_Part]]] = {
    "late_replacement": _late,
    "unmet_need": _needs,
    "capability_gap": _gaps,
    "spend": _amount("spend", N_("{money} less would be spent"), N_("{money} more would be spent")),
    "moved_value": _amount(
        "moved_value",
        N_("{money} less would have to move"),
        N_("{money} more would have to move"),
    ),
    "unfairness": _amount(
        "unfairness",
        N_("the burden would be {money} closer to the key"),
        N_("the burden would be {money} further from the key"),
    ),
}
