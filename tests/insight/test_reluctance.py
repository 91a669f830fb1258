"""The table of reluctance: what each change weighs, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import ringtausch as rt
from ringtausch.records import Offer, Stock
from tests.builders import folder, scenario

SC = scenario(stocks="GRC,gun,1; DEU,gun,2", offers="d1,DEU,gun,1")


def table(path: Path, text: str) -> Path:
    """Write a scenario folder with a table of reluctance."""
    place = folder(path / "case", stocks="GRC,gun,1; DEU,gun,2", offers="d1,DEU,gun,1")
    (place / "reluctance.csv").write_text(text, encoding="utf-8")
    return place


def offer(party: str) -> Offer:
    return Offer(offer="x", party=party, item="gun", quantity=Decimal(1))


def test_the_narrowest_row_counts_and_the_later_at_a_tie(tmp_path: Path) -> None:
    weights = rt.read_reluctance(
        table(
            tmp_path,
            "row,weight,note\noffers,2,\nmore,3,\noffers[party=GRC],4,\n"
            '"offers[party=GRC,item=gun]",5,\noffers[party=GRC].from,6,\nstocks[party=GRC],7,first\n'
            "stocks[party=GRC],8,last\nstocks[quantity=2.0],9,typed\n",
        ),
        SC,
    )
    assert [
        weights.weight("offers", offer("DEU")),
        weights.weight("offers", offer("DEU"), family="more"),
        weights.weight("offers", offer("GRC"), family="more"),
        weights.weight("offers", offer("GRC"), column="from"),
        weights.weight("stocks", SC.stocks[0]),
        weights.weight("stocks", SC.stocks[1]),
        weights.weight("floors", SC.stocks[1]),
    ] == [2, 3, 5, 5, 8, 9, 1]
    assert isinstance(SC.stocks[0], Stock)


def test_without_a_table_everything_weighs_1(tmp_path: Path) -> None:
    place = folder(tmp_path / "case", stocks="GRC,gun,1")
    assert rt.read_reluctance(place, rt.read(place)).weight("stocks", SC.stocks[0]) == 1


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    place = table(
        tmp_path,
        "row,weigth\nofers,1\n",
    )
    with pytest.raises(rt.InvalidReluctance) as refused:
        rt.read_reluctance(place, SC)
    assert [str(problem) for problem in refused.value.problems] == [
        'reluctance.csv:1: weigth: no column "weigth" in this table; did you mean "weight"?',
    ]
    place = table(
        tmp_path / "again",
        "row,weight\nofers,-1\n,2\noffers[party=GRX],\noffers[prty=GRC],1\noffrs[party=GRC],1\n"
        "offers[party=GRC].form,1\noffers[party=GRC,1\noffers[quantity=two],1\n",
    )
    with pytest.raises(rt.InvalidReluctance) as refused:
        rt.read_reluctance(place, SC)
    assert [str(problem).removeprefix("reluctance.csv:") for problem in refused.value.problems] == [
        (
            '2: row: "ofers" is neither a table nor a family of concessions, nor rows such as'
            ' offers[party=GRC]; did you mean "offers"?'
        ),
        '2: weight: "-1" is below zero; write 0 or more',
        "3: row: is empty; write a family of concessions, a table, or rows such as offers[party=GRC]",
        '4: row: "GRX" is not in parties.csv; did you mean "GRC"?',
        '5: row: no column "prty" in this table; did you mean "party"?',
        '6: row: unknown table "offrs"; did you mean "offers"?',
        '7: row: no column "form" in this table; did you mean "from"?',
        "8: row: the bracket after offers is not closed; write ] behind the last value",
        '9: row: "two" is not a number; write a decimal such as 12 or 0.5',
    ]


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(rt.InvalidReluctance, match=r"gone\.csv: cannot be read: No such file"):
        rt.read_reluctance(tmp_path / "gone.csv", SC)
