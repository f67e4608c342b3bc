"""What an owner of a vehicle may learn: their files, and who filed them and looked (Decree 13/2023/ND-CP art. 9).

An inspector asks on the owner's behalf, after the owner has proved who they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hamrong.access.actors import Grant
from hamrong.access.walls import ask_about
from hamrong.audit.models import Entry
from hamrong.audit.queries import by_subject
from hamrong.identity.keys import vault
from hamrong.plates.models import Draw, Event, Plate
from hamrong.plates.queries import pools, visible

AT_MOST = 500


@dataclass(frozen=True, slots=True)
class OwnDraw:
    """A file of the owner and every act upon it, and upon its plate while it was theirs, oldest first."""

    draw: Draw
    acts: Sequence[Entry]


def about(by: Grant, document: str) -> Sequence[OwnDraw]:
    """Files whose owner has one document number and every entry of audit about them; at most 500, the latest first.

    The grant is of the act `subject.read`; whoever asks puts the asking on record.
    """
    index = vault().find(document)
    ask_about(index)
    own = list(visible.draws(by).filter(owner_index=index).order_by("-filed_at", "-id")[:AT_MOST])
    subjects = [f"plates-draw:{draw.pk}" for draw in own] + [f"plate:{draw.number}" for draw in own if draw.number]
    entries = by_subject(subjects)
    return [OwnDraw(draw, sorted(_acts(draw, entries), key=lambda each: (each.at, each.pk))) for draw in own]


def _acts(draw: Draw, entries: Mapping[str, Sequence[Entry]]) -> list[Entry]:
    """Of the file, and of its plate from the draw until its number went back to the pool: then it is another's."""
    of_file = list(entries.get(f"plates-draw:{draw.pk}", []))
    of_plate = entries.get(f"plate:{draw.number}", []) if draw.number else []
    if not of_plate or draw.drawn_at is None:
        return of_file
    ended = _released(draw.pool, draw.number or "", draw.drawn_at)
    return of_file + [each for each in of_plate if each.at >= draw.drawn_at and (ended is None or each.at < ended)]


def _released(pool: str, number: str, since: datetime) -> datetime | None:
    """When a number that was drawn went back to its pool; None while it did not."""
    events = Event.objects.filter(pool=pool, type="pool.release", at__gt=since).order_by("event")
    return next((event.at for event in events if pools.holds(event, number)), None)


@dataclass(frozen=True, slots=True)
class OwnPlate:
    """A plate of the owner that was not drawn here, and every act upon it since it came, oldest first."""

    plate: Plate
    acts: Sequence[Entry]


def taken_in(by: Grant, document: str) -> Sequence[OwnPlate]:
    """Plates from elsewhere that one document owns now, with their acts; asked as `about` is, the latest first."""
    index = vault().find(document)
    ask_about(index)
    own = visible.plates(by).exclude(origin="").filter(owner_index=index).order_by("-since", "number")[:AT_MOST]
    plates = list(own)
    # before kinds were kept, the record called a plate by its number alone
    names = {plate.pk: sorted({plate.subject, f"plate:{plate.number}"}) for plate in plates}
    entries = by_subject([name for each in names.values() for name in each])
    return [
        OwnPlate(plate, sorted(
            (each for name in names[plate.pk] for each in entries.get(name, []) if each.at >= plate.since),
            key=lambda each: (each.at, each.pk),
        ))
        for plate in plates
    ]  # fmt: skip
