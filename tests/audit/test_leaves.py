"""The same bytes three times: the verifier's own writing, RFC 8785, and what the database makes."""

import uuid
from datetime import UTC, datetime

from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from hamrong.audit.leaves import Row, leaf_bytes
from hamrong.kernel.canonical import canonical

# whatever PostgreSQL takes as text: everything but NUL and lone surrogates
hostile = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    [
        '"',
        "\\",
        "\\u0000",
        "\n\r\t\b\f",
        "\x01\x1f\x7f",
        "\u2028\u2029",
        "Nguyễn Thị Ẩm",
        "e\u0302\u0301",
        "\U0001f6b2",
        "</script>",
        "'; --",
    ]
)
instants = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))
rows = st.builds(
    Row, id=st.uuids(), stream=hostile, stream_seq=st.integers(1, 2**53 - 1), prev=st.binary(max_size=32), type=hostile,
    actor=hostile, unit=hostile, subject=hostile, purpose=hostile, at=instants, commit=st.binary(max_size=32),
    leaf_hash=st.just(b""),
)  # fmt: skip
SQL = """
select audit_leaf_bytes(row(%s::uuid, %s::text, %s::bigint, %s::bytea, %s::text, %s::text, %s::text, %s::text, %s::text,
  %s::timestamptz, %s::bytea, %s::bytea, 0::bigint)::audit_entry)
"""


def fields(row: Row) -> dict[str, object]:
    return {
        "actor": row.actor, "at": row.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), "commit": row.commit.hex(),
        "id": str(row.id), "prev": row.prev.hex(), "purpose": row.purpose, "stream": row.stream,
        "stream_seq": row.stream_seq,
        "subject": row.subject, "type": row.type, "unit": row.unit,
    }  # fmt: skip


@given(rows)
@settings(max_examples=100)
def test_leaf_bytes_are_canonical_json(row):
    assert leaf_bytes(row) == canonical(fields(row))


@given(rows)
@settings(max_examples=100, deadline=None)
def test_the_database_makes_the_same_bytes(row):
    values = [
        row.id, row.stream, row.stream_seq, row.prev, row.type, row.actor, row.unit, row.subject, row.purpose, row.at,
        row.commit, row.leaf_hash,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("set role hamrong_app")
        cursor.execute(SQL, values)
        assert bytes(cursor.fetchone()[0]) == leaf_bytes(row)


def test_another_time_zone_gives_the_same_leaf():
    there = datetime.fromisoformat("2026-11-24T22:10:00+07:00")
    facts = dict(
        id=uuid.UUID(int=1), stream="s", stream_seq=1, prev=b"", type="t", actor="a", unit="", subject="", purpose="",
        commit=b"", leaf_hash=b"",
    )  # fmt: skip
    assert leaf_bytes(Row(at=there, **facts)) == leaf_bytes(Row(at=there.astimezone(UTC), **facts))
