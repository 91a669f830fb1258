"""What PostgreSQL itself keeps: who reads and writes which rows, and that none is ever changed.

Page *register*, section *Storage*. In: a connection of the owner. Out: functions, policies, triggers and
grants. A party is proved by its login (`session_user`, a row in `login`); a setting only chooses among
the parties that a login may speak for. Statement-level triggers refuse owner and superuser too, where
row-level ones never fire because forced policies leave no row.
"""

from __future__ import annotations

from typing import Any

__all__ = ["APP", "OWNER", "RECORD", "REDACTOR", "ROLES", "SIGNER", "redactor_sql", "secure"]

OWNER, APP = "ringtausch_owner", "ringtausch_app"
REDACTOR, SIGNER = "ringtausch_redactor", "ringtausch_signer"
BACKUP = "ringtausch_backup"
ROLES = (OWNER, APP, REDACTOR, SIGNER, BACKUP)

#: Tables whose rows belong to an audience; policies choose among them.
_BY_AUDIENCE = ("statement", "payload", "link", "redaction", "checkpoint")
_REDACTABLE = ("payload", "link")

#: All tables of the record, in an order in which they can be filled.
RECORD = (
    "register",
    "clock",
    "directory",
    "key",
    "audience",
    "statement",
    "payload",
    "link",
    "redaction",
    "checkpoint",
)

_FUNCTIONS = r"""
CREATE TABLE login (role name NOT NULL, party text NOT NULL, PRIMARY KEY (role, party));

-- The party that this connection has proved to be; '' is the public, NULL nobody at all.
CREATE FUNCTION proved_party() RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = ringtausch, pg_temp AS $$
DECLARE
    mine text[] := ARRAY(SELECT party FROM login WHERE role = session_user AND party <> '');
    asked text := nullif(current_setting('ringtausch.party', true), '');
BEGIN
    IF NOT EXISTS (SELECT 1 FROM login WHERE role = session_user) THEN RETURN NULL; END IF;
    IF asked IS NULL THEN RETURN CASE WHEN cardinality(mine) = 1 THEN mine[1] ELSE '' END; END IF;
    RETURN CASE WHEN asked = ANY (mine) THEN asked END;
END $$;

-- The parties that this login may speak for.
CREATE FUNCTION my_parties() RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = ringtausch, pg_temp AS $$
    SELECT party FROM login WHERE role = session_user
$$;

CREATE FUNCTION in_coalition(wanted text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = ringtausch, pg_temp AS $$
    SELECT coalesce((SELECT body = 'true' FROM hub_directory WHERE kind = 'member' AND name = wanted
                     ORDER BY recorded_at COLLATE "C" DESC LIMIT 1), false)
$$;

CREATE FUNCTION may_read(visibility text) RETURNS boolean LANGUAGE plpgsql STABLE
SET search_path = ringtausch, pg_temp AS $$
DECLARE
    party text := proved_party();
BEGIN
    IF party IS NULL THEN RETURN false; END IF;
    IF visibility = '["public"]' THEN RETURN true; END IF;
    IF visibility = '["coalition"]' THEN RETURN in_coalition(party); END IF;
    RETURN party <> '' AND visibility::jsonb ? party;
END $$;

CREATE FUNCTION may_write(visibility text) RETURNS boolean LANGUAGE sql STABLE
SET search_path = ringtausch, pg_temp AS $$
    SELECT proved_party() <> '' AND may_read(visibility)
$$;

CREATE FUNCTION tree_name(visibility text) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE visibility WHEN '["public"]' THEN 'public' WHEN '["coalition"]' THEN 'coalition'
           ELSE 'named-' || left(encode(sha256(convert_to(visibility, 'UTF8')), 'hex'), 32) END
$$;

-- A party records in its own name, or in that of a person of it: PARTY/person.
CREATE FUNCTION is_mine(body text) RETURNS boolean LANGUAGE sql STABLE
SET search_path = ringtausch, pg_temp AS $$
    SELECT coalesce(split_part(coalesce(body::jsonb #>> '{statement,recorded_by}',
        body::jsonb #>> '{redaction,recorded_by}'), '/', 1) = proved_party(), false)
$$;

-- What a statement is found by is what it says.
CREATE FUNCTION is_found_by(body text, said text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = ringtausch, pg_temp AS $$
    SELECT ARRAY[coalesce(it ->> 'matter', ''), coalesce(it ->> 'kind', ''),
        coalesce(it ->> 'giver', ''), coalesce(it ->> 'receiver', ''),
        coalesce(it #>> '{terms,replacer}', ''), coalesce(it ->> 'item', ''),
        coalesce(it ->> 'chain', '')] = said
    FROM (SELECT body::jsonb -> 'statement' AS it) AS one
$$;

-- Wait for all other writers, then take the time: one row, one lock, so that nobody waits in a circle.
CREATE FUNCTION take_moment() RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = ringtausch, pg_temp AS $$
DECLARE
    taken text;
BEGIN
    PERFORM 1 FROM hub_clock FOR UPDATE;
    UPDATE hub_clock SET moment = greatest(moment COLLATE "C", to_char(
        clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
        RETURNING moment INTO taken;
    RETURN taken;
END $$;

CREATE FUNCTION last_moment() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = ringtausch, pg_temp AS $$ SELECT moment FROM hub_clock $$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the record is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION only_redactor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user <> 'ringtausch_redactor' THEN
        RAISE EXCEPTION 'the record is append-only' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION only_redacted() RETURNS trigger LANGUAGE plpgsql
SET search_path = ringtausch, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM hub_redaction r WHERE r.statement_id = OLD.statement_id) THEN
        RAISE EXCEPTION 'the record is append-only' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$;

CREATE FUNCTION only_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id <> OLD.id OR NEW.moment COLLATE "C" < OLD.moment COLLATE "C" THEN
        RAISE EXCEPTION 'the clock does not go back' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

-- A leaf is the next one of its tree, and is of this moment.
CREATE FUNCTION next_leaf() RETURNS trigger LANGUAGE plpgsql
SET search_path = ringtausch, pg_temp SET enable_seqscan = off AS $$
BEGIN
    IF NEW.recorded_at <> last_moment() OR (NEW.leaf_index <> 0 AND NOT EXISTS (SELECT 1
            FROM hub_statement WHERE audience = NEW.audience AND leaf_index = NEW.leaf_index - 1)) THEN
        RAISE EXCEPTION 'this is not the next leaf' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER next_leaf BEFORE INSERT ON hub_statement FOR EACH ROW EXECUTE FUNCTION next_leaf();
"""

