"""Why not more, why not sooner: what binds each shortfall, and what each thing that binds would free.

In: facts and an explanation that was proved elsewhere. Out: a section with a picture for each target
and a table. Nothing is solved here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ringtausch.language import _
from ringtausch.pictures import page, svg, wording
from ringtausch.pictures.measures_text import unit_words

if TYPE_CHECKING:
    from ringtausch.insight.explain import Cause, Explanation
    from ringtausch.insight.explain.targets import Freed, Target
    from ringtausch.pictures.facts import Facts

__all__ = ["why_section"]

_WIDTH, _WHAT, _BAR, _END = 1040.0, 118.0, 640.0, 900.0
_ROW = 36.0
_TARGETS_AT_MOST, _CAUSES_AT_MOST = 12, 8


def why_section(facts: Facts, why: Explanation) -> page.Section:
    """Draw for each unmet need, gap and late replacement what binds it and what that would free."""
    title = _("Why not more, why not sooner")
    if not why.targets:
        said = _(
            "Nothing is missing in this plan: every need is met, no floor and no promise broken."
        )
        return page.Section("why", title, " ".join([said, *why.notes]), "")
    lead = _(
        "Each bar is what would be freed if the one thing beside it no longer bound; the outline is"
        " all that is missing. Every cause is proved: without it the whole plan was made again and"
        " is better. Bars do not add up, since several things may stand in the way of the same unit."
    )
    if facts.weighted:
        lead += " " + _("Units are counted as they are, the aims count them by weight.")
    caused = [target for target in why.targets if why.causes_of(target)]
    shown = caused[:_TARGETS_AT_MOST]
    names = wording.joined([_name(facts, target) for target in caused[len(shown) :]], most=60)
    body = (
        page.note(" ".join(why.notes))
        + page.key(
            [
                (svg.rect(0, 3, 28, 10, "carried"), _("would be freed")),
                (svg.rect(1, 2, 26, 12, "released"), _("all that is missing")),
            ]
        )
        + "".join(_target(facts, why, f"why-{n}", target) for n, target in enumerate(shown))
        + page.note(_("Not drawn, but in the table: {names}.").format(names=names) if names else "")
        + _uncaused(facts, why)
        + (_table(facts, why) if caused else "")
    )
    return page.Section("why", title, lead, body)


def _target(facts: Facts, why: Explanation, key: str, target: Target) -> str:
    """Draw one target that has causes: a line for each, the one that frees most on top."""
    causes = why.causes_of(target)
    caption = f"{_name(facts, target)}: {_missing(facts, target)}"
    shown = causes[:_CAUSES_AT_MOST]
    marks, said_all = [], []
    for n, cause in enumerate(shown):
        freed = _freed(cause, target)
        y = (n + 0.5) * _ROW + 4
        words = _words(facts, freed)
        first, second = svg.folded(_what(cause), _BAR - _WHAT - 14, svg.SIZES["amount"])
        up = 3 if second else -5
        scale = (_END - _BAR) / target.amount
        marks.append(
            svg.group(
                svg.label(0, y + 5, _family(cause.family), "muted", room=_WHAT - 10),
                svg.label(_WHAT, y - up, first, "amount"),
                svg.label(_WHAT, y + 14, second, "amount") if second else "",
                svg.rect(_BAR, y - 8, _END - _BAR, 16, "released"),
                svg.rect(_BAR, y - 8, min(freed.amount, target.amount) * scale, 16, "carried"),
                svg.label(_END + 12, y + 5, words, "muted", room=_WIDTH - _END - 12),
                tip=f"{_what(cause)}: {words}",
            )
        )
        said_all.append(f"{_family(cause.family)}: {_what(cause)}: {words}")
    height = len(shown) * _ROW + 8
    more = len(causes) - len(shown)
    folded = page.note(_("{n} more causes are in the table.").format(n=more) if more else "")
    picture = svg.picture(key, _WIDTH, height, caption, "; ".join(said_all), *marks)
    return page.figure(picture, caption) + folded


def _uncaused(facts: Facts, why: Explanation) -> str:
    """List what is missing and has no cause, and say why not."""
    found = [target for target in why.targets if not why.causes_of(target)]
    if not found:
        return ""
    said = (
        _("For these no row of the scenario would help, alone or in the sets tried:")
        if why.complete
        else _("For these no cause was found in the time given:")
    )
    lines = [f"{_name(facts, target)}: {_missing(facts, target)}" for target in found]
    return page.note(said) + page.lines(lines)


def _freed(cause: Cause, target: Target) -> Freed:
    return next(freed for freed in cause.freed if freed.target.key == target.key)


def _what(cause: Cause) -> str:
    return wording.clean(_(" and ").join(cause.sentences))


def _words(facts: Facts, freed: Freed) -> str:
    return f"{wording.number(freed.amount, 1)} {unit_words(facts.scenario.period)}"


def _missing(facts: Facts, target: Target) -> str:
    found = [period for period, _quantity in target.periods]
    return _("{amount} {unit} {kind}, {span}").format(
        amount=wording.number(target.amount),
        unit=unit_words(facts.scenario.period),
        kind={
            "unmet_need": _("unmet"),
            "capability_gap": _("below the floor"),
            "late_replacement": _("late"),
        }[target.objective],
        span=wording.span(facts.scenario, found),
    )


def _name(facts: Facts, target: Target) -> str:
    party, subject = facts.party(target.party), facts.item(target.subject)
    if target.objective == "unmet_need":
        need = wording.clean(target.names[0])
        return _("{party}: need {need}, {subject}").format(party=party, need=need, subject=subject)
    if target.objective == "capability_gap":
        return _("{party}: gap in {subject}").format(party=party, subject=subject)
    return _("{party}: replacement of {subject}").format(party=party, subject=subject)


def _family(family: str) -> str:
    names = {
        "money": _("money"),
        "consent": _("consent"),
        "willingness": _("willingness"),
        "production": _("production"),
        "time": _("time"),
        "floors": _("floors"),
    }
    return " + ".join(names.get(part, part) for part in family.split("+"))


def _table(facts: Facts, why: Explanation) -> str:
    rows: list[list[page.Cell]] = []
    for target in why.targets:
        for cause in why.causes_of(target):
            freed = _freed(cause, target)
            rows.append(
                [
                    _name(facts, target),
                    _family(cause.family),
                    _what(cause),
                    (freed.amount, wording.number(freed.amount, 1)),
                    (target.amount, wording.number(target.amount)),
                    wording.dates(facts.scenario, freed.periods) if freed.periods else "",
                    "; ".join(wording.clean(edit) for edit in cause.release),
                ]
            )
    columns = [
        _("What is missing"), _("kind"), _("what binds"), _("freed"), _("of"), _("when"),
        _("released by"),
    ]  # fmt: skip
    caption = _("Causes and what each would free, {unit}").format(
        unit=unit_words(facts.scenario.period)
    )
    return page.table("why-table", caption, columns, rows, look="text")
