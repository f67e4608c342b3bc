"""Acts upon people, posts and machine keys; each writes its entry in the same transaction."""

import re
from datetime import date, datetime, timedelta

from hamrong.access import queries
from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.roles import roles
from hamrong.access.walls import acting
from hamrong.accounts import enrolment, factors, keys
from hamrong.accounts.models import SERVICE_NUMBER, USERNAME, Enrolment, MachineKey, Person, Post
from hamrong.kernel.vietnamese import clean, fold, name_sort_key
from hamrong.org.queries import unit

KEY_LIFE = timedelta(days=365)
OVERLAP = timedelta(days=14)
KINDS = {"ward": ("commune",), "province": ("province", "department")}
"""Which kinds of units a role of each scope can be held in."""

TAKEN = Refusal("conflict", "Tên đăng nhập này đã có người dùng.", "That user name is taken.")
NOT_PLAIN = Refusal(
    "invalid",
    "Tên đăng nhập gồm 3 đến 64 chữ thường không dấu, chữ số, dấu chấm, gạch nối hoặc gạch dưới.",
    "A user name has 3 to 64 plain small letters, digits, dots, dashes or underscores.",
)
NOT_A_NUMBER = Refusal(
    "invalid", "Số hiệu Công an nhân dân gồm hai nhóm ba chữ số, ví dụ 123-456.",
    "A service number is two groups of three digits, such as 123-456.",
)  # fmt: skip
ANOTHERS = Refusal(
    "conflict",
    "Số hiệu này thuộc một tài khoản khác. Mỗi cán bộ có một tài khoản: hãy giao chức trách cho tài khoản đó.",
    "That service number belongs to another account. An officer has one account: give the post to that one.",
)
UNNUMBERED = Refusal(
    "invalid",
    "Hãy ghi số hiệu của người này trước: chức trách trong đơn vị công an chỉ giao cho cán bộ có số hiệu.",
    "Give this person's service number first: posts in a police unit are for officers who have one.",
)
NOT_YOURS = Refusal("other-scope", "Người này không thuộc phạm vi của bạn.", "That person is not within your scope.")


def create_person(
    *, by: Grant, username: str, full_name: str, password: str | None, at: datetime, service_number: str = ""
) -> Person | Refusal:
    """A person who can sign in; without a password they cannot until they used a one-time code (`give_code`).

    An officer has a service number (số hiệu Công an nhân dân), by which one human has one account.
    """
    name, shown = username.strip().lower(), clean(full_name)
    if not shown:
        return Refusal("invalid", "Hãy ghi họ và tên.", "Give the full name.")
    if not re.fullmatch(USERNAME, name):
        return NOT_PLAIN
    with acting(by):
        if Person.objects.filter(username=name).exists():
            return TAKEN
        number = _number(service_number)
        if isinstance(number, Refusal):
            return number
        person = Person(
            username=name, full_name=shown, name_key=fold(shown), name_order=name_sort_key(shown), service_number=number
        )
        person.set_password(password)
        person.save(force_insert=True)
        enter(by, subject=f"person:{person.pk}", at=at, username=name, service_number=number or "")
        return person


def _number(given: str) -> str | Refusal | None:
    """A service number as it is kept, None where none was given."""
    number = clean(given)
    if not number:
        return None
    if re.fullmatch(r"[0-9]{6}", number):
        number = f"{number[:3]}-{number[3:]}"
    if not re.fullmatch(SERVICE_NUMBER, number):
        return NOT_A_NUMBER
    return ANOTHERS if Person.objects.filter(service_number=number).exists() else number


def number_person(*, by: Grant, person: Person, service_number: str, at: datetime) -> Person | Refusal:
    """Give the service number of somebody who has none yet; it does not change afterwards."""
    with acting(by):
        person = Person.objects.select_for_update().get(pk=person.pk)
        number = _number(service_number)
        if isinstance(number, Refusal) or number is None:
            return number or NOT_A_NUMBER
        if person.service_number:
            return Refusal("conflict", "Người này đã có số hiệu.", "This person has a service number already.")
        person.service_number = number
        person.save(update_fields=["service_number"])
        enter(by, subject=f"person:{person.pk}", at=at, service_number=number)
        return person


def suspend_person(*, by: Grant, person: Person, active: bool, reason: str, at: datetime) -> Person | Refusal:
    """Lock somebody out, or let them in again; posts stay as they are. Sessions end with their next request."""
    if not reason.strip():
        return Refusal("invalid", "Hãy ghi lý do.", "Give the reason.")
    if by.actor.ref == f"person:{person.pk}":
        return Refusal("conflict", "Không thể tự khóa tài khoản của mình.", "Nobody suspends their own account.")
    with acting(by):
        person = Person.objects.select_for_update().get(pk=person.pk)
        person.is_active = active
        person.save(update_fields=["is_active"])
        enter(by, subject=f"person:{person.pk}", at=at, active=active, reason=clean(reason))
        return person


def give_code(
    *, by: Grant, person: Person, at: datetime, drops_factors: bool = False
) -> tuple[Enrolment, str] | Refusal:
    """A one-time code with which the person sets a password; shown now and never again. An older unused one ends.

    With `drops_factors` using it also takes the second factors away, for somebody who lost theirs.
    """
    code = enrolment.mint()
    with acting(by):
        if not queries.people(by).filter(pk=person.pk).exists():
            return NOT_YOURS
        Enrolment.objects.filter(person=person, used_at__isnull=True).delete()
        new = Enrolment.objects.create(
            person=person, digest=enrolment.digest(code), created_at=at, created_by=by.actor.ref,
            expires_at=at + enrolment.LIFE, drops_factors=drops_factors,
        )  # fmt: skip
        ends = new.expires_at.isoformat()
        enter(by, subject=f"person:{person.pk}", at=at, expires_at=ends, drops_factors=drops_factors)
        return new, code


