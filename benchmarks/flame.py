"""`python -m benchmarks.flame SCENARIO`: where the time goes, as a picture of stacks.

In: a scenario folder, which is planned under the sampling profiler py-spy (`make peers` installs it), or
stacks that py-spy has written (`--stacks FILE`, of `py-spy record --native --subprocesses --format raw`).
Out: an SVG in which each frame is as wide as its share of the samples, with all processes together; a
process that waits is not sampled. Frames of Python's and the system's own machinery are left out.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ringtausch.pictures.svg import el

__all__ = ["Frame", "draw", "fold", "main", "name_of"]

PICTURE = Path(__file__).parents[1] / "docs" / "images" / "flame.svg"

_WIDTH, _ROW, _TOP = 960.0, 19.0, 26.0
#: A frame of less than this share is not drawn.
_LEAST = 0.004
_DEEPEST = 16
_STYLE = """text{font:12px system-ui,sans-serif;fill:#222}.head{fill:#444}
.ours rect{fill:#8ec3e6}.solver rect{fill:#f4b183}.other rect{fill:#d9d9d9}
rect{stroke:#fff;stroke-width:.6}
@media(prefers-color-scheme:dark){.head{fill:#ccc}rect{stroke:#222}}"""

_PLACE = re.compile(r"(?P<function>[^;]+?) \((?P<file>[^()]+?)(?::\d+)?\)")
#: Frames that only lead from one place to the next.
_PASSAGES = re.compile(
    r"^(typer|rich|threading|concurrent|multiprocessing|runpy|contextlib|functools|<string>|<frozen)"
    r"|^(click|asyncio|selectors|queue)\b"
)
_DETAILS = {"Highs::calledOptimizeModel", "Highs::optimizeModel", "Highs::callSolveLp"}


@dataclass
class Frame:
    """A function on the stack: samples in it and in what it calls."""

    name: str
    samples: int = 0
    callees: dict[str, Frame] = field(default_factory=dict)

    def add(self, names: Sequence[str], samples: int) -> None:
        """Count samples of a stack below this frame."""
        self.samples += samples
        if names:
            self.callees.setdefault(names[0], Frame(names[0])).add(names[1:], samples)


def name_of(frame: str) -> str | None:
    """Name a frame as a reader knows it, None where it is only a passage.

    Examples
    --------
    >>> name_of("price_relaxed (ringtausch/planning/families/pricing.py:120)")
    'families.pricing.price_relaxed'
    >>> name_of("HEkk::solve (highspy/libhighs.so.1)")
    'HiGHS HEkk::solve'
    >>> name_of("_main (multiprocessing/spawn.py:135)") is None
    True
    """
    place = _PLACE.fullmatch(frame.strip())
    if place is None:
        return None
    function, file = place["function"], place["file"]
    if "highs" in file:
        plain = function.partition("(")[0]
        is_named = not function.startswith("0x") and plain not in _DETAILS
        return f"HiGHS {plain}" if is_named else None
    if file.startswith("ringtausch/"):
        if file.startswith("ringtausch/cli/"):
            return None
        parts = file.removeprefix("ringtausch/").removesuffix(".py").split("/")
        return ".".join([*parts[-2:], function.replace(".<locals>", "")]).replace("planning.", "")
    if _PASSAGES.match(file) or function.startswith(("0x", "<module>", "_start")):
        return None
    return None if ".so" in file or ".py" not in file else f"{file.split('/')[0]} {function}"


def fold(stacks: Iterable[str]) -> Frame:
    """Join stacks, a line each with its number of samples, into one tree.

    Examples
    --------
    >>> tree = fold(["a (ringtausch/planning/ways.py:1);HEkk::solve (highspy/libhighs.so.1) 3"])
    >>> tree.samples, list(tree.callees)
    (3, ['ways.a'])
    """
    tree = Frame("all processes")
    for stack in stacks:
        frames, _, samples = stack.rstrip("\n").rpartition(" ")
        named = [name for frame in frames.split(";") if (name := name_of(frame)) is not None]
        plain = [name for name, before in zip(named, ["", *named], strict=False) if name != before]
        tree.add(plain, int(samples))
    return tree


def draw(tree: Frame) -> str:
    """Draw a tree, callers above what they call.

    Examples
    --------
    >>> picture = draw(fold(["a (ringtausch/planning/ways.py:1) 3"]))
    >>> picture.count("<rect"), "ways.a: 100.0 % of 3 samples" in picture
    (2, True)
    """
    depth = _depth(tree, tree.samples)
    height = _TOP + (depth + 1) * _ROW + 4
    head = "Blue: this program. Orange: HiGHS. Width: share of the processors' time, all processes."
    marks = [
        el("title", "Where the time goes"),
        el("style", _STYLE),
        el("text", head, x=2, y=16, class_="head"),
        *_frames(tree, 0.0, 0, tree.samples),
    ]
    size = f"0 0 {_WIDTH:g} {height:g}"
    return el("svg", *marks, xmlns="http://www.w3.org/2000/svg", viewBox=size, role="img") + "\n"


def _shown(frame: Frame, every: int) -> list[Frame]:
    kept = [one for one in frame.callees.values() if one.samples >= _LEAST * every]
    return sorted(kept, key=lambda one: (-one.samples, one.name))


def _depth(frame: Frame, every: int, level: int = 0) -> int:
    if level == _DEEPEST:
        return level
    return max([level, *(_depth(one, every, level + 1) for one in _shown(frame, every))])


def _frames(frame: Frame, left: float, level: int, every: int) -> list[str]:
    """Draw a frame at its place, and below it what it calls."""
    share = frame.samples / every
    width, top = share * _WIDTH, _TOP + level * _ROW
    kind = "other"
    if level:
        kind = "solver" if frame.name.startswith("HiGHS") else "ours"
    letters = int((width - 6) / 6.4)
    said = frame.name.removeprefix("HiGHS ")  # its colour says that
    said = said if len(said) <= letters else said[: max(0, letters - 1)] + "…"
    text = el("text", _escaped(said), x=round(left + 3, 1), y=round(top + 13, 1))
    marks = [
        el(
            "g",
            el("title", _escaped(f"{frame.name}: {share:.1%} of {every} samples")
               .replace("%", " %")),
            el("rect", x=round(left, 1), y=round(top, 1), width=round(width, 1), height=_ROW - 1),
            text if letters >= 4 else "",
            class_=kind,
        )
    ]  # fmt: skip
    if level < _DEEPEST:
        for one in _shown(frame, every):
            marks += _frames(one, left, level + 1, every)
            left += one.samples / every * _WIDTH
    return marks


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _sampled(scenario: str, seconds: float) -> list[str]:
    """Plan a scenario under the profiler; return its stacks."""
    folder = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as place:
        stacks = Path(place) / "stacks"
        profiler = [str(folder / "py-spy"), "record", "--native", "--subprocesses"]
        profiler += ["--rate", "40", "--format", "raw", "--output", str(stacks), "--"]
        planned = [str(folder / "ringtausch"), "plan", scenario, "--out", f"{place}/plan"]
        subprocess.run([*profiler, *planned, "--time-limit", f"{seconds:g}"], check=False)
        return stacks.read_text("utf-8").splitlines()


def main(arguments: Sequence[str] | None = None) -> int:
    """Sample or read stacks, draw them, print the widest frames."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.flame", description=__doc__)
    parser.add_argument("scenario", nargs="?", help="a scenario folder")
    parser.add_argument("--stacks", type=Path, help="that py-spy has written, instead of a run")
    parser.add_argument("--time-limit", type=float, default=90.0, metavar="SECONDS")
    parser.add_argument("--out", type=Path, default=PICTURE)
    given = parser.parse_args(arguments)
    if given.stacks is None and given.scenario is None:
        parser.error("name a scenario folder, or --stacks FILE")
    if given.stacks is not None:
        stacks = given.stacks.read_text("utf-8").splitlines()
    else:
        stacks = _sampled(given.scenario, given.time_limit)
    given.out.write_text(draw(fold(stacks)), encoding="utf-8")
    print(f"{given.out} is written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
