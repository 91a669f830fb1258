"""The commands of a register in PostgreSQL: a login records for its party, and the database keeps the rest."""

from __future__ import annotations

import json

from ringtausch.hub import open_register
from tests.cli.registers import PLEDGE
from tests.cli.running import run
from tests.hub.making import address_of


def said(address: str, *more: str, matter: str = "POL-1", giver: str = "POL") -> tuple[int, str]:
    """Add a pledge; return exit code and what stands on the error stream."""
    fields = {**PLEDGE, "matter": matter, "giver": giver, "said-by": giver}
    options = [part for name, text in fields.items() for part in (f"--{name}", text)]
    result = run("register", "add", "--register", address, *options, *more)
    return int(result.exit_code), result.stderr


def matters(address: str) -> set[str]:
    """List the matters that a login sees."""
    result = run("register", "list", "--register", address, "--json")
    assert result.exit_code == 0, result.stderr
    return {row["columns"]["matter"] for row in json.loads(result.stdout)["statements"]}


def test_a_login_records_for_its_party_and_others_see_what_they_may(keeper: str) -> None:
    pol, deu, reader = (address_of(keeper, name) for name in ("pol", "deu", "reader"))
    assert said(pol, "--as", "POL") == (0, "")
    assert said(pol, "--as", "POL", "--visibility", "POL;UKR", matter="POL-2") == (0, "")
    assert (matters(pol), matters(deu)) == ({"POL-1", "POL-2"}, {"POL-1"})
    assert matters(reader) == {"POL-1"}
    for command in ("position POL-2", "show POL-2", "conflicts POL-2"):
        hidden = run("register", *command.split(), "--register", deu)
        assert (hidden.exit_code, hidden.stdout) == (2, "")
        assert 'nothing is said here of a matter "POL-2"' in hidden.stderr
    with open_register(pol) as store:
        (kept,) = (one.id for one in store.statements() if one.matter == "POL-2")
    assert run("register", "show", kept[:8], "--register", pol).exit_code == 0
    hidden = run("register", "show", kept[:8], "--register", deu)
    assert (hidden.exit_code, hidden.stdout) == (2, "")
    assert f"there is no statement {kept[:8]}" in hidden.stderr
    for command in ("balance", "totals --kind transfer --rung pledged --item launcher", "overdue"):
        assert run("register", *command.split(), "--register", deu).exit_code == 0


def test_a_login_cannot_record_or_read_for_another_party(keeper: str) -> None:
    pol = address_of(keeper, "pol")
    code, words = said(pol, "--as", "DEU", giver="DEU")
    assert (code, "cannot" in words) == (2, True)
    code, words = said(pol)  # desk is nobody there
    assert (code, 'this login cannot record as "desk"' in words) == (2, True)
    assert run("register", "list", "--register", pol, "--as", "DEU").exit_code == 2
    assert matters(pol) == set()


def test_a_signer_signs_the_trees_that_it_cannot_read(keeper: str, tmp_path: object) -> None:
    pol, signer = address_of(keeper, "pol"), address_of(keeper, "signer")
    assert said(pol, "--as", "POL") == (0, "")
    key = ("--key", f"{tmp_path}/signer.key")
    signed = run("register", "checkpoint", "--register", signer, *key, "--json")
    assert signed.exit_code == 0, signed.stderr
    assert json.loads(signed.stdout)["checkpoints"][0]["size"] == 1
    out = f"{tmp_path}/out"
    exported = run("register", "export", out, "--register", pol, *key, "--as", "POL")
    assert exported.exit_code == 0, exported.stderr
    assert run("audit", out).exit_code == 0
