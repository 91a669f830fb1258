"""Each reduction by a scenario whose bound is computed by hand; the reduction alone does it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ringtausch.planning.facts import gather_facts
from ringtausch.planning.model import Model, build_model
from ringtausch.planning.reductions import Reduction, apply, goods, money, needs, promises, rows
from ringtausch.planning.reductions.loosening import loosen
from ringtausch.records.scenario import OBJECTIVES
from tests.builders import scenario


def model_of(**content: Any) -> Model:
    """Build the model of a scenario, with all six objectives."""
    return build_model(gather_facts(scenario(**content)), OBJECTIVES)


def upper(model: Model, columns: Any, *reductions: Reduction) -> Any:
    """Return the upper bounds of columns after some reductions."""
    return apply(model, reductions).upper[columns].tolist()


def lower(model: Model, columns: Any, *reductions: Reduction) -> Any:
    """Return the lower bounds of columns after some reductions."""
    return apply(model, reductions).lower[columns].tolist()


def hand_over(**more: Any) -> dict[str, Any]:
    """A offers C 4 of its 6 guns; C asks for 3 from January on; three months, one of them settlement."""
    return {
        "horizon": 2,
        "settlement": 1,
        "stocks": "A,gun,6",
        "offers": "a,A,gun,4",
        "lanes": "A,C,gun",
        "needs": "n,C,gun,3,2025-01-01",
        "assurances": "A,gun,1",
    } | more


# ---- goods


def test_a_whole_column_is_bounded_by_whole_numbers() -> None:
    """A lane carries 2.5 guns a month: 2 of them."""
    model = model_of(**hand_over(items="gun,,,true", lanes="A,C,gun,,2.5"))
    model.upper[model.layout.dispatches.column] = 2.5
    assert upper(model, model.layout.dispatches.column, goods.whole_numbers) == [2, 2]


def test_a_party_hands_over_no_more_than_it_can_have_had() -> None:
    """A has 1 gun and gets another in February, when it also gets B's 1 gun a month later than sent.

    B has one to send in January, and A may hand that on from February on: 1, then 3.
    """
    model = model_of(
        **hand_over(
            stocks="A,gun,1; B,gun,1",
            arrivals="A,gun,2025-02-01,1",
            offers="a,A,gun,4,,,C; b,B,gun,4,,,A",
            lanes="A,C,gun; B,A,gun,1",
        )
    )
    x = model.layout.dispatches
    found = dict(
        zip(
            zip(x.offer.tolist(), x.period.tolist(), strict=True),
            upper(model, x.column, goods.handed_at_most),
            strict=True,
        )
    )
    assert found == {(0, 0): 1, (0, 1): 3, (1, 0): 1, (1, 1): 1}
    assert upper(model, model.layout.handed[0], goods.handed_at_most) == [1, 3, 3]


def test_a_party_keeps_what_its_floor_asks_for_later() -> None:
    """From March on A must hold 5 guns, or 4 with the gap agreed: of its 6 it can give 2, ever."""
    model = model_of(**hand_over(floors="A,gun,2025-03-01,5,1"))
    assert upper(model, model.layout.dispatches.column, goods.handed_at_most) == [2, 2]


def test_nothing_is_handed_over_that_cannot_be_replaced_in_time_where_it_must() -> None:
    """A maker delivers A 1 gun in February and 1 in March; each hand-over is replaced a month on.

    What goes in January must be back in February, and what goes by February in March.
    """
    model = model_of(
        **hand_over(
            assurances="A,gun,1,1,1,true",
            supply="S,gun,A",
            production="S,gun,2025-02-01,1",
        )
    )
    assert upper(model, model.layout.handed[0], goods.handed_at_most) == [1, 2, 2]
    secured = model_of(
        **hand_over(
            assurances="A,gun,1,0.5,1,false,true",
            supply="S,gun,A,,,1",
            production="S,gun,2025-02-01,1",
        )
    )
    assert upper(secured, secured.layout.handed[0], goods.handed_at_most) == [2, 4, 4]


def test_an_offer_whose_condition_cannot_be_met_is_none() -> None:
    """A gives if others give C 2 guns; B offers 1. B's gift then stands alone."""
    model = model_of(
        **hand_over(
            stocks="A,gun,6; B,gun,1",
            offers="a,A,gun,4,,,C,,2; b,B,gun,1,,,C",
            lanes="*,C,gun",
        )
    )
    x = model.layout.dispatches
    assert upper(model, model.layout.stands[:1], goods.offers_stand) == [0]
    assert upper(model, x.column[x.offer == 0], goods.offers_stand) == [0, 0]
    assert upper(model, x.column[x.offer == 1], goods.offers_stand) == [1, 1, 1]


