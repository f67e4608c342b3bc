"""From a signed-in person or a machine's key to an actor with the roles they hold today."""

from datetime import date, datetime

from hamrong.access.actors import Actor, Holding
from hamrong.access.queries import in_force, lent_to
from hamrong.access.roles import roles
from hamrong.accounts.keys import note_use, recognise
from hamrong.accounts.models import MachineKey, Person, Post


def holdings_of(person: Person, today: date, province: str) -> tuple[Holding, ...]:
    """The roles that a person has on a day: by their own posts, oldest first, then what others delegated to them.

    What was delegated counts while whoever did so holds it themselves.
    """
    own = _own(person, today, province)
    lent = (
        Holding(one.role, one.scope, f"person:{one.lender_id}")
        for one in lent_to(person, today)
        if one.lender.is_active and Holding(one.role, one.scope) in _own(one.lender, today, province)
    )
    return (*own, *lent)


def _own(person: Person, today: date, province: str) -> tuple[Holding, ...]:
    posts = Post.objects.filter(in_force(today), person=person).order_by("starts_on", "id")
    return tuple(Holding(post.role, _scope(post, province)) for post in posts)


def _scope(post: Post, province: str) -> str:
    kind = roles()[post.role].scope
    return {"establishment": post.establishment, "ward": post.unit_id, "province": province}.get(kind) or ""


def actor_of_person(person: Person, *, session: str, today: date, province: str, strong: bool) -> Actor:
    """The actor that a signed-in person is; `strong` where this session proved a second factor."""
    return Actor(f"person:{person.pk}", person.full_name, session, holdings_of(person, today, province), strong)


def actor_of_key(key: MachineKey, now: datetime) -> Actor:
    """The actor that an establishment's software is; its reads share one stream a day."""
    label = key.label or key.id
    return Actor(f"key:{key.id}", label, f"key:{key.id}:{now:%Y%m%d}", (Holding("machine", key.establishment),))


def actor_of_bearer(shown: str, now: datetime) -> Actor | None:
    """The actor behind a bearer key as sent, or None where no live key is that."""
    key = recognise(shown, now)
    if key is None:
        return None
    note_use(key, now)
    return actor_of_key(key, now)
