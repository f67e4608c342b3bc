"""The questions about units and areas."""

from datetime import date

from hamrong.org import queries
from hamrong.org.models import Area, Unit


def test_a_unit_is_found_by_its_code_even_after_its_end() -> None:
    found = queries.unit("380")
    assert found is not None
    assert (str(found), found.kind, found.valid_to) == (
        "Công an thành phố Thanh Hóa",
        Unit.Kind.DISTRICT,
        date(2025, 2, 28),
    )
    assert queries.unit("38-PA08") is not None
    assert queries.unit("99999") is None


def test_commune_police_exist_since_the_reform() -> None:
    assert queries.commune_units(date(2025, 6, 30)).count() == 25  # one of each district that ended
    assert queries.commune_units(date(2026, 11, 24)).filter(parent="38").count() == 166


def test_areas_of_a_day_include_its_first_and_its_last() -> None:
    def communes(on: date) -> int:
        return queries.areas_on(Area.Level.COMMUNE, on).filter(id__startswith="38-").count()

    assert communes(date(2025, 6, 30)) == 547
    assert communes(date(2025, 7, 1)) == 166
    assert queries.areas_on(Area.Level.DISTRICT, date(2025, 7, 1)).count() == 0


def test_successors_name_the_areas_that_took_over_in_one_query() -> None:
    town = Area.objects.get(id="38-15772-2019-12-01")
    assert str(town) == "thị trấn Thiệu Hóa"
    steps = list(queries.successors(town))
    assert sorted(step.after.name for step in steps) == ["Thiệu Hóa", "Thiệu Quang", "Thiệu Trung"]
    assert all(step.partial for step in steps)


def test_heirs_of_a_unit_are_those_of_the_areas_that_took_over_its_own(admin_connection) -> None:
    admin_connection.execute(
        "insert into org_unit (code, name, kind, parent_id, area_id, valid_to) "
        "values ('99902', 'Công an thị trấn cũ', 'commune', '38', '38-15772-2019-12-01', '2025-06-30')"
    )
    try:
        found = set(Unit.objects.filter(code__in=queries.heirs(["99902"])).values_list("area__name", flat=True))
    finally:
        admin_connection.execute("delete from org_unit where code = '99902'")
    assert found == {"Thiệu Hóa", "Thiệu Quang", "Thiệu Trung"}
    assert queries.heirs([]) == queries.heirs(["38-PA08"]) == set()


def test_people_write_to_the_province_its_departments_and_the_communes_of_a_day() -> None:
    for on in (date(2025, 6, 30), date(2026, 11, 24)):
        both = [*queries.offices(on), *queries.commune_units(on)]
        assert list(queries.addressed(on).items()) == [(each.code, each.name) for each in both]
    assert next(iter(queries.addressed(date(2026, 11, 24)))) == "38"


def test_a_district_that_ended_is_now_the_communes_of_its_area() -> None:
    ended = Unit.objects.get(name="Công an huyện Quảng Xương")
    today = date(2026, 11, 24)
    assert ended in queries.ended_like("quang xuong", today, 8)
    names = {one.name for one in queries.standing_heirs(ended, today)}
    assert "Công an xã Quảng Yên" in names and len(names) > 3
    assert all(one.valid_to is None for one in queries.standing_heirs(ended, today))
