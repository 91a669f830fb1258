# ruff: noqa: S608 - the tests put the names of tables into their own SQL
"""What a register in PostgreSQL lets each login read and write, and what it refuses to everybody."""

from __future__ import annotations

import psycopg
import pytest

from ringtausch.hub import init_register, open_register
from ringtausch.hub.administration import admit, extend_directory
from ringtausch.hub.messages import CannotOpen, Refused
from ringtausch.hub.postgres_rules import RECORD
from ringtausch.register.directory import Directory, Party
from ringtausch.register.trust.merkle import Tree
from ringtausch.register.trust.notes import read_checkpoint
from tests.hub.making import DIRECTORY, KEY, address_of, as_they_come, pledge

pytestmark = pytest.mark.xdist_group("postgres")

_REFUSED = psycopg.errors.InsufficientPrivilege


def _matters(keeper: str, login: str) -> list[str]:
    with open_register(address_of(keeper, login)) as store:
        return sorted(one.matter for one in store.statements())


def test_each_login_reads_what_its_party_may(filled: str) -> None:
    assert _matters(filled, "deu") == ["coalition", "public", "two"]
    assert _matters(filled, "pol") == ["coalition", "public"]
    assert _matters(filled, "ukr") == ["public", "two"]
    assert _matters(filled, "reader") == ["public"]


def test_a_party_sees_no_row_of_others_in_any_table(filled: str) -> None:
    """With its own login and any SQL: two trees of three, and all that hangs on them."""
    with psycopg.connect(address_of(filled, "pol")) as pol:
        pol.execute("SET search_path = ringtausch")
        trees = pol.execute("SELECT name FROM hub_audience ORDER BY name").fetchall()
        assert trees == [("coalition",), ("public",)]
        for table in ("statement", "payload", "link", "redaction", "checkpoint"):
            rows = pol.execute(f"SELECT DISTINCT audience FROM hub_{table}").fetchall()
            assert set(rows) <= {("coalition",), ("public",)}


@pytest.mark.parametrize("name", ["UKR", "DEU", "*"])
def test_a_setting_alone_makes_nobody_of_a_login(filled: str, name: str) -> None:
    """A login that says it is another party sees nothing at all, not even what is public."""
    with psycopg.connect(address_of(filled, "pol")) as pol:
        pol.execute("SELECT set_config('ringtausch.party', %s, false)", [name])
        assert pol.execute("SELECT count(*) FROM ringtausch.hub_payload").fetchone() == (0,)


def test_a_store_refuses_to_read_or_write_for_another_party(keeper: str) -> None:
    with open_register(address_of(keeper, "pol")) as pol:
        with pytest.raises(Refused, match='cannot prove that it is "UKR"; it speaks for POL'):
            list(pol.statements("UKR"))
        with pytest.raises(Refused, match='cannot record as "DEU"; it speaks for POL'):
            pol.append([pledge("m")], "DEU")
        pol.append([pledge("m", giver="POL")], "POL/desk")


@pytest.mark.parametrize(
    "sql",
    [
        # another party's tree, its own name in another party's tree, a tree under a false name
        "INSERT INTO hub_audience VALUES ('named-x', '[\"FRA\",\"UKR\"]')",
        "INSERT INTO hub_audience VALUES ('named-x', '[\"POL\",\"UKR\"]')",
        "INSERT INTO hub_statement VALUES ('x', 'named-x', take_moment(), 0, '', 1)",
        # not the next leaf, and not of this moment
        "INSERT INTO hub_statement VALUES ('x', 'public', take_moment(), 99, '', 1)",
        "INSERT INTO hub_statement VALUES ('x', 'public', '2000', 3, '', 1)",
        # in the name of DEU, and a payload for somebody's leaf
        (
            "INSERT INTO hub_payload SELECT statement_id, audience, recorded_at, matter, kind, giver,"
            " receiver, debtor, item, chain, salt, body FROM hub_payload"
        ),
        "INSERT INTO hub_redaction SELECT statement_id, audience, '', '', '' FROM hub_payload",
        "INSERT INTO hub_checkpoint VALUES ('x', 'public', 0, '', '', '', '')",
        "INSERT INTO hub_key VALUES ('x', '', '')",
        "INSERT INTO hub_directory VALUES ('x', 'member', 'POL', 'true', '')",
        "INSERT INTO login VALUES ('pol', 'DEU')",
        "SELECT * FROM login",
        "UPDATE hub_payload SET body = ''",
        "DELETE FROM hub_payload",
        "TRUNCATE hub_payload CASCADE",
        "ALTER TABLE hub_payload DISABLE TRIGGER ALL",
        "SET ROLE ringtausch_owner",
        "SET ROLE ringtausch_redactor",
        "SET SESSION AUTHORIZATION deu",
    ],
)
def test_a_login_writes_nothing_but_its_own_next_statement(filled: str, sql: str) -> None:
    with psycopg.connect(address_of(filled, "pol")) as pol:
        pol.execute("SET search_path = ringtausch")
        with pytest.raises(_REFUSED):
            pol.execute(sql)


@pytest.mark.parametrize("role", ["ringtausch_owner", "postgres", "ringtausch_redactor"])
@pytest.mark.parametrize("table", [table for table in RECORD if table != "clock"])
def test_owner_and_superuser_are_refused_by_the_table_itself(
    filled: str, role: str, table: str
) -> None:
    """Also where a replica's session skips ordinary triggers."""
    key = {"payload": "statement_id", "redaction": "statement_id", "audience": "name"}.get(
        table, "id"
    )
    for sql in (
        f"UPDATE hub_{table} SET {key} = {key}",
        f"DELETE FROM hub_{table}",
        f"TRUNCATE hub_{table} CASCADE",
        f"UPDATE hub_{table} SET {key} = {key} WHERE false",
    ):
        with psycopg.connect(filled) as one:
            one.execute("SET search_path = ringtausch; SET session_replication_role = replica")
            one.execute(f"SET ROLE {role}")
            with pytest.raises(_REFUSED, match=r"the record is append-only|permission denied"):
                one.execute(sql)


