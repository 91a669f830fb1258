"""Totals, flows and pools on a terminal: rows that sum to the total, and what is not in it and why.

In: what `register.totals`, `register.boundary` and `register.look_through` found. Out: lines of 80 columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ringtausch.cli.register_table import bounds, money, paragraph, table
from ringtausch.language import _, ngettext
from ringtausch.register.counting import NOT_ASKED
from ringtausch.register.directory import scale_of

if TYPE_CHECKING:
    from ringtausch.hub.asking import Asked
    from ringtausch.register.boundary import Flows
    from ringtausch.register.counting import Uncounted
    from ringtausch.register.look_through import LookThrough
    from ringtausch.register.totals import Total
    from ringtausch.register.value import Amount
    from ringtausch.register.window import Window

__all__ = ["asked_line", "flow_lines", "pool_lines", "total_lines"]


def asked_line(asked: Asked) -> str:
    """Say under which rule, as of which day and as known when."""
    known = _("now") if asked.known_at is None else asked.known_at
    return _("rule {rule} {version}, as of {day}, as known {known}").format(
        rule=asked.rule.name, version=asked.rule.version, day=asked.as_of.isoformat(), known=known
    )


def total_lines(
    asked: Asked, found: Total, window: Window | None, *, everything: bool
) -> list[str]:
    """Write a total with all that stands beside it."""
    question = found.question
    kinds = ", ".join(f"{kind} ({question.rung_of(kind)})" for kind in question.kinds)
    lines = [*paragraph(f"{kinds}: {asked_line(asked)}"), ""]
    totals = [found, *found.others] if found.lines or not found.others else list(found.others)
    if window is not None:
        lines += _new(window)
    else:
        for one in totals:
            lines += [*_one(one), ""]
    lines += _beside(found)
    lines += _stated(found)
    lines += _uncounted(found.uncounted, everything=everything)
    if found.dropped:
        rows = [(one.child, one.parent, one.reason) for one in found.dropped]
        lines += ["", _("Links that do not count:")]
        lines += table([_("matter"), _("said to lie in"), _("why not")], rows)
    for identifier, reason in (found.set_aside or {}).items():
        lines += paragraph(
            _("The rule sets aside {id}: {reason}").format(id=identifier, reason=reason)
        )
    return [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]


def _unit(total: Total) -> str:
    return total.currency or total.question.item


def _amount(total: Total, amount: Amount) -> str:
    return money(amount, scale_of(total.currency), total.unit)


def _bounds(total: Total, lo: Amount, hi: Amount | None) -> str:
    return bounds(lo, hi, scale_of(total.currency), total.unit)


def _one(total: Total) -> list[str]:
    """Write the rows of one currency, and their sum."""
    by, unit = total.question.by, _unit(total)
    rows = [
        (
            "+".join(row.names) or _("nobody named"),
            _amount(total, row.lo),
            _more(total, row.lo, row.hi),
        )
        for row in total.rows
    ]
    rows.append((_("total"), _amount(total, total.lo), _more(total, total.lo, total.hi)))
    lines = table([by or _("all"), unit, _("at most")], rows, right=(1, 2))
    differs = total.rounding_difference()
    if differs and total.rows:
        lines.append(
            _("The rounded rows come to {amount} more or less than the rounded total.").format(
                amount=_amount(total, abs(differs))
            )
        )
    if total.unknowns:
        lines.append(
            ngettext(
                "In it is {n} matter of which nobody says how much.",
                "In it are {n} matters of which nobody says how much.",
                total.unknowns,
            ).format(n=total.unknowns)
        )
    if total.blind != total.lo:
        lines += paragraph(
            _("Added blindly the rows come to {amount} {unit}, which counts twice.").format(
                amount=_amount(total, total.blind), unit=unit
            )
        )
    if total.unsupported:
        lines += paragraph(
            _("Of it {amount} {unit} are valued without a document.").format(
                amount=_amount(total, total.unsupported), unit=unit
            )
        )
    for line in total.excess:
        lines += paragraph(
            _("Conflict: the parts of {matter} ({parts}) exceed it by {amount} {unit}.").format(
                matter=line.matter,
                parts=", ".join(line.nested.children),
                amount=_amount(total, line.nested.excess),
                unit=unit,
            )
        )
    return lines


def _more(total: Total, lo: Amount, hi: Amount | None) -> str:
    """Write the most, where it is more than the least."""
    if hi is None:
        return _("open")
    return "" if hi == lo else _amount(total, hi)


def _new(window: Window) -> list[str]:
    total = window.after
    rows = [
        ("+".join(names) or _("nobody named"), _amount(total, amount))
        for names, amount in window.new_by().items()
    ]
    rows.append((_("new in all"), _amount(total, window.new)))
    said = _("It was {before} {unit} before, and is {after}.").format(
        before=_amount(total, window.before.lo),
        after=_amount(total, total.lo),
        unit=_unit(total),
    )
    return [*table([total.question.by or _("all"), _unit(total)], rows, right=(1,)), said, ""]


def _beside(total: Total) -> list[str]:
    lines = []
    if total.conditional is not None:
        apart = total.conditional
        lines += paragraph(
            _("Counted apart, until conditions are met: {amount} {unit}.").format(
                amount=_bounds(apart, apart.lo, apart.hi), unit=_unit(apart)
            )
        )
    without = total.without_inferences
    if without is not None and (without.lo, without.hi) != (total.lo, total.hi):
        lines += paragraph(
            _("Without links that are only inferred it would be {amount} {unit}.").format(
                amount=_amount(without, without.lo), unit=_unit(without)
            )
        )
    return lines


def _stated(total: Total) -> list[str]:
    if not total.stated:
        return []
    rows = []
    for one in total.stated:
        scale = scale_of(one.currency)
        unit = 100 if one.currency else 1
        givers = (
            ", ".join(one.givers)
            if len(one.givers) <= 3
            else _("{n} parties").format(n=len(one.givers))
        )
        rows.append(
            (
                one.matter,
                one.sayer,
                givers or _("everybody"),
                bounds(one.lo, one.hi, scale, unit),
                money(one.untold, scale, unit),
            )
        )
    header = [_("stated total"), _("by"), _("of"), _("stated"), _("not told")]
    return [
        "",
        _("Stated totals are compared, never added:"),
        *table(header, rows, right=(3, 4)),
    ]


def _uncounted(found: Sequence[Uncounted], *, everything: bool) -> list[str]:
    shown = [one for one in found if everything or one.why != NOT_ASKED]
    lines = []
    if shown:
        rows = [
            (
                one.matter,
                ": ".join(
                    filter(None, (one.why, ", ".join(filter(None, (*one.others, one.detail)))))
                ),
            )
            for one in shown
        ]
        lines += ["", _("Not counted, or counted less:"), *table([_("matter"), _("why")], rows)]
    others = Counter(one.detail for one in found if one.why == NOT_ASKED)
    if others and not everything:
        count = sum(others.values())
        said = ngettext(
            "{n} matter is of another question ({which}); --all names it.",
            "{n} matters are of another question ({which}); --all names them.",
            count,
        )
        which = ", ".join(f"{name} {number}" for name, number in others.most_common())
        lines += ["", *paragraph(said.format(n=count, which=which))]
    return lines


def flow_lines(found: Flows) -> list[str]:
    """Write what flows on each side of a boundary, and that it ties."""
    from ringtausch.register.boundary import SIDES

    totals = [one for one in found.totals if one.lo or one.hi != 0]
    lines = [_("Boundary: {names}").format(names=", ".join(sorted(found.boundary))), ""]
    rows = [
        (side, total.currency, _amount(total, found.amount(total.currency, side)))
        for total in totals
        for side in SIDES
    ]
    rows += [(_("all flows"), total.currency, _amount(total, total.lo)) for total in totals]
    rows += [
        (_("new money"), total.currency, _amount(total, found.new_money(total.currency)))
        for total in totals
    ]
    if not rows:
        return [*lines, _("Nothing is paid.")]
    lines += table([_("side"), _("currency"), _("amount")], rows, right=(2,))
    ties = (
        _("The four sides sum to all flows, and every pool within reconciles.")
        if found.holds
        else _("This does not tie: the sides do not sum to all flows.")
    )
    return [*lines, "", ties]


def pool_lines(found: LookThrough) -> list[str]:
    """Write what of a pool's spending was whose money, and the reconciliation."""
    if not found.balances:
        return [_("Nothing was paid into {pool} or out of it.").format(pool=found.pool)]
    lines = []
    for currency, balance in found.balances.items():
        rows = [(name, _cents(amount)) for name, amount in found.by_contributor(currency).items()]
        rows.append((_("waits for money"), _cents(balance.waiting)))
        lines += [_("Whose money {pool} has spent:").format(pool=found.pool)]
        lines += [*table([_("contributor"), currency], rows, right=(1,)), ""]
        sums = [
            (_("paid in"), balance.paid_in),
            (_("bought"), balance.bought),
            (_("sold"), -balance.sold),
            (_("refunded to contributors"), -balance.refunded),
            (_("attributed"), -balance.attributed),
            (_("undisbursed"), balance.undisbursed),
        ]
        lines += table(
            [_("reconciliation"), currency],
            [(name, _cents(amount)) for name, amount in sums],
            right=(1,),
        )
        lines += [_ties(balance.holds), ""]
    lines += _spent(found)
    for short in found.shortfalls:
        lines += paragraph(
            _("Conflict: {matter}: {what} of {amount} {currency} more than there was.").format(
                matter=short.matter,
                what=short.what,
                amount=_cents(short.amount),
                currency=short.currency,
            )
        )
    return lines


def _spent(found: LookThrough) -> Iterable[str]:
    rows = []
    for spent in found.spendings:
        whose: Counter[str] = Counter()
        for one in spent.attributions:
            whose[one.contributor] += one.amount
        names = ", ".join(f"{name} {_cents(amount)}" for name, amount in sorted(whose.items()))
        rows.append((spent.payment, f"{_cents(spent.spent)} {spent.currency}", names))
    return table([_("payment"), _("spent"), _("whose money")], rows, right=(1,)) if rows else []


def _ties(holds: bool) -> str:
    return _("It ties to the last cent.") if holds else _("This does not tie.")


def _cents(amount: int) -> str:
    return money(amount, scale_of("EUR"), 100)
