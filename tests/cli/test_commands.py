"""Commands: what they print, write and refuse, and how they end."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest

from ringtausch.cli.main import FAMILIES, GROUPS
from ringtausch.records import OBJECTIVES, read_plan, read_scenario
from tests.builders import folder
from tests.cli.running import PROGRAM, everything_in, json_of, process, run

TWO_PERIODS = {
    "horizon": 2,
    "stocks": "A,gun,1",
    "offers": "o1,A,gun,1",
    "lanes": "A,C,gun,0",
}
ONE_GUN = "n1,C,gun,1,2025-01-01,,,true"
TWO_GUNS = "n1,C,gun,2,2025-01-01,,,true"
WHY = [
    "no plan obeys all rules; these rows cannot hold together:",
    "  needs.csv:2: the need n1 of C for 2 gun must be met from 2025-01-01 on",
    "  stocks.csv:2: A has 1 gun at the start",
]
VALUES = {name: 1.0 if name == "moved_value" else 0.0 for name in OBJECTIVES}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with a scenario `case` that has a plan and one, `none`, that has not."""
    folder(tmp_path / "case", needs=ONE_GUN, **TWO_PERIODS)  # type: ignore[arg-type]
    folder(tmp_path / "none", needs=TWO_GUNS, **TWO_PERIODS)  # type: ignore[arg-type]
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(result: object, *lines: str) -> bool:
    return (result.exit_code, result.stdout, result.stderr.splitlines()) == (  # type: ignore[attr-defined]
        2,
        "",
        list(lines),
    )


# ---- plan


def test_a_plan_goes_beside_the_scenario_s_name_where_no_place_is_given(here: Path) -> None:
    result = run("plan", "case")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1] == "Written: case-plan"
    plan = read_plan(here / "case-plan")
    assert plan.status == "optimal"
    assert {name: o.value for name, o in plan.objectives.items()} == VALUES


def test_an_infeasible_scenario_ends_with_3_and_its_reason_in_rows(here: Path) -> None:
    before = everything_in(here)
    result = run("plan", "none")
    assert (result.exit_code, result.stdout, result.stderr.splitlines()) == (3, "", WHY)
    assert everything_in(here) == before


def test_a_limit_before_any_plan_ends_with_4_and_writes_nothing(here: Path) -> None:
    """The starter's need made hard: doing nothing is no plan, and there is no time to find one."""
    run("new", "new")
    needs = (here / "new/needs.csv").read_text(encoding="utf-8")
    hard = needs.replace("weight,note", "weight,hard,note").replace(
        "2026-04-01,1,", "2026-12-01,1,1,"
    )
    (here / "new/needs.csv").write_text(hard, encoding="utf-8")
    before = everything_in(here)
    result = run("plan", "new", "--time-limit", "0")
    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr.startswith("no plan was found within ")
    assert result.stderr.endswith(" s; allow more time with --time-limit; nothing was written\n")
    assert json_of(run("plan", "new", "--time-limit", "0", "--json"))["status"] == "unknown"
    assert everything_in(here) == before


def test_what_exists_is_replaced_only_with_force(here: Path) -> None:
    run("plan", "case", "--out", "p", "--report", "r.html")
    (here / "p/mine.txt").write_text("kept", encoding="utf-8")
    before = everything_in(here)
    again = "choose another place or replace it with --force"
    result = run("plan", "case", "--out", "p", "--report", "r.html")
    assert refused(result, f"p exists; {again}", f"r.html exists; {again}")
    assert everything_in(here) == before
    result = run("plan", "case", "--out", "p", "--report", "r.html", "--force")
    assert (result.exit_code, (here / "p/mine.txt").read_text(encoding="utf-8")) == (0, "kept")


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_plan_never_replaces_its_scenario(here: Path, force: list[str]) -> None:
    before = everything_in(here)
    result = run("plan", "case", "--out", "./case", *force)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[0] == (
        "case is the scenario itself; choose another folder for the plan"
    )
    assert everything_in(here) == before


def test_plan_and_report_have_two_places(here: Path) -> None:
    result = run("plan", "case", "--out", "p", "--report", "p")
    assert refused(result, "p is the plan's own folder; choose another file for the report")
    assert not (here / "p").exists()


def test_all_wrong_options_are_refused_at_once(here: Path) -> None:
    assert refused(
        run(
            *("plan", "case", "--objectives", "spend,cost,spend", "--optimality-gap", "2"),
            *("--time-limit", "-1", "--threads", "0", "--method", "magic"),
        ),
        '--objectives: no objective "cost"; known are capability_gap, late_replacement,'
        " moved_value, spend, unfairness, unmet_need",
        '--objectives: "spend" stands twice; an objective has one place in the order',
        "--optimality-gap: 2.0 is not between 0 and 1",
        "--time-limit: -1.0 is no number of seconds",
        "--threads: 0 is below 1",
        '--method: "magic" is not one of auto, families, simplex, ipx, hipo, pdlp',
    )
    assert not (here / "case-plan").exists()


