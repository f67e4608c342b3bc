"""Printing the slip of a draw: how often an office did is kept, and each time is on record."""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.plates.models import Draw
from hamrong.plates.queries import visible


def print_slip(*, by: Grant, draw: UUID, at: datetime) -> Draw | Refusal:
    """Count a slip of a draw that has its number; the draw as it is afterwards."""
    with acting(by):
        found = visible.draws(by).filter(pk=draw)
        if not found.filter(state="drawn").update(printed=F("printed") + 1):
            return Refusal("state", "Lượt bấm này chưa có số.", "This draw has no number yet.")
        drawn = found.get()
        enter(by, subject=f"plates-draw:{draw}", stream=f"plates-draw:{draw}", at=at, printed=drawn.printed)
    return drawn
