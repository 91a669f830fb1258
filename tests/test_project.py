"""The project keeps its own rules: sizes, docstrings, versions, the lock, the commands it names."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.project_files import ROOT, code_blocks, own_files, pyproject, python_files, text_of

_LOCKS = ("requirements.lock", "benchmarks/peers/requirements.lock")
_LINES_MAX = 500
_FUNCTION_LINES_MAX = 70

# In pieces, so that this file does not name them either.
_REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("anaconda", "org"),
        ("npmjs", "com"),
        ("npmjs", "org"),
        ("crates", "io"),
        ("rubygems", "org"),
        ("golang", "org"),
        ("docker", "io"),
        ("ghcr", "io"),
        ("quay", "io"),
    ]
]
# Whatever a page or a report needs is in it.
_CONTENT_HOSTS = [
    ".".join(parts)
    for parts in [
        ("jsdelivr", "net"),
        ("unpkg", "com"),
        ("cdnjs", "cloudflare", "com"),
        ("fonts", "googleapis", "com"),
        ("fonts", "gstatic", "com"),
    ]
]

Function = ast.FunctionDef | ast.AsyncFunctionDef


def shown(path: Path) -> str:
    """Name a file as a reader of the test would."""
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=shown(path))


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):(?!=)", text_of("Makefile"), flags=re.MULTILINE))


# ---- files


@pytest.mark.parametrize("host", _REGISTRY_HOSTS + _CONTENT_HOSTS)
def test_no_file_names_a_registry_or_a_content_host(host: str) -> None:
    """Whoever installs decides where from, and whoever reads loads nothing from anywhere."""
    naming = [shown(p) for p in own_files() if host.encode() in p.read_bytes()]
    assert naming == []


def test_no_file_of_code_is_longer_than_500_lines() -> None:
    lengths = {
        shown(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in python_files("src", "tests", "benchmarks")
    }
    assert {path: n for path, n in lengths.items() if n > _LINES_MAX} == {}


def lines_of(function: Function) -> int:
    """Count the lines of a function without its docstring."""
    assert function.end_lineno is not None
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        assert first.end_lineno is not None
        lines -= first.end_lineno - first.lineno + 1
    return lines


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{shown(path)}:{node.lineno} {node.name}: {lines_of(node)}"
        for path in python_files("src", "tests", "benchmarks")
        for node in ast.walk(parsed(path))
        if isinstance(node, Function) and lines_of(node) > _FUNCTION_LINES_MAX
    ]
    assert long == []


def public_parts(module: ast.Module) -> list[Function | ast.ClassDef]:
    """List the public functions and classes of a module, and the public methods of those."""
    found: list[Function | ast.ClassDef] = []
    for node in module.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            found.append(node)
            if isinstance(node, ast.ClassDef):
                found += [
                    part
                    for part in node.body
                    if isinstance(part, Function) and not part.name.startswith("_")
                ]
    return found


def test_every_public_module_class_and_function_has_a_docstring() -> None:
    silent = []
    for path in python_files("src"):
        module = parsed(path)
        if not ast.get_docstring(module):
            silent.append(shown(path))
        silent += [
            f"{shown(path)}:{part.lineno} {part.name}"
            for part in public_parts(module)
            if not ast.get_docstring(part)
        ]
    assert silent == []


def test_every_module_of_tests_says_what_it_is_about() -> None:
    silent = [shown(p) for p in python_files("tests") if not ast.get_docstring(parsed(p))]
    assert silent == []


# ---- dependencies


def declared(requirements: list[str]) -> set[str]:
    """Name the distributions of a list of requirements."""
    return {re.split(r"[^A-Za-z0-9._-]", text)[0].lower() for text in requirements}


def imports_of(nodes: list[ast.AST]) -> set[str]:
    """Name the top-level packages that some statements import."""
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.partition(".")[0])
    return names - set(sys.stdlib_module_names) - {"ringtausch"}


def test_the_package_imports_only_what_it_declares() -> None:
    """A wheel that needs what only developers have would pass every other test here."""
    project = pyproject()["project"]
    extras = project["optional-dependencies"].values()
    allowed = declared([*project["dependencies"], *(name for extra in extras for name in extra)])
    homes = packages_distributions()
    wanted = {
        name
        for path in python_files("src")
        for name in imports_of(list(ast.walk(parsed(path))))
        if not {home.lower() for home in homes.get(name, [])} & allowed
    }
    assert wanted == set()


def test_heavy_libraries_are_imported_where_they_are_used() -> None:
    """Planning a folder must not wait for data frames and workbooks: only `frames` is all about one.

    What only an extra brings may not be there at all.
    """
    extras = {"dask", "distributed"}
    heavy = {"polars", "xlsxwriter", "python_calamine", *extras}
    eager = [
        f"{shown(path)}: {name}"
        for path in python_files("src")
        for name in imports_of(list(ast.iter_child_nodes(parsed(path)))) & heavy
    ]
    assert eager == ["src/ringtausch/records/frames.py: polars"]


@pytest.mark.parametrize("lock", _LOCKS)
def test_the_lock_pins_every_package_by_hash(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", text_of(lock))
    pinned = [entry for entry in entries if not entry.startswith("#")]
    assert len(pinned) > 20
    assert [
        e for e in pinned if not re.match(r"[\w.-]+==\S+", e) or "--hash=sha256:" not in e
    ] == []


@pytest.mark.parametrize("lock", _LOCKS)
def test_the_lock_names_no_index(lock: str) -> None:
    lines = text_of(lock).splitlines()
    assert [x for x in lines if "://" in x or re.search(r"--(?!hash=sha256:)", x)] == []


def locked(lock: str) -> set[str]:
    return set(re.findall(r"^([\w.-]+)==", text_of(lock), flags=re.MULTILINE))


def test_the_lock_holds_what_the_project_asks_for() -> None:
    """The libraries to compare with have a lock of their own, so that nobody else waits for them."""
    project, groups = pyproject()["project"], pyproject()["dependency-groups"]
    peers = declared(groups.pop("peers"))
    asked = declared(project["dependencies"])
    for group in groups.values():
        asked |= declared([entry for entry in group if isinstance(entry, str)])
    assert asked - locked("requirements.lock") == set()
    assert peers - locked("benchmarks/peers/requirements.lock") == set()


def test_the_solver_is_pinned_to_the_version_without_false_optima() -> None:
    """HiGHS 1.16.0 claims objective values that its own columns do not have."""
    assert "highspy==1.15.0" in pyproject()["project"]["dependencies"]
    assert "\nhighspy==1.15.0 " in text_of("requirements.lock")


# ---- versions, commands, papers


def test_all_versions_agree() -> None:
    import ringtausch

    cited = re.search(r"^version: (\S+)$", text_of("CITATION.cff"), flags=re.MULTILINE)
    assert cited is not None
    assert (cited[1], ringtausch.__version__) == (pyproject()["project"]["version"],) * 2


def test_the_changelog_has_an_unreleased_part_on_top() -> None:
    parts = re.findall(r"^## (.+)$", text_of("CHANGELOG.md"), flags=re.MULTILINE)
    assert parts[0] == "Unreleased"


def test_the_readme_names_the_two_commands() -> None:
    commands = [line for line in code_blocks(text_of("README.md")) if line.startswith("make ")]
    assert commands == ["make demo", "make test"]


def test_ci_runs_the_test_command_of_the_readme_and_nothing_else() -> None:
    script = [
        line
        for line in text_of(".ci/run").splitlines()
        if line and not line.startswith(("#", "set ", "cd ", "export "))
    ]
    assert script == ["make test"]
    assert (ROOT / ".ci/run").stat().st_mode & 0o111


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/start-here.md"])
def test_every_make_command_that_a_page_names_is_a_target(page: str) -> None:
    named = set(re.findall(r"(?:^    |`)make ([a-z-]+)\b", text_of(page), flags=re.MULTILINE))
    assert named - targets() == set()


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"])
def test_every_link_of_a_page_leads_to_a_file(page: str) -> None:
    links = re.findall(r"\]\(\s*([^)#\s]+)[^)]*\)", text_of(page))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (ROOT / link).exists()] == []


def test_the_test_commands_of_contributing_find_tests() -> None:
    lines = [x for x in code_blocks(text_of("CONTRIBUTING.md")) if x.startswith(".venv/bin/pytest")]
    assert len(lines) == 2
    for line in lines:
        arguments = line.split()[1:]
        found = subprocess.run(
            [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:xdist", *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert found.returncode == 0, found.stdout