def test_an_option_that_does_not_exist_ends_with_2(here: Path) -> None:
    result = run("plan", "case", "--optimise")
    assert (result.exit_code, "No such option: --optimise" in result.stderr) == (2, True)
    assert not (here / "case-plan").exists()


def test_objectives_given_replace_those_of_the_scenario(here: Path) -> None:
    run("plan", "case", "--objectives", "moved_value, spend")
    plan = read_plan(here / "case-plan")
    assert plan.settings["objectives"] == ["moved_value", "spend"]
    assert [name for name, o in plan.objectives.items() if o.bound is not None] == [
        "spend",
        "moved_value",
    ]


def test_no_objective_is_refused(here: Path) -> None:
    assert (here / "case").is_dir()
    assert refused(
        run("plan", "case", "--objectives", ","), "--objectives: name at least one objective"
    )


# ---- verify and report


def test_a_plan_of_another_scenario_is_broken(here: Path) -> None:
    run("plan", "case", "--out", "p")
    assert (here / "p").is_dir()
    assert run("verify", "case", "p").stdout.splitlines() == [
        "the plan obeys every rule",
        *(f"  {name:18} {value:g}" for name, value in VALUES.items()),
    ]
    result = run("verify", "none", "p")
    assert (result.exit_code, result.stdout.splitlines()) == (
        1,
        [
            (
                "rule 9, need: needs.csv:2: the hard need n1 of C lacks 1 gun in 2025-01"
                " (and in 1 other period); it is to be met from 2025-01 on"
            ),
            "plan: plan.json states unmet_need = 0, but the decisions come to 2",
            ("note: the plan was made for another version of this scenario (the content differs)"),
        ],
    )


def test_a_plan_that_is_not_there_is_refused(here: Path) -> None:
    assert (here / "case").is_dir()
    line = "gone: there is no plan folder gone; make one with ringtausch plan"
    assert refused(run("verify", "case", "gone"), line, "1 error")


def test_a_report_is_one_file_and_kept(here: Path) -> None:
    run("plan", "case", "--out", "p")
    assert run("report", "case", "p").stdout == "Written: case-report.html\n"
    drawn = (here / "case-report.html").read_bytes()
    again = "case-report.html exists; choose another place or replace it with --force"
    assert refused(run("report", "case", "p"), again)
    assert (here / "case-report.html").read_bytes() == drawn
    assert run("report", "case", "p", "--force").exit_code == 0


# ---- new, convert, generate


def test_new_leaves_alone_what_is_there(here: Path) -> None:
    before = everything_in(here)
    again = f"{here / 'case'} exists; choose another place or replace it with --force"
    assert run("new", "case").exit_code == 2
    assert run("new", "case").stderr.splitlines() == [again]
    assert everything_in(here) == before


def test_a_folder_becomes_a_workbook_and_a_folder_again(here: Path) -> None:
    (here / "case/README.md").write_text("a story", encoding="utf-8")
    result = run("convert", "case", "case.xlsx")
    assert (result.exit_code, result.stdout) == (0, "case.xlsx is written\n")
    assert result.stderr == "a workbook has no place for README.md; they stay in case\n"
    assert run("convert", "case.xlsx", "back").exit_code == 0
    assert read_scenario(here / "back") == read_scenario(here / "case")
    assert run("convert", "case.xlsx", "back").exit_code == 2
    assert run("convert", "case.xlsx", "back", "--force").exit_code == 0


def test_one_seed_gives_one_folder(here: Path) -> None:
    size = ("--parties", "4", "--items", "3", "--periods", "8")
    for name, seed in (("a", "7"), ("b", "7"), ("c", "8")):
        assert run("generate", name, *size, "--seed", seed).exit_code == 0
    assert everything_in(here / "a") == everything_in(here / "b") != everything_in(here / "c")
    assert run("generate", "a", *size).exit_code == 2


def test_too_small_a_size_is_refused_in_a_sentence(here: Path) -> None:
    assert refused(
        run("generate", "g", "--parties", "1"),
        (
            "parties is 1; a generated scenario has at least 3 parties, 1 item and 6 periods"
            " (horizon and settlement together)"
        ),
    )
    assert not (here / "g").exists()


# ---- what commands load

HEAVY = ["django", "highspy", "numpy", "polars", "pydantic", "rich", "vl_convert", "xlsxwriter"]
ROOMS = ["ringtausch.planning", "ringtausch.pictures", "ringtausch.insight"]


