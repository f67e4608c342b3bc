"""Officers with keys, for measurements of the sealed room; import it once Django is set up."""

import secrets
from datetime import date, datetime
from uuid import UUID

from hamrong.access import actions
from hamrong.access.actors import Actor, Grant, Target, operator
from hamrong.access.decisions import decide
from hamrong.access.people import actor_of_person
from hamrong.accounts.models import Person
from hamrong.kernel.seal import keys as pairs
from hamrong.kernel.seal.followup import new_code
from hamrong.law import VIETNAM
from hamrong.sealed.actions import keys, reports
from hamrong.sealed.actions.reports import Place, Told
from hamrong.sealed.models import Key, Report
from hamrong.sealed.reporters import reporter
from hamrong.sealed.rules import Splitting
from hamrong.site.demo.people import service_number

PROVINCE, WARD = "38", "14797"


def now() -> datetime:
    return datetime.now(VIETNAM)


def granted(actor: Actor, act: str, target: Target) -> Grant:
    answer = decide(actor, act, target)
    assert isinstance(answer, Grant), answer
    return answer


def an_officer(role: str, scope: str, name: str = "Cán bộ đo") -> UUID:
    """The id of somebody with a post and a key."""
    clerk = operator(now())
    person = actions.create_person(
        by=granted(clerk, "person.create", Target()), username=f"b{secrets.token_hex(5)}", full_name=name,
        password=None, at=now(), service_number=service_number(),
    )  # fmt: skip
    assert isinstance(person, Person)
    actions.appoint(
        by=granted(clerk, "post.appoint", Target()), person=person, role=role, scope=scope,
        starts_on=date(now().year, 1, 1), ordered_by="đo", at=now(),
    )  # fmt: skip
    actor = actor_of_person(person, session="session:bench", today=now().date(), province=PROVINCE, strong=True)
    by = granted(actor, "sealed.key", Target(ward=scope, province=PROVINCE))
    assert isinstance(keys.make_key(by=by, passphrase="một câu đủ dài để đo", at=now()), Key)
    return person.pk


def people() -> Place:
    """Five holders, trustees, and the place of three handlers."""
    for _ in range(5):
        an_officer("identity-holder", PROVINCE)
    keys.trust(by=granted(operator(now()), "sealed.trust", Target()), public=pairs.new_pair().public, at=now())
    return Place(WARD, frozenset(an_officer("ward-chief", WARD) for _ in range(3)))


def seal(place: Place, text: bytes, identity: bytes) -> None:
    """One report of a reporter, from the code to the commit."""
    code = new_code()
    by = reporter(code, "sealed.report")
    assert isinstance(by, Grant), by
    told = Told(code, {"text": text}, identity)
    made = reports.seal_report(by=by, told=told, place=place, at=now(), splitting=Splitting(2, 5, 3))
    assert isinstance(made, Report), made
