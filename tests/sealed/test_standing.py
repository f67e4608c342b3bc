"""What the page of a key says of the unit around it: fewer than two with a key, and what only one person reads."""

from hamrong.access.walls import acting
from hamrong.sealed import queries, standing
from hamrong.sealed.actions import keys
from hamrong.sealed.models import Report, Share
from tests.entrances import browser_of
from tests.sealed.room import a_holder, an_officer, chief_of_province, holders_of, now, seal, second
from tests.world import PROVINCE

LONELY, EMPTY = "14872", "14875"
"""Communes in which only one test each makes keys."""

HERE = "/niem-phong/khoa/"


def page_of(officer, address: str = HERE) -> str:
    return browser_of(officer.person).get(address).content.decode()


def test_a_unit_with_one_key_is_told_who_is_missing_and_what_happens_meanwhile():
    alone, keyless = an_officer(scope=LONELY, alone=True), an_officer(scope=LONELY, key=False)
    for officer in (alone, keyless):
        page = page_of(officer)
        assert "Đơn vị chỉ có 1 người đọc được đơn niêm phong" in page and keyless.person.full_name in page
        assert "được chuyển lên Công an tỉnh" in page
    second(scope=LONELY)
    assert "Đơn vị chỉ có" not in page_of(alone)


def test_the_province_sees_which_communes_have_fewer_than_two():
    an_officer(scope=EMPTY, alone=True)
    with acting(chief_of_province("sealed.key")):
        short = standing.short_units(now().date())
    assert short[EMPTY] == 1 and len(short) > 100
    for officer in (an_officer("province-leader", PROVINCE), a_holder()):
        assert "chưa đủ hai người có khóa" in page_of(officer)


def test_what_one_person_alone_reads_is_told_before_a_key_is_given_up_and_after():
    reader = an_officer()
    report, _ = seal(handler=reader)
    assert isinstance(report, Report)
    assert "sẽ chỉ còn một người đọc được" in page_of(reader, f"{HERE}bo")
    keys.give_up(by=reader.may("sealed.key"), at=now())
    left = second()
    with acting(left.may("sealed.hand")) as by:
        found = next(one for one in queries.astray(by, now().date()) if one.report.pk == report.pk)
    assert found.lone and found.readers == {left.id}
    assert "đơn chỉ mình bạn đọc được" in page_of(left)
    assert "sẽ không còn ai đọc được" in page_of(left, f"{HERE}bo")


def test_a_holder_is_told_whose_identities_nobody_could_open_without_this_key():
    report, _ = seal()
    first, second_one, *_ = holders_of(report)
    with acting(first.may("sealed.key")):
        key = queries.live_key(first.id)
        before = standing.without(key, now().date()).shut
        Share.objects.filter(report=report, key__person=second_one.person).delete()
        after = standing.without(key, now().date()).shut
    assert after == before + 1
    assert f"Danh tính trong {after} đơn sẽ không mở được nữa" in page_of(first, f"{HERE}bo")