@pytest.mark.parametrize(
    ("arguments", "loaded"),
    [
        (["--help"], []),
        (["plan", "--help"], []),
        (["register", "--help"], []),
        (["register", "totals", "--help"], []),
        (["new", "fresh"], []),
        (["check", "case"], []),
        (["check", "case", "--json"], ["pydantic"]),
        (["convert", "case", "case.xlsx"], ["xlsxwriter"]),
        (["verify", "case", "p"], ["ringtausch.insight"]),
        (
            ["plan", "case", "--out", "q"],
            [
                "highspy",
                "numpy",
                "ringtausch.planning",
                "ringtausch.pictures",
                "ringtausch.insight",
            ],
        ),
    ],
    ids=" ".join,
)
def test_a_command_loads_no_more_than_it_needs(
    arguments: list[str], loaded: list[str], here: Path
) -> None:
    if "p" in arguments:
        run("plan", "case", "--out", "p")
    said = (
        "import sys; from ringtausch.cli.main import program\n"
        "try: program(sys.argv[1])()\nexcept SystemExit: pass\n"
        f"print(*(name for name in {HEAVY + ROOMS} if name in sys.modules))"
    )
    result = process(*arguments, cwd=here, program=[sys.executable, "-c", said])
    assert result.stdout.splitlines()[-1].split() == loaded


#: What most plans do without: keeping an old plan, saying why there is none, edits, reports.
_NOT_FOR_A_PLAN = [
    "importlib.metadata",
    "ringtausch.cli.asks_commands",
    "ringtausch.insight.measures.measuring",
    "ringtausch.pictures.axes",
    "ringtausch.pictures.comparison",
    "ringtausch.pictures.report",
    "ringtausch.pictures.svg",
    "ringtausch.planning.bench",
    "ringtausch.planning.cannot_keep",
    "ringtausch.planning.infeasible",
    "ringtausch.planning.keep",
    "ringtausch.planning.many",
    "ringtausch.records.edits",
    "ringtausch.records.variants",
]


def test_a_plan_does_not_wait_for_modules_that_it_does_not_need(here: Path) -> None:
    """A cold process once spent longer on imports than on the plan."""
    said = (
        "import sys; from ringtausch.cli.main import program\n"
        "try: program(sys.argv[1])()\nexcept SystemExit: pass\n"
        f"print(*(name for name in {_NOT_FOR_A_PLAN} if name in sys.modules))\n"
        "print(sum(name.startswith('ringtausch.') for name in sys.modules))"
    )
    result = process("plan", "case", "--out", "q", cwd=here, program=[sys.executable, "-c", said])
    *_, needless, modules = result.stdout.splitlines()
    assert needless == ""
    assert int(modules) <= 120  # of some 250


def test_every_command_is_found_by_its_name() -> None:
    """The program reads only the module of the command that it is started with."""
    families = [*FAMILIES.items(), *(pair for inner in GROUPS.values() for pair in inner.items())]
    for family, names in families:
        module = import_module(f"ringtausch.cli.{family}_commands")
        assert tuple(command.__name__ for command in module.COMMANDS) == names


def test_a_value_that_is_wrong_is_refused_as_typer_does() -> None:
    """Values that need no conversion pass by typer; all others, and their messages, are its own."""
    result = run("plan", "case", "--threads", "two")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Invalid value for '--threads'" in result.stderr
    assert run("plan").exit_code == 2
    assert "Missing argument 'DIR'" in run("plan").stderr


# ---- processes


def test_the_program_says_its_version(here: Path) -> None:
    from ringtausch import __version__

    result = process("--version", cwd=here)
    assert (result.returncode, result.stdout, result.stderr) == (
        0,
        f"ringtausch {__version__}\n",
        "",
    )


def test_exit_codes_reach_the_shell(here: Path) -> None:
    codes = [
        process(*command, cwd=here).returncode
        for command in (
            ["plan", "case", "--out", "p"],
            ["verify", "none", "p"],
            ["plan", "case", "--out", "p"],
            ["plan", "none"],
        )
    ]
    assert codes == [0, 1, 2, 3]
    assert PROGRAM[0] == sys.executable


def test_where_only_the_report_cannot_be_written_the_plan_stays_and_is_named(
    tmp_path: Path,
) -> None:
    """It once said what was wrong with the report, and nothing of the plan that it had written."""
    run("new", tmp_path / "case")
    (tmp_path / "file").write_text("", encoding="utf-8")
    report = tmp_path / "file" / "report.html"
    result = run("plan", tmp_path / "case", "--out", tmp_path / "plan", "--report", report)
    assert (result.exit_code, result.stdout) == (2, "")
    first, second = result.stderr.splitlines()
    assert first.startswith(f"{report}: ")
    assert second == f"The report is not written; the plan is: {tmp_path / 'plan'}"
    assert read_plan(tmp_path / "plan").status == "optimal"
