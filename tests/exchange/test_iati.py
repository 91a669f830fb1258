"""An IATI file: what each matter becomes, that the published schema accepts it, and what is left out."""

from __future__ import annotations

import importlib.util
import os
import xml.etree.ElementTree as ET
from datetime import date
from typing import Any

import pytest

from ringtausch.exchange.iati import IatiExport, InvalidReporter, Reporter, iati_xml
from ringtausch.exchange.iati_money import LeftOut
from ringtausch.register.positions import Positions
from ringtausch.register.rule import STRICT, TRACKER
from ringtausch.register.statement import Condition, Statement
from ringtausch.register.view import view
from tests.exchange.shared_data import shared
from tests.properties.strategies_postings import history
from tests.register.builders import DIRECTORY, positions_of, said

NORWAY = Reporter("NOR", "NO-BRC-971277882")
FUND: dict[str, Any] = {"giver": "NOR", "receiver": "PURL", "currency": "USD"}
GIFT: dict[str, Any] = {"giver": "NOR", "receiver": "UKR", "item": "launcher"}


def wrong_by_the_schema(text: str) -> list[str]:
    """Hold a file against the published schema; return what is wrong."""
    folder = shared("iati-2.03")
    if importlib.util.find_spec("lxml") is None:
        reason = "lxml for tests is absent: pip install lxml"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(str(folder / "iati-activities-schema.xsd")))
    schema.validate(etree.fromstring(text.encode()))
    return [str(error) for error in schema.error_log]


def exported(*statements: Statement, reporter: Reporter = NORWAY) -> IatiExport:
    return iati_xml(positions_of(*statements, as_of="2025-12-31"), reporter)


def parts(text: str, matter: str) -> list[str]:
    """Return the parts of one activity, each on a line: its name, its codes and days, its text."""
    for activity in ET.fromstring(text.encode()):  # noqa: S314 - our own file
        if str(activity.findtext("iati-identifier")).endswith(matter):
            return [_line(part) for part in activity]
    raise AssertionError(matter)


def _line(part: ET.Element) -> str:
    words = [part.tag, *(f"{name}={value}" for name, value in part.attrib.items())]
    words += [(part.text or "").strip()]
    words += [_line(child) for child in part]
    return " ".join(word for word in words if word)


def contribution() -> list[Statement]:
    """Norway commits 800 million dollars until the end of June, pays 500 and is given back 20."""
    return [
        said("c 1", "contribution", "committed", quantity="800_000_000", on="2025-02-01",
             until="2025-06-30", **FUND),
        said("c 1", "contribution", "paid_in", quantity="500_000_000", on="2025-05-01", by="IKI",
             **FUND),
        said("c 1", "contribution", "refunded", quantity="20_000_000.5", on="2025-05-20", by="IKI",
             **FUND),
    ]  # fmt: skip


def test_a_contribution_is_an_activity_part_by_part() -> None:
    found = exported(*contribution()[:2])
    assert parts(found.text, "c-1") == [
        "iati-identifier NO-BRC-971277882-c-1",
        "reporting-org ref=NO-BRC-971277882 type=10 narrative NOR",
        "title narrative Contribution c 1: NOR to PURL",
        (
            "description narrative committed 800,000,000 USD; paid in 500,000,000 USD"
            " (rule tracker, as of 2025-12-31)"
        ),
        "participating-org ref=NO-BRC-971277882 type=10 role=1 narrative NOR",
        "participating-org role=4 narrative PURL",
        "activity-status code=2",
        "activity-date type=2 iso-date=2025-02-01",
        "activity-date type=3 iso-date=2025-06-30",
        (
            "transaction transaction-type code=3 transaction-date iso-date=2025-05-01"
            " value currency=USD value-date=2025-05-01 500000000 description narrative paid in"
            " provider-org ref=NO-BRC-971277882 type=10 narrative NOR receiver-org narrative PURL"
        ),
    ]
    assert found.left_out == (LeftOut("c 1", "committed", "", "lapsed"),)
    assert wrong_by_the_schema(found.text) == []


