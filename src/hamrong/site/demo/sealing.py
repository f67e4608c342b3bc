"""Sealing keys of the demo's officers, so that reports can be sealed and opened from the first minute."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from hamrong.access.actors import Grant, Target
from hamrong.access.decisions import decide, registered
from hamrong.access.people import actor_of_person
from hamrong.access.walls import acting
from hamrong.accounts.models import Person
from hamrong.audit import logs
from hamrong.sealed import proven, queries
from hamrong.sealed.actions import keys
from hamrong.site.demo.people import PASSPHRASE, PEOPLE
from hamrong.site.demo.plates import signer
from hamrong.site.sequencer import granted


def make(at: datetime, today: date) -> None:
    """A key for everybody of the demo whose post may have one, under the passphrase that is told; all of it signed."""
    able = {one.username for one in PEOPLE if one.role in registered()["sealed.key"].roles}
    for person in Person.objects.filter(username__in=able):
        if queries.live_key(person.pk) is None:
            keys.make_key(by=_grant(person, today), passphrase=PASSPHRASE, at=at)
    signed()


def signed() -> None:
    """The record is signed as it is now: nothing is sealed for a key that its log does not hold yet."""
    with signer() as signing, acting(granted("log.sequence")):
        while logs.sequence():
            pass
        logs.certify(logs.RECORD, signing, timezone.now())
        proven.anchor()  # while the signer answers: one of our own ends with this


def _grant(person: Person, today: date) -> Grant:
    province = settings.HAMRONG_PROVINCE
    actor = actor_of_person(person, session="job:demo", today=today, province=province, strong=True)
    ward = next((held.scope for held in actor.holdings if held.definition.scope == "ward"), "")
    answer = decide(actor, "sealed.key", Target(ward=ward, province=province))
    assert isinstance(answer, Grant), answer
    return answer