def test_the_superuser_removes_no_payload_without_a_redaction(filled: str) -> None:
    with psycopg.connect(filled) as one:
        one.execute("SET ROLE ringtausch_redactor")
        with pytest.raises(_REFUSED, match="the record is append-only"):
            one.execute("DELETE FROM ringtausch.hub_payload")


def test_nobody_redacts_what_another_party_has_recorded(filled: str) -> None:
    with open_register(address_of(filled, "ukr")) as ukr:
        (said,) = ukr.statements(matters=["two"])
        with pytest.raises(Refused, match="this login may not do that"):
            ukr.redact(said.id, "board", "because", "UKR")
        assert list(ukr.statements(matters=["two"])) == [said]


def test_what_a_party_may_not_see_is_not_there_for_it(filled: str) -> None:
    with open_register(address_of(filled, "deu")) as deu:
        (said,) = deu.statements(matters=["two"])
    with open_register(address_of(filled, "pol")) as pol:
        for identifier in (said.id, "0" * 32):
            with pytest.raises(Refused, match=f"there is no statement {identifier}"):
                pol.redact(identifier, "board", "because", "POL")
        assert list(pol.leaves(("DEU", "UKR"))) == []
        assert pol.checkpoints(("DEU", "UKR")) == []


def test_the_signer_signs_every_tree_and_reads_no_statement(filled: str) -> None:
    with open_register(address_of(filled, "signer")) as signer:
        assert signer.audiences() == [("public",), ("coalition",), ("DEU", "UKR")]
        note = signer.checkpoint(("DEU", "UKR"), KEY)
        with pytest.raises(Refused, match="this login may not do that"):
            list(signer.statements())
    with open_register(address_of(filled, "ukr")) as ukr:
        tree = Tree(leaf.hash for leaf in ukr.leaves(("DEU", "UKR")))
        assert ukr.checkpoints(("DEU", "UKR")) == [note]
        assert read_checkpoint(note.text).root == tree.root()
        with pytest.raises(Refused, match="this login may not do that"):
            ukr.checkpoint(("DEU", "UKR"), KEY)


def test_a_login_of_several_parties_says_for_which_it_asks(filled: str) -> None:
    admit(filled, "desk", ["POL", "UKR"])
    with open_register(address_of(filled, "desk")) as desk:
        assert [one.matter for one in desk.statements("UKR")] == ["two", "public"]
        assert [one.matter for one in desk.statements("POL")] == ["coalition", "public"]
        assert [one.matter for one in desk.statements()] == ["public"]
        assert len(list(desk.leaves(("DEU", "UKR"), "UKR"))) == 1
        assert len(list(desk.leaves(("DEU", "UKR"), "POL"))) == 0
        assert ("DEU", "UKR") in desk.audiences("UKR")


@pytest.mark.parametrize(
    ("login", "why"),
    [
        ("postgres", "a superuser"),
        ("owning", "the owner of the tables"),
        ("bypassing", "a role with BYPASSRLS"),
    ],
)
def test_the_store_opens_for_nobody_who_could_go_around_the_rules(
    filled: str, login: str, why: str
) -> None:
    with psycopg.connect(filled, autocommit=True) as one:
        if login == "owning":
            one.execute("CREATE ROLE owning LOGIN IN ROLE ringtausch_owner, ringtausch_app")
        if login == "bypassing":
            one.execute("CREATE ROLE bypassing LOGIN BYPASSRLS IN ROLE ringtausch_app")
    with pytest.raises(CannotOpen, match=f"this login is {why}, from whom the database cannot"):
        open_register(address_of(filled, login))


def test_a_login_that_nobody_admitted_is_told_so(filled: str) -> None:
    with psycopg.connect(filled, autocommit=True) as one:
        one.execute("CREATE ROLE stranger LOGIN IN ROLE ringtausch_app")
    with pytest.raises(CannotOpen, match='the login "stranger" is not admitted'):
        open_register(address_of(filled, "stranger"))


def test_a_database_holds_one_register(filled: str) -> None:
    with pytest.raises(CannotOpen, match="there is something already"):
        init_register(filled, DIRECTORY)


def test_the_keeper_extends_the_directory_and_the_coalition(keeper: str) -> None:
    """The old members read no more what is meant for the coalition, the new one reads it all."""
    with open_register(address_of(keeper, "deu")) as deu:
        deu.append([pledge("m", visibility=("coalition",))], "DEU", prepare=as_they_come)
    extend_directory(keeper, Directory.of([Party("NOR")], [], frozenset({"DEU", "UKR"})))
    assert _matters(keeper, "ukr") == ["m"]
    assert _matters(keeper, "pol") == []
    with open_register(address_of(keeper, "pol")) as pol:
        assert "NOR" in pol.directory().parties
        with pytest.raises(Refused, match="this login may not do that"):
            pol.extend_directory(Directory.of([Party("ITA")], []))


def test_no_server_is_a_sentence(server: str) -> None:
    with pytest.raises(CannotOpen, match=r"the database cannot be opened: .*No such file"):
        open_register("postgresql://deu@/register?host=/nowhere")
    with pytest.raises(CannotOpen, match='database "nowhere" does not exist'):
        open_register(f"postgresql://postgres@/nowhere?host={server}")