def test_what_is_committed_until_a_day_is_a_budget() -> None:
    """As of May the commitment stands; what was given back is a disbursement of less than nothing."""
    found = iati_xml(positions_of(*contribution(), as_of="2025-05-31"), NORWAY)
    assert parts(found.text, "c-1")[-4:] == [
        (
            "budget type=1 status=2 period-start iso-date=2025-02-01 period-end iso-date=2025-06-30"
            " value currency=USD value-date=2025-02-01 800000000"
        ),
        *(
            f"transaction transaction-type code={code} transaction-date iso-date={day}"
            f" value currency=USD value-date={day} {value} description narrative {words}"
            " provider-org ref=NO-BRC-971277882 type=10 narrative NOR receiver-org narrative PURL"
            for code, day, value, words in (
                ("2", "2025-02-01", "800000000", "committed"),
                ("3", "2025-05-01", "500000000", "paid in"),
                ("3", "2025-05-20", "-20000000.5", "refunded"),
            )
        ),
    ]
    assert found.left_out == ()
    assert wrong_by_the_schema(found.text) == []


def test_the_keeper_of_a_pool_reports_the_same_money_as_incoming() -> None:
    keeper = Reporter("IKI", "XI-IATI-1", kind="40", references={"NOR": "NO-BRC-971277882"})
    found = iati_xml(positions_of(*contribution(), as_of="2025-05-31"), keeper)
    transactions = [line for line in parts(found.text, "c-1") if line.startswith("transaction")]
    assert [line.split()[2] for line in transactions] == ["code=11", "code=1", "code=1"]
    assert "provider-org ref=NO-BRC-971277882 type=10" in transactions[0]
    assert wrong_by_the_schema(found.text) == []


def test_quantities_without_a_value_are_listed_and_never_made_into_money() -> None:
    """Of three hand-overs one is valued, one is not, and of one the value is of more than is left."""
    worth = {"value": "30_000_000", "value_currency": "EUR", "basis": "book"}
    found = exported(
        said("valued", "transfer", "handed_over", quantity="3", on="2025-08-01", **worth, **GIFT),
        said("plain", "transfer", "handed_over", quantity="3", on="2025-08-01", **GIFT),
        said("part", "transfer", "pledged", quantity="3", on="2025-08-01", **worth, **GIFT),
        said("part", "transfer", "cancelled", quantity="1", on="2025-09-01", **GIFT),
    )
    values = {
        matter: [line for line in parts(found.text, matter) if line.startswith("transaction")]
        for matter in ("valued", "plain", "part")
    }
    assert [len(values[matter]) for matter in values] == [1, 0, 0]
    assert "value currency=EUR value-date=2025-08-01 30000000" in values["valued"][0]
    assert found.left_out == (
        LeftOut("part", "pledged", "", "part"),
        LeftOut("plain", "handed_over", "", "no value"),
    )
    assert wrong_by_the_schema(found.text) == []


def test_ranges_unknowns_and_conditions_say_what_is_left_out() -> None:
    found = exported(
        said("range", "contribution", "committed", quantity="5..7", **FUND),
        said("unknown", "contribution", "committed", quantity="unknown", **FUND),
        said(
            "waits", "contribution", "announced", quantity="9", condition="if others give", **FUND
        ),
    )
    assert found.left_out == (
        LeftOut("range", "committed", "", "range"),
        LeftOut("unknown", "committed", "", "unknown"),
        LeftOut("waits", "announced", "", "conditional"),
    )
    assert any(
        " value currency=USD value-date=2025-01-01 5 " in line
        for line in parts(found.text, "range")
    )
    waits = parts(found.text, "waits")
    assert waits[-1] == "conditions attached=1 condition type=1 narrative if others give"
    assert "activity-status code=1" in waits
    assert wrong_by_the_schema(found.text) == []


