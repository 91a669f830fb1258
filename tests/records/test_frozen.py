"""A frozen record that is made fast is the same record in every other way."""

from __future__ import annotations

import copy
import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace

import pytest

from ringtausch.records.frozen import made_fast


@made_fast
@dataclass(frozen=True, slots=True)
class Pair:
    """One is at least 0; the others have defaults."""

    one: int
    other: str = "two"
    more: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        assert self.one >= 0, "one is 0 or more"


def test_it_is_equal_to_what_says_the_same_and_hashes_by_its_fields() -> None:
    assert Pair(1, "x") == Pair(one=1, other="x")
    assert Pair(1) != Pair(2)
    assert repr(Pair(1)) == "Pair(one=1, other='two', more=[])"
    assert [one.name for one in fields(Pair(1))] == ["one", "other", "more"]


def test_nobody_changes_it() -> None:
    made = Pair(1)
    assert type(made) is Pair
    with pytest.raises(FrozenInstanceError):
        made.one = 2  # type: ignore[misc]


def test_each_has_a_default_of_its_own() -> None:
    assert Pair(1).more is not Pair(1).more


def test_what_a_class_asks_of_its_records_is_asked() -> None:
    with pytest.raises(AssertionError, match="0 or more"):
        Pair(-1)


def test_a_missing_field_is_a_mistake_as_ever() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'one'"):
        Pair()  # type: ignore[call-arg]
    assert list(inspect.signature(Pair).parameters) == ["one", "other", "more"]


def test_it_is_copied_replaced_and_pickled() -> None:
    made = Pair(1, "x", [3])
    assert replace(made, one=2) == Pair(2, "x", [3])
    assert copy.deepcopy(made) == made
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own bytes
