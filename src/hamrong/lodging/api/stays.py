"""Notifying a stay, changing it, listing one's own: the operations that hosts' software lives on."""

from datetime import date, datetime
from functools import partial
from typing import Final
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.lodging.actions.amendments import NOT_FOUND, STALE, Amended, Change, amend
from hamrong.lodging.actions.intake import Notified, notify, place_to_notify
from hamrong.lodging.actions.stored import Remember
from hamrong.lodging.api import idempotency, openapi
from hamrong.lodging.api.door import body_of, keyed
from hamrong.lodging.api.problems import Problem, refused
from hamrong.lodging.api.reading import decoded, invalid
from hamrong.lodging.api.shapes import (
    NOTHING,
    AmendmentAnswer,
    AmendmentIn,
    StayAnswer,
    StayPage,
    answered,
    due,
    stay_line,
    written,
)
from hamrong.lodging.decoding import decode
from hamrong.lodging.models import Establishment
from hamrong.lodging.queries import stays
from hamrong.lodging.queries.hosts import own
from hamrong.lodging.rules import check
from hamrong.lodging.shapes import Checked, Reading, StayIn
from hamrong.lodging.signing import signer

router = Router(tags=["stays"])
PAGE: Final = 100
STATUS: Final = {"duplicate": 200}
_AMENDMENT: Final = msgspec.json.Decoder(AmendmentIn)
STALE_OR_GONE: Final = {STALE: "version.stale", NOT_FOUND: "not-found"}


def read(body: bytes | msgspec.Raw) -> Reading:
    """One stay from JSON; what is not an object refuses the request."""
    reading = decode(bytes(body))
    if any(issue.code == "row.malformed" for issue in reading.issues):
        raise Problem("request.malformed")
    return reading


def rejected(checked: Checked) -> Problem:
    """The refusal of one notification, with everything that was found in it at once."""
    return Problem("stay.rejected", errors=checked.issues)


@router.post(
    "/stays",
    **openapi.told(
        "Notify one guest's stay",
        (201, "Taken, with its signed receipt.", StayAnswer),
        (200, "The same guest was notified for this night before: the first receipt again.", StayAnswer),
        refused=(*openapi.ONCE, "stay.rejected", "conflict"),
        body=StayIn,
        headers=[openapi.IDEMPOTENCY],
    ),
)
@keyed("stay.notify", inside=False)
def notify_stay(request: HttpRequest, grant: Grant) -> HttpResponse:
    """Everything that is wrong comes back at once, each with a pointer; a corrected body may use the same key."""
    body = body_of(request)
    key = idempotency.needed_key(request)
    return written(*idempotency.once(request, grant, key, body, write_taken, partial(_take, grant, read(body))))


def _take(grant: Grant, reading: Reading, remember: Remember[Notified]) -> idempotency.Written:
    at = timezone.now()
    with acting(grant):
        place = _place(grant, reading)
        checked = check(reading.stay, now=at, establishment_kind=place.kind, area=place.area, found=reading.issues)
        if checked.stay is None:
            raise rejected(checked)
        taken = notify(by=grant, place=place, checked=checked, channel="api", at=at, remember=remember)
    assert taken.answer is not None, "an answer was asked for"
    return taken.answer


def _place(grant: Grant, reading: Reading) -> Establishment:
    """The key's own establishment; a notification that names another one is refused."""
    named = reading.stay.establishment_id
    if named not in (None, "", grant.scope):
        raise Problem("access.refused")
    place = place_to_notify(grant, grant.scope)
    if isinstance(place, Refusal):
        raise refused(place)
    return place


def write_taken(taken: Notified) -> idempotency.Written:
    """Status and body of the answer to a notification that was taken, or was taken before."""
    facts = taken.facts
    assert facts is not None, "a rejected notification is not remembered"
    answer = StayAnswer(
        outcome=taken.outcome,
        stay_id=str(taken.stay),
        version=facts.version,
        night=facts.night,
        deadline=due(facts.deadline_strict, facts.deadline_legal),
        on_time=facts.on_time,
        receipt_code=facts.code,
        receipt=signer().signed(facts),
        issues=taken.issues,
    )
    return STATUS.get(taken.outcome, 201), msgspec.json.encode(answer)


