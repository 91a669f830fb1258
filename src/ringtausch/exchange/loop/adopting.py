"""The next months of a plan as proposals: draft statements for people to agree to.

In: a plan, its hash and its scenario, and what the register holds. Out: proposals, or every problem. A
proposal is of the lowest rung of its kind and of class 6, and what could count has a condition in words, so
that nothing counts until somebody whose act it is says so without the condition (rules 5, 9 and 12).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ringtausch.exchange.loop import refusals
from ringtausch.exchange.loop.charges import Share, shares
from ringtausch.exchange.loop.open_debts import OpenDebts
from ringtausch.language import _
from ringtausch.records.plan import Dispatch, Order, Plan
from ringtausch.records.problems import InvalidPlan, Problem
from ringtausch.records.scenario import Scenario
from ringtausch.register.directory import Directory, Party, minor_unit
from ringtausch.register.positions import Positions
from ringtausch.register.ranges import ITEM_SCALE, MONEY_SCALE, Range
from ringtausch.register.replacement import add_months
from ringtausch.register.statement import Condition, Source, Statement, Terms

__all__ = ["Adopted", "Proposal", "Recorder", "new_suppliers", "proposals"]

_SHORT = 12
_INFERENCE = 6
_PROPOSED = re.compile(r"plan:[0-9a-f]{12}:")  # an offer that was itself proposed by a plan
_BESIDE = " if others"  # what `offers` calls the part of a pledge that waits for others


@dataclass(frozen=True, slots=True)
class Recorder:
    """Who proposes, on which day, and who may read it."""

    name: str
    today: date
    visibility: tuple[str, ...] = ("public",)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A draft, and the day in the plan on which it shall happen (a payment: by when)."""

    draft: Statement
    planned: date
    note: str = ""
    is_order: bool = False  # of a supplier, whom the register may not know yet


@dataclass(frozen=True, slots=True)
class Adopted:
    """A plan to be adopted: its folder's name for messages, its hash, its scenario."""

    plan: Plan
    name: str
    sha256: str
    scenario: Scenario

    @property
    def short(self) -> str:
        """The beginning of the hash, in names of matters."""
        return self.sha256[:_SHORT]


def proposals(
    adopted: Adopted, positions: Positions, months: int, recorder: Recorder
) -> list[Proposal]:
    """Turn what a plan decides in its next months into proposed matters.

    A dispatch becomes a transfer that is considered, and with an assurance a replacement that is due; an
    order becomes a transfer that its supplier considers; what either costs becomes payments that are due; and
    where the register knows who consents to transfers of an item, that consent is asked for.

    Parameters
    ----------
    positions
        Of the register that the proposals are for, as of today.
    months
        How many months of the plan, from its first period on.

    Raises
    ------
    InvalidPlan
        With everything that does not fit.
    """
    problems = _does_not_fit(adopted, months)
    if problems:
        raise InvalidPlan(problems)
    end = add_months(adopted.scenario.calendar.first_day(0), months)
    decisions = [
        row
        for table in ("dispatches", "orders")
        for row in adopted.plan.rows(table)
        if adopted.scenario.calendar.first_day(row.period) < end
    ]
    problems = [problem for row in decisions for problem in _unknown(row, positions)]
    if problems:
        raise InvalidPlan(problems)
    maker = _Maker(adopted, positions, recorder)
    for row in decisions:
        if isinstance(row, Dispatch):
            maker.dispatch(row)
    for row in decisions:
        if isinstance(row, Order):
            maker.order(row)
    for share in shares(adopted.plan, adopted.scenario):
        if share.charge.decision in decisions:
            maker.pay(share)
    problems = [*maker.problems, *_adopted_before(maker.made, positions, adopted)]
    if problems:
        raise InvalidPlan(problems)
    return maker.made


def new_suppliers(found: Iterable[Proposal], directory: Directory) -> Directory:
    """Return the suppliers of proposals that a register does not know yet, as companies."""
    names = {proposal.draft.giver for proposal in found if proposal.is_order}
    fresh = sorted(names - directory.parties.keys())
    return Directory.of([Party(name, kind="company") for name in fresh], [])


def _does_not_fit(adopted: Adopted, months: int) -> list[Problem]:
    """A plan is read with the scenario that it is of."""
    if adopted.plan.scenario_hash != adopted.scenario.content_hash:
        message = refusals.another_scenario(adopted.scenario.name)
        return [Problem(adopted.name, 0, "", adopted.scenario.name, message)]
    if months < 1:
        return [Problem("--months", 0, "", str(months), refusals.no_months(months))]
    return []


def _unknown(row: Dispatch | Order, positions: Positions) -> Iterator[Problem]:
    """A register has to know who and what a decision names; suppliers are added to it."""
    directory = positions.directory
    named = {"from": "from_", "to": "to", "item": "item"}
    table = "dispatches"
    if isinstance(row, Order):
        table, named = "orders", {"customer": "customer", "item": "item"}
    for column, field in named.items():
        known: Mapping[str, object] = directory.items if column == "item" else directory.parties
        name = getattr(row, field)
        if name not in known:
            message = refusals.unknown(name, known, is_item=column == "item")
            yield Problem(f"{table}.csv", row.line, column, name, message)


