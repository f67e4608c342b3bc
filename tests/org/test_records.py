"""The reference tables agree with the resolutions and with themselves."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from hamrong.org import records
from hamrong.org.areas import HOME, current
from hamrong.org.records import AreaRecord

AREAS = {area.id: area for area in records.areas()}


def existing(level: str, on: date) -> list[AreaRecord]:
    return [
        area
        for area in records.areas()
        if area.level == level
        and (level == "province" or area.id.startswith(f"{HOME}-"))
        and (not area.valid_from or area.valid_from <= on)
        and (not area.valid_to or area.valid_to >= on)
    ]


@pytest.mark.parametrize(
    ("on", "districts", "communes"),
    [
        (date(2019, 11, 30), 27, 635),
        (date(2019, 12, 1), 27, 559),  # 786/NQ-UBTVQH14: 76 fewer
        (date(2024, 2, 1), 27, 558),  # 939/NQ-UBTVQH15
        (date(2025, 1, 1), 26, 547),  # 1238/NQ-UBTVQH15: one district and 11 communes fewer
        (date(2025, 7, 1), 0, 166),  # 1686/NQ-UBTVQH15
    ],
)
def test_each_resolution_leaves_the_number_of_areas_it_states(on: date, districts: int, communes: int) -> None:
    assert (len(existing("district", on)), len(existing("commune", on))) == (districts, communes)


@pytest.mark.parametrize(
    ("on", "count", "cities"),
    [
        (date(2008, 7, 31), 64, None),
        (date(2024, 12, 31), 63, 5),
        (date(2025, 6, 30), 63, 6),
        (date(2025, 7, 1), 34, 6),
        (date(2026, 9, 20), 34, 9),
    ],
)
def test_provinces_are_as_many_as_the_national_assembly_decided(on: date, count: int, cities: int | None) -> None:
    provinces = existing("province", on)
    assert len(provinces) == count
    if cities is not None:
        assert sum(area.kind == "thanh-pho-truc-thuoc-trung-uong" for area in provinces) == cities


def test_today_there_are_147_communes_and_19_wards() -> None:
    assert Counter(area.kind for area in existing("commune", date(2025, 7, 1))) == {"xa": 147, "phuong": 19}


def test_ids_are_unique_and_parents_come_first() -> None:
    seen: set[str] = set()
    for area in records.areas():
        assert area.id not in seen
        assert area.parent is None or area.parent in seen
        seen.add(area.id)


def test_an_id_is_the_code_and_the_day_that_its_holder_took_over() -> None:
    for area in records.areas():
        place = area.code if area.level == "province" else f"{HOME}-{area.code}"
        assert area.id == (f"{place}-{area.valid_from}" if area.valid_from else place)


def test_a_code_has_one_holder_at_a_time() -> None:
    holders: dict[tuple[str, str], list[AreaRecord]] = {}
    for area in records.areas():
        holders.setdefault((area.level, area.code), []).append(area)
    for several in holders.values():
        several.sort(key=lambda area: area.valid_from or date.min)
        for earlier, later in pairwise(several):
            assert earlier.valid_to and later.valid_from and earlier.valid_to < later.valid_from


def test_a_successor_begins_the_day_after_or_was_already_there() -> None:
    for step in records.successions():
        before, after = AREAS[step.before], AREAS[step.after]
        assert before.valid_to == step.on - timedelta(days=1)
        assert after.level == before.level
        assert after.valid_from is None or after.valid_from <= step.on
        assert after.valid_to is None or after.valid_to >= step.on


def test_partial_marks_exactly_the_areas_that_were_split() -> None:
    successors = Counter(step.before for step in records.successions())
    assert all(step.partial == (successors[step.before] > 1) for step in records.successions())
    split = {AREAS[area].name for area, count in successors.items() if count > 1}
    assert split == {
        "Đông Thọ", "An Hưng", "Sơn Lư", "Hà Trung", "Hà Bình", "Thiệu Long", "Luận Khê", "Thiệu Hóa",
        "Yên Thọ", "Thanh Tân",
    }  # fmt: skip


def test_the_21_communes_that_stayed_as_they_were_have_themselves_as_only_origin() -> None:
    stayed = {
        "Phú Xuân", "Mường Chanh", "Quang Chiểu", "Tam Chung", "Pù Nhi", "Nhi Sơn", "Mường Lý", "Trung Lý", "Trung Sơn",
        "Na Mèo", "Sơn Thủy", "Sơn Điện", "Mường Mìn", "Tam Thanh", "Yên Khương", "Yên Thắng", "Xuân Thái", "Bát Mọt",
        "Yên Nhân", "Lương Sơn", "Vạn Xuân",
    }  # fmt: skip
    origins: dict[str, list[AreaRecord]] = {}
    for step in records.successions():
        if step.resolution == "1686/NQ-UBTVQH15":
            origins.setdefault(step.after, []).append(AREAS[step.before])
    alone = {
        AREAS[after].name
        for after, before in origins.items()
        if [(area.kind, area.name) for area in before] == [(AREAS[after].kind, AREAS[after].name)]
    }
    assert len(origins) == 166
    assert alone == stayed


def test_every_area_of_2025_leads_to_the_present() -> None:
    assert all(current(area.id) for area in existing("commune", date(2025, 6, 30)))
    assert all(current(area.id) for area in records.areas() if area.level == "province")


def test_the_areas_without_a_known_successor_are_these() -> None:
    """Ended 2019-12-01 or 2025-01-01; the resolutions' texts were not at hand, and nothing is guessed."""
    lost = {AREAS[area].name for area in AREAS if AREAS[area].level == "commune" and not current(area)}
    assert lost == {
        "Hà Lan", "Thanh Xuân", "Xuân Phú", "Phúc Do", "Thạch Tân", "Thạch Đồng",
        "Thành Kim", "Yên Bái", "Thọ Thắng", "Xuân Tân",
        "Lộc Tân", "Thịnh Lộc", "Nga Hưng", "Nga Mỹ", "Xuân Quỳ", "Yên Lễ", "Xuân Thọ", "Hải Vân",
        "Phúc Đường", "Trung Ý", "Tế Tân", "Công Bình", "Hùng Sơn", "Hải Hòa", "Hải Yến",
    }  # fmt: skip


def test_every_commune_of_today_has_its_police_and_districts_had_theirs_until_2025_03_01() -> None:
    units = records.units()
    assert len({unit.code for unit in units}) == len(units)
    communes = [unit for unit in units if unit.kind == "commune"]
    today = {unit.code: unit for unit in communes if unit.valid_to is None}
    assert set(today) == {area.code for area in existing("commune", date(2025, 7, 1))}
    assert today["16531"].name == "Công an phường Sầm Sơn"
    before = [unit for unit in communes if unit.valid_to]
    assert all(unit.valid_to == AREAS[unit.area].valid_to == date(2025, 6, 30) for unit in before)
    assert len({AREAS[unit.area].parent for unit in before}) == len(before) == 25
    districts = [unit for unit in units if unit.kind == "district"]
    assert len(districts) == 27
    assert Counter(unit.valid_to for unit in districts) == {date(2025, 2, 28): 26, date(2024, 12, 31): 1}


def test_units_refer_to_units_and_areas_that_exist() -> None:
    seen: set[str] = set()
    for unit in records.units():
        assert unit.parent is None or unit.parent in seen
        assert unit.area is None or unit.area in AREAS
        seen.add(unit.code)
