"""`claims.csv`: who said what of which transfer, with contradictions as they are.

In: rows. Out: drafts. What is said of one item, one giver and one receiver is one matter, so that claims
compete and conflict there; what is said of a package of money is said of the pledge it belongs to. Claims
that are no step of a transfer (a price, a delay) are kept as plain statements about a package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ringtausch.exchange.kiel_cells import slug
from ringtausch.exchange.patriot.drafting import Drafting
from ringtausch.exchange.patriot.parties import party_name
from ringtausch.exchange.patriot.rows import TableRow, day_in, item_of, money_in, quantity_in
from ringtausch.register.ranges import ITEM_SCALE, Range
from ringtausch.register.statement import Condition, Statement

__all__ = ["COLUMNS", "claims", "transfer_matter"]

COLUMNS = (
    *("row_id", "date", "speaker_party", "from_party", "to_party", "item", "qty", "unit", "money"),
    *("status_word", "conflicts_with"),
    *("confidence", "source_url", "source_title", "source_date", "source_kind"),
)

#: Claims about money that is a pledge already.
_PLEDGES = {
    "C038": "L-DEUP-03",
    "C042": "L-PURL-01",
    "C042b": "L-PURL-02",
    "C045": "L-PURL-03",
    "C048": "L-PURL-04",
    "C058": "L-PURL-12",
    "C065": "L-PURL-13",
    "C066": "L-PURL-22b",
    "C067": "L-PURL-22",
    "C069": "L-PURL-18b",
    "C070": "L-PURL-11b",
}
#: Claims of one giver about different affairs, and claims that name no giver.
_MATTERS = {
    "C001": "patriot:USA:UKR:paid-by-DEU",
    "C006": "patriot:USA:UKR:paid-by-DEU",
    "C012": "patriot:USA:UKR:paid-by-DEU",
    "C024": "patriot:unnamed country:UKR",
    "C037": "patriot:unnamed country:UKR",
    "C054": "patriot:ISR:UKR",
    "C061": "patriot:USA:UKR:contract",
    "C075": "pac-3:several Europeans:UKR",
}
_NO_GIVER = "unnamed country"
_IF_OTHERS_GIVE = Condition(
    "if others give thirty", ("pac-3:several Europeans:UKR",), "pledged", 30 * ITEM_SCALE
)
#: What a conditional promise depends on.
_CONDITIONS = {
    "C031": Condition("replaced within six to eight months"),
    "C032": Condition("replaced by the United States"),
    "C073": _IF_OTHERS_GIVE,
    "C074": _IF_OTHERS_GIVE,
}
#: One minister asked what buying two would look like, and asked again before anyone replied.
_OF_BUYING = {"C001": "asked", "C006": "asked", "C012": "validated"}
_LEFT_OUT = {"C049": "tells where systems are, which is not for this register"}

_MILESTONES = {
    "considered": "considered",
    "in preparation": "considered",
    "considered (diversion)": "considered",
    "requested": "requested",
    "requested (loan)": "requested",
    "announced": "pledged",
    "agreed": "pledged",
    "conditional": "pledged",
    "paused": "pledged",
    "delayed": "pledged",
    "delayed 4-5 years": "pledged",
    "announced as shipping": "left",
    "denied": "declined",
    "delivered": "handed_over",
    "delivered (part)": "handed_over",
    "denied as Israeli delivery": "handed_over",
}
_CONSENTS = {"agreed (consent)", "approved"}
_HALF = re.compile(r"\b([A-Z]{3}) half\b")


def transfer_matter(item: str, giver: str, receiver: str) -> str:
    """Name the matter of what one party gives another.

    Examples
    --------
    >>> transfer_matter("Patriot", "DEU", "UKR"), transfer_matter("Patriot launchers", "DEU", "UKR")
    ('patriot:DEU:UKR', 'patriot-launchers:DEU:UKR')
    """
    return f"{slug(item)}:{giver}:{receiver}"


def claims(rows: list[TableRow], drafting: Drafting) -> Iterator[Statement]:
    """Say each row of `claims.csv`, and what lies in what somebody gives together with others."""
    for row in rows:
        if row.name in _LEFT_OUT:
            drafting.leave_out(row, _LEFT_OUT[row.name])
        elif row.name in _PLEDGES:
            yield _of_pledge(row, drafting)
        elif row["status_word"] in _CONSENTS:
            yield _consent(row, drafting)
        elif _is_transfer(row):
            yield from _transfers(row, drafting)
            if row.name in _OF_BUYING:
                yield from _asked_to_buy(row, drafting)
        elif row["status_word"] == "requested" and row["to_party"]:
            yield _request(row, drafting)
        else:
            yield _plain(row, drafting)


def _is_transfer(row: TableRow) -> bool:
    giver, receiver = party_name(row["from_party"]), party_name(row["to_party"])
    named = bool(giver) or row.name in _MATTERS
    is_item = item_of(row["item"])[1] != "piece" and not row["item"].startswith("money")
    return is_item and named and giver != receiver and row["status_word"] in _MILESTONES


def _note(row: TableRow) -> str:
    words = [row["status_word"]]
    if row["conflicts_with"]:
        words.append("conflicts with " + row["conflicts_with"].replace(";", ", "))
    return "; ".join(words)


def _parts(row: TableRow) -> list[tuple[str, Range]]:
    """Split "2+1" of "DEU+NOR" into what each gives; everything else stays whole."""
    giver = party_name(row["from_party"]) or _NO_GIVER
    numbers = [part.strip() for part in row["qty"].split("+")]
    if len(numbers) == len(giver.split("+")) > 1:
        names = [part.strip() for part in row["from_party"].split("+")]
        return [
            (name, quantity_in(number))
            for name, number in zip(names, numbers, strict=True)
            if name != "others"
        ]
    return [(giver, quantity_in(row["qty"]))]


def _transfers(row: TableRow, drafting: Drafting) -> Iterator[Statement]:
    item = drafting.item(row["item"], row["unit"])
    receiver = drafting.parties.name(row["to_party"])
    # A condition that is told again is still the promise that it belongs to.
    milestone = "pledged" if row.name in _CONDITIONS else _MILESTONES[row["status_word"]]
    sayer = party_name(row["speaker_party"]) if row["confidence"] != "estimated" else ""
    if milestone == "handed_over" and sayer == receiver:
        milestone = "received"
    for name, quantity in _parts(row):
        giver = drafting.parties.name(name)
        matter = _MATTERS.get(row.name) or transfer_matter(row["item"], giver, receiver)
        fields: dict[str, Any] = {"condition": _CONDITIONS.get(row.name)}
        if milestone != "declined":
            fields["quantity"] = quantity
        if row["status_word"] == "delivered (part)":
            fields["event"] = row["qty"] or "part"
        yield drafting.said(
            row,
            matter=matter,
            kind="transfer",
            milestone=milestone,
            said_by=sayer,
            giver=giver,
            receiver=receiver,
            item=item,
            true_on=day_in(row["date"]),
            note=_note(row),
            **fields,
        )
        yield from _inside(row, matter, giver, drafting)


def _inside(row: TableRow, matter: str, giver: str, drafting: Drafting) -> Iterator[Statement]:
    """Say that one's own part lies in what it gives with others, and what a payer paid for in what was given."""
    receiver = party_name(row["to_party"])
    if giver.endswith("+others") and row["status_word"] == "agreed":
        own = transfer_matter(row["item"], giver.removesuffix("+others"), receiver)
        yield drafting.inferred(row, own, "transfer", part_of=matter)
    if matter == "pac-3:several Europeans:UKR":
        own = transfer_matter(row["item"], "DEU", receiver)
        yield drafting.inferred(row, own, "transfer", part_of=matter)
    if found := _HALF.search(row["money"]):
        # "Germany two, Norway one" was told of what became two, of which Norway pays half.
        other = transfer_matter("Patriot", found.group(1), receiver)
        own = transfer_matter("Patriot", giver, receiver)
        yield drafting.inferred(row, other, "transfer", part_of=own)


