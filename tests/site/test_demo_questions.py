"""Questions of the demo: one of each kind at least waits for the inspector, and one was answered."""

from datetime import timedelta

from django.utils import timezone

from hamrong.access.actors import Target
from hamrong.access.answers import answers_to, open_still
from hamrong.access.queries import families_of
from hamrong.access.walls import acting
from hamrong.accounts.models import Person
from hamrong.audit.oddities import LEAST, RULES, questions
from hamrong.site.demo import people
from hamrong.site.demo import questions as demo
from hamrong.site.demo.places import SAM_SON
from tests.world import PROVINCE, a_notification, actor, an_establishment, grant


def test_a_question_of_each_kind_waits_and_one_is_answered_and_nothing_is_made_twice():
    now, place = timezone.now(), an_establishment(ward=SAM_SON)
    for _ in range(LEAST + 1):
        a_notification(place)
    people.make(now)
    demo.make(now)
    demo.make(now)
    readers = {
        f"person:{pk}" for pk in Person.objects.filter(username__startswith="canbo").values_list("pk", flat=True)
    }
    with acting(grant(actor("inspector", PROVINCE), "audit.read", Target(province=PROVINCE))):
        found = [one for one in questions(now - timedelta(days=30), now, families_of()) if one.actor in readers]
        said = answers_to(found)
    waiting = [one.rule for one in found if open_still(one, said.get(one.key, ()))]
    assert set(waiting) == set(RULES)
    assert sorted(one.rule for one in found) == sorted([*RULES, "night"])
