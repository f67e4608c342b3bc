"""Writing the record: only in the transaction of the act, dense in its stream, and no change without an entry."""

import secrets
import threading

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DataError

from hamrong.access.actions import appoint, create_person, give_code
from hamrong.access.actors import Target, operator
from hamrong.audit.models import Entry
from hamrong.audit.record import Act, OutsideTransaction, record
from tests.audit.streams import a_stream, an_entry, checked
from tests.world import NOW, a_key, a_notification, an_establishment, grant

FIRST = {
    "accounts_enrolment": "created_by", "accounts_person": "full_name", "lodging_establishment": "phone",
    "lodging_outage": "cause_vi", "lodging_batch": "state", "plates_event": "note", "plates_seal": "epoch",
}  # fmt: skip
"""A column to touch in tables where whose row it is is not what is watched."""

OWNERS = """
select attname from pg_attribute
where attrelid = %s::regclass and attname = any(array['establishment', 'unit', 'ward', 'person_id'])
order by array_position(array['establishment', 'unit', 'ward', 'person_id'], attname::text) limit 1
"""

WATCHED = """
select c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid
where t.tgfoid = 'audit_guard'::regproc and t.tgtype & 32 > 0 and not c.relispartition order by 1
"""


def a_person():
    by = grant(operator(NOW), "person.create", Target())
    return create_person(by=by, username=f"p{secrets.token_hex(5)}", full_name="A", password=None, at=NOW)


def watched_tables(admin):
    return [name for (name,) in admin.execute(WATCHED)]


def test_an_entry_outside_a_transaction_is_refused():
    with pytest.raises(OutsideTransaction):
        record(Act("a", "b", "test:x", "", "", "", NOW, {}))


def test_an_act_that_is_undone_leaves_no_entry():
    stream = a_stream(1)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(Act("a", "b", stream, "", "", "", NOW, {}))
        raise ZeroDivisionError
    assert checked(stream).entries == 1


def test_the_tables_that_are_watched(admin_connection):
    assert set(watched_tables(admin_connection)) >= {
        "accounts_enrolment", "accounts_machinekey", "accounts_person", "accounts_post", "mfa_authenticator",
        "lodging_establishment", "lodging_stay", "lodging_amendment", "lodging_nilreport", "lodging_room",
        "lodging_batch", "lodging_receipt", "lodging_outage", "lodging_webhook",
    }  # fmt: skip


WATCHES = """
select c.relname, bit_or(tgtype & (4 + 8 + 16 + 32)) from pg_trigger t join pg_class c on c.oid = t.tgrelid
 where t.tgfoid = 'audit_guard'::regproc and t.tgenabled = 'O' and t.tgtype & (2 + 64) = 0
   and (t.tgtype & 1 = 1 or t.tgtype & 32 > 0 or t.tgoldtable is not null or t.tgnewtable is not null)
 group by 1
"""
INSERTED, DELETED, UPDATED, TRUNCATED = 4, 8, 16, 32


def test_every_watch_sees_rows_come_change_and_go(admin_connection):
    watched = dict(admin_connection.execute(WATCHES).fetchall())
    assert watched.pop("mfa_authenticator") == INSERTED + DELETED + TRUNCATED  # its counters are no act
    assert set(watched.values()) == {INSERTED + DELETED + UPDATED + TRUNCATED}


def test_every_partition_of_a_watched_table_is_watched_too(admin_connection):
    unwatched = admin_connection.execute(
        "select c.relname from pg_inherits i join pg_class c on c.oid = inhrelid where c.relkind = 'r' and exists "
        "(select from pg_trigger t where t.tgrelid = inhparent and t.tgfoid = 'audit_guard'::regproc) and 4 > "
        "(select count(*) from pg_trigger t where t.tgrelid = inhrelid and t.tgfoid = 'audit_guard'::regproc)"
    ).fetchall()
    assert unwatched == []


def test_a_partition_named_directly_is_no_way_around(admin_connection):
    a_notification(an_establishment())
    partition = f"lodging_stay_{NOW:%Y%m}"
    for statement in (f"update {partition} set room = '9'", f"delete from {partition}", f"truncate {partition}"):
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match=f"{partition} was changed without"):
            admin_connection.execute(statement)


