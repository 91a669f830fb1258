"""Output folders: written whole or not at all, and nothing of the user's is lost.

A folder is filled beside its final place and then moved there. Where one exists it is replaced only
when asked; files in it that are not ours are moved over, never deleted.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path

from ringtausch.records import messages

__all__ = ["OutputExists", "write_file_whole", "write_folder_whole"]


class OutputExists(FileExistsError):  # noqa: N818 - says what is the case
    """The place to write to exists and replacing it was not asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(messages.exists_already(str(path)))

    def __reduce__(self) -> tuple[type[OutputExists], tuple[Path]]:
        """Pickle by the path."""
        return type(self), (self.path,)


def write_folder_whole(
    target: Path, fill: Callable[[Path], None], *, force: bool, ours: Collection[str]
) -> None:
    """Fill a new folder and move it to its place in one step.

    Parameters
    ----------
    target
        Where the folder shall be.
    fill
        Writes the files into the folder it is given.
    force
        Whether an existing folder is replaced.
    ours
        Names of files that a former run may have left; all others are kept.

    Raises
    ------
    OutputExists
        The target exists and `force` is not given, or it is a file.
    """
    target = Path.cwd() / target  # not resolved: a link stays a link
    if target.exists() and (not force or not target.is_dir()):
        raise OutputExists(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        fresh.chmod(0o777 & ~_umask())
        fill(fresh)
        if target.exists():
            _replace(target, fresh, ours)
        else:
            fresh.rename(target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _replace(target: Path, fresh: Path, ours: Collection[str]) -> None:
    """Swap the folders, with what is not ours carried over."""
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
    target.rename(old / "was")
    fresh.rename(target)
    for entry in (old / "was").iterdir():
        if entry.name not in ours and not (target / entry.name).exists():
            entry.rename(target / entry.name)
    shutil.rmtree(old, ignore_errors=True)


def write_file_whole(target: Path, fill: Callable[[Path], None], *, force: bool) -> None:
    """Write a file beside its place and move it there in one step."""
    target = Path.cwd() / target  # not resolved: a link stays a link
    if target.exists() and (not force or not target.is_file()):
        raise OutputExists(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as folder:
        fresh = Path(folder) / target.name
        fill(fresh)
        fresh.replace(target)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
