"""The measures of a plan in a terminal: one aligned table for each, at most 80 columns wide.

In: a scenario and the measures of a plan for it. Out: plain lines. What is not known is a dash, and
never a 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ringtausch.insight.measures import AS_IN_ITEMS
from ringtausch.language import _, ngettext
from ringtausch.pictures import wording
from ringtausch.pictures.plain import COLUMNS, aligned, cut, plain, wrapped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from ringtausch.insight.measures import Measures
    from ringtausch.insight.measures.rows import Burden, Deal, Slack, Window
    from ringtausch.records import Scenario
    from ringtausch.records.periods import PeriodKind

__all__ = ["basis_name", "measures_lines", "unit_words"]

_DASH = "-"
#: Longer tables end by counting the rest; the files and `--json` have it all.
_ROWS_AT_MOST = 40


def basis_name(basis: str) -> str:
    """Name a basis for people."""
    names = {
        AS_IN_ITEMS: _("as in items.csv"),
        "book": _("book value"),
        "acquisition": _("acquisition value"),
        "replacement": _("replacement value"),
        "market": _("market value"),
        "declared": _("declared value"),
    }
    return names[basis]


def unit_words(period: PeriodKind) -> str:
    """Name the unit of waiting and gaps for people."""
    names = {"month": _("unit-months"), "week": _("unit-weeks"), "quarter": _("unit-quarters")}
    return names[period]


def measures_lines(scenario: Scenario, measures: Measures, *, one_basis: bool = False) -> list[str]:
    """Write the measures as tables of a terminal.

    Parameters
    ----------
    scenario
        for the names of parties and items.
    measures
        of a plan for it.
    one_basis
        show values by the basis of the measures alone, not by all that there are.
    """
    said = _Said(scenario, measures)
    bases = (measures.basis,) if one_basis else measures.bases
    parts = [
        [cut(plain(wording.clean(scenario.name)), COLUMNS)],
        said.burden("money", None, _("Money paid from its funds, {currency}")),
        *(
            said.burden("value", basis, _("Value handed over, {basis}, {currency}"))
            for basis in bases
        ),
        said.unvalued(bases),
        said.burden("waiting", None, _("Waiting borne, {unit} of debt")),
        said.burden("gap", None, _("Gap borne, {unit} below floors")),
        said.deals(),
        said.values(),
        said.windows(),
        said.slack(),
        said.slots(),
        said.funds(),
    ]
    lines: list[str] = []
    for part in parts:
        if part:
            lines += ["", *part] if lines else part
    return lines


class _Said:
    """One measure after the other in words, with the names of one scenario."""

    def __init__(self, scenario: Scenario, measures: Measures) -> None:
        self.scenario = scenario
        self.measures = measures
        self.parties = {r.party: wording.clean(r.name or r.party) for r in scenario.parties}
        self.items = {r.item: wording.clean(r.name or r.item) for r in scenario.items}

    def burden(self, kind: str, basis: str | None, title: str) -> list[str]:
        """Show who bears what: the amount, its share of all, and how far above the key that is."""
        rows: list[Burden] = [
            row
            for row in self.measures.rows("burden")
            if row.kind == kind and (basis is None or row.basis == basis)
        ]
        there = [row for row in rows if row.amount is None or row.amount > 0]
        keyed = [row for row in rows if row not in there and row.key]
        if not there:
            return []
        money = kind in {"money", "value"}
        write = _amount if money else wording.number
        cells = [[_("party"), _("borne"), _("share"), _("key"), _("above key")]]
        cells += [
            [
                self.parties[row.party],
                _unvalued(row.unvalued) if row.amount is None else write(row.amount),
                _share(row.share),
                _share(row.key),
                _points(row.above_key),
            ]
            for row in sorted(there, key=lambda r: -(r.amount or 0.0))
        ]
        head = title.format(
            currency=self.measures.currency,
            unit=unit_words(self.measures.period),
            basis="" if basis is None else basis_name(basis),
        )
        lines = _table(head, cells, right={1, 2, 3, 4})
        names = wording.joined([self.parties[row.party] for row in keyed], most=6)
        if keyed:
            lines += _remark(_("nothing: {names}").format(names=names))
        return lines

    def unvalued(self, bases: Iterable[str]) -> list[str]:
        """Count what has no value, so that nobody takes it for worthless."""
        lines = []
        for row in self.measures.rows("unvalued"):
            if row.basis in bases:
                text = _("No {basis}: {item}; {n} handed over, {ordered} ordered.").format(
                    basis=basis_name(row.basis)
                    if row.basis != AS_IN_ITEMS
                    else _("value in items.csv"),
                    item=self.items[row.item],
                    n=wording.number(row.handed),
                    ordered=wording.number(row.ordered),
                )
                lines += wrapped(text)
        return lines

    def deals(self) -> list[str]:
        """Set the deals side by side: given, received, at which ratio, and the wait."""
        rows: Sequence[Deal] = self.measures.rows("deals")
        if not rows:
            return []
        unit = {"month": _("months"), "week": _("weeks"), "quarter": _("quarters")}
        title = _("The deal each gets; waits in {periods}, mean and longest").format(
            periods=unit[self.measures.period]
        )
        cells = [[_("party"), _("gives"), _("gets"), _("for 1"), _("waits"), _("open")]]
        cells += [
            [
                self.parties[deal.party],
                self._gives(deal),
                self._gets(deal),
                _DASH if deal.pieces_per_unit is None else wording.number(deal.pieces_per_unit),
                _wait(deal),
                _quantity(deal.open),
            ]
            for deal in rows
        ]
        return _table(title, cells, right={3, 4, 5})

    def _gives(self, deal: Deal) -> str:
        item = self._short(deal.item)
        given, before = wording.number(deal.given), wording.number(deal.before)
        if not deal.before:
            return f"{given} {item}"
        if not deal.given:
            return _("{before} {item} (before)").format(before=before, item=item)
        return _("{given} {item}, {before} before").format(given=given, item=item, before=before)

    def _gets(self, deal: Deal) -> str:
        if not deal.owed:
            return _("nothing owed")
        found = [
            f"{wording.number(row.units)} {self._short(row.accepted)}"
            for row in self.measures.rows("receipts")
            if (row.party, row.item) == (deal.party, deal.item)
        ]
        return ", ".join(found) or _("nothing yet")

    def _short(self, item: str) -> str:
        return wording.clean(item)

    def values(self) -> list[str]:
        """Show what each deal is worth by the one basis, and the compensation paid."""
        rows = [d for d in self.measures.rows("deals") if d.value_given or d.compensation]
        if not rows:
            return []
        cells = [[_("party"), _("item"), _("given"), _("received"), _("compensation")]]
        cells += [
            [
                self.parties[deal.party],
                self._short(deal.item),
                _known(deal.value_given),
                _known(deal.value_received),
                _amount(deal.compensation) if deal.compensation else _DASH,
            ]
            for deal in rows
        ]
        title = _("The deals by value, {basis}, {currency}").format(
            basis=basis_name(self.measures.basis), currency=self.measures.currency
        )
        return _table(title, cells, right={2, 3, 4})

    def windows(self) -> list[str]:
        """Show from when to when each hand-over lowers its giver's readiness, and the gap then."""
        rows: Sequence[Window] = self.measures.rows("windows")
        if not rows:
            return []
        label = self.scenario.calendar.label
        unit = unit_words(self.measures.period)
        cells = [[_("party"), _("item"), _("units"), _("opens"), _("closes"), unit, _("gap")]]
        for row in rows:
            states = {"gift": _("gift"), "open": _("open at end")}
            closes = states[row.state] if row.closes is None else label(row.closes)
            cells.append(
                [
                    self.parties[row.party],
                    self._short(row.item),
                    wording.number(row.quantity),
                    label(row.opens),
                    closes,
                    wording.number(row.unit_periods, 1),
                    _quantity(row.gap),
                ]
            )
        return _table(_("Readiness windows, and the gap in them"), cells, right={2, 5, 6})

    def slack(self) -> list[str]:
        """Show how far replacements come before their deadline; late ones are negative."""
        rows: Sequence[Slack] = self.measures.rows("slack")
        if not rows:
            return []
        cells = [
            [_("party"), _("item"), _("promised"), _("units"), _("least"), _("mean"), _("late")]
        ]
        for row in rows:
            within = _DASH if row.within is None else wording.periods(self.scenario, row.within)
            cells.append(
                [
                    self.parties[row.party],
                    self._short(row.item),
                    _("before the start") if row.origin == "before" else within,
                    wording.number(row.units),
                    _DASH if row.least is None else wording.number(row.least),
                    _DASH if row.mean is None else wording.number(row.mean, 1),
                    _quantity(row.late),
                ]
            )
        title = _("Slack of assurances: {periods} between replacement and deadline").format(
            periods={"month": _("months"), "week": _("weeks"), "quarter": _("quarters")}[
                self.measures.period
            ]
        )
        return _table(title, cells, right={3, 4, 5, 6})

    def slots(self) -> list[str]:
        """Show what is used of the slots of each supplier and item."""
        rows = self.measures.rows("production")
        if not rows:
            return []
        cells = [[_("supplier"), _("item"), _("used"), _("of"), _("lost"), _("share")]]
        cells += [
            [
                wording.clean(row.supplier),
                self._short(row.item),
                wording.number(row.used),
                wording.number(row.capacity),
                _quantity(row.lost),
                _share(row.share),
            ]
            for row in rows
        ]
        return _table(_("Production slots within the plan"), cells, right={2, 3, 4, 5})

    def funds(self) -> list[str]:
        """Show what each fund gets, pays, loses and keeps."""
        rows = self.measures.rows("funds")
        if not rows:
            return []
        cells = [[_("fund"), _("of"), _("released"), _("paid"), _("lapsed"), _("left")]]
        cells += [
            [
                wording.clean(row.fund),
                self.parties[row.party],
                _amount(row.released),
                _amount(row.paid),
                _amount(row.lapsed) if row.lapsed else _DASH,
                _amount(row.left) if row.left else _DASH,
            ]
            for row in rows
        ]
        title = _("Funds, {currency}").format(currency=self.measures.currency)
        return _table(title, cells, right={2, 3, 4, 5})


