"""The public ledger of outages."""

from datetime import timedelta

from hamrong.access.actors import Refusal
from hamrong.lodging.actions import outages
from hamrong.lodging.models import Outage
from hamrong.lodging.receipts import verify
from hamrong.lodging.signing import signer
from tests import world
from tests.conftest import Site
from tests.lodging.api.client import client

BEGAN = world.NOW - timedelta(minutes=20)


def published() -> Outage:
    by = world.as_province("outage.publish")
    done = outages.publish(by=by, starts_at=BEGAN, cause_vi="Mất điện trung tâm dữ liệu", at=world.NOW)
    assert isinstance(done, Outage)
    return done


def test_an_outage_is_published_then_ended_once() -> None:
    outage, by = published(), world.as_province("outage.publish")
    ended = outages.end(by=by, outage=outage.pk, ends_at=world.NOW, at=world.NOW)
    assert isinstance(ended, Outage) and ended.ends_at == world.NOW
    assert isinstance(outages.end(by=by, outage=outage.pk, ends_at=world.NOW, at=world.NOW), Refusal)


def test_an_outage_needs_a_cause_and_times_in_order() -> None:
    by, later = world.as_province("outage.publish"), world.NOW + timedelta(minutes=1)
    for wrong in (
        {"starts_at": BEGAN, "cause_vi": " "},
        {"starts_at": later, "cause_vi": "Mất điện"},
        {"starts_at": BEGAN, "cause_vi": "Mất điện", "ends_at": BEGAN},
        {"starts_at": BEGAN, "cause_vi": "Mất điện", "ends_at": later},
    ):
        assert isinstance(outages.publish(by=by, at=world.NOW, **wrong), Refusal)
    outage = published()
    assert isinstance(outages.end(by=by, outage=outage.pk, ends_at=BEGAN, at=world.NOW), Refusal)


def test_the_ledger_is_signed(live_server: Site) -> None:
    outage = published()
    with client(live_server.url) as anybody:
        ledger = anybody.get("/outages").json()
    assert str(outage.pk) in [each["id"] for each in ledger["statement"]["outages"]]
    assert verify(ledger, signer().public.public_bytes_raw())
