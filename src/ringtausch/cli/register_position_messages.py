"""What `register position` and `balance` print with `--json`; amounts are exact decimals as texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field

from ringtausch.cli.message import Message
from ringtausch.cli.register_table import exactly
from ringtausch.register.directory import scale_of

if TYPE_CHECKING:
    from ringtausch.hub.asking import Asked
    from ringtausch.register.accounts import Account
    from ringtausch.register.position import Conflict, Position
    from ringtausch.register.positions import Positions
    from ringtausch.register.postings import Postings
    from ringtausch.register.ranges import Range
    from ringtausch.register.replacement import Debt

__all__ = ["AmountEntry", "BalancesMessage", "ConflictEntry", "DebtEntry", "PositionsMessage"]


class AmountEntry(Message):
    """From the least to the most; `hi` is null without an end, and unknown is 0 without an end."""

    lo: str
    hi: str | None

    @classmethod
    def of(cls, quantity: Range, scale: int) -> Self:
        """Make the entry of a range."""
        return cls(lo=exactly(quantity.lo, scale) or "0", hi=exactly(quantity.hi, scale))


class ConflictEntry(Message):
    """Somebody says otherwise: ids of the statement that counts and of the one that does not."""

    matter: str
    milestone: str
    event: str
    group: str
    winner: str
    winner_says: str
    loser: str
    loser_says: str

    @classmethod
    def of(cls, one: Conflict) -> Self:
        """Make the entry of a conflict."""
        from ringtausch.cli.register_position_table import said_words

        return cls(
            matter=one.matter,
            milestone=one.milestone,
            event=one.event,
            group=one.group,
            winner=one.winner.id,
            winner_says=said_words(one.winner, one.group),
            loser=one.loser.id,
            loser_says=said_words(one.loser, one.group),
        )


class FactEntry(Message):
    """What is known of one milestone and event, with the id of the statement that wins each group."""

    milestone: str
    event: str
    quantity: AmountEntry
    true_on: str
    source_class: int
    undone: bool
    winners: dict[str, str]


class PositionEntry(Message):
    """Where one matter stands."""

    matter: str
    kind: str
    members: list[str] = Field(description="all names of it, its own among them")
    state: str = Field(description="empty where nothing counts")
    giver: str
    receiver: str
    item: str
    currency: str
    until: str
    conditional: bool
    lapsed: bool
    reached: dict[str, AmountEntry] = Field(description="at least so far, by milestone")
    facts: list[FactEntry]
    conflicts: list[ConflictEntry]
    lies_in: list[str]
    holds: list[str]


class PositionsMessage(Message):
    """The answer of `ringtausch register position --json`, and of `show` for a matter."""

    schema_: Literal["ringtausch/register-positions/1"] = Field(
        default="ringtausch/register-positions/1", alias="schema"
    )
    rule: str
    as_of: str
    known_at: str | None
    positions: list[PositionEntry]

    @classmethod
    def of(cls, asked: Asked, found: Positions, shown: Iterable[Position]) -> Self:
        """Make the message of positions."""
        return cls(
            rule=asked.rule.name,
            as_of=asked.as_of.isoformat(),
            known_at=asked.known_at,
            positions=[_position(found, one) for one in shown],
        )


def _position(found: Positions, one: Position) -> PositionEntry:
    scale = scale_of("" if one.item else one.currency)
    return PositionEntry(
        matter=one.matter,
        kind=one.kind,
        members=list(one.members),
        state=one.state,
        giver=one.giver,
        receiver=one.receiver,
        item=one.item,
        currency=one.currency,
        until=one.until,
        conditional=one.conditional,
        lapsed=one.lapsed,
        reached={name: AmountEntry.of(amount, scale) for name, amount in one.reached_at.items()},
        facts=[
            FactEntry(
                milestone=milestone,
                event=event,
                quantity=AmountEntry.of(fact.quantity, scale),
                true_on=fact.true_on.isoformat(),
                source_class=fact.rank,
                undone=milestone in one.rungs and one.rungs[milestone].undone,
                winners={group: said.id for group, said in fact.winners.items()},
            )
            for milestone, event in one.in_order()
            for fact in (one.facts[milestone, event],)
        ],
        conflicts=[ConflictEntry.of(conflict) for conflict in one.conflicts],
        lies_in=[link.parent for link in found.links if link.child == one.matter],
        holds=[link.child for link in found.links if link.parent == one.matter],
    )


class AccountEntry(Message):
    """What stands in one account."""

    party: str
    account: str
    commodity: str
    amount: str


class DebtEntry(Message):
    """What one debtor owes for one transfer."""

    matter: str
    transfer: str
    debtor: str
    creditor: str
    guarantor: str
    item: str
    owed: str
    ahead: str
    due: str | None
    overdue: str
    disputed: bool

    @classmethod
    def of(cls, one: Debt) -> Self:
        """Make the entry of a debt."""
        return cls(
            matter=one.matter,
            transfer=one.transfer,
            debtor=one.debtor,
            creditor=one.creditor,
            guarantor=one.guarantor,
            item=one.item,
            owed=_items(one.owed),
            ahead=_items(one.ahead),
            due=None if one.due is None else one.due.isoformat(),
            overdue=_items(one.overdue),
            disputed=one.disputed,
        )


class NotPostedEntry(Message):
    """What a statement says and no posting holds."""

    matter: str
    milestone: str
    commodity: str
    amount: str | None = Field(description="null where nobody knows")
    why: Literal["range", "unknown", "beyond"]
    statement: str


class ShortEntry(Message):
    """A kept stock that would have been below nothing."""

    party: str
    item: str
    day: str
    amount: str


class RateEntry(Message):
    """The rate between the two moves of an exchange."""

    matter: str
    currency: str
    to: str
    rate: str
    on: str
    source: str


class BalancesMessage(Message):
    """The answer of `ringtausch register balance --json`."""

    schema_: Literal["ringtausch/register-balances/1"] = Field(
        default="ringtausch/register-balances/1", alias="schema"
    )
    rule: str
    as_of: str
    known_at: str | None
    accounts: list[AccountEntry]
    debts: list[DebtEntry]
    not_posted: list[NotPostedEntry]
    short: list[ShortEntry]
    rates: list[RateEntry]

    @classmethod
    def of(
        cls,
        asked: Asked,
        posted: Postings,
        accounts: Mapping[Account, int],
        owed: Iterable[Debt],
    ) -> Self:
        """Make the message of balances."""

        def written(commodity: str, amount: int | None) -> str | None:
            return exactly(amount, scale_of("" if commodity in asked.directory.items else "EUR"))

        return cls(
            rule=asked.rule.name,
            as_of=asked.as_of.isoformat(),
            known_at=asked.known_at,
            accounts=[
                AccountEntry(
                    party=account.party,
                    account=account.state,
                    commodity=account.commodity,
                    amount=written(account.commodity, amount) or "0",
                )
                for account, amount in accounts.items()
            ],
            debts=[DebtEntry.of(one) for one in owed],
            not_posted=[
                NotPostedEntry(
                    matter=one.matter,
                    milestone=one.milestone,
                    commodity=one.commodity,
                    amount=written(one.commodity, one.amount),
                    why=one.why,  # type: ignore[arg-type]  # one of the three
                    statement=one.statement,
                )
                for one in posted.not_posted
            ],
            short=[
                ShortEntry(
                    party=one.party,
                    item=one.item,
                    day=one.day.isoformat(),
                    amount=_items(one.amount),
                )
                for one in posted.short
            ],
            rates=[
                RateEntry(
                    matter=one.matter,
                    currency=one.currency,
                    to=one.to,
                    rate=str(one.rate),
                    on=one.on,
                    source=one.source,
                )
                for one in posted.rates
            ],
        )


def _items(amount: int) -> str:
    return exactly(amount, scale_of("")) or "0"