def _of_pledge(row: TableRow, drafting: Drafting) -> Statement:
    giver = party_name(row["from_party"])
    if giver in {"USA", "UKR"}:
        giver = party_name(row["speaker_party"])
    giver = {"C042": "NLD", "C065": "DNK+EST+FIN+ISL+LTU+LVA+NOR+SWE"}.get(row.name, giver)
    if row.name == "C042b":
        giver = "DNK+NOR+SWE"
    quantity, currency = money_in(row["money"])
    return drafting.said(
        row,
        matter=_PLEDGES[row.name],
        kind="contribution",
        milestone="committed" if row["status_word"] == "agreed" else "announced",
        said_by=_speaker(row),
        giver=drafting.parties.name(giver),
        receiver=drafting.parties.name("DEU" if "DEUP" in _PLEDGES[row.name] else "ORG-PURL"),
        currency=currency,
        quantity=quantity,
        true_on=day_in(row["date"]),
        note=_note(row),
    )


def _speaker(row: TableRow) -> str:
    name = party_name(row["speaker_party"])
    return "NATO" if "+" in name or name == "NB8" else name


def _consent(row: TableRow, drafting: Drafting) -> Statement:
    is_item = item_of(row["item"])[1] != "piece"
    return drafting.said(
        row,
        matter=f"consent:{slug(row['item'])}:{row['from_party']}",
        kind="consent",
        milestone="granted",
        said_by=row["speaker_party"],
        giver="USA",
        receiver=drafting.parties.name(
            row["from_party"] if row["from_party"] != "USA" else row["to_party"]
        ),
        item=drafting.item(row["item"], row["unit"]) if is_item else "",
        quantity=quantity_in(row["qty"]) if is_item else None,
        true_on=day_in(row["date"]),
        note=_note(row),
    )


