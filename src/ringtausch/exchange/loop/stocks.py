"""The table `stocks`: what each party has in hand (rules 33 and 34 of the register).

In: what is known. Out: rows: stock and reserved together, since what is reserved is still in hand. What was
handed over is gone, what was received is there, and what nobody counts is unknown and listed.
"""

from __future__ import annotations

from ringtausch.exchange.loop import reasons
from ringtausch.exchange.loop.known import Known, LeftOut, Table, units
from ringtausch.records.tables import Stock

__all__ = ["stocks"]


def stocks(known: Known) -> Table:
    """Return what is in hand, of every party and item that somebody counts."""
    table = Table()
    for pair in sorted({*known.counted, *known.opening}):
        party, item = pair
        balance = known.posted.balance
        held = balance(party, "stock", item) + balance(party, "reserved", item)
        moved = {
            move.statement
            for move in known.posted.moves
            if move.commodity == item and party in {move.giver, move.taker} and move.statement
        }
        moved |= {count.statement for count in known.counted.get(pair, ())}
        told = sorted(one for one in moved if not one.startswith("terms: "))
        row = known.opening.get(pair)
        if row is None:
            table.spoken.add(pair)
        table.add(
            Stock(party=party, item=item, quantity=units(held), source="register"),
            told,
            f"stocks.csv:{row.line}" if row else "",
        )
    table.left_out += _uncounted(known)
    return table


def _uncounted(known: Known) -> list[LeftOut]:
    """List the stocks that somebody gave from or received into, and nobody counts."""
    moved = {
        (party, move.commodity)
        for move in known.posted.moves
        if move.commodity in known.positions.directory.items
        for party, state in ((move.giver, move.giver_state), (move.taker, move.taker_state))
        if state == "outside"
    }
    return [
        LeftOut("stocks", f"party={party} item={item}", reasons.uncounted(party, item))
        for party, item in sorted(moved - known.counted.keys() - known.opening.keys())
        if not known.is_company(party)
    ]
