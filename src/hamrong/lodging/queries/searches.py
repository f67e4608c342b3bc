"""Searching stays by name without diacritics, by document number (blind index) or place; never without a purpose."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from hamrong.access.actors import Grant
from hamrong.identity.keys import vault
from hamrong.kernel.vietnamese import fold
from hamrong.lodging.models import Stay
from hamrong.lodging.queries import visible

NAME_AT_LEAST = 3


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; nights are inclusive. At least one of name, document, establishment must be given."""

    name: str = ""
    document: str = ""
    establishment: str = ""
    first: date | None = None
    last: date | None = None


def enough(search: Search) -> bool:
    """Whether a search is narrow enough to be asked: no browsing of everybody."""
    return bool(search.document.strip() or search.establishment.strip() or len(fold(search.name)) >= NAME_AT_LEAST)


def stays(by: Grant, search: Search) -> QuerySet[Stay]:
    """Stays that fit, newest night first; the caller pages by (night, id) and puts the search on record."""
    found = visible.stays(by).filter(_nights(search))
    if search.document.strip():
        found = found.filter(document_index=vault().find(search.document))
    if name := fold(search.name):
        found = found.filter(name_key__gte=name, name_key__lt=name + "~")
    if search.establishment.strip():
        found = found.filter(establishment=search.establishment.strip().upper())
    return found.order_by("-night", "-id")


def _nights(search: Search) -> Q:
    within = Q()
    if search.first:
        within &= Q(night__gte=search.first)
    if search.last:
        within &= Q(night__lte=search.last)
    return within
