"""Registering an establishment by its own people: the application, its private code, the account after approval."""

import hmac
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from hamrong.access import actions as access_actions
from hamrong.access.actors import Actor, Grant, Holding, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting, one_at_a_time
from hamrong.accounts.enrolment import ALPHABET, GROUP, LENGTH, digest
from hamrong.accounts.models import Person
from hamrong.lodging.actions.establishments import Establishment, apply
from hamrong.lodging.models import Claim
from hamrong.lodging.queries import visible

BITS: Final = 5
USED: Final = Refusal(
    "state", "Mã theo dõi này đã được dùng để lập tài khoản.", "This code has been used to set an account up."
)
NOT_YET: Final = Refusal("state", "Cơ sở chưa được duyệt hoặc không còn hoạt động.", "The establishment is not active.")


def code_of(token: str) -> str:
    """The private code that the form bearing `token` leads to: 80 bits that only this installation can work out.

    The same form sent twice gets the same code, so that nobody loses it to a broken connection.
    """
    number = int.from_bytes(hmac.digest(settings.SECRET_KEY.encode(), f"lodging.claim {token}".encode(), "sha256"))
    code = "".join(ALPHABET[number >> BITS * place & 31] for place in range(LENGTH))
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def register(*, by: Grant, token: str, at: datetime, **facts: Any) -> str | Refusal:
    """Apply for an establishment (`facts` as `establishments.apply` takes them); returns its code.

    The form that bears `token` makes one application, however often it is sent.
    """
    secret = digest(code_of(token))
    with acting(by):
        one_at_a_time(5001, secret.hex())
        known = Claim.objects.filter(digest=secret).first()
        if known is not None:
            return known.establishment
        place = apply(by=by, at=at, **facts)
        if isinstance(place, Refusal):
            return place
        Claim.objects.create(establishment=place.code, digest=secret, made_at=at)
    return place.code


def applicant(establishment: str, typed: str, session: str) -> Actor | None:
    """Whoever knows the private code of an application; None for a wrong code, and for one that nobody has."""
    claim = Claim.objects.filter(pk=establishment.strip().upper()).first()
    if claim is None or not hmac.compare_digest(bytes(claim.digest), digest(typed)):
        return None
    return Actor(f"applicant:{claim.pk}", claim.pk, session, (Holding("applicant", claim.pk),))


def application(by: Grant, at: datetime) -> tuple[Establishment, bool]:
    """The establishment that was applied for, and whether its account was set up already."""
    with acting(by):
        place = visible.establishments(by).get(pk=by.scope)
        used = Claim.objects.filter(pk=by.scope, used_at__isnull=False).exists()
        enter(by, subject=f"establishment:{by.scope}", at=at, state=place.state)
    return place, used


def claim(*, by: Grant, username: str, password: str, today: date, at: datetime) -> Person | Refusal:
    """Take an approved establishment over: the manager's own account and post, once."""
    with acting(by), transaction.atomic():
        taken = _claim(by, username, password, today, at)
        if isinstance(taken, Refusal):
            transaction.set_rollback(True)
    return taken


def _claim(by: Grant, username: str, password: str, today: date, at: datetime) -> Person | Refusal:
    place = visible.establishments(by).filter(pk=by.scope).first()
    if place is None or place.state != "active":
        return NOT_YET
    if not Claim.objects.filter(pk=by.scope, used_at__isnull=True).update(used_at=at):
        return USED
    person = access_actions.create_person(
        by=by, username=username, full_name=place.manager_name, password=password, at=at
    )
    if isinstance(person, Refusal):
        return person
    order = f"{place.decided_by} {place.decided_at:%Y-%m-%d}"
    post = access_actions.appoint(
        by=by, person=person, role="host-manager", scope=by.scope, starts_on=today, ordered_by=order, at=at
    )
    return post if isinstance(post, Refusal) else person
