"""What the database's own catalogue says about whose rows are whose, and rows to try it with."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

SIDES: Mapping[str, str] = {"hamrong_host": "establishment", "hamrong_ward": "ward", "hamrong_province": "province"}
"""Database role of a scope → the column that is equal to its scope."""

OWN_COLUMN = {("lodging_establishment", "establishment"): "code", ("plates_draw", "establishment"): "ticket"}
OWN_COLUMN |= {
    (f"cases_{table}", "ward"): "unit"
    for table in ("case", "fact", "clockfact", "clock", "proposal", "transfer", "register", "number", "emergency")
}
OWN_COLUMN |= {("accounts_delegation", "ward"): "unit"}
OWN_COLUMN |= {(f"papers_{table}", "ward"): "unit" for table in ("paper", "attachment", "recall")}
OWN_COLUMN |= {("papers_attachment", "establishment"): "ticket"}
REPORTERS = ("report", "part", "hand", "share", "request")
OWN_COLUMN |= {(f"sealed_{table}", "establishment"): "ticket" for table in REPORTERS}
OWN_COLUMN |= {
    (f"petitions_{table}", side): column
    for table in ("petition", "message")
    for side, column in (("establishment", "ticket"), ("ward", "unit"))
}
OWN_COLUMN |= {
    (f"petitions_{table}", "ward"): "unit"
    for table in ("reception", "hours", "erasure", "member", "recusal", "opinion", "remark")
}
"""Where an owner column is called otherwise."""

SECOND_OWNER = {("cases_transfer", "hamrong_ward"): "receiver", ("cases_emergency", "hamrong_ward"): "opener_unit"}
"""Rows that two units own: what one offers and the other one may take; what one has and the other one opened."""

PUBLIC = {
    "lodging_receipt": "anybody checks a receipt by its code, and it holds no personal data",
    "plates_pool": "which pools of numbers there are, and how many are left, is public",
}
"""Tables with an owner column and no wall, each with its reason."""

HIDDEN = {
    ("lodging_forwarding", "hamrong_host"): "how the police pass a notification on is no business of the establishment",
    ("lodging_contact", "hamrong_host"): "what the commune wrote down about calling an establishment",
}
"""Tables that a scope sees nothing of, although they have its column."""

TABLES = """
select c.relname, c.relrowsecurity, c.relforcerowsecurity, array_agg(a.attname::text order by a.attname)
from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
group by 1, 2, 3
having array_agg(a.attname::text) && array['establishment', 'ward', 'province']
order by 1
"""
POLICIES = (
    "select tablename, policyname, roles::text[], cmd, qual, with_check from pg_policies where schemaname = 'public'"
)
SCOPE = "(%s = NULLIF(current_setting('hamrong.scope'::text, true), ''::text))"


@dataclass(frozen=True)
class Walled:
    """A table whose rows belong to somebody."""

    name: str
    enabled: bool
    forced: bool
    columns: tuple[str, ...]

    def owner(self, role: str) -> str | None:
        """The column that the scope of this role is compared with, if the role sees rows of the table."""
        column = OWN_COLUMN.get((self.name, SIDES[role]), SIDES[role])
        return column if column in self.columns and (self.name, role) not in HIDDEN else None


def walled_tables(connection: psycopg.Connection[Any]) -> list[Walled]:
    """Every table with an owner column, without those that are public on purpose."""
    rows = connection.execute(TABLES).fetchall()
    return [Walled(name, on, forced, tuple(columns)) for name, on, forced, columns in rows if name not in PUBLIC]


def faults(connection: psycopg.Connection[Any]) -> list[str]:
    """What is wrong with the second wall, by the catalogue alone; empty when it stands."""
    policies = connection.execute(POLICIES).fetchall()
    found = []
    for table in walled_tables(connection):
        if not (table.enabled and table.forced):
            found.append(f"{table.name}: row security is not enabled and forced")
        for role in SIDES:
            found += _side_faults(table, role, [each for each in policies if each[0] == table.name and role in each[2]])
    return found


def _side_faults(table: Walled, role: str, policies: list[Any]) -> Iterator[str]:
    owner = table.owner(role)
    if owner is None:
        yield from (f"{table.name}: {role} has no business here, and has policy {each[1]}" for each in policies)
        return
    right = SCOPE % owner
    if not any(each[3:] == ("ALL", right, right) for each in policies):
        yield f"{table.name}: no policy lets {role} see and write its own rows"
    second = SECOND_OWNER.get((table.name, role))
    also = SCOPE % second if second else right
    if not any(each[3:] == ("ALL", also, also) for each in policies):
        yield f"{table.name}: no policy lets {role} see rows by {second}"
    for each in policies:
        if each[3:] not in {("ALL", right, right), ("ALL", also, also)}:
            yield f"{table.name}: {role} has another policy, {each[1]}"


COLUMNS = """
select a.attname, format_type(a.atttypid, a.atttypmod) from pg_attribute a
where a.attrelid = %s::regclass and a.attnum > 0 and not a.attisdropped and a.attnotnull
order by a.attnum
"""
KEY = """
select a.attname, format_type(a.atttypid, a.atttypmod)
from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
where i.indrelid = %s::regclass and i.indisprimary
"""
VALUES: Mapping[str, str] = {
    "text": "'x'", "uuid": "gen_random_uuid()", "time without time zone": "'08:00'",
    "date": "current_date", "boolean": "false", "bytea": r"'\x00'::bytea",
    "timestamp with time zone": "now()", "jsonb": "'{}'::jsonb", "integer": "1", "smallint": "1", "bigint": "1",
    "text[]": "'{}'::text[]", "bytea[]": "'{}'::bytea[]",
}  # fmt: skip


@contextmanager
def made_up_rows(admin: psycopg.Connection[Any], tables: list[Walled], scopes: list[dict[str, str]]) -> Iterator[None]:
    """One row for each of `scopes` in every table, in a transaction that is undone.

    Checks, references and uniqueness other than of the key are dropped inside it: what is tried is whose row it is.
    """
    with admin.transaction(force_rollback=True):
        for table in tables:
            _drop_constraints(admin, table.name)
        for table in tables:
            for scope in scopes:
                insert(admin, table, scope)
        yield


def _drop_constraints(admin: psycopg.Connection[Any], table: str) -> None:
    names = admin.execute(
        "select conname from pg_constraint where conrelid = %s::regclass and contype in ('c', 'f', 'u')", [table]
    ).fetchall()
    for (name,) in names:
        admin.execute(
            sql.SQL("alter table {} drop constraint {} cascade").format(sql.Identifier(table), sql.Identifier(name))
        )
    indexes = admin.execute(
        "select indexrelid::regclass::text from pg_index i where indrelid = %s::regclass and indisunique "
        "and not indisprimary and not exists (select from pg_constraint where conindid = i.indexrelid)", [table]
    ).fetchall()  # fmt: skip
    for (name,) in indexes:
        admin.execute(f"drop index {name}")


def insert(connection: psycopg.Connection[Any], table: Walled, scope: Mapping[str, str]) -> None:
    """A row that belongs to the establishment, ward and province of `scope`."""
    values: dict[str, sql.Composable] = {
        name: sql.SQL(VALUES[kind]) for name, kind in connection.execute(COLUMNS, [table.name]).fetchall()
    }
    owners = {OWN_COLUMN.get((table.name, column), column): value for column, value in scope.items()}
    for name, value in owners.items():
        if name in table.columns:
            values[name] = sql.Literal(value)
    key = connection.execute(KEY, [table.name]).fetchall()
    for name, kind in key:
        if kind == "text" and name not in owners and name != "code":
            values[name] = sql.Literal(secrets.token_hex(6))
    connection.execute(
        sql.SQL("insert into {} ({}) values ({})").format(
            sql.Identifier(table.name),
            sql.SQL(", ").join(map(sql.Identifier, values)),
            sql.SQL(", ").join(values.values()),
        )
    )


def become(connection: psycopg.Connection[Any], role: str, scope: str = "") -> None:
    """Take a role for the rest of the transaction, as `access.walls.acting` does."""
    connection.execute("select set_config('role', %s, true), set_config('hamrong.scope', %s, true)", [role, scope])
