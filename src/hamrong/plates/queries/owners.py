"""What the holder of a ticket may see: one file."""

from hamrong.access.actors import Grant
from hamrong.plates.models import Draw
from hamrong.plates.queries import visible


def mine(by: Grant) -> Draw | None:
    """The file of the grant's ticket; None where nobody has such a ticket."""
    return visible.draws(by).first()
