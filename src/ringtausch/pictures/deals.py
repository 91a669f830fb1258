"""The deal each party gets, side by side: given, received, at which ratio, after how long.

In: facts. Out: a section with a picture and a table. That others got two for one is how such schemes
break: whoever reads this compares, so it is drawn for comparing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ringtausch.language import _
from ringtausch.pictures import page, svg, wording
from ringtausch.pictures.measures_text import basis_name

if TYPE_CHECKING:
    from ringtausch.insight.measures.rows import Deal
    from ringtausch.pictures.facts import Facts

__all__ = ["deals_section"]

_WIDTH, _ROW, _TOP = 1040.0, 36.0, 26.0
_GIVES, _GETS, _RATIO, _RATIO_END, _WAIT, _WAIT_END = 140.0, 385.0, 630.0, 750.0, 806.0, 950.0
_ROWS_AT_MOST = 40


def deals_section(facts: Facts) -> page.Section:
    """Draw what each party gives and gets, one line for each item that it gives."""
    title = _("The deal each party gets")
    found: tuple[Deal, ...] = facts.measures.rows("deals")
    if not found:
        return page.Section("deals", title, _("Nobody hands anything over."), "")
    lead = _(
        "What comes back for one unit given, in pieces of whatever kind is accepted, and how long the"
        " giver waits for it: the bar is the mean, the thin line the longest wait. What is not back"
        " at the end of the plan counts until then."
    )
    ranked = sorted(found, key=lambda d: -(d.given + d.before))
    kept = ranked[:_ROWS_AT_MOST]
    shown = [deal for deal in found if deal in kept]
    rest = len(found) - len(shown)
    body = (
        page.key(_key(found))
        + page.figure(_draw(facts, shown), name=title)
        + page.note(_("{n} more deals are in the table.").format(n=rest) if rest else "")
        + _table(facts, found)
    )
    return page.Section("deals", title, lead, body)


def _key(found: tuple[Deal, ...]) -> list[tuple[str, str]]:
    marks = [
        (svg.line(14, 0, 14, 16, "deadline"), _("one for one")),
        (svg.circle(14, 8, 5, "intime"), _("pieces for one unit given")),
        (svg.rect(0, 3, 28, 10, "wait"), _("mean wait")),
    ]
    if any(deal.open for deal in found):
        marks.append((svg.path("M8 3l10 10m0-10l-10 10", "missing"), _("not replaced by the end")))
    return marks


def _draw(facts: Facts, shown: list[Deal]) -> str:
    ratios = [deal.pieces_per_unit or 0.0 for deal in shown]
    most = max(1.0, *ratios) * 1.08
    longest = max(1, *(deal.wait_longest or 0 for deal in shown))
    bottom = _TOP + len(shown) * _ROW
    one = _RATIO + (_RATIO_END - _RATIO) / most
    marks = [_heads(facts), svg.line(one, _TOP - 4, one, bottom, "deadline")]
    said, before = [], ""
    for n, deal in enumerate(shown):
        y = _TOP + (n + 0.5) * _ROW
        name = facts.party(deal.party)
        if deal.party != before:
            marks.append(svg.line(0, y - _ROW / 2, _WIDTH, y - _ROW / 2, "grid"))
            marks.append(svg.label(0, y + 5, name, "party", room=_GIVES - 10))
        before = deal.party
        marks += _given(facts, deal, y)
        marks.append(
            svg.label(_GETS, y + 5, _gets(facts, deal), "amount", room=_RATIO - _GETS - 12)
        )
        marks += _ratio(deal, y, most)
        marks += _wait(deal, y, longest)
        said.append(
            f"{name}: {_things(facts, deal)} {_before(deal)}; {_gets(facts, deal)}; {_waited(deal)}"
        )
    title = _("The deal each party gets")
    return svg.picture("deals-picture", _WIDTH, bottom + 6, title, ". ".join(said), *marks)


def _heads(facts: Facts) -> str:
    waits = {
        "month": _("waits, months: mean / longest"),
        "week": _("waits, weeks: mean / longest"),
        "quarter": _("waits, quarters: mean / longest"),
    }
    heads = [
        (_GIVES, _("gives")),
        (_GETS, _("gets back")),
        (_RATIO, _("pieces for one given")),
        (_WAIT, waits[facts.scenario.period]),
    ]
    return svg.group(*(svg.label(x, 14, text, "heading") for x, text in heads))


def _ratio(deal: Deal, y: float, most: float) -> list[str]:
    if deal.pieces_per_unit is None:
        return []
    scale = (_RATIO_END - _RATIO) / most
    x, one = _RATIO + deal.pieces_per_unit * scale, _RATIO + scale
    return [
        svg.line(min(x, one), y, max(x, one), y, "outline"),
        svg.circle(x, y, 5.5, "intime"),
        svg.label(_RATIO_END + 8, y + 5, wording.number(deal.pieces_per_unit), "muted"),
    ]


def _wait(deal: Deal, y: float, longest: int) -> list[str]:
    if deal.wait_mean is None or deal.wait_longest is None:
        return []
    scale = (_WAIT_END - _WAIT) / longest
    end = _WAIT + deal.wait_longest * scale
    marks = [
        svg.line(_WAIT, y, end, y, "axis"),
        svg.line(end, y - 6, end, y + 6, "axis"),
        svg.rect(_WAIT, y - 6, deal.wait_mean * scale, 12, "wait"),
    ]
    if deal.open:
        marks.append(svg.path(f"M{end - 5:.1f} {y - 5:.1f}l10 10m0-10l-10 10", "missing"))
    marks.append(svg.label(_WAIT_END + 12, y + 5, _waited(deal), "muted"))
    return [svg.group(*marks, tip=_waited(deal))]


def _given(facts: Facts, deal: Deal, y: float) -> list[str]:
    """Say what is given, and on a line of its own how much of it before the start."""
    room, before = _GETS - _GIVES - 8, _before(deal)
    if not before:
        return [svg.label(_GIVES, y + 5, _things(facts, deal), "amount", room=room)]
    return [
        svg.label(_GIVES, y - 1, _things(facts, deal), "amount", room=room),
        svg.label(_GIVES, y + 14, before, "muted", room=room),
    ]


def _things(facts: Facts, deal: Deal) -> str:
    units = wording.number(deal.given + deal.before)
    return f"{units}{wording.THIN}×{wording.THIN}{facts.item(deal.item)}"


def _before(deal: Deal) -> str:
    if not deal.before:
        return ""
    if not deal.given:
        return _("before the start")
    return _("{n} of them before the start").format(n=wording.number(deal.before))


def _gets(facts: Facts, deal: Deal) -> str:
    if not deal.owed:
        return _("nothing is owed")
    found = [
        f"{wording.number(row.units)}{wording.THIN}×{wording.THIN}{facts.item(row.accepted)}"
        for row in facts.measures.rows("receipts")
        if (row.party, row.item) == (deal.party, deal.item)
    ]
    return wording.joined(found) or _("nothing yet")


def _waited(deal: Deal) -> str:
    if deal.wait_mean is None or deal.wait_longest is None:
        return _("no wait")
    return f"{wording.number(deal.wait_mean, 1)} / {deal.wait_longest}"


def _table(facts: Facts, found: tuple[Deal, ...]) -> str:
    basis = basis_name(facts.measures.basis)
    rows: list[list[page.Cell]] = [
        [
            facts.party(deal.party),
            facts.item(deal.item),
            _number(deal.given),
            _number(deal.before),
            _number(deal.ratio),
            _gets(facts, deal),
            _number(deal.received),
            _number(deal.pieces_per_unit),
            _number(deal.wait_mean, 1),
            _number(deal.wait_longest),
            _number(deal.late),
            _number(deal.open),
            _number(deal.compensation, 0),
            _number(deal.value_given, 0),
            _number(deal.value_received, 0),
        ]
        for deal in found
    ]
    columns = [
        _("Party"), _("item"), _("units given"), _("owed from before"), _("replaced at"),
        _("gets back"), _("counting"), _("pieces for one"), _("mean wait"), _("longest wait"),
        _("late"), _("open"), _("compensation"), _("value given"), _("value received"),
    ]  # fmt: skip
    caption = _("Deals, values {basis}, {currency}").format(
        basis=basis, currency=facts.scenario.currency
    )
    return page.table("deals-table", caption, columns, rows)


def _number(value: float | None, decimals: int = 2) -> page.Cell:
    return _("–") if value is None else (value, wording.number(value, decimals))
