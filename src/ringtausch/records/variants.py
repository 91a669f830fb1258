"""Variants: named what-ifs of a scenario, in the file `variants.toml` beside its tables.

In: a scenario folder. Out: `Variant`s by name, with the edits that they stand for, or every problem
with the file at once: each names the variant, the edit and its line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ringtausch.records import messages, variant_messages
from ringtausch.records.edits import InvalidEdit, edit_scenario, parse_edit
from ringtausch.records.edits.parsing import BadEdit
from ringtausch.records.problems import InvalidVariants, Problem, nearest
from ringtausch.records.scenario import Scenario
from ringtausch.records.settings import Locate, parse_toml, toml_locator

__all__ = [
    "VARIANTS_FILE",
    "Variant",
    "VariantsReading",
    "inspect_variants",
    "read_variants",
]

VARIANTS_FILE = "variants.toml"
_SETTINGS = ("title", "reason", "edits", "on", "from")
_HASH = re.compile(r"[0-9a-f]{8,64}")


@dataclass(frozen=True, slots=True)
class Variant:
    """A named change of a scenario: what it is called, why it is asked, and its edits.

    `on` names the variant that it builds on; `all_edits` are the edits of that one and its own, in
    the order in which they are made. `made_from` is the content hash of the scenario that it was
    written for, empty where the file does not say; `line` where it stands in the file.
    """

    name: str
    title: str
    reason: str
    edits: tuple[str, ...]
    on: str | None = None
    made_from: str = ""
    all_edits: tuple[str, ...] = ()
    line: int = 0


@dataclass
class VariantsReading:
    """What came of reading: the variants that can be used, all names in the file, all problems."""

    variants: dict[str, Variant] = field(default_factory=dict)
    drafts: dict[str, Variant] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        """The problems that make a variant unusable."""
        return [problem for problem in self.problems if problem.severity == "error"]

    def problems_of(self, name: str) -> list[Problem]:
        """The problems of one variant."""
        return [p for p in self.problems if p.column == name or p.column.startswith(f"{name}.")]


def read_variants(folder: str | Path, scenario: Scenario | None = None) -> dict[str, Variant]:
    """Read the variants of a scenario folder; none where there is no `variants.toml`.

    Parameters
    ----------
    folder
        The scenario's folder.
    scenario
        The scenario in it, where it has been read already.

    Raises
    ------
    InvalidVariants
        With every problem of the file, each with variant, edit and line.
    InvalidScenario
        The scenario itself breaks the format.

    Examples
    --------
    >>> import ringtausch as rt
    >>> all(variant.title for variant in rt.variants("examples/patriot-2025").values())
    True
    """
    from ringtausch.records.reading import read_scenario

    known = read_scenario(folder) if scenario is None else scenario
    reading = inspect_variants(folder, known)
    if reading.errors:
        raise InvalidVariants(reading.errors)
    return reading.variants


def inspect_variants(folder: str | Path, scenario: Scenario | None) -> VariantsReading:
    """Read the variants and collect all problems; without a scenario edits are only parsed."""
    reading = VariantsReading()
    path = Path(folder) / VARIANTS_FILE
    if not path.is_file():
        return reading
    text = _text_of(path, reading)
    if text is None:
        return reading
    data, broken = parse_toml(text, VARIANTS_FILE)
    if broken:
        reading.problems += [_clear(problem, text) for problem in broken]
        return reading
    file = _File(text, toml_locator(_without_long_texts(text)), reading)
    for name, body in data.items():
        _read_one(file, name, body)
    usable = _resolve(file)
    if scenario is None:
        usable = {name: v for name, v in usable.items() if not reading.problems_of(name)}
    else:
        usable = _applied(file, usable, scenario)
    reading.variants = {name: usable[name] for name in reading.drafts if name in usable}
    reading.problems.sort(key=lambda problem: problem.line)
    return reading


@dataclass
class _File:
    """The text of the file, where things stand in it, and what came of reading it."""

    text: str
    locate: Locate
    reading: VariantsReading

    def refuse(self, name: str, setting: str, value: object, message: str, line: int = 0) -> None:
        column = ".".join(part for part in (name, setting) if part)
        line = line or self.locate(name, setting)
        self.reading.problems.append(Problem(VARIANTS_FILE, line, column, str(value), message))

    def line_of_edit(self, name: str, number: int) -> int:
        """Find the line in which an edit stands, in whatever quotes."""
        edits = self.reading.drafts[name].edits
        lines = self.text.splitlines()
        start = self.locate(name, "edits")
        spelt = {f"'{edits[number]}'", json.dumps(edits[number], ensure_ascii=False)}
        again = edits[:number].count(edits[number])
        for at in range(start, len(lines) + 1):
            again -= sum(lines[at - 1].count(text) for text in spelt)
            if again < 0:
                return at
            if lines[at - 1].startswith("["):
                break
        return start


def _text_of(path: Path, reading: VariantsReading) -> str | None:
    raw = b""
    try:
        raw = path.read_bytes()
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = messages.not_utf8_text(raw[error.start])
    except OSError as error:
        line, message = 0, messages.unreadable(error.strerror or str(error))
    reading.problems.append(Problem(VARIANTS_FILE, line, "", "", message))
    return None


def _clear(problem: Problem, text: str) -> Problem:
    """Say of two variants with one name just that."""
    first: dict[str, int] = {}
    for line, content in enumerate(text.splitlines(), start=1):
        found = re.fullmatch(r"\[\s*[\"']?([^\]\"']+?)[\"']?\s*\]\s*(#.*)?", content.strip())
        if found is None:
            continue
        name = found[1]
        if name in first and line == problem.line:
            message = variant_messages.second_variant(name, first[name])
            return Problem(VARIANTS_FILE, line, name, name, message)
        first.setdefault(name, line)
    return problem


def _without_long_texts(text: str) -> str:
    """Empty texts of several lines, so that no line of a reason is taken for a setting."""
    return re.sub(
        r'("""|\'\'\').*?\1', lambda found: "\n" * found[0].count("\n"), text, flags=re.DOTALL
    )


