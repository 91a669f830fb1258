"""Which variants are asked for: all of them, or those that are named.

In: the variants of a folder and names. Out: variants in the order asked for, or every name that is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ringtausch.insight.compare.messages import asked_twice
from ringtausch.records.problems import InvalidVariants, Problem
from ringtausch.records.variant_messages import unknown_variant
from ringtausch.records.variants import VARIANTS_FILE

if TYPE_CHECKING:
    from ringtausch.records.variants import Variant

__all__ = ["choose"]


def choose(variants: Mapping[str, Variant], names: Sequence[str] = ()) -> dict[str, Variant]:
    """Return the variants with these names, or all where none is named.

    Raises
    ------
    InvalidVariants
        A name that no variant has, with the nearest that there is, or one that is asked for twice.
    """
    if not names:
        return dict(variants)
    unknown = [name for name in dict.fromkeys(names) if name not in variants]
    problems = [
        Problem(VARIANTS_FILE, 0, "", name, unknown_variant(name, variants)) for name in unknown
    ]
    problems += [
        Problem(VARIANTS_FILE, 0, name, name, asked_twice(name))
        for name in dict.fromkeys(names)
        if list(names).count(name) > 1
    ]
    if problems:
        raise InvalidVariants(problems)
    return {name: variants[name] for name in names}
