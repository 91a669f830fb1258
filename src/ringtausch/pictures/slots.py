"""Production slots: what the plan takes of what each supplier can deliver, and what is lost.

In: facts. Out: a section with one small picture for each supplier and item, and a table.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ringtausch.language import _
from ringtausch.pictures import page, svg, wording
from ringtausch.pictures.axes import TimeAxis, ValueAxis

if TYPE_CHECKING:
    from ringtausch.insight.measures.rows import Production, Slot
    from ringtausch.pictures.facts import Facts

__all__ = ["slots_section"]

_WIDTH, _HEIGHT = 320.0, 150.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 312.0, 12.0, 124.0
_PANELS_AT_MOST = 12


def slots_section(facts: Facts) -> page.Section:
    """Draw the slots of each supplier, used and not used."""
    title = _("Production slots")
    found: tuple[Production, ...] = facts.measures.rows("production")
    if not found:
        return page.Section("slots", title, _("Nothing is produced for this plan."), "")
    slots: dict[tuple[str, str], list[Slot]] = defaultdict(list)
    for slot in facts.measures.rows("slots"):
        slots[slot.supplier, slot.item].append(slot)
    lead = _(
        "The outline is what a supplier can deliver to the customers of this scenario in each"
        " period, filled is what is ordered. A slot that nobody takes is lost."
    )
    ranked = sorted(found, key=lambda row: -(row.share or 0.0))
    shown = ranked[:_PANELS_AT_MOST]
    rest = [_name(facts, row) for row in ranked[_PANELS_AT_MOST:]]
    said = _("Not drawn, but in the table: {names}.").format(names=wording.joined(rest, most=60))
    body = (
        page.key(
            [
                (svg.rect(0, 4, 28, 10, "paid"), _("used")),
                (svg.rect(1, 2, 26, 13, "released"), _("could be delivered")),
            ]
        )
        + page.panels(
            (
                _name(facts, row),
                _outcome(row),
                False,
                _panel(facts, f"slots-{n}", row, slots[row.supplier, row.item]),
            )
            for n, row in enumerate(shown)
        )
        + page.note(said if rest else "")
        + _table(facts, found, slots)
    )
    return page.Section("slots", title, lead, body)


def _name(facts: Facts, row: Production) -> str:
    return f"{facts.party(row.supplier)}: {facts.item(row.item)}"


def _outcome(row: Production) -> str:
    used, capacity = wording.number(row.used), wording.number(row.capacity)
    text = _("{used} of {capacity} used").format(used=used, capacity=capacity)
    return (
        text
        if not row.lost
        else _("{text}, {lost} lost").format(text=text, lost=wording.number(row.lost))
    )


def _panel(facts: Facts, key: str, row: Production, slots: list[Slot]) -> str:
    time = TimeAxis(facts.scenario, _LEFT, _RIGHT)
    axis = ValueAxis(max(max(s.capacity, s.used) for s in slots), _BOTTOM, _TOP, 3)
    width = max(0.8, time.band * 0.84)
    marks = [axis.draw(_LEFT, _RIGHT, wording.number)]
    for slot in slots:
        x = time.x(slot.period) + (time.band - width) / 2
        can, does = axis.y(slot.capacity), axis.y(slot.used)
        parts = [svg.rect(x, can, width, _BOTTOM - can, "released")]
        if slot.used:
            parts.append(svg.rect(x, does, width, _BOTTOM - does, "paid"))
        tip = _("{period}: {used} of {capacity}").format(
            period=facts.label(slot.period),
            used=wording.number(slot.used),
            capacity=wording.number(slot.capacity),
        )
        marks.append(svg.group(*parts, tip=tip))
    marks.append(time.draw(_TOP, _BOTTOM, room=34))
    return svg.picture(key, _WIDTH, _HEIGHT, _name(facts, row), _outcome(row), *marks)


def _table(
    facts: Facts, found: tuple[Production, ...], slots: dict[tuple[str, str], list[Slot]]
) -> str:
    rows: list[list[page.Cell]] = []
    for row in found:
        there = slots[row.supplier, row.item]
        used = [slot.period for slot in there if slot.used]
        rows.append(
            [
                facts.party(row.supplier),
                facts.item(row.item),
                *((v, wording.number(v)) for v in (row.capacity, row.used, row.lost)),
                _("–") if row.share is None else (row.share, wording.per_cent(row.share)),
                wording.dates(facts.scenario, [slot.period for slot in there]),
                wording.dates(facts.scenario, used) if used else "",
            ]
        )
    columns = [
        _("Supplier"), _("item"), _("could deliver"), _("used"), _("lost"), _("share"),
        _("when it could"), _("when used"),
    ]  # fmt: skip
    return page.table("slots-table", _("Production slots within the plan, units"), columns, rows)