def test_stock_lies_between_what_may_go_and_what_may_come() -> None:
    """A has 6 guns and gives 4 at most; the maker can bring it 1 a month from February on."""
    model = model_of(**hand_over(supply="S,gun,A", production="S,gun,2025-02-01,1"))
    stock = model.layout.stock[0]
    assert lower(model, stock, goods.stocks_between) == [2, 2, 2]
    assert upper(model, stock, goods.stocks_between) == [6, 7, 8]


def test_a_gap_is_no_more_than_what_the_weakest_role_lacks_at_the_worst() -> None:
    """A's battery is a radar and launchers; A has 1 and 3 and may give 2 launchers. The floor is 2.

    Radars lack 1 whatever happens; launchers lack 1 at the worst.
    """
    model = model_of(
        horizon=1,
        capabilities="battery,radar,1,r; battery,launcher,1,l",
        stocks="A,radar,1; A,launcher,3",
        offers="a,A,launcher,2",
        lanes="A,C,launcher",
        floors="A,battery,2025-01-01,2,2",
    )
    assert upper(model, model.layout.gap[0]) == [3]
    assert upper(model, model.layout.gap[0], goods.stocks_between, goods.gaps_at_most) == [1]
    assert lower(model, model.layout.gap[0], goods.stocks_between, goods.gaps_at_most) == [1]


# ---- promises


def test_a_debt_is_no_more_than_what_can_have_been_handed_over() -> None:
    """A was owed 2 guns, gives 4 at most, each owed back half: 4 at most. 1 may come back a month."""
    model = model_of(
        **hand_over(
            debts="A,gun,2,2025-01-01",
            assurances="A,gun,1,0.5",
            supply="S,gun,A",
            production="S,gun,2025-01-01,1",
        )
    )
    debt, late = model.layout.debt[0], model.layout.late[0]
    assert upper(model, debt, promises.debts_between) == [4, 4, 4]
    assert lower(model, debt, promises.debts_between) == [1, 0, 0]
    assert lower(model, late, promises.late_between) == [1, 0, 0]
    assert upper(model, late, promises.late_between) == [2, 4, 4]


def test_nothing_is_late_before_the_time_has_passed() -> None:
    """A may give from February on and waits a month: only in March anything can be late."""
    model = model_of(**hand_over(offers="a,A,gun,4,2025-02-01"))
    assert upper(model, model.layout.late[0], promises.late_between) == [0, 0, 4]
    tight = apply(model, [goods.handed_at_most, promises.assurances_kept])
    assert (np.isinf(tight.matrix.lower) & np.isinf(tight.matrix.upper)).sum() == 2


def test_no_more_settles_a_debt_than_is_owed_by_then() -> None:
    """A gives from February on; a maker could bring it 3 guns a month, and in January owes nothing."""
    model = model_of(
        **hand_over(
            offers="a,A,gun,2,2025-02-01",
            supply="S,gun,A",
            production="S,gun,2025-01-01,3",
        )
    )
    y = model.layout.settlements.column
    assert upper(model, y) == [2, 2, 2]
    assert upper(model, y, promises.settlements_at_most) == [0, 2, 2]


def test_no_more_is_used_than_can_arrive() -> None:
    """A has 1 gun to give; C can use 1 in a month, though 4 are offered."""
    model = model_of(**hand_over(stocks="A,gun,1"))
    z = model.layout.fulfilments.column
    assert upper(model, z) == [4, 4]
    assert upper(model, z, goods.handed_at_most, promises.arriving_at_most) == [1, 1]
    assert upper(model, z, needs.fulfilments_at_most) == [1, 1]


def test_no_more_is_under_way_than_has_been_ordered() -> None:
    """The maker takes two months and delivers 3 guns in March and 3 in April, ordered before."""
    model = model_of(
        **hand_over(
            settlement=2,
            assurances="A,gun,1,1,1,false,true",
            supply="S,gun,A,,,2",
            production="S,gun,2025-03-01,3",
        )
    )
    pipeline, secured = model.layout.pipeline[0], model.layout.security[0]
    assert upper(model, pipeline, promises.pipelines_at_most) == [3, 6, 3, 0]
    assert upper(model, secured, promises.pipelines_at_most) == [3, 6, 3, 0]


# ---- needs


def test_a_need_stays_unmet_by_what_cannot_come() -> None:
    """C asks for 12 guns in steps of 3. A maker brings 2 a month: 2, 4, 6 guns are 0, 1, 2 steps."""
    model = model_of(
        horizon=3,
        needs="n,C,gun,12,2025-01-01,1,3",
        supply="S,gun,C",
        production="S,gun,2025-01-01,2",
    )
    served = [needs.served_at_most]
    assert upper(model, model.layout.served[0], *served) == [2, 4, 6]
    assert upper(model, model.layout.steps[0], *served, needs.steps_at_most) == [0, 1, 2]
    assert lower(model, model.layout.unmet[0], *served, needs.unmet_at_least) == [12, 9, 6]


