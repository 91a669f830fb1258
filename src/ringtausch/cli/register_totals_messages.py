"""What `register totals`, `flows` and `look-through` print with `--json`.

Amounts are texts: exact decimals (a fraction such as `1/3` where a rate leaves no end), and `amount` is
rounded to the smallest coin, half to even.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field

from ringtausch.cli.message import Message
from ringtausch.cli.register_table import decimals, exactly
from ringtausch.register.directory import scale_of

if TYPE_CHECKING:
    from ringtausch.hub.asking import Asked
    from ringtausch.register.boundary import Flows
    from ringtausch.register.directory import Directory
    from ringtausch.register.look_through import Attribution, LookThrough
    from ringtausch.register.totals import Row, Total
    from ringtausch.register.value import Amount
    from ringtausch.register.window import Window

__all__ = ["FlowsMessage", "LookThroughMessage", "TotalsMessage"]


class TotalRow(Message):
    """What belongs to one name, or to several together; only the name that rows are by is filled."""

    giver: str = ""
    receiver: str = ""
    contributor: str = ""
    title: str = Field(description="the name as the directory spells it out, where it does")
    amount: str = Field(description="the least, rounded to the smallest coin")
    currency: str
    item: str
    lo: str = Field(description="the least, exact")
    hi: str | None = Field(description="the most, exact; null without an end")
    matters: list[str]


class Sum(Message):
    """A total in one unit."""

    amount: str = Field(description="the least, rounded once: it may differ from rounded rows")
    currency: str
    item: str
    lo: str
    hi: str | None
    unknowns: int = Field(description="matters of which nobody says how much")
    blind: str = Field(description="all rows added as they stand, which counts twice")
    unsupported: str = Field(description="of it, what is valued without a document")
    rounding_difference: str = Field(description="the rounded total less its rounded rows")


class UncountedEntry(Message):
    """A matter that is not counted, or counted less, and why."""

    matter: str
    why: str
    others: list[str]
    detail: str


class DroppedEntry(Message):
    """A link that does not count."""

    child: str
    parent: str
    reason: str


class ExcessEntry(Message):
    """A matter whose parts are larger than it: a conflict (rule 19)."""

    matter: str
    excess: str
    parts: list[str]


class StatedEntry(Message):
    """A stated total beside what is counted: compared, never added (rule 20)."""

    matter: str
    sayer: str
    givers: list[str]
    currency: str
    stated: str
    stated_hi: str | None
    counted: str
    untold: str = Field(description="stated, and not told by whom; below 0 if more is counted")


class WindowEntry(Message):
    """What the question came to before the window and at its end (rule 22)."""

    since: str
    before: str
    after: str
    new: str


class TotalsMessage(Message):
    """The answer of `ringtausch register totals --json`."""

    schema_: Literal["ringtausch/register-totals/1"] = Field(
        default="ringtausch/register-totals/1", alias="schema"
    )
    rule: str
    rule_version: str
    as_of: str
    known_at: str | None = Field(description="null is now")
    by: str
    kinds: list[str]
    rung: list[str]
    rows: list[TotalRow]
    total: Sum
    others: list[Sum] = Field(
        description="in other currencies, where no rate leads to the one asked"
    )
    conditional: Sum | None = Field(description="counted apart, by itself")
    without_inferences: Sum | None = Field(description="with links of class 6 left out")
    window: WindowEntry | None
    uncounted: list[UncountedEntry]
    dropped: list[DroppedEntry]
    excess: list[ExcessEntry]
    stated: list[StatedEntry]
    set_aside: dict[str, str] = Field(description="id of a statement: the rule's reason")

    @classmethod
    def of(cls, asked: Asked, found: Total, window: Window | None, since: str) -> Self:
        """Make the message of a total, or of what is new in a window."""
        question = found.question
        rungs = [question.rung] if isinstance(question.rung, str) else list(question.rung)
        every = [one for one in (found, *found.others) if one is found or one.lines]
        return cls(
            rule=asked.rule.name,
            rule_version=asked.rule.version,
            as_of=asked.as_of.isoformat(),
            known_at=asked.known_at,
            by=question.by,
            kinds=list(question.kinds),
            rung=rungs,
            rows=[_row(one, row, asked.directory) for one in every for row in one.rows]
            if window is None
            else _new_rows(window, asked.directory),
            total=_sum(found) if window is None else _new_sum(window),
            others=[_sum(one) for one in every[1:]],
            conditional=None if found.conditional is None else _sum(found.conditional),
            without_inferences=(
                None if found.without_inferences is None else _sum(found.without_inferences)
            ),
            window=None if window is None else _window(window, since),
            uncounted=[
                UncountedEntry(
                    matter=one.matter, why=one.why, others=list(one.others), detail=one.detail
                )
                for one in found.uncounted
            ],
            dropped=[
                DroppedEntry(child=one.child, parent=one.parent, reason=one.reason)
                for one in found.dropped
            ],
            excess=[
                ExcessEntry(
                    matter=line.matter,
                    excess=_exact(one, line.nested.excess),
                    parts=list(line.nested.children),
                )
                for one in every
                for line in one.excess
            ],
            stated=[
                StatedEntry(
                    matter=one.matter,
                    sayer=one.sayer,
                    givers=list(one.givers),
                    currency=one.currency,
                    stated=exactly(one.lo, scale_of(one.currency)) or "",
                    stated_hi=exactly(one.hi, scale_of(one.currency)),
                    counted=exactly(one.counted, scale_of(one.currency)) or "",
                    untold=exactly(one.untold, scale_of(one.currency)) or "",
                )
                for one in found.stated
            ],
            set_aside=dict(found.set_aside or {}),
        )


def _exact(total: Total, amount: Amount) -> str:
    text = exactly(amount, scale_of(total.currency))
    assert text is not None, "an amount"
    return text


def _rounded(total: Total, amount: Amount) -> str:
    return decimals(amount, scale_of(total.currency), total.unit)


def _names(total: Total, names: tuple[str, ...], directory: Directory) -> dict[str, str]:
    """Name whose a row is, and spell it out."""
    known = [directory.parties.get(name) for name in names]
    titles = [party.title for party in known if party is not None and party.title]
    by = {total.question.by: "+".join(names)} if total.question.by else {}
    return {**by, "title": " + ".join(titles)}


def _row(total: Total, row: Row, directory: Directory) -> TotalRow:
    return TotalRow(
        **_names(total, row.names, directory),
        amount=_rounded(total, row.lo),
        currency=total.currency,
        item=total.question.item,
        lo=_exact(total, row.lo),
        hi=exactly(row.hi, scale_of(total.currency)),
        matters=list(row.matters),
    )


def _new_rows(window: Window, directory: Directory) -> list[TotalRow]:
    total = window.after
    matters = {row.names: list(row.matters) for row in total.rows}
    return [
        TotalRow(
            **_names(total, names, directory),
            amount=_rounded(total, amount),
            currency=total.currency,
            item=total.question.item,
            lo=_exact(total, amount),
            hi=None,
            matters=matters.get(names, []),
        )
        for names, amount in window.new_by().items()
    ]


def _sum(total: Total) -> Sum:
    return Sum(
        amount=_rounded(total, total.lo),
        currency=total.currency,
        item=total.question.item,
        lo=_exact(total, total.lo),
        hi=exactly(total.hi, scale_of(total.currency)),
        unknowns=total.unknowns,
        blind=_exact(total, total.blind),
        unsupported=_exact(total, total.unsupported),
        rounding_difference=_exact(total, total.rounding_difference()),
    )


def _new_sum(window: Window) -> Sum:
    total = window.after
    return _sum(total).model_copy(
        update={
            "amount": _rounded(total, window.new),
            "lo": _exact(total, window.new),
            "hi": None,
            "rounding_difference": "0",
        }
    )


def _window(window: Window, since: str) -> WindowEntry:
    total = window.after
    return WindowEntry(
        since=since,
        before=_exact(total, window.before.lo),
        after=_exact(total, window.after.lo),
        new=_exact(total, window.new),
    )


class FlowEntry(Message):
    """One matter that flows."""

    matter: str
    kind: str
    givers: list[str]
    receiver: str
    currency: str
    side: str
    amount: str
    new_money: bool


class SideEntry(Message):
    """What flows on one side of the boundary in one currency."""

    currency: str
    side: str
    amount: str


class FlowsMessage(Message):
    """The answer of `ringtausch register flows --json`."""

    schema_: Literal["ringtausch/register-flows/1"] = Field(
        default="ringtausch/register-flows/1", alias="schema"
    )
    boundary: list[str]
    sides: list[SideEntry]
    new_money: dict[str, str] = Field(description="by currency: what came in and was no pool's")
    all: dict[str, str] = Field(description="by currency: what the four sides sum to")
    holds: bool = Field(description="whether they do, and every pool within reconciles")
    flows: list[FlowEntry]

    @classmethod
    def of(cls, found: Flows, sides: tuple[str, ...]) -> Self:
        """Make the message of flows."""
        totals = {one.currency: one for one in found.totals}
        return cls(
            boundary=sorted(found.boundary),
            sides=[
                SideEntry(
                    currency=currency, side=side, amount=_exact(one, found.amount(currency, side))
                )
                for currency, one in totals.items()
                for side in sides
            ],
            new_money={
                currency: _exact(one, found.new_money(currency)) for currency, one in totals.items()
            },
            all={currency: _exact(one, one.lo) for currency, one in totals.items()},
            holds=found.holds,
            flows=[
                FlowEntry(
                    matter=flow.matter,
                    kind=flow.kind,
                    givers=list(flow.givers),
                    receiver=flow.receiver,
                    currency=flow.currency,
                    side=flow.side,
                    amount=_exact(totals[flow.currency], flow.amount),
                    new_money=flow.is_new,
                )
                for flow in found.flows
            ],
        )


class LotEntry(Message):
    """Money of one contributor in a pool, and what became of it."""

    contributor: str
    contribution: str
    earmark: str
    currency: str
    paid_in: str
    bought: str
    sold: str
    refunded: str
    attributed: str
    undisbursed: str


class SpentEntry(Message):
    """One payment of a pool, and whose money it was."""

    payment: str
    receiver: str
    currency: str
    spent: str
    refunds: str
    waiting: str
    contributors: dict[str, str]


class BalanceEntry(Message):
    """The reconciliation in one currency (rule 27)."""

    currency: str
    paid_in: str
    bought: str
    sold: str
    refunded: str
    spent: str
    refunds: str
    attributed: str
    waiting: str
    undisbursed: str
    holds: bool


class ShortfallEntry(Message):
    """A movement of which a part is not possible."""

    matter: str
    what: str
    currency: str
    amount: str


class LookThroughMessage(Message):
    """The answer of `ringtausch register look-through --json`."""

    schema_: Literal["ringtausch/register-look-through/1"] = Field(
        default="ringtausch/register-look-through/1", alias="schema"
    )
    pool: str
    holds: bool
    balances: list[BalanceEntry]
    lots: list[LotEntry]
    spendings: list[SpentEntry]
    shortfalls: list[ShortfallEntry]

    @classmethod
    def of(cls, found: LookThrough) -> Self:
        """Make the message of a pool."""
        sums = ("paid_in", "bought", "sold", "refunded", "attributed", "undisbursed")
        more = (*sums, "spent", "refunds", "waiting")
        return cls(
            pool=found.pool,
            holds=found.holds,
            balances=[
                BalanceEntry(
                    currency=currency,
                    holds=one.holds,
                    **{name: _money(getattr(one, name)) for name in more},
                )
                for currency, one in (found.balances or {}).items()
            ],
            lots=[
                LotEntry(**lot.key._asdict(), **{name: _money(getattr(lot, name)) for name in sums})
                for lot in found.lots
            ],
            spendings=[
                SpentEntry(
                    payment=one.payment,
                    receiver=one.receiver,
                    currency=one.currency,
                    spent=_money(one.spent),
                    refunds=_money(one.refunds),
                    waiting=_money(one.waiting),
                    contributors=contributors_of(one.attributions),
                )
                for one in found.spendings
            ],
            shortfalls=[
                ShortfallEntry(
                    matter=one.matter,
                    what=one.what,
                    currency=one.currency,
                    amount=_money(one.amount),
                )
                for one in found.shortfalls
            ],
        )


def contributors_of(attributions: tuple[Attribution, ...]) -> dict[str, str]:
    """Add up what was whose."""
    found: dict[str, int] = {}
    for one in attributions:
        found[one.contributor] = found.get(one.contributor, 0) + one.amount
    return {name: _money(amount) for name, amount in sorted(found.items())}


def _money(amount: int) -> str:
    return exactly(amount, scale_of("EUR")) or "0"
