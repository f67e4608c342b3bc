"""An establishment's own entry, its rooms, and its nights without guests."""

from typing import Final

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from hamrong.access.actors import Grant, Refusal
from hamrong.lodging.actions.establishments import set_rooms
from hamrong.lodging.actions.intake import place_to_notify
from hamrong.lodging.actions.nights import report_nil
from hamrong.lodging.api import openapi
from hamrong.lodging.api.door import body_of, keyed
from hamrong.lodging.api.problems import refused
from hamrong.lodging.api.reading import decoded
from hamrong.lodging.api.shapes import NilAnswer, NilIn, Place, Rooms, RoomShape, RoomsIn, answered
from hamrong.lodging.queries import hosts
from hamrong.lodging.signing import signer

router = Router(tags=["establishments"])
_ROOMS: Final = msgspec.json.Decoder(RoomsIn)
_NIL: Final = msgspec.json.Decoder(NilIn)
MOST_ROOMS: Final = 256 * 1024


@router.get("/establishments/{establishment}", **openapi.told("Read one's own establishment", (200, "It.", Place)))
@keyed("place.read", "establishment")
def read_place(request: HttpRequest, grant: Grant, establishment: str) -> HttpResponse:
    """Codes of wards and kinds are in the catalogues."""
    place = hosts.own(grant)
    return answered(
        Place(
            code=place.code,
            kind=place.kind,
            name=place.name,
            address=place.address,
            ward=place.ward,
            province=place.province,
            area=place.area,
            state=place.state,
            rooms=_rooms(grant),
        )
    )


@router.put(
    "/establishments/{establishment}/rooms",
    **openapi.told(
        "Replace the list of rooms",
        (200, "The rooms as they stand now.", Rooms),
        refused=("content.invalid",),
        body=RoomsIn,
    ),
)
@keyed("place.rooms", "establishment")
def put_rooms(request: HttpRequest, grant: Grant, establishment: str) -> HttpResponse:
    """An establishment with rooms is expected to report every night."""
    asked = decoded(_ROOMS, body_of(request, most=MOST_ROOMS))
    rooms = [(room.name, room.beds) for room in asked.rooms]
    done = set_rooms(by=grant, code=grant.scope, rooms=rooms, at=timezone.now())
    if isinstance(done, Refusal):
        raise refused(done)
    return answered(Rooms(rooms=_rooms(grant)))


def _rooms(grant: Grant) -> list[RoomShape]:
    return [RoomShape(name=room.name, beds=room.beds) for room in hosts.rooms(grant)]


@router.post(
    "/establishments/{establishment}/nil-reports",
    **openapi.told(
        "Say that nobody stays tonight",
        (201, "Received.", NilAnswer),
        (200, "It had been said before: the first receipt again.", NilAnswer),
        refused=("content.invalid", "conflict"),
        body=NilIn,
    ),
)
@keyed("nil.report", "establishment")
def report_no_guests(request: HttpRequest, grant: Grant, establishment: str) -> HttpResponse:
    """Only for tonight or last night, and not where guests were notified."""
    asked, now = decoded(_NIL, body_of(request)), timezone.now()
    place = place_to_notify(grant, grant.scope)
    if isinstance(place, Refusal):
        raise refused(place)
    done = report_nil(by=grant, place=place, night=asked.night, today=timezone.localdate(now), at=now)
    if isinstance(done, Refusal):
        raise refused(done)
    answer = NilAnswer(night=done.night, on_time=done.on_time, receipt_code=done.code, receipt=signer().signed(done))
    return answered(answer, 201 if done.received_at == now else 200)
