"""An export that was tampered with is found out, with the first place that does not fit."""

from __future__ import annotations

import ast
import dataclasses
import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ringtausch.register import audit as the_audit
from ringtausch.register.audit import audit, main
from ringtausch.register.rule import STRICT, TRACKER
from ringtausch.register.statement import Source, Statement
from ringtausch.register.trust.canonical import Redaction, leaf_of
from ringtausch.register.trust.exporting import leaf_line, write_export
from ringtausch.register.vocabulary import KINDS, actor, milestones
from tests.register.tampering import (
    PUBLIC,
    SECRET,
    SIGNED,
    STRANGER,
    Tamper,
    changed,
    edit,
    extra,
    forged,
    moved,
    notes,
    numbered,
    raw,
    rehashed,
    remove,
    renamed,
    rows,
    trusting,
    undone,
)
from tests.register.trust.exports import (
    NEW,
    OLD,
    STATEMENTS,
    said,
    small_register,
    write_small_export,
)

# fmt: off
CASES: list[tuple[str, Tamper, int, str]] = [
    # A statement is changed.
    ("text", edit(PUBLIC, "öffentlich", "öffentlicH"), 1, "trees/public.jsonl:1: leaf hash: expected #, found #"),
    ("matter", edit(PUBLIC, "DEU-1", "DEU-2"), 1, "trees/public.jsonl:1: leaf hash: expected #, found #"),
    ("quantity", edit(PUBLIC, "[2000,2000]", "[2000,2001]"), 1, "trees/public.jsonl:1: leaf hash: expected #, found #"),
    ("unknown made known", edit(PUBLIC, "[3000,null]", "[3000,3000]"), 1, "trees/public.jsonl:2: leaf hash: expected #, found #"),
    ("giver", edit(PUBLIC, '"giver":"DEU"', '"giver":"POL"'), 1, "trees/public.jsonl:1: leaf hash: expected #, found #"),
    ("date", edit(PUBLIC, '"date":"2025-06-02"', '"date":"2025-06-03"'), 1, "trees/public.jsonl:1: leaf hash: expected #, found #"),
    ("time of recording", edit(PUBLIC, "2025-07-01T10", "2025-07-01T11"), 1, "trees/public.jsonl:1: leaf hash: expected #, found #"),
    ("id", edit(PUBLIC, f"{1:032x}", f"{9:032x}"), 1, "trees/public.jsonl:1: leaf hash: expected #, found #"),
    ("class of the source", edit(PUBLIC, '"rank":5', '"rank":1'), 1, "trees/public.jsonl:2: leaf hash: expected #, found #"),
    ("correction", edit(PUBLIC, '"corrects":', '"correctz":'), 1, "trees/public.jsonl:3: leaf hash: expected #, found #"),
    ("type", edit(PUBLIC, '"type":"statement"', '"type":"redaction"'), 1, "trees/public.jsonl:1: leaf hash: expected #, found #"),
    ("visibility", edit(SECRET, '"visibility":["DEU","POL"]', '"visibility":["DEU","UKR"]'), 1, "trees/named-c87517b1f4fbe3941c200a326c1f467d.jsonl:2: leaf hash: expected #, found #"),
    ("salt", edit(PUBLIC, '"salt":"f7', '"salt":"f8'), 1, "trees/public.jsonl:1: leaf hash: expected #, found #"),
    ("leaf hash", edit(PUBLIC, '{"hash":"e1', '{"hash":"e2'), 1, "trees/public.jsonl:1: leaf hash: expected #, found #"),
    ("version of a leaf", edit(PUBLIC, '"version":1}', '"version":2}'), 1, 'trees/public.jsonl:1: leaf: expected hash, index, payload, salt, version 1; or hash, index, redacted, found \'{"hash":"e17250b876205aa15d3b029a6a73994717d867f89035c0d2927\''),
    ("statement with its hash", rehashed, 1, "trees/public.jsonl:1: root of lines 1 to 5: expected # of checkpoints/public.txt:3, found #"),
    # Rows are dropped, moved, added.
    ("dropped tail", rows(PUBLIC, lambda lines: lines[:-1]), 1, "trees/public.jsonl:6: leaves: expected 7, as signed, found 6"),
    ("dropped all", rows(PUBLIC, lambda _lines: []), 1, "trees/public.jsonl: leaves: expected 5, as signed, found 0"),
    ("dropped in the middle", rows(PUBLIC, lambda lines: lines[:2] + lines[3:]), 1, "trees/public.jsonl:3: index: expected 2, found 3"),
    ("dropped and renumbered", rows(PUBLIC, lambda lines: numbered(lines[:2] + lines[3:])), 1, "trees/public.jsonl:1: root of lines 1 to 5: expected # of checkpoints/public.txt:3, found #"),
    ("swapped", rows(PUBLIC, lambda lines: [lines[0], lines[2], lines[1], *lines[3:]]), 1, "trees/public.jsonl:2: index: expected 1, found 2"),
    ("swapped and renumbered", rows(PUBLIC, lambda lines: numbered([lines[0], lines[2], lines[1], *lines[3:]])), 1, "trees/public.jsonl:1: root of lines 1 to 5: expected # of checkpoints/public.txt:3, found #"),
    ("twice", rows(PUBLIC, lambda lines: [*lines[:2], lines[1], *lines[2:]]), 1, "trees/public.jsonl:3: index: expected 2, found 1"),
    ("twice and renumbered", rows(PUBLIC, lambda lines: numbered([*lines[:2], lines[1], *lines[2:]])), 1, "trees/public.jsonl:1: root of lines 1 to 5: expected # of checkpoints/public.txt:3, found #"),
    ("inserted", rows(PUBLIC, lambda lines: [leaf_line(0, leaf_of(said(40), bytes(32))), *lines]), 1, "trees/public.jsonl:2: index: expected 1, found 0"),
    ("added", rows(PUBLIC, lambda lines: [*lines, leaf_line(7, leaf_of(said(40), bytes(32)))]), 1, "trees/public.jsonl:8: leaves: expected 7, as signed, found 8"),
    ("index", edit(PUBLIC, '"index":3', '"index":4'), 1, "trees/public.jsonl:4: index: expected 3, found 4"),
    ("to another tree", moved, 1, "trees/public.jsonl:8: leaves: expected 7, as signed, found 8"),
    ("to another tree by the register", forged(*changed(6, visibility=("public",)), kept=True), 1, "trees/public.jsonl:7: root of lines 1 to 7: expected # of kept.txt:11, found #"),
    # Redactions.
    ("redaction undone", undone, 1, "trees/named-c87517b1f4fbe3941c200a326c1f467d.jsonl:4: redacts: expected an earlier leaf, redacted, of that hash, found 0"),
    ("redacted without a record", rows(PUBLIC, lambda lines: [lines[0].split(b'"payload"')[0] + b'"redacted":true}\n', *lines[1:]]), 1, "trees/public.jsonl:1: redacted leaf: expected a later record of it, found none"),
    ("record of a redaction", edit(SECRET, "board", "bored"), 1, "trees/named-c87517b1f4fbe3941c200a326c1f467d.jsonl:4: leaf hash: expected #, found #"),
    # Checkpoints and keys.
    ("size of a checkpoint", edit(SIGNED, "\n7\n", "\n6\n"), 1, "checkpoints/public.txt:16: signature: expected one of this text, found another"),
    ("root of a checkpoint", edit(SIGNED, "kNEt", "kNEu"), 1, "checkpoints/public.txt:16: signature: expected one of this text, found another"),
    ("time of a checkpoint", edit(SIGNED, "07-20T10", "07-20T11"), 1, "checkpoints/public.txt:7: signature: expected one of this text, found another"),
    ("directory of a checkpoint", edit(SIGNED, "directory 67", "directory 68"), 1, "checkpoints/public.txt:7: signature: expected one of this text, found another"),
    ("signature", edit(SIGNED, "aSOn7ir", "aSOn7is"), 1, "checkpoints/public.txt:7: signature: expected one of this text, found another"),
    ("key of a signature", edit(SIGNED, "aSOn7ir", "aSOm7ir"), 1, "checkpoints/public.txt:7: signature: expected one of example.org/register+6923a7ee, found none"),
    ("no signature", notes(lambda some: [some[0].split(b"\n\n")[0], some[1]]), 1, "checkpoints/public.txt:1: note: expected a text and its signatures, found 'example.org/register/public\\n5\\n0jSN07V1Lg'"),
    ("checkpoint of another tree", raw(SIGNED, lambda content: content.replace(b"register/public", b"register/coalition")), 1, "checkpoints/public.txt:1: origin: expected example.org/register/public, found example.org/register/coalition"),
    ("reordered checkpoints", notes(lambda some: some[::-1]), 1, "checkpoints/public.txt:1: previous: expected none, found #"),
    ("dropped first checkpoint", notes(lambda some: some[1:]), 1, "checkpoints/public.txt:1: previous: expected none, found #"),
    ("dropped last checkpoint", notes(lambda some: some[:1]), 1, "trees/public.jsonl:6: leaves: expected 5, as signed, found 7"),
    ("no checkpoints", raw(SIGNED, lambda _content: b""), 1, "checkpoints/public.txt:1: note: expected a text and its signatures, found ''"),
    ("removed checkpoints", remove(SIGNED), 2, "checkpoints/public.txt: file: expected one of the format, found none"),
    ("replaced first key", edit("keys.txt", str(OLD.verifying), str(STRANGER.verifying)), 1, "keys.txt:7: signature: expected one of example.org/register+e5fe136c, found none"),
    ("replaced new key", edit("keys.txt", str(NEW.verifying), str(STRANGER.verifying)), 1, "keys.txt:7: signature: expected one of this text, found another"),
    ("dropped new key", rows("keys.txt", lambda lines: lines[:1]), 1, "checkpoints/public.txt:16: signature: expected one of example.org/register+6923a7ee, found none"),
    ("key in another name", edit("keys.txt", "example.org", "example.com"), 1, "keys.txt:1: key: expected NAME+ID+KEY for Ed25519, the id its own, found 'example.com/register+6923a7ee+AYqI4910Cf'"),
    ("no key", raw("keys.txt", lambda _content: b""), 1, "keys.txt:1: key: expected NAME+ID+KEY for Ed25519, the id its own, found ''"),
    ("time of a new key", edit("keys.txt", "time 2025-08", "time 2025-07"), 1, "keys.txt:7: signature: expected one of this text, found another"),
    ("signed by a stranger, the key is known", forged(*STATEMENTS, keys=(STRANGER,), key=OLD), 1, "keys.txt:1: key: expected example.org/register+6923a7ee among them, found example.org/register+e5fe136c"),
    ("signed by a stranger, a checkpoint was kept", forged(*STATEMENTS, keys=(STRANGER,), kept=True), 1, "kept.txt:7: signature: expected one of example.org/register+e5fe136c, found none"),
    ("a key that is trusted and absent", trusting(STRANGER), 1, "keys.txt:1: key: expected example.org/register+e5fe136c among them, found example.org/register+6923a7ee and example.org/register+622c6b3e"),
    ("history rewritten by the register", forged(*changed(1, note="other"), kept=True), 1, "trees/public.jsonl:1: root of lines 1 to 5: expected # of kept.txt:3, found #"),
    ("tail dropped by the register", forged(*STATEMENTS[:9], kept=True), 1, "trees/public.jsonl:5: leaves: expected 7, as signed, found 5"),
    # The register signs what breaks its own rules.
    ("time that goes back", forged(*changed(3, recorded_at="2025-07-01T00:00:00.000000Z")), 1, "trees/public.jsonl:3: recorded_at: expected a time from 2025-07-02T10:00:00.000000Z to 2025-07-20T10:00:00.000000Z, found 2025-07-01T00:00:00.000000Z"),
    ("time after its checkpoint", forged(*changed(9, recorded_at="2025-07-21T00:00:00.000000Z")), 1, "trees/named-c87517b1f4fbe3941c200a326c1f467d.jsonl:2: recorded_at: expected a time from any to 2025-07-20T10:00:00.000000Z, found 2025-07-21T00:00:00.000000Z"),
    ("time that is none", forged(*changed(9, recorded_at="2025-07-19")), 1, "trees/named-c87517b1f4fbe3941c200a326c1f467d.jsonl:2: recorded_at: expected a time from any to 2025-07-20T10:00:00.000000Z, found 2025-07-19"),
    ("id that is used twice", forged(*changed(2, id=f"{1:032x}")), 1, "trees/public.jsonl:2: id: expected one that nothing else has, found 00000000000000000000000000000001"),
    ("id that is used in another tree", forged(*changed(6, id=f"{1:032x}")), 1, "trees/coalition.jsonl:1: id: expected one that nothing else has, found 00000000000000000000000000000001"),
    ("correction by another", forged(*changed(3, recorded_by="other")), 1, "trees/public.jsonl:3: recorded_by of a correction: expected desk, found other"),
    ("correction of another matter", forged(*changed(3, matter="DEU-7")), 1, "trees/public.jsonl:3: matter of a correction: expected DEU-1, found DEU-7"),
    ("correction of nothing", forged(*changed(3, corrects="0" * 32)), 1, "trees/public.jsonl:3: corrects: expected a statement before, found 00000000000000000000000000000000"),
    ("correction of what comes later", forged(*changed(3, corrects=f"{4:032x}")), 1, "trees/public.jsonl:3: corrects: expected a statement before, found 00000000000000000000000000000004"),
    ("date that is none", forged(*changed(4, true_on="2025-13")), 1, "trees/public.jsonl:4: date or quantity: expected one of the format, found bad month number 13; must be 1-12"),
    # Directory, positions, the list of trees, files.
    ("directory", edit("directory.json", "Germany", "Germanz"), 1, "directory.json:1: SHA-256: expected #, as signed, found #"),
    ("keeper of a pool", edit("directory.json", '"keeper":"UKR"', '"keeper":"DEU"'), 1, "directory.json:1: SHA-256: expected #, as signed, found #"),
    ("position", edit("positions.json", "[1000,1000]", "[1000,1001]"), 1, 'positions.json:1: strict: expected ["DEU-1","handed_over","second",2,[1000,1000],"00000000000000000000000000000021"], found ["DEU-1","handed_over","second",2,[1000,1001],"00000000000000000000000000000021"]'),
    ("winner", edit("positions.json", f"{6:032x}", f"{3:032x}"), 1, 'positions.json:1: strict: expected ["DEU-1","pledged","",2,[2000,2000],"00000000000000000000000000000006"], found ["DEU-1","pledged","",2,[2000,2000],"00000000000000000000000000000003"]'),
    ("count", edit("positions.json", '"handed_over",2]', '"handed_over",3]'), 1, 'positions.json:1: counts: expected ["DEU-1","handed_over",2], found ["DEU-1","handed_over",3]'),
    ("dropped position", edit("positions.json", '["DEU-1","handed_over",2],', ""), 1, 'positions.json:1: counts: expected ["DEU-1","handed_over",2], found ["DEU-1","pledged",2]'),
    ("other day of positions", edit("positions.json", "2025-12-31", "2025-06-29"), 1, 'positions.json:1: strict: expected ["DEU-1","handed_over","second",2,[1000,1000],"00000000000000000000000000000021"], found ["DEU-1","handed_over","first",2,[0,null],"00000000000000000000000000000004"]'),
    ("day that is none", edit("positions.json", "2025-12-31", "2025-12"), 2, "export: content: expected that of the format, found Invalid isoformat string: '2025-12'"),
    ("origin", edit("register.json", "example.org", "example.com"), 1, "keys.txt:3: new key: expected example.com/register/keys, a key, a later time, found 'example.org/register/keys\\nexample.org/re'"),
    ("size of a tree", edit("register.json", '"size":7', '"size":6'), 1, "register.json:1: size of trees/public.jsonl: expected 7, found 6"),
    ("readers of a tree", edit("register.json", '["DEU","POL"]', '["DEU","UKR"]'), 1, "register.json:1: name of the tree of ['DEU', 'UKR']: expected named-3f1b0d6db47e852c11ae8989839b6fbb, found named-c87517b1f4fbe3941c200a326c1f467d"),
    ("renamed tree", renamed, 1, "register.json:1: name of the tree of ['DEU', 'POL']: expected named-c87517b1f4fbe3941c200a326c1f467d, found named-00000000000000000000000000000000"),
    ("hidden tree", edit("register.json", ',{"name":"named-c87517b1f4fbe3941c200a326c1f467d","readers":["DEU","POL"],"size":4}', ""), 1, "checkpoints/named-c87517b1f4fbe3941c200a326c1f467d.txt: file: expected none, as the format has no such one, found one"),
    ("another version of the format", edit("register.json", '"format":1', '"format":2'), 2, "register.json:1: format: expected 1, known here, found 2"),
    ("another version of hashing", edit("register.json", '"hash_version":1', '"hash_version":2'), 2, "register.json:1: hash_version: expected 1, known here, found 2"),
    ("extra file", extra, 1, "trees/notes.txt: file: expected none, as the format has no such one, found one"),
    ("removed tree", remove(PUBLIC), 2, "trees/public.jsonl: file: expected one of the format, found none"),
    ("removed directory", remove("directory.json"), 2, "directory.json: file: expected one of the format, found none"),
    ("removed list of trees", remove("register.json"), 2, "register.json: content: expected that of the format, found No such file or directory"),
    ("no folder", shutil.rmtree, 2, "register.json: content: expected that of the format, found No such file or directory"),
    # Spelling.
    ("space in JSON", edit(PUBLIC, '"index":0,', '"index": 0,'), 1, 'trees/public.jsonl:1: column 84: expected \'0,"payload":{"statem\', found \' 0,"payload":{"state\''),
    ("space in a payload", edit(PUBLIC, '{"giver":"DEU",', '{ "giver":"DEU",'), 1, "trees/public.jsonl:1: leaf hash: expected #, found #"),
    ("escape in JSON", edit("directory.json", "Germany", "Germ\\u0061ny"), 1, "directory.json:1: SHA-256: expected #, as signed, found #"),
    ("names in another order", edit("register.json", '"format":1,"hash_version":1', '"hash_version":1,"format":1'), 1, 'register.json:1: column 3: expected \'format":1,"hash_vers\', found \'hash_version":1,"for\''),
    ("a name twice", edit("register.json", '"format":1,', '"format":2,"format":1,'), 1, 'register.json:1: column 11: expected \'1,"hash_version":1,"\', found \'2,"format":1,"hash_v\''),
    ("a name twice in a leaf", edit(PUBLIC, '"index":0,', '"index":1,"index":0,'), 1, 'trees/public.jsonl:1: column 84: expected \'0,"payload":{"statem\', found \'1,"index":0,"payload\''),
    ("huge number", edit("register.json", '"size":7', '"size":' + "9" * 5000), 1, "register.json:1: JSON: expected whole numbers, Unicode, few levels, found others"),
    ("large number", edit("register.json", '"size":7', '"size":' + "9" * 30), 1, "register.json:1: size of trees/public.jsonl: expected 7, found 999999999999999999999999999999"),
    ("number with an exponent", edit("register.json", '"size":7', '"size":7e0'), 1, "register.json:1: JSON: expected whole numbers, Unicode, few levels, found others"),
    ("not a number", edit("positions.json", "[1000,1000]", "[NaN,1000]"), 1, "positions.json:1: JSON: expected whole numbers, Unicode, few levels, found others"),
    ("half a pair", edit("directory.json", "Germany", "\\ud800"), 1, "directory.json:1: SHA-256: expected #, as signed, found #"),
    ("deep nesting", raw("positions.json", lambda _content: b"[" * 100_000 + b"\n"), 1, "positions.json:1: JSON: expected whole numbers, Unicode, few levels, found others"),
    ("other line endings", raw(PUBLIC, lambda content: content.replace(b"\n", b"\r\n")), 1, "trees/public.jsonl:1: end of line: expected a line feed, found a return before it"),
    ("other line endings of a checkpoint", raw(SIGNED, lambda content: content.replace(b"\n", b"\r\n")), 1, "checkpoints/public.txt:1: end of line: expected a line feed, found a return before it"),
    ("byte order mark", raw("register.json", lambda content: b"\xef\xbb\xbf" + content), 1, "register.json:1: first bytes: expected no byte order mark, found one"),
    ("no UTF-8", raw(PUBLIC, lambda content: content.replace("ö".encode(), b"\xf6")), 2, "trees/public.jsonl:1: bytes: expected UTF-8, found 0xf6 in column 247"),
    ("two lines", raw("register.json", lambda content: content * 2), 1, "register.json:1: JSON: expected JSON, found Extra data in column 1"),
    ("another kind of object", raw("register.json", lambda _content: b"[]\n"), 1, "register.json:1: register: expected an object, found list"),
    ("a field too many", edit("register.json", '"format":1,', '"a":1,"format":1,'), 1, "register.json:1: fields of a register: expected those of the format, found more or less: ['a']"),
    ("a field of another kind", edit("register.json", '"size":7', '"size":"7"'), 1, "register.json:1: size of trees/public.jsonl: expected 7, found '7'"),
    ("a list that is none", raw("register.json", lambda content: content[: content.index(b"[")] + b"7}\n"), 2, "export: content: expected that of the format, found 'int' object is not iterable"),
    ("base64 spelled otherwise", edit(SIGNED, "Ehhww=", "Ehhwx="), 1, "checkpoints/public.txt:7: signature: expected one of example.org/register+6923a7ee, found none"),
    ("tree cut in a line", raw(PUBLIC, lambda content: content[:-9]), 2, "trees/public.jsonl:7: end of file: expected a whole line, found half"),
    ("tree cut in a letter", raw(PUBLIC, lambda content: content[: content.index("ö".encode()) + 1]), 2, "trees/public.jsonl:1: bytes: expected UTF-8, found 0xc3 in column 247"),
    ("checkpoint cut in a line", raw(SIGNED, lambda content: content[:-9]), 2, "checkpoints/public.txt:16: end of file: expected a whole line, found half"),
    ("checkpoint cut at a line", raw(SIGNED, lambda content: content[: content.index(b"time")]), 1, "checkpoints/public.txt:1: note: expected a text and its signatures, found 'example.org/register/public\\n5\\n0jSN07V1Lg'"),
    ("list of trees cut", raw("register.json", lambda content: content[:-9]), 2, "register.json:1: end of file: expected a whole line, found half"),
    ("empty list of trees", raw("register.json", lambda _content: b""), 1, "register.json:1: JSON: expected JSON, found Expecting value in column 1"),
    ("keys cut", raw("keys.txt", lambda content: content[:40]), 2, "keys.txt:1: end of file: expected a whole line, found half"),
]
# fmt: on


