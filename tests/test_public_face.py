"""The public face of the library: its names, its errors, what a notebook shows, its data frames."""

from __future__ import annotations

import pickle
import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest

import ringtausch as rt
from ringtausch.planning.infeasible import ConflictRow
from ringtausch.records.plan import PLAN_TABLES
from ringtausch.records.tables import TABLES, columns_of
from tests.builders import folder, scenario
from tests.project_files import ROOT, text_of

ONE_GUN = {
    "horizon": 2,
    "stocks": "A,gun,1",
    "offers": "o1,A,gun,1",
    "lanes": "A,C,gun,0",
    "needs": "n1,C,gun,1,2025-01-01",
}


def planned(**content: object) -> tuple[rt.Scenario, rt.Plan]:
    case = scenario(**{**ONE_GUN, **content})
    return case, rt.plan(case)


# ---- names


def test_the_reference_page_lists_every_public_name_and_no_other() -> None:
    listed = re.findall(r"^\| `(\w+)`", text_of("docs/reference/api.md"), flags=re.MULTILINE)
    assert sorted(listed) == sorted(rt.__all__)


def test_every_public_name_can_be_imported_and_is_explained() -> None:
    silent = [name for name in rt.__all__ if not getattr(rt, name).__doc__]
    assert silent == []
    assert dir(rt) == sorted(rt.__all__)


def test_a_name_that_is_not_public_is_refused() -> None:
    with pytest.raises(AttributeError, match=r"^module 'ringtausch' has no attribute 'solve'$"):
        _ = rt.solve


@pytest.mark.parametrize(
    "package",
    ["ringtausch", *(f"ringtausch.{room}" for room in ("records", "planning", "pictures"))],
)
def test_no_name_that_is_imported_at_first_use_is_a_module_of_its_package(package: str) -> None:
    """Importing the module put it in the place of `pictures.comparison_lines`, a function."""
    found = import_module(package)
    modules = {module.name for module in iter_modules(found.__path__)}
    assert modules & set(found.__all__) == set()
    assert [name for name in found.__all__ if not hasattr(found, name)] == []


# ---- pickling: plans are made in other processes too


def pickled(value: Any) -> Any:
    """Send a value there and back as between two processes."""
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - what it reads it has written itself


def test_what_is_wrong_with_a_scenario_survives_pickling() -> None:
    wrong = rt.InvalidScenario([rt.Problem("offers.csv", 4, "to", "FRX", "is unknown")])
    again = pickled(wrong)
    assert (type(again), again.problems, str(again)) == (
        rt.InvalidScenario,
        wrong.problems,
        "offers.csv:4: to: is unknown",
    )


def test_what_is_wrong_with_a_plan_survives_pickling() -> None:
    wrong = rt.InvalidPlan([rt.Problem("plan.json", 0, "status", "", "is unknown")])
    again = pickled(wrong)
    assert (type(again), again.problems) == (rt.InvalidPlan, wrong.problems)


def test_output_that_exists_survives_pickling() -> None:
    wrong = rt.OutputExists(Path("there"))
    again = pickled(wrong)
    assert (type(again), again.path, str(again)) == (rt.OutputExists, wrong.path, str(wrong))


def test_why_there_is_no_plan_survives_pickling() -> None:
    rows = [ConflictRow("needs", 2, {"need": "n1"}, "needs.csv:2: n1 must be met")]
    wrong = rt.Infeasible(rows, irreducible=False)
    again = pickled(wrong)
    assert (again.rows, again.irreducible, str(again)) == (tuple(rows), False, str(wrong))


@pytest.mark.parametrize("by_hand", [True, False])
def test_a_limit_survives_pickling(by_hand: bool) -> None:
    wrong = rt.LimitReached(1.5, interrupted=by_hand)
    again = pickled(wrong)
    assert (again.seconds, again.interrupted, str(again)) == (1.5, by_hand, str(wrong))


def test_scenario_plan_and_proof_survive_pickling() -> None:
    case, plan = planned()
    proof = rt.verify(case, plan)
    again = pickled((case, plan, proof))
    assert again[0] == case
    assert again[0].content_hash == case.content_hash
    assert again[1] == plan
    assert (again[2].ok, again[2].objectives) == (True, proof.objectives)


# ---- the functions


