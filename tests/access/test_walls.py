"""Two walls around every row that belongs to somebody, each tried with the other one out of the game."""

import inspect
from contextlib import contextmanager

import psycopg
import pytest
from django.core.exceptions import EmptyResultSet
from django.db import transaction
from psycopg import sql

from hamrong.access import queries
from hamrong.access.actors import Actor, Grant, Holding
from hamrong.access.roles import roles
from hamrong.access.walls import NestedScope, acting
from hamrong.lodging.models import Establishment
from hamrong.lodging.queries import visible
from hamrong.plates.queries import visible as plates
from tests.access.catalogue import HIDDEN, PUBLIC, SIDES, become, faults, insert, made_up_rows, walled_tables
from tests.world import a_ward, an_establishment, as_host, as_ward

OURS = {"establishment": "AA-0001", "ward": "10001", "province": "91"}
THEIRS = {"establishment": "BB-0002", "ward": "20002", "province": "92"}
OPEN_TO_THE_APPLICATION = {
    "accounts_post", "accounts_delegation", "accounts_machinekey", "lodging_claim", "petitions_hours",
}  # fmt: skip
"""Read before anybody's scope is open: who signs in, whose key this is, whose private code; hours of receiving."""


@contextmanager
def as_role(admin, role: str, scope: str = ""):
    """A role's statements in a savepoint of their own, undone."""
    with admin.transaction(force_rollback=True):
        become(admin, role, scope)
        yield admin


@pytest.fixture
def tables(admin_connection):
    return walled_tables(admin_connection)


@pytest.fixture
def world(admin_connection, tables):
    """A row of ours and a row of theirs in every walled table, as a superuser sees them."""
    with made_up_rows(admin_connection, tables, [OURS, THEIRS]):
        yield admin_connection


def test_the_catalogue_finds_no_fault(admin_connection, tables):
    assert faults(admin_connection) == []
    assert len(tables) >= 14, [table.name for table in tables]


def test_the_exceptions_still_exist(admin_connection):
    names = {name for (name,) in admin_connection.execute("select relname from pg_class where relkind in ('r', 'p')")}
    assert names >= {*PUBLIC, *(table for table, _ in HIDDEN)}


def test_dropping_any_one_policy_is_noticed(admin_connection, tables):
    mine = {table.name for table in tables}
    policies = admin_connection.execute(
        "select tablename, policyname from pg_policies where roles::text[] && %s", [list(SIDES)]
    ).fetchall()
    tried = 0
    for table, policy in policies:
        if table not in mine:
            continue
        with admin_connection.transaction(force_rollback=True):
            admin_connection.execute("set local role hamrong_owner")
            admin_connection.execute(
                sql.SQL("drop policy {} on {}").format(sql.Identifier(policy), sql.Identifier(table))
            )
            assert faults(admin_connection), f"{table}: nobody noticed that {policy} is gone"
        tried += 1
    assert tried >= 30


@pytest.mark.parametrize("change", ["disable row level security", "no force row level security"])
def test_switching_row_security_off_is_noticed(admin_connection, tables, change):
    for table in tables:
        with admin_connection.transaction(force_rollback=True):
            admin_connection.execute(sql.SQL("alter table {} " + change).format(sql.Identifier(table.name)))
            assert any(fault.startswith(table.name) for fault in faults(admin_connection))


def test_a_wider_policy_is_noticed(admin_connection):
    with admin_connection.transaction(force_rollback=True):
        admin_connection.execute("create policy wide on lodging_stay for select to hamrong_ward using (true)")
        assert faults(admin_connection) == ["lodging_stay: hamrong_ward has another policy, wide"]


@pytest.mark.parametrize("role", SIDES)
def test_a_scope_reads_its_own_rows_and_no_others(world, tables, role):
    for table in tables:
        owner = table.owner(role)
        with as_role(world, role, OURS[SIDES[role]]):
            seen = world.execute(sql.SQL("select * from {}").format(sql.Identifier(table.name))).rowcount
            assert seen == (1 if owner else 0), (table.name, role, seen)
        if owner:
            with as_role(world, role, OURS[SIDES[role]]):
                theirs = sql.SQL("select from {} where {} = %s").format(
                    sql.Identifier(table.name), sql.Identifier(owner)
                )
                assert world.execute(theirs, [THEIRS[SIDES[role]]]).rowcount == 0, table.name


@pytest.mark.parametrize("role", SIDES)
def test_a_scope_changes_and_deletes_no_row_of_another(world, tables, role):
    for table in tables:
        owner = table.owner(role) or table.columns[0]
        for statement in ("update {} set {} = {} where {} = %s", "delete from {} where {} = %s"):
            names = [sql.Identifier(table.name), *[sql.Identifier(owner)] * (statement.count("{}") - 1)]
            with as_role(world, role, OURS[SIDES[role]]):
                value = THEIRS[SIDES[role]]
                done = world.execute(sql.SQL(statement.replace("= %s", "::text = %s")).format(*names), [value])
                assert done.rowcount == 0, (table.name, statement)


@pytest.mark.parametrize("role", SIDES)
def test_a_scope_puts_no_row_into_another(world, tables, role):
    for table in tables:
        with (
            pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"),
            as_role(world, role, OURS[SIDES[role]]),
        ):
            insert(world, table, THEIRS)


@pytest.mark.parametrize("role", SIDES)
def test_a_scope_gives_no_row_of_its_own_away(world, tables, role):
    for table in tables:
        owner = table.owner(role)
        if owner is None:
            continue
        give = sql.SQL("update {} set {} = %s").format(sql.Identifier(table.name), sql.Identifier(owner))
        with (
            pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"),
            as_role(world, role, OURS[SIDES[role]]),
        ):
            world.execute(give, [THEIRS[SIDES[role]]])


