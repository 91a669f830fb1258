"""What the store says: one function for each sentence, all of them in this file."""

from __future__ import annotations

from collections.abc import Iterable

from ringtausch.language import _
from ringtausch.records.messages import or_suggest
from ringtausch.records.problems import InvalidInput, Problem

__all__ = ["CannotOpen", "Refused"]


class CannotOpen(InvalidInput):
    """A register that cannot be opened, made or restored."""


class Refused(InvalidInput):
    """Something that a register does not do, for the one who asked."""


def _cannot(place: str, message: str) -> CannotOpen:
    return CannotOpen([Problem(place, 0, "", place, message)])


def _refused(place: str, message: str) -> Refused:
    return Refused([Problem(place, 0, "", "", message)])


def unknown_address(scheme: str) -> CannotOpen:
    """An address of a kind that is not known."""
    return _cannot(
        f"{scheme}://",
        _(
            'a register lies in a file or in PostgreSQL, not in "{scheme}"; write a path such as'
            " register.db, or postgresql://NAME@SERVER/DATABASE"
        ).format(scheme=scheme),
    )


def wrong_address(place: str, reason: str) -> CannotOpen:
    """An address that the driver cannot read."""
    return _cannot(
        place,
        _("this address cannot be read ({reason}); write postgresql://NAME@SERVER/DATABASE").format(
            reason=reason.strip()
        ),
    )


def driver_missing(place: str, package: str) -> CannotOpen:
    """An optional package is not there."""
    return _cannot(
        place,
        _("a register needs {package}; install it with: pip install 'ringtausch[hub]'").format(
            package=package
        ),
    )


def no_such_file(place: str) -> CannotOpen:
    """There is no file."""
    return _cannot(
        place, _("there is no such file; make a register with: ringtausch register init")
    )


def not_a_register(place: str) -> CannotOpen:
    """Something else lies there."""
    return _cannot(
        place, _("this is no register; make one elsewhere with: ringtausch register init")
    )


def exists_already(place: str) -> CannotOpen:
    """Something lies there, and a register is never written over."""
    return _cannot(
        place, _("there is something already, and nothing is written over; name another place")
    )


def newer_format(place: str, found: int, known: int) -> CannotOpen:
    """Made by a later version."""
    return _cannot(
        place,
        _(
            "this register has format {found}, and this version knows formats up to {known};"
            " install a newer ringtausch"
        ).format(found=found, known=known),
    )


def older_format(place: str, found: int, known: int) -> CannotOpen:
    """Made by an earlier version."""
    return _cannot(
        place,
        _(
            "this register has format {found}, and this version writes format {known}; whoever"
            " keeps it has to upgrade it first"
        ).format(found=found, known=known),
    )


def not_reachable(place: str, reason: str) -> CannotOpen:
    """The database does not answer, or does not let us in."""
    return _cannot(
        place,
        _("the database cannot be opened: {reason}").format(reason=" ".join(reason.split())),
    )


def trust_domain_sqlite(place: str) -> str:
    """Say that a file keeps nothing from anybody who has it."""
    return _(
        "{place} is one trust domain: whoever can open the file can read every statement in it."
        " Keep statements that some parties may not see in PostgreSQL."
    ).format(place=place)


def trust_domain_postgres(place: str, party: str) -> str:
    """Say who a connection is, and that the database keeps the rest from it."""
    if not party:
        return _("{place} shows what is public; this login speaks for no party.").format(
            place=place
        )
    return _("{place} shows what {party} may read; the database itself keeps the rest.").format(
        place=place, party=party
    )


def not_recorded(place: str, identifier: str) -> Refused:
    """No statement of that name, or none that the reader may see: the same words for both."""
    return _refused(place, _("there is no statement {id}").format(id=identifier))


def redacted_already(place: str, identifier: str) -> Refused:
    """Removed before."""
    return _refused(place, _("the statement {id} is redacted already").format(id=identifier))


def other_key(place: str) -> Refused:
    """A key that is not the one in force."""
    return _refused(
        place, _("another key signs for this register; replace it first, signed by the old one")
    )


def empty_redaction(place: str) -> Refused:
    """Nobody stands for it."""
    return _refused(place, _("a redaction needs the name of who approved it, and a reason"))


def name_taken(place: str, name: str) -> Refused:
    """A name with another meaning."""
    return _refused(
        place,
        _(
            '"{name}" cannot be the name of a party: names are not empty, hold no slash, and'
            ' are not "public", "coalition" or "*"'
        ).format(name=name),
    )


def other_reader(place: str, asked: str, party: str) -> Refused:
    """A connection asks in the name of somebody else."""
    return _refused(
        place,
        _('this login cannot prove that it is "{asked}"; it speaks for {party}').format(
            asked=asked, party=party or _("no party")
        ),
    )


def other_recorder(place: str, name: str, party: str) -> Refused:
    """A login records in the name of somebody else."""
    return _refused(
        place,
        _(
            'this login cannot record as "{name}"; it speaks for {party}: write that, or'
            " PARTY/person for a person of it"
        ).format(name=name, party=party or _("no party")),
    )


def not_allowed(place: str) -> Refused:
    """The database refuses; it does not say what is there."""
    return _refused(place, _("this login may not do that"))