def test_the_words_of_the_readme_work(tmp_path: Path) -> None:
    """Read, check, plan, verify, write and read again, each by its public name."""
    path = folder(tmp_path / "case", **ONE_GUN)  # type: ignore[arg-type]
    case = rt.read(path)
    assert [str(problem) for problem in rt.check(path)] == []
    plan = rt.plan(case, objectives=["unmet_need", "moved_value"])
    plan.write(tmp_path / "plan")
    again = rt.read_plan(tmp_path / "plan")
    assert again.objectives == plan.objectives
    assert rt.verify(case, again).ok
    rt.write(case, tmp_path / "copy")
    assert rt.read(tmp_path / "copy") == case
    assert rt.summary(case, plan)[0] == "test"


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"objectives": ["cost"]}, r"objectives \['cost'\]: name each of late_replacement, .*"),
        ({"objectives": []}, r"objectives \[\]: name each of late_replacement, .* at most once"),
        (
            {"method": "magic"},
            "method 'magic' is not one of auto, families, simplex, ipx, hipo, pdlp",
        ),
        ({"optimality_gap": 1.0}, "optimality gap 1.0 is not between 0 and 1"),
        ({"time_limit": -1.0}, "time limit -1.0 is below 0"),
        ({"threads": 0}, "threads 0 is below 1"),
    ],
)
def test_an_argument_that_means_nothing_is_refused(option: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}$"):
        rt.plan(scenario(**ONE_GUN), **option)  # type: ignore[arg-type]


# ---- notebooks


def test_a_notebook_shows_a_scenario_and_escapes_its_names() -> None:
    case, _ = planned(name="<b>Guns & more</b>", settlement=3)
    shown = case._repr_html_()
    assert "<strong>&lt;b&gt;Guns &amp; more&lt;/b&gt;</strong>" in shown
    assert "months 2025-01 to 2025-02, settled by 2025-05, in EUR" in shown
    assert "<td>offers</td><td>1</td>" in shown
    assert "<td>debts</td>" not in shown
    assert repr(case).startswith("<Scenario '<b>Guns & more</b>': 2 parties, 1 items, 1 stocks")


def test_a_notebook_shows_a_plan_and_escapes_its_names() -> None:
    _, plan = planned(name="<i>", needs="n1,C,gun,1,2025-01-01", stocks="A,gun,1; <A>,gun,0")
    shown = plan._repr_html_()
    assert shown.startswith("<strong>&lt;i&gt;</strong>: optimal<table>")
    assert "<td>moved_value</td><td>1</td><td>1</td>" in shown
    row = "<td>2025-01-01</td><td>A</td><td>C</td><td>gun</td><td>1</td>"
    assert shown.count(row) == 1
    assert repr(plan).startswith("<Plan for '<i>': optimal; late_replacement 0, unmet_need 0,")


def test_a_notebook_shows_a_proof_and_escapes_its_names() -> None:
    case, plan = planned()
    proof = rt.verify(case, plan)
    shown = proof._repr_html_()
    assert shown == "<ul><li>the plan obeys every rule</li></ul>"
    worse = rt.verify(scenario(**{**ONE_GUN, "needs": "<n>,C,gun,1,2025-01-01,,,true"}), plan)
    assert "<n>" not in worse._repr_html_()
    assert "&lt;n&gt;" in worse._repr_html_()


# ---- data frames


@pytest.mark.parametrize("table", TABLES)
def test_a_frame_of_a_scenario_has_the_columns_of_the_page(table: str) -> None:
    case, _ = planned()
    assert case.frame(table).columns == [column.name for column in columns_of(table)]
    assert case.frame(table).height == len(case.rows(table))


@pytest.mark.parametrize("table", PLAN_TABLES)
def test_a_frame_of_a_plan_has_the_columns_of_the_page(table: str) -> None:
    _, plan = planned()
    assert tuple(getattr(plan, table).columns) == PLAN_TABLES[table][1]
    assert plan.frame(table).rows() == getattr(plan, table).rows()


def test_frames_hold_numbers_dates_and_text() -> None:
    from datetime import date

    case, plan = planned()
    assert case.frame("needs").rows(named=True) == [
        {
            "need": "n1",
            "party": "C",
            "capability": "gun",
            "quantity": 1.0,
            "due": date(2025, 1, 1),
            "weight": 1.0,
            "step": None,
            "hard": False,
            "source": "",
            "note": "",
        }
    ]
    assert plan.dispatches.rows() == [("o1", "A", "C", "gun", 0, date(2025, 1, 1), 1.0, 0)]


def test_a_table_that_does_not_exist_is_named() -> None:
    case, plan = planned()
    with pytest.raises(KeyError, match="no table 'offer'; there are parties, items"):
        case.frame("offer")
    with pytest.raises(KeyError, match="no table 'offers' in a plan; there are dispatches"):
        plan.frame("offers")


# ---- the register


def test_the_register_is_used_from_python_as_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Germany's two systems were handed over and received, by the record of 2025."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    section = text_of("docs/how-to/use-it-from-python.md").partition("## The record")[2]
    blocks = re.findall(r"```python\n(.*?)```", section, flags=re.DOTALL)
    assert len(blocks) == 1
    exec(compile(blocks[0], "the page", "exec"), {"rt": rt})  # noqa: S102 - our own page
    assert capsys.readouterr().out == "received Range(lo=2000, hi=2000)\n"
