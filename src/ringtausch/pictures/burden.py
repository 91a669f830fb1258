"""Burden against key: what each party carries, beside what the agreed key asks of it.

In: facts. Out: a section with a picture and a table (V_p of the objective `unfairness`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ringtausch.language import _
from ringtausch.pictures import page, svg, wording
from ringtausch.pictures.ledger import Burden, burdens
from ringtausch.pictures.returns import EPS
from ringtausch.pictures.shares import shares_panels

if TYPE_CHECKING:
    from ringtausch.pictures.facts import Facts

__all__ = ["burden_section"]

_WIDTH, _NAME, _RIGHT = 1040.0, 220.0, 700.0
_ROW = 32.0
_ROWS_AT_MOST = 30


def burden_section(facts: Facts) -> page.Section:
    """Draw what each party with a burden key carries and what its key asks."""
    title = _("Burden against the agreed key")
    found = burdens(facts)
    if not found:
        said = _("No burden key was agreed.")
        return page.Section("burden", title, said, shares_panels(facts))
    ranked = sorted(found, key=lambda b: -max(abs(b.carried), abs(b.asked)))
    shown, rest = ranked[:_ROWS_AT_MOST], ranked[_ROWS_AT_MOST:]
    lead = _(
        "The bar is what a party carries: money and the value of what it hands over, less what it"
        " gets. The mark is its share by the key. {amount} would have to change hands to match it."
    ).format(
        amount=wording.money(sum(abs(line.above) for line in found) / 2, facts.scenario.currency)
    )
    names = wording.joined([facts.party(line.party) for line in rest], most=60)
    body = (
        page.key(
            [
                (svg.rect(0, 3, 28, 10, "carried"), _("carries")),
                (svg.path("M10 1h8l-4 7zM10 15h8l-4-7z", "asked"), _("its share by the key")),
            ]
        )
        + page.figure(_draw(facts, shown), name=title)
        + page.note(_("Not drawn, but in the table: {names}.").format(names=names) if rest else "")
        + _table(facts, found)
        + shares_panels(facts)
    )
    return page.Section("burden", title, lead, body)


def _draw(facts: Facts, shown: list[Burden]) -> str:
    values = [0.0, *(b.carried for b in shown), *(b.asked for b in shown)]
    low, high = min(values), max(values)
    scale = (_RIGHT - _NAME) / ((high - low) or 1.0)
    zero = _NAME - low * scale
    marks, said = [], []
    for n, line in enumerate(shown):
        y = 6 + n * _ROW + _ROW / 2
        carried, asked = zero + line.carried * scale, zero + line.asked * scale
        words, name = _verdict(facts, line), facts.party(line.party)
        arrows = f"M{asked - 4:.1f} {y - 13:.1f}h8l-4 7zM{asked - 4:.1f} {y + 13:.1f}h8l-4-7z"
        marks.append(
            svg.group(
                svg.label(0, y + 5, name, "amount", room=_NAME - 12),
                svg.rect(min(zero, carried), y - 7, abs(carried - zero), 14, "carried"),
                svg.line(asked, y - 12, asked, y + 12, "asked"),
                svg.path(arrows, "asked"),
                svg.label(_RIGHT + 18, y + 5, words, "muted", room=_WIDTH - _RIGHT - 18),
            )
        )
        said.append(f"{name}: {words}")
    height = 12 + len(shown) * _ROW
    marks.insert(0, svg.line(zero, 2, zero, height - 2, "axis"))
    title = _("Burden against the agreed key")
    return svg.picture("burden-picture", _WIDTH, height, title, "; ".join(said), *marks)


def _verdict(facts: Facts, line: Burden) -> str:
    currency = facts.scenario.currency
    carried = wording.money(line.carried, currency)
    if abs(line.above) < max(EPS, 1e-4 * abs(line.asked)):
        return _("{carried}, exactly its share").format(carried=carried)
    apart = wording.money(abs(line.above), "").strip(wording.THIN)
    if line.above > 0:
        return _("{carried}, {apart} above its share").format(carried=carried, apart=apart)
    return _("{carried}, {apart} below its share").format(carried=carried, apart=apart)


def _table(facts: Facts, found: list[Burden]) -> str:
    rows: list[list[page.Cell]] = []
    for line in found:
        values = (
            line.money, line.handed, line.owed_before, -line.received, -line.compensation,
            line.carried, line.asked, line.above,
        )  # fmt: skip
        rows.append(
            [
                facts.party(line.party),
                (line.key, wording.per_cent(line.key)),
                *((value, wording.number(value, 0)) for value in values),
            ]
        )
    columns = [
        _("Party"), _("key"), _("money from its funds"), _("value handed over"),
        _("owed to it before the start"), _("value received"), _("compensation received"),
        _("carries"), _("share by the key"), _("above its share"),
    ]  # fmt: skip
    caption = _("Burden and key, {currency}").format(currency=facts.scenario.currency)
    return page.table("burden-table", caption, columns, rows)
