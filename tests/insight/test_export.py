"""`rt.export`: a file written whole or not at all, and what is refused."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import ringtausch as rt
from tests.builders import scenario
from tests.planning.export.reading import optimum


def asking() -> rt.Scenario:
    """C asks for 3 guns and gets 2: one is unmet in both months."""
    return scenario(
        horizon=2,
        objectives=("unmet_need", "moved_value"),
        stocks="A,gun,2",
        offers="o,A,gun,2",
        lanes="A,C,gun",
        needs="n,C,gun,3,2025-01-01",
    )


@pytest.mark.parametrize(
    ("name", "kind", "form"), [("a.lp", None, "lp"), ("a.MPS", None, "mps"), ("a", "mps", "mps")]
)
def test_the_ending_chooses_the_format_unless_one_is_given(
    tmp_path: Path, name: str, kind: str | None, form: str
) -> None:
    made = rt.export(asking(), tmp_path / name, kind=kind)
    assert (made.kind, made.objective, made.path) == (form, "unmet_need", tmp_path / name)
    first = (tmp_path / name).read_text(encoding="ascii").splitlines()[0]
    assert first.startswith({"lp": "\\ ", "mps": "* "}[form])


def test_the_first_objective_is_what_planning_proves_and_others_stand_alone(
    tmp_path: Path,
) -> None:
    case = asking()
    assert rt.plan(case).objectives["unmet_need"].value == 2
    rt.export(case, tmp_path / "first.lp")
    assert optimum(tmp_path / "first.lp") == 2
    rt.export(case, tmp_path / "second.lp", objective="moved_value")
    assert optimum(tmp_path / "second.lp") == 0  # though 2 are moved in the plan


def test_one_scenario_gives_one_file_byte_by_byte(tmp_path: Path) -> None:
    for name in ("a.mps", "b.mps"):
        rt.export(asking(), tmp_path / name)
    assert (tmp_path / "a.mps").read_bytes() == (tmp_path / "b.mps").read_bytes()


def test_what_it_returns_survives_pickling(tmp_path: Path) -> None:
    made = rt.export(asking(), tmp_path / "a.lp")
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - what it reads it has written


def test_what_cannot_be_written_is_refused_and_nothing_is_there(tmp_path: Path) -> None:
    case = asking()
    with pytest.raises(ValueError, match=r'^"txt" is no format; there are lp, mps$'):
        rt.export(case, tmp_path / "a.txt")
    with pytest.raises(ValueError, match=r'^no objective "spend"; known are moved_value, unm'):
        rt.export(case, tmp_path / "a.lp", objective="spend")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "a.lp").write_text("mine", encoding="utf-8")
    with pytest.raises(rt.OutputExists):
        rt.export(case, tmp_path / "a.lp")
    assert (tmp_path / "a.lp").read_text(encoding="utf-8") == "mine"
