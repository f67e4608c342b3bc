"""Number plates of the demo: made by the real acts, drawn and checkable, with files that wait for their owners."""

from collections import Counter
from random import Random

import pytest
from django.conf import settings
from django.utils import timezone

from hamrong.access.walls import acting
from hamrong.plates.models import Draw, Event, Plate
from hamrong.plates.queries import pools
from hamrong.plates.queries.receipts import of_draw
from hamrong.site.demo import people
from hamrong.site.demo import plates as demo
from tests.plates.desks import an_owner, publish_keys, text
from tests.plates.owners import draws_of, sequencer
from tests.signer import folder, signing


@pytest.fixture
def made(admin_connection):
    """The demo, made whole: of tests that run at once one makes it while the others wait."""
    admin_connection.execute("select pg_advisory_lock(3607)")
    try:
        demo.make(signing(), timezone.now(), Random(1))
    finally:
        admin_connection.execute("select pg_advisory_unlock(3607)")


def test_the_demo_has_pools_an_auction_draws_and_files_that_wait_and_is_made_once(made):
    demo.make(signing(), timezone.now(), Random(1))
    first, second = (kind.code for kind in demo.KINDS)
    assert [event.type for event in pools.events(first)] == ["pool.hold", "pool.return", "pool.set-aside", "pool.open"]
    with acting(sequencer("plate.draw")):
        stands = Counter(Plate.objects.filter(pool__in=[first, second]).values_list("state", flat=True))
    assert stands["kept"] and stands["in-use"] > stands["kept"]
    assert all(event.basis and event.document for event in Event.objects.filter(pool__in=[first, second]))
    assert sum(one.aside for one in pools.series(first)) == 7
    batches = demo.DAYS * len(demo.BATCHES) + 1
    for code in (first, second):
        drawn = draws_of(code)
        assert len(drawn) == batches * demo.EACH[code] and {each.state for each in drawn} == {"drawn"}
        with acting(sequencer("plate.draw")):
            states = Counter(Draw.objects.filter(pool=code).values_list("state", flat=True))
        assert states["filed"] == demo.WAIT and set(states) == {"filed", "drawn"}


def test_the_record_of_each_pool_goes_forward_in_time_at_whatever_hour_the_demo_is_made(made, admin_connection):
    for kind in demo.KINDS:
        found = admin_connection.execute(
            "select at from audit_entry where stream = %s order by stream_seq", [f"pool:{kind.code}"]
        ).fetchall()
        assert len(found) > 10 and found == sorted(found)


def test_what_the_demo_drew_can_be_checked_by_anybody(made):
    publish_keys()
    one = draws_of(demo.KINDS[0].code)[7]
    assert of_draw(one.pool, one.seq).draw["number"] == one.number
    page = text(an_owner().get("/bien-so/kiem-tra/", {"pool": one.pool, "seq": str(one.seq)}))
    assert "Phiếu này đúng" in page


def test_whoever_registers_vehicles_and_whoever_keeps_the_pools_can_sign_in():
    roles = {one.role: one.username for one in people.PEOPLE}
    assert (roles["plate-officer"], roles["plate-manager"]) == ("dangkyxe.samson", "khobienso.tinh")


def test_a_signer_that_runs_is_used_and_is_left_running(monkeypatch):
    own = signing()
    monkeypatch.setattr(settings, "HAMRONG_SIGNER", folder() / "socket")
    with demo.signer() as client:
        assert client.public() == own.public()
    assert own.public()
