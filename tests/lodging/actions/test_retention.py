"""Erasure: what is due goes, what is not stays, and receipts go on verifying."""

from datetime import UTC, date, datetime, timedelta

from hamrong.access.actors import Grant, Target, keeper
from hamrong.access.decisions import decide
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.law import retention
from hamrong.lodging import receipts
from hamrong.lodging.actions.intake import Notified
from hamrong.lodging.actions.retention import purge
from hamrong.lodging.models import Contact, Establishment, Stay
from hamrong.lodging.queries import visible
from hamrong.lodging.queries.receipts import facts_of
from tests import world


def as_keeper(act: str = "retention.purge") -> Grant:
    answer = decide(keeper("purge", world.NOW), act, Target())
    assert isinstance(answer, Grant)
    return answer


def purged(years: int, *, dry_run: bool = False) -> dict[str, int]:
    """Purge as if so many years had gone by."""
    day = date(world.NOW.year + years, world.NOW.month, world.NOW.day + 1)
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return purge(by=as_keeper(), today=day, at=at, dry_run=dry_run)


def own(place: Establishment) -> list[Stay]:
    by = world.as_host(place, "stay.read")
    with acting(by):
        return list(visible.stays(by))


def a_night() -> tuple[Establishment, Notified]:
    place = world.an_establishment()
    return place, world.a_notification(place)


def test_nothing_goes_before_its_time() -> None:
    place, _ = a_night()
    purge(by=as_keeper(), today=world.NOW.date() + timedelta(days=30), at=world.NOW + timedelta(days=30))
    assert own(place)[0].document_sealed is not None


def test_the_number_goes_first_and_is_found_no_more() -> None:
    place, _ = a_night()
    index = bytes(own(place)[0].document_index)
    assert purged(1)["documents"] >= 1
    (stay,) = own(place)
    assert (stay.document_sealed, stay.document_hint) == (None, "")
    assert bytes(stay.document_index) != index
    assert stay.full_name


def test_the_stay_goes_and_its_receipt_verifies() -> None:
    place, notified = a_night()
    assert notified.facts is not None
    assert purged(2)["stays"] >= 1
    assert own(place) == []
    kept = facts_of(notified.facts.code)
    signer = receipts.Signer(b"\x09" * 32)
    assert receipts.verify(signer.signed(kept), signer.public.public_bytes_raw())
    assert receipts.statement(kept) == receipts.statement(notified.facts)


def test_notes_of_calls_go_with_the_stays_of_their_night() -> None:
    place = world.an_establishment()
    with acting(as_keeper()):
        Contact.objects.create(
            establishment=place.code, ward=place.ward, province=place.province, night=world.NOW.date(), way="reached",
            at=world.NOW, noted_at=world.NOW, noted_by="person:1", who="Chị Thử", note="sẽ gửi trước 23 giờ",
        )  # fmt: skip
        enter(as_keeper(), subject="test:contact", at=world.NOW)
    purged(1)
    assert notes_of(place) == 1
    assert purged(2)["contacts"] >= 1
    assert notes_of(place) == 0


def notes_of(place: Establishment) -> int:
    with acting(as_keeper()):
        return Contact.objects.filter(establishment=place.code).count()


def test_a_dry_run_counts_and_erases_nothing() -> None:
    place, _ = a_night()
    assert purged(2, dry_run=True)["stays"] >= 1
    assert own(place)


def test_the_periods_are_data() -> None:
    assert retention("lodging.document").months < retention("lodging.stay").months
