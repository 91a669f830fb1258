"""A comparison in sentences: how the variants do in all, and what each of them changes.

In: a comparison. Out: sentences, not yet escaped; true of any comparison, one without a plan in it
included. Every figure stands beside the one that it replaces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ringtausch.language import _, ngettext
from ringtausch.pictures import wording
from ringtausch.pictures.comparison_rows import Side, sides
from ringtausch.pictures.story import meanings, objective_value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ringtausch.insight.compare import Column, Comparison, Figures
    from ringtausch.insight.compare.gaps import Spell
    from ringtausch.insight.compare.needs import NeedOutcome
    from ringtausch.insight.compare.waits import Wait

__all__ = ["differences", "overview", "verdict", "warnings"]

_NAMED = 6


def overview(comparison: Comparison) -> list[str]:
    """Tell in a few sentences how many variants do better, which is best, and which change nothing."""
    variants = comparison.variants
    if not variants:
        return [_("There is no variant to compare.")]
    if not comparison.base.objectives:
        planned = sum(1 for column in variants if column.objectives)
        return [
            ngettext(
                "The scenario as it is has no plan; of {n} variant {planned} can be planned.",
                "The scenario as it is has no plan; of {n} variants {planned} can be planned.",
                len(variants),
            ).format(n=len(variants), planned=planned)
        ]
    better = [c for c in variants if (change := comparison.change(c)) and change.better]
    worse = [c for c in variants if (change := comparison.change(c)) and not change.better]
    none = [c for c in variants if not c.objectives]
    same = [c for c in variants if c not in better and c not in worse and c not in none]
    parts = [
        (len(better), _("{n} better")),
        (len(worse), _("{n} worse")),
        (len(same), _("{n} the same")),
        (len(none), _("{n} without a plan")),
    ]
    said = wording.joined([text.format(n=n) for n, text in parts if n], most=4)
    found = [
        ngettext(
            "{n} variant beside the scenario as it is, in the order of its aims: {said}.",
            "{n} variants beside the scenario as it is, in the order of its aims: {said}.",
            len(variants),
        ).format(n=len(variants), said=said)
    ]
    found += _ends(comparison, better, worse)
    if same:
        names = wording.joined([f"“{wording.clean(c.title)}”" for c in same], most=_NAMED)
        found.append(_("Nothing that is aimed at changes with {names}.").format(names=names))
    return found


def _ends(comparison: Comparison, better: list[Column], worse: list[Column]) -> list[str]:
    """Name the best and the worst variant, by the first aim in which they differ."""
    found = []
    for columns, template in (
        (better, _("Best: “{title}”: {what}.")),
        (worse, _("Worst: “{title}”: {what}.")),
    ):
        if columns:
            one = _furthest(comparison, columns, best=columns is better)
            what = _first_change(comparison, one)
            found.append(template.format(title=wording.clean(one.title), what=what))
    return found


def _furthest(comparison: Comparison, columns: list[Column], *, best: bool) -> Column:
    def values(column: Column) -> tuple[float, ...]:
        return tuple(column.objectives[name].value for name in comparison.order)

    return min(columns, key=values) if best else max(columns, key=values)


def _first_change(comparison: Comparison, column: Column) -> str:
    change = comparison.change(column)
    assert change is not None
    after = column.objectives[change.objective].value
    before = comparison.base.objectives[change.objective].value
    base, changed = _pair(comparison, column)
    return _("{aim} {after} instead of {before}").format(
        aim=meanings()[change.objective][0],
        after=_value(changed, change.objective, after),
        before=_value(base, change.objective, before),
    )


def _value(side: Side, name: str, value: float) -> str:
    assert side.facts is not None
    return objective_value(side.facts, name, value)


def _pair(comparison: Comparison, column: Column) -> tuple[Side, Side]:
    both = sides(comparison, plain=False)
    return both[0], both[comparison.columns.index(column)]


def warnings(comparison: Comparison) -> list[str]:
    """Say which variants were written for another state of the scenario."""
    stale = [column.name for column in comparison.variants if column.stale]
    if not stale:
        return []
    text = ngettext(
        "Written for another state of the scenario, so look again whether it still means what it"
        " says: {names}.",
        "Written for another state of the scenario, so look again whether they still mean what they"
        " say: {names}.",
        len(stale),
    )
    return [text.format(names=wording.joined(stale, most=_NAMED))]


def verdict(comparison: Comparison, column: Column) -> tuple[str, str]:
    """Say how a column does: a word (better, worse, same, none) and its words for people."""
    if column.status == "infeasible":
        return "none", _("no plan")
    if column.status == "unknown":
        return "none", _("no plan found in time")
    if not comparison.base.objectives:
        return "same", _("has a plan")
    change = comparison.change(column)
    if change is None:
        return "same", _("the same in every aim")
    aim = meanings()[change.objective][0]
    if change.better:
        return "better", _("better in “{aim}”").format(aim=aim)
    return "worse", _("worse in “{aim}”").format(aim=aim)


def differences(comparison: Comparison, column: Column) -> list[str]:
    """Tell what a column changes, each figure beside the one of the scenario as it is."""
    base, here = _pair(comparison, column)
    if here.figures is None or base.figures is None:
        return []
    change = comparison.change(column)
    found = [] if change is None else [f"{_capital(_first_change(comparison, column))}."]
    found += _needs(base, here)
    found += _waits(
        base,
        here,
        lambda f: f.waits,
        _("The longest wait for {item}: {after}; as it is: {before}."),
    )
    found += _waits(
        base,
        here,
        lambda f: f.overdue,
        _("Overdue for longest, {item}: {after}; as it is: {before}."),
    )
    found += _gap(base, here)
    found += _cost(base, here)
    if not found:
        found.append(_("Nothing that people ask about changes."))
    return found


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _needs(base: Side, here: Side) -> list[str]:
    assert base.figures is not None
    assert here.figures is not None
    before = {need.need: need for need in base.figures.needs}
    found = []
    for need in here.figures.needs:
        old = before.get(need.need)
        said, was = _met(here, need), None if old is None else _met(base, old)
        if said != was:
            text = _("{party}, {quantity} × {what}: {after}; as it is: {before}.")
            found.append(
                text.format(
                    party=here.party(need.party),
                    quantity=wording.number(need.quantity),
                    what=here.item(need.capability),
                    after=said,
                    before=was or _("not asked for"),
                )
            )
    return found


def _met(side: Side, need: NeedOutcome) -> str:
    scenario = side.column.scenario
    if need.last is None:
        return _("nothing")
    when = wording.when(scenario, need.last)
    if need.full is not None:
        return _("all of it from {when}").format(when=when)
    return _("{n} from {when} and no more").format(n=wording.number(need.met[-1]), when=when)


def _waits(
    base: Side, here: Side, waits: Callable[[Figures], Sequence[Wait]], template: str
) -> list[str]:
    """Say for each item how long the longest wait is, where that changes; who it is may be a tie."""
    assert base.figures is not None
    assert here.figures is not None
    old, new = waits(base.figures), waits(here.figures)
    found = []
    for item in dict.fromkeys(wait.item for wait in (*old, *new)):
        before = next((wait for wait in old if wait.item == item), None)
        after = next((wait for wait in new if wait.item == item), None)
        if _length(before) != _length(after):
            said = template.format(
                item=here.item(item), after=_longest(here, after), before=_longest(base, before)
            )
            found.append(said)
    return found


def _length(wait: Wait | None) -> tuple[int, bool]:
    return (0, False) if wait is None else (wait.periods, wait.open)


def _longest(side: Side, wait: Wait | None) -> str:
    if wait is None:
        return _("nobody")
    text = _("{party} {spell} and still waiting") if wait.open else _("{party} {spell}")
    spell = wording.periods(side.column.scenario, wait.periods)
    return text.format(party=side.party(wait.party), spell=spell)


def _gap(base: Side, here: Side) -> list[str]:
    assert base.figures is not None
    assert here.figures is not None
    before, after = (next(iter(side.figures.gaps), None) for side in (base, here))  # type: ignore[union-attr]
    if (before and (before.periods, before.deepest)) == (after and (after.periods, after.deepest)):
        return []
    text = _("The longest gap below a floor: {after}; as it is: {before}.")
    return [text.format(after=_spell(here, after), before=_spell(base, before))]


def _spell(side: Side, spell: Spell | None) -> str:
    if spell is None:
        return _("none")
    return _("{party} {spell}, {deepest} at worst").format(
        party=side.party(spell.party),
        spell=wording.periods(side.column.scenario, spell.periods),
        deepest=wording.number(spell.deepest),
    )


def _cost(base: Side, here: Side) -> list[str]:
    """Say what it costs and who pays most, where either changes."""
    before, after = (side.column.objectives["spend"].value for side in (base, here))
    old, new = base.money(before), here.money(after)
    paid, pays = _payers(base), _payers(here)
    if old != new:
        text = _("It costs {after}; as it is: {before}. Most of it is paid by {pays}.")
        return [text.format(after=new, before=old, pays=pays)]
    if paid != pays:
        text = _("It costs the same, {cost}, most of it paid by {pays}; as it is: by {paid}.")
        return [text.format(cost=new, pays=pays, paid=paid)]
    return []


def _payers(side: Side, most: int = 3) -> str:
    assert side.figures is not None
    names = [side.party(payer.party) for payer in side.figures.payers[:most]]
    return wording.joined(names) if names else _("nobody")
