"""The files of the project, as the tests about the project itself see them."""

from __future__ import annotations

import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["ROOT", "code_blocks", "own_files", "pyproject", "python_files", "text_of"]

ROOT = Path(__file__).parents[1]

# What tools make beside the sources; hidden folders but .ci are theirs, too.
_MADE = {"site", "dist", "build", "__pycache__", "demo-plan"}


@cache
def own_files() -> tuple[Path, ...]:
    """List what is or would be tracked; in an unpacked sdist, which has no git, every file."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0 and (ROOT / ".git").exists():
        names = listed.stdout.decode().split("\0")
        found = [ROOT / name for name in names if name]
    else:
        found = [path for path in ROOT.rglob("*") if not _is_made(path.relative_to(ROOT))]
    return tuple(sorted(path for path in found if path.is_file()))


def _is_made(path: Path) -> bool:
    return any(
        part in _MADE or (part.startswith(".") and part not in {".ci", ".gitignore"})
        for part in path.parts
    )


def python_files(*folders: str) -> list[Path]:
    """List the Python files under some folders of the root."""
    wanted = [ROOT / folder for folder in folders]
    return [
        path
        for path in own_files()
        if path.suffix == ".py" and any(path.is_relative_to(folder) for folder in wanted)
    ]


def text_of(name: str) -> str:
    """Read a text file of the root."""
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def pyproject() -> dict[str, Any]:
    """Read pyproject.toml."""
    return tomllib.loads(text_of("pyproject.toml"))


def code_blocks(markdown: str) -> list[str]:
    r"""List the lines of the indented code blocks of a page, without their indent.

    Examples
    --------
    >>> code_blocks("Do this:\n\n    make test\n\nand that.")
    ['make test']
    """
    return [line.strip() for line in markdown.splitlines() if line.startswith("    ")]