def _table(title: str, cells: list[list[str]], right: Collection[int]) -> list[str]:
    shown = cells[: _ROWS_AT_MOST + 1]
    lines = [cut(plain(title), COLUMNS), *aligned(shown, right)]
    rest = len(cells) - len(shown)
    if rest:
        more = ngettext(
            "and {n} more row; --json has all", "and {n} more rows; --json has all", rest
        )
        lines += _remark(more.format(n=rest))
    return lines


def _remark(text: str) -> list[str]:
    return [cut("  " + plain(text), COLUMNS)]


def _amount(value: float) -> str:
    return wording.money(value, "").strip(wording.THIN)


def _unvalued(units: float) -> str:
    return _("{n} unvalued").format(n=wording.number(units))


def _known(value: float | None) -> str:
    return _DASH if value is None else _amount(value)


def _quantity(value: float) -> str:
    return wording.number(value) if value else _DASH


def _share(value: float | None) -> str:
    return _DASH if value is None else wording.per_cent(value)


def _points(value: float | None) -> str:
    """Write a difference of two shares in percentage points, with its sign."""
    if value is None:
        return _DASH
    text = wording.number(100 * value, 1)
    return f"+{text}" if value > 0 and text != "0" else text


def _wait(deal: Deal) -> str:
    if deal.wait_mean is None or deal.wait_longest is None:
        return _DASH
    return f"{wording.number(deal.wait_mean, 1)} / {deal.wait_longest}"
