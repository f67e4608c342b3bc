"""Receptions of the demo, made by the real acts: a schedule that anybody reads and a book that holds no denouncer."""

from django.utils import timezone

from hamrong.access.actors import Target
from hamrong.access.walls import acting
from hamrong.petitions.models import Hours, Petition, Reception
from hamrong.petitions.queries import receptions as kept
from hamrong.site.demo import receptions
from hamrong.site.demo.receptions import SCENES
from tests.entrances import browser
from tests.world import PROVINCE, actor, grant

UNIT = "16654"  # a commune in which no other test receives anybody


def may(act: str):
    return grant(actor("ward-duty", UNIT), act, Target(ward=UNIT, province=PROVINCE))


def test_the_book_and_the_schedule_are_made_once_and_hold_no_denouncer():
    now = timezone.now()
    receptions.make(now, [UNIT])
    receptions.make(now, [UNIT])
    with acting(may("reception.list")):
        rows = list(Reception.objects.filter(unit=UNIT).order_by("held_on"))
        hours = Hours.objects.filter(unit=UNIT).count()
        taken = Petition.objects.filter(reception__in=rows)
        assert [one.kind for one in taken] == ["complaint"]
        delegation = kept.opened(rows[0])
    assert (len(rows), hours) == (len(SCENES), 3)
    assert rows[0].people == 12 and delegation is not None and len(delegation.visitors) == 3
    (secret,) = (one for one in rows if one.kind == "denunciation")
    assert secret.content is None and secret.persons == []
    page = browser().get(f"/tiep-dan/?unit={UNIT}").content.decode()
    assert "Phòng tiếp công dân" in page and "Ngày 15 hằng tháng" in page
