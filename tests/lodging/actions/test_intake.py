"""Taking one notification: what is kept, what is answered, and what the database holds against a slip of ours."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from hamrong.access.actors import Grant
from hamrong.access.walls import acting
from hamrong.identity.keys import vault
from hamrong.lodging import receipts
from hamrong.lodging.actions.intake import Notified, notify
from hamrong.lodging.actions.stored import Remember
from hamrong.lodging.models import Answer, Receipt, Stay
from hamrong.lodging.queries import visible
from hamrong.lodging.rules import DocumentIn, check
from tests import world


def taken(by: Grant, place: Any, remember: Remember[Notified] | None = None, **changes: Any) -> Notified:
    checked = check(world.a_guest(**changes), now=world.NOW, establishment_kind=place.kind)
    return notify(by=by, place=place, checked=checked, channel="api", at=world.NOW, remember=remember)


def row_of(by: Grant, notified: Notified) -> Stay:
    with acting(by):
        return visible.stays(by).get(pk=notified.stay)


def test_keeps_the_stay_and_its_receipt() -> None:
    place = world.an_establishment()
    by = world.as_host(place, "stay.notify")
    notified = taken(by, place)
    row = row_of(by, notified)
    assert (row.establishment, row.ward, row.province) == (place.code, place.ward, place.province)
    assert row.night == world.NOW.date()
    assert row.on_time
    assert notified.facts is not None
    assert row.receipt == notified.facts.code
    assert Receipt.objects.get(pk=row.receipt).subject == row.pk


def test_seals_the_document_number() -> None:
    place = world.an_establishment()
    by, number = world.as_host(place, "stay.notify"), world.a_number()
    row = row_of(by, taken(by, place, document=DocumentIn("cccd", number)))
    assert number.encode() not in bytes(row.document_sealed)
    assert vault().open(bytes(row.document_sealed), row.pk.bytes) == number
    assert bytes(row.document_index) == vault().find(number)
    assert number not in row.document_hint


def test_the_same_document_on_the_same_night_gets_the_original_receipt() -> None:
    place = world.an_establishment()
    by, paper = world.as_host(place, "stay.notify"), DocumentIn("cccd", world.a_number())
    first, second = taken(by, place, document=paper), taken(by, place, document=paper)
    assert (first.outcome, second.outcome) == ("accepted", "duplicate")
    assert second.facts == first.facts
    assert second.stay == first.stay


def test_the_same_document_elsewhere_is_another_stay() -> None:
    paper = DocumentIn("cccd", world.a_number())
    here, there = world.an_establishment(), world.an_establishment()
    outcomes = [taken(world.as_host(place, "stay.notify"), place, document=paper).outcome for place in (here, there)]
    assert outcomes == ["accepted", "accepted"]


def test_stores_nothing_of_a_rejected_notification() -> None:
    place = world.an_establishment()
    by = world.as_host(place, "stay.notify")
    refused = taken(by, place, full_name="")
    assert refused.outcome == "rejected"
    assert {issue.pointer for issue in refused.issues} >= {"/full_name"}
    with acting(by):
        assert not visible.stays(by).exists()


def test_remembers_the_answer_byte_for_byte() -> None:
    place = world.an_establishment()
    by = world.as_host(place, "stay.notify")
    remember = Remember(by.actor.ref, "key-1", b"\x01" * 32, lambda notified: (201, str(notified.stay).encode()))
    notified = taken(by, place, remember)
    kept = Answer.objects.get(client=by.actor.ref, key="key-1")
    assert (kept.status, bytes(kept.body)) == notified.answer


def test_a_second_use_of_a_key_undoes_its_own_stay() -> None:
    place = world.an_establishment()
    by = world.as_host(place, "stay.notify")
    remember = Remember(by.actor.ref, "key-2", b"\x02" * 32, lambda _: (201, b"{}"))
    taken(by, place, remember)
    with pytest.raises(IntegrityError):
        taken(by, place, remember)
    with acting(by):
        assert visible.stays(by).count() == 1


def test_five_at_once_make_one_stay() -> None:
    place, paper = world.an_establishment(), DocumentIn("cccd", world.a_number())
    by = world.as_host(place, "stay.notify")

    def one(_: int) -> Notified:
        try:
            return taken(by, place, document=paper)
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        notified = list(pool.map(one, range(5)))
    assert sorted(each.outcome for each in notified) == ["accepted", *["duplicate"] * 4]
    assert len({each.facts for each in notified}) == 1


def test_the_receipt_verifies_and_hides_the_guest() -> None:
    place = world.an_establishment()
    notified = taken(world.as_host(place, "stay.notify"), place, full_name="Lê Thị Bí Mật")
    assert notified.facts is not None
    signer = receipts.Signer(b"\x07" * 32)
    signed = signer.signed(notified.facts)
    assert receipts.verify(signed, signer.public.public_bytes_raw())
    assert "Bí Mật" not in str(signed)
    signed["statement"]["on_time"] = False
    assert not receipts.verify(signed, signer.public.public_bytes_raw())


@pytest.mark.parametrize(
    ("promise", "change"),
    [
        ("stay_state_is_known", "state = 'lost'"),
        ("stay_kind_is_known", "kind = 'ghost'"),
        ("stay_has_a_name", "full_name = ''"),
        ("stay_ends_after_arrival", "planned_departure_at = arrival_at"),
        ("stay_departed_has_a_time", "state = 'departed'"),
        ("stay_departs_after_arrival", "state = 'departed', departed_at = arrival_at - interval '1 hour'"),
        ("stay_deadlines_are_in_order", "deadline_strict = deadline_legal + interval '1 hour'"),
        ("stay_has_a_receipt", "receipt = ''"),
        ("stay_channel_is_known", "channel = 'fax'"),
        ("stay_night_is_near_its_arrival", "arrival_at = arrival_at + interval '3 days', planned_departure_at = null"),
    ],
)
def test_the_database_keeps_its_promises(promise: str, change: str) -> None:
    place = world.an_establishment()
    by = world.as_host(place, "stay.notify")
    notified = taken(by, place)
    with pytest.raises(DatabaseError) as broken, acting(by), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"update lodging_stay set {change} where id = %s", [notified.stay])
    cause = broken.value.__cause__
    assert isinstance(cause, psycopg.Error)
    assert cause.diag.constraint_name == promise