@pytest.mark.parametrize("role", [*SIDES, "hamrong_app", "hamrong_intake"])
def test_without_a_scope_there_are_no_rows(world, tables, role):
    for table in tables:
        if role == "hamrong_app" and table.name in OPEN_TO_THE_APPLICATION:
            continue
        with as_role(world, role):
            assert world.execute(sql.SQL("select from {}").format(sql.Identifier(table.name))).rowcount == 0, table.name


@pytest.mark.parametrize("role", SIDES)
def test_a_row_without_an_owner_is_nobodys(admin_connection, tables, role):
    with made_up_rows(admin_connection, tables, [dict.fromkeys(OURS, "")]):
        for table in tables:
            with as_role(admin_connection, role):
                assert admin_connection.execute(f"select from {table.name}").rowcount == 0, table.name


def test_the_owner_of_the_tables_is_bound_too(world, tables):
    for table in tables:
        with as_role(world, "hamrong_owner"):
            assert world.execute(sql.SQL("select from {}").format(sql.Identifier(table.name))).rowcount == 0, table.name


def test_the_application_cannot_step_over_the_wall(app_connection):
    who = app_connection.execute(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user"
    ).fetchone()
    assert who == (False, False, False, False)
    owned = app_connection.execute(
        "select count(*) from pg_class where relowner = current_user::regrole or pg_has_role(relowner, 'usage')"
    ).fetchone()
    assert owned == (0,)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app_connection.execute("alter table lodging_stay disable row level security")


def test_partitions_cannot_be_read_past_the_wall(app_connection, admin_connection):
    partitions = [
        name
        for (name,) in admin_connection.execute("select relname from pg_class where relispartition and relkind = 'r'")
    ]
    assert partitions
    for name in partitions:
        for role in ("hamrong_app", *SIDES):
            rights = admin_connection.execute(
                "select has_table_privilege(%s, %s, 'select,insert,update,delete')", [role, name]
            )
            assert rights.fetchone() == (False,), (name, role)


def grant_of(role: str, scope: str) -> Grant:
    return Grant(Actor("person:x", "", "s", (Holding(role, scope),), True), "any", Holding(role, scope), "p")


def questions(room) -> list[str]:
    """The names of a room's public functions that start a question from a grant."""
    mine = inspect.getmembers(room, lambda each: inspect.isfunction(each) and each.__module__ == room.__name__)
    return [name for name, _ in mine if not name.startswith("_")]


HOSTS = {"host-manager": "establishment", "ward-duty": "ward", "province-residence": "province"}
PLATES = {"plate-owner": "establishment", "plate-officer": "ward", "plate-manager": "province"}
"""Roles of each kind of scope; a ticket is to its owner what an establishment is to its host."""

FIRST_WALL = [
    *((visible, name, HOSTS) for name in questions(visible)),
    (queries, "posts", HOSTS),
    (queries, "keys", HOSTS),
    (plates, "draws", PLATES),
    (plates, "plates", {role: scope for role, scope in PLATES.items() if role != "plate-owner"}),
    (plates, "acts", {role: scope for role, scope in PLATES.items() if role != "plate-owner"}),
]


@pytest.mark.parametrize(
    ("room", "name", "by_role"), FIRST_WALL, ids=[f"{room.__name__}.{name}" for room, name, _ in FIRST_WALL]
)
def test_the_first_wall_stands_alone(world, tables, room, name, by_role):
    """The queryset's own SQL, asked as a superuser whom row-level security does not bind."""
    for role, column in by_role.items():
        rows = getattr(room, name)(grant_of(role, OURS[column]))
        table = next(each for each in tables if each.name == rows.model._meta.db_table)
        owner = table.owner(roles()[role].wall)
        try:
            text, values = rows.query.sql_with_params()
        except EmptyResultSet:
            continue
        count = world.execute(f"select count(*) from ({text}) rows", values).fetchone()
        theirs = getattr(room, name)(grant_of(role, THEIRS[column])).query.sql_with_params()
        assert count <= (1,) if owner else count == (0,), (role, count)
        if count == (1,):
            assert world.execute(f"select count(*) from ({theirs[0]}) rows", theirs[1]).fetchone() == (1,)


def test_a_grant_opens_its_scope_and_closes_it_again():
    mine, other = an_establishment(), an_establishment()
    with acting(as_host(mine, "place.read")):
        assert list(Establishment.objects.values_list("code", flat=True)) == [mine.code]
    assert not Establishment.objects.exists()
    with acting(as_host(other, "place.read")):
        assert list(Establishment.objects.values_list("code", flat=True)) == [other.code]


def test_a_scope_ends_even_inside_a_longer_transaction():
    place = an_establishment()
    with transaction.atomic():
        with acting(as_host(place, "place.read")):
            assert Establishment.objects.exists()
        assert not Establishment.objects.exists()


def test_a_scope_ends_with_an_error_inside_a_longer_transaction():
    place = an_establishment()
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), acting(as_host(place, "place.read")):
            raise ZeroDivisionError
        assert not Establishment.objects.exists()


def test_another_scope_inside_one_is_a_bug():
    place = an_establishment()
    with pytest.raises(NestedScope), acting(as_host(place, "place.read")), acting(as_ward(a_ward(), "place.list")):
        pass


def test_the_same_scope_inside_one_is_the_same_transaction():
    place = an_establishment()
    with acting(as_host(place, "place.read")), acting(as_host(place, "place.rooms")):
        assert Establishment.objects.get().code == place.code


def test_a_scope_is_a_value_and_not_sql():
    with acting(grant_of("ward-duty", "x' or '1'='1")):
        assert not Establishment.objects.exists()