_READABLE = "audience IN (SELECT a.name FROM ringtausch.hub_audience a)"
_WRITABLE = (
    "audience IN (SELECT a.name FROM ringtausch.hub_audience a"
    " WHERE ringtausch.may_write(a.visibility))"
)

#: What a new row must be, beside being of an audience that its writer reads.
_CHECKS = {
    "statement": "",
    "payload": " AND ringtausch.is_mine(body)"
    " AND ringtausch.is_found_by(body,"
    " ARRAY[matter, kind, giver, receiver, debtor, item, chain])"
    " AND EXISTS (SELECT 1 FROM ringtausch.hub_statement s"
    " WHERE s.id = statement_id AND s.audience = hub_payload.audience)",
    "link": " AND EXISTS (SELECT 1 FROM ringtausch.hub_payload p WHERE p.statement_id ="
    " hub_link.statement_id AND p.audience = hub_link.audience AND p.matter = hub_link.matter)",
    "redaction": " AND EXISTS (SELECT 1 FROM ringtausch.hub_payload p WHERE p.statement_id ="
    " hub_redaction.statement_id AND p.audience = hub_redaction.audience"
    " AND ringtausch.is_mine(p.body))",
}


def secure(editor: Any) -> None:
    """Put everything in place (a step of the migrations, run as the owner)."""
    for sql in (_FUNCTIONS, *_policies(), *_triggers(), *_grants()):
        editor.execute(sql, params=None)


