"""What officers note and open: calls to establishments, and a document's number where its purpose asks for it."""

from datetime import date, datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.identity.keys import vault
from hamrong.kernel.vietnamese import clean
from hamrong.lodging.models import Contact, Establishment, Stay
from hamrong.lodging.queries import visible

Way = Literal["reached", "no_answer", "phoned", "came"]
CALLS: Final[tuple[Way, ...]] = ("reached", "no_answer")
NOTE: Final = 300
BACK: Final = timedelta(days=30)


def note_call(*, by: Grant, code: str, night: date, way: str, note: str, at: datetime) -> Contact | Refusal:
    """Note that an establishment was rung about a night: whether somebody answered, and what was said."""
    if way not in CALLS or len(note) > NOTE:
        return Refusal("invalid", "Hãy chọn kết quả cuộc gọi; ghi chú tối đa 300 chữ.", "Choose what came of the call.")
    if not at.date() - BACK <= night <= at.date() + timedelta(days=1):
        return Refusal("invalid", "Chỉ ghi cho những đêm gần đây.", "Only for recent nights.")
    with acting(by):
        place = visible.establishments(by).filter(pk=code).first()
        if place is None:
            return Refusal("other-scope", "Không có cơ sở này trong địa bàn.", "There is no such establishment here.")
        word = keep_contact(by=by, place=place, night=night, way=way, at=at, noted_at=at, note=clean(note))
        enter(by, subject=f"establishment:{code}", at=at, night=night.isoformat(), way=way)
    return word


def keep_contact(
    *,
    by: Grant,
    place: Establishment,
    night: date,
    way: str,
    at: datetime,
    noted_at: datetime,
    who: str = "",
    note: str = "",
    stay: UUID | None = None,
) -> Contact:
    """Store a call; whoever does so puts it on record in the same transaction."""
    return Contact.objects.create(
        establishment=place.code,
        ward=place.ward,
        province=place.province,
        night=night,
        way=way,
        at=at,
        noted_at=noted_at,
        noted_by=by.actor.ref,
        who=who,
        note=note,
        stay=stay,
    )


def open_stay(*, by: Grant, night: date, identifier: UUID, at: datetime, number: bool = False) -> Stay | None:
    """A guest's stay opened by an officer for the grant's purpose, on record; with `number` the document's too."""
    with acting(by):
        stay = visible.stays(by).filter(night=night, pk=identifier).first()
        if stay is not None:
            enter(by, subject=f"stay:{identifier}", at=at, night=night.isoformat(), number=number)
    return stay


def number_of(stay: Stay) -> str:
    """The document's number in plain text; only for a stay that was opened with `number`."""
    return vault().open(bytes(stay.document_sealed), stay.pk.bytes) if stay.document_sealed else ""
