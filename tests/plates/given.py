"""Plates that were given, and what is done with them since, by the real actions."""

import itertools
import secrets
from datetime import datetime
from functools import partial

from hamrong.access.actors import Grant, Target, keeper
from hamrong.access.walls import acting
from hamrong.plates.actions import after, keeping
from hamrong.plates.actions.after import AskIn
from hamrong.plates.actions.files import FileIn, file
from hamrong.plates.actions.pressing import press
from hamrong.plates.models import Act, Draw, Event, Plate
from tests.plates.owners import WARD, a_sealer, a_vehicle, officer, owner
from tests.signer import signing
from tests.world import NOW, PROVINCE, grant

_documents = itertools.count(secrets.randbelow(10**6))


def a_document() -> str:
    """An invented owner's number."""
    return f"038190{next(_documents) % 10**6:06d}"


def a_plate(pool: str, *, document: str = "", vehicle: str = "", ward: str = WARD) -> str:
    """A number that an owner has drawn just now."""
    told = FileIn(
        f"HS-{secrets.token_hex(4)}", vehicle or a_vehicle(), "Nguyễn Thị Thử", document or a_document(), "white"
    )
    made = file(
        by=officer(ward=ward), pool=pool, told=told, province=PROVINCE, at=NOW,
        prove=partial(signing().prove, "plates-vehicle"),
    )  # fmt: skip
    assert isinstance(made, Draw), made
    press(by=owner(made.ticket), nonce=secrets.token_bytes(16), at=NOW)
    a_sealer().work()
    by = officer("plate.open", ward)
    with acting(by):
        number = Draw.objects.get(pk=made.pk).number
    assert number
    return number


def asking(number: str, act: str, reason: str, *, at: datetime = NOW, ward: str = WARD, kind: str = "", **told: str):
    """Ask for an act on a plate; the row or the refusal."""
    by = officer("plate.change", ward)
    return after.ask(by=by, number=number, kind=kind, act=act, told=AskIn(reason, "HS-1", **told), at=at)


def asked(number: str, act: str, reason: str, **given) -> Act:
    """An act on a plate that was not refused."""
    made = asking(number, act, reason, **given)
    assert isinstance(made, Act), made
    return made


def plate_now(number: str, ward: str = WARD) -> Plate | None:
    """A plate as it stands; None where the office has none of this number."""
    with acting(officer("plate.open", ward)):
        return Plate.objects.filter(number=number).first()


def by_keeper(at: datetime = NOW) -> Grant:
    """The grant of the nightly job."""
    return grant(keeper("pool.release", at), "pool.release", Target())


def night(at: datetime, pool: str) -> list[Event]:
    """The nightly job of a pool at an instant; the events that it made. Other tests' pools are left alone."""
    done = keeping.settle(by=by_keeper(at), at=at, only=[pool])
    return [each for each in done if isinstance(each, Event)]
