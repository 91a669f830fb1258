"""A small scheme that a test lives through, month by month: A gives, B asks, C pays, M makes.

`Year` keeps the record as a store would, and plans, adopts and records once a month. What people do with a
proposal is written in `live`: they agree to all of it, unless a test says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import ringtausch as rt
from ringtausch.exchange.loop.adopting import Adopted, Proposal, Recorder, proposals
from ringtausch.exchange.loop.plan_hash import plan_hash
from ringtausch.exchange.loop.scenario import Made, scenario_from
from ringtausch.exchange.loop.writing import write_made
from ringtausch.records.scenario import Scenario
from ringtausch.register.directory import Directory, Item, Party
from ringtausch.register.positions import Positions
from ringtausch.register.ranges import MONEY_SCALE, Range
from ringtausch.register.recording import prepare
from ringtausch.register.rule import STRICT
from ringtausch.register.statement import Source, Statement, Terms

__all__ = ["DIRECTORY", "TERMS", "Year", "say"]

DIRECTORY = Directory.of(
    [
        Party("A", "who gives"),
        Party("B", "who asks"),
        Party("C", "who pays"),
        Party("M", "who makes", kind="company"),
        Party("P", "the pool", kind="pool", keeper="C"),
    ],
    [Item("launcher")],
)

#: What no statement says, as files of a folder of terms.
TERMS = {
    "scenario.toml": """
