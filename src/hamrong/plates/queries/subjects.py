"""What an owner of a vehicle may learn: their files, and who filed them and looked (Decree 13/2023/ND-CP art. 9).

An inspector asks on the owner's behalf, after the owner has proved who they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from hamrong.access.actors import Grant
from hamrong.access.walls import ask_about
from hamrong.audit.models import Entry
from hamrong.audit.queries import by_subject
from hamrong.identity.keys import vault
from hamrong.plates.models import Draw
from hamrong.plates.queries import visible

AT_MOST = 500


@dataclass(frozen=True, slots=True)
class OwnDraw:
    """A file of the owner and every act upon it, oldest first."""

    draw: Draw
    acts: Sequence[Entry]


def about(by: Grant, document: str) -> Sequence[OwnDraw]:
    """Files whose owner has one document number and every entry of audit about them; at most 500, the latest first.

    The grant is of the act `subject.read`; whoever asks puts the asking on record.
    """
    index = vault().find(document)
    ask_about(index)
    own = list(visible.draws(by).filter(owner_index=index).order_by("-filed_at", "-id")[:AT_MOST])
    entries = by_subject([f"plates-draw:{draw.pk}" for draw in own])
    return [OwnDraw(draw, entries.get(f"plates-draw:{draw.pk}", [])) for draw in own]
