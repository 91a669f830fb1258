"""Contributions, transfers and payments as activities of IATI 2.03, for those who collect aid data.

The page *Exports*. In: positions and who reports. Out: an `iati-activities` file, its elements in the order
of the schema, and what could not be said in it. What has no amount of money in the register gets no
transaction: a quantity is never turned into money here. Positions are a reader's view already, so that
nothing hidden can get in.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from ringtausch.exchange.amounts import plain_amount
from ringtausch.exchange.beancount import valid_names
from ringtausch.exchange.iati_money import (
    LeftOut,
    Money,
    days_of,
    end_of,
    is_closed,
    money_of,
)
from ringtausch.language import _
from ringtausch.records.problems import InvalidInput, Problem, nearest
from ringtausch.register.dates import last_day
from ringtausch.register.question import givers_of
from ringtausch.register.ranges import MONEY_SCALE, say_range
from ringtausch.register.vocabulary import NEGATIVES, RUNGS

if TYPE_CHECKING:
    from ringtausch.register.position import Position
    from ringtausch.register.positions import Positions

__all__ = ["IatiExport", "InvalidReporter", "Reporter", "iati_xml"]

VERSION = "2.03"
KINDS = ("contribution", "transfer", "payment")

# Codes of the lists that the standard names.
_FUNDING, _IMPLEMENTING = "1", "4"  # OrganisationRole
_TYPES = {"state": "10", "company": "70"}  # OrganisationType: government, private sector
_OTHER_TYPE = "90"
_KNOWN_TYPES = (
    *("10", "11", "15", "21", "22", "23", "24", "30", "40"),
    *("60", "70", "71", "72", "73", "80", "90"),
)
_PIPELINE, _IMPLEMENTATION, _CLOSED, _CANCELLED = "1", "2", "4", "5"  # ActivityStatus
_PLANNED_START, _ACTUAL_START, _PLANNED_END, _ACTUAL_END = "1", "2", "3", "4"  # ActivityDateType
_PARENT, _CHILD = "1", "2"  # RelatedActivityType
_POLICY_CONDITION = "1"  # ConditionType
_ORIGINAL, _COMMITTED_BUDGET = "1", "2"  # BudgetType, BudgetStatus

#: TransactionType by what happened, for those who give, and for those who get it.
_GIVING = {"pledge": "12", "commitment": "2", "disbursement": "3"}
_GETTING = {"pledge": "13", "commitment": "11", "disbursement": "1"}

#: How far an activity has got that is no longer a plan.
_FIRM = {
    "contribution": ("committed", "paid_in"),
    "transfer": ("reserved", "left", "handed_over", "received"),
    "payment": ("due", "paid"),
}
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class InvalidReporter(InvalidInput):
    """Nobody can report under such a name or identifier."""


@dataclass(frozen=True)
class Reporter:
    """Who reports: a party of the register and its identifier as an IATI organisation.

    `references` are identifiers of other parties, where they are known. `kind` is a code of the list
    OrganisationType; empty takes what the directory says. `secondary` is who reports what others do.
    """

    party: str
    reference: str
    kind: str = ""
    secondary: bool = False
    references: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class IatiExport:
    """The file, and what the register knows and the file does not say."""

    text: str
    activities: int
    left_out: tuple[LeftOut, ...]


def iati_xml(positions: Positions, reporter: Reporter, generated_at: str = "") -> IatiExport:
    """Write the contributions, transfers and payments of some positions as IATI 2.03.

    Parameters
    ----------
    positions
        In the view of whom the file is for: a file to publish takes the view of the public.
    reporter
        Who reports.
    generated_at
        A moment as `dates.instant` writes it; empty leaves it out, so that equal positions give equal files.

    Raises
    ------
    InvalidReporter
        The register does not know the party, the identifier is none, or there is nothing to report: a file
        of the standard has at least one activity.

    Examples
    --------
    >>> from datetime import date
    >>> from ringtausch.register.directory import Directory, Party
    >>> from ringtausch.register.positions import Positions
    >>> from ringtausch.register.ranges import Range
    >>> from ringtausch.register.rule import STRICT
    >>> from ringtausch.register.statement import Source, Statement
    >>> paid = Statement(
    ...     "c", "contribution", "paid_in", Source(1, date="2025-08-01"), "NOR", "NOR", id="s1",
    ...     giver="NOR", receiver="PURL", currency="USD", quantity=Range(10**10, 10**10),
    ... )
    >>> known = Directory.of([Party("NOR", "Norway"), Party("PURL", kind="pool", keeper="NOR")], [])
    >>> found = iati_xml(Positions([paid], STRICT, date(2025, 9, 1), known), Reporter("NOR", "NO-BRC-1"))
    >>> [line.strip() for line in found.text.splitlines() if "<value" in line], found.left_out
    (['<value currency="USD" value-date="2025-08-01">1000000</value>'], ())
    """
    _check(positions, reporter)
    chosen = [one for one in positions.all() if one.kind in KINDS]
    if not chosen:
        message = _("there is no contribution, transfer or payment to report")
        raise InvalidReporter([Problem("iati", 0, "", "", message)])
    writer = _Writer(positions, reporter, chosen)
    root = ET.Element("iati-activities", {"version": VERSION})
    if generated_at:
        root.set("generated-datetime", generated_at)
    for position in chosen:
        root.append(writer.activity(position))
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'
    return IatiExport(text, len(chosen), tuple(writer.left_out))


def _check(positions: Positions, reporter: Reporter) -> None:
    problems = []
    parties = positions.directory.parties
    for party in (reporter.party, *reporter.references):
        if party not in parties:
            close = nearest(party, parties)
            message = _('the register knows no party "{name}"').format(name=party)
            if close:
                message += _('; is it "{close}"?').format(close=close)
            problems.append(Problem("iati", 0, "party", party, message))
    if reporter.kind and reporter.kind not in _KNOWN_TYPES:
        message = _('"{kind}" is no type of an organisation; known are {known}').format(
            kind=reporter.kind, known=", ".join(_KNOWN_TYPES)
        )
        problems.append(Problem("iati", 0, "type", reporter.kind, message))
    for party, reference in ((reporter.party, reporter.reference), *reporter.references.items()):
        if not re.fullmatch(r"[A-Za-z0-9]+-[A-Za-z0-9][A-Za-z0-9.-]*", reference):
            message = _(
                '"{reference}" of "{party}" is no identifier of an organisation; it begins with a list, such'
                " as XM-DAC-5-7 or DE-1"
            ).format(reference=reference, party=party)
            problems.append(Problem("iati", 0, "reference", reference, message))
    if problems:
        raise InvalidReporter(problems)


class _Writer:
    """Activities, and beside them what they cannot say."""

    def __init__(self, positions: Positions, reporter: Reporter, chosen: list[Position]) -> None:
        self.positions = positions
        self.directory = positions.directory
        self.reporter = reporter
        names = valid_names((one.matter for one in chosen), _identifier)
        self.identifiers = {
            matter: f"{reporter.reference}-{name}" for matter, name in names.items()
        }
        self.related: dict[str, list[tuple[str, str]]] = {}
        for link in positions.links:
            if link.child in self.identifiers and link.parent in self.identifiers:
                self.related.setdefault(link.child, []).append((link.parent, _PARENT))
                self.related.setdefault(link.parent, []).append((link.child, _CHILD))
        self.left_out: list[LeftOut] = []

    def activity(self, position: Position) -> ET.Element:
        """Write one matter, its parts in the order of the schema."""
        money, left_out = money_of(position, self.positions.as_of)
        self.left_out += left_out
        one = ET.Element("iati-activity", {"xml:lang": "en", "hierarchy": "1"})
        ET.SubElement(one, "iati-identifier").text = self.identifiers[position.matter]
        self._reporting_org(one)
        _narrated(one, "title", self._title(position))
        _narrated(one, "description", self._description(position))
        givers = givers_of(position.giver, self.directory)
        for role, parties in ((_FUNDING, givers), (_IMPLEMENTING, (position.receiver,))):
            for party in parties:
                if party:
                    self._organisation(one, "participating-org", party, {"role": role})
        if not any(givers) and not position.receiver:  # the standard asks for one
            self._organisation(one, "participating-org", self.reporter.party, {"role": "3"})
        status = _status(position)
        ET.SubElement(one, "activity-status", {"code": status})
        _dates(one, position, status, self.positions.as_of)
        self._budget(one, position, money)
        for movement in money:
            self._transaction(one, position, movement)
        for other, kind in self.related.get(position.matter, ()):
            ET.SubElement(one, "related-activity", {"ref": self.identifiers[other], "type": kind})
        _conditions(one, position)
        return one

    def _reporting_org(self, one: ET.Element) -> None:
        kind = self.reporter.kind or _TYPES.get(self._kind(self.reporter.party), _OTHER_TYPE)
        attributes = {"ref": self.reporter.reference, "type": kind}
        if self.reporter.secondary:
            attributes["secondary-reporter"] = "1"
        _narrated(one, "reporting-org", self._called(self.reporter.party), attributes)

    def _organisation(
        self, one: ET.Element, tag: str, party: str, more: Mapping[str, str] | None = None
    ) -> None:
        """Name a party; it has a reference and a type only where they are known."""
        attributes = {}
        own = self.reporter.reference if party == self.reporter.party else ""
        reference = self.reporter.references.get(party, own)
        if reference:
            attributes["ref"] = reference
        kind = _TYPES.get(self._kind(party), "")
        if kind:
            attributes["type"] = kind
        _narrated(one, tag, self._called(party), attributes | dict(more or {}))

    def _transaction(self, one: ET.Element, position: Position, money: Money) -> None:
        transaction = ET.SubElement(one, "transaction")
        codes = _GETTING if self._gets(position) else _GIVING
        ET.SubElement(transaction, "transaction-type", {"code": codes[money.what]})
        ET.SubElement(transaction, "transaction-date", {"iso-date": money.day.isoformat()})
        _value(transaction, money.amount, money.currency, money.day)
        _narrated(transaction, "description", money.words)
        sides = {"provider-org": position.giver, "receiver-org": position.receiver}
        for tag, party in sides.items():
            if party:
                self._organisation(transaction, tag, party)

    def _budget(self, one: ET.Element, position: Position, money: Iterable[Money]) -> None:
        """Write what is committed until a day within a year: the longest that a budget may be."""
        if position.kind != "contribution" or not position.until:
            return
        for committed in money:
            end = last_day(position.until)
            if committed.what == "commitment" and 0 <= (end - committed.day).days < 365:
                codes = {"type": _ORIGINAL, "status": _COMMITTED_BUDGET}
                budget = ET.SubElement(one, "budget", codes)
                day = committed.day
                ET.SubElement(budget, "period-start", {"iso-date": day.isoformat()})
                ET.SubElement(budget, "period-end", {"iso-date": end.isoformat()})
                _value(budget, committed.amount, committed.currency, day)

    def _gets(self, position: Position) -> bool:
        """Tell whether who reports is the one who gets it, or keeps the pool that does."""
        party, keeper = self.reporter.party, self.directory.keeper_of(position.receiver)
        if party in givers_of(position.giver, self.directory):
            return False
        return party in {position.receiver, keeper} and bool(position.receiver)

    def _kind(self, party: str) -> str:
        known = self.directory.parties.get(party)
        return "" if known is None else known.kind

    def _called(self, party: str) -> str:
        known = self.directory.parties.get(party)
        return known.title if known is not None and known.title else party

    def _title(self, position: Position) -> str:
        sides = [self._called(side) for side in (position.giver, position.receiver) if side]
        kind = position.kind.capitalize()
        what = self._item(position)
        between = " to ".join(sides)
        return ": ".join(part for part in (f"{kind} {position.matter}", between, what) if part)

    def _item(self, position: Position) -> str:
        known = self.directory.items.get(position.item)
        return known.title if known is not None and known.title else position.item

    def _description(self, position: Position) -> str:
        """Say how far it has got, with the quantities of the register, which are no money."""
        scale = MONEY_SCALE if position.currency else 1_000
        unit = position.currency or self._item(position)
        said = [
            f"{name.replace('_', ' ')} {say_range(rung.quantity, scale)} {unit}".strip()
            for name, rung in position.rungs.items()
            if not rung.undone
        ]
        words = "; ".join(said) or position.state.replace("_", " ")
        rule = self.positions.rule.name
        return f"{words} (rule {rule}, as of {self.positions.as_of.isoformat()})"


def _identifier(matter: str) -> str:
    """Make what may stand in an identifier; the standard forbids blanks and / & | ?."""
    return re.sub(r"[^A-Za-z0-9:._-]+", "-", matter).strip("-") or "unnamed"


def _status(position: Position) -> str:
    reached = [position.reached(name) for name in RUNGS[position.kind]]
    if position.state in NEGATIVES or (position.lapsed and all(one.hi == 0 for one in reached)):
        return _CANCELLED
    if is_closed(position):
        return _CLOSED
    firm = not position.conditional and any(
        position.reached(name).hi != 0 for name in _FIRM[position.kind]
    )
    return _IMPLEMENTATION if firm else _PIPELINE


def _dates(one: ET.Element, position: Position, status: str, as_of: date) -> None:
    """Write when it began, as a plan or in fact, and when it ended or shall."""
    first = min(days_of(position), default=as_of)
    started = _PLANNED_START if status == _PIPELINE else _ACTUAL_START
    dates = [(started, first)]
    ended = end_of(position) if status in {_CLOSED, _CANCELLED} else None
    if ended is not None:
        dates.append((_ACTUAL_END, ended))
    elif position.until:
        dates.append((_PLANNED_END, last_day(position.until)))
    for kind, day in dates:
        ET.SubElement(one, "activity-date", {"type": kind, "iso-date": day.isoformat()})


def _conditions(one: ET.Element, position: Position) -> None:
    condition = position.condition
    if condition is None:
        return
    said = condition.words
    if condition.matters:
        matters = ", ".join(condition.matters)
        said = f"{said} ({condition.milestone}: {matters})".strip()
    attached = ET.SubElement(one, "conditions", {"attached": "1"})
    _narrated(attached, "condition", said, {"type": _POLICY_CONDITION})


def _value(parent: ET.Element, amount: int, currency: str, day: date) -> None:
    attributes = {"currency": currency, "value-date": day.isoformat()}
    ET.SubElement(parent, "value", attributes).text = plain_amount(amount, MONEY_SCALE)


def _narrated(
    parent: ET.Element, tag: str, text: str, attributes: Mapping[str, str] | None = None
) -> None:
    element = ET.SubElement(parent, tag, dict(attributes or {}))
    ET.SubElement(element, "narrative").text = _NOT_IN_XML.sub("\ufffd", text)
