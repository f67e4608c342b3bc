"""How much a client may ask, and the lane of single notifications."""

from datetime import datetime

import pytest

from hamrong.law import VIETNAM
from hamrong.lodging.api import lanes
from hamrong.lodging.api.problems import Problem
from tests import world
from tests.conftest import Site
from tests.lodging.api.client import client


def test_a_client_has_its_allowance_and_gets_it_again_in_the_next_window() -> None:
    counter = lanes.Counter()
    first = counter.count("bulk", "HT-0001", 61.0)
    assert first == (lanes.MOST["bulk"], lanes.MOST["bulk"] - 1, 59)
    for _ in range(lanes.MOST["bulk"]):
        last = counter.count("bulk", "HT-0001", 62.0)
    assert last.remaining == -1
    assert counter.count("bulk", "HT-0002", 62.0).remaining == lanes.MOST["bulk"] - 1
    assert counter.count("bulk", "HT-0001", 120.0).remaining == lanes.MOST["bulk"] - 1


def test_endless_addresses_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "MOST_CLIENTS", 10)
    counter = lanes.Counter()
    for number in range(100):
        counter.count("public", str(number), 0.0)
    assert len(counter._counts) <= 11


@pytest.mark.parametrize(
    ("moment", "most"), [("22:29", 2), ("22:30", 1), ("22:59", 1), ("23:15", 1), ("23:16", 2), ("08:00", 2)]
)
def test_bulk_work_keeps_to_one_thread_before_the_deadline(moment: str, most: int) -> None:
    hour, minute = (int(part) for part in moment.split(":"))
    assert lanes.bulk_at_once(datetime(2026, 11, 24, hour, minute, tzinfo=VIETNAM)) == most


def test_who_finds_no_place_in_the_lane_is_told_at_once() -> None:
    lane = lanes.Lane()
    with lane.enter(1):
        with pytest.raises(Problem) as refused, lane.enter(1):
            raise AssertionError("two were inside")
        assert refused.value.known.code == "lane.busy"
    with lane.enter(1):
        pass


def test_who_asks_too_much_is_told_how_long_to_wait(live_server: Site) -> None:
    with client(live_server.url, world.an_establishment()) as software:
        answers = [software.get("/batches/00000000-0000-0000-0000-000000000000") for _ in range(3)]
        remaining = [int(answer.headers["RateLimit-Remaining"]) for answer in answers]
        assert [answer.status_code for answer in answers] == [404, 404, 404]
        answer = answers[0]
        for _ in range(lanes.MOST["bulk"] * 3):
            told = {"Content-Type": "image/gif", "Connection": "close"}
            answer = software.post("/batches", content=b"x", headers=told)
            if answer.status_code == 429:
                break
    assert all(0 <= left < lanes.MOST["single"] for left in remaining)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= lanes.WINDOW
    assert answer.headers["RateLimit-Remaining"] == "0"
