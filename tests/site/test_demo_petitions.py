"""The demo's petitions: made by the real actions, once, with a late, a suspended and an offered one among them."""

from django.utils import timezone

from hamrong.access.walls import acting
from hamrong.cases.models import Transfer
from hamrong.cases.queries import desk, visible
from hamrong.site.demo.petitions import MATTERS, make
from hamrong.site.demo.places import SAM_SON
from tests.world import as_ward


def test_they_are_there_once_and_stand_where_they_should():
    now = timezone.now()
    assert make(now) in {0, len(MATTERS)}
    assert make(now) == 0
    with acting(as_ward(SAM_SON, "case.list")) as grant:
        states = {case.state for case in visible.cases(grant)}
        assert states >= {"received", "settling", "suspended", "decided"}
        assert any(one.is_late for one in desk.due(grant, at=now, until=now))
        assert Transfer.objects.filter(unit=SAM_SON, state="offered").exists()