@router.get(
    "/stays",
    **openapi.told(
        "List one's own stays of a night",
        (200, "Stays in the order in which they were notified; numbers are masked.", StayPage),
    ),
)
@keyed("stay.read")
def list_stays(
    request: HttpRequest, grant: Grant, night: date, establishment: str = "", cursor: UUID | None = None
) -> HttpResponse:
    """The reading is on record, with the night and the number of stays."""
    if establishment not in ("", grant.scope):
        raise Problem("access.refused")
    rows = stays.of_night(grant, night, after=cursor, limit=PAGE + 1)
    page = rows[:PAGE]
    enter(grant, subject=f"establishment:{grant.scope}", at=timezone.now(), night=night.isoformat(), stays=len(page))
    return answered(
        StayPage(items=[stay_line(row) for row in page], next=str(page[-1].pk) if len(rows) > PAGE else None)
    )


@router.post(
    "/stays/{stay}/amendments",
    **openapi.told(
        "Correct, extend, shorten, end or cancel a stay",
        (201, "The new version, and the receipt that replaces the former one.", AmendmentAnswer),
        refused=(
            *openapi.ONCE,
            "content.invalid",
            "stay.rejected",
            "conflict",
            "version.form",
            "version.stale",
            "version.missing",
        ),
        body=AmendmentIn,
        headers=[openapi.IF_MATCH, {**openapi.IDEMPOTENCY, "required": False}],
    ),
)
@keyed("stay.amend", inside=False)
def amend_stay(request: HttpRequest, grant: Grant, stay: UUID) -> HttpResponse:
    """Nothing is overwritten: every version stays. With an Idempotency-Key a retry gets the first answer again."""
    body = body_of(request)
    change, version = _asked(body), _version(request)
    key = idempotency.key_of(request)
    act = partial(_amend, grant, stay, change, version)
    if key is None:
        status, answer = act(None)
    else:
        status, answer = idempotency.once(request, grant, key, body, _write_amended, act)
    return written(status, answer, ETag=f'"{version + 1}"')


def _asked(body: bytes) -> AmendmentIn:
    asked = decoded(_AMENDMENT, body)
    if asked.at is not None and asked.at.tzinfo is None:
        raise invalid("/at", "Thời điểm phải có múi giờ.", "The instant needs an offset.")
    return asked


def _version(request: HttpRequest) -> int:
    told = request.headers.get("If-Match", "")
    if not told:
        raise Problem("version.missing")
    number = told.strip().removeprefix("W/").strip('"')
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise Problem("version.form")
    return int(number)


def _amend(
    grant: Grant, stay: UUID, asked: AmendmentIn, version: int, remember: Remember[Amended] | None
) -> idempotency.Written:
    at = timezone.now()
    with acting(grant):
        row = stays.find(grant, stay)
        if row is None:
            raise Problem("not-found")
        change = Change(asked.act, asked.at, _corrected(grant, asked, at), asked.reason)
        done = amend(by=grant, stay=row.pk, night=row.night, change=change, at=at, version=version, remember=remember)
    if isinstance(done, Refusal):
        raise Problem(STALE_OR_GONE[done], detail=done) if done in STALE_OR_GONE else refused(done)
    return done.answer or _write_amended(done)


def _corrected(grant: Grant, asked: AmendmentIn, at: datetime) -> Checked | None:
    if asked.act != "correct" or asked.stay == NOTHING:
        return None
    place, reading = own(grant), read(asked.stay)
    checked = check(reading.stay, now=at, establishment_kind=place.kind, area=place.area, found=reading.issues)
    if checked.stay is None:
        raise rejected(checked)
    return checked


def _write_amended(done: Amended) -> idempotency.Written:
    row, facts = done.stay, done.facts
    answer = AmendmentAnswer(
        stay_id=str(row.pk),
        state=row.state,
        version=row.version,
        night=row.night,
        receipt_code=facts.code,
        receipt=signer().signed(facts),
        warnings=tuple(row.warnings),
    )
    return 201, msgspec.json.encode(answer)
