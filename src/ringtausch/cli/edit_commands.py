"""Commands about changes of a scenario: edit, variants."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ringtausch.cli.exit_codes import ExitCode
from ringtausch.cli.output import complain, counted, print_json, refuse, refusing, say
from ringtausch.cli.scenario_commands import Force, Json, ScenarioPath, problem_entries
from ringtausch.language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ringtausch.cli.edit_messages import VariantEntry
    from ringtausch.records import InvalidInput, Scenario, Variant
    from ringtausch.records.variants import VariantsReading

__all__ = ["COMMANDS", "edit", "variants"]

_SHOWN = 12


def edit(
    folder: ScenarioPath,
    edits: Annotated[
        list[str],
        typer.Argument(metavar="EDIT...", help="Such as 'offers[offer=DEU-1].quantity=3'."),
    ],
    *,
    out: Annotated[
        Path, typer.Option(metavar="NEW", help="Folder to write; ending in .xlsx, a workbook.")
    ],
    force: Force = False,
    json: Json = False,
) -> None:
    """Write a scenario with some changes, and say what has changed."""
    from ringtausch.records import InvalidInput, convert_scenario, read_scenario
    from ringtausch.records.edits import changes_of, edit_scenario, undo_edits

    _refuse_options(edits)
    _refuse_source(folder, out)
    try:
        scenario = read_scenario(folder)
        changed = edit_scenario(scenario, edits)
    except InvalidInput as invalid:
        if json:
            _print_refused(invalid)
            raise typer.Exit(ExitCode.INVALID) from None
        with refusing(folder):
            raise
    with refusing(out):
        left = convert_scenario(changed, folder, out, force=force)
    changes = changes_of(scenario, edits)
    if json:
        from ringtausch.cli.edit_messages import ChangeEntry, EditMessage

        entries = [
            ChangeEntry(kind=c.kind, path=c.path, column=c.column, before=c.before, after=c.after)
            for c in changes
        ]
        print_json(
            EditMessage(
                ok=True,
                written=str(out),
                before=scenario.content_hash,
                after=changed.content_hash,
                changes=entries,
                undo=list(undo_edits(scenario, edits)),
            )
        )
    else:
        _tell_changes(list(map(str, changes)))
        say(_("Written: {places}").format(places=out))
    if left:
        complain(
            _("a workbook has no place for {files}; they stay in {source}").format(
                files=", ".join(left), source=folder
            )
        )


def _refuse_options(edits: Sequence[str]) -> None:
    """Refuse what was meant as an option: edits may begin like one, but with one dash alone."""
    from ringtausch.records.problems import nearest

    wrong = []
    for text in edits:
        if text.startswith("--"):
            close = nearest(text, ("--out", "--force", "--json", "--help"))
            hint = _('; did you mean "{name}"?').format(name=close) if close else ""
            wrong.append(_('there is no option "{text}"{hint}').format(text=text, hint=hint))
    if wrong:
        refuse(*wrong)


def _refuse_source(folder: Path, out: Path) -> None:
    """Refuse to write over the scenario that is read, or a second form of it beside it."""
    place, source = out.resolve(), folder.resolve()
    if place == source or (place.parent == source and place.name == "scenario.xlsx"):
        refuse(
            _("{path} is the scenario itself; choose another place for the changed one").format(
                path=out
            )
        )


def _print_refused(invalid: InvalidInput) -> None:
    from ringtausch.cli.edit_messages import EditMessage

    print_json(EditMessage(ok=False, problems=problem_entries(invalid.problems)))


def _tell_changes(lines: Sequence[str]) -> None:
    """Say what has changed, the first lines where there are many."""
    if not lines:
        say(_("nothing has changed"))
    say(*lines[:_SHOWN])
    more = len(lines) - _SHOWN
    if more > 0:
        say(ngettext("and {n} change more", "and {n} changes more", more).format(n=more))


def variants(folder: ScenarioPath, *, json: Json = False) -> None:
    """List the variants of a scenario, and what is wrong with them."""
    from ringtausch.records import inspect_scenario
    from ringtausch.records.variants import inspect_variants

    scenario = inspect_scenario(folder, cautions=False)
    reading = inspect_variants(folder, scenario.scenario)
    problems = [*scenario.errors, *reading.problems]
    wrong = bool(scenario.errors or reading.errors)
    if json:
        from ringtausch.cli.edit_messages import VariantsMessage

        print_json(
            VariantsMessage(
                ok=not wrong,
                hash=scenario.scenario.content_hash if scenario.scenario else None,
                variants=_entries(scenario.scenario, reading),
                problems=problem_entries(problems),
            )
        )
    else:
        for problem in problems:
            complain((_("warning: ") if problem.severity == "warning" else "") + str(problem))
        say(*_lines(reading))
        if not reading.drafts and not problems:
            say(_("{folder} has no variants.toml, so no variants").format(folder=folder))
        if problems:
            complain(_("{summary} in {folder}").format(summary=counted(problems), folder=folder))
    if wrong:
        raise typer.Exit(ExitCode.INVALID)


def _lines(reading: VariantsReading) -> list[str]:
    """Name each variant with its title, how many edits it has and whether it can be planned."""
    width = max((len(name) for name in reading.drafts), default=0)
    return [
        f"{name:{width}}  {_standing(variant, reading)}  {variant.title}"
        for name, variant in reading.drafts.items()
    ]


def _standing(variant: Variant, reading: VariantsReading) -> str:
    count = len(variant.edits)
    words = [ngettext("{n} edit", "{n} edits", count).format(n=count)]
    if variant.on is not None:
        words.append(_("on {name}").format(name=variant.on))
    if variant.name in reading.variants:
        words.append(_("ok"))
    elif any(problem.severity == "error" for problem in reading.problems_of(variant.name)):
        words.append(_("wrong, see above"))
    else:
        words.append(_("cannot be made"))
    return "(" + ", ".join(words) + ")"


def _entries(scenario: Scenario | None, reading: VariantsReading) -> list[VariantEntry]:
    from ringtausch.cli.edit_messages import VariantEntry
    from ringtausch.records.edits import edit_scenario

    entries: list[VariantEntry] = []
    for name, draft in reading.drafts.items():
        usable = reading.variants.get(name)
        made = edit_scenario(scenario, usable.all_edits) if scenario and usable else None
        entries.append(
            VariantEntry(
                name=name,
                title=draft.title,
                reason=draft.reason,
                on=draft.on,
                edits=list(draft.edits),
                all_edits=list(usable.all_edits if usable else draft.edits),
                made_from=draft.made_from or None,
                ok=made is not None,
                hash=made.content_hash if made else None,
            )
        )
    return entries


COMMANDS = (edit, variants)
_EXAMPLES = {
    edit: "Example: ringtausch edit my-case 'offers[offer=DEU-1].quantity=3' --out my-case-3",
    variants: "Example: ringtausch variants examples/patriot-2025",
}
# An edit that drops a row begins like an option; so that it may stand in a command as it is, this one
# has no short options.
edit.context = {"ignore_unknown_options": True, "help_option_names": ["--help"]}  # type: ignore[attr-defined]
for _command, _example in _EXAMPLES.items():
    _command.example = _example  # type: ignore[attr-defined]
