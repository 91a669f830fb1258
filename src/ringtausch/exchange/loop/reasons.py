"""Every sentence about what a scenario made from a register does not hold, one function each.

A sentence says what is known, and what would have to be said for a row to come of it.
"""

from __future__ import annotations

from ringtausch.language import _

__all__: list[str] = []


def uncounted(party: str, item: str) -> str:
    """Say that a stock is nobody's knowledge."""
    return _(
        "nobody has counted the {item} of {party}, so that its stock is unknown; record a count,"
        " or write it into stocks.csv of the terms"
    ).format(item=item, party=party)


def counted_already(party: str, item: str) -> str:
    """Say that a count of the register stands in the place of a row of the terms."""
    return _("the register counts the {item} of {party}").format(item=item, party=party)


def came_before(day: str) -> str:
    """Say that an arrival is part of a stock that the register counts."""
    return _("it was due before {day}, and the register counts this stock").format(day=day)


def register_speaks() -> str:
    """Say that statements speak of what a row of the terms says."""
    return _("statements speak of it")


def words_alone(words: str) -> str:
    """Say that a promise waits for something that no plan can see."""
    return _(
        'it waits for "{words}", which only a new statement without the condition can say to be met'
    ).format(words=words)


def condition_does_not_fit() -> str:
    """Say that a condition about matters is none that an offer can have."""
    return _(
        "its condition is about other matters than what all others hand over of the item, so that no"
        " offer can say it"
    )


def inside_conditional() -> str:
    """Say that a promise lies inside one that waits."""
    return _("it lies inside a promise whose condition is not met")


def of_nothing() -> str:
    """Say that nobody knows of what an amount is, or whose."""
    return _("nobody says of which item it is, and whose")


def unknown_quantity() -> str:
    """Say that nobody knows how much."""
    return _("nobody says how many")


def open_range(most: str) -> str:
    """Say that only the least of a range is in the scenario."""
    return _("only the least of it is in the scenario; it may be {most}").format(most=most)


def asks_for_it(party: str, item: str, need: str) -> str:
    """Say that who asks for a thing does not give it away."""
    return _("{party} asks for {item} itself (need {need})").format(
        party=party, item=item, need=need
    )


def reserved_for_others(party: str, item: str) -> str:
    """Say that an offer is cut because stock is reserved."""
    return _("what {party} has of {item} is reserved for other matters").format(
        party=party, item=item
    )


def bare(amount: str, item: str, giver: str, receiver: str) -> str:
    """Say that nobody has agreed to replace a hand-over."""
    return _(
        "{giver} handed over {amount} {item} to {receiver}, and nobody has agreed to replace them"
    ).format(giver=giver, amount=amount, item=item, receiver=receiver)


def no_due_date() -> str:
    """Say that a debt has no date."""
    return _("no due date is agreed: it is owed, and never late")


def no_arrival_date() -> str:
    """Say that an order has no date."""
    return _("nobody says when it comes; in the plan it does not come")


def is_late(day: str) -> str:
    """Say that something should have happened."""
    return _("it was due on {day} and has not come; in the plan it comes at once").format(day=day)


def not_committed() -> str:
    """Say that money was announced and no more."""
    return _("it is announced, not committed")


def no_release_date() -> str:
    """Say that committed money has no date."""
    return _("nobody says when it will be paid in")


def no_pool(party: str) -> str:
    """Say that money goes to somebody who pays for nothing here."""
    if not party:
        return _("nobody says into which pool it goes")
    return _("{party} is no pool").format(party=party)


def earmark_of_nothing(earmark: str) -> str:
    """Say that money is kept for something that has no item and no party."""
    return _('it is kept for "{earmark}", of which no item and no party is known').format(
        earmark=earmark
    )


def pays_for_nothing() -> str:
    """Say that a payment names nothing that it pays for."""
    return _("nobody says what it pays for; name the matter in `terms_of`")


def not_due_yet() -> str:
    """Say that a payment waits for a condition."""
    return _("it waits for its condition")


def waits_for_money(pool: str) -> str:
    """Say that a pool has spent more than it has."""
    return _("{pool} has spent more than came in: what comes next pays for that first").format(
        pool=pool
    )


def request_for_money() -> str:
    """Say that a request is not for an item."""
    return _("it asks for money, and a need is of an item")


def no_lane(giver: str, receiver: str, item: str) -> str:
    """Say that an offer leads nowhere."""
    return _(
        "no lane from {giver} to {receiver} for {item}: record a consent, or write it into lanes.csv"
        " of the terms"
    ).format(giver=giver, receiver=receiver or "*", item=item)


def not_answered(asked: str, grantor: str) -> str:
    """Say that a consent is asked for and not given."""
    return _("{grantor} was asked on {asked} and has not consented").format(
        grantor=grantor, asked=asked
    )


def refused(grantor: str) -> str:
    """Say that a consent is refused or withdrawn."""
    return _("{grantor} does not consent").format(grantor=grantor)


def no_consent() -> str:
    """Say that a promise waits for a consent."""
    return _("not all who were asked have consented to it")


def consent_of_nothing() -> str:
    """Say that a consent names neither a transfer nor who is to hand over."""
    return _("nobody says to whose transfer it is; name the transfer in `terms_of`")


def several_agreements(party: str, item: str) -> str:
    """Say that the strictest of several agreements counts."""
    return _("several agreements about {item} of {party}: the earliest date counts").format(
        item=item, party=party
    )


def several_rates(party: str, item: str) -> str:
    """Say that the lowest of several rates counts."""
    return _("{party} has agreed several rates for {item}: the lowest counts").format(
        party=party, item=item
    )


def agreed_for_some(party: str, item: str) -> str:
    """Say that an assurance holds for more than what was agreed."""
    return _(
        "an assurance is of a party and an item: in the plan whatever {party} hands over of {item} is"
        " replaced"
    ).format(party=party, item=item)


def rounded_ratio(ratio: str) -> str:
    """Say that a fraction has no exact decimal."""
    return _("the ratio {ratio} is no decimal; it is rounded up").format(ratio=ratio)


def disputed() -> str:
    """Say that the parties do not agree on a debt."""
    return _("it is disputed; the plan takes it as the rule does")


def no_rate(currency: str, to: str) -> str:
    """Say that money cannot be compared."""
    return _(
        "no rate from {currency} to {to}: write it into [fx] of the terms, or into the rule"
    ).format(currency=currency, to=to)
