"""Many notifications in one transaction: each behind its own wall, and none harmed by another."""

import secrets
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.utils import timezone

from hamrong.access.actors import Grant
from hamrong.access.walls import acting
from hamrong.lodging.actions import grouped
from hamrong.lodging.actions.intake import Notified, prepared
from hamrong.lodging.actions.stored import Remember
from hamrong.lodging.columns import COLUMNS, document_key
from hamrong.lodging.models import Answer, Establishment, Receipt, Stay
from hamrong.lodging.queries import doors, visible
from hamrong.lodging.rules import DocumentIn, check
from tests import world


def a_notice(place: Establishment, key: str = "", **changes: Any) -> grouped.Notice:
    """A notification of the place's software, in order unless `changes` say otherwise."""
    now = timezone.now()
    times = (now - timedelta(hours=1), now + timedelta(hours=12))
    facts = dict(zip(("arrival_at", "planned_departure_at"), (each.isoformat() for each in times), strict=True))
    checked = check(world.a_guest(**{**facts, **changes}), now=now, establishment_kind=place.kind)
    assert checked.stay is not None
    door = doors.find(world.a_key(place), now)
    assert door is not None
    by = world.as_host(place, "stay.notify", role="machine")
    kept = prepared(by, place, checked, checked.stay, document_key(checked.stay), "api", now)
    remember: Remember[Notified] = Remember(
        by.actor.ref, key or secrets.token_hex(8), b"\x01" * 32, lambda _: (201, b"")
    )
    return grouped.Notice(by, door, checked.night, kept, remember, (201, b'{"kept": true}'), now)


def stays_of(place: Establishment) -> list[Stay]:
    by: Grant = world.as_host(place, "stay.read")
    with acting(by):
        return list(visible.stays(by))


def at_once(notices: Sequence[grouped.Notice]) -> list[bool]:
    with ThreadPoolExecutor(len(notices)) as threads:
        return list(threads.map(grouped.take, notices))


def test_keeps_stay_receipt_answer_and_entry_of_each(admin_connection: psycopg.Connection[Any]) -> None:
    places = [world.an_establishment() for _ in range(6)]
    notices = [a_notice(place) for place in places]
    assert grouped._keep(notices) == [True] * 6
    for place, notice in zip(places, notices, strict=True):
        (row,) = stays_of(place)
        assert Receipt.objects.get(pk=row.receipt).subject == row.pk
        assert (
            bytes(Answer.objects.get(client=notice.remember.client, key=notice.remember.key).body) == notice.answer[1]
        )
        told = "select unit, xact from audit_entry where type = 'stay.notify' and stream = %s"
        (unit, _), *more = admin_connection.execute(told, [f"stay:{row.pk}"]).fetchall()
        assert (unit, more) == (place.code, [])


def test_one_transaction_keeps_them_all(admin_connection: psycopg.Connection[Any]) -> None:
    notices = [a_notice(world.an_establishment()) for _ in range(3)]
    grouped._keep(notices)
    streams = [f"stay:{each.prepared.taken.stay}" for each in notices]
    told = "select count(*), count(distinct xact) from audit_entry where stream = any(%s)"
    assert admin_connection.execute(told, [streams]).fetchone() == (3, 1)


def test_five_at_once_make_one_stay() -> None:
    place, paper = world.an_establishment(), DocumentIn("cccd", world.a_number())
    notices = [a_notice(place, document=paper) for _ in range(5)]
    assert sorted(at_once(notices)) == [False] * 4 + [True]
    assert len(stays_of(place)) == 1


def test_one_idempotency_key_is_used_once() -> None:
    place = world.an_establishment()
    first, second = a_notice(place, "once"), a_notice(place, "once")
    second = replace(second, remember=first.remember)
    assert grouped.take(first)
    assert not grouped.take(second)
    assert len(stays_of(place)) == 1


def with_value(notice: grouped.Notice, column: str, value: Any) -> grouped.Notice:
    values = list(notice.prepared.values)
    values[COLUMNS.index(column)] = value
    return replace(notice, prepared=replace(notice.prepared, values=values))


@pytest.mark.parametrize(("column", "value"), [("sex", "a\x00b"), ("state", "lost"), ("establishment", "KS-0000")])
def test_a_row_that_fails_leaves_nothing_and_the_next_group_goes_on(column: str, value: str) -> None:
    good, bad = world.an_establishment(), world.an_establishment()
    notice, broken = a_notice(good), with_value(a_notice(bad), column, value)
    assert grouped._keep([notice, broken]) == [False, False]
    assert not stays_of(good)
    assert grouped.take(notice)
    assert len(stays_of(good)) == 1
    assert not stays_of(bad)


def test_the_wall_refuses_a_stay_of_another_establishment() -> None:
    mine, other = world.an_establishment(), world.an_establishment()
    notice = a_notice(mine)
    slipped = replace(notice, door=a_notice(other).door)
    assert not grouped.take(slipped), "facts of an establishment that the grant cannot see"
    assert not grouped.take(with_value(notice, "establishment", other.code)), "the policy's WITH CHECK"
    assert not stays_of(mine)
    assert not stays_of(other)


def test_what_was_remembered_of_the_key_must_still_be_true(admin_connection: psycopg.Connection[Any]) -> None:
    place = world.an_establishment()
    revoked, suspended = a_notice(place), a_notice(world.an_establishment())
    admin_connection.execute("set session_replication_role = replica")
    admin_connection.execute("update accounts_machinekey set revoked_at = now() where id = %s", [revoked.door.key.pk])
    admin_connection.execute(
        "update lodging_establishment set state = 'suspended' where code = %s", [suspended.door.place.code]
    )
    admin_connection.execute("reset session_replication_role")
    assert at_once([revoked, suspended]) == [False, False]
    assert not stays_of(place)


def test_goes_on_after_the_connection_was_lost(admin_connection: psycopg.Connection[Any]) -> None:
    place = world.an_establishment()
    grouped.take(a_notice(place))
    assert grouped._wire._connection is not None
    pid = grouped._wire._connection.info.backend_pid
    admin_connection.execute("select pg_terminate_backend(%s, 5000)", [pid])
    notice = a_notice(place)
    assert not grouped.take(notice)
    assert grouped.take(notice)