# ---- form


def _read_one(file: _File, name: str, body: Any) -> None:
    """Read the settings of a variant and note all that is wrong with them."""
    if not isinstance(body, Mapping):
        file.refuse("", name, body, variant_messages.not_a_variant(name))
        return
    if not name.strip():
        file.refuse(name, "", name, variant_messages.no_name())
    for setting in body:
        if setting not in _SETTINGS:
            message = messages.unknown_setting(setting, _SETTINGS)
            file.refuse(name, setting, setting, message)
    edits = _read_edits(file, name, body)
    made_from = _read_text(file, name, body, "from")
    if made_from and not _HASH.fullmatch(made_from):
        file.refuse(name, "from", made_from, variant_messages.not_a_hash(made_from))
        made_from = ""
    variant = Variant(
        name=name,
        title=_read_text(file, name, body, "title", "what it asks"),
        reason=_read_text(file, name, body, "reason"),
        edits=edits,
        on=_read_text(file, name, body, "on") or None,
        made_from=made_from,
        line=file.locate(name, ""),
    )
    file.reading.drafts[name] = variant
    for number, text in enumerate(edits):
        try:
            parse_edit(text)
        except BadEdit as bad:
            line = file.line_of_edit(name, number)
            file.refuse(name, "edits", text, f"{text}: {bad}", line)


def _read_text(
    file: _File, name: str, body: Mapping[str, Any], setting: str, example: str = ""
) -> str:
    """Read a text; one with an example must be there."""
    value = body.get(setting)
    if value is None:
        misspelt = any(nearest(other, _SETTINGS) == setting for other in body.keys() - _SETTINGS)
        if example and not misspelt:
            file.refuse(name, setting, "", messages.missing_setting(setting, f'"{example}"'))
        return ""
    if isinstance(value, str) and value.strip():
        return value.strip()
    shown = json.dumps(value, ensure_ascii=False, default=str)
    file.refuse(name, setting, value, messages.wrong_setting(shown, variant_messages.a_text()))
    return ""


