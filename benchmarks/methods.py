"""`python -m benchmarks.methods`: which method solves what how fast, as the table of the documentation.

In: sizes (PARTIESxITEMSxPERIODS) and folders, methods, a time limit. Each is a whole process of `ringtausch
plan --method`. Out: a Markdown table, with `--write` between the markers of the page.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.plans import Planned, Size, plan_apart
from benchmarks.results import describe_machine

__all__ = ["BEGIN", "END", "PAGE", "between", "cell", "main", "table"]

PAGE = Path(__file__).parents[1] / "docs" / "explanation" / "how-it-solves.md"
BEGIN, END = "<!-- methods -->", "<!-- /methods -->"


def cell(planned: Planned, fastest: float) -> str:
    """Say how long a process took; where nothing was proved, how near it came.

    Examples
    --------
    >>> cell(Planned("optimal", 1.26, values={"spend": 5.0}, bounds={"spend": 5.0}), 1.26)
    '**1.3**'
    >>> cell(Planned("feasible", 61.2, values={"spend": 5.0}, bounds={"spend": 4.0}), 1.26)
    '61.2, gap 20 %'
    >>> cell(Planned("exit 4", 60.3), 1.26)
    '60.3, no plan'
    """
    said = f"{planned.seconds:.1f}"
    if planned.status == "optimal":
        return f"**{said}**" if planned.seconds <= fastest else said
    if planned.gap is None:
        return f"{said}, no plan"
    unreached = sum(bound is None for bound in planned.bounds.values())
    rest = f", {unreached} not begun" if unreached else ""
    return f"{said}, gap {100 * planned.gap:.2g} %{rest}"


def table(rows: Sequence[tuple[str, dict[str, Planned]]], methods: Sequence[str]) -> str:
    """Draw the Markdown table: a row for each scenario, a column for each method, the fastest bold.

    Examples
    --------
    >>> fast = Planned("optimal", 1.0, counts={"entries": 900, "whole_columns": 0}, methods=("ipx",))
    >>> print(table([("8x6x24, 0 % whole", {"auto": fast})], ["auto"]))
    | scenario | entries | whole columns | `auto` | `auto` took |
    | --- | ---: | ---: | --- | --- |
    | 8x6x24, 0 % whole | 900 | 0 | **1.0** | ipx |
    """
    heads = [f"`{method}`" for method in methods]
    lines = [
        f"| scenario | entries | whole columns | {' | '.join(heads)} | `auto` took |",
        f"| --- | ---: | ---: | {' | '.join('---' for _ in methods)} | --- |",
    ]
    for name, by_method in rows:
        proved = [p.seconds for p in by_method.values() if p.status == "optimal"]
        counts = next((p.counts for p in by_method.values() if p.counts), {})
        cells = [cell(by_method[method], min(proved, default=0.0)) for method in methods]
        taken = ", ".join(by_method["auto"].methods) if "auto" in by_method else ""
        sizes = [
            f"{counts[key]:,}" if key in counts else "" for key in ("entries", "whole_columns")
        ]
        lines.append(f"| {' | '.join([name, *sizes, *cells, taken])} |".replace("|  |", "| |"))
    return "\n".join(lines)


def between(page: str, text: str) -> str:
    r"""Put a text between the markers of a page, in place of what stands there.

    Examples
    --------
    >>> between("a\n<!-- methods -->\nold\n<!-- /methods -->\nb", "new")
    'a\n<!-- methods -->\n\nnew\n\n<!-- /methods -->\nb'
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    assert begin, f"the page has no {BEGIN}"
    assert end, f"the page has no {END}"
    return f"{before}{BEGIN}\n\n{text}\n\n{END}{after}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write where that is asked for."""
    from ringtausch.planning.solver import METHODS

    parser = argparse.ArgumentParser(prog="python -m benchmarks.methods", description=__doc__)
    parser.add_argument("scenarios", nargs="+", help="PARTIESxITEMSxPERIODS or a folder")
    parser.add_argument("--whole", default="0,0.3", metavar="a,b", help="of generated ones (0,0.3)")
    parser.add_argument("--methods", default=",".join(METHODS), metavar="a,b")
    parser.add_argument("--objectives", default="", metavar="a,b", help="instead of their own")
    parser.add_argument("--time-limit", type=float, default=300.0, metavar="SECONDS")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="into the page")
    parser.add_argument("--page", type=Path, default=PAGE)
    given = parser.parse_args(arguments)
    methods = given.methods.split(",")
    objectives = given.objectives.split(",") if given.objectives else []
    sizes = dict.fromkeys(
        Size.read(text, float(share), given.seed)
        for text in given.scenarios
        for share in given.whole.split(",")
    )
    rows = []
    for size in sizes:
        by_method = {}
        for method in methods:
            by_method[method] = plan_apart(
                size, objectives=objectives, method=method, time_limit=given.time_limit
            )
            one = by_method[method]
            print(f"{size.name}, {method}: {one.seconds:.1f} s, {one.status}", file=sys.stderr)
        rows.append((size.name, by_method))
    machine = describe_machine()
    what = ", ".join(objectives) or "all objectives"
    note = (
        f"Seconds of whole processes, {what}, time limit {given.time_limit:g} s; bold: the fastest"
        f" that proved all. {machine['machine']}, {machine['cores']} cores, commit {machine['commit']}."
    )
    text = f"{table(rows, methods)}\n\n{note}"
    print(text)
    if given.write:
        page = given.page.read_text("utf-8")
        given.page.write_text(between(page, text), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
