"""Every sentence for users can be translated, and is where a catalogue says how."""

from __future__ import annotations

import ast
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo

from ringtausch import language
from tests.project_files import ROOT, python_files

SOURCE = ROOT / "src" / "ringtausch"


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue of two sentences, as a translator would add one."""
    catalogue = Catalog(locale="de", domain=language.DOMAIN)
    catalogue.add("{count} parties", "{count} Parteien")
    catalogue.add(("{n} plan", "{n} plans"), ("{n} Plan", "{n} Pläne"))
    written = BytesIO()
    write_mo(written, catalogue)
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "ringtausch.mo").write_bytes(written.getvalue())
    monkeypatch.setattr(language, "LOCALE_FOLDER", tmp_path)
    # What one test finds in its folder must not stay for the next.
    monkeypatch.setattr(language, "_load", language._load.__wrapped__)  # noqa: SLF001


@pytest.mark.usefixtures("german")
def test_a_sentence_is_in_the_language_that_the_environment_asks_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANGUAGE", "fr:de_AT")
    assert language._("{count} parties") == "{count} Parteien"
    assert [language.ngettext("{n} plan", "{n} plans", n) for n in (1, 2)] == [
        "{n} Plan",
        "{n} Pläne",
    ]


@pytest.mark.usefixtures("german")
def test_a_sentence_without_a_translation_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "de")
    assert language._("no such sentence") == "no such sentence"


@pytest.mark.usefixtures("german")
def test_without_a_wish_the_language_is_english(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    assert language._("{count} parties") == "{count} parties"


def test_the_template_for_translators_holds_the_sentences_of_the_package() -> None:
    """`make messages` writes what is found here."""
    found = [message for _, _, message, _, _ in extract_from_dir(SOURCE)]
    assert '"{text}" is below zero; write 0 or more' in found


def test_no_sentence_is_put_together_before_it_is_translated() -> None:
    """It would be in no catalogue: only a text, or a name of one that `N_` has marked, may be."""
    together = []
    for path in python_files("src/ringtausch"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                texts = node.args[: {"_": 1, "N_": 1, "ngettext": 2}.get(node.func.id, 0)]
                if any(isinstance(text, ast.JoinedStr | ast.BinOp | ast.Call) for text in texts):
                    together.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert together == []
