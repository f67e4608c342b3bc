"""The leadership's page: numbers for a leader of the province, and for nobody of a commune."""

from datetime import date

from django.test import Client

from hamrong.board.pages import percent, petition_tiles, tiles
from hamrong.lodging.figures import Night
from hamrong.petitions.figures import Figures, Month, Unit
from tests.lodging.test_pages_desk import an_officer


def test_a_leader_opens_the_board():
    answer = an_officer("province-leader", "38").get("/board/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Khách đêm nay" in page and "Đơn nhận trong tháng" in page and "Đơn trong 12 tháng" in page


def test_whoever_may_not_count_petitions_sees_none_of_them():
    answer = an_officer("province-residence", "38").get("/board/")
    assert answer.status_code == 200 and "Đơn nhận trong tháng" not in answer.content.decode()


def test_tiles_of_petitions_say_what_is_late():
    told = Figures([Month(date(2026, 11, 1), 9, 4, 3)], [Unit("14797", 9, 4, 3, 5, 2), Unit("14812", 0, 0, 0, 1, 0)])
    shown = petition_tiles(told)
    assert [one.value for one in shown] == [9, 6, 2, "75%"] and shown[2].tone == "bad"
    nothing = petition_tiles(Figures([Month(date(2026, 11, 1))], []))
    assert [one.value for one in nothing] == [0, 0, 0, ""] and nothing[2].tone == "good"


def test_a_commune_and_a_visitor_do_not():
    assert an_officer().get("/board/").status_code == 403
    assert Client(headers={"host": "localhost"}).get("/board/").status_code == 302


def test_tiles_count_what_was_expected():
    shown = tiles(Night(date(2026, 11, 24), 10, 2, 3, 1, 0.985))
    assert [one.value for one in shown] == [10, 2, 3, 1, "98,5%"]
    assert "4" in str(shown[2].note)


def test_nothing_to_share_is_not_a_hundred_percent():
    assert percent(None) == ""
