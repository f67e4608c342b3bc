"""People with real keys, and reports sealed for them, by the real actions."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.utils import timezone

from hamrong.access.actors import Grant, Target
from hamrong.access.people import actor_of_person
from hamrong.access.walls import acting
from hamrong.accounts.models import Person
from hamrong.kernel.seal.followup import new_code
from hamrong.sealed import queries
from hamrong.sealed.actions import keys, opening, reports, tokens
from hamrong.sealed.actions.opening import Asked
from hamrong.sealed.actions.reports import Place, Told
from hamrong.sealed.models import Key, Report, Request, Token
from hamrong.sealed.reporters import reporter
from hamrong.sealed.rings import Ring
from hamrong.sealed.touches import Fresh, Touch, written
from hamrong.site.demo import people
from tests.entrances import a_person
from tests.world import PROVINCE, actor, grant

WARD, OTHER = "14797", "14812"
PASSPHRASE = "bốn mùa hoa phượng đỏ"
NAME = "Người tố giác bịa ra để thử"


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Officer:
    """A person with a post, who may have a key."""

    person: Person
    role: str
    scope: str
    seed: bytes = b""

    @property
    def id(self) -> UUID:
        return self.person.pk

    def may(self, act: str) -> Grant:
        who = actor_of_person(
            self.person, session=f"session:{secrets.token_hex(4)}", today=timezone.localdate(), province=PROVINCE,
            strong=True,
        )  # fmt: skip
        scope = {"ward": self.scope} if self.role.startswith("ward") else {}
        return grant(who, act, Target(province=PROVINCE, **scope))

    def ring(self) -> Ring:
        """The opened key; the slow derivation is done once."""
        key = Key.objects.get(person=self.person, ended_on=None)
        if not self.seed:
            opened = keys.unlock(by=self.may("sealed.key"), passphrase=PASSPHRASE, at=now())
            assert isinstance(opened, Ring), opened
            self.seed = opened.seed
        return Ring(self.id, key, self.seed)


def an_officer(role: str = "ward-chief", scope: str = WARD, *, key: bool = True) -> Officer:
    """Somebody with a post and a key of their own."""
    officer = Officer(a_person(role, scope), role, scope)
    if key:
        made = keys.make_key(by=officer.may("sealed.key"), passphrase=PASSPHRASE, at=now())
        assert isinstance(made, Key), made
    return officer


HOLDERS: list[Officer] = []
"""Every holder of this worker's database; who holds a report is drawn by lot among them."""


def a_holder() -> Officer:
    HOLDERS.append(an_officer("identity-holder", PROVINCE))
    return HOLDERS[-1]


def holders() -> list[Officer]:
    """At least three of them."""
    while len(HOLDERS) < 3:
        a_holder()
    return HOLDERS


@cache
def chief() -> Officer:
    return an_officer()


def as_reporter(code: str, act: str = "sealed.report") -> Grant:
    """The grant of whoever has the code."""
    answer = reporter(code, act)
    assert isinstance(answer, Grant), answer
    return answer


def a_told(code: str, **changes: Any) -> Told:
    told = {"code": code, "parts": {"text": "Nội dung tố cáo".encode()}, "identity": NAME.encode()}
    return Told(**{**told, **changes})


def seal(*, handler: Officer | None = None, at: datetime | None = None, **changes: Any) -> tuple[Report, str]:
    """(a sealed report, its code); refusals come back instead of the report."""
    holders()
    code, handler = new_code(), handler or chief()
    report = reports.seal_report(
        by=as_reporter(code), told=a_told(code, **changes), place=Place(handler.scope, frozenset({handler.id})),
        at=at or now(),
    )  # fmt: skip
    return report, code


def people_with_shares(report: Report) -> set[UUID]:
    """Everybody who holds a share of it now, holders of the demo among them."""
    with acting(chief_of_province("sealed.read")):
        now_held = Report.objects.get(pk=report.pk)
        keys = Key.objects.filter(shares__report=report, shares__epoch=now_held.epoch)
        return set(keys.values_list("person", flat=True))


def holders_of(report: Report) -> list[Officer]:
    """Who of the tests' officers holds shares of it now."""
    found = people_with_shares(report)
    return [each for each in HOLDERS if each.id in found]


@contextmanager
def with_token(officer: Officer) -> Iterator[str]:
    """A security key beside this officer's passphrase for a while: what a browser's script would send of it."""
    by, touch = officer.may("sealed.key"), Touch(secrets.token_bytes(20), secrets.token_bytes(32))
    fresh = Fresh("chùm chìa khóa", "localhost", secrets.token_bytes(32), touch)
    token = tokens.add(by=by, passphrase=PASSPHRASE, fresh=fresh, at=now())
    assert isinstance(token, Token), token
    yield f"{written(touch.credential)}.{written(touch.answer)}"
    gone = tokens.remove(by=by, passphrase=PASSPHRASE, token=token.pk, touch=touch, alone=True, at=now())
    assert isinstance(gone, Token), gone


def without_demo_holders() -> None:
    """Take the keys of the demo's holders away again: other tests count on the holders that they made."""
    for one in (each for each in people.PEOPLE if each.role == "identity-holder"):
        person = Person.objects.filter(username=one.username).first()
        if person and queries.live_key(person.pk):
            keys.give_up(by=Officer(person, one.role, one.scope).may("sealed.key"), at=now())


def chief_of_province(act: str) -> Grant:
    """A grant in whose wall every row of the province stands."""
    return grant(actor("province-leader", PROVINCE), act, Target(province=PROVINCE))


def a_request(report: Report, handler: Officer | None = None, **changes: Any) -> Request:
    handler = handler or chief()
    asked = {"reason": "Xác minh", "ground": "Luật Tố cáo", "until": timezone.localdate() + timedelta(days=5)}
    made = opening.ask(
        by=handler.may("sealed.request"), report=report, ring=handler.ring(), asked=Asked(**{**asked, **changes}),
        at=now(),
    )  # fmt: skip
    assert isinstance(made, Request), made
    return made