def give_app(*, by: Grant, person: Person, secret: str, at: datetime) -> None:
    """An authenticator app whose Base32 secret is known already; people of a demo have one from the start."""
    with acting(by):
        factors.give_app(person, secret)
        enter(by, subject=f"person:{person.pk}", at=at, factor="totp")


def appoint(
    *, by: Grant, person: Person, role: str, scope: str, starts_on: date, ordered_by: str, at: datetime
) -> Post | Refusal:
    """Give a person a post: `scope` is a unit's code, or an establishment's code for roles of an establishment."""
    place = _place(role, scope)
    if isinstance(place, Refusal):
        return place
    if not ordered_by.strip():
        return Refusal(
            "invalid", "Hãy ghi số quyết định hoặc người giao chức trách.", "Name the order behind this post."
        )
    with acting(by):
        if "unit_id" in place and not person.service_number:
            return UNNUMBERED
        if Post.objects.filter(person=person, role=role, ends_on__isnull=True, **place).exists():
            return Refusal("conflict", "Người này đang giữ chức trách đó.", "The person holds that post already.")
        post = Post.objects.create(
            person=person,
            role=role,
            starts_on=starts_on,
            ordered_by=clean(ordered_by),
            appointed_by=by.actor.ref,
            **place,
        )
        enter(by, subject=f"person:{person.pk}", at=at, post=role, scope=scope, order=post.ordered_by)
        return post


def _place(role: str, scope: str) -> dict[str, str] | Refusal:
    """The column that a post of this role names its place in, with the place's code."""
    held = roles().get(role)
    if held is None or held.by != "person":
        return Refusal("invalid", "Không ai được giao chức trách này.", "Nobody can be appointed to that.")
    if held.scope == "establishment":
        return (
            {"establishment": scope}
            if scope.strip()
            else Refusal("invalid", "Hãy ghi mã cơ sở.", "Name the establishment.")
        )
    found = unit(scope)
    if found is None or found.kind not in KINDS[held.scope]:
        return Refusal("invalid", "Đơn vị này không có chức trách đó.", "That unit has no such post.")
    return {"unit_id": scope}


def end_post(*, by: Grant, post: Post, ends_on: date, at: datetime) -> Post | Refusal:
    """Close a post: from the day `ends_on` it is not held any more. What was done in it stays on record."""
    with acting(by):
        held = queries.posts(by).select_for_update(of=("self",)).filter(pk=post.pk).first()
        if held is None:
            return NOT_YOURS
        if ends_on < held.starts_on:
            return Refusal("invalid", "Ngày kết thúc trước ngày bắt đầu.", "The end is before the start.")
        if held.ends_on is not None and held.ends_on <= ends_on:
            return Refusal("state", "Chức trách này đã kết thúc rồi.", "The post has ended already.")
        held.ends_on = ends_on
        held.save(update_fields=["ends_on"])
        enter(by, subject=f"person:{held.person_id}", at=at, post=held.role, ended=ends_on.isoformat())
        return held


def invite_clerk(
    *, by: Grant, username: str, full_name: str, today: date, at: datetime
) -> tuple[Person, str] | Refusal:
    """A clerk of the grant's own establishment, by the word of its manager, and the code to come in with."""
    with acting(by):
        person = create_person(by=by, username=username, full_name=full_name, password=None, at=at)
        if isinstance(person, Refusal):
            return person
        given = f"Chủ cơ sở {by.scope}"
        post = appoint(
            by=by, person=person, role="host-clerk", scope=by.scope, starts_on=today, ordered_by=given, at=at
        )
        code = give_code(by=by, person=person, at=at)
        assert not isinstance(post, Refusal) and not isinstance(code, Refusal)
        return person, code[1]


def issue_key(
    *, by: Grant, establishment: str, label: str, at: datetime, replaces: MachineKey | None = None
) -> tuple[MachineKey, str]:
    """A key for an establishment's software and its secret, which is shown now and never again.

    A key that is replaced goes on for two weeks, so that the software can be changed over without a gap.
    """
    new = keys.mint()
    with acting(by):
        key = MachineKey.objects.create(
            id=new.id, digest=new.digest, establishment=establishment, label=clean(label), created_at=at,
            created_by=by.actor.ref, expires_at=at + KEY_LIFE, replaces=replaces,
        )  # fmt: skip
        if replaces is not None:
            old = queries.keys(by).filter(pk=replaces.pk, expires_at__gt=at + OVERLAP)
            old.update(expires_at=at + OVERLAP)
        enter(by, subject=f"key:{key.id}", at=at, establishment=establishment, replaces=replaces.id if replaces else "")
    return key, new.shown


def revoke_key(*, by: Grant, key: MachineKey, at: datetime) -> MachineKey | Refusal:
    """End a key at once."""
    with acting(by):
        ended = queries.keys(by).filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=at)
        if not ended:
            return Refusal("state", "Khóa này đã bị thu hồi rồi.", "The key was revoked already.")
        enter(by, subject=f"key:{key.id}", at=at, establishment=key.establishment)
        return queries.keys(by).get(pk=key.pk)
