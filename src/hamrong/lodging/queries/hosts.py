"""What an establishment asks about itself: its own entry, its rooms, its guests and what became of a stay."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from hamrong.access.actors import Grant
from hamrong.identity.keys import vault
from hamrong.kernel.vietnamese import fold
from hamrong.lodging.models import Amendment, Batch, Establishment, Receipt, Room, Stay
from hamrong.lodging.queries import visible

__all__ = [
    "Batch",
    "Cursor",
    "Establishment",
    "Receipt",
    "Room",
    "Stay",
    "latest",
    "number_of",
    "own",
    "page",
    "receipts_of",
    "rooms",
    "stay",
    "stay_of",
    "stays",
    "versions",
]

Cursor = tuple[date, UUID]
"""Night and id of the last stay on a page: the next page begins after it."""


def own(by: Grant) -> Establishment:
    """The establishment that the grant is for."""
    return visible.establishments(by).get(pk=by.scope)


def rooms(by: Grant) -> Sequence[Room]:
    """Its rooms, in the order of their names."""
    return list(visible.rooms(by).filter(establishment=by.scope))


def latest(by: Grant, nights: Sequence[date], limit: int) -> Sequence[Stay]:
    """The stays of some nights that came in last."""
    return list(_own(by).filter(night__in=nights).order_by("-received_at", "-id")[:limit])


def stays(by: Grant, *, name: str = "", night: date | None = None) -> QuerySet[Stay]:
    """Its stays, newest night first; `name` is found without diacritics wherever a word of the name begins."""
    found = _own(by)
    if night:
        found = found.filter(night=night)
    key = fold(name)
    if name.strip() and not key:
        return found.none()  # signs alone are in no name: not a search for everybody
    if key:
        found = found.filter(Q(name_key__startswith=key) | Q(name_key__contains=f" {key}"))
    return found.order_by("-night", "-id")


def page(found: QuerySet[Stay], after: Cursor | None, limit: int) -> tuple[Sequence[Stay], Cursor | None]:
    """Up to `limit` stays after a cursor, and the cursor of the page that follows, if there is one."""
    if after:
        night, last = after
        found = found.filter(Q(night__lt=night) | Q(night=night, id__lt=last))
    rows = list(found[: limit + 1])
    more = len(rows) > limit
    return rows[:limit], (rows[limit - 1].night, rows[limit - 1].pk) if more else None


def stay(by: Grant, night: date, identifier: UUID) -> Stay | None:
    """One of its stays, by the night of arrival and the id."""
    return _own(by).filter(night=night, pk=identifier).first()


def versions(by: Grant, stay: Stay) -> Sequence[Amendment]:
    """What was done to a stay after its notification, oldest first."""
    return list(visible.amendments(by).filter(stay=stay.pk).order_by("version"))


def receipts_of(stay: Stay) -> Sequence[Receipt]:
    """Every receipt that a stay got, oldest version first."""
    return list(Receipt.objects.filter(subject=stay.pk).order_by("version"))


def stay_of(by: Grant, receipt: Receipt) -> Stay | None:
    """The stay that a receipt is about, where it is the grant's own."""
    return (
        _own(by).filter(night=receipt.night, pk=receipt.subject).first() or _own(by).filter(pk=receipt.subject).first()
    )


def _own(by: Grant) -> QuerySet[Stay]:
    return visible.stays(by).filter(establishment=by.scope)


def number_of(stay: Stay) -> str:
    """The document's number in plain text, '' where there is none. Whoever asks puts it on record."""
    return vault().open(bytes(stay.document_sealed), stay.pk.bytes) if stay.document_sealed else ""