def _read_edits(file: _File, name: str, body: Mapping[str, Any]) -> tuple[str, ...]:
    example = '["offers[offer=DEU-1].quantity=3"]'
    value = body.get("edits")
    if value is None:
        misspelt = any(nearest(other, _SETTINGS) == "edits" for other in body.keys() - _SETTINGS)
        if not misspelt:
            file.refuse(name, "edits", "", messages.missing_setting("edits", example))
        return ()
    if isinstance(value, list) and all(isinstance(text, str) for text in value):
        return tuple(value)
    shown = json.dumps(value, ensure_ascii=False, default=str)
    message = messages.wrong_setting(shown, variant_messages.a_list_of_edits(example))
    file.refuse(name, "edits", value, message)
    return ()


# ---- one on another


def _resolve(file: _File) -> dict[str, Variant]:
    """Put the edits of those below before a variant's own, those below first in the answer."""
    drafts = file.reading.drafts
    for name, variant in drafts.items():
        if variant.on is not None and variant.on not in drafts:
            message = variant_messages.unknown_variant(variant.on, drafts.keys() - {name})
            file.refuse(name, "on", variant.on, message)
    found: dict[str, Variant] = {}
    told: set[str] = set()
    for name in drafts:
        chain = _chain(name, drafts)
        if chain is None:
            continue
        if chain[0] == chain[-1] and len(chain) > 1:
            if told.isdisjoint(chain):
                file.refuse(chain[0], "on", drafts[chain[0]].on, variant_messages.circle(chain))
            told.update(chain)
            continue
        for one in reversed(chain):
            below = drafts[one].on
            base = found[below].all_edits if below is not None else ()
            found.setdefault(one, _with_all(drafts[one], base))
    return found


def _with_all(variant: Variant, base: tuple[str, ...]) -> Variant:
    return replace(variant, all_edits=(*base, *variant.edits))


def _chain(name: str, drafts: Mapping[str, Variant]) -> list[str] | None:
    """List a variant and those below it; a circle ends with its first; None where one is missing."""
    chain = [name]
    while (below := drafts[chain[-1]].on) is not None:
        if below not in drafts:
            return None
        if below in chain:
            return [*chain[chain.index(below) :], below] if below == name else None
        chain.append(below)
    return chain


# ---- edits


def _applied(
    file: _File, variants: Mapping[str, Variant], scenario: Scenario
) -> dict[str, Variant]:
    """Make the edits of every variant; what is wrong with one is not said again of those on it."""
    _warn_of_other_states(file, scenario)
    made: dict[str, Scenario] = {}
    for name, variant in variants.items():
        wrong = [p for p in file.reading.problems_of(name) if p.severity == "error"]
        base = scenario if variant.on is None else made.get(variant.on)
        if wrong or base is None:
            continue
        try:
            made[name] = edit_scenario(base, variant.edits)
        except InvalidEdit as invalid:
            for problem in invalid.problems:
                line = file.line_of_edit(name, variant.edits.index(problem.file))
                file.refuse(name, "edits", problem.value, str(problem), line)
    return {name: variants[name] for name in made}


def _warn_of_other_states(file: _File, scenario: Scenario) -> None:
    """Warn of variants written for another state of the scenario, once for each such state."""
    states: dict[str, list[str]] = {}
    for name, variant in file.reading.drafts.items():
        if variant.made_from and not scenario.content_hash.startswith(variant.made_from):
            states.setdefault(variant.made_from, []).append(name)
    for state, names in states.items():
        message = variant_messages.made_from_another(names, scenario.content_hash)
        line = file.locate(names[0], "from")
        file.reading.problems.append(
            Problem(VARIANTS_FILE, line, f"{names[0]}.from", state, message, "warning")
        )
