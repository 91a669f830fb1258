"""Check an export of a register, offline: this file, Python's standard library and `cryptography`.

    python audit.py EXPORT [--checkpoint KEPT.txt] [--key VKEY] [--json]

Exit code 0: the export fits; 1: it does not; 2: it cannot be read. Nothing of the register's own code is
used. Checked is, in this order and up to the first place that does not fit:

1. Files: those of the format and no others; UTF-8, line feeds, canonical JSON, which has one spelling.
2. Keys: each but the first is signed by the one before; the one you trust (--key) is among them.
3. Checkpoints: signed by the key in force, growing, each naming the one before.
4. Trees: each leaf is SHA-256 of 0x00, version, salt and JSON; each root that a checkpoint names, here or
   in the file that you kept (--checkpoint), comes out of the leaves again (RFC 9162, section 2.1.1).
5. Statements: fields, unique ids, times that never go back, audiences, corrections, redactions.
6. Directory: the one that the newest checkpoint names.
7. Positions: what stands, and who wins with which quantity (rules 2, 3, 5, 6, 7 and 15 of the register).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import time
from base64 import b64decode, b64encode
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

__all__ = ["Finding", "Report", "audit", "figures", "main"]

FILES = {"register.json", "directory.json", "positions.json", "keys.txt"}
INSTANT = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z"
DAYS = re.compile(r"(\d{4})(?:-(?:(\d\d)(?:-(\d\d))?|Q([1-4])))?", re.ASCII)
START = rb'\{"hash":"([0-9a-f]{64})","index":(0|[1-9][0-9]{0,17}),'
LEAF = re.compile(START + rb'"payload":(\{.*\}),"salt":"([0-9a-f]{64})","version":1\}\n')
REDACTED = re.compile(START + rb'"redacted":true\}\n')
CHECKPOINT = re.compile(
    r"(?P<origin>[^\s+]+)\n(?P<size>0|[1-9][0-9]{0,17})\n(?P<root>[A-Za-z0-9+/]{43}=)\n"
    rf"time (?P<time>{INSTANT})\ndirectory (?P<directory>[0-9a-f]{{64}})\n"
    r"(?:previous (?P<previous>[0-9a-f]{64})\n)?"
)
NEW_KEY = re.compile(rf"(?P<origin>\S+)/keys\n(?P<key>\S+)\ntime (?P<since>{INSTANT})\n")
#: Fields of each kind of object, those that it must have before the bar.
SHAPES = {
    "register": "format hash_version origin trees |",
    "tree": "name readers size |",
    "positions": "as_of counts strict tracker |",
    "redaction": "approved_by hash id reason recorded_at recorded_by redacts |",
    "source": "rank | address date publisher sha256 title",
    "statement": "id kind matter milestone recorded_at recorded_by said_by source | basis chain"
    " condition corrects currency event giver item method note part_of quantity reason receiver said_on"
    " same_as share terms true_on until value value_currency value_document visibility",
}
UNKNOWN, WHAT = [0, None], {"condition", "currency", "item", "quantity"}
#: Milestones that are the receiver's act; those of SAYERS are whoever's who says them, others the giver's.
RECEIVERS = {
    "request asked", "transfer requested", "transfer received", "transfer returned", "consent asked",
    "replacement accepted", "replacement waived", "replacement substituted", "replacement disputed",
    "contribution paid_in", "contribution refunded", "payment due", "payment refunded",
}  # fmt: skip
SAYERS = {"total", "rate", "package", "lost", "void", "linked"}
RULES = {"strict": {1, 2}, "tracker": {1, 2, 3, 4, 5, 6}}

Row = dict[str, Any]  # an object of the export, or a checkpoint with its `place`
Place = tuple[str, int]  # a file and a line of it, counted from 1
Key = tuple[str, str, bytes, str]  # name, id, public key, from when on it is in force


@dataclass
class Finding(Exception):  # noqa: N818 - says what it is
    """The first place that does not fit: where, what, what should stand there, what does."""

    place: Place
    what: str
    expected: str
    found: str
    unusable: bool = False  # it cannot be read, rather than being wrong

    def __str__(self) -> str:
        """Write the place first, the way compilers do."""
        place = ":".join(str(part) for part in self.place if part)
        return f"{place}: {self.what}: expected {self.expected}, found {self.found}"


@dataclass
class Report:
    """What was checked: trees (size, root, checkpoints), counts, seconds, and the finding if any."""

    trees: dict[str, Row] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    finding: Finding | None = None


def audit(path: Path | str, *, checkpoint: Path | str = "", key: str = "") -> Report:
    """Audit an export; `checkpoint` is a file of notes that you kept, `key` the public key you trust."""
    report = Report()
    try:
        _audit(Path(path), Path(checkpoint), key, report)
    except Finding as finding:
        report.finding = finding.with_traceback(None)
    except (OSError, LookupError, TypeError, ValueError, AttributeError) as wrong:
        place = (Path(getattr(wrong, "filename", None) or path).name, 0)
        found = str(getattr(wrong, "strerror", None) or wrong)
        report.finding = Finding(place, "content", "that of the format", found, unusable=True)
    return report


def _audit(path: Path, file: Path, trusted: str, report: Report) -> None:
    origin, trees = _register(path)
    keys = _keys(path, origin, trusted)
    signed: dict[str, list[Row]] = {}
    for tree in trees:
        signed[tree] = _checkpoints(path, f"checkpoints/{tree}.txt", [f"{origin}/{tree}"], keys)
    origins = [f"{origin}/{tree}" for tree in trees]
    kept = _checkpoints(file.parent, file.name, origins, keys) if file.name else []
    clock, said = [time.perf_counter()], dict[str, Row]()
    for tree, row in trees.items():
        notes = [note for note in kept if note["origin"] == f"{origin}/{tree}"] + signed[tree]
        root = _tree(path, f"trees/{tree}.jsonl", row["size"], notes)
        report.trees[tree] = {"size": row["size"], "root": root, "checkpoints": len(signed[tree])}
    clock.append(time.perf_counter())
    for tree, row in trees.items():
        _statements(path, row, signed[tree], said)
    clock.append(time.perf_counter())
    newest = max((note for notes in signed.values() for note in notes), key=lambda one: one["time"])
    _positions(path, list(said.values()), newest["directory"])
    clock.append(time.perf_counter())
    names = ("trees", "statements", "positions")
    report.seconds = {name: b - a for name, (a, b) in zip(names, pairwise(clock), strict=True)}
    report.counts = {"statements": len(said), "keys": len(keys), "kept checkpoints": len(kept)}


def _hold(fits: object, place: Place, what: str, *pair: Any, unusable: bool = False) -> None:
    """Go on if something fits, else stop with what was expected and found."""
    if not fits:
        raise Finding(place, what, str(pair[0]), str(pair[1]), unusable)


def _register(path: Path) -> tuple[str, dict[str, Row]]:
    place = ("register.json", 1)
    row = _json(place, _read(path, place[0]))
    _shape(place, row, "register")
    for what in ("format", "hash_version"):
        _hold(row[what] == 1, place, what, "1, known here", row[what], unusable=True)
    trees: dict[str, Row] = {}
    wanted = set(FILES)
    for tree in row["trees"]:
        _shape(place, tree, "tree")
        readers = tree["readers"]
        name = f"named-{hashlib.sha256(ENCODER.encode(readers).encode()).hexdigest()[:32]}"
        name = readers[0] if readers in (["public"], ["coalition"]) else name
        _hold(tree["name"] == name, place, f"name of the tree of {readers}", name, tree["name"])
        _hold(name not in trees, place, "trees", "each once", name)
        trees[name] = tree
        wanted |= {f"trees/{name}.jsonl", f"checkpoints/{name}.txt"}
    there = {one.relative_to(path).as_posix() for one in path.rglob("*") if not one.is_dir()}
    for file in sorted(wanted ^ there):
        _hold(file in there, (file, 0), "file", "one of the format", "none", unusable=True)
        _hold(file in wanted, (file, 0), "file", "none, as the format has no such one", "one")
    return row["origin"], trees


def _lines(path: Path, name: str) -> Iterator[tuple[Place, bytes]]:
    """Go through the lines of a file: UTF-8 without a mark, line feeds, the last one whole."""
    with (path / name).open("rb") as file:
        for number, line in enumerate(file, start=1):
            place = (name, number)
            try:
                line.isascii() or line.decode()
            except UnicodeDecodeError as wrong:
                found = f"{line[wrong.start]:#x} in column {wrong.start + 1}"
                raise Finding(place, "bytes", "UTF-8", found, unusable=True) from None
            _hold(line[:3] != b"\xef\xbb\xbf", place, "first bytes", "no byte order mark", "one")
            _hold(line[-2:] != b"\r\n", place, "end of line", "a line feed", "a return before it")
            _hold(line[-1:] == b"\n", place, "end of file", "a whole line", "half", unusable=True)
            yield place, line


def _read(path: Path, name: str) -> bytes:
    return b"".join(line for _place, line in _lines(path, name))


DECODER = json.JSONDecoder(parse_float=int, parse_constant=int)
ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _json(place: Place, raw: bytes) -> Any:
    """Read JSON in its one spelling, which also keeps a name from standing twice in an object."""
    text = raw.decode().removesuffix("\n")
    try:
        value = DECODER.decode(text)
        spelled = ENCODER.encode(value)
        spelled.encode()
    except json.JSONDecodeError as wrong:
        raise Finding(place, "JSON", "JSON", f"{wrong.msg} in column {wrong.colno}") from None
    except (ValueError, RecursionError):
        raise Finding(place, "JSON", "whole numbers, Unicode, few levels", "others") from None
    if spelled != text:
        pairs = enumerate(zip(f"{spelled}.", f"{text}.", strict=False))
        at = next(at for at, (one, other) in pairs if one != other)
        raise Finding(place, f"column {at + 1}", repr(spelled[at:][:20]), repr(text[at:][:20]))
    return value


def _shape(place: Place, row: Any, shape: str) -> None:
    _hold(type(row) is dict, place, shape, "an object", type(row).__name__)
    needed, more = (set(names.split()) for names in SHAPES[shape].split("|"))
    wrong = sorted((needed - row.keys()) | (row.keys() - needed - more))
    _hold(not wrong, place, f"fields of a {shape}", "those of the format", f"more or less: {wrong}")


def _notes(path: Path, name: str, skip: int = 0) -> Iterator[tuple[Place, str, str]]:
    """Take notes apart: a text, an empty line, its signatures, and an empty line before the next."""
    parts = _read(path, name).decode()[:-1].split("\n\n")[skip:]
    at = 1 + 2 * skip
    for text, signatures in zip(parts[::2], [*parts[1::2], ""], strict=False):
        fits = text and re.fullmatch(r"(— \S+ [A-Za-z0-9+/]+=*(\n(?!$)|$))+", signatures)
        _hold(fits, (name, at), "note", "a text and its signatures", repr(text[:40]))
        yield (name, at), f"{text}\n", signatures
        at += text.count("\n") + signatures.count("\n") + 4


def _base64(text: str) -> bytes:
    with suppress(ValueError):
        return b64decode(text, validate=True)
    return b""


def _key(place: Place, text: str, since: str = "") -> Key:
    name, _identifier, key = (*text.split("+", 2), "", "")[:3]
    raw = _base64(key)
    mine = hashlib.sha256(f"{name}\n".encode() + raw).hexdigest()[:8]
    fits = len(raw) == 33 and raw[0] == 1 and text == f"{name}+{mine}+{b64encode(raw).decode()}"
    _hold(fits, place, "key", "NAME+ID+KEY for Ed25519, the id its own", repr(text[:40]))
    return name, mine, raw[1:], since


def _signed(place: Place, text: str, signatures: str, key: Key) -> None:
    (name, identifier, public, _since), at = key, place[1] + text.count("\n") + 1
    for number, line in enumerate(signatures.split("\n"), start=at):
        raw = _base64(line.rpartition(" ")[2])
        if line == f"— {name} {b64encode(raw).decode()}" and raw[:4].hex() == identifier:
            with suppress(InvalidSignature, ValueError):
                return Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], text.encode())
            _hold(0, (place[0], number), "signature", "one of this text", "another")
    return _hold(0, (place[0], at), "signature", f"one of {name}+{identifier}", "none")


def _keys(path: Path, origin: str, trusted: str) -> list[Key]:
    """Read the first key and those that replaced it, each signed by the one before and by itself."""
    name = "keys.txt"
    first, *more = _read(path, name).decode()[:-1].split("\n\n")
    keys = [_key((name, 1), first)]
    for place, text, signatures in _notes(path, name, skip=1) if more else ():
        new = found.groupdict() if (found := NEW_KEY.fullmatch(text)) else {}
        fits = new and new["origin"] == origin and new["since"] > keys[-1][3]
        _hold(fits, place, "new key", f"{origin}/keys, a key, a later time", repr(text[:40]))
        keys.append(_key((name, place[1] + 1), new["key"], new["since"]))
        for key in keys[-2:]:
            _signed(place, text, signatures, key)
    if trusted and (wanted := _key(("--key", 0), trusted))[:3] not in {key[:3] for key in keys}:
        mine = " and ".join("+".join(key[:2]) for key in keys)
        raise Finding((name, 1), "key", f"{'+'.join(wanted[:2])} among them", mine)
    return keys


def _checkpoints(path: Path, file: str, origins: list[str], keys: list[Key]) -> list[Row]:
    """Read notes; those of an export are chained: growing, and each names the hash of the one before."""
    notes: list[Row] = []
    for place, text, signatures in _notes(path, file):
        note: Row = found.groupdict() if (found := CHECKPOINT.fullmatch(text)) else {}
        _hold(note, place, "note", "origin, size, root, time, directory", repr(text[:60]))
        _hold(note["origin"] in origins, place, "origin", " or ".join(origins), note["origin"])
        _signed(place, text, signatures, [key for key in keys if key[3] <= note["time"]][-1])
        note |= {"size": int(note["size"]), "place": place}
        last = notes[-1] if notes else {"digest": "none", "size": 0, "time": ""}
        if file.startswith("checkpoints/"):
            digest, previous = last["digest"], note["previous"] or "none"
            _hold(previous == digest, place, "previous", digest, previous)
            for name in ("size", "time"):
                _hold(note[name] >= last[name], place, name, f"{last[name]} or more", note[name])
        notes.append(note | {"digest": hashlib.sha256(text.encode()).hexdigest()})
    return notes


def _tree(path: Path, file: str, listed: int, notes: list[Row]) -> str:
    """Hash every leaf and compare every root; `full` are the roots of full subtrees, largest first."""
    full: list[bytes] = []
    roots, sizes, done, fitting = {0: _root(full)}, {note["size"] for note in notes}, 0, 0
    for place, line in _lines(path, file):
        if found := LEAF.fullmatch(line):
            salted = b"\x00\x01" + bytes.fromhex(found[4].decode()) + found[3]
            computed = hashlib.sha256(salted).hexdigest()
            _hold(computed == found[1].decode(), place, "leaf hash", computed, found[1].decode())
        elif not (found := REDACTED.fullmatch(line)):
            _json(place, line)
            expected = "hash, index, payload, salt, version 1; or hash, index, redacted"
            raise Finding(place, "leaf", expected, repr(line.decode()[:60]))
        _hold(int(found[2]) == done, place, "index", done, int(found[2]))
        node, carry = bytes.fromhex(found[1].decode()), done
        while carry & 1:
            node, carry = hashlib.sha256(b"\x01" + full.pop() + node).digest(), carry >> 1
        full.append(node)
        done += 1
        if done in sizes:
            roots[done] = _root(full)
    for note in sorted(notes, key=lambda note: note["size"]):
        size, (name, line) = note["size"], note["place"]
        _hold(size <= done, (file, done), "leaves", f"{size}, as signed", done)
        what, signed = f"root of lines 1 to {size}", f"{note['root']} of {name}:{line + 2}"
        _hold(roots[size] == note["root"], (file, fitting + 1), what, signed, roots[size])
        fitting = size
    _hold(fitting == done, (file, fitting + 1), "leaves", f"{fitting}, as signed", done)
    _hold(listed == done, ("register.json", 1), f"size of {file}", done, repr(listed))
    return _root(full)


def _root(full: list[bytes]) -> str:
    """Hash the full subtrees together, from the right."""
    node = full[-1] if full else hashlib.sha256(b"").digest()
    for left in reversed(full[:-1]):
        node = hashlib.sha256(b"\x01" + left + node).digest()
    return b64encode(node).decode()


def _statements(path: Path, tree: Row, notes: list[Row], said: dict[str, Row]) -> None:
    redacted: dict[int, tuple[str, Place]] = {}  # by index
    records: dict[int, str] = {}  # of redactions: the id of the statement, by index
    pending: dict[str, Place] = {}  # corrections of what is no statement here (any more)
    before, note = "", notes[0]
    for place, line in _lines(path, f"trees/{tree['name']}.jsonl"):
        row = _json(place, line)
        if "redacted" in row:
            redacted[row["index"]] = row["hash"], place
            continue
        if place[1] > note["size"]:
            note = next(some for some in notes if some["size"] >= place[1])
        kind = row["payload"].get("type")
        fits = kind in {"statement", "redaction"} and row["payload"].keys() == {"type", kind}
        _hold(fits, place, "payload", "a statement or a redaction", sorted(row["payload"]))
        _shape(place, one := row["payload"][kind], kind)
        moment, times = one["recorded_at"], f"a time from {before or 'any'} to {note['time']}"
        fits = re.fullmatch(INSTANT, moment) and before <= moment <= note["time"]
        _hold(fits, place, "recorded_at", times, before := moment)
        if kind == "redaction":
            fits = redacted.get(one["redacts"], place)[0] == one["hash"]
            _hold(fits, place, "redacts", "an earlier leaf, redacted, of that hash", one["redacts"])
            records[one["redacts"]] = one["id"]
            continue
        _hold(one["id"] not in said, place, "id", "one that nothing else has", one["id"])
        visible = sorted(one.get("visibility", ["public"]))
        _hold(visible == tree["readers"], place, "visibility", tree["readers"], visible)
        _shape(place, one["source"], "source")
        try:
            _order(one, 0)
        except (ValueError, TypeError) as wrong:
            raise Finding(place, "date or quantity", "one of the format", str(wrong)) from None
        said[one["id"]] = one
        other = said.get(one.get("corrects", ""), one)
        for name in ("recorded_by", "matter", "visibility"):
            was, now = other.get(name), one.get(name)
            _hold(was == now, place, f"{name} of a correction", was, now)
        if "corrects" in one and other is one:
            pending.setdefault(one["corrects"], place)
    for index, (_hash, at) in redacted.items():
        _hold(index in records, at, "redacted leaf", "a later record of it", "none")
    for identifier, at in pending.items():
        _hold(identifier in records.values(), at, "corrects", "a statement before", identifier)


def _positions(path: Path, said: list[Row], signed: str) -> None:
    raw, place = _read(path, "directory.json"), ("directory.json", 1)
    found = hashlib.sha256(raw).hexdigest()
    _hold(found == signed, place, "SHA-256", f"{signed}, as signed", found)
    parties, place = _json(place, raw)["parties"], ("positions.json", 1)
    keepers = {party["name"]: party["keeper"] for party in parties if party["keeper"]}
    rows = _json(place, _read(path, place[0]))
    _shape(place, rows, "positions")
    for what, expected in figures(said, keepers, date.fromisoformat(rows["as_of"])).items():
        pairs = zip_longest(expected, rows[what])
        one, other = next(((one, other) for one, other in pairs if one != other), ("", ""))
        _hold(one == other, place, what, ENCODER.encode(one), ENCODER.encode(other))


def figures(said: list[Row], keepers: dict[str, str], as_of: date) -> dict[str, list[Any]]:
    """Compute what stands (rule 3), and of each rule the winner of `what` of each fact (rules 5 to 7)."""
    corrected = {one.get("corrects") for one in said}
    standing = [one for one in said if one["id"] not in corrected and one["milestone"] != "void"]
    counts = Counter((one["matter"], one["milestone"]) for one in standing)
    found: dict[str, list[Any]] = {"counts": [[*key, n] for key, n in sorted(counts.items())]}
    found |= {rule: [] for rule in RULES}
    for name, (kind, statements) in _classes(standing).items():
        ranked = _ranked(statements, keepers)
        for rule, ranks in RULES.items():
            facts = defaultdict(list)
            for order, one in ranked:
                fits = order[0] in ranks and -order[2] <= as_of.toordinal() and one["kind"] == kind
                if fits and one["milestone"] != "linked":
                    facts[one["milestone"], one.get("event", "")].append((order[0], one))
            for key, some in sorted(facts.items()):
                filling = [one for one in some if WHAT & one[1].keys()]
                known = [one for one in filling if one[1].get("quantity", UNKNOWN) != UNKNOWN]
                best, one = (known or filling or [(some[0][0], {"id": ""})])[0]
                found[rule].append([name, *key, best, one.get("quantity", UNKNOWN), one["id"]])
    return found


def _classes(standing: list[Row]) -> dict[str, tuple[str, list[Row]]]:
    """Put matters that are the same together, under their smallest name, with its kind (rule 15)."""
    ordered = sorted(standing, key=lambda one: _order(one, one["source"]["rank"]))
    kinds = {one["matter"]: one["kind"] for one in reversed(ordered)}
    groups = {matter: [matter] for matter in kinds}
    for one in ordered:
        kind, other = kinds[one["matter"]], one.get("same_as")
        if other and kinds.setdefault(other, kind) == kind:
            group = sorted({*groups[one["matter"]], *groups.get(other, [other])})
            groups |= dict.fromkeys(group, group)
    found: dict[str, tuple[str, list[Row]]] = {}
    for one in sorted(ordered, key=lambda one: (groups[one["matter"]][0], one["matter"])):
        name = groups[one["matter"]][0]
        found.setdefault(name, (kinds[one["matter"]], []))[1].append(one)
    return found


def _ranked(statements: list[Row], keepers: dict[str, str]) -> list[tuple[Any, Row]]:
    """Order by rank (rules 5 and 6); the best that names a side names it for those that do not."""
    sides = ["", "", ""]
    for _last in range(2):
        ranked = sorted((_order(one, _rank(one, sides, keepers)), one) for one in statements)
        for _order_of_it, one in ranked:
            mine = one.get("giver"), one.get("receiver"), one.get("terms", {}).get("replacer")
            sides = [side or name or "" for side, name in zip(sides, mine, strict=True)]
    return ranked


def _rank(one: Row, of_matter: list[str], keepers: dict[str, str]) -> int:
    """Class relative to the act: the acting party's as it is, the other side's 3 at best, others' 4."""
    rank, act, sayer = one["source"]["rank"], f"{one['kind']} {one['milestone']}", one["said_by"]
    if rank > 4 or SAYERS & {one["kind"], one["milestone"]}:
        return int(rank)
    giver, receiver = one.get("giver") or of_matter[0], one.get("receiver") or of_matter[1]
    replacer = one.get("terms", {}).get("replacer") or of_matter[2]
    givers, receivers = ({side, keepers.get(side, side)} for side in (giver, receiver))
    givers |= {replacer} if one["kind"] == "replacement" else set()
    acting, other = (receivers, givers) if act in RECEIVERS else (givers, receivers)
    return int(rank) if sayer in acting - {""} else max(rank, 3 if sayer in other - {""} else 4)


