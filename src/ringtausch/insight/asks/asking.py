"""Every single ask: each concession granted alone, planned again exactly, and ranked.

In: a scenario and sizes. Out: `Asks`, what each concession does to the objectives in their order, what
it costs the one who is asked, and the sentence to ask with.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from ringtausch.insight.asks.concession import Concession, edits_of, granted
from ringtausch.insight.asks.effects import Cost, Outcomes, cost_to
from ringtausch.insight.asks.listing import list_concessions
from ringtausch.insight.asks.proving import trials_of
from ringtausch.insight.asks.sentences import Effects, cost_sentence, effects_of, sentence
from ringtausch.insight.asks.sizes import Sizes
from ringtausch.insight.asks.words import Words
from ringtausch.language import N_, _
from ringtausch.planning.bench import Bench, Trial, first_difference, same_value
from ringtausch.records.plan import Plan
from ringtausch.records.scenario import Scenario

if TYPE_CHECKING:
    import polars

__all__ = ["Ask", "Asks", "Verdict", "asks"]

#: better, the same, worse: by the first objective that differs; impossible: no plan is left (an item
#: was swapped that a hard need counts on); open: a limit ended the search before it was answered.
Verdict = Literal["better", "same", "worse", "impossible", "open"]
#: Seconds of work below which other processes take longer to start than they save.
_WORTH_PROCESSES = 20.0
_VERDICTS: tuple[Verdict, ...] = ("better", "same", "worse", "impossible", "open")


@dataclass(frozen=True, slots=True)
class Ask:
    """One concession, and what granting it alone comes to.

    Parameters
    ----------
    party, family, wish
        Who is asked for what, as in `Concession`.
    sentence
        The sentence to ask with.
    edits
        What grants it.
    objectives
        The six values after it; empty where there is none.
    first, change
        The first objective in the order that differs, and by how much; "" and 0 where none does.
    cost
        What it costs the one who is asked.
    status
        That of the plan: `optimal`, or `feasible` where a limit ended the search.
    vector
        By how much the best value of each objective differs, in the order.
    """

    party: str
    family: str
    wish: str
    sentence: str
    edits: tuple[str, ...]
    objectives: dict[str, float]
    verdict: Verdict
    first: str
    change: float
    cost: Cost
    status: str
    vector: tuple[float, ...] = ()


@dataclass(frozen=True)
class Asks:
    """Every single ask of a scenario, best first.

    Iterating gives those that make something better.
    """

    base: dict[str, float]
    order: tuple[str, ...]
    asks: tuple[Ask, ...]
    seconds: float

    def of(self, *verdicts: Verdict) -> tuple[Ask, ...]:
        """Return the asks with certain verdicts."""
        return tuple(ask for ask in self.asks if ask.verdict in verdicts)

    @property
    def best(self) -> Ask | None:
        """The ask that does most; None where none makes anything better."""
        return next(iter(self.of("better")), None)

    @property
    def frame(self) -> polars.DataFrame:
        """All asks as a data frame, best first."""
        import polars

        rows = [
            {
                "party": ask.party,
                "family": ask.family,
                "verdict": ask.verdict,
                "sentence": ask.sentence,
                "edits": list(ask.edits),
                **{name: ask.objectives.get(name) for name in self.base},
            }
            for ask in self.asks
        ]
        return polars.DataFrame(rows)

    def __repr__(self) -> str:
        """Count, and say the best."""
        best = self.best
        said = "" if best is None else f"; {best.sentence}"
        return f"<Asks: {len(self.asks)}, {len(self.of('better'))} better{said}>"


def asks(  # noqa: PLR0913 - sizes, and how to work
    scenario: Scenario,
    *,
    units: Decimal | float = 1,
    months: int = 1,
    amount: Decimal | float | None = None,
    plan: Plan | None = None,
    processes: int = 1,
    time_limit: float | None = None,
    on_answer: Callable[[Ask, int, int], None] | None = None,
) -> Asks:
    """Find out whom to ask for what: grant every single concession alone and plan again, exactly.

    Parameters
    ----------
    scenario
        What is known and on which terms.
    units, months, amount
        How large a concession is: units of an item or capability, calendar months, and money in the
        reporting currency (without it: what so many units cost).
    plan
        The best plan of the scenario, where it is known already.
    processes
        How many processes share the work, at most; little work is done by this one alone.
    time_limit
        Seconds after which what is not answered stays open; so it does after Ctrl-C.
    on_answer
        Is told each answer, how many there are so far, and how many there will be.

    Raises
    ------
    Infeasible
        The scenario itself has no plan.
    ValueError
        A size is not above 0.

    Examples
    --------
    >>> import ringtausch as rt
    >>> found = rt.asks(rt.read("examples/patriot-2025"))  # doctest: +SKIP
    >>> found.best.sentence  # doctest: +SKIP
    """
    began = time.perf_counter()
    sizes = Sizes(_decimal(units), months, None if amount is None else _decimal(amount))
    concessions = list_concessions(scenario, sizes)
    bench = Bench(scenario, plan)
    if (time.perf_counter() - began) * len(concessions) < _WORTH_PROCESSES:
        processes = 1
    judge = _Judge(bench)
    found: list[Ask] = []
    open_ = set(range(len(concessions)))

    def answer(number: int, trial: Trial) -> None:
        open_.discard(number)
        found.append(judge.ask(concessions[number], trial))
        if on_answer is not None:
            on_answer(found[-1], len(found), len(concessions))

    with suppress(KeyboardInterrupt):  # what is answered stands
        for number, trial in trials_of(bench, concessions, processes, time_limit):
            answer(number, trial)
    for number in sorted(open_):
        answer(number, Trial("unknown"))
    ranked = tuple(sorted(found, key=_rank))
    return Asks(bench.objectives, bench.order, ranked, time.perf_counter() - began)


def _decimal(size: Decimal | float) -> Decimal:
    return size if isinstance(size, Decimal) else Decimal(str(size))


class _Judge:
    """Compares what a concession comes to with the plan without it."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.before = Outcomes(bench.scenario, bench.plan)
        self.floors = {row.party for row in bench.scenario.floors}
        self.words = Words(bench.scenario)

    def ask(self, concession: Concession, trial: Trial) -> Ask:
        """Turn a concession and its plan into an ask."""
        changed = granted(self.bench.scenario, [concession])
        after = None if trial.plan is None else Outcomes(changed, trial.plan)
        verdict, first, change = self._verdict(trial, after)
        said = _SAID.get(verdict, "")
        cost, effects, price = Cost(), Effects((_(said) if said else "",)), ""
        if after is not None:
            cost = cost_to(concession.party, concession.item(changed), self.before, after)
            effects = effects_of(self.bench.order, self.before, after, concession.party)
            if effects.gains:
                floor = concession.party in self.floors
                price = cost_sentence(self.words, concession.party, cost, floor=floor)
        return Ask(
            party=concession.party,
            family=concession.family,
            wish=concession.wish,
            sentence=sentence(concession.wish, effects, price),
            edits=edits_of(self.bench.scenario, [concession]),
            objectives=trial.objectives,
            verdict=verdict,
            first=first,
            change=change,
            cost=cost,
            status=trial.status,
            vector=() if after is None else self._vector(after),
        )

    def _verdict(self, trial: Trial, after: Outcomes | None) -> tuple[Verdict, str, float]:
        if after is None:
            return ("impossible" if trial.status == "infeasible" else "open"), "", 0.0
        found = first_difference(self.bench.order, self.before.best, after.best)
        if found is None:
            return "same", "", 0.0
        return ("better" if found[1] < 0 else "worse"), *found

    def _vector(self, after: Outcomes) -> tuple[float, ...]:
        """Return by how much each objective differs, in the order; noise is none."""
        return tuple(
            0.0
            if same_value(self.before.best[name], after.best[name])
            else float(f"{after.best[name] - self.before.best[name]:.5g}")
            for name in self.bench.order
        )


def _rank(ask: Ask) -> tuple[object, ...]:
    """Order asks: what they do to the objectives in their order, then cost, then text."""
    if not ask.objectives:
        return _VERDICTS.index(ask.verdict), (), (), ask.sentence
    cost = (ask.cost.gap, ask.cost.waiting, ask.cost.wait or 0.0, ask.cost.burden)
    return 0, ask.vector, cost, ask.sentence


_SAID: dict[Verdict, str] = {
    "impossible": N_("there would be no plan at all"),
    "open": N_("it is not known yet what would change"),
}
