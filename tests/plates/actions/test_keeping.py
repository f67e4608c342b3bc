"""Every night: kept plates are told of in public, those of five years return, and anybody can replay what remains."""

import json
import zlib
from datetime import timedelta

from django.db import connection
from procrastinate.contrib.django import app

from hamrong.access.actors import Refusal
from hamrong.access.walls import acting
from hamrong.plates.actions import keeping, pools
from hamrong.plates.models import Act, Event, File, Pool
from tests.plates.given import a_document, a_plate, asked, asking, by_keeper, night, plate_now
from tests.plates.owners import a_press, a_sealer, a_vehicle, officer
from tests.plates.pools import a_pool, left
from tests.world import NOW

NEXT_NIGHT = NOW + timedelta(hours=4)
FIVE_YEARS = NOW.replace(year=2031) + timedelta(days=1)


def events_of(pool):
    return [(event.type, event.count) for event in Event.objects.filter(pool=pool).order_by("event")]


def numbers_in(event):
    return zlib.decompress(File.objects.get(pk=event.file).content).decode().split()


def test_the_night_after_a_plate_was_kept_the_pool_says_so_once():
    pool, _ = a_pool()
    number = a_plate(pool)
    asked(number, "keep", "sold")
    night(NOW, pool)
    assert events_of(pool) == [("pool.open", 99_999)]
    night(NEXT_NIGHT, pool)
    night(NEXT_NIGHT + timedelta(days=1), pool)
    assert events_of(pool) == [("pool.open", 99_999), ("pool.hold", 1)]
    held = Event.objects.get(pool=pool, event=2)
    assert (numbers_in(held), held.basis, held.remaining) == ([number], "79/2024/TT-BCA Đ3", 99_998)
    assert plate_now(number).held == 2


def test_after_five_years_the_number_returns_with_its_basis_and_can_be_drawn_again():
    pool, _ = a_pool()
    number = a_plate(pool)
    asked(number, "keep", "sold")
    night(NEXT_NIGHT, pool)
    night(FIVE_YEARS - timedelta(days=1), pool)
    assert left(pool) == 99_998
    (released,) = night(FIVE_YEARS, pool)
    assert (released.type, numbers_in(released), released.remaining) == ("pool.release", [number], 99_999)
    assert released.document.endswith("25/11/2031")
    assert left(pool) == 99_999 and plate_now(number) is None
    with acting(officer("plate.open")):
        assert [act.act for act in Act.objects.filter(number=number)] == ["release", "keep"]
    with connection.cursor() as cursor:
        cursor.execute("select data from audit_leaf where log = 'plates' and index = %s", [released.leaf])
        assert json.loads(cursor.fetchone()[0])["type"] == "pool.release"


def test_a_plate_that_is_on_a_vehicle_again_does_not_return():
    pool, document = a_pool()[0], a_document()
    number = a_plate(pool, document=document)
    asked(number, "keep", "sold")
    night(NEXT_NIGHT, pool)
    asked(number, "assign", "registered", vehicle=a_vehicle(), owner_document=document)
    night(FIVE_YEARS, pool)
    assert plate_now(number).state == "in-use" and left(pool) == 99_998


def test_a_pool_that_waits_for_its_draws_is_left_for_the_next_time(monkeypatch):
    monkeypatch.setattr(pools, "PATIENCE", 0.2)
    pool, _ = a_pool()
    number = a_plate(pool)
    asked(number, "keep", "sold")
    a_press(pool)
    a_sealer(fetch=lambda seal, checkpoint: None).work()
    done = keeping.settle(by=by_keeper(NEXT_NIGHT), at=NEXT_NIGHT, only=[pool])
    assert any(isinstance(each, Refusal) for each in done)
    assert Pool.objects.get(pk=pool).events == 1
    a_sealer(epoch=2).work()
    night(NEXT_NIGHT, pool)
    assert Pool.objects.get(pk=pool).events == 2


def test_a_kept_plate_cannot_be_taken_by_an_office_directly():
    number = a_plate(a_pool()[0])
    asked(number, "keep", "sold")
    assert isinstance(asking(number, "exchange", "worn"), Refusal)


def test_it_is_among_the_jobs_of_every_night():
    periodic = {name: task.cron for (name, _), task in app.periodic_registry.periodic_tasks.items()}
    assert periodic["plates.settle"] == "10 2 * * *"