def _order(one: Row, rank: int) -> tuple[Any, ...]:
    """What rule 5 compares: class, newest said, newest true, least claimed, id."""
    said = _day(one.get("said_on") or one["source"].get("date", ""), one["recorded_at"])
    true = _day(one["true_on"], one["recorded_at"]) if one.get("true_on") else said
    least, most = one.get("quantity", UNKNOWN)
    return rank, -said, -true, least, most is None, most or 0, one["id"]


@lru_cache(maxsize=65536)
def _day(text: str, recorded_at: str) -> int:
    """Return the last day of a text, or that of recording if earlier, as a number (rule 2)."""
    if not text:
        return 1
    if not (found := DAYS.fullmatch(text)):
        raise ValueError(text)
    year, month = int(found[1]), int(found[2] or 3 * int(found[4] or 4))
    day = date(year, month, int(found[3] or monthrange(year, month)[1]))
    return min(day, date.fromisoformat(recorded_at[:10])).toordinal()


def main(arguments: Sequence[str] | None = None) -> int:
    """Audit an export from the command line."""
    parser = argparse.ArgumentParser(prog="audit", description="Check an export of a register.")
    parser.add_argument("export")
    parser.add_argument("--checkpoint", default="", help="a file of checkpoints that you kept")
    parser.add_argument("--key", default="", help="the public key that you trust")
    parser.add_argument("--json", action="store_true", help="all that was checked, as JSON")
    asked = parser.parse_args(arguments)
    report = audit(asked.export, checkpoint=asked.checkpoint, key=asked.key)
    trees = (f"{row['size']} leaves under {row['root']}" for row in report.trees.values())
    text = str(report.finding or "\n".join([f"The export fits: {report.counts}", *trees]))
    text = json.dumps(asdict(report)) if asked.json else text
    sys.stdout.write(f"{text}\n")
    return 0 if report.finding is None else 1 + report.finding.unusable


if __name__ == "__main__":
    sys.exit(main())
