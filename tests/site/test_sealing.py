"""What the command line does in the sealed room: the trustees' key on record, saving by cards, keys of the demo."""

import pytest
from django.utils import timezone

from hamrong.access import actions
from hamrong.accounts.models import Person
from hamrong.kernel.seal.keys import new_pair
from hamrong.sealed import queries
from hamrong.sealed.actions import keys
from hamrong.sealed.models import Key, Report
from hamrong.sealed.rings import Ring
from hamrong.site import sealing
from hamrong.site.demo import people
from hamrong.site.demo import sealing as demo
from tests.entrances import a_number, as_operator
from tests.sealed.room import HOLDERS, Officer, holders_of, now, people_with_shares, seal, without_demo_holders
from tests.sealed.test_dealing import current, only_these_reports, order  # noqa: F401


@pytest.mark.usefixtures("only_these_reports")
def test_three_cards_carry_an_order_out_and_wrong_ones_change_nothing():
    pair = new_pair()
    sealing.trust(pair.public, "root")
    report, _ = seal()
    for holder in holders_of(report)[:2]:
        keys.give_up(by=holder.may("sealed.key"), at=now())
        HOLDERS.remove(holder)
    assert sealing.recover(pair.seed, "root") == (0, "Nobody has ordered to deal anew.")
    order()
    assert sealing.recover(bytes(32), "root") == (
        0, "1 reports were sealed for other cards than these and stay as they are",
    )  # fmt: skip
    assert current(report).epoch == 1
    assert sealing.recover(pair.seed, "root") == (1, "")
    assert current(report).epoch == 2 and len(people_with_shares(report)) == 3
    assert isinstance(report, Report)


def test_the_demos_officers_have_keys_under_the_passphrase_that_is_told():
    one = next(each for each in people.PEOPLE if each.role == "identity-holder")
    person = Person.objects.filter(username=one.username).first() or actions.create_person(
        by=as_operator("person.create"), username=one.username, full_name=one.full_name, password=None, at=now(),
        service_number=a_number(),
    )  # fmt: skip
    assert isinstance(person, Person)
    actions.appoint(
        by=as_operator("post.appoint"), person=person, role=one.role, scope=one.scope, starts_on=timezone.localdate(),
        ordered_by=people.ORDER, at=now(),
    )  # fmt: skip
    before = Key.objects.filter(person=person).count()
    for _ in range(2):
        demo.make(now(), timezone.localdate())
    assert Key.objects.filter(person=person).count() == before + 1
    by = Officer(person, one.role, one.scope).may("sealed.key")
    assert isinstance(keys.unlock(by=by, passphrase=people.PASSPHRASE, at=now()), Ring)
    assert people.PASSPHRASE in people.sign_ins()
    without_demo_holders()
    assert queries.live_key(person.pk) is None
