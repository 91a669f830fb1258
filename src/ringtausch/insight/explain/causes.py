"""Causes: which releases improve an objective alone, and which do only together.

In: trials of sets of releases. Out: sets of releases; every one of them was solved, none that helps
alone is missed.

Testing together
----------------
Releases that only add freedom may be tested in groups. Every plan of the scenario stays a plan when
some of a group is released, and every plan with some released stays one when all are. So the best
values of a part of the group lie, in the order of the objectives, between those of the scenario and
those of the whole group. Where the whole group leaves all objectives up to and including the one asked
about at their values, each part of it does too: first the best of the first objective is the same for
all three, then, among plans of that value, that of the second, and so on; no release of the group
helps, alone or with others of it. Otherwise the group is split in halves. A release that does not only
add freedom is tested by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ringtausch.insight.explain.release import FAMILIES, Release
from ringtausch.insight.explain.targets import Target, amounts_in, compare_targets
from ringtausch.insight.explain.trials import Rows, Trials
from ringtausch.planning.bench import first_difference
from ringtausch.planning.relaxing import shrink

__all__ = ["find_alone", "find_together"]

#: How many sets that have no row in common are named for a target that nothing alone improves.
_SETS_AT_MOST = 3


def find_alone(trials: Trials, objectives: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """Find all releases that help alone, each with the objectives that it improves."""
    groups: dict[tuple[str, frozenset[str]], list[int]] = {}
    single: list[int] = []
    for number, release in enumerate(trials.releases):
        if not release.objectives & set(objectives):
            continue
        if release.only_adds:
            groups.setdefault((release.family, release.objectives), []).append(number)
        else:
            single.append(number)
    pending: list[Rows] = [frozenset(group) for group in groups.values()]
    while pending:
        trials.solve(pending)
        split: list[Rows] = []
        for group in pending:
            if len(group) == 1:
                single += group
            elif _may_hide(trials, group, objectives):
                split += _halves(group)
        pending = split
    # leads last: there are many, one by one, and where time is short the groups have said more
    trials.solve(frozenset([number]) for number in single)
    found = {}
    for number in sorted(single):
        wanted = [name for name in objectives if name in trials.releases[number].objectives]
        helped = tuple(name for name in wanted if trials.improves(frozenset([number]), name))
        if helped:
            found[number] = helped
    return found


def _may_hide(trials: Trials, group: Rows, objectives: Sequence[str]) -> bool:
    """Tell whether a group changes an objective that is asked about, or one before it."""
    order = trials.bench.order
    named = {name for number in group for name in trials.releases[number].objectives}
    last = max(order.index(name) for name in named.intersection(objectives))
    after = trials.values(group)
    if after is None:  # no time: the singles will be left undone, and that is said
        return True
    return first_difference(order[: last + 1], trials.before, after) is not None


def _halves(group: Rows) -> list[Rows]:
    rows = sorted(group)
    middle = len(rows) // 2
    return [frozenset(rows[:middle]), frozenset(rows[middle:])]


def find_together(trials: Trials, target: Target, alone: dict[int, tuple[str, ...]]) -> list[Rows]:
    """Find irreducible sets of releases that improve a target which none improves alone.

    Families first: with all rows of all families released, families are put back one by one as long
    as the target is still better; then rows, until none can be put back by itself.
    """
    for pool in _pools(trials, target, alone):
        found: list[Rows] = []
        rows = list(pool)
        while len(found) < _SETS_AT_MOST and improves_target(trials, frozenset(rows), target):
            kept = _irreducible(trials, target, rows)
            found.append(frozenset(kept))
            rows = [number for number in rows if number not in set(kept)]
        if found:
            return found
    return []


def _irreducible(trials: Trials, target: Target, rows: Sequence[int]) -> list[int]:
    """Put back whole families, then ever smaller groups of rows, while the target is better."""

    def helps(some: Sequence[int]) -> bool:
        return bool(some) and improves_target(trials, frozenset(some), target)

    families = [
        [number for number in rows if trials.releases[number].family == family]
        for family in FAMILIES
    ]
    kept = [family for family in families if family]
    for family in list(kept):
        without = [other for other in kept if other is not family]
        if helps([number for other in without for number in other]):
            kept = without
    return shrink([number for family in kept for number in family], helps)


def _pools(
    trials: Trials, target: Target, alone: dict[int, tuple[str, ...]]
) -> Iterable[list[int]]:
    """Yield from which rows sets are made: all; those that only add; those that help no one else.

    What improves an earlier objective may cost a later one, so that with it a set shows nothing.
    """
    order = trials.bench.order
    usable = [n for n, r in enumerate(trials.releases) if target.objective in r.objectives]
    yield usable
    adding = [n for n in usable if trials.releases[n].only_adds]
    if adding != usable:
        yield adding
    earlier = set(order[: order.index(target.objective)])
    quiet = [n for n in adding if not earlier.intersection(alone.get(n, ()))]
    if quiet != adding:
        yield quiet


def improves_target(trials: Trials, rows: Rows, target: Target) -> bool:
    """Tell whether a set improves a target's objective at its place, and the target with it."""
    if not trials.improves(rows, target.objective):
        return False
    trial = trials.trial(rows)
    assert trial is not None
    assert trial.plan is not None
    return bool(compare_targets([target], amounts_in(trials.bench.scenario, trial.plan)))


def families_of(releases: Iterable[Release]) -> str:
    """Name the families of some releases: `money`, or `money+consent`."""
    named = {release.family for release in releases}
    return "+".join(family for family in FAMILIES if family in named)
