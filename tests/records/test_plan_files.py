"""Plan folders: what is written reads back equal, hand-made ones are read, all problems at once."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from ringtausch.records import InvalidPlan, Objective, Plan, read_plan
from ringtausch.records.plan import PLAN_TABLES, Dispatch
from tests.builders import plan, scenario

HEAD = {"status": "feasible", "objectives": {}}


def made() -> Plan:
    """A plan with a row in every table and floats that no short decimal holds."""
    case = scenario(name="Häfen", offers="o1,A,gun,2", needs="n1,C,gun,2,2025-01-01")
    return plan(
        case,
        objectives={"spend": (1 / 3, 0.3), "unmet_need": 4.0},
        dispatches="o1,A,C,gun,0,2,1\no1,A,C,gun,1,0.1",
        orders="S,gun,A,0,1e-6,2",
        settlements="A,gun,hull,2,1",
        fulfilments="n1,gun,1,2",
        payments="F,order,gun,A,0,1234567.891",
        stocks="A,gun,0,3",
        debts="A,gun,0,2,1",
        gaps="A,gun,0,1,4",
        unmet="n1,0,2",
    )


def written(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, content in files.items():
        suffix = "json" if name == "plan" else "csv"
        (folder / f"{name}.{suffix}").write_text(content, encoding="utf-8")
    return folder


def refused(folder: Path) -> list[str]:
    with pytest.raises(InvalidPlan) as raised:
        read_plan(folder)
    return [str(problem) for problem in raised.value.problems]


def test_what_is_written_reads_back_equal(tmp_path: Path) -> None:
    made().write(tmp_path / "plan")
    again = read_plan(tmp_path / "plan")
    assert again == made()
    assert [row.line for row in again.rows("dispatches")] == [2, 3]
    again.write(tmp_path / "twice")
    for name in ("plan.json", *(f"{table}.csv" for table in PLAN_TABLES)):
        assert (tmp_path / "twice" / name).read_bytes() == (tmp_path / "plan" / name).read_bytes()


def test_the_files_have_the_columns_of_the_page_and_numbers_without_dust(tmp_path: Path) -> None:
    made().write(tmp_path / "plan")
    assert (tmp_path / "plan/dispatches.csv").read_text(encoding="utf-8").splitlines() == [
        "offer,from,to,item,period,date,quantity,arrives",
        "o1,A,C,gun,0,2025-01-01,2,1",
        "o1,A,C,gun,1,2025-02-01,0.1,1",
    ]
    package = json.loads((tmp_path / "plan/datapackage.json").read_bytes())
    assert [(r["name"], r["path"]) for r in package["resources"]] == [
        (name, f"{name}.csv") for name in PLAN_TABLES
    ]
    for r in package["resources"]:
        columns = tuple(field["name"] for field in r["schema"]["fields"])
        assert columns == PLAN_TABLES[r["name"]][1]


def test_a_plan_made_by_hand_needs_no_plan_json_and_no_dates(tmp_path: Path) -> None:
    """One file, semicolons, a comment column, an empty row: enough for verify."""
    dispatches = (
        "offer;why;from;to;item;period;quantity;arrives\n"
        "o1;as agreed;A;C;gun;0;1,5;1\n;;;;;;;\no1;;A;C;gun;2;1;3\n"
    )
    found = read_plan(written(tmp_path / "plan", dispatches=dispatches))
    assert (found.status, found.objectives, found.scenario_hash) == ("feasible", {}, "")
    assert found.rows("orders") == ()
    assert found.rows("dispatches") == tuple(
        Dispatch(
            offer="o1",
            from_="A",
            to="C",
            item="gun",
            period=t,
            date=date.min,
            quantity=q,
            arrives=a,
        )
        for t, q, a in ((0, 1.5, 1), (2, 1.0, 3))
    )
    assert [row.line for row in found.rows("dispatches")] == [2, 4]


def test_a_plan_json_alone_is_a_plan_that_does_nothing(tmp_path: Path) -> None:
    head = HEAD | {"objectives": {"spend": {"value": 5}}}
    found = read_plan(written(tmp_path / "plan", plan=json.dumps(head)))
    assert found.objectives == {"spend": Objective(5.0, None)}
    assert [found.rows(table) for table in PLAN_TABLES] == [()] * len(PLAN_TABLES)


def test_a_quantity_below_zero_is_read_for_verify_to_judge(tmp_path: Path) -> None:
    stocks = "party,item,period,quantity\nA,gun,0,-1\n"
    found = read_plan(written(tmp_path / "plan", plan=json.dumps(HEAD), stocks=stocks))
    assert found.rows("stocks")[0].quantity == -1.0


def test_all_problems_are_said_at_once(tmp_path: Path) -> None:
    head = {"status": "best", "objectives": {"cost": {"value": 1}, "spend": {"value": "much"}}}
    folder = written(
        tmp_path / "plan",
        plan=json.dumps(head),
        dispatches=(
            "offer,from,to,item,period,date,quantity,arrives\n"
            "o1,A,C,gun,-1,2025-13-01,two,\n,A,C,gun,0,2025-01-01,nan,1.5\n"
        ),
        orders="supplier,item,period,quantity,delivered\nS,gun,0,1,1\n",
        payments="",
    )
    whole = "is not a whole number of periods; write 0, 1, 2, …"
    assert refused(folder) == [
        (
            'plan.json: objectives.cost: no objective "cost"; known are capability_gap,'
            " late_replacement, moved_value, spend, unfairness, unmet_need"
        ),
        (
            'plan.json: objectives.spend.value: "much" is not a number;'
            " write a decimal such as 12 or 0.5"
        ),
        'plan.json: status: "best" is not one of optimal, feasible',
        f'dispatches.csv:2: period: "-1" {whole}',
        'dispatches.csv:2: date: "2025-13-01" has no month 13; write a date such as 2025-12-01',
        'dispatches.csv:2: quantity: "two" is not a number; write a decimal such as 12 or 0.5',
        "dispatches.csv:2: arrives: is empty; every row needs a arrives",
        "dispatches.csv:3: offer: is empty; every row needs a offer",
        (
            'dispatches.csv:3: quantity: "nan" is not a number;'
            " leave the cell empty or write a number"
        ),
        f'dispatches.csv:3: arrives: "1.5" {whole}',
        (
            'orders.csv:1: customer: the header lacks the column "customer";'
            " it has supplier, item, period, quantity, delivered"
        ),
        "payments.csv:1: is empty; write a header row, or delete the file",
    ]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("{", "plan.json:1: cannot be read as JSON: "),
        ("[]", "plan.json:1: cannot be read as JSON: not an object"),
        (
            '{"status": "optimal"}',
            (
                "plan.json: objectives: is missing; write, for example:"
                ' objectives = {"spend": {"value": 0, "bound": 0}}'
            ),
        ),
        (
            '{"status": "optimal", "objectives": {"spend": {"value": NaN}}}',
            'plan.json: objectives.spend.value: "nan" is not a number;',
        ),
    ],
)
def test_a_broken_plan_json_is_one_problem(head: str, said: str, tmp_path: Path) -> None:
    (only,) = refused(written(tmp_path / "plan", plan=head))
    assert only.startswith(said)


def test_a_folder_without_a_plan_is_refused(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    assert refused(gone) == [
        f"{gone}: there is no plan folder {gone}; make one with ringtausch plan"
    ]
    assert refused(tmp_path) == [
        (
            f"{tmp_path}: {tmp_path} holds neither plan.json nor any file of decisions"
            " such as dispatches.csv"
        )
    ]
