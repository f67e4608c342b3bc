"""Nobody changes the record: not the application, not a scope role, and by accident not even the owner."""

import psycopg
import pytest

from tests.audit.streams import a_stream

ROLES = [
    "hamrong_app",
    "hamrong_host",
    "hamrong_ward",
    "hamrong_province",
    "hamrong_intake",
    "hamrong_inspector",
    "hamrong_keeper",
]
FORBIDDEN = [
    "insert into audit_entry select * from audit_entry",
    "update audit_entry set actor = 'x'",
    "delete from audit_entry",
    "truncate audit_entry, audit_detail",
    "insert into audit_detail select * from audit_detail",
    "update audit_detail set details = '{}'",
    "truncate audit_detail",
]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("statement", FORBIDDEN)
def test_no_role_of_the_application_changes_the_record(app_connection, role, statement):
    app_connection.execute("select set_config('role', %s, true)", [role])
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app_connection.execute(statement)


@pytest.mark.parametrize("role", [role for role in ROLES if role not in {"hamrong_inspector", "hamrong_keeper"}])
def test_only_the_inspector_and_the_verifier_read_it(app_connection, role):
    app_connection.execute("select set_config('role', %s, true)", [role])
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app_connection.execute("select 1 from audit_entry limit 1")


@pytest.mark.parametrize("role", [role for role in ROLES if role != "hamrong_keeper"])
def test_only_the_keeper_erases_details(app_connection, role):
    app_connection.execute("select set_config('role', %s, true)", [role])
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app_connection.execute("delete from audit_detail")


@pytest.mark.parametrize("statement", [s for s in FORBIDDEN if not s.startswith("insert")])
def test_the_owner_is_stopped_by_a_trigger(owner_connection, statement):
    a_stream(1)
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        owner_connection.execute(statement)
