"""The LP and the MPS format: exact, the same model, and what a person reads in them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import ringtausch as rt
from ringtausch.planning.export import ExportedModel, export_model
from ringtausch.planning.export.numbers import number_texts
from tests.builders import scenario
from tests.independent.random_folder import write_random
from tests.planning.export.reading import contents, read_back, text_of_model

GIFT = {
    "name": "Gift für C",
    "horizon": 1,
    "objectives": ("spend",),
    "items": "gun,,,true",
    "stocks": "A,gun,2",
    "offers": "A-1,A,gun,2,,,C,,,0.3",
    "lanes": "A,C,gun,0",
    "needs": "n1,C,gun,1,2025-01-01,,,true",
    "funds": "f,C",
    "releases": "f,2025-01-01,1",
    "dues": "order,gun,C,2025-01-01,0.7",
}


def gift() -> ExportedModel:
    return export_model(scenario(**GIFT), "spend")


def body(text: str, mark: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith(mark)]


def test_a_small_model_in_the_lp_format() -> None:
    """C needs a gun at once, at 0.30 a piece, and pays dues of 0.70."""
    text = text_of_model(gift(), "lp")
    assert body(text, "\\") == [
        "Minimize",
        " spend: + 0.3 x(A_1,C,2025.01) + 0.7 constant",
        "Subject To",
        " stock_balance(A,gun,2025.01): + x(A_1,C,2025.01) + S(A,gun,2025.01) = 2",
        " willingness(A_1): + x(A_1,C,2025.01) <= 2",
        " designation(C,gun,2025.01): - x(A_1,C,2025.01) + z(n1,gun,2025.01) <= 0",
        " served_so_far(n1,2025.01): - z(n1,gun,2025.01) + served(n1,2025.01) = 0",
        " unmet_need(n1,2025.01): + u(n1,2025.01) + served(n1,2025.01) >= 1",
        " charges_paid(various.gun.various,2025.01): - 0.3 x(A_1,C,2025.01) + m(f,various.gun.various,2025.01) = 0.7",
        " fund_balance(f,2025.01): + m(f,various.gun.various,2025.01) + balance(f,2025.01) = 1",
        "Bounds",
        " 0 <= x(A_1,C,2025.01) <= 2",
        " 0 <= z(n1,gun,2025.01) <= 2",
        " u(n1,2025.01) = 0",
        " constant = 1",
        "General",
        " x(A_1,C,2025.01)",
        " z(n1,gun,2025.01)",
        "End",
    ]


def test_the_head_says_what_the_file_is() -> None:
    model = gift()
    head = text_of_model(model, "lp").splitlines()[:10]
    assert head == [
        r"\ The model of one objective of a Ringtausch scenario, complete: rules 1 to 13.",
        r"\ scenario     Gift f\xfcr C",
        rf"\ content hash {model.scenario.content_hash}",
        r"\ objective    spend, to be minimised",
        r"\ constant     0.7, the cost of the column that is fixed at 1",
        r"\ money unit   1 EUR in columns and rows, not in costs",
        r"\ size         7 rows, 8 columns, 13 entries",
        r"\ integer      2 columns, 0 of them arrows of rule 13",
        r"\ A column counts units of its item, or whole lots where the item or the offer has lots.",
        r"\ A row is named by the rule's function and what it is about; a column by its symbol:",
    ]
    mps = text_of_model(model, "mps").splitlines()
    assert mps[:10] == [line.replace("\\", "*", 1) for line in head]
    assert "NAME Gift_fur_C" in mps


@pytest.mark.parametrize("kind", ["lp", "mps"])
@pytest.mark.parametrize("whole", [0.0, 0.3, 1.0])
def test_what_is_written_reads_back_as_it_was(tmp_path: Path, whole: float, kind: str) -> None:
    """Every number is the same double, every name the same, both ways."""
    case = rt.generate(parties=5, items=3, periods=9, whole=whole, seed=2)
    for objective in ("spend", "unfairness"):
        model = export_model(case, objective)
        file = tmp_path / f"{objective}.{kind}"
        file.write_text(text_of_model(model, kind), encoding="ascii")
        assert read_back(file) == contents(model)


@pytest.mark.parametrize("seed", range(6))
def test_both_formats_of_odd_scenarios_are_the_same_model(tmp_path: Path, seed: int) -> None:
    case = rt.read(write_random(tmp_path / "odd", seed, "tiny", whole=False))
    model = export_model(case, case.objectives[0])
    for kind in ("lp", "mps"):
        file = tmp_path / f"odd.{kind}"
        file.write_text(text_of_model(model, kind), encoding="ascii")
        assert read_back(file) == contents(model)


def test_names_that_no_format_takes_are_read_all_the_same(tmp_path: Path) -> None:
    names = ["A + B >= 2", "[x]^2", "-1e5", "free", "Ägypten:", "ж" * 100, "s" * 300, "\\ End"]
    case = scenario(
        horizon=2,
        objectives=("moved_value",),
        stocks="; ".join(f"{name},2 x: <= gun,1" for name in names),
        offers="; ".join(f"{name},{name},2 x: <= gun,1" for name in names),
        lanes="*,*,*",
    )
    model = export_model(case, "moved_value")
    assert model.arrows == len(names) * (len(names) - 1)
    for kind in ("lp", "mps"):
        file = tmp_path / f"odd.{kind}"
        file.write_text(text_of_model(model, kind), encoding="ascii")
        assert read_back(file) == contents(model)


def test_no_line_is_too_long_for_any_reader(tmp_path: Path) -> None:
    case = rt.read(write_random(tmp_path / "odd", 1, "small", whole=False))
    model = export_model(case, "unfairness")
    for kind, longest in (("lp", 255), ("mps", 300)):
        text = text_of_model(model, kind)
        assert max(map(len, text.splitlines())) <= longest
        assert text.isascii()


def test_numbers_are_the_shortest_that_read_back() -> None:
    values = np.array([1 / 3, 1e-7, 123456789.12345679, -2.0, 5e22])
    texts = number_texts(values)
    assert [float(text) for text in texts] == values.tolist()
    assert texts == ["0.3333333333333333", "1e-07", "123456789.12345679", "-2", "5e+22"]
