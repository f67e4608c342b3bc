"""Acts upon people, posts and machine keys; each writes its entry in the same transaction."""

from datetime import date, datetime, timedelta

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.roles import roles
from hamrong.access.walls import acting
from hamrong.accounts import keys
from hamrong.accounts.models import MachineKey, Person, Post

KEY_LIFE = timedelta(days=365)
OVERLAP = timedelta(days=14)


def create_person(*, by: Grant, username: str, full_name: str, password: str | None, at: datetime) -> Person | Refusal:
    """A person who can sign in; without a password they cannot until one is set."""
    name = username.strip().lower()
    with acting(by):
        if Person.objects.filter(username=name).exists():
            return Refusal("conflict", "Tên đăng nhập này đã có người dùng.", "That user name is taken.")
        person = Person(username=name, full_name=full_name.strip())
        person.set_password(password)
        person.save(force_insert=True)
        enter(by, subject=f"person:{person.pk}", at=at, username=name)
        return person


def appoint(
    *, by: Grant, person: Person, role: str, scope: str, starts_on: date, ordered_by: str, at: datetime
) -> Post | Refusal:
    """Give a person a post: `scope` is a unit's code, or an establishment's code for roles of an establishment."""
    at_establishment = roles()[role].scope == "establishment"
    place = {"establishment": scope} if at_establishment else {"unit_id": scope}
    if not ordered_by.strip():
        return Refusal("invalid", "Hãy ghi số quyết định hoặc người giao chức trách.", "Name the order behind this post.")
    with acting(by):
        if Post.objects.filter(person=person, role=role, ends_on__isnull=True, **place).exists():
            return Refusal("conflict", "Người này đang giữ chức trách đó.", "The person holds that post already.")
        post = Post.objects.create(
            person=person, role=role, starts_on=starts_on, ordered_by=ordered_by.strip(), appointed_by=by.actor.ref, **place
        )
        enter(by, subject=f"person:{person.pk}", at=at, post=role, scope=scope, order=post.ordered_by)
        return post


def end_post(*, by: Grant, post: Post, ends_on: date, at: datetime) -> Post | Refusal:
    """Close a post on a day; what was done in it stays on record."""
    if ends_on < post.starts_on:
        return Refusal("invalid", "Ngày kết thúc trước ngày bắt đầu.", "The end is before the start.")
    with acting(by):
        post = Post.objects.select_for_update().get(pk=post.pk)
        post.ends_on = ends_on
        post.save(update_fields=["ends_on"])
        enter(by, subject=f"person:{post.person_id}", at=at, post=post.role, ended=ends_on.isoformat())
        return post


def issue_key(
    *, by: Grant, establishment: str, label: str, at: datetime, replaces: MachineKey | None = None
) -> tuple[MachineKey, str]:
    """A key for an establishment's software and its secret, which is shown now and never again.

    A key that is replaced goes on for two weeks, so that the software can be changed over without a gap.
    """
    new = keys.mint()
    with acting(by):
        key = MachineKey.objects.create(
            id=new.id, digest=new.digest, establishment=establishment, label=label, created_at=at,
            created_by=by.actor.ref, expires_at=at + KEY_LIFE, replaces=replaces,
        )  # fmt: skip
        if replaces is not None:
            MachineKey.objects.filter(pk=replaces.pk, expires_at__gt=at + OVERLAP).update(expires_at=at + OVERLAP)
        enter(by, subject=f"key:{key.id}", at=at, establishment=establishment, replaces=replaces.id if replaces else "")
    return key, new.shown


def revoke_key(*, by: Grant, key: MachineKey, at: datetime) -> None:
    """End a key at once."""
    with acting(by):
        MachineKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=at)
        enter(by, subject=f"key:{key.id}", at=at, establishment=key.establishment)
