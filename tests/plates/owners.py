"""Owners with their files, built by the real actions."""

import itertools
import os
import secrets
from functools import partial

from hamrong.access.actors import Actor, Grant, Holding, Target
from hamrong.access.entries import mark_of
from hamrong.access.walls import acting
from hamrong.plates.actions.files import FileIn, file
from hamrong.plates.actions.pressing import press
from hamrong.plates.models import Draw, Plate
from hamrong.plates.sealer import Sealer
from tests.signer import signing
from tests.world import NOW, PROVINCE, as_ward, grant

WARD = "14797"
_vehicles = itertools.count(int.from_bytes(os.urandom(4), "big"))


def officer(act: str = "plate.file", ward: str = WARD) -> Grant:
    return as_ward(ward, act, role="plate-officer", purpose="vehicle-registration")


def owner(ticket: str, act: str = "plate.press") -> Grant:
    who = Actor(f"owner:{mark_of(ticket)}", "", f"visit:{secrets.token_hex(4)}", (Holding("plate-owner", ticket),))
    return grant(who, act, Target(ticket=ticket))


def sequencer(act: str) -> Grant:
    who = Actor("system:sequencer", "sequencer", "job:sequencer:20261124", (Holding("sequencer", ""),), strong=True)
    return grant(who, act, Target())


def a_vehicle() -> str:
    """An invented chassis number."""
    return f"RLHTEST{next(_vehicles):010d}"


def a_file(pool: str, **changes: str) -> Draw:
    told = {
        "dossier": f"HS-{secrets.token_hex(4)}", "vehicle": a_vehicle(), "owner": "Nguyễn Thị Thử",
        "owner_document": f"038190{secrets.randbelow(10**6):06d}", "colour": "white", **changes,
    }  # fmt: skip
    made = file(
        by=officer(), pool=pool, told=FileIn(**told), province=PROVINCE, at=NOW,
        prove=partial(signing().prove, "plates-vehicle"),
    )  # fmt: skip
    assert isinstance(made, Draw), made
    return made


def a_press(pool: str, at=NOW) -> Draw:
    pressed = press(by=owner(a_file(pool).ticket), nonce=secrets.token_bytes(16), at=at)
    assert isinstance(pressed, Draw), pressed
    return pressed


def a_sealer(epoch: int = 1, **changes) -> Sealer:
    return Sealer(sequencer, signing(), epoch, clock=lambda: NOW, **changes)


def draws_of(pool: str) -> list[Draw]:
    """All draws of a pool that have a place, in its order."""
    with acting(sequencer("plate.draw")):
        return list(Draw.objects.filter(pool=pool, seq__isnull=False).order_by("seq"))


def numbers_of(pool: str) -> set[str]:
    """The numbers that were given from a pool."""
    with acting(sequencer("plate.draw")):
        return set(Plate.objects.filter(pool=pool).values_list("number", flat=True))
