"""Looking petitions up by what was told or by who told it; of what is sealed nothing can be sought.

The database narrows by keyed numbers of words (`wordmarks`); what it finds is opened and compared word for word.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from hamrong.identity.keys import vault
from hamrong.kernel.seal.derive import derive
from hamrong.kernel.vietnamese import fold
from hamrong.petitions import wordmarks
from hamrong.petitions.models import Petition
from hamrong.petitions.queries.reading import opened
from hamrong.petitions.told import Content

AT_MOST: Final = 500
"""So many hits of words or names are shown, the newest; more want narrowing."""

LOOKED_AT: Final = 5_000
"""So many candidates are opened for one search."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: words of what was told, words of a signatory's name, a signatory's document."""

    words: str = ""
    name: str = ""
    document: str = ""

    @property
    def empty(self) -> bool:
        return not (fold(self.words) or fold(self.name) or self.document.strip())

    def told(self) -> Mapping[str, Any]:
        """As the record of audit keeps it: the number only as its blind index."""
        number = vault().find(self.document).hex() if self.document.strip() else ""
        return {"words": self.words, "name": self.name, "document": number}


def _key() -> bytes:
    return derive(settings.HAMRONG_KEYS["document_index"], "petitions/v1/words")


def marks_of(content: Content) -> list[int]:
    """Every word of what was told and of its signatories' names, as numbers in no order of theirs."""
    key, text = _key(), _text(content)
    named = wordmarks.marks("name", " ".join(_names(content)), key)
    return sorted(wordmarks.marks("text", text, key) | named)


def _text(content: Content) -> str:
    return f"{content.subject} {content.text} {content.against}"


def _names(content: Content) -> Iterable[str]:
    return [one.name for one in content.senders]


def narrowed(rows: QuerySet[Petition], search: Search) -> tuple[QuerySet[Petition], bool]:
    """The rows that a search finds, and whether there are more than are shown (then the newest are)."""
    if search.document.strip():
        rows = rows.filter(persons__contains=[vault().find(search.document)])
    if not (fold(search.words) or fold(search.name)):
        return rows, False
    key = _key()
    wanted = wordmarks.marks("text", search.words, key) | wordmarks.marks("name", search.name, key)
    found: list[UUID] = []
    more = False
    candidates = rows.filter(words__contains=sorted(wanted)).order_by("-received_on", "-id")
    for looked, row in enumerate(candidates[: LOOKED_AT + 1]):
        if looked == LOOKED_AT or len(found) > AT_MOST:
            more = True
            break
        if _fits(opened(row), search):
            found.append(row.pk)
    return rows.filter(pk__in=found[:AT_MOST]), more or len(found) > AT_MOST


def _fits(content: Content, search: Search) -> bool:
    said = wordmarks.holds(_text(content), search.words)
    return said and (not fold(search.name) or wordmarks.names(_names(content), search.name))
