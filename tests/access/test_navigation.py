"""The navigation shows the places that a post opens, and none that it does not."""

import pytest

from hamrong.access.actors import Actor, Holding
from hamrong.site.context import NAVIGATION, _address, navigation, purpose_label, unit_label
from tests.entrances import a_person, browser_of
from tests.world import PROVINCE, a_ward, actor, an_establishment


def labels(who: Actor) -> list[str]:
    return [label for _, label, *_ in navigation(who, "/")]


def test_each_post_has_its_places():
    assert labels(actor("accounts-admin", PROVINCE)) == ["Người và chức trách"]
    assert labels(actor("inspector", PROVINCE)) == [
        "Kho biển số",
        "Mở khẩn cấp",
        "Việc ghi lùi ngày",
        "Nhật ký",
        "Điều đáng hỏi",
        "Trích lục cá nhân",
    ]
    clerk = ["Đêm nay", "Thêm khách", "Khách", "Gửi tệp"]
    assert labels(actor("host-clerk", "SS-0001")) == clerk
    assert labels(actor("host-manager", "SS-0001")) == [*clerk, "Phòng", "Nhân viên", "Khóa phần mềm"]
    leader = [
        "Điều hành", "Toàn tỉnh", "Chấp hành", "Kho biển số", "Sổ tiếp nhận đơn", "Báo cáo về đơn", "Sổ tiếp công dân",
        "Hồ sơ cần xử lý", "Mọi hồ sơ", "Mở khẩn cấp", "Việc ghi lùi ngày", "Sắp xếp đơn vị", "Tính lại hạn",
        "Đề nghị mở danh tính", "Khóa niêm phong",
    ]  # fmt: skip
    assert labels(actor("province-leader", PROVINCE)) == leader
    assert labels(actor("ward-chief", a_ward()))[-2:] == leader[-2:]
    assert labels(actor("identity-holder", PROVINCE)) == ["Đề nghị mở danh tính", "Chia lại khóa", "Khóa niêm phong"]
    assert labels(actor("plate-officer", a_ward())) == ["Hồ sơ biển số", "Hồ sơ xe mới", "Biển đã cấp", "Tìm hồ sơ xe"]
    assert labels(actor("plate-manager", PROVINCE)) == ["Kho biển số"]
    assert labels(Actor("person:x", "", "s", ())) == []


def test_two_posts_have_the_places_of_both_and_each_once():
    both = Actor("person:x", "", "s", (Holding("inspector", PROVINCE), Holding("accounts-admin", PROVINCE)), True)
    assert labels(both) == [
        "Kho biển số",
        "Mở khẩn cấp",
        "Việc ghi lùi ngày",
        "Người và chức trách",
        "Nhật ký",
        "Điều đáng hỏi",
        "Trích lục cá nhân",
    ]


def test_the_present_page_is_marked_and_only_the_nearest():
    who = actor("host-manager", "SS-0001")
    here = [label for _, label, _, current, _ in navigation(who, "/lodging/SS-0001/keys") if current]
    assert here == ["Khóa phần mềm"]


@pytest.mark.parametrize("place", NAVIGATION, ids=[place.url for place in NAVIGATION])
def test_every_place_of_the_table_is_an_address(place):
    values = {"establishment": {"establishment": "SS-0001"}, "ward": {"ward": "14797"}}.get(place.scope, {})
    assert _address(place.url, values)


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        ("accounts-admin", PROVINCE),
        ("inspector", PROVINCE),
        ("ward-duty", ""),
        ("identity-holder", PROVINCE),
        ("province-residence", PROVINCE),
        ("plate-officer", "14797"),
        ("plate-manager", PROVINCE),
        ("host-manager", ""),
    ],
)
def test_every_place_that_is_shown_opens(role, scope):
    scope = scope or (a_ward() if role.startswith("ward") else an_establishment().code)
    client = browser_of(a_person(role, scope))
    for address, *_ in navigation(actor(role, scope), "/"):
        assert client.get(address).status_code in {200, 302}, address
        assert not client.get(address).get("Location", "").startswith("/accounts/"), address


def test_the_unit_is_named():
    assert unit_label(actor("ward-duty", a_ward())).startswith("Công an ")
    assert unit_label(actor("host-clerk", "SS-0001")) == "SS-0001"
    assert unit_label(Actor("person:x", "", "s", ())) == ""


def test_a_purpose_that_is_not_in_use_any_more_stays_as_it_was_written():
    assert purpose_label("inspection").startswith("Thanh tra")
    assert purpose_label("of-long-ago") == "of-long-ago"


def test_every_page_of_an_establishment_has_the_whole_menu():
    place = an_establishment()
    client = browser_of(a_person("host-manager", place.code))
    for address in ("guests/new", "people", "keys"):
        page = client.get(f"/lodging/{place.code}/{address}").content.decode()
        assert page.count(f'href="/lodging/{place.code}/people"') == 2, address
        assert page.count(f'href="/lodging/{place.code}/keys"') == 2, address


def test_the_province_keeps_its_own_places_while_it_looks_at_a_commune():
    ward = a_ward()
    client = browser_of(a_person("province-residence", PROVINCE))
    page = client.get(f"/desk/{ward}/").content.decode()
    assert 'href="/province/discipline/"' in page and f'href="/desk/{ward}/places/"' in page
    assert f'href="/desk/{ward}/" aria-current="page"' in page