# ---- money


def paid_order(**more: Any) -> dict[str, Any]:
    """C may buy guns at 10, a third at order and the rest a month later; 10 come in, then 15."""
    return {
        "horizon": 2,
        "needs": "n,C,gun,9,2025-01-01",
        "supply": "S,gun,C,10,,,0:0.4 1:0.6",
        "production": "S,gun,2025-01-01,9",
        "funds": "f,C",
        "releases": "f,2025-01-01,10; f,2025-02-01,15",
        "parties": "C,,1; D,,1",
    } | more


def test_nothing_is_ordered_that_no_fund_can_pay() -> None:
    """10 pay the 4 at order of 2.5 guns in January; in February a whole gun is due, and there are 25.

    By February 25 pay for 2.5 guns, whenever they are ordered.
    """
    model = model_of(**paid_order())
    assert upper(model, model.layout.orders.column, money.affordable) == [2.5, 2.5]
    assert upper(model, model.layout.served[0], needs.served_at_most) == [2.5, 2.5]
    without = model_of(**paid_order(earmarks="f,handover,*,*"))
    assert upper(without, without.layout.orders.column, money.affordable) == [0, 0]


def test_a_fund_pays_what_it_has_got_and_keeps_what_cannot_be_charged() -> None:
    """One gun a month at most: 4 in January; 6 and 10 in February."""
    model = model_of(**paid_order(production="S,gun,2025-01-01,1"))
    unit = model.money_unit
    pay = [value * unit for value in upper(model, model.layout.pay, money.payments_at_most)]
    assert pay == pytest.approx([4, 16])
    low, high = (
        [value * unit for value in of(model, model.layout.balance[0], *reductions)]
        for of, reductions in (
            (lower, [money.payments_at_most, money.balances_between]),
            (upper, [money.balances_between]),
        )
    )
    assert low == pytest.approx([6, 5])
    assert high == pytest.approx([10, 25])


def test_what_a_party_bears_lies_between_what_comes_and_what_it_pays() -> None:
    """C gets 2 guns at 100 for at most 25 of its fund; D, with as much of the key, bears nothing.

    Half of the sum of both is C's share, so that C is 100 below it at most and 12.5 above.
    """
    model = model_of(**paid_order(items="gun,,,,100", production="S,gun,2025-01-01,1"))
    tight, unit = apply(model, [money.burden_between]), model.money_unit
    burden, above, below = (
        getattr(model.layout, name)[:2] for name in ("burden", "above", "below")
    )
    assert (tight.lower[burden] * unit).tolist() == pytest.approx([-200, 0])
    assert (tight.upper[burden] * unit).tolist() == pytest.approx([25, 0])
    assert (tight.upper[above] * unit).tolist() == pytest.approx([12.5, 100])
    assert (tight.upper[below] * unit).tolist() == pytest.approx([100, 12.5])


# ---- rows


def test_a_row_bounds_each_column_by_what_it_leaves() -> None:
    """A hard need of 3 guns from February on: its row asks for 3 served then, and served they stay.

    That what was served stays is seen only where there is a bound of what was served.
    """
    model = model_of(**hand_over(needs="n,C,gun,3,2025-02-01,1,,true"))
    assert lower(model, model.layout.served[0], rows.propagate) == [0, 3, 0]
    both = [needs.served_at_most, rows.propagate]
    assert lower(model, model.layout.served[0], *both) == [0, 3, 3]


def test_a_row_that_its_columns_imply_is_freed() -> None:
    """A offers 4 guns and its two months carry 2 each: the offer never binds."""
    model = model_of(**hand_over(lanes="A,C,gun,,2"))
    tight = apply(model, [rows.free_rows])
    free = np.isinf(tight.matrix.lower) & np.isinf(tight.matrix.upper)
    bound = {float(high) for high in model.matrix.upper[free]}
    assert 4.0 in bound


def test_stock_that_cannot_run_out_is_free() -> None:
    """A keeps 2 of its 6 guns whatever it gives; with 4 it may run out."""
    plenty = model_of(**hand_over())
    assert lower(plenty, plenty.layout.stock[0], loosen) == [-np.inf] * 3
    assert upper(plenty, plenty.layout.stock[0], goods.stocks_between, loosen) == [np.inf] * 3
    scarce = model_of(**hand_over(stocks="A,gun,3.5"))
    assert lower(scarce, scarce.layout.stock[0], loosen) == [0] * 3


def test_a_model_without_a_plan_is_left_as_it_is() -> None:
    """A hard need that nobody can meet: that it cannot be met is for the solver to prove."""
    model = model_of(horizon=1, needs="n,C,gun,3,2025-01-01,1,,true")
    assert apply(model, [needs.served_at_most, needs.unmet_at_least]) is model
