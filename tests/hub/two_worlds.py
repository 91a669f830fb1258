"""Two registers that differ in what is hidden from UKR, FRA and the public, and everything that can be asked of one.

Both lie in files of the same name, and the second begins as a copy of the first, so that all that both hold is the
same to the last byte: ids, times, salts, hashes, signatures.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from ringtausch.hub import init_register, open_register
from ringtausch.hub.asking import Words, asking
from ringtausch.hub.proving import prove_consistency, prove_inclusion
from ringtausch.hub.recording import record
from ringtausch.hub.store import Store
from ringtausch.records.problems import InvalidInput
from ringtausch.register.boundary import flows
from ringtausch.register.checking import Place
from ringtausch.register.directory import Directory
from ringtausch.register.discrepancies import discrepancies
from ringtausch.register.journal import journal
from ringtausch.register.look_through import look_through_all
from ringtausch.register.overdue import overdue
from ringtausch.register.positions import Positions
from ringtausch.register.postings import postings
from ringtausch.register.question import Question
from ringtausch.register.ranges import Range
from ringtausch.register.replacement import bare, debts
from ringtausch.register.rule import STRICT, TRACKER, Rule
from ringtausch.register.silence import waiting
from ringtausch.register.statement import Statement, Terms
from ringtausch.register.totals import total
from ringtausch.register.trust.audiences import audience_of
from ringtausch.register.window import new_in_window
from tests.hub.making import KEY
from tests.register.builders import DIRECTORY, said

__all__ = [
    "AS_OF",
    "ELSEWHERE",
    "HIDDEN",
    "KEY_NAME",
    "NAME",
    "READING",
    "add",
    "attempts",
    "common",
    "copy_of",
    "first_world",
    "later",
    "library",
    "questions_of",
    "rows_of",
    "shape",
]

NAME, KEY_NAME = "register.db", "register.key"
AS_OF = date(2026, 1, 1)
COALITION, TWO = ("coalition",), ("DEU", "POL")

ITEM: dict[str, Any] = {"item": "launcher"}
GIFT: dict[str, Any] = {"giver": "POL", "receiver": "UKR", **ITEM}
SWAP: dict[str, Any] = {"giver": "DEU", "receiver": "POL", **ITEM}
FUND: dict[str, Any] = {"giver": "NOR", "receiver": "PURL", "currency": "EUR"}
BILL: dict[str, Any] = {"giver": "PURL", "receiver": "USA", "currency": "EUR"}
OWN: dict[str, Any] = {"giver": "UKR", "receiver": "FRA", **ITEM}


def common() -> list[Statement]:
    """What both worlds hold: something of every kind, and some of it not for everybody."""
    return [
        said("stock", "holding", "counted", quantity="9", giver="UKR", **ITEM),
        said("t", "transfer", "pledged", quantity="8", **GIFT),
        said("t", "transfer", "handed_over", quantity="5", event="1", on="2025-02-01", **GIFT),
        said("t", "transfer", "received", quantity="4", event="1", on="2025-02-02", **GIFT),
        said("t", "transfer", "handed_over", by="a newspaper", rank=5, quantity="7", **GIFT),
        said("u", "transfer", "pledged", quantity="2", part_of="t", **GIFT),
        said("r", "replacement", "agreed", on="2025-02-03", terms=_owed("2025-03-01"), **SWAP),
        said("r", "replacement", "delivered", quantity="2", on="2025-03-01", event="1", **SWAP),
        said("q", "request", "asked", quantity="3", event="1", **GIFT),
        said("q", "request", "asked", quantity="3", event="2", on="2025-03-05", **GIFT),
        said("c", "contribution", "committed", quantity="100", **FUND),
        said("c", "contribution", "paid_in", by="IKI", quantity="80", on="2025-04-01", **FUND),
        said("p", "payment", "due", quantity="60", on="2025-04-02", **BILL),
        said("p", "payment", "paid", by="IKI", quantity="50", on="2025-04-03", **BILL),
        said("all", "total", "stated", by="IKI", quantity="120", currency="EUR", terms=_TOLD),
        said("o", "transfer", "reserved", quantity="1", chain="swap", **OWN),
        said("o2", "transfer", "reserved", quantity="1", chain="swap", **OWN),
        said("o3", "transfer", "pledged", quantity="2", visibility=("FRA", "UKR"), **OWN),
        said("k", "transfer", "pledged", quantity="6", visibility=COALITION, **GIFT),
        said("n", "consent", "asked", visibility=TWO, **SWAP),
    ]


def _owed(due: str = "") -> Terms:
    return Terms(of="t", due=due)


_TOLD = Terms(pool="PURL", rung="committed")

#: What is hidden, by what it could show itself in; each is one statement.
HIDDEN: dict[str, Callable[[], Statement]] = {
    "a matter": lambda: said(
        "secret", "transfer", "pledged", quantity="4", visibility=COALITION, **GIFT
    ),
    "a fact of a matter": lambda: said(
        "t", "transfer", "handed_over", quantity="3", event="2", visibility=TWO, **GIFT
    ),
    "a conflict": lambda: said(
        "t", "transfer", "pledged", quantity="2", on="2025-05-01", visibility=COALITION, **GIFT
    ),
    "a part": lambda: said(
        "u", "transfer", "linked", quantity=None, same_as="t", by="DEU", visibility=TWO
    ),
    "a link of others": lambda: said("q", "request", "linked", part_of="t", visibility=COALITION),
    "a count": lambda: said(
        *("stock 2", "holding", "counted"),
        by="DEU",
        rank=3,
        quantity="0",
        on="2025-06-01",
        giver="UKR",
        visibility=COALITION,
        **ITEM,
    ),
    "a chain": lambda: said(
        "secret", "transfer", "reserved", quantity="1", chain="swap", visibility=TWO, **SWAP
    ),
    "another audience": lambda: said(
        "secret", "contribution", "paid_in", quantity="30", visibility=("IKI", "NOR"), **FUND
    ),
    "an answer": lambda: said("q", "request", "met", by="POL", visibility=COALITION, **GIFT),
    "a waiver": lambda: said(
        "r", "replacement", "waived", quantity="5", on="2025-05-01", visibility=TWO, **SWAP
    ),
    "a long text": lambda: said(
        "secret", "package", "stated", by="DEU", note="x" * 4_000, visibility=TWO
    ),
    "a payment": lambda: said(
        "p",
        "payment",
        "refunded",
        quantity="10",
        on="2025-05-01",
        visibility=("PURL", "USA"),
        **BILL,
    ),
}


def _as_drafted(drafts: Sequence[Statement], *_more: object, **_named: object) -> list[Statement]:
    return list(drafts)


def first_world(folder: Path) -> None:
    """Make the register that hides nothing, every tree of it signed, with the key beside."""
    folder.mkdir()
    with init_register(str(folder / NAME), DIRECTORY) as store:
        everything = common()
        for number, one in enumerate(everything):
            recorded = f"2025-07-{number + 1:02d}T12:00:00.000000Z"
            everything[number] = replace(one, recorded_at=recorded)
        store.append(everything, "desk", prepare=_keeping_recorders(everything))
        wrong = everything[5]
        right = replace(
            wrong, id="f" * 32, corrects=wrong.id, reason="a slip", quantity=Range(3000, 3000)
        )
        right = replace(right, recorded_at="2025-08-01T12:00:00.000000Z")
        store.append([right], "POL", prepare=_as_drafted)
        for names in store.audiences():
            store.checkpoint(names, KEY)
        notes = [str(note) for names in store.audiences() for note in store.checkpoints(names)]
    (folder / KEY_NAME).write_text(KEY.to_text() + "\n", encoding="utf-8")
    (folder / "kept.txt").write_text("\n".join(notes), encoding="utf-8")


def _keeping_recorders(drafts: list[Statement]) -> Callable[..., list[Statement]]:
    return lambda *_given, **_named: drafts


def copy_of(world: Path, folder: Path) -> Path:
    """Copy a register that nobody has open, with all that lies beside it."""
    shutil.copytree(world, folder)
    return folder


def add(world: Path, *statements: Statement, sign: bool = False) -> None:
    """Record statements as they are; sign their trees where that is wanted."""
    with open_register(str(world / NAME)) as store:
        store.append(statements, "desk", prepare=_keeping_recorders(list(statements)))
        for names in {one.visibility for one in statements} if sign else ():
            store.checkpoint(names, KEY)


def later() -> list[Statement]:
    """What is recorded in both worlds after one has begun to hide something."""
    on = "2025-09-01"
    return [
        said("t", "transfer", "received", quantity="1", event="2", on=on, **GIFT),
        said("v", "transfer", "pledged", quantity="1", on=on, **GIFT),
        said("o3", "transfer", "reserved", quantity="2", on=on, visibility=("FRA", "UKR"), **OWN),
        said("k", "transfer", "reserved", quantity="6", on=on, visibility=COALITION, **GIFT),
    ]


def attempts(hidden: Statement) -> dict[str, list[Statement]]:
    """What UKR tries to record: some of it is refused, for reasons that it may know, and only for those."""
    fresh = {"quantity": "1", "on": "2025-09-01"}
    own, note = OWN | fresh, {"reason": "a slip", "by": "UKR", "id": "", "recorded": "2025-09-01"}
    handed = "handed_over"
    return {
        "of the hidden matter": [said(hidden.matter, "request", "asked", **(GIFT | fresh))],
        "the same as it": [said("w", "rate", "linked", by="UKR", same_as=hidden.matter)],
        "a part of it": [said("w", "transfer", "pledged", part_of=hidden.matter, **own)],
        "a correction of it": [
            said(hidden.matter, hidden.kind, "void", corrects=hidden.id, **note)
        ],
        "its id": [said("w", "transfer", "pledged", **(own | {"id": hidden.id}))],
        "all that is in stock": [said("w", "transfer", handed, **(own | {"quantity": "7"}))],
        "more than is in stock": [said("w", "transfer", handed, **(own | {"quantity": "20"}))],
        "a longer chain": [said("w", "transfer", "reserved", chain="swap", **own)],
        "a step back": [said("t", "transfer", "requested", event="1", **(GIFT | fresh))],
        "a receipt": [said("t", "transfer", "received", event="2", **(GIFT | fresh))],
        "a replacement of it": [
            said("w", "replacement", "agreed", terms=Terms(of=hidden.matter), **own)
        ],
    }


def shape(text: str) -> str:
    """Put words of the same length in the place of what chance makes: ids, hashes, times."""
    text = re.sub(r"\b[0-9a-f]{8,64}\b", lambda found: "#" * len(found[0]), text)
    text = re.sub(r"\b20\d\d-\d\d-\d\dT[0-9:.]{15}Z", "TIME", text)
    return re.sub(r"[A-Za-z0-9+/]{40,}={0,2}", lambda found: "+" * len(found[0]), text)


#: The functions of a store that only read, and have a reader; `library` asks the others in its own ways.
READING: dict[str, Callable[[Any, str | None, Statement], object]] = {
    "statements": lambda store, reader, hidden: [
        list(store.statements(reader)),
        list(store.statements(reader, "2025-07-10")),
        list(store.statements(reader, None, ["t", hidden.matter])),
        list(store.statements(reader, None, None, ["UKR", "POL"])),
    ],
    "identified": lambda store, reader, hidden: [
        store.identified(beginning, reader) for beginning in ("", hidden.id[:4], hidden.id)
    ],
    "matters": lambda store, reader, _hidden: sorted(store.matters(reader)),
    "audiences": lambda store, reader, _hidden: store.audiences(reader),
}
ELSEWHERE = {"append", "checkpoints", "leaves", "redact"}


def library(
    store: Store, reader: str | None, hidden: Statement, kept: Path
) -> dict[Hashable, object]:
    """Ask the library everything, in the view of a reader who has kept some checkpoints."""
    found: dict[Hashable, object] = {
        "who": (store.identity, store.directory(), store.keys(), store.trust_domain, store.format())
    }
    mine = store.audiences(reader)
    for names in (*mine, hidden.visibility, ("FRA", "USA")):
        tree = audience_of(names)
        assert names in mine or not list(store.leaves(names, reader)), "leaves of others"
        assert names in mine or not store.checkpoints(names, reader), "checkpoints of others"
        found["leaves", tree] = list(store.leaves(names, reader))
        found["notes", tree] = list(map(str, store.checkpoints(names, reader)))
    for name, ask in READING.items():
        found[name] = ask(store, reader, hidden)
    view = tuple(store.statements(reader))
    for rule, day in ((TRACKER, AS_OF), (STRICT, date(2025, 2, 15))):
        found[rule.name] = figures(view, rule, day, store.directory())
    found["proofs"] = [prove_inclusion(store, one.id, reader) for one in view]
    found["grown"] = prove_consistency(store, kept, reader)
    found["refusals"] = _refusals(store, reader, hidden)
    return found


def figures(
    view: tuple[Statement, ...], rule: Rule, as_of: date, directory: Directory
) -> dict[str, object]:
    """Work out every figure of rules 5 to 35."""
    positions = Positions(view, rule, as_of, directory)
    posted = postings(positions)
    money = Question(("contribution",), "committed", currency="EUR", by="giver")
    items = Question(("transfer",), "handed_over", item="launcher", by="receiver")
    spent = Question(("payment",), "paid", currency="EUR", pool="PURL", by="contributor")
    return {
        "positions": positions.all(),
        "links": (positions.links, positions.dropped),
        "seen": (positions.candidates, positions.standing, positions.not_admitted),
        "postings": (posted.moves, posted.not_posted, posted.short, posted.balances),
        "journal": journal(view, rule, directory, as_of),
        "debts": (debts(positions), bare(positions), discrepancies(positions)),
        "waits": (overdue(positions), waiting(positions)),
        "totals": [total(positions, question) for question in (money, items, spent)],
        "window": new_in_window(positions, money, date(2025, 1, 15)),
        "flows": flows(positions, ["PURL", "DEU"]),
        "pools": look_through_all(positions),
    }


def _refusals(store: Store, reader: str | None, hidden: Statement) -> list[str]:
    """Name what is hidden, and what nobody has ever recorded: the same sentences."""
    unknown = replace(hidden, id="0" * 32, matter=hidden.matter)
    told = []
    for one in (hidden, unknown):
        mask = {one.id: "ID", one.id[:8]: "ID"}
        words = Words(store.address.text, reader=reader or "public")
        with asking(words) as asked:
            tries: list[Callable[[], object]] = [
                lambda: prove_inclusion(store, one.id, reader),  # noqa: B023 - run at once
                lambda: asked.find(one.id),  # noqa: B023
                lambda: asked.find(one.id[:8]),  # noqa: B023
                lambda: store.redact(one.id, "board", "why", "UKR", reader=reader),  # noqa: B023
            ]
            sentences = [_told(attempt) for attempt in tries]
            sentences.append(str(asked.refuse_matter(f"{one.matter}-x")))
        for identifier, word in mask.items():
            sentences = [sentence.replace(identifier, word) for sentence in sentences]
        told.append(sentences)
    assert told[0] == told[1], "what is hidden is refused as what does not exist"
    if reader is not None:
        told += [_attempt(store, reader, drafts) for drafts in attempts(hidden).values()]
    return [str(one) for one in told]


def _told(attempt: Callable[[], object]) -> str:
    try:
        return repr(attempt())
    except InvalidInput as invalid:
        return str(invalid)


def _attempt(store: Store, reader: str, drafts: list[Statement]) -> list[str]:
    """Try to record something without keeping it; of what is recorded only ids and times are by chance."""
    mine = [(replace(one, recorded_by=reader, recorded_at=""), Place("draft", 1)) for one in drafts]
    try:
        made = record(store, mine, reader, reader=reader, dry_run=True)
    except InvalidInput as invalid:
        return [str(problem) for problem in invalid.problems]
    return [f"{len(one.id)} {replace(one, id='', recorded_at='')}" for one in made]


@contextmanager
def questions_of(asked: list[str]) -> Iterator[None]:
    """Note every SQL, with its values, that reaches a file over a connection that is opened meanwhile."""

    def listen(connection: BaseDatabaseWrapper, **_more: object) -> None:
        connection.connection.set_trace_callback(asked.append)

    connection_created.connect(listen, weak=False)
    try:
        yield
    finally:
        connection_created.disconnect(listen)


def rows_of(world: Path, sql: str) -> int:
    """Ask a question again, and count the rows that come back."""
    with sqlite3.connect(f"file:{world / NAME}?mode=ro", uri=True) as connection:
        return len(connection.execute(sql).fetchall())
