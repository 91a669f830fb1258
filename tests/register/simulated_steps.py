"""Random steps of several parties: what each of them could say next about matters that it has a part in.

What is remembered of a matter is rough, so that some of the steps are refused: what may be recorded, the register
decides. Everything follows from one source of chance.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from ringtausch.register.ranges import UNKNOWN, Range
from ringtausch.register.statement import Condition, Source, Statement, Terms
from tests.register.builders import DIRECTORY

__all__ = ["PARTIES", "Known", "World"]

STATES = ("DEU", "ESP", "FRA", "NLD", "NOR", "POL", "UKR", "USA")
POOLS = {"PURL": "IKI", "EPF": "EPF"}
PARTIES = (*STATES, "IKI", "EPF")
COUNTING = ("DEU", "NLD", "UKR")
ITEMS = ("launcher", "missile", "fuel")
START = date(2020, 1, 1)

#: So many of the newest matters of a party go on; older ones are left as they are.
_LIVELY = 40

Step = list[Statement]


@dataclass
class Known:
    """What the simulation remembers of a matter."""

    name: str
    kind: str
    giver: str
    receiver: str
    what: dict[str, str]  # item or currency
    amount: int
    visibility: tuple[str, ...]
    of: Known | None = None  # of a replacement: the transfer
    done: Counter[str] = field(default_factory=Counter)
    events: int = 0


class World:
    """What has happened so far, and what may come next."""

    def __init__(self, seed: str) -> None:
        self.chance = Random(seed)
        self.day = START
        self.matters = 0
        self.of_side: defaultdict[tuple[str, str, str], deque[Known]] = defaultdict(
            lambda: deque(maxlen=_LIVELY)
        )
        self.recorded: defaultdict[str, deque[Statement]] = defaultdict(lambda: deque(maxlen=200))
        self.left: dict[tuple[str, str], int] = {}  # of counted stocks, roughly
        self.chains: defaultdict[str, list[list[Statement]]] = defaultdict(list)

    def step(self, party: str) -> Step:
        """Let a party say something."""
        while True:
            (make,) = self.chance.choices(_MAKERS, _WEIGHTS)
            found = make(self, party)
            if found:
                return found

    def pick(self, kind: str, side: str, party: str) -> Known | None:
        """Choose one of the newest matters of which a party is a side."""
        known = self.of_side[kind, side, party]
        return self.chance.choice(known) if known else None

    def draft(
        self,
        known: Known,
        milestone: str,
        by: str,
        amount: int | Range | None = None,
        **fields: Any,
    ) -> Statement:
        """Say something of a matter today, or that it was so some days ago."""
        quantity = Range(amount, amount) if isinstance(amount, int) else amount
        if isinstance(amount, int):
            known.done[milestone] += amount
        said, true = self.day, self.day
        if self.chance.random() < 0.1:
            true -= timedelta(self.chance.randrange(40))
        rank = fields.pop("rank", 1)
        if quantity is not None:
            fields = known.what | fields
        return Statement(
            matter=known.name,
            kind=known.kind,
            milestone=milestone,
            source=Source(rank, "Letter", date=said.isoformat()),
            said_by=by,
            recorded_by="",
            said_on=said.isoformat(),
            true_on=true.isoformat(),
            quantity=quantity,
            visibility=known.visibility,
            **{"giver": known.giver, "receiver": known.receiver} | fields,
        )

    def new(self, kind: str, giver: str, receiver: str, what: dict[str, str], amount: int) -> Known:
        """Begin a matter."""
        self.matters += 1
        name = f"{kind}-{self.matters}"
        readers = self.readers(giver, receiver)
        known = Known(name, kind, giver, receiver, what, amount, readers)
        self.of_side[kind, "giver", giver].append(known)
        self.of_side[kind, "receiver", receiver].append(known)
        return known

    def readers(self, *sides: str) -> tuple[str, ...]:
        """Choose who may read about a matter: everybody, the coalition, its sides, or one more."""
        kind = self.chance.random()
        if kind < 0.5:
            return ("public",)
        if kind < 0.7 and DIRECTORY.coalition.issuperset(sides):
            return ("coalition",)
        more = [self.chance.choice(STATES)] if kind > 0.9 else []
        return tuple(sorted({*sides, *more} - {""}))

    def other(self, *parties: str) -> str:
        """Choose another state."""
        return self.chance.choice([name for name in STATES if name not in parties])

    def is_short(self, known: Known, amount: int) -> bool:
        """Tell roughly whether a counted stock has too little left; now and then nobody looks."""
        pair = known.giver, known.what["item"]
        if pair not in self.left or self.chance.random() < 0.02:
            return False
        self.left[pair] -= amount
        return self.left[pair] < 0

    def some(self, most: int = 12_000) -> int:
        """Choose an amount of whole pieces, up to most."""
        return 1000 * self.chance.randint(1, max(1, most // 1000))


def _promise(world: World, party: str) -> Step:
    """Promise something exact or not, under a condition or until a day; or ask another one for it."""
    receiver, item = world.other(party), world.chance.choice(ITEMS)
    amount = 500 * world.chance.randint(1, 40) if item == "fuel" else world.some()
    known = world.new("transfer", party, receiver, {"item": item}, amount)
    milestone = world.chance.choice(("considered", "pledged", "pledged", "pledged"))
    more: dict[str, Any] = {}
    if world.chance.random() < 0.1:
        more["until"] = (world.day + timedelta(world.chance.randrange(300))).isoformat()
    earlier = world.pick("transfer", "receiver", receiver)
    if earlier is not None and earlier is not known and world.chance.random() < 0.1:
        more["condition"] = Condition(
            "if others give", (earlier.name,), "pledged", world.chance.randint(1, 9) * 1000
        )
    quantity: int | Range = amount
    if world.chance.random() < 0.15:
        wide = (Range(0, amount), Range(amount, None), Range(amount, 2 * amount), UNKNOWN)
        quantity = world.chance.choice(wide)
    return [world.draft(known, milestone, party, quantity, **more)]


def _reserve(world: World, party: str) -> Step:
    """Reserve what was promised; sometimes several matters in one chain, which stand or fall together."""
    known = world.pick("transfer", "giver", party)
    if known is None:
        return []
    if world.is_short(known, known.amount):
        return _count(world, party)
    second = world.pick("transfer", "giver", party)
    assert second is not None
    if second is known or world.chance.random() < 0.7:
        return [world.draft(known, "reserved", party, known.amount)]
    chain = f"chain-{known.name}-{second.name}"
    return [world.draft(one, "reserved", party, one.amount, chain=chain) for one in (known, second)]


def _go(world: World, party: str) -> Step:
    """Let a part leave or hand it over, or say that some of it was lost."""
    known = world.pick("transfer", "giver", party)
    if known is None:
        return []
    milestone = world.chance.choice(("left", "handed_over", "handed_over", "handed_over", "lost"))
    amount = world.some(known.amount)
    if world.is_short(known, amount):
        return _count(world, party)
    if milestone == "lost":
        return [world.draft(known, "lost", party, 1000, event=f"l{known.events}")]
    known.events += 1
    return [world.draft(known, milestone, party, amount, event=f"e{known.events}")]


def _receive(world: World, party: str) -> Step:
    """Confirm what came, more or less of it; or give some back."""
    known = world.pick("transfer", "receiver", party)
    if known is None or not known.events:
        return []
    event = f"e{world.chance.randint(1, known.events)}"
    if world.chance.random() < 0.1:
        return [world.draft(known, "returned", party, 1000, event=event)]
    return [world.draft(known, "received", party, world.some(known.amount), event=event)]


def _undo(world: World, party: str) -> Step:
    """Release, decline or cancel, in part or as a whole."""
    known = world.pick("transfer", "giver", party)
    if known is None:
        return []
    milestone = world.chance.choice(("released", "released", "declined", "cancelled"))
    amount = world.some(known.amount) if world.chance.random() < 0.3 else None
    return [world.draft(known, milestone, party, amount)]


def _agree(world: World, party: str) -> Step:
    """Agree to replace what another one gave: at a ratio, by a day or within months, by a third party."""
    transfer = world.pick("transfer", "giver", world.other(party))
    if transfer is None or party == transfer.giver:
        return []
    what = transfer.what if world.chance.random() < 0.8 else {"item": world.chance.choice(ITEMS)}
    known = world.new("replacement", party, transfer.giver, what, transfer.amount)
    known.of = transfer
    days = world.chance.randrange(400)
    terms = Terms(
        of=transfer.name,
        item=what["item"] if world.chance.random() < 0.3 else "",
        ratio=world.chance.choice(("", "1", "3/2", "0.5")),
        due=(world.day + timedelta(days)).isoformat() if days < 200 else "",
        within=days // 30 if days >= 200 else None,
        replacer=party if world.chance.random() < 0.1 else "",
        guarantor=world.other() if world.chance.random() < 0.1 else "",
    )
    amount = transfer.amount if world.chance.random() < 0.6 else None
    return [world.draft(known, "agreed", party, amount, terms=terms, **what)]


def _replace(world: World, party: str) -> Step:
    """Fund, order and deliver what is owed."""
    known = world.pick("replacement", "giver", party)
    if known is None:
        return []
    milestone = world.chance.choice(("funded", "ordered", "delivered", "delivered", "delivered"))
    if milestone != "delivered":
        return [world.draft(known, milestone, party, known.amount)]
    known.events += 1
    what = {} if world.chance.random() < 0.8 else {"item": world.chance.choice(ITEMS)}
    amount, event = world.some(known.amount), f"d{known.events}"
    return [world.draft(known, "delivered", party, amount, event=event, **what)]


def _accept(world: World, party: str) -> Step:
    """Accept what was delivered, waive some of it, take something else in its place, or dispute."""
    known = world.pick("replacement", "receiver", party)
    if known is None:
        return []
    milestone = world.chance.choice(
        ("accepted", "accepted", "accepted", "waived", "substituted", "disputed")
    )
    if milestone == "accepted":
        event = f"d{world.chance.randint(1, known.events)}" if known.events else ""
        return [world.draft(known, milestone, party, world.some(known.amount), event=event)]
    if milestone == "substituted":
        terms = Terms(rate=world.chance.choice(("1/2", "1", "1.5")))
        item = world.chance.choice(ITEMS)
        return [world.draft(known, milestone, party, None, terms=terms, item=item)]
    amount = 1000 if milestone == "waived" and world.chance.random() < 0.8 else None
    return [world.draft(known, milestone, party, amount)]


def _contribute(world: World, party: str) -> Step:
    """Announce or commit money for a pool."""
    if party not in STATES:
        return []
    pool, currency = world.chance.choice(tuple(POOLS)), world.chance.choice(("EUR", "USD"))
    amount = world.chance.randint(1, 500_000) * 100
    known = world.new("contribution", party, pool, {"currency": currency}, amount)
    milestone = world.chance.choice(("announced", "committed"))
    terms = Terms(earmark=world.other()) if world.chance.random() < 0.2 else Terms()
    return [world.draft(known, milestone, party, amount, terms=terms)]


def _keep(world: World, party: str) -> Step:
    """Let a keeper take money in, give it back, pay with it, or exchange it."""
    pools = [pool for pool, keeper in POOLS.items() if keeper == party]
    if not pools:
        return []
    pool, chance = world.chance.choice(pools), world.chance.random()
    if chance < 0.5:
        known = world.pick("contribution", "receiver", pool)
        if known is None:
            return []
        milestone = "paid_in" if chance < 0.45 else "refunded"
        known.events += 1
        amount = 100 * world.chance.randint(1, max(1, known.amount // 100))
        return [world.draft(known, milestone, party, amount, event=f"i{known.events}")]
    if chance < 0.6:
        return _exchange(world, pool, party)
    return _pay(world, pool, party)


def _pay(world: World, pool: str, party: str) -> Step:
    known = world.pick("payment", "giver", pool)
    if known is None or world.chance.random() < 0.5:
        what = {"currency": world.chance.choice(("EUR", "USD"))}
        to = world.other() if world.chance.random() < 0.9 else next(iter({*POOLS} - {pool}))
        amount = 100 * world.chance.randint(1, 300_000)
        known = world.new("payment", pool, to, what, amount)
    amount = 100 * world.chance.randint(1, max(1, known.amount // 100))
    known.events += 1
    event = f"p{known.events}"
    return [world.draft(known, "paid", party, amount, event=event, giver=pool)]


def _exchange(world: World, pool: str, party: str) -> Step:
    pair = world.chance.sample(("EUR", "USD"), 2)
    sold, bought = (100 * world.chance.randint(1, 50_000) for _ in pair)
    known = world.new("exchange", pool, "", {"currency": pair[0]}, sold)
    terms = Terms(
        to_currency=pair[1],
        to_quantity=bought,
        rate_date=world.day.isoformat(),
        rate_source="a bank",
    )
    return [world.draft(known, "exchanged", party, sold, terms=terms)]


def _bill(world: World, party: str) -> Step:
    """Say what a pool owes for, or give back some of what it has paid."""
    known = world.pick("payment", "receiver", party)
    if known is None:
        return []
    if world.chance.random() < 0.6:
        return [world.draft(known, "due", party, known.amount, giver=known.giver)]
    known.events += 1
    amount = 100 * world.chance.randint(1, max(1, known.amount // 200))
    return [world.draft(known, "refunded", party, amount, event=f"r{known.events}")]


def _count(world: World, party: str) -> Step:
    """Count a stock, mostly enough: from then on it is kept. Some parties never do."""
    if party not in COUNTING:
        return []
    item = world.chance.choice(ITEMS[:2])
    known = Known(f"stock-{party}-{item}", "holding", party, "", {"item": item}, 0, ("public",))
    amount = world.some(2_000_000) + (200_000 if world.chance.random() < 0.95 else 0)
    world.left[party, item] = amount // 2  # the other half may be reserved
    return [world.draft(known, "counted", party, amount)]


def _ask(world: World, party: str) -> Step:
    """Ask for something, again and again; or answer."""
    known = world.pick("request", "giver", party)
    if known is not None and world.chance.random() < 0.4:
        milestone = world.chance.choice(("validated", "met", "declined"))
        return [world.draft(known, milestone, party)]
    known = world.pick("request", "receiver", party)
    if known is None or world.chance.random() < 0.5:
        what = {"item": world.chance.choice(ITEMS)}
        known = world.new("request", world.other(party), party, what, world.some())
    known.events += 1
    return [world.draft(known, "asked", party, known.amount, event=f"a{known.events}")]


def _consent(world: World, party: str) -> Step:
    """Ask for a consent to a transfer, give it for a time, or take it back."""
    known = world.pick("consent", "giver", party)
    if known is not None and world.chance.random() < 0.6:
        milestone = world.chance.choice(("granted", "granted", "refused", "withdrawn"))
        return [world.draft(known, milestone, party)]
    transfer = world.pick("transfer", "giver", party)
    if transfer is None:
        return []
    known = world.new("consent", world.other(party), party, transfer.what, transfer.amount)
    return [world.draft(known, "asked", party, None, terms=Terms(of=transfer.name))]


def _link(world: World, party: str) -> Step:
    """Say that a matter lies in another one of the last few, or is the same one."""
    kind = world.chance.choice(("transfer", "transfer", "contribution", "payment"))
    known, other = (world.pick(kind, "giver", party) for _ in range(2))
    if known is None or other is None or known is other:
        return []
    # Only neighbours hang together, so that what has to be read with a matter stays small.
    if int(known.name.split("-")[1]) // 40 != int(other.name.split("-")[1]) // 40:
        return []
    if world.chance.random() < 0.3:
        link: dict[str, Any] = {"same_as": other.name}
    else:
        link = {"part_of": other.name}
        if world.chance.random() < 0.5:
            link |= {"share": Range(other.amount, other.amount), **known.what}
    rank = world.chance.choice((1, 1, 6))
    return [world.draft(known, "linked", party, None, rank=rank, **link)]


def _gossip(world: World, party: str) -> Step:
    """Record what the press, or an inference, says of others' matters."""
    known = world.pick(world.chance.choice(("transfer", "contribution")), "giver", world.other())
    if known is None or (party not in known.visibility and known.visibility != ("public",)):
        return []
    milestone = {"transfer": "pledged", "contribution": "committed"}[known.kind]
    if known.kind == "transfer" and world.chance.random() < 0.5:
        milestone = "handed_over"
    amount = Range(1000 * world.chance.randint(0, 9), 1000 * world.chance.randint(9, 30))
    return [
        world.draft(known, milestone, "a newspaper", amount, rank=world.chance.choice((4, 5, 6)))
    ]


