"""Rule 23: every flow lies on one side of a boundary."""

from __future__ import annotations

from ringtausch.register.boundary import SIDES, flows
from tests.register.builders import positions_of, said


def test_every_flow_lies_on_one_side_and_money_from_a_pool_is_not_new() -> None:
    """DEU gives to PURL and pays USA itself; PURL has money of EPF, too, and pays USA."""
    euros = {"currency": "EUR"}
    positions = positions_of(
        said("a", "contribution", "paid_in", giver="DEU", receiver="PURL", quantity="100", **euros),
        said("b", "contribution", "paid_in", giver="EPF", receiver="PURL", quantity="40", **euros),
        said("c", "contribution", "paid_in", giver="NOR", receiver="EPF", quantity="50", **euros),
        said("d", "payment", "paid", giver="DEU", receiver="USA", quantity="7", **euros),
        said("e", "payment", "paid", giver="PURL", receiver="USA", quantity="90", **euros),
    )
    within_purl = flows(positions, {"PURL", "DEU"})
    assert {flow.matter: flow.side for flow in within_purl.flows} == {
        "a": "internal",
        "b": "incoming",
        "c": "elsewhere",
        "d": "outgoing",
        "e": "outgoing",
    }
    assert [within_purl.amount("EUR", side) // 10_000 for side in SIDES] == [40, 100, 97, 50]
    assert within_purl.new_money("EUR") == 0
    assert within_purl.holds
    both = flows(positions, {"PURL", "EPF"})
    assert both.new_money("EUR") == 150 * 10_000
    assert [pool.by_contributor("EUR") for pool in both.pools] == [
        {"NOR": 400_000},
        {"DEU": 642_900, "NOR": 257_100},
    ]
