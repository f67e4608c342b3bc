"""What a person may learn of themselves: who reported them, and who looked (Decree 13/2023/ND-CP art. 9).

An inspector asks on the person's behalf, after the person has proved who they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from hamrong.access.actors import Grant
from hamrong.access.walls import ask_about
from hamrong.audit.models import Entry
from hamrong.audit.queries import by_subject
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
    ask_about(index)
    own = list(visible.stays(by).filter(document_index=index).order_by("-night", "-id")[:AT_MOST])
    entries = by_subject([f"stay:{stay.pk}" for stay in own])
    return [OwnStay(stay, entries.get(f"stay:{stay.pk}", [])) for stay in own]
