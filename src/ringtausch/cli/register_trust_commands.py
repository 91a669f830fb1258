"""Commands about trust: checkpoint, prove, redact."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ringtausch.cli.exit_codes import ExitCode
from ringtausch.cli.output import complain, print_json, refuse, refusing, say
from ringtausch.cli.register_options import (
    As,
    Json,
    KeyFile,
    RecordedBy,
    RegisterAt,
    address_of,
    asked_of,
    key_file,
    recorder_of,
)
from ringtausch.cli.register_table import paragraph
from ringtausch.language import _

if TYPE_CHECKING:
    from ringtausch.hub.proving import Consistency, Inclusion

__all__ = ["COMMANDS", "checkpoint", "prove", "redact"]

Identifier = Annotated[
    str, typer.Argument(metavar="ID", help="A statement's id, or how it begins.")
]


def checkpoint(
    *,
    key: KeyFile = None,
    register: RegisterAt = None,
    reader: As = None,
    json: Json = False,
) -> None:
    """Sign what the record is now, and print the notes, which every party keeps."""
    place = key_file(key, address_of(register))
    with asked_of(register, reader=reader) as asked, refusing(place):
        from ringtausch.hub.proving import sign_all, signing_key

        if not asked.store.audiences(asked.reader):
            refuse(_("{place}: nothing is recorded here yet").format(place=asked.store.place))
        signer, made = signing_key(place, asked.store.identity)
        notes = sign_all(asked.store, signer, asked.reader)
    if json:
        from ringtausch.cli.register_trust_messages import CheckpointsMessage

        print_json(CheckpointsMessage.of(str(signer.verifying), notes))
        return
    say("\n".join(map(str, notes.values())).rstrip("\n"))
    if made:
        complain(
            *paragraph(
                _(
                    "{file} is a new private key. Keep it outside the register, and give its public"
                    " half to all who audit: {key}"
                ).format(file=place, key=signer.verifying)
            )
        )


def prove(
    identifier: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A statement's id, or how it begins.")
    ] = None,
    *,
    since: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Checkpoints that you kept: the record only grew."),
    ] = None,
    register: RegisterAt = None,
    reader: As = None,
    json: Json = False,
) -> None:
    """Prove that a statement is in the record, and that the record still holds what it held."""
    if identifier is None and since is None:
        refuse(_("name the ID of a statement, or a file of checkpoints with --since"))
    with asked_of(register, reader=reader) as asked, refusing(since):
        from ringtausch.hub.proving import prove_consistency, prove_inclusion

        inclusion = None
        if identifier is not None:
            said = asked.find(identifier)
            inclusion = prove_inclusion(asked.store, said.id, asked.reader)
        grown = [] if since is None else prove_consistency(asked.store, since, asked.reader)
    if json:
        from ringtausch.cli.register_trust_messages import ProvenMessage

        print_json(ProvenMessage.of(inclusion, grown))
    else:
        _tell(inclusion, grown)
    if (inclusion is not None and not inclusion.holds) or not all(one.holds for one in grown):
        raise typer.Exit(ExitCode.BROKEN_RULE)


def _tell(inclusion: Inclusion | None, grown: list[Consistency]) -> None:
    from ringtausch.register.trust.notes import read_checkpoint

    if inclusion is not None:
        signed = read_checkpoint(inclusion.checkpoint.text)
        sentence = (
            _(
                "The statement {id} is leaf {index} of {size} in the tree {tree}, signed on {time}:"
                " {steps} hashes lead from it to the root. With --json they are printed."
            )
            if inclusion.holds
            else _("The statement {id} does NOT lead to the signed root of the tree {tree}.")
        )
        say(
            *paragraph(
                sentence.format(
                    id=inclusion.statement,
                    index=inclusion.index,
                    size=inclusion.size,
                    tree=inclusion.tree,
                    time=signed.time,
                    steps=len(inclusion.proof),
                )
            )
        )
    for one in grown:
        old, new = read_checkpoint(one.earlier.text), read_checkpoint(one.later.text)
        sentence = (
            _("The tree {tree} still begins with the {old} leaves of {time}; it has {new} now.")
            if one.holds
            else _(
                "The tree {tree} does NOT begin with the {old} leaves of {time}: it was rewritten."
            )
        )
        say(*paragraph(sentence.format(tree=one.tree, old=old.size, new=new.size, time=old.time)))


def redact(
    identifier: Identifier,
    *,
    approved_by: Annotated[
        str, typer.Option("--approved-by", metavar="NAME", help="Who answers for it.")
    ],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why; it stays in the record.")],
    recorded_by: RecordedBy = None,
    register: RegisterAt = None,
    reader: As = None,
    json: Json = False,
) -> None:
    """Remove what a statement says; its leaf stays, and that it was removed, by whom and why."""
    with asked_of(register, reader=reader) as asked:
        said = asked.find(identifier)
        recorder = recorder_of(recorded_by, reader)
        asked.store.redact(said.id, approved_by, reason, recorder)
    if json:
        from ringtausch.cli.register_trust_messages import RedactedMessage

        print_json(RedactedMessage(id=said.id, approved_by=approved_by, reason=reason))
        return
    say(
        *paragraph(
            _(
                "The statement {id} of {matter} is redacted: its hash stays, what it said is gone."
                " Backups and exports that were made before still hold it."
            ).format(id=said.id, matter=said.matter)
        )
    )


COMMANDS = (checkpoint, prove, redact)
_EXAMPLES = {
    checkpoint: "Example: ringtausch register checkpoint --key keys/desk.key > kept.txt",
    prove: "Example: ringtausch register prove 1c0ffee5 --since kept.txt",
    redact: "Example: ringtausch register redact 1c0ffee5 --approved-by DEU --reason 'a name'",
}
for _command, _example in _EXAMPLES.items():
    _command.example = _example  # type: ignore[attr-defined]
