"""Labels of exported models: legal for every solver, unique, as near to the tables as may be."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from ringtausch.planning.export import export_model
from ringtausch.planning.export.labels import LONGEST_LABEL, legal_labels
from tests.builders import scenario


@given(st.lists(st.text(min_size=1, max_size=60), max_size=12, unique=True))
def test_labels_are_legal_short_and_tell_all_names_apart(names: list[str]) -> None:
    labels = legal_labels(names)
    assert list(labels) == names
    assert len(set(labels.values())) == len(names)
    assert [x for x in labels.values() if not re.fullmatch(r"[A-Za-z0-9._~]{1,32}", x)] == []


@given(st.lists(st.from_regex(r"\A[A-Za-z0-9._]{1,32}\Z"), max_size=12, unique=True))
def test_a_legal_name_stays_as_it_is(names: list[str]) -> None:
    assert legal_labels([*(f"{name[:9]}-x" for name in names), *names]) | dict(
        zip(names, names, strict=True)
    ) == legal_labels([*(f"{name[:9]}-x" for name in names), *names])


def test_names_that_would_become_one_are_numbered() -> None:
    assert legal_labels(["a-b", "a b", "a_b", "a/b"]) == {
        "a-b": "a_b~2",
        "a b": "a_b~3",
        "a_b": "a_b",
        "a/b": "a_b~4",
    }


def test_long_names_are_cut_and_told_apart() -> None:
    labels = legal_labels(["n" * 300, "n" * 299])
    assert list(labels.values()) == ["n" * LONGEST_LABEL, "n" * 30 + "~2"]


def test_a_file_says_which_names_one_would_not_guess() -> None:
    """`A-1` becomes A_1 as said in general; what is numbered, or not ASCII, is listed."""
    case = scenario(
        horizon=1,
        objectives=("moved_value",),
        stocks="Österreich,gun,1; A-1,gun,1; A_2,gun,1; A-2,gun,1",
        offers="Жук,Österreich,gun,1",
        lanes="*,*,gun",
    )
    model = export_model(case, "moved_value")
    head = model.head()
    assert head[head.index(next(x for x in head if x.startswith("Labels"))) + 1 :] == [
        r"  Osterreich = party \xd6sterreich",
        r"  A_2~2 = party A-2",
        r"  u0416u0443u043A = offer \u0416\u0443\u043a",
    ]
    assert model.columns[0] == "x(u0416u0443u043A,A_1,2025.01)"
