"""`orderbook.csv`: orders, approvals, payments, rates of production and prices.

In: rows. Out: drafts. An order is a transfer that its maker has promised to its customer, with the price as
its value; an approval is a consent of the United States; a rate or a price is a plain statement about an
item in its own unit (missiles a year are another item than missiles).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ringtausch.exchange.patriot.drafting import Drafting
from ringtausch.exchange.patriot.parties import party_name
from ringtausch.exchange.patriot.rows import TableRow, day_in, millions, quantity_in
from ringtausch.register.ranges import ITEM_SCALE, Range
from ringtausch.register.statement import Statement, Terms

__all__ = ["COLUMNS", "order_book"]

COLUMNS = (
    *("row_id", "row_type", "customer", "item", "unit", "qty", "value_m", "currency", "date"),
    *("producer", "delivery_to", "status"),
    *("confidence", "source_url", "source_title", "source_date", "source_kind"),
)

#: Rows that tell of one order, and orders that lie in another one: inferences.
_LINKS = (
    ("O-DEU-01", "part_of", "O-DEU-04"),
    ("O-DEU-02", "part_of", "O-DEU-04"),
    ("O-DEU-03", "same_as", "O-DEU-04"),
    ("O-DEU-05", "same_as", "O-DEU-04"),
    ("O-ROU-01", "part_of", "O-4N-01"),
    ("O-CHE-02", "same_as", "O-CHE-01"),
)
_MAKER = "maker"
_BASES = (("book", "book"), ("minister", "declared"), ("computed", "acquisition"))


def order_book(rows: list[TableRow], drafting: Drafting) -> Iterator[Statement]:
    """Say each row of `orderbook.csv`."""
    by_type: dict[str, Callable[[TableRow, Drafting], Iterator[Statement]]] = {
        "order": _order,
        "transfer": _order,
        "intent": _order,
        "request": _order,
        "approval": _approval,
        "agreement": _agreement,
        "payment": _payment,
    }
    named = {row.name: row for row in rows}
    for row in rows:
        yield from by_type.get(row["row_type"], _plain)(row, drafting)
    for name, field, other in _LINKS:
        if name in named and other in named:
            link = {field: f"order:{other}"}
            yield drafting.inferred(named[name], f"order:{name}", "transfer", **link)


def _worth(row: TableRow, basis: str) -> dict[str, Any]:
    amount = millions(row["value_m"]) if row["value_m"] else None
    if amount is None or not amount.is_exact:
        return {}
    return {"value": amount.lo, "value_currency": row["currency"], "basis": basis}


def _sayer(row: TableRow) -> str:
    customer = party_name(row["customer"])
    alone = len(customer) == 3 and customer.isupper()
    return customer if row["confidence"] == "official" and alone else ""


def _order(row: TableRow, drafting: Drafting) -> Iterator[Statement]:
    milestone = {"intent": "considered", "request": "requested"}.get(row["row_type"], "pledged")
    shared: dict[str, Any] = {
        "matter": f"order:{row.name}",
        "kind": "transfer",
        "said_by": _sayer(row),
        "giver": drafting.parties.name(row["producer"] or _MAKER),
        "receiver": drafting.parties.name(row["customer"]),
        "item": drafting.item(row["item"], row["unit"]),
        "note": row["status"],
    }
    quantity = quantity_in(row["qty"])
    yield drafting.said(
        row,
        milestone=milestone,
        quantity=quantity,
        true_on=day_in(row["date"]),
        **_worth(row, "acquisition"),
        **shared,
    )
    if "delivered" in row["status"]:
        some = row["status"].startswith(tuple("0123456789"))
        yield drafting.said(
            row,
            milestone="handed_over",
            quantity=quantity_in(row["status"]) if some else quantity,
            true_on=day_in(row["delivery_to"]),
            **shared,
        )


def _approval(row: TableRow, drafting: Drafting) -> Iterator[Statement]:
    yield drafting.said(
        row,
        matter=f"approval:{row.name}",
        kind="consent",
        milestone="granted",
        said_by="USA" if row["confidence"] == "official" else "",
        giver="USA",
        receiver=drafting.parties.name(row["customer"]),
        item=drafting.item(row["item"], row["unit"]),
        quantity=quantity_in(row["qty"]),
        true_on=day_in(row["date"]),
        note=row["status"],
        **_worth(row, "acquisition"),
    )


def _agreement(row: TableRow, drafting: Drafting) -> Iterator[Statement]:
    """Say what was agreed to replace what a customer gives to Ukraine."""
    customer = drafting.parties.name(row["customer"])
    yield drafting.said(
        row,
        matter=f"patriot:{customer}:UKR:replacement",
        kind="replacement",
        milestone="agreed",
        said_by=_sayer(row),
        giver="USA",
        receiver=customer,
        item=drafting.item(row["item"], row["unit"]),
        quantity=quantity_in(row["qty"]),
        true_on=day_in(row["date"]),
        terms=Terms(of=f"patriot:{customer}:UKR", replacer="USA"),
        note=row["status"],
    )


def _payment(row: TableRow, drafting: Drafting) -> Iterator[Statement]:
    yield drafting.said(
        row,
        matter=f"payment:{row.name}",
        kind="payment",
        milestone="paid",
        said_by=_sayer(row),
        giver=drafting.parties.name(row["customer"]),
        receiver="USA",
        currency=row["currency"],
        quantity=millions(row["value_m"]),
        true_on=day_in(row["date"]),
        note=row["status"],
    )


def _plain(row: TableRow, drafting: Drafting) -> Iterator[Statement]:
    is_price = row["row_type"] == "unit_price"
    basis = next((name for word, name in _BASES if word in row["status"]), "market")
    customer = row["customer"] if row["customer"] != "all" else ""
    quantity = Range(ITEM_SCALE, ITEM_SCALE) if is_price else quantity_in(row["qty"])
    yield drafting.said(
        row,
        matter=f"{_type(row)}:{row.name}",
        kind="package",
        milestone="stated",
        said_by=_sayer(row),
        giver=drafting.parties.name(customer),
        item=drafting.item(row["item"], row["unit"]),
        quantity=quantity,
        event=day_in(row["date"]),
        true_on=day_in(row["date"]),
        note=row["status"],
        **(_worth(row, basis) if is_price else {}),
    )


def _type(row: TableRow) -> str:
    return row["row_type"].replace("_", "-")