def _policies() -> list[str]:
    found = [
        f"ALTER TABLE hub_{table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
        for table in ("audience", *_BY_AUDIENCE)
    ]
    found += [
        f"CREATE POLICY reads ON hub_audience FOR SELECT TO {APP} USING (may_read(visibility))",
        (
            f"CREATE POLICY writes ON hub_audience FOR INSERT TO {APP}"
            " WITH CHECK (may_write(visibility) AND name = tree_name(visibility))"
        ),
    ]
    for table in _BY_AUDIENCE:
        found.append(f"CREATE POLICY reads ON hub_{table} FOR SELECT TO {APP} USING ({_READABLE})")
    for table, check in _CHECKS.items():
        found.append(
            f"CREATE POLICY writes ON hub_{table} FOR INSERT TO {APP}"
            f" WITH CHECK ({_WRITABLE}{check})"
        )
    # The signer sees hashes of all trees and no statement; the redactor is nobody's login.
    for table in ("audience", "statement", "checkpoint"):
        found.append(f"CREATE POLICY signs ON hub_{table} FOR SELECT TO {SIGNER} USING (true)")
    found.append(f"CREATE POLICY signed ON hub_checkpoint FOR INSERT TO {SIGNER} WITH CHECK (true)")
    for table in (*_REDACTABLE, "redaction"):
        found.append(f"CREATE POLICY sees ON hub_{table} FOR SELECT TO {REDACTOR} USING (true)")
    for table in _REDACTABLE:
        found.append(f"CREATE POLICY redacts ON hub_{table} FOR DELETE TO {REDACTOR} USING (true)")
    return found


def _triggers() -> list[str]:
    found: list[str] = []
    for table in RECORD:
        redactable = table in _REDACTABLE
        found += _trigger(table, "TRUNCATE", "STATEMENT", "refuse_change")
        found += _trigger(
            table, "DELETE", "STATEMENT", "only_redactor" if redactable else "refuse_change"
        )
        found += _trigger(
            table, "DELETE", "ROW", "only_redacted" if redactable else "refuse_change"
        )
        if table != "clock":
            found += _trigger(table, "UPDATE", "STATEMENT", "refuse_change")
        found += _trigger(
            table, "UPDATE", "ROW", "only_forward" if table == "clock" else "refuse_change"
        )
    return found


def _trigger(table: str, event: str, level: str, function: str) -> list[str]:
    name = f"no_{event.lower()}_of_{level.lower()}"
    return [
        (
            f"CREATE TRIGGER {name} BEFORE {event} ON hub_{table} FOR EACH {level}"
            f" EXECUTE FUNCTION {function}()"
        ),
        f"ALTER TABLE hub_{table} ENABLE ALWAYS TRIGGER {name}",
    ]


def _grants() -> list[str]:
    tables = ", ".join(f"hub_{table}" for table in _CHECKS)
    everything = ", ".join(f"hub_{table}" for table in RECORD if table != "clock")
    return [
        "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ringtausch FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA ringtausch TO {APP}, {SIGNER}, {REDACTOR}, {BACKUP}",
        f"GRANT SELECT ON {everything} TO {APP}",
        f"GRANT INSERT ON hub_audience, {tables} TO {APP}",
        f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ringtausch TO {APP}",
        (
            "GRANT SELECT ON hub_register, hub_directory, hub_key, hub_audience, hub_statement,"
            f" hub_checkpoint TO {SIGNER}"
        ),
        f"GRANT INSERT ON hub_key, hub_checkpoint TO {SIGNER}",
        f"GRANT EXECUTE ON FUNCTION take_moment(), my_parties() TO {SIGNER}",
        "GRANT SELECT, DELETE ON hub_payload, hub_link TO " + REDACTOR,
        f"GRANT SELECT ON hub_redaction TO {REDACTOR}",
        f"GRANT EXECUTE ON FUNCTION only_redacted(), only_redactor() TO {REDACTOR}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA ringtausch TO {BACKUP}",
    ]


def redactor_sql() -> list[str]:
    """Make the one function that removes a payload; whoever may set roles runs it, as the redactor."""
    return [
        f"GRANT CREATE ON SCHEMA ringtausch TO {REDACTOR}",
        f"SET LOCAL ROLE {REDACTOR}",
        """
CREATE FUNCTION ringtausch.remove_payload(wanted text) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = ringtausch, pg_temp AS $$
BEGIN
    DELETE FROM hub_link WHERE statement_id = wanted;
    DELETE FROM hub_payload WHERE statement_id = wanted;
END $$""",
        "REVOKE ALL ON FUNCTION ringtausch.remove_payload(text) FROM PUBLIC",
        f"GRANT EXECUTE ON FUNCTION ringtausch.remove_payload(text) TO {APP}",
        f"SET LOCAL ROLE {OWNER}",
        f"REVOKE CREATE ON SCHEMA ringtausch FROM {REDACTOR}",
        "RESET ROLE",
    ]