def shown(finding: object) -> str:
    """Write a message with # in the place of hashes and roots."""
    return re.sub(r"\b[0-9a-f]{64}\b|(?<![\w+/])[A-Za-z0-9+/]{43}=", "#", str(finding))


@pytest.mark.parametrize(
    ("tamper", "code", "message"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_tampering_is_found_with_its_place(
    tmp_path: Path, tamper: Tamper, code: int, message: str
) -> None:
    folder = write_small_export(tmp_path / "export")
    options = tamper(folder) or {}
    finding = audit(folder, **options).finding  # type: ignore[arg-type]
    assert finding is not None
    assert (shown(finding), 1 + finding.unusable) == (message, code)


def test_an_export_as_it_was_written_fits(tmp_path: Path) -> None:
    """By hand: 11 statements stand in 13 leaves, for one is redacted and one is the record of that."""
    report = audit(write_small_export(tmp_path / "export"), key=str(OLD.verifying))
    assert report.finding is None
    assert [row["size"] for row in report.trees.values()] == [7, 2, 4]
    assert report.counts == {"statements": 11, "keys": 2, "kept checkpoints": 0}
    assert list(report.seconds) == ["trees", "statements", "positions"]


def test_checkpoints_that_were_kept_fit_what_has_grown_since(tmp_path: Path) -> None:
    """Of any tree and any time, in one file; the redaction in between changes no root."""
    folder = write_small_export(tmp_path / "export")
    first = [
        (folder / f"checkpoints/{name}.txt").read_text("utf-8").split("\n\n")[:2]
        for name in ("public", "named-c87517b1f4fbe3941c200a326c1f467d")
    ]
    kept = tmp_path / "kept.txt"
    kept.write_text("\n\n".join("\n\n".join(pair) for pair in first) + "\n", encoding="utf-8")
    report = audit(folder, checkpoint=kept, key=str(NEW.verifying))
    assert (report.finding, report.counts["kept checkpoints"]) == (None, 2)


def test_a_leaf_hash_that_does_not_fit_is_shown_beside_the_one_that_would(tmp_path: Path) -> None:
    folder = write_small_export(tmp_path / "export")
    before = json.loads((folder / PUBLIC).read_bytes().splitlines()[0])
    edit(PUBLIC, "öffentlich", "geheim")(folder)
    statement = before["payload"]["statement"] | {"note": "geheim"}
    payload = json.dumps(
        {"statement": statement, "type": "statement"},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    text = b"\x00\x01" + bytes.fromhex(before["salt"]) + payload.encode()
    assert str(audit(folder).finding) == (
        f"trees/public.jsonl:1: leaf hash: expected {hashlib.sha256(text).hexdigest()},"
        f" found {before['hash']}"
    )


def test_no_edited_byte_anywhere_passes_and_none_ends_in_a_traceback(tmp_path: Path) -> None:
    """Each file in turn, one byte in so many, as another letter."""
    folder = write_small_export(tmp_path / "export")
    passed = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = file.read_bytes()
        for at in range(len(content) % 7, len(content), 59):
            file.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
            if audit(folder).finding is None:
                passed.append((file.name, at))
        file.write_bytes(content)
    assert passed == []
    assert audit(folder).finding is None


def test_no_file_that_is_cut_anywhere_passes(tmp_path: Path) -> None:
    folder = write_small_export(tmp_path / "export")
    passed = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = file.read_bytes()
        for at in range(0, len(content), 61):
            file.write_bytes(content[:at])
            if audit(folder).finding is None:
                passed.append((file.name, at))
        file.write_bytes(content)
    assert passed == []


def test_an_export_of_some_trees_fits_and_says_nothing_of_the_others(tmp_path: Path) -> None:
    """Two worlds that differ in what two parties say among themselves give the public the same bytes."""
    for name, statements in (("one", STATEMENTS), ("other", changed(9, note="secret" * 99))):
        written = small_register(statements)
        write_export(tmp_path / name, written.export([("public",), ("coalition",)]))
        assert audit(tmp_path / name).finding is None
    contents = [
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("one", "other")
    ]
    assert contents[0] == contents[1]
    assert not any(
        b"c87517b1" in content or b"DEU-3" in content for content in contents[0].values()
    )


def test_the_command_says_what_fits_and_what_does_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_small_export(tmp_path / "export")
    assert main([str(folder)]) == 0
    first, *trees = capsys.readouterr().out.splitlines()
    assert first == "The export fits: {'statements': 11, 'keys': 2, 'kept checkpoints': 0}"
    assert [line.split(" under ")[0] for line in trees] == ["7 leaves", "2 leaves", "4 leaves"]
    edit(PUBLIC, '"index":3', '"index":4')(folder)
    assert main([str(folder), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["finding"] == {
        "place": ["trees/public.jsonl", 4],
        "what": "index",
        "expected": "3",
        "found": "4",
        "unusable": False,
    }
    shutil.rmtree(folder)
    assert main([str(folder)]) == 2


def test_the_file_runs_alone_in_an_empty_folder(tmp_path: Path) -> None:
    """Copied away from everything of ours, isolated from the environment's paths."""
    folder = write_small_export(tmp_path / "export")
    alone = tmp_path / "alone" / "audit.py"
    alone.parent.mkdir()
    shutil.copy(the_audit.__file__, alone)
    ran = subprocess.run(
        [sys.executable, "-I", str(alone), str(folder)], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("The export fits: ")


def test_the_file_imports_the_standard_library_and_cryptography_alone() -> None:
    tree = ast.parse(Path(the_audit.__file__).read_text("utf-8"))
    names = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert names - set(sys.stdlib_module_names) == {"cryptography"}


def test_its_words_are_those_of_the_register() -> None:
    """What the file says again in its own words: fields, whose act a milestone is, classes of rules."""
    fields = {kind: set(names.replace("|", "").split()) for kind, names in the_audit.SHAPES.items()}
    assert fields["statement"] == {field.name for field in dataclasses.fields(Statement)}
    assert fields["source"] == {field.name for field in dataclasses.fields(Source)}
    assert fields["redaction"] == {field.name for field in dataclasses.fields(Redaction)}
    for kind in KINDS:
        for milestone in milestones(kind):
            act = "receiver" if f"{kind} {milestone}" in the_audit.RECEIVERS else "giver"
            sayer = the_audit.SAYERS & {kind, milestone}
            assert actor(kind, milestone) == ("sayer" if sayer else act), (kind, milestone)
    assert {rule.name: rule.ranks for rule in (STRICT, TRACKER)} == the_audit.RULES
