"""Where a plan is made and with how much memory: what is refused, and what is said."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.builders import folder
from tests.cli.running import json_of, process, run

NEED = {
    "horizon": 2,
    "stocks": "A,gun,1",
    "offers": "o1,A,gun,1",
    "lanes": "A,C,gun,0",
    "needs": "n1,C,gun,1,2025-01-01,,,true",
}
EXAMPLE = "for example dask:tcp://10.0.0.1:8786"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with a scenario `case`."""
    folder(tmp_path / "case", **NEED)  # type: ignore[arg-type]
    monkeypatch.chdir(tmp_path)
    return tmp_path


def alone(here: Path) -> bool:
    return [path.name for path in here.iterdir()] == ["case"]


def test_what_names_no_executor_or_size_is_refused_at_once(here: Path) -> None:
    result = run("plan", "case", "--executor", "cloud", "--memory", "8")
    assert (result.exit_code, result.stdout, result.stderr.splitlines()) == (
        2,
        "",
        [
            f'--executor: "cloud" is not one of local, dask:ADDRESS; {EXAMPLE}',
            '--memory: "8" is no size; write for example 8GB or 500MB',
        ],
    )
    result = run("plan", "case", "--executor", "dask:")
    assert (result.exit_code, result.stderr) == (
        2,
        f'--executor: "dask:" has no address of a cluster; {EXAMPLE}\n',
    )
    assert alone(here)


def test_a_cluster_that_is_not_there_is_refused_in_one_line(here: Path) -> None:
    pytest.importorskip("distributed")
    result = run("plan", "case", "--executor", "dask:pigeon://roof")
    assert (result.exit_code, result.stdout, alone(here)) == (2, "", True)
    assert result.stderr.startswith(
        "--executor: the cluster at pigeon://roof cannot be reached: unknown address scheme 'pigeon'"
    )
    assert result.stderr.count("\n") == 1
    result = run("plan", "case", "--executor", "dask:pigeon://roof", "--json")
    assert result.exit_code == 2
    assert [problem["file"] for problem in json_of(result)["problems"]] == ["--executor"]


_WITHOUT_DASK = "import sys; sys.modules['distributed'] = None; "


def test_without_dask_it_is_said_how_to_install_it(here: Path) -> None:
    program = [sys.executable, "-c", f"{_WITHOUT_DASK}from ringtausch.cli.main import main; main()"]
    ended = process("plan", "case", "--executor", "dask:tcp://a:1", cwd=here, program=program)
    assert (ended.returncode, ended.stdout, ended.stderr) == (
        2,
        "",
        "--executor: Dask is not installed; to install it: pip install 'ringtausch[dask]'\n",
    )
    assert alone(here)


_COUNTS_MODULES = """
import sys
from ringtausch.cli import main
try:
    main.program("plan")()
finally:
    rooms = {name.partition(".")[0] for name in sys.modules}
    print(sorted(rooms & {"dask", "distributed", "tornado", "psutil"}))
    print("ringtausch.planning.families.crews" in sys.modules)
"""


def test_who_plans_here_does_not_wait_for_dask(here: Path) -> None:
    program = [sys.executable, "-c", _COUNTS_MODULES]
    ended = process("plan", "case", cwd=here, program=program)
    assert ended.stdout.splitlines()[-2:] == ["[]", "False"]


def test_a_model_that_cannot_fit_ends_with_exit_4_and_nothing_written(here: Path) -> None:
    result = run("plan", "case", "--memory", "1MB")
    assert (result.exit_code, result.stdout, alone(here)) == (4, "", True)
    assert result.stderr.startswith("the model of this scenario has about ")
    assert result.stderr.endswith("of memory, and there is 1 MB; nothing was written\n")
    result = run("plan", "case", "--memory", "1MB", "--json")
    assert (result.exit_code, json_of(result)["status"]) == (4, "unknown")


def test_a_plan_names_the_memory_it_was_given(here: Path) -> None:
    assert run("plan", "case", "--memory", "64GB").exit_code == 0
    settings = json.loads((here / "case-plan" / "plan.json").read_text("utf-8"))["settings"]
    assert settings["memory"] == 64_000_000_000
    assert "ended_by" not in settings
