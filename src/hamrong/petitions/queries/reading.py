"""The content of petitions that are not sealed, and petitions that may be the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db.models import Q

from hamrong.access.actors import Grant
from hamrong.identity.keys import vault
from hamrong.kernel.seal.derive import derive
from hamrong.petitions.likeness import SAME, alike, sketch
from hamrong.petitions.models import Petition
from hamrong.petitions.queries import visible
from hamrong.petitions.told import Content, Sender, content_of, documents

AT_MOST: Final = 200
"""Candidates that are compared word for word, the newest first."""


class IsSealed(ValueError):
    """The content of a sealed petition was asked of the petition: only the ring of a handler opens it."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A petition that may be the same: how much of the text it shares, and whether a signatory is the same."""

    petition: Petition
    share: float
    same_person: bool


def opened(petition: Petition) -> Content:
    """What was told; whoever shows it puts `petition.read` on record. Raises `IsSealed`."""
    if petition.content is None:
        raise IsSealed(str(petition.pk))
    return content_of(vault().open_bytes(bytes(petition.content), petition.pk.bytes))


def text_of(petition: Petition) -> str:
    """What was told of a petition that is not sealed, as one text; '' where it was destroyed."""
    if petition.content is None:
        return ""
    told = opened(petition)
    return f"{told.subject}\n{told.text}"


def persons_of(senders: Iterable[Sender]) -> list[bytes]:
    """The blind indexes of the documents of those who signed or came, in no order of theirs."""
    return sorted(map(vault().find, documents(senders)))


def likeness_of(content: Content) -> list[bytes]:
    """The keyed sketch of a text (`likeness.sketch`)."""
    key = derive(settings.HAMRONG_KEYS["document_index"], "petitions/v1/likeness")
    return sketch(f"{content.subject} {content.text}", key)


def suggestions(by: Grant, petition: Petition) -> Sequence[Suggestion]:
    """Other petitions within the grant that may be the same, the likest first; none for a sealed one.

    It is a suggestion only: whoever signed both may ask for another thing, and many may ask for the same.
    """
    if petition.secret:
        return []
    near = Q(persons__overlap=petition.persons) | Q(likeness__overlap=petition.likeness)
    rows = visible.petitions(by).filter(near).exclude(pk=petition.pk).order_by("-received_on", "id")[:AT_MOST]
    found = _compared(petition, rows)
    return sorted(found, key=lambda each: (-each.same_person, -each.share, str(each.petition.pk)))


def _compared(petition: Petition, rows: Iterable[Petition]) -> list[Suggestion]:
    mine, persons = opened(petition), {bytes(each) for each in petition.persons}
    text = f"{mine.subject} {mine.text}"
    found = []
    for row in rows:
        other = opened(row)
        share = alike(text, f"{other.subject} {other.text}")
        same = not persons.isdisjoint(bytes(each) for each in row.persons)
        if same or share >= SAME:
            found.append(Suggestion(row, share, same))
    return found
