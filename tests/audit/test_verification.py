"""The verifier: an untouched record is intact, and every way of tampering is named, at the first entry it touches."""

import hashlib

import pytest
from django.db import connection, transaction

from hamrong.audit.leaves import COLUMNS, Row, leaf_hash
from hamrong.audit.queries import chains
from hamrong.audit.verification import verify
from tests.audit.streams import a_stream, an_entry, checked
from tests.audit.tampering import tampering
from tests.world import NOW, timedelta


def bad(stream: str) -> tuple[int, str]:
    """(number, kind) of the first bad entry."""
    report = checked(stream)
    assert report.bad is not None
    return report.bad.row.stream_seq, report.bad.kind


def test_an_untouched_stream_is_intact():
    report = checked(a_stream(5))
    assert (report.entries, report.streams, report.erased, report.bad) == (5, 1, 0, None)


@pytest.mark.parametrize("column", ["type", "actor", "unit", "subject", "purpose"])
def test_a_changed_field_is_named(admin_connection, column):
    stream = a_stream()
    with tampering(admin_connection) as admin:
        admin.execute(f"update audit_entry set {column} = 'x' where stream = %s and stream_seq = 3", [stream])
    assert bad(stream) == (3, "payload")


def test_a_changed_time_or_hash_or_link_is_named(admin_connection):
    for change in (
        "at = at + interval '1 microsecond'",
        "leaf_hash = sha256('x')",
        "prev = sha256('x')",
        "commit = 'x'",
    ):
        stream = a_stream()
        with tampering(admin_connection) as admin:
            admin.execute(f"update audit_entry set {change} where stream = %s and stream_seq = 2", [stream])
        assert bad(stream) == (2, "payload"), change


def test_an_entry_rewritten_with_a_new_hash_breaks_the_chain_after_it(admin_connection):
    stream = a_stream()
    with tampering(admin_connection) as admin:
        admin.execute("update audit_entry set actor = 'person:x' where stream = %s and stream_seq = 3", [stream])
        admin.execute(
            "update audit_entry e set leaf_hash = sha256('\\x00'::bytea || audit_leaf_bytes(e)) "
            "where stream = %s and stream_seq = 3",
            [stream],
        )
    assert bad(stream) == (3, "chain")


@pytest.mark.parametrize("removed", [1, 3])
def test_a_removed_entry_is_a_gap(admin_connection, removed):
    stream = a_stream()
    with tampering(admin_connection) as admin:
        admin.execute("delete from audit_entry where stream = %s and stream_seq = %s", [stream, removed])
    assert bad(stream) == (removed + 1, "gap")


def test_a_removed_entry_is_a_gap_even_when_the_rest_is_numbered_anew(admin_connection):
    stream = a_stream()
    with tampering(admin_connection) as admin:
        admin.execute("delete from audit_entry where stream = %s and stream_seq = 3", [stream])
        for number in (4, 5):
            admin.execute(
                "update audit_entry set stream_seq = %s where stream = %s and stream_seq = %s",
                [number - 1, stream, number],
            )
    assert bad(stream) == (3, "gap")


def test_two_swapped_entries_are_a_reorder(admin_connection):
    stream = a_stream()
    with tampering(admin_connection) as admin:
        for old, new in ((3, 99), (4, 3), (99, 4)):
            admin.execute(
                "update audit_entry set stream_seq = %s where stream = %s and stream_seq = %s", [new, stream, old]
            )
    assert bad(stream) == (3, "reorder")


def test_a_forged_entry_put_in_is_named_even_with_the_right_hash_and_link(admin_connection):
    stream = a_stream()
    with tampering(admin_connection) as admin:
        for number in (5, 4, 3):
            admin.execute(
                "update audit_entry set stream_seq = %s where stream = %s and stream_seq = %s",
                [number + 1, stream, number],
            )
        admin.execute(
            "insert into audit_entry select gen_random_uuid(), stream, 3, leaf_hash, type, 'person:x', unit, subject, "
            "purpose, at, commit, leaf_hash, xact from audit_entry where stream = %s and stream_seq = 2",
            [stream],
        )
        admin.execute(
            "update audit_entry e set leaf_hash = sha256('\\x00'::bytea || audit_leaf_bytes(e)) "
            "where stream = %s and stream_seq = 3",
            [stream],
        )
    assert bad(stream) == (3, "insert")


@pytest.mark.parametrize("change", ["details = '{}'", "salt = '\\x00'"])
def test_changed_details_are_named(admin_connection, change):
    stream = a_stream()
    with tampering(admin_connection) as admin:
        admin.execute(
            f"update audit_detail set {change} "
            "where entry_id = (select id from audit_entry where stream = %s and stream_seq = 4)",
            [stream],
        )
    assert bad(stream) == (4, "details")


def test_erased_details_leave_the_chain_valid(admin_connection):
    stream = a_stream()
    with tampering(admin_connection) as admin:
        admin.execute(
            "delete from audit_detail where entry_id in (select id from audit_entry where stream = %s)", [stream]
        )
    report = checked(stream)
    assert (report.entries, report.erased, report.bad) == (5, 5, None)


def test_a_clock_that_goes_back_more_than_five_minutes_is_named():
    stream = a_stream(2)
    an_entry(stream, at=NOW - timedelta(minutes=4))
    assert checked(stream).bad is None
    an_entry(stream, at=NOW - timedelta(minutes=10))
    assert bad(stream) == (4, "clock")


def test_a_flipped_bit_anywhere_in_a_row_is_found():
    stream = a_stream(3)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('role', 'hamrong_keeper', true)")
        rows = list(chains(stream))
    assert verify(rows).bad is None
    for column in (*COLUMNS, "salt", "details"):
        value = getattr(rows[1], column)
        changed = {
            bytes: lambda b: bytes([b[0] ^ 1]) + b[1:],
            str: lambda s: chr(ord(s[0]) ^ 1) + s[1:],
            int: lambda n: n + 1,
        }.get(type(value))
        if changed:
            fields = {name: getattr(rows[1], name) for name in Row.__dataclass_fields__} | {column: changed(value)}
            assert verify([rows[0], Row(**fields), rows[2]]).bad is not None, column


def test_the_leaf_is_the_one_of_rfc_6962():
    stream = a_stream(1)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('role', 'hamrong_keeper', true)")
        (row,) = chains(stream)
    assert row.prev == b""
    assert row.leaf_hash == leaf_hash(row)
    assert row.commit == hashlib.sha256(row.salt + row.details.encode()).digest()
