"""The yearly drill of the trustees' cards: on record, shown to holders and inspectors, reminded of after a year."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hamrong.access.actors import Refusal, Target, operator
from hamrong.access.decisions import decide
from hamrong.access.walls import acting
from hamrong.kernel.seal.keys import new_pair
from hamrong.law.counting import months_later
from hamrong.sealed import standing
from hamrong.sealed.actions import drills, keys
from hamrong.sealed.models import Drill, Key
from hamrong.site import sealing
from tests.entrances import a_person, as_operator, browser_of
from tests.sealed.room import a_holder, chief_of_province, now
from tests.world import PROVINCE


@pytest.fixture
def trustees(admin_connection):
    """(a key of trustees that was put on record two years ago, its public half)"""
    public = new_pair().public
    key = keys.trust(by=as_operator("sealed.trust"), public=public, at=now())
    made = timezone.localdate() - timedelta(days=800)
    with admin_connection.transaction():
        admin_connection.execute("set local session_replication_role = replica")
        admin_connection.execute("update sealed_key set made_on = %s where id = %s", [made, key.pk])
    return key, public


def held(public: bytes, day, *, opened: bool = True):
    by = decide(operator(now()), "sealed.drill", Target())
    return drills.hold(by=by, public=public, held_on=day, opened=opened, at=now())


def standing_on(day) -> standing.Drills:
    with acting(chief_of_province("sealed.read")):
        return standing.drills(day)


def standing_now() -> standing.Drills:
    return standing_on(timezone.localdate())


def pages() -> list[str]:
    """What a holder and an inspector read."""
    inspector = browser_of(a_person("inspector", PROVINCE))
    holder = browser_of(a_holder().person)
    read = holder.get("/niem-phong/de-nghi/"), inspector.get(reverse("questions"))
    return [answer.content.decode() for answer in read]


def test_a_drill_is_due_a_year_after_the_last_one_and_both_are_told(trustees, admin_connection):
    key, public = trustees
    assert standing_now().late and standing_now().due == months_later(Key.objects.get(pk=key.pk).made_on, 12)
    assert all("Đã đến hạn diễn tập thẻ ủy thác" in page for page in pages())
    drill = held(public, timezone.localdate())
    assert isinstance(drill, Drill)
    assert not standing_now().late and standing_now().due == months_later(timezone.localdate(), 12)
    assert standing_on(standing_now().due).late
    assert all("mở được. Lần sau" in page and "đến hạn" not in page for page in pages())
    entry = "select count(*) from audit_entry where type = 'sealed.drill' and subject = %s"
    assert admin_connection.execute(entry, [f"sealed-drill:{drill.pk}"]).fetchone() == (1,)


def test_a_drill_that_failed_does_not_count_and_is_told(trustees):
    _key, public = trustees
    assert isinstance(held(public, timezone.localdate(), opened=False), Drill)
    assert standing_now().failed and standing_now().late
    assert all("không mở được" in page for page in pages())
    held(public, timezone.localdate())
    assert standing_now().failed is None or not standing_now().late


def test_a_drill_with_another_key_or_of_another_time_is_refused(trustees):
    _key, public = trustees
    today = timezone.localdate()
    assert held(new_pair().public, today) == drills.NOT_TRUSTED
    assert held(public, today + timedelta(days=1)) == drills.NO_DAY
    assert held(public, today - timedelta(days=801)) == drills.NO_DAY
    assert isinstance(held(public, today), Drill) and not isinstance(held(public, today), Refusal)


def test_the_command_line_records_it_and_says_what_is_wrong(trustees):
    _key, public = trustees
    assert sealing.drilled(public, None, "root", opened=True) == ""
    assert sealing.drilled(new_pair().public, None, "root", opened=True) == drills.NOT_TRUSTED.en


def test_without_cards_holders_are_told_so(admin_connection):
    with admin_connection.transaction():
        admin_connection.execute("set local session_replication_role = replica")
        admin_connection.execute("update sealed_key set ended_on = current_date where person_id is null")
    assert standing_now().key is None and "Chưa có thẻ ủy thác" in pages()[0]