def _request(row: TableRow, drafting: Drafting) -> Statement:
    return drafting.said(
        row,
        matter=f"request:{slug(row['item'])}:{row['to_party']}",
        kind="request",
        milestone="asked",
        said_by=row["speaker_party"],
        receiver=drafting.parties.name(row["to_party"]),
        item=drafting.item(row["item"], row["unit"]),
        quantity=_asked(row["qty"]),
        event=day_in(row["date"]),
        true_on=day_in(row["date"]),
        note=_note(row),
    )


def _asked_to_buy(row: TableRow, drafting: Drafting) -> Iterator[Statement]:
    """Say that Germany asked the United States to buy, or that it was answered.

    Each asking is an event without a quantity, since events add up (rule 8); how many it asks for is
    said of the whole.
    """
    milestone, day = _OF_BUYING[row.name], day_in(row["date"])
    events = {"C001": (day,), "C006": (day, ""), "C012": ("",)}[row.name]
    for event in events:
        yield drafting.said(
            row,
            matter="request:patriot:DEU-of-USA",
            kind="request",
            milestone=milestone,
            event=event,
            said_by=row["speaker_party"],
            giver=drafting.parties.name("USA"),
            receiver=drafting.parties.name("DEU"),
            item=drafting.item(row["item"], row["unit"]),
            quantity=None if event else quantity_in(row["qty"]),
            true_on=day,
            note=_note(row),
        )


def _asked(text: str) -> Range:
    found = re.search(r"need (\d+\+?)", text)
    return quantity_in(found.group(1)) if found else quantity_in(text)


def _plain(row: TableRow, drafting: Drafting) -> Statement:
    giver, receiver = (drafting.parties.name(row[name]) for name in ("from_party", "to_party"))
    quantity, currency = money_in(row["money"])
    return drafting.said(
        row,
        matter=f"claim:{slug(row['item'] or row['status_word'])}:{giver}",
        kind="package",
        milestone="stated",
        said_by=_speaker(row),
        giver=giver,
        receiver=receiver if receiver != giver else "",
        currency=currency,
        quantity=quantity if currency else None,
        true_on=day_in(row["date"]),
        note=_note(row),
    )
