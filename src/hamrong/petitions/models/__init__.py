"""The tables of the room: petitions and what belongs to them, and what is told of them as numbers."""

from hamrong.petitions.models.petitions import (
    DOORS,
    ENDS,
    GROUNDS,
    KINDS,
    OUTCOMES,
    RECEIVERS,
    Erasure,
    Hours,
    Member,
    Message,
    Petition,
    Reception,
    Recusal,
    Tally,
)
from hamrong.petitions.models.public import ANSWERS, Asked, Opinion, Published, Remark, Replaced

__all__ = [
    "ANSWERS",
    "DOORS",
    "ENDS",
    "GROUNDS",
    "KINDS",
    "OUTCOMES",
    "RECEIVERS",
    "Asked",
    "Erasure",
    "Hours",
    "Member",
    "Message",
    "Opinion",
    "Petition",
    "Published",
    "Reception",
    "Recusal",
    "Remark",
    "Replaced",
    "Tally",
]
