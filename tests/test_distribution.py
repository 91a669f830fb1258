"""What is published works where the checkout is not: the wheel and the sdist, built and tried."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.project_files import ROOT, own_files

pytestmark = pytest.mark.xdist_group("distribution")


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command outside the checkout and return what it says; fail with its words."""
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=clean,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command} said {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build both as a release does: the sdist from the checkout, the wheel from the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an environment with the wheel and the dependencies but not the checkout.

    The dependencies are those of the environment the tests run in, seen through a .pth file: an
    editable install there is itself a .pth file, and those do not count at second hand.
    """
    folder = tmp_path_factory.mktemp("empty") / "venv"
    venv.create(folder, symlinks=os.name != "nt")
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    pip: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--python",
        python,
    ]
    run(*pip, "install", "--quiet", "--no-index", "--no-deps", wheel, cwd=folder)
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(run(python, "-c", where, cwd=folder).strip())
    here = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "dependencies.pth").write_text("\n".join(sorted(here)) + "\n", encoding="utf-8")
    return scripts


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    """py.typed and all rooms; nothing else but what says whose and which it is."""
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    source = ROOT / "src"
    wanted = {p.relative_to(source).as_posix() for p in own_files() if p.is_relative_to(source)}
    assert "ringtausch/py.typed" in held
    assert held == wanted


def test_the_wheel_carries_its_licence_and_its_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        said = {
            name.partition(".dist-info/")[2]: archive.read(name).decode()
            for name in archive.namelist()
            if ".dist-info/" in name
        }
    assert said["licenses/LICENSE"] == (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "ringtausch = ringtausch.cli.main:main" in said["entry_points.txt"]


def test_the_sdist_holds_tests_examples_and_documents(built: Path) -> None:
    """A distributor can test and document the release from it alone."""
    (found,) = built.glob("*.tar.gz")
    with tarfile.open(found) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    folders = tuple(
        f"{name}/" for name in ("src", "tests", "examples", "docs", "benchmarks", ".ci")
    )
    wanted = {p.relative_to(ROOT).as_posix() for p in own_files()}
    assert {name for name in wanted if name.startswith(folders)} - held == set()
    papers = {"README.md", "LICENSE", "CHANGELOG.md", "Makefile", "requirements.lock", "mkdocs.yml"}
    assert papers - held == set()


def test_the_installed_package_is_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    where = run(
        installed / "python", "-c", "import ringtausch as r; print(r.__file__)", cwd=tmp_path
    )
    assert Path(where.strip()).is_relative_to(installed.parent)


def test_the_installed_command_explains_itself(installed: Path, tmp_path: Path) -> None:
    assert "plan" in run(installed / "ringtausch", "--help", cwd=tmp_path)


def test_the_installed_command_plans_and_proves_a_new_scenario(
    installed: Path, tmp_path: Path
) -> None:
    """What a person does first, with a report, far from any checkout."""
    command = installed / "ringtausch"
    run(command, "new", "x", cwd=tmp_path)
    run(command, "plan", "x", "--out", "made", "--report", "made.html", cwd=tmp_path)
    run(command, "verify", "x", "made", cwd=tmp_path)
    assert {"x", "made", "made.html"} <= {path.name for path in tmp_path.iterdir()}