[scenario]
format = 1
name = "Launchers for B"
start = 2024-01-01
period = "month"
horizon = 12
settlement = 8
currency = "EUR"
objectives = ["late_replacement", "unmet_need", "capability_gap", "spend", "moved_value"]
""",
    "parties.csv": "party,name\nA,\nB,\nC,\n",
    "items.csv": "item,name,unit,indivisible,value\nlauncher,,piece,true,1000000\n",
    "lanes.csv": "from,to,item,lead\nA,B,launcher,1\n",
    "floors.csv": "party,capability,from,quantity,max_gap\nA,launcher,2024-01-01,9,2\n",
    "assurances.csv": "party,item,within\nA,launcher,6\n",
    "supply.csv": (
        "supplier,item,customer,price,lead,payments\nM,launcher,A,1000000,3,0:0.5 3:0.5\n"
    ),
    "production.csv": "supplier,item,from,capacity\nM,launcher,2024-04-01,1\n",
    "needs.csv": "need,party,capability,quantity,due\nasked-by-B,B,launcher,4,2024-02-01\n",
}


def say(matter: str, kind: str, milestone: str, by: str, on: date, **fields: object) -> Statement:
    """Write what a party says of its own act; `units` are whole items, `euros` whole euros."""
    pieces, euros = fields.pop("units", None), fields.pop("euros", None)
    if pieces is not None:
        assert isinstance(pieces, int)
        fields |= {"quantity": Range(pieces * 1000, pieces * 1000), "item": "launcher"}
    if euros is not None:
        assert isinstance(euros, int)
        parts = euros * MONEY_SCALE
        fields |= {"quantity": Range(parts, parts), "currency": "EUR"}
    return Statement(
        matter,
        kind,
        milestone,
        Source(1, title=f"{by} says so", date=on.isoformat()),
        said_by=by,
        recorded_by=str(fields.pop("recorded_by", by)),
        true_on=on.isoformat(),
        said_on=on.isoformat(),
        **fields,  # type: ignore[arg-type]
    )


class Year:
    """A record that grows, and a folder in which scenarios and plans are written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.record: list[Statement] = []
        terms = folder / "terms"
        terms.mkdir()
        for name, text in TERMS.items():
            (terms / name).write_text(text.lstrip(), encoding="utf-8")
        self.terms: Scenario = rt.read(terms)
        self.orders: list[tuple[str, int, date]] = []  # matter, units, comes
        self.to_pay: list[tuple[Statement, date]] = []
        self.months: list[tuple[date, Made, list[Proposal]]] = []
        self._ids: Iterator[str] = (f"{number:032x}" for number in range(10**6))

    def append(self, on: date, *drafts: Statement) -> list[Statement]:
        """Record drafts on a day, all or none."""
        moment = f"{on.isoformat()}T12:00:00.000000Z"
        made = prepare(drafts, self.record, DIRECTORY, moment, lambda: next(self._ids))
        self.record += made
        return made

    def positions(self, as_of: date) -> Positions:
        """Where everything stands by the parties' own words."""
        return Positions(self.record, STRICT, as_of, DIRECTORY)

    def begin(self, on: date) -> None:
        """Before the first month: A counts, B asks, A pledges, C consents, commits and pays in."""
        self.append(
            on,
            say("stock-of-A", "holding", "counted", "A", on, giver="A", units=10),
            say("stock-of-B", "holding", "counted", "B", on, giver="B", units=0),
            say("asked-by-B", "request", "asked", "B", on, giver="A", receiver="B", units=4),
            say("pledge-of-A", "transfer", "pledged", "A", on, giver="A", receiver="B", units=4),
            say("consent-of-C", "consent", "granted", "C", on, giver="C", receiver="A", units=4,
                terms=Terms(of="pledge-of-A")),
            say("money-of-C", "contribution", "committed", "C", on, giver="C", receiver="P",
                euros=4_000_000, terms=Terms(due="2024-04-30")),
            say("money-of-C", "contribution", "paid_in", "C", on, giver="C", receiver="P",
                euros=2_000_000, event="first half"),
        )  # fmt: skip

    def plan(self, as_of: date) -> tuple[Made, list[Proposal]]:
        """Make the scenario, plan it and propose the first month of the plan."""
        positions = self.positions(as_of)
        made = scenario_from(positions, self.terms)
        place = self.folder / as_of.isoformat()
        write_made(made, place)
        scenario = rt.read(place)
        plan = rt.plan(scenario)
        assert rt.verify(scenario, plan).ok
        plan.write(place / "plan")
        read = rt.read_plan(place / "plan")
        adopted = Adopted(read, "plan", plan_hash(place / "plan"), scenario)
        found = proposals(adopted, positions, 1, Recorder("desk", as_of))
        self.append(as_of, *(proposal.draft for proposal in found))
        return made, found

    def agree(self, found: list[Proposal], on: date) -> None:
        """All parties agree to what is proposed: each says its own part, without the condition."""
        for proposal in found:
            draft = proposal.draft
            own = {"giver": draft.giver, "receiver": draft.receiver, "quantity": draft.quantity}
            if draft.kind == "replacement":
                self.append(on, say(draft.matter, "replacement", "agreed", draft.giver, on,
                                    item=draft.item, terms=draft.terms, **own))  # fmt: skip
            elif draft.kind == "payment":
                due = say(draft.matter, "payment", "due", draft.receiver, on, currency="EUR",
                          terms=draft.terms, **own)  # fmt: skip
                self.append(on, due)
                self.to_pay.append((due, proposal.planned))
            elif draft.kind == "transfer" and draft.giver == "A":
                self.append(on, say(draft.matter, "transfer", "pledged", "A", on, item="launcher",
                                    **own))  # fmt: skip
            elif draft.kind == "transfer":
                self._order(draft, on)

    def pay(self, until: date) -> None:
        """The pool pays what is due by a day, each on its day."""
        for due, day in [row for row in self.to_pay if row[1] <= until]:
            self.append(day, say(due.matter, "payment", "paid", "P", day, giver="P", receiver="M",
                                 currency="EUR", quantity=due.quantity))  # fmt: skip
        self.to_pay = [row for row in self.to_pay if row[1] > until]

    def deliver(self, until: date) -> None:
        """What was ordered comes and is accepted."""
        for number, (matter, pieces, day) in enumerate(list(self.orders)):
            if day > until:
                continue
            event = f"{day.isoformat()}, {number}"
            sides = {"giver": "C", "receiver": "A", "event": event, "units": pieces}
            self.append(
                until,
                say(matter, "replacement", "delivered", "C", until, **sides),
                say(matter, "replacement", "accepted", "A", until, **sides),
            )
            self.orders.remove((matter, pieces, day))

    def _order(self, draft: Statement, on: date) -> None:
        """M delivers three months after the order: by the fifteenth."""
        assert draft.quantity is not None
        pieces = draft.quantity.lo // 1000
        settled = draft.note.partition("it settles ")[2].partition(": record")[0]
        comes = (on.replace(day=1) + timedelta(days=93)).replace(day=15)
        ordered = say(settled, "replacement", "ordered", "C", on, giver="C", receiver="A",
                      units=pieces, event=f"{on.isoformat()}, {len(self.orders)}",
                      terms=Terms(due=comes.isoformat()))  # fmt: skip
        of = next(one.terms.of for one in self.record if one.matter == settled)
        ordered = replace(ordered, terms=replace(ordered.terms, of=of))
        self.append(on, ordered)
        self.orders.append((settled, pieces, comes))
