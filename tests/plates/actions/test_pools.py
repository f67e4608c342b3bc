"""Pools: what remains follows from the events, every event is public with its basis, and what does not fit is named."""

import dataclasses
import json
import threading
import zlib
from datetime import date

import pytest
from django.db import connection, connections

from hamrong.access.actors import Refusal
from hamrong.plates import stock
from hamrong.plates.actions.pools import Basis, change, open_pool
from hamrong.plates.models import Event, File, Pool
from hamrong.plates.numbers import Run, name_of
from hamrong.plates.remaining import Remaining
from tests.plates.pools import BASIS, a_pool, a_series, left, manager
from tests.world import NOW


def happen(pool, type_, *runs, basis=BASIS):
    return change(by=manager(), pool=pool, type=type_, runs=list(runs), basis=basis, at=NOW)


def entry_of(event):
    with connection.cursor() as cursor:
        cursor.execute("select data from audit_leaf where log = 'plates' and index = %s", [event.leaf])
        return json.loads(cursor.fetchone()[0])


def test_a_pool_opens_with_whole_series_and_says_so_in_public():
    code, names = a_pool(2)
    event = Event.objects.get(pool=code, event=1)
    file = zlib.decompress(File.objects.get(pk=event.file).content)
    assert file.decode() == "".join(f"{name}00001-{name}99999\n" for name in names)
    assert name_of(file) == event.file
    assert entry_of(event) == {
        "basis": "36/2024/QH15 Đ37", "by": "38", "count": 199_998, "document": BASIS.document, "event": 1,
        "file": event.file, "note": "Mở kho thử", "on": "2026-01-05", "pool": code, "remaining": 199_998,
        "type": "pool.open",
    }  # fmt: skip


def test_numbers_set_aside_come_back_or_are_given():
    code, (name,) = a_pool()
    assert happen(code, "pool.set-aside", Run(name, 100, 199), Run(name, 88_888, 88_888)).remaining == 99_898
    assert happen(code, "pool.issue", Run(name, 88_888, 88_888)).remaining == 99_898
    assert happen(code, "pool.return", Run(name, 100, 150)).remaining == 99_949
    held = stock.read(Pool.objects.get(pk=code))
    assert len(held.aside) == 49
    assert (name, 88_888) not in held.left
    assert [event.event for event in Event.objects.filter(pool=code)] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("type_", "run", "named"),
    [
        ("pool.set-aside", (150, 250), "00150"),
        ("pool.return", (199, 205), "00200"),
        ("pool.issue", (1, 1), "00001"),
        ("pool.recall", (199, 199), "00199"),
        ("pool.release", (5, 6), "00005"),
        ("pool.hold", (5, 5), "00005"),
    ],
)
def test_numbers_that_do_not_fit_change_nothing_and_the_first_is_named(type_, run, named):
    code, (name,) = a_pool()
    happen(code, "pool.set-aside", Run(name, 150, 199))
    before = Pool.objects.get(pk=code), stock.read(Pool.objects.get(pk=code))
    refusal = happen(code, type_, Run(name, *run))
    assert isinstance(refusal, Refusal)
    assert f"{name}{named}" in refusal.vi
    after = Pool.objects.get(pk=code), stock.read(Pool.objects.get(pk=code))
    assert (after[0].events, after[0].remaining) == (before[0].events, before[0].remaining)
    assert after[1] == before[1]


def test_a_series_is_added_once_in_the_whole_house():
    code, (name,) = a_pool()
    other = a_series()
    assert happen(code, "pool.add", Run(other, 1, 99_999)).remaining == 199_998
    assert isinstance(happen(code, "pool.add", Run(other, 1, 99_999)), Refusal)
    assert isinstance(happen(code, "pool.add", Run(a_series(), 1, 5)), Refusal)
    again = open_pool(
        by=manager(), code=f"{code}-2", kind="car", colours=["white"], name_vi="x", name_en="x", series=[name],
        basis=BASIS, at=NOW,
    )  # fmt: skip
    assert isinstance(again, Refusal)
    assert not Pool.objects.filter(pk=f"{code}-2").exists()


def test_an_event_without_its_legal_basis_is_refused():
    code, (name,) = a_pool()
    refusal = happen(code, "pool.recall", Run(name, 1, 1), basis=Basis("", "x", BASIS.on, "38"))
    assert isinstance(refusal, Refusal)
    assert left(code) == 99_999


@pytest.mark.parametrize("on", [date(1800, 1, 1), date(2999, 1, 1)])
def test_a_day_that_no_decision_has_is_not_published(on):
    code, (name,) = a_pool()
    basis = dataclasses.replace(BASIS, on=on)
    answer = change(by=manager(), pool=code, type="pool.recall", runs=[Run(name, 1, 2)], basis=basis, at=NOW)
    assert isinstance(answer, Refusal) and left(code) == 99_999


def test_a_pool_that_is_opened_twice_at_once_is_opened_once():
    name, answers, barrier = a_series(), [], threading.Barrier(2)
    facts = {"kind": "car", "colours": ["white"], "name_vi": "Kho thử", "name_en": "Test pool", "series": [name]}

    def go() -> None:
        barrier.wait()
        answers.append(open_pool(by=manager(), code=f"36-test-{name}", basis=BASIS, at=NOW, **facts))
        connections.close_all()

    threads = [threading.Thread(target=go) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(type(answer).__name__ for answer in answers) == ["Event", "Refusal"]


def test_an_empty_list_is_refused():
    code, _ = a_pool()
    assert isinstance(happen(code, "pool.recall"), Refusal)


def test_millions_of_numbers_are_set_aside_and_returned_at_once():
    code, names = a_pool(40)
    runs = [Run(name, first, first + 3) for name in names for first in range(1, 99_990, 10)]
    event = happen(code, "pool.set-aside", *runs)
    assert event.count == 4 * len(runs) > 1_590_000
    assert happen(code, "pool.return", *runs).remaining == 40 * 99_999
    whole = Remaining()
    whole.give([Run(name, 1, 99_999) for name in names])
    held = stock.read(Pool.objects.get(pk=code))
    assert (held.left, len(held.aside), held.version) == (whole, 0, (3, 0))


def test_every_event_is_on_record(admin_connection):
    code, (name,) = a_pool()
    happen(code, "pool.recall", Run(name, 1, 2))
    found = admin_connection.execute(
        "select type, details::json->>'type' from audit_entry join audit_detail on entry_id = id where subject = %s "
        "order by stream_seq",
        [f"pool:{code}"],
    ).fetchall()
    assert found == [("pool.change", "pool.open"), ("pool.change", "pool.recall")]
