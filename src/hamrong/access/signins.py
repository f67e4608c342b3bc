"""Signing in and out, and changes of one's own account, on record.

Nobody grants these acts: a visitor becomes a person by them. Each writes its entry in its own transaction all the same.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from hamrong.access.actors import Refusal
from hamrong.accounts import enrolment
from hamrong.accounts.factors import factors_of
from hamrong.accounts.models import Enrolment, Person
from hamrong.audit.record import Act, record

PURPOSE = "own-account"
ACTS: Final = (
    "sign-in", "sign-in.failed", "sign-in.slowed", "sign-out", "session.end", "session.idle", "password.change",
    "factor.add", "factor.remove", "account.enrol", "refused",
)  # fmt: skip
"""Acts that no policy row allows, because everybody may try them; `acts.yaml` has their words."""

WRONG_CODE = Refusal(
    "invalid",
    "Tên đăng nhập hoặc mã một lần không đúng, hoặc mã đã hết hạn.",
    "Wrong user name or code, or it has ended.",
)


@dataclass(frozen=True, slots=True)
class Where:
    """Where somebody is: the name of their session in the record, network address and browser (both personal)."""

    session: str
    address: str
    agent: str

    def told(self) -> dict[str, str]:
        return {"address": self.address, "agent": self.agent}


@dataclass(frozen=True, slots=True)
class Standing:
    """An account at a moment, as far as signing in goes; two of them tell what happened in between."""

    person: UUID | None = None
    password: str = ""
    factors: Mapping[int, str] = field(default_factory=dict)


def standing(user: Any) -> Standing:
    """The standing of who is signed in, or of a visitor."""
    if not user.is_authenticated:
        return Standing()
    person = Person.objects.get(pk=user.pk)
    return Standing(person.pk, person.password, factors_of(person))


def enter_changes(before: Standing, after: Standing, where: Where, at: datetime, *, how: str = "") -> None:
    """Put on record what became of an account between two moments: signed in, out, factors and password changed.

    `how` is by which proofs somebody signed in, such as `password+totp`.
    """
    for act, person, told in _changes(before, after, how):
        _enter(act, f"person:{person}", where, at, told)


def _changes(before: Standing, after: Standing, how: str) -> Iterator[tuple[str, UUID, dict[str, str]]]:
    if before.person and before.person != after.person:
        yield "sign-out", before.person, {}
    if after.person and after.person != before.person:
        yield "sign-in", after.person, {"by": how}
    if not after.person or after.person != before.person:
        return
    for number in after.factors.keys() - before.factors.keys():
        yield "factor.add", after.person, {"type": after.factors[number]}
    for number in before.factors.keys() - after.factors.keys():
        yield "factor.remove", after.person, {"type": before.factors[number]}
    if after.password != before.password:
        yield "password.change", after.person, {}


def _enter(act: str, subject: str, where: Where, at: datetime, told: Mapping[str, Any], *, actor: str = "") -> None:
    record(Act(act, actor or subject, where.session, subject, PURPOSE, "", at, {**where.told(), **told}))


def enter_failed(*, username: str, step: str, where: Where, at: datetime) -> None:
    """A wrong try. The name that was typed is never kept: it may be a password in the wrong field."""
    _enter_try("sign-in.failed", username, step, where, at)


def enter_slowed(*, username: str, step: str, where: Where, at: datetime) -> None:
    """Too many wrong tries; once for each bucket and window."""
    _enter_try("sign-in.slowed", username, step, where, at)


def _enter_try(act: str, username: str, step: str, where: Where, at: datetime) -> None:
    """Tries share sixteen streams a day: a chain that shows a missing one, and a stream that names no address."""
    known = Person.objects.filter(username=username.strip().lower()).first()
    shard = hashlib.sha256(where.address.encode()).hexdigest()[0]
    stranger = replace(where, session=f"sign-in:{at:%Y%m%d}:{shard}")
    with transaction.atomic():
        _enter(act, f"person:{known.pk}" if known else "sign-in", stranger, at, {"step": step}, actor="visitor")


def end_session(*, person: Person, number: int, where: Where, at: datetime) -> bool:
    """End one of a person's own sessions, found by its number in the list; False where it is not theirs or over."""
    with transaction.atomic():
        session = UserSession.objects.filter(user=person, pk=number).first()
        if session is None:
            return False
        session.end()
        _enter("session.end", f"person:{person.pk}", where, at, {"ended": str(session.created_at)})
    return True


def end_idle(*, person: Person, where: Where, at: datetime, left: int) -> None:
    """Put on record that a session ends because nobody used it; `left` is for how many seconds."""
    with transaction.atomic():
        _enter("session.idle", f"person:{person.pk}", where, at, {"idle": left})


def enrol(*, username: str, code: str, password: str, where: Where, at: datetime) -> Person | Refusal:
    """Use a one-time code: the person's password is the new one, and lost factors are gone where the code says so."""
    with transaction.atomic():
        found = enrolment.recognise(username, code, at)
        # of two tries with the same code at the same moment one finds nothing left to use
        if found is None or not Enrolment.objects.filter(pk=found.pk, used_at__isnull=True).update(used_at=at):
            return WRONG_CODE
        person = found.person
        person.set_password(password)
        person.save(update_fields=["password"])
        if found.drops_factors:
            Authenticator.objects.filter(user=person).delete()
        subject = f"person:{person.pk}"
        _enter("account.enrol", subject, where, at, {"dropped": found.drops_factors})
    return person
