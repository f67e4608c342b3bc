"""The province's lists of communes: what nobody knows is neither best nor worst."""

from dataclasses import replace

from hamrong.lodging.pages.province import NOTHING, _sorted

GOOD, BAD = replace(NOTHING, guests=10, reported=9, silent=1), replace(NOTHING, guests=10, late=5, reported=1, silent=9)
ROWS = [("1", "Xã Ư", NOTHING), ("2", "Xã Đ", GOOD), ("3", "Xã Â", BAD), ("4", "Xã D", NOTHING)]


def codes(sort):
    return [code for code, _name, _tally in _sorted(ROWS, sort)]


def test_communes_without_numbers_come_last_whichever_way_the_list_is_sorted():
    assert codes("share")[:2] == ["3", "2"] and codes("-share")[:2] == ["2", "3"]
    assert codes("on_time")[:2] == ["3", "2"] and codes("-on_time")[:2] == ["2", "3"]
    assert codes("silent")[:2] == ["2", "3"] and codes("-silent")[:2] == ["3", "2"]


def test_names_are_in_vietnamese_order():
    assert codes("ward") == ["3", "4", "2", "1"]
