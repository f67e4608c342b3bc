"""Searching stays by name without diacritics, by document number (blind index) or place; never without a purpose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal
from uuid import UUID

from django.db.models import Q, QuerySet

from hamrong.access.actors import Grant
from hamrong.identity.keys import vault
from hamrong.kernel.vietnamese import fold
from hamrong.lodging.models import Stay
from hamrong.lodging.queries import visible

NAME_AT_LEAST: Final = 3
WIDEST: Final = timedelta(days=366)
WIDEST_BY_NAME: Final = timedelta(days=31)
"""How many nights of the whole province may be looked through for a name at once."""

Cursor = tuple[date, UUID]
"""Night and id of the last stay on a page: the next page begins after it."""

Problem = Literal["empty", "order", "wide", "wide_name"]


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; nights are inclusive. At least one of name, document, establishment must be given.

    `ward` narrows a search of the province to one commune.
    """

    name: str = ""
    document: str = ""
    establishment: str = ""
    first: date | None = None
    last: date | None = None
    ward: str = ""


def enough(search: Search) -> bool:
    """Whether a search is narrow enough to be asked: no browsing of everybody."""
    return bool(search.document.strip() or search.establishment.strip() or len(fold(search.name)) >= NAME_AT_LEAST)


def problem(search: Search, *, whole_province: bool) -> Problem | None:
    """Why a search is not asked, or None: it names nothing, its nights are in the wrong order, or it is too wide."""
    if not enough(search):
        return "empty"
    if search.document.strip():
        return None
    if search.first is None or search.last is None:
        return "wide"
    if search.last < search.first:
        return "order"
    by_name = whole_province and not search.establishment.strip()
    widest = WIDEST_BY_NAME if by_name else WIDEST
    return ("wide_name" if by_name else "wide") if search.last - search.first > widest else None


def told(search: Search) -> Mapping[str, Any]:
    """A search as the record of audit keeps it: the number only as its blind index."""
    return {
        "name": search.name,
        "document": vault().find(search.document).hex() if search.document.strip() else "",
        "establishment": search.establishment,
        "first": search.first.isoformat() if search.first else "",
        "last": search.last.isoformat() if search.last else "",
    }


def stays(by: Grant, search: Search) -> QuerySet[Stay]:
    """Stays that fit, newest night first; the caller pages by (night, id) and puts the search on record."""
    found = visible.stays(by).filter(_nights(search))
    if search.ward:
        found = found.filter(ward=search.ward)
    if search.document.strip():
        found = found.filter(document_index=vault().find(search.document))
    if name := fold(search.name):
        found = found.filter(name_key__gte=name, name_key__lt=name + "~")
    if search.establishment.strip():
        found = found.filter(establishment=search.establishment.strip().upper())
    return found.order_by("-night", "-id")


def page(by: Grant, search: Search, *, after: Cursor | None, limit: int) -> tuple[Sequence[Stay], Cursor | None]:
    """Up to `limit` stays after a cursor, and the cursor of the page that follows, if there is one."""
    found = stays(by, search)
    if after:
        night, last = after
        # the plain bound beside the pair lets the database skip the months after it
        found = found.filter(Q(night__lt=night) | Q(night=night, id__lt=last), night__lte=night)
    rows = list(found[: limit + 1])
    more = len(rows) > limit
    return rows[:limit], (rows[limit - 1].night, rows[limit - 1].pk) if more else None


def _nights(search: Search) -> Q:
    within = Q()
    if search.first:
        within &= Q(night__gte=search.first)
    if search.last:
        within &= Q(night__lte=search.last)
    return within
