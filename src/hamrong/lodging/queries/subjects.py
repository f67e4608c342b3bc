"""What a person may learn of themselves: who reported them, and who looked (Decree 13/2023/ND-CP art. 9).

An inspector asks on the person's behalf, after the person has proved who they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from hamrong.access.actors import Grant
from hamrong.audit.models import Entry
from hamrong.identity.keys import vault
from hamrong.lodging.models import Stay
from hamrong.lodging.queries import visible

AT_MOST = 500


@dataclass(frozen=True, slots=True)
class OwnStay:
    """A stay of the person, the act that reported it, and every act upon it since, oldest first."""

    stay: Stay
    acts: Sequence[Entry]


def about(by: Grant, document: str) -> Sequence[OwnStay]:
    """The person's stays under one document number and every entry of audit about them; at most 500 stays.

    The grant is of the act `subject.read`; whoever asks puts the asking on record.
    """
    index = vault().find(document)
    with connection.cursor() as cursor:
        cursor.execute("select set_config('hamrong.subject', %s, true)", [index.hex()])
    own = list(visible.stays(by).filter(document_index=index).order_by("-night", "-id")[:AT_MOST])
    entries: dict[str, list[Entry]] = {}
    for entry in Entry.objects.filter(subject__in=[f"stay:{stay.pk}" for stay in own]).order_by("at", "id"):
        entries.setdefault(entry.subject, []).append(entry)
    return [OwnStay(stay, entries.get(f"stay:{stay.pk}", [])) for stay in own]
