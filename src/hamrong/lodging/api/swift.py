"""The short way of a single notification that is in order: past Django, and committed together with others.

Whatever is not plain goes the ordinary way (`stays.notify_stay`), which alone refuses, finds duplicates and repeats
answers: here is no refusal. Both ways read, check, sign and remember alike, so that nobody can tell which one it was.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any, Final, NamedTuple

from django.utils import timezone

from hamrong.access.actors import Grant, Refusal, Target
from hamrong.access.decisions import decide
from hamrong.access.people import actor_of_key
from hamrong.lodging.actions import grouped
from hamrong.lodging.actions.intake import prepared
from hamrong.lodging.actions.stored import Remember
from hamrong.lodging.api import idempotency, lanes, stays
from hamrong.lodging.api.door import JSON, SMALL
from hamrong.lodging.api.problems import Problem
from hamrong.lodging.columns import document_key
from hamrong.lodging.decoding import decode
from hamrong.lodging.queries import doors
from hamrong.lodging.rules import check
from hamrong.lodging.shapes import Checked, Reading

PATH: Final = "/api/v1/stays"
CREATED: Final = "201 Created"
_BEARER: Final = re.compile(r"Bearer (\S+)")
Answer = tuple[bytes, dict[str, str]]


class Asked(NamedTuple):
    """What the short way needs of a request."""

    bearer: str
    key: str
    body: bytes


def take(environ: dict[str, Any]) -> Answer | None:
    """Body and headers of the answer to a request that was taken (201), or None: it has to go the ordinary way."""
    asked = _asked(environ)
    if asked is None:
        return None
    now = timezone.now()
    door = doors.find(asked.bearer, now)
    if door is None:
        return None
    grant = decide(actor_of_key(door.key, now), "stay.notify", Target(establishment=door.key.establishment))
    reading = decode(asked.body)
    if isinstance(grant, Refusal) or reading.stay.establishment_id not in (None, "", grant.scope):
        return None
    notice = _notice(grant, door, reading, asked, now)
    return _kept(notice) if notice else None


def _asked(environ: dict[str, Any]) -> Asked | None:
    """The parts of a plain request; its body can be read again afterwards."""
    if environ["REQUEST_METHOD"] != "POST" or environ["PATH_INFO"] != PATH or not _plain(environ):
        return None
    bearer = _BEARER.fullmatch(environ.get("HTTP_AUTHORIZATION", ""))
    key = environ.get("HTTP_IDEMPOTENCY_KEY", "")
    length = environ.get("CONTENT_LENGTH") or ""
    if bearer is None or not idempotency.KEY.fullmatch(key) or not length.isdecimal() or not 0 < int(length) <= SMALL:
        return None
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = BytesIO(body)
    return Asked(bearer[1], key, body)


def _plain(environ: Mapping[str, Any]) -> bool:
    return (
        environ.get("CONTENT_TYPE") == JSON
        and not environ.get("SCRIPT_NAME")
        and not environ.get("QUERY_STRING")
        and "HTTP_IF_MATCH" not in environ
    )


def _notice(grant: Grant, door: doors.Door, reading: Reading, asked: Asked, at: datetime) -> grouped.Notice | None:
    place = door.place
    checked: Checked = check(reading.stay, now=at, establishment_kind=place.kind, area=place.area, found=reading.issues)
    if checked.stay is None:
        return None
    notice = prepared(grant, place, checked, checked.stay, document_key(checked.stay), "api", at)
    digest = idempotency.digest("POST", PATH, "", asked.body)
    remember = Remember(grant.actor.ref, asked.key, digest, stays.write_taken)
    return grouped.Notice(grant, door, checked.night, notice, remember, stays.write_taken(notice.taken), at)


def _kept(notice: grouped.Notice) -> Answer | None:
    try:
        with lanes.counted("single", notice.by.scope) as allowance:
            kept = grouped.take(notice)
    except Problem:
        kept = False
    if not kept:
        lanes.give_back("single", notice.by.scope)  # the ordinary way counts it
        doors.forget(notice.door)  # perhaps what was remembered of the key is old
        return None
    _, body = notice.answer
    headers = {"Content-Type": JSON, "Content-Length": str(len(body)), "Cache-Control": "no-store"}
    return body, {**headers, **allowance.headers()}
