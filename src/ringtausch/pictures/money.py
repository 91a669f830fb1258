"""Money by fund, by period and by purpose.

In: facts. Out: a section with three pictures and a table for each. Purposes are told apart by colour
and by pattern.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ringtausch.language import _
from ringtausch.pictures import page, svg, wording
from ringtausch.pictures.axes import TimeAxis, ValueAxis
from ringtausch.pictures.ledger import FundLine, Money, funds, spending
from ringtausch.pictures.returns import EPS

if TYPE_CHECKING:
    from ringtausch.pictures.facts import Facts

__all__ = ["money_section", "purpose_name"]

_WIDTH = 1040.0
_NAME, _PURPOSE, _BAR = 250.0, 400.0, 440.0
_ROW, _LINE = 34.0, 30.0
_FUNDS_AT_MOST, _LINES_AT_MOST = 20, 12


def purpose_name(purpose: str) -> str:
    """Name a purpose for people."""
    names = {
        "order": _("new production"),
        "handover": _("hand-over costs"),
        "compensation": _("compensation"),
    }
    return names.get(purpose, wording.clean(purpose))


def money_section(facts: Facts) -> page.Section:
    """Draw who pays, when, and for what."""
    title = _("Money")
    lines, spent = funds(facts), spending(facts)
    if not lines and spent.total < EPS:
        return page.Section("money", title, _("No money is set aside and none is spent."), "")
    lead = _("{total} is spent in all. Amounts are in {currency}, as of the day they are due.")
    body = "".join((_by_fund(facts, lines), _by_period(facts, spent), _by_purpose(facts, spent)))
    said = lead.format(
        total=wording.money(spent.total, facts.scenario.currency), currency=facts.scenario.currency
    )
    return page.Section("money", title, said, body)


def _by_fund(facts: Facts, lines: list[FundLine]) -> str:
    title = _("By fund")
    if not lines:
        return ""
    ranked = sorted(lines, key=lambda f: -max(f.paid, f.released))[:_FUNDS_AT_MOST]
    shown = [line for line in lines if line in ranked]
    largest = max(max(line.paid, line.released) for line in shown) or 1.0
    marks, said = [], []
    for n, line in enumerate(shown):
        y = 4 + n * _ROW
        paid, released = _BAR * line.paid / largest, _BAR * line.released / largest
        words = _("{paid} of {released}").format(
            paid=wording.money(line.paid, facts.scenario.currency),
            released=wording.money(line.released, facts.scenario.currency),
        )
        name = f"{wording.clean(line.fund)} ({facts.party(line.party)})"
        marks.append(
            svg.group(
                svg.label(0, y + 18, name, "amount", room=_NAME - 10),
                svg.rect(_NAME, y + 2, released, 22, "released"),
                svg.rect(_NAME, y + 6, paid, 14, "paid"),
                svg.label(_NAME + max(released, paid) + 10, y + 18, words, "muted"),
            )
        )
        said.append(f"{name}: {words}")
    picture = svg.picture(
        "money-funds", _WIDTH, 8 + len(shown) * _ROW, title, "; ".join(said), *marks
    )
    marks_key = [
        (svg.rect(0, 4, 28, 8, "paid"), _("paid out")),
        (svg.rect(1, 1, 26, 14, "released"), _("released within the plan")),
    ]
    rest = [wording.clean(line.fund) for line in lines if line not in shown]
    names = wording.joined(rest, most=60)
    return (
        page.figure(picture, title)
        + page.key(marks_key)
        + page.note(_("Not drawn, but in the table: {names}.").format(names=names) if rest else "")
        + _fund_table(facts)
    )


def _fund_table(facts: Facts) -> str:
    rows: list[list[page.Cell]] = [
        [
            wording.clean(row.fund),
            facts.party(row.party),
            *((v, wording.number(v, 0)) for v in (row.released, row.paid, row.lapsed, row.left)),
            row.until.isoformat() if row.until else "",
        ]
        for row in facts.measures.rows("funds")
    ]
    columns = [
        _("Fund"), _("party"), _("released"), _("paid"), _("lapsed"), _("left at the end"),
        _("ends"),
    ]  # fmt: skip
    caption = _("Funds, {currency}").format(currency=facts.scenario.currency)
    return page.table("money-fund-table", caption, columns, rows)


def _by_period(facts: Facts, spent: Money) -> str:
    names = {"month": _("By month"), "week": _("By week"), "quarter": _("By quarter")}
    title = names[facts.scenario.period]
    if spent.total < EPS:
        return ""
    left, right, top, bottom = 70.0, _WIDTH - 10, 12.0, 220.0
    sums = [sum(values[t] for values in spent.by_period.values()) for t in range(facts.count)]
    time, axis = TimeAxis(facts.scenario, left, right), ValueAxis(max(sums), bottom, top)
    currency = facts.scenario.currency
    marks = [axis.draw(left, right, lambda v: wording.money(v, "").strip(wording.THIN))]
    width = max(1.0, time.band * 0.76)
    for t in range(facts.count):
        base, parts = 0.0, []
        for purpose, values in spent.by_period.items():
            if values[t] > EPS:
                y1, y2 = axis.y(base + values[t]), axis.y(base)
                x = time.x(t) + (time.band - width) / 2
                parts.append(svg.rect(x, y1, width, y2 - y1, f"purpose {purpose}"))
                base += values[t]
        if parts:
            tip = f"{facts.label(t)}: {wording.money(sums[t], currency)}"
            marks.append(svg.group(*parts, tip=tip))
    marks.append(time.draw(top, bottom))
    most = sums.index(max(sums))
    said = _("Most in {period}: {amount}.").format(
        period=facts.label(most), amount=wording.money(sums[most], currency)
    )
    marks_key = [
        (svg.rect(0, 2, 28, 12, f"purpose {purpose}"), purpose_name(purpose))
        for purpose in spent.by_period
    ]
    picture = svg.picture("money-periods", _WIDTH, 244, title, said, *marks)
    return page.figure(picture, title) + page.key(marks_key) + _period_table(facts, spent, sums)


def _period_table(facts: Facts, spent: Money, sums: list[float]) -> str:
    rows: list[list[page.Cell]] = [
        [
            facts.label(t),
            *((v[t], wording.number(v[t], 0)) for v in spent.by_period.values()),
            (sums[t], wording.number(sums[t], 0)),
        ]
        for t in range(facts.count)
        if sums[t] > EPS
    ]
    columns = [_("Period"), *map(purpose_name, spent.by_period), _("together")]
    caption = _("Payments by period, {currency}").format(currency=facts.scenario.currency)
    return page.table("money-period-table", caption, columns, rows, file="payments.csv")


def _by_purpose(facts: Facts, spent: Money) -> str:
    if spent.total < EPS:
        return ""
    title = _("By purpose")
    marks, said = [], []
    lines = list(spent.by_item.items())
    shown = lines[:_LINES_AT_MOST]
    rest = sum(amount for _key, amount in lines[_LINES_AT_MOST:])
    largest = max(amount for _key, amount in shown)
    for n, ((purpose, item), amount) in enumerate(shown):
        y = 4 + n * _LINE
        name = f"{purpose_name(purpose)}: {facts.item(item)}"
        share = wording.per_cent(amount / spent.total)
        words = f"{wording.money(amount, facts.scenario.currency)} ({share})"
        width = _BAR * amount / largest
        marks.append(
            svg.group(
                svg.label(0, y + 16, name, "amount", room=_PURPOSE - 10),
                svg.rect(_PURPOSE, y + 3, width, 18, f"purpose {purpose}"),
                svg.label(_PURPOSE + width + 10, y + 16, words, "muted"),
            )
        )
        said.append(f"{name}: {words}")
    picture = svg.picture(
        "money-purposes", _WIDTH, 8 + len(shown) * _LINE, title, "; ".join(said), *marks
    )
    more = _("{n} smaller ones together: {amount}.").format(
        n=len(lines) - len(shown), amount=wording.money(rest, facts.scenario.currency)
    )
    return page.figure(picture, title) + page.note(more if rest else "") + _purpose_table(facts)


def _purpose_table(facts: Facts) -> str:
    sums: dict[tuple[str, str, str], float] = defaultdict(float)
    for row in facts.rows("payments"):
        sums[row.purpose, row.item, row.party] += row.amount
    ranked = sorted(sums.items(), key=lambda entry: (-entry[1], entry[0]))
    rows: list[list[page.Cell]] = [
        [
            purpose_name(purpose),
            facts.item(item),
            facts.party(party),
            (amount, wording.number(amount, 0)),
        ]
        for (purpose, item, party), amount in ranked
    ]
    columns = [_("Purpose"), _("item"), _("for whom"), _("amount")]
    caption = _("Payments by purpose, item and party, {currency}").format(
        currency=facts.scenario.currency
    )
    return page.table("money-purpose-table", caption, columns, rows, file="payments.csv")