def _correct(world: World, party: str) -> Step:
    """Correct one of the party's own statements, put nothing in its place, or undo a chain."""
    if world.chains[party] and world.chance.random() < 0.3:
        chain = world.chains[party].pop(world.chance.randrange(len(world.chains[party])))
        return [_void(one) for one in chain]
    mine = world.recorded[party]
    if not mine:
        return []
    said = world.chance.choice(mine)
    if world.chance.random() < 0.3:
        return [_void(said)]
    more: dict[str, Any] = {"note": "as it was meant"}
    if said.quantity is not None and said.quantity.hi is not None:
        step = 100 if said.currency else 1000
        amount = step * world.chance.randint(1, max(1, said.quantity.hi // step))
        more["quantity"] = Range(amount, amount)
    return [replace(said, id="", recorded_at="", corrects=said.id, reason="a slip", **more)]


def _void(said: Statement) -> Statement:
    return Statement(
        matter=said.matter,
        kind=said.kind,
        milestone="void",
        source=said.source,
        said_by=said.said_by,
        recorded_by="",
        said_on=said.said_on,
        visibility=said.visibility,
        corrects=said.id,
        reason="never happened",
        chain=said.chain,
    )


_CHOICES: dict[Callable[[World, str], Step], int] = {
    _promise: 10,
    _reserve: 8,
    _go: 16,
    _receive: 14,
    _undo: 3,
    _agree: 7,
    _replace: 9,
    _accept: 9,
    _contribute: 5,
    _keep: 30,
    _bill: 4,
    _count: 2,
    _ask: 5,
    _consent: 3,
    _link: 2,
    _gossip: 4,
    _correct: 5,
}
_MAKERS, _WEIGHTS = tuple(_CHOICES), tuple(_CHOICES.values())