def busy(place: str) -> Refused:
    """Another writer does not end."""
    return _refused(
        place, _("somebody else has been writing for minutes; nothing was recorded, try again")
    )


def backup_differs(place: str, audience: str) -> CannotOpen:
    """A copy that is not what it was made from."""
    return _cannot(
        place,
        _('the copy differs from the record in the tree of "{audience}"; it was not kept').format(
            audience=audience
        ),
    )


def not_a_backup(place: str) -> CannotOpen:
    """A file that no backup has written, or a part of one."""
    return _cannot(place, _("this is no whole backup of a register"))


def not_empty(place: str) -> CannotOpen:
    """A restore needs room."""
    return _cannot(place, _("a backup is restored into an empty place only, and something is here"))


def no_reader_of_all(place: str) -> CannotOpen:
    """A backup needs a login that may read all."""
    return _cannot(
        place,
        _(
            "a backup needs a login that reads every statement: a superuser, or a role of its own"
            " with BYPASSRLS that may only read"
        ),
    )


def too_powerful(place: str, reason: str) -> CannotOpen:
    """The application must not be able to go around the rules."""
    return _cannot(
        place,
        _(
            "this login is {reason}, from whom the database cannot keep anything; open the register"
            " with the login of a party"
        ).format(reason=reason),
    )


def power(*, superuser: bool, owner: bool, bypass: bool) -> str:
    """Name what makes a login too powerful; empty where nothing does."""
    if superuser:
        return _("a superuser")
    if bypass:
        return _("a role with BYPASSRLS")
    return _("the owner of the tables") if owner else ""


def unknown_login(place: str, login: str) -> CannotOpen:
    """A login that nobody has admitted."""
    return _cannot(
        place,
        _(
            'the login "{login}" is not admitted to this register; whoever keeps it can do so'
        ).format(login=login),
    )


def not_administrator(place: str) -> CannotOpen:
    """Setting up needs rights that a party's login has not."""
    return _cannot(
        place,
        _(
            "setting up a register needs a login that may create roles and schemas; this one may"
            " not"
        ),
    )


def unknown_party(place: str, name: str, known: Iterable[str]) -> Refused:
    """A party that is not in the directory."""
    return _refused(
        place,
        _('there is no party "{name}"; {hint}').format(name=name, hint=or_suggest(name, known)),
    )


def unknown_item(place: str, name: str, known: Iterable[str]) -> Refused:
    """An item that is not in the directory."""
    return _refused(
        place,
        _('there is no item "{name}"; {hint}').format(name=name, hint=or_suggest(name, known)),
    )


def unknown_matter(place: str, name: str, known: Iterable[str]) -> Refused:
    """A matter that nothing in view is about: hidden or not there, the words are the same."""
    return _refused(
        place,
        _('nothing is said here of a matter "{name}"; {hint}').format(
            name=name, hint=or_suggest(name, known)
        ),
    )


def several_statements(place: str, identifier: str, found: list[str]) -> Refused:
    """The beginning of an id that several statements have."""
    return _refused(
        place,
        _("{count} statements begin with {id}: write more of it, as in {first}").format(
            count=len(found), id=identifier, first=min(found)
        ),
    )


def not_a_moment(text: str) -> str:
    """Say how a known-at time is written."""
    return _('"{text}" is no day and no time; write 2025-07-14 or 2025-07-14T18:30').format(
        text=text
    )


def known_in_the_future() -> str:
    """Say that nothing is known before now."""
    return _("is after now; write when it became known, or leave it empty")


def not_empty_for_sources(place: str) -> Refused:
    """Times of recording never go back."""
    return _refused(
        place,
        _(
            "something is recorded here already, and a record never goes back in time; times from"
            " sources go into an empty register, so make a new one, or import without"
            " --recorded-from-sources"
        ),
    )


def sources_need_everything(place: str) -> Refused:
    """Whether a register is empty, only somebody knows who may read everything."""
    return _refused(
        place,
        _(
            "times from sources go into an empty register, which only somebody makes who may read"
            " everything; leave out --as, or --recorded-from-sources"
        ),
    )


def no_checkpoint_yet(place: str, identifier: str) -> Refused:
    """A statement that is newer than every signature."""
    return _refused(
        place,
        _(
            "no checkpoint holds the statement {id} yet; make one with: ringtausch register"
            " checkpoint"
        ).format(id=identifier),
    )


def no_kept_checkpoint(path: str, identity: str) -> Refused:
    """A file of another register's checkpoints."""
    return _refused(
        path, _("holds no checkpoint of the register {identity}").format(identity=identity)
    )


def unsigned_checkpoint(path: str) -> Refused:
    """A checkpoint that no key of the register has signed."""
    return _refused(path, _("no key of this register has signed this checkpoint"))


def nothing_recorded(place: str) -> Refused:
    """Nothing to sign or to export."""
    return _refused(place, _("nothing is recorded here yet"))


def export_is_of_now(place: str) -> Refused:
    """The trees of an export are those that are signed."""
    return _refused(
        place,
        _("an export for audit is of the whole record; leave out --known-at, or write a table"),
    )
