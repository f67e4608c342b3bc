"""The leadership's page: numbers for a leader of the province, and for nobody of a commune."""

from datetime import date

from django.test import Client

from hamrong.board.pages import percent, tiles
from hamrong.lodging.figures import Night
from tests.lodging.test_pages_desk import an_officer


def test_a_leader_opens_the_board():
    answer = an_officer("province-leader", "38").get("/board/")
    assert answer.status_code == 200
    assert "Khách đêm nay" in answer.content.decode()


def test_a_commune_and_a_visitor_do_not():
    assert an_officer().get("/board/").status_code == 403
    assert Client(headers={"host": "localhost"}).get("/board/").status_code == 302


def test_tiles_count_what_was_expected():
    shown = tiles(Night(date(2026, 11, 24), 10, 2, 3, 1, 0.985))
    assert [one.value for one in shown] == [10, 2, 3, 1, "98,5%"]
    assert "4" in str(shown[2].note)


def test_nothing_to_share_is_not_a_hundred_percent():
    assert percent(None) == ""
