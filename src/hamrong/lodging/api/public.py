"""What anybody may ask without a key: a dry run, deadlines, receipts, outages."""

from datetime import datetime
from typing import Any, Final, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from hamrong.law import Deadline, LawError, deadline
from hamrong.lodging.api import openapi
from hamrong.lodging.api.door import body_of, open_door, parameter
from hamrong.lodging.api.problems import Problem, language
from hamrong.lodging.api.shapes import (
    DeadlineAnswer,
    Ledger,
    PublicKey,
    Validation,
    Verification,
    answered,
    due,
)
from hamrong.lodging.api.stays import read
from hamrong.lodging.models import Outage
from hamrong.lodging.queries import outages
from hamrong.lodging.queries import receipts as stored
from hamrong.lodging.receipts import instant, read_code
from hamrong.lodging.rules import RULESET_VERSION, check, outcome
from hamrong.lodging.shapes import StayIn
from hamrong.lodging.signing import signer

router = Router(tags=["public"])
Area = Literal["normal", "remote"]
PlaceKind = Literal[
    "hotel", "hostel", "apartment", "homestay", "hospital", "dormitory", "company", "household", "vehicle"
]
SHORTLY: Final = "public, max-age=60"


@router.post(
    "/validations",
    **openapi.told(
        "Check a notification without sending it",
        (200, "What would become of it now; nothing is stored.", Validation),
        key=False,
        body=StayIn,
    ),
)
@open_door
def validate(request: HttpRequest, establishment_kind: PlaceKind = "hotel", area: Area = "normal") -> HttpResponse:
    """The same rules as the real thing. `area` is remote where the law gives a longer term for foreigners."""
    reading = read(body_of(request))
    checked = check(
        reading.stay, now=timezone.now(), establishment_kind=establishment_kind, area=area, found=reading.issues
    )
    answer = Validation(
        outcome=outcome(checked),
        night=checked.night,
        deadline=due(checked.deadline.strict, checked.deadline.legal),
        on_time=checked.on_time,
        law=checked.law_version,
        ruleset=RULESET_VERSION,
        issues=checked.issues,
    )
    return answered(answer, Cache_Control="no-store")


@router.get(
    "/deadlines",
    **openapi.told(
        "Ask until when an arrival is to be reported", (200, "The deadline, step by step.", DeadlineAnswer), key=False
    ),
)
@open_door
def read_deadline(
    request: HttpRequest, arrival: datetime, kind: Literal["citizen", "foreigner"] = "citizen", area: Area = "normal"
) -> HttpResponse:
    """`arrival` is RFC 3339 with an offset; texts come in the language of Accept-Language (vi, en)."""
    if arrival.tzinfo is None:
        raise parameter("arrival", "Thời điểm phải có múi giờ.", "The instant needs an offset.")
    try:
        found = _deadline(arrival, kind, area)
    except (LawError, OverflowError):
        raise parameter(
            "arrival", "Luật của ngày đó không có ở đây.", "The law of that day is not kept here."
        ) from None
    return answered(found.as_dict(language()), Cache_Control=SHORTLY)


def _deadline(arrival: datetime, kind: str, area: str) -> Deadline:
    if kind == "foreigner":
        return deadline("lodging.foreigner", arrival, params={"area": area})
    return deadline("lodging.notify", arrival)


@router.get(
    "/receipts/key", **openapi.told("Read the key that receipts are verified with", (200, "It.", PublicKey), key=False)
)
@open_door
def read_key(request: HttpRequest) -> HttpResponse:
    """Keep a copy: a receipt can then be verified without asking anybody."""
    return answered(key(), Cache_Control=SHORTLY)


def key() -> PublicKey:
    """The public half of the key that this installation signs with."""
    return PublicKey(algorithm="Ed25519", key=signer().key, public=signer().public_text())


@router.get(
    "/receipts/{code}/verify",
    **openapi.told("Verify a receipt by its code", (200, "The receipt and how it stands.", Verification), key=False),
)
@open_door
def verify_receipt(request: HttpRequest, code: str) -> HttpResponse:
    """A code that cannot be one, and a code that was never given, look alike."""
    plain = read_code(code)
    row = stored.find(plain) if plain else None
    if row is None:
        raise Problem("not-found")
    answer = Verification(
        valid=(state := stored.state_of(row)) == "valid",
        state=state,
        replaced_by=row.replaced_by or None,
        withdrawn_at=instant(row.withdrawn_at),
        receipt=signer().signed(stored.facts(row)),
    )
    return answered(answer, Cache_Control="no-store")


@router.get(
    "/outages", **openapi.told("Read the public ledger of outages", (200, "The signed ledger.", Ledger), key=False)
)
@open_door
def read_outages(request: HttpRequest) -> HttpResponse:
    """Whoever could not report in one of these times can prove it with the signature."""
    told = [_outage(outage) for outage in outages.published()]
    return answered(signer().sealed({"v": 1, "kind": "outages", "outages": told}), Cache_Control=SHORTLY)


def _outage(outage: Outage) -> dict[str, Any]:
    return {
        "id": str(outage.pk),
        "starts_at": instant(outage.starts_at),
        "ends_at": instant(outage.ends_at),
        "cause_vi": outage.cause_vi,
        "cause_en": outage.cause_en,
        "published_at": instant(outage.published_at),
    }