def test_a_statement_that_touches_nothing_needs_no_entry(admin_connection):
    admin_connection.execute("update lodging_stay set room = '9' where false")
    admin_connection.execute("delete from lodging_room where establishment = 'XX-0000'")


def test_a_commit_that_changes_a_watched_table_without_an_entry_fails(admin_connection):
    """For every watched table that has a row here; a superuser is not spared either."""
    place = an_establishment()
    a_notification(place)
    a_key(place)
    person = a_person()
    give_code(by=grant(operator(NOW), "person.enrol", Target()), person=person, at=NOW)
    appoint(
        by=grant(operator(NOW), "post.appoint", Target()), person=person, role="host-clerk", scope=place.code,
        starts_on=NOW.date(), ordered_by="x", at=NOW,
    )  # fmt: skip
    tried = set()
    for table in watched_tables(admin_connection):
        if table == "mfa_authenticator" or not admin_connection.execute(f"select from {table} limit 1").fetchall():
            continue
        column = FIRST.get(table) or admin_connection.execute(OWNERS, [table]).fetchone()[0]
        with pytest.raises(
            psycopg.errors.IntegrityConstraintViolation, match=r"changed without an entry|kept as it was written"
        ):
            admin_connection.execute(f"update {table} set {column} = {column}")
        tried.add(table)
    assert tried >= {
        "accounts_person", "accounts_post", "accounts_enrolment", "accounts_machinekey", "lodging_establishment",
        "lodging_room", "lodging_stay", "lodging_receipt",
    }  # fmt: skip


def test_a_second_factor_does_not_come_without_an_entry(admin_connection):
    """Using a factor moves its counter, which is no act: only its coming and going is watched."""
    person = a_person()
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="mfa_authenticator was changed without"):
        admin_connection.execute(
            "insert into mfa_authenticator (user_id, type, data, created_at) values (%s, 'totp', '{}', now())",
            [person.pk],
        )


def test_an_entry_of_another_transaction_does_not_count(app_connection):
    place = an_establishment()
    stream = a_stream(1)
    entry = Entry.objects.none()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('role', 'hamrong_keeper', true)")
        entry = Entry.objects.get(stream=stream)
    app_connection.execute(
        "select set_config('role', 'hamrong_province', true), set_config('hamrong.scope', '38', true)"
    )
    app_connection.execute("update lodging_establishment set phone = '0' where code = %s", [place.code])
    app_connection.execute("select set_config('hamrong.audited', %s, true)", [str(entry.pk)])
    with pytest.raises(Exception, match="changed without an entry"):
        app_connection.commit()


def test_an_entry_that_was_rolled_back_does_not_count():
    place = an_establishment()
    stream = f"test:{secrets.token_hex(4)}"
    with pytest.raises(IntegrityError, match="changed without an entry"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "select set_config('role', 'hamrong_province', true), set_config('hamrong.scope', '38', true)"
            )
            cursor.execute("update lodging_establishment set phone = '1' where code = %s", [place.code])
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            record(Act("a", "b", stream, "", "", "", NOW, {}))
            raise ZeroDivisionError


def test_two_writers_in_one_stream_leave_no_gap():
    stream, writers, each = f"test:{secrets.token_hex(6)}", 4, 15

    def write():
        for number in range(each):
            an_entry(stream, number=number)
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report = checked(stream)
    assert (report.entries, report.bad) == (writers * each, None)


def test_streams_do_not_wait_for_each_other(app_connection):
    first, second = a_stream(1), a_stream(1)
    with transaction.atomic():
        record(Act("a", "b", first, "", "", "", NOW, {}))
        app_connection.execute("set statement_timeout = '2s'")
        app_connection.execute(
            "select audit_append(gen_random_uuid(), %s, 'a', 'b', '', '', '', now(), 'x', 'y', '{}')", [second]
        )
        app_connection.rollback()


def test_a_leaf_that_a_log_of_tiles_could_not_hold_is_refused():
    with pytest.raises(DataError, match="65535"):
        an_entry(f"test:{'x' * 70_000}")
