"""An owner's file: the officer checks and files it, the owner presses, and from then on there is no way back."""

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import uuid_utils.compat as uuid
from django.db import IntegrityError, connection, transaction

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.identity.keys import vault
from hamrong.identity.vault import normal
from hamrong.kernel import codes
from hamrong.kernel.canonical import canonical
from hamrong.kernel.proofs import vrf
from hamrong.kernel.vietnamese import clean, fold
from hamrong.plates import rules
from hamrong.plates.models import Draw, Pool
from hamrong.plates.queries import visible
from hamrong.plates.typed import document_wrong, vehicle_wrong

TICKET: Final = "BX"
SALT: Final = 32
Prove = Callable[[Sequence[bytes]], Sequence[bytes]]
"""Proofs of the key `vehicle` over many alphas, made where the key is."""


@dataclass(frozen=True, slots=True)
class FileIn:
    """What the officer has checked: the dossier's number, vehicle (chassis number), owner and owner's document."""

    dossier: str
    vehicle: str
    owner: str
    owner_document: str
    colour: str


def file(*, by: Grant, pool: str, told: FileIn, province: str, prove: Prove, at: datetime) -> Draw | Refusal:
    """File a vehicle whose owner will press: its nullifier allows one live draw, its commitment binds the file."""
    vehicle = normal(told.vehicle)
    wrong = _wrong(told)
    if wrong:
        return wrong
    with acting(by):
        chosen = Pool.objects.filter(pk=pool, colours__contains=[told.colour]).first()
        if chosen is None:
            return Refusal("invalid", "Kho số không có loại biển này.", "The pool has no plates of this kind.")
        carries, drawn, _ = history(vehicle)
        if carries:
            return Refusal("conflict", "Xe này đang mang biển số.", "This vehicle carries a plate already.")
        (proof,) = prove([rules.vehicle_alpha(vehicle, drawn + 1)])
        made = _made(by, chosen, told, vehicle, province, at)
        made.turn, made.nullifier = drawn + 1, vrf.proof_to_hash(proof)[:32]
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError:
            return Refusal(
                "conflict",
                "Xe này đã có hồ sơ chờ bấm số; mỗi xe chỉ được bấm một lần.",
                "A file of this vehicle waits already; each vehicle draws once.",
            )
        enter(by, subject=f"plates-draw:{made.pk}", stream=f"plates-draw:{made.pk}", at=at, pool=pool)
    return made


def history(vehicle: str) -> tuple[bool, int, bool]:
    """Whether the vehicle carries a plate, how many it drew before, and whether it has a file that waits; anywhere.

    Until the transaction ends nobody else gives this vehicle a file or a plate.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from plates_vehicle(%s)", [vault().find(vehicle)])
        carries, drawn, waits = cursor.fetchone()
    return carries, drawn, waits


def _wrong(told: FileIn) -> Refusal | None:
    if not (told.dossier.strip() and told.owner.strip() and told.owner_document.strip()):
        return Refusal("invalid", "Hồ sơ còn thiếu thông tin.", "The file is incomplete.")
    return vehicle_wrong(told.vehicle) or document_wrong(told.owner_document)


def _made(by: Grant, pool: Pool, told: FileIn, vehicle: str, province: str, at: datetime) -> Draw:
    identifier, salt = uuid.uuid7(), secrets.token_bytes(SALT)
    owner = clean(told.owner)
    return Draw(
        id=identifier, pool=pool.code, ward=by.scope, province=province, dossier=clean(told.dossier),
        colour=told.colour, vehicle_sealed=vault().seal(vehicle, identifier.bytes), vehicle_index=vault().find(vehicle),
        vehicle_hint=_hint(vehicle), owner_name=owner, owner_key=fold(owner),
        owner_sealed=vault().seal(told.owner_document, identifier.bytes), owner_index=vault().find(told.owner_document),
        owner_hint=_hint(normal(told.owner_document)), filed_at=at, filed_by=by.actor.ref,
        ticket=codes.new_code(TICKET), salt=salt, commit=commitment(salt, facts(told, vehicle, pool.code, identifier)),
    )  # fmt: skip


def facts(told: FileIn, vehicle: str, pool: str, draw: UUID) -> dict[str, Any]:
    """What a request commits to; not public, and shown to the owner with the salt on demand."""
    return {
        "colour": told.colour, "dossier": clean(told.dossier), "draw": str(draw), "owner": clean(told.owner),
        "owner_document": normal(told.owner_document), "pool": pool, "vehicle": vehicle,
    }  # fmt: skip


def commitment(salt: bytes, content: dict[str, Any]) -> bytes:
    """SHA-256(salt ‖ canonical facts)."""
    return hashlib.sha256(salt + canonical(content)).digest()


def _hint(number: str) -> str:
    return f"{'*' * (len(number) - 4)}{number[-4:]}"


def void(*, by: Grant, draw: UUID, reason: str, at: datetime) -> Draw | Refusal:
    """Cancel a file that nobody has pressed yet, with the reason; the vehicle can be filed again."""
    if not reason.strip():
        return Refusal("invalid", "Hãy ghi lý do hủy.", "Give the reason.")
    with acting(by):
        drawn = visible.draws(by).select_for_update().filter(pk=draw).first()
        if drawn is None:
            return Refusal("other-scope", "Không có hồ sơ này tại đơn vị.", "There is no such file here.")
        if rules.step("void", drawn.state) is None:
            return Refusal("state", "Chủ xe đã bấm; không thể hủy.", "The owner has pressed; it cannot be cancelled.")
        # the nullifier is freed for another file of this vehicle: no draw was made with it
        drawn.state, drawn.nullifier = "void", secrets.token_bytes(32)
        drawn.save(update_fields=["state", "nullifier"])
        enter(by, subject=f"plates-draw:{drawn.pk}", stream=f"plates-draw:{drawn.pk}", at=at, reason=clean(reason))
    return drawn
