"""The reference pages of the commands say what the program says: commands, options, their help."""

from __future__ import annotations

import re
from typing import Any

import pytest
import typer

from ringtausch.cli.main import program
from tests.project_files import text_of

PAGES = ("docs/reference/cli.md", "docs/reference/register-cli.md")


def commands() -> dict[str, Any]:
    """List all commands, those of a group by both words."""
    found = {}
    for name, command in typer.main.get_command(program()).commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        if inner is None:
            found[name] = command
        else:
            found |= {f"{name} {word}": one for word, one in inner.items()}
    return found


COMMANDS = commands()


def sections() -> dict[str, str]:
    """Split the pages at their second headings."""
    found: dict[str, str] = {}
    for page in PAGES:
        parts = re.split(r"^## (.+)$", text_of(page), flags=re.MULTILINE)
        found |= dict(zip(parts[1::2], parts[2::2], strict=True))
    return found


def options_of(command: str) -> dict[str, str]:
    """List the options of a command as the page writes them, each with its help."""
    return {
        " ".join(
            [max(option.opts, key=len), *([metavar] if (metavar := value_of(option)) else [])]
        ): (option.help)
        for option in COMMANDS[command].params
        if option.param_type_name == "option"
    }


def value_of(option: Any) -> str:
    """Name what follows an option; nothing follows a flag."""
    return "" if option.is_flag else option.metavar or "N"


def test_the_page_has_a_section_for_every_command_and_no_other() -> None:
    assert sorted(sections()) == sorted(["ringtausch", *COMMANDS])


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_described_as_it_describes_itself(command: str) -> None:
    assert COMMANDS[command].help in sections()[command]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_usage_names_the_arguments_in_their_order(command: str) -> None:
    arguments = [
        part.metavar for part in COMMANDS[command].params if part.param_type_name == "argument"
    ]
    usage = re.search(rf"^    ringtausch {command} (.+)$", sections()[command], flags=re.MULTILINE)
    assert usage is not None
    assert usage[1].removesuffix("[options]").split() == arguments


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_explained_in_the_words_of_its_help_and_no_other(command: str) -> None:
    rows = re.findall(r"^\| `(--[^`]+)` \| (.+) \|$", sections()[command], flags=re.MULTILINE)
    assert dict(rows) == options_of(command)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_shows_an_example(command: str) -> None:
    assert re.fullmatch(rf"Example: ringtausch {command} .+", COMMANDS[command].epilog)