@pytest.mark.parametrize(
    ("statements", "status"),
    [
        ([("pledged", "2", "2025-02-01")], "1"),
        ([("pledged", "2", "2025-02-01"), ("handed_over", "1", "2025-03-01")], "2"),
        ([("pledged", "2", "2025-02-01"), ("handed_over", "2", "2025-03-01")], "4"),
        ([("pledged", "2", "2025-02-01"), ("cancelled", None, "2025-03-01")], "5"),
    ],
)
def test_the_status_is_plan_under_way_closed_or_cancelled(
    statements: list[tuple[str, str | None, str]], status: str
) -> None:
    found = exported(
        *(
            said("t", "transfer", name, quantity=many, on=day, **GIFT)
            for name, many, day in statements
        )
    )
    assert f"activity-status code={status}" in parts(found.text, "-t")


def test_what_lies_inside_another_activity_says_so() -> None:
    """Both ways, so that who adds up activities can count once."""
    found = exported(
        said("whole", "contribution", "announced", quantity="100", **FUND),
        said("share", "contribution", "committed", quantity="40", part_of="whole", **FUND),
    )
    assert "related-activity ref=NO-BRC-971277882-whole type=1" in parts(found.text, "share")
    assert "related-activity ref=NO-BRC-971277882-share type=2" in parts(found.text, "whole")
    assert wrong_by_the_schema(found.text) == []


def test_who_reads_the_public_view_learns_nothing_hidden() -> None:
    """A file of the public's view is the file of a register in which the hidden statement is not."""
    open_one = said("open", "contribution", "committed", quantity="5", **FUND)
    hidden = said(
        "secret", "contribution", "committed", quantity="7", visibility=("NOR", "POL"), **FUND
    )
    seen = view([open_one, hidden], reader=None, known_at=None, directory=DIRECTORY)
    assert exported(*seen) == exported(open_one)
    assert "secret" not in exported(*seen).text


def test_a_secondary_reporter_says_that_it_is_one() -> None:
    reporter = Reporter("POL", "PL-KRS-1", secondary=True)
    found = exported(*contribution(), reporter=reporter)
    line = parts(found.text, "c-1")[1]
    assert line == "reporting-org ref=PL-KRS-1 type=10 secondary-reporter=1 narrative POL"
    assert wrong_by_the_schema(found.text) == []


def test_texts_that_xml_cannot_hold_do_not_break_the_file() -> None:
    found = exported(
        said('<&"> \x00 \ud7ff', "contribution", "announced", quantity="1",
             condition=Condition("a \x0b < b"), **FUND)
    )  # fmt: skip
    assert "condition type=1 narrative a \ufffd < b" in parts(found.text, "")[-1]
    assert wrong_by_the_schema(found.text) == []


def test_a_wrong_reporter_is_refused_with_all_that_is_wrong() -> None:
    with pytest.raises(InvalidReporter) as refused:
        exported(*contribution(), reporter=Reporter("NORR", "norway", references={"POL": "?"}))
    assert [problem.message for problem in refused.value.problems] == [
        'the register knows no party "NORR"; is it "NOR"?',
        (
            '"norway" of "NORR" is no identifier of an organisation; it begins with a list, such as'
            " XM-DAC-5-7 or DE-1"
        ),
        (
            '"?" of "POL" is no identifier of an organisation; it begins with a list, such as XM-DAC-5-7'
            " or DE-1"
        ),
    ]
    with pytest.raises(InvalidReporter, match="there is no contribution, transfer or payment"):
        exported(said("h", "holding", "counted", giver="NOR", item="launcher", quantity="1"))


def test_random_histories_are_valid_by_the_schema() -> None:
    for seed in range(40):
        for rule, day in ((STRICT, date(2025, 4, 1)), (TRACKER, date(2030, 1, 1))):
            positions = Positions(history(seed, 60), rule, day, DIRECTORY)
            found = iati_xml(positions, NORWAY, "2025-08-01T12:00:00.000000Z")
            assert wrong_by_the_schema(found.text) == []