def _adopted_before(
    made: Iterable[Proposal], positions: Positions, adopted: Adopted
) -> Iterator[Problem]:
    known = {statement.matter for statement in positions.view}
    for proposal in made:
        if proposal.draft.matter in known:
            message = refusals.adopted_before(proposal.draft.matter)
            yield Problem(adopted.name, 0, "", proposal.draft.matter, message)


class _Maker:
    """Makes the drafts of one plan, one decision after the other."""

    def __init__(self, adopted: Adopted, positions: Positions, recorder: Recorder) -> None:
        self.adopted, self.scenario = adopted, adopted.scenario
        self.positions, self.recorder = positions, recorder
        self.made: list[Proposal] = []
        self.problems: list[Problem] = []
        self._matters: dict[int, str] = {}  # of decisions, by identity
        self._names: set[str] = set()
        self._assurances = {(row.party, row.item): row for row in self.scenario.assurances}
        self._funds = {row.fund: row for row in self.scenario.funds}
        self._shares = shares(adopted.plan, adopted.scenario)
        self._open = OpenDebts(positions)
        self._suppliers = {row.supplier for row in adopted.plan.rows("orders")}

    def dispatch(self, row: Dispatch) -> None:
        """Propose a transfer, its replacement, and its consent where somebody is known to give it."""
        offer = row.offer.removesuffix(_BESIDE)
        matter = self._name(f"{_PROPOSED.sub('', offer)}:{row.to}", row.period)
        self._matters[id(row)] = matter
        planned = self._last_day(row.period)
        note = _("planned for {period}").format(period=self.scenario.calendar.label(row.period))
        draft = self._draft(
            matter,
            "transfer",
            "considered",
            giver=row.from_,
            receiver=row.to,
            item=row.item,
            quantity=_quantity(row.quantity, ITEM_SCALE),
            part_of=offer,
            note=note,
        )
        self.made.append(Proposal(draft, planned))
        self._replace(row, matter)
        self._ask(row, matter, offer)

    def order(self, row: Order) -> None:
        """Propose that a supplier delivers; where it is for a debt, say which one it is to settle."""
        matter = self._name(f"order:{row.supplier}:{row.item}:{row.customer}", row.period)
        settles = self._open.settled_by(row)
        self._matters[id(row)] = settles or matter
        calendar = self.scenario.calendar
        delivered = calendar.label(row.delivered)
        note = _("planned for {period}, delivered in {delivered}").format(
            period=calendar.label(row.period), delivered=delivered
        )
        if settles:
            note = _("{note}; it settles {matter}: record it there, as ordered").format(
                note=note, matter=settles
            )
        draft = self._draft(
            matter,
            "transfer",
            "considered",
            giver=row.supplier,
            receiver=row.customer,
            item=row.item,
            quantity=_quantity(row.quantity, ITEM_SCALE),
            note=note,
        )
        self.made.append(Proposal(draft, self._last_day(row.period), is_order=True))

    def pay(self, share: Share) -> None:
        """Propose a payment, in the currency of its fund, in whole minor units."""
        charge, fund = share.charge, self._funds[share.fund]
        payer, earmark = self._payer(share.fund)
        currency = fund.currency or self.scenario.currency
        amount = share.amount / self.scenario.rate(currency)
        unit = minor_unit(currency)
        parts = int((amount * MONEY_SCALE / unit).to_integral_value()) * unit
        wrong = [name for name in (payer, charge.payee) if not self._is_known(name)]
        for name in wrong:
            message = refusals.unknown(name, self.positions.directory.parties, is_item=False)
            self.problems.append(Problem("payments.csv", 0, "fund", share.fund, message))
        if wrong or not parts or payer == charge.payee:
            return
        decision = charge.decision
        assert decision is not None, "dues are on record already"
        matter = self._name(
            f"{charge.purpose}:{payer}:{charge.payee}:{charge.item}:{charge.party}", charge.period
        )
        planned = self._last_day(charge.period)
        draft = self._draft(
            matter,
            "payment",
            "due",
            giver=payer,
            receiver=charge.payee,
            currency=currency,
            quantity=Range(parts, parts),
            condition=self._condition(),
            terms=Terms(of=self._matters[id(decision)], due=planned.isoformat(), earmark=earmark),
        )
        self.made.append(Proposal(draft, planned))

    def _replace(self, row: Dispatch, transfer: str) -> None:
        assurance = self._assurances.get((row.from_, row.item))
        if assurance is None:
            return
        debtor = self._debtor(row)
        due = self._last_day(row.period + assurance.within)
        if not debtor:
            self.made[-1] = replace(self.made[-1], note=refusals.nobody_replaces())
            return
        ratio = "" if assurance.ratio == 1 else format(assurance.ratio.normalize(), "f")
        draft = self._draft(
            f"{transfer}:replacement",
            "replacement",
            "agreed",
            giver=debtor,
            receiver=row.from_,
            item=row.item,
            quantity=None,
            condition=self._condition(),
            terms=Terms(of=transfer, due=due.isoformat(), ratio=ratio),
        )
        self.made.append(Proposal(draft, due))
        owed = draft.matter, row.from_, row.item, due, _quantity(row.quantity, ITEM_SCALE).lo
        self._open.owe(*owed)

    def _debtor(self, row: Dispatch) -> str:
        """Name who brings what comes back: who pays most for orders of it, who dispatches it, who makes it."""
        accepted = {
            settled.accepted
            for settled in self.adopted.plan.rows("settlements")
            if (settled.party, settled.item) == (row.from_, row.item)
            and settled.period >= row.period
        }
        paid: dict[str, Decimal] = {}
        for share in self._shares:
            charge = share.charge
            if charge.purpose == "order" and charge.party == row.from_ and charge.item in accepted:
                party = self._funds[share.fund].party
                paid[party] = paid.get(party, Decimal(0)) + share.amount
        givers = [
            other.from_
            for other in self.adopted.plan.rows("dispatches")
            if other.to == row.from_ and other.item in accepted
        ]
        makers = [
            order.supplier
            for order in self.adopted.plan.rows("orders")
            if order.customer == row.from_ and order.item in accepted
        ]
        payers = sorted(paid, key=lambda party: (-paid[party], party))
        candidates = (*payers, *givers, *makers)
        parties = self.positions.directory.parties
        return next((name for name in candidates if name != row.from_ and name in parties), "")

    def _ask(self, row: Dispatch, transfer: str, offer: str) -> None:
        """Ask those who are known to consent to transfers of the item, unless they have for this promise."""
        asked: dict[str, bool] = {}
        inside = self._lies_in(offer)
        for position in self.positions.kind("consent"):
            about = position.item == row.item or position.terms.of == offer
            if not about or not position.giver:
                continue
            stands = position.state == "granted" and not position.lapsed
            covers = position.terms.of in {"", *inside} and position.receiver in {row.from_, ""}
            asked[position.giver] = asked.get(position.giver, False) or (stands and covers)
        for grantor, has_consented in sorted(asked.items()):
            if has_consented or grantor == row.from_:
                continue
            draft = self._draft(
                f"{transfer}:consent:{grantor}",
                "consent",
                "asked",
                giver=grantor,
                receiver=row.from_,
                item=row.item,
                quantity=_quantity(row.quantity, ITEM_SCALE),
                condition=self._condition(),
                terms=Terms(of=transfer),
            )
            self.made.append(Proposal(draft, self._last_day(row.period)))

    def _lies_in(self, offer: str) -> set[str]:
        """Name a promise and all that it lies in: a consent to the whole is one to its parts."""
        found, waiting = set(), [offer]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += (link.parent for link in self.positions.links if link.child == name)
        return found

    def _payer(self, fund: str) -> tuple[str, str]:
        """Name who pays, and the fund where the register knows no pool of that name."""
        pool = fund.partition(": ")[0]
        if self.positions.directory.is_pool(pool):
            return pool, ""
        own = self._funds[fund].party
        return own, "" if pool == own else fund

    def _draft(self, matter: str, kind: str, milestone: str, **fields: Any) -> Statement:
        adopted, recorder = self.adopted, self.recorder
        title = _("plan {hash}").format(hash=adopted.sha256)
        return Statement(
            matter=matter,
            kind=kind,
            milestone=milestone,
            source=Source(
                _INFERENCE,
                title=title,
                date=recorder.today.isoformat(),
                sha256=adopted.sha256,
            ),
            said_by=recorder.name,
            recorded_by=recorder.name,
            visibility=recorder.visibility,
            chain=f"plan {adopted.short}",
            **fields,
        )

    def _condition(self) -> Condition:
        return Condition(_("proposed by plan {hash}").format(hash=self.adopted.sha256))

    def _name(self, what: str, period: int) -> str:
        """Name a matter: the plan, what it is about, when; numbered where there are several."""
        label = self.scenario.calendar.label(period)
        name = base = f"plan:{self.adopted.short}:{what}:{label}"
        number = 1
        while name in self._names:
            number += 1
            name = f"{base}:{number}"
        self._names.add(name)
        return name

    def _last_day(self, period: int) -> date:
        return self.scenario.calendar.first_day(period + 1) - timedelta(days=1)

    def _is_known(self, name: str) -> bool:
        return name in self.positions.directory.parties or name in self._suppliers


def _quantity(quantity: float, scale: int) -> Range:
    amount = round(Decimal(repr(quantity)) * scale)
    return Range(amount, amount)
