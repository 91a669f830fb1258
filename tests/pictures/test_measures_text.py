"""The measures in a terminal: each table says what was counted by hand, in 80 columns."""

from __future__ import annotations

from decimal import Decimal

import ringtausch as rt
from ringtausch.pictures.measures_text import measures_lines
from ringtausch.records.values import Value
from tests.insight.measures.case import CASE, MADE
from tests.pictures.big_case import big
from tests.pictures.cases import ring

VALUES = [Value(item="gun", basis="book", value=Decimal(10))]


def test_every_measure_of_a_plan_is_a_table() -> None:
    found = measures_lines(CASE, rt.measures(CASE, MADE, VALUES))
    assert found == [
        "test",
        "",
        "Money paid from its funds, EUR",
        "  party  borne  share   key  above key",
        "  Aland    470   78 %  75 %       +3.3",
        "  Bland    130   22 %  25 %       -3.3",
        "",
        "Value handed over, as in items.csv, EUR",
        "  party  borne  share   key  above key",
        "  Aland    400   67 %  75 %       -8.3",
        "  Bland    200   33 %  25 %       +8.3",
        "",
        "Value handed over, book value, EUR",
        "  party  borne  share   key  above key",
        "  Aland     40   67 %  75 %       -8.3",
        "  Bland     20   33 %  25 %       +8.3",
        "",
        "No book value: howitzer; 0 handed over, 2 ordered.",
        "",
        "Waiting borne, unit-months of debt",
        "  party  borne  share   key  above key",
        "  Aland     21   51 %  75 %      -23.8",
        "  Bland     20   49 %  25 %      +23.8",
        "",
        "Gap borne, unit-months below floors",
        "  party  borne  share   key  above key",
        "  Aland     18  100 %  75 %        +25",
        "  nothing: Bland",
        "",
        "The deal each gets; waits in months, mean and longest",
        "  party  gives  gets               for 1    waits  open",
        "  Aland  4 gun  3 gun, 2 howitzer   1.25  5.2 / 8     -",
        "  Bland  2 gun  3 gun                  2   5 / 11     1",
        "",
        "The deals by value, as in items.csv, EUR",
        "  party  item  given  received  compensation",
        "  Aland  gun     400       420             -",
        "  Bland  gun     200       300            50",
        "",
        "Readiness windows, and the gap in them",
        "  party  item  units  opens    closes       unit-months  gap",
        "  Aland  gun       4  2025-01  2025-09               21   18",
        "  Bland  gun       2  2025-02  open at end           10    -",
        "",
        "Slack of assurances: months between replacement and deadline",
        "  party  item  promised  units  least  mean  late",
        "  Aland  gun   6 months      4     -2   0.8     1",
        "  Bland  gun   6 months      4     -5     1     1",
        "",
        "Production slots within the plan",
        "  supplier  item      used  of  lost  share",
        "  M         gun          6  36    30   17 %",
        "  M         howitzer     2  24    22  8.3 %",
        "",
        "Funds, EUR",
        "  fund  of     released  paid  lapsed  left",
        "  FA    Aland       600   470       -   130",
        "  FB    Bland       300   130       -   170",
    ]


def test_a_party_that_hands_over_what_has_no_value_is_counted() -> None:
    values = [Value(item="howitzer", basis="declared", value=Decimal(1))]
    found = measures_lines(CASE, rt.measures(CASE, MADE, values))
    at = found.index("Value handed over, declared value, EUR")
    assert found[at + 1 : at + 6] == [
        "  party       borne  share   key  above key",
        "  Aland  4 unvalued      -  75 %          -",
        "  Bland  2 unvalued      -  25 %          -",
        "",
        "No declared value: gun; 6 handed over, 6 ordered.",
    ]


def test_one_basis_alone_is_shown_where_it_is_asked_for() -> None:
    found = measures_lines(CASE, rt.measures(CASE, MADE, VALUES, basis="book"), one_basis=True)
    assert "Value handed over, as in items.csv, EUR" not in found
    at = found.index("The deals by value, book value, EUR")
    assert found[at + 2 : at + 4] == [
        "  Aland  gun      40         -             -",
        "  Bland  gun      20        30            50",
    ]


def test_no_line_is_wider_than_80_columns_and_long_tables_are_counted() -> None:
    for case, made in (ring(), big()):
        lines = measures_lines(case, rt.measures(case, made))
        assert max(map(len, lines)) <= 80
    assert any(line.endswith("more rows; --json has all") for line in lines)
