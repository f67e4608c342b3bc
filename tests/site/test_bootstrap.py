"""Roles and rights in the database: the application owns nothing and sees nothing before it takes a scope."""

import os
import uuid

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from hamrong.site import bootstrap

SCOPES = ("hamrong_host", "hamrong_ward", "hamrong_province", "hamrong_intake", "hamrong_keeper")


@pytest.fixture
def table(owner_connection):
    """A table that the owner made after the bootstrap, as every migration does."""
    name = f"t{uuid.uuid4().hex}"
    owner_connection.execute(
        sql.SQL("CREATE TABLE {} (n int GENERATED ALWAYS AS IDENTITY, t text)").format(sql.Identifier(name))
    )
    yield sql.Identifier(name)
    owner_connection.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(name)))


def test_no_role_of_ours_can_step_over_row_security_or_make_roles(admin_connection):
    rows = admin_connection.execute(
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'hamrong%' "
        "AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)"
    ).fetchall()
    assert rows == []


def test_only_the_owner_and_the_application_can_sign_in(admin_connection):
    rows = admin_connection.execute(
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'hamrong%' AND rolcanlogin ORDER BY 1"
    )
    assert [name for (name,) in rows] == ["hamrong_app", "hamrong_owner"]


@pytest.mark.parametrize("scope", SCOPES)
def test_the_application_takes_a_scope_for_one_transaction(app_connection, scope):
    app_connection.execute("SELECT set_config('role', %s, true)", [scope])
    assert app_connection.execute("SELECT current_user").fetchone() == (scope,)
    app_connection.commit()
    assert app_connection.execute("SELECT current_user").fetchone() == ("hamrong_app",)


def test_the_application_has_no_scope_before_it_takes_one(app_connection):
    for scope in SCOPES:
        assert app_connection.execute("SELECT pg_has_role(%s, 'USAGE')", [scope]).fetchone() == (False,)


def test_the_application_cannot_become_the_owner(app_connection):
    with pytest.raises(InsufficientPrivilege):
        app_connection.execute("SELECT set_config('role', 'hamrong_owner', true)")


@pytest.mark.parametrize("scope", ["hamrong_app", *SCOPES])
def test_new_tables_can_be_read_and_written_but_not_emptied_or_changed(app_connection, table, scope):
    app_connection.execute("SELECT set_config('role', %s, true)", [scope])
    app_connection.execute(sql.SQL("INSERT INTO {} (t) VALUES ('a')").format(table))
    app_connection.execute(sql.SQL("UPDATE {} SET t = 'b'").format(table))
    assert app_connection.execute(sql.SQL("SELECT t FROM {}").format(table)).fetchone() == ("b",)
    app_connection.execute(sql.SQL("DELETE FROM {}").format(table))
    app_connection.execute("SAVEPOINT before")
    for statement in (
        "TRUNCATE {}",
        "ALTER TABLE {} ADD c int",
        "DROP TABLE {}",
        "ALTER TABLE {} DISABLE ROW LEVEL SECURITY",
    ):
        with pytest.raises(InsufficientPrivilege):
            app_connection.execute(sql.SQL(statement).format(table))
        app_connection.execute("ROLLBACK TO SAVEPOINT before")
    app_connection.rollback()


def test_the_application_can_make_no_table(app_connection):
    with pytest.raises(InsufficientPrivilege):
        app_connection.execute("CREATE TABLE mine (n int)")


def test_a_new_function_is_for_the_application_and_not_for_everybody(owner_connection):
    name = f"f{uuid.uuid4().hex}"
    owner_connection.execute(f"CREATE FUNCTION {name}() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    allowed = owner_connection.execute(
        "SELECT grantee::regrole::text FROM pg_proc, aclexplode(proacl) WHERE proname = %s ORDER BY 1", [name]
    ).fetchall()
    owner_connection.execute(f"DROP FUNCTION {name}()")
    assert allowed == [("hamrong_owner",), ("hamrong_rights",)]


def test_a_statement_of_the_application_does_not_run_for_ever(app_connection):
    for name, limit in (
        ("statement_timeout", "30s"),
        ("lock_timeout", "10s"),
        ("idle_in_transaction_session_timeout", "1min"),
    ):
        assert app_connection.execute(f"SHOW {name}").fetchone() == (limit,)


def test_it_can_be_repeated_and_keeps_what_is_there(cluster, admin_url, table, owner_connection):
    owner_connection.execute(sql.SQL("INSERT INTO {} (t) VALUES ('kept')").format(table))
    access = bootstrap.bootstrap(admin_url, cluster.passwords, name=bootstrap.database_name(admin_url))
    with psycopg.connect(access.app) as connection:
        assert connection.execute(sql.SQL("SELECT t FROM {}").format(table)).fetchone() == ("kept",)


def test_a_role_that_may_make_roles_and_databases_is_administrator_enough(fresh_cluster):
    with bootstrap.connect(fresh_cluster.url(database="postgres")) as connection:
        connection.execute("CREATE ROLE dba LOGIN CREATEROLE CREATEDB PASSWORD 'dba'")
    url = bootstrap.as_role(fresh_cluster.url(database="postgres"), "dba", "dba")
    for _twice in range(2):
        access = bootstrap.bootstrap(url, fresh_cluster.passwords)
    with psycopg.connect(access.owner) as connection:
        connection.execute("CREATE TABLE t (n int)")
    with psycopg.connect(access.app) as connection:
        connection.execute("INSERT INTO t VALUES (1)")


def test_a_server_that_does_not_answer_is_said_in_one_sentence():
    with pytest.raises(bootstrap.DatabaseProblem, match="does not answer"):
        bootstrap.connect("postgresql://nobody@127.0.0.1:1/none")


def test_a_server_that_is_too_old_is_refused_with_the_way_out():
    with pytest.raises(
        bootstrap.DatabaseProblem, match=r"PostgreSQL 15; 16 or newer is needed.*Leave DATABASE_URL empty"
    ):
        bootstrap.check_version(150018)
    bootstrap.check_version(160000)


def test_a_database_in_another_order_is_refused(fresh_cluster):
    admin = fresh_cluster.url(database="postgres")
    with bootstrap.connect(admin) as connection:
        connection.execute("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'")
    with pytest.raises(bootstrap.DatabaseProblem, match="LATIN1"):
        bootstrap.bootstrap(admin, fresh_cluster.passwords, name="latin")


def test_the_name_of_the_database_comes_from_the_address():
    assert bootstrap.database_name("postgresql://a@h/province") == "province"
    assert bootstrap.database_name("postgresql://a@h/postgres") == "hamrong"
    assert bootstrap.database_name("postgresql://a@h") == "hamrong"


def test_the_tests_themselves_run_as_the_application():
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        assert connection.info.user == "hamrong_app"
