"""Plates that were not drawn here come into the book: given by another province's police, won at an auction, or of a
kind that the province gave before and gives no more (29-A1 2345 of a motorcycle, a car's of four digits).

Nothing can be chosen by it: a number of ours has to have left its pool by a published event for an auction's winner, or
to be one that no pool can have.
From then on the plate is exchanged, kept, moved on and taken back like every other; no draw can give it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.identity.keys import vault
from hamrong.identity.vault import normal
from hamrong.kernel.documents.model import Unreadable
from hamrong.kernel.documents.plates import parse
from hamrong.kernel.vietnamese import clean, fold
from hamrong.plates.actions.after import LIMIT, AskIn, made_of, vehicle_problem
from hamrong.plates.course import move
from hamrong.plates.models import Act, Plate
from hamrong.plates.offers import colours_of
from hamrong.plates.queries import pools
from hamrong.plates.typed import document_wrong, vehicle_wrong

BY_ORIGIN: Final = {"province": ("enter", "from-province"), "auction": ("won", "auction"), "older": ("book", "older")}
"""Where a plate came from → the act by which it comes into the book, and its reason."""

UNREADABLE: Final = Refusal(
    "invalid", "Không có biển nào của loại xe này viết như vậy. Kiểm tra lại số và loại biển.",
    "No plate of this kind is written so. Check the number and the kind.",
)  # fmt: skip
OURS: Final = Refusal(
    "invalid",
    "Biển mang mã của tỉnh này. Mở biển tại đơn vị đang quản lý, hoặc nhận hồ sơ biển về theo giấy tờ của chủ xe. Biển "
    "kiểu cũ nay không còn cấp thì chọn nguồn gốc “Biển kiểu cũ do tỉnh này cấp”.",
    "The plate has this province's code. Open it at the office that keeps it, or bring its file by the document. If it "
    "is of an old kind that is given no more, choose that origin.",
)  # fmt: skip
STILL_GIVEN: Final = Refusal(
    "invalid",
    "Biển kiểu này nay vẫn cấp, nên số chỉ vào sổ khi được bấm hoặc trúng đấu giá. Kiểm tra lại số, loại xe, màu biển.",
    "Plates of this kind are given still, so a number gets on the books by a draw or an auction only. Check number, "
    "kind of vehicle and colour.",
)
NOT_OURS: Final = Refusal(
    "invalid", "Biển không mang mã của tỉnh này. Nếu tỉnh khác đã cấp, hãy chọn nguồn gốc “Do tỉnh khác cấp”.",
    "The plate has no code of this province. If another one gave it, choose that origin.",
)  # fmt: skip
KNOWN: Final = Refusal(
    "conflict",
    "Một đơn vị trong tỉnh đã có biển này trong sổ. Dùng “Chủ xe chuyển đến” hoặc “Gắn lại biển cho xe của chủ xe”.",
    "An office of the province has this plate on its books. Use “the owner moved here” or put it on a vehicle again.",
)  # fmt: skip
NO_POOL: Final = Refusal(
    "invalid", "Sê-ri này chưa có trong kho số nào của tỉnh; người quản lý kho mở kho và ghi số trúng đấu giá trước.",
    "No pool has this series; the manager has to open one and to record what was won first.",
)  # fmt: skip
STILL_THERE: Final = {
    "left": Refusal(
        "state", "Số này còn trong kho để bấm; không ai lấy được số mà không bấm.",
        "This number remains in its pool; nobody takes one without drawing.",
    ),
    "aside": Refusal(
        "state",
        "Số này còn để riêng cho đấu giá. Người quản lý kho ghi số trúng đấu giá (Cấp không qua bấm số) trước.",
        "This number is set aside for auction still. The manager of pools has to record that it was won first.",
    ),
    "": Refusal(
        "state", "Số này không ra khỏi kho theo quyết định trúng đấu giá: nó đã được bấm, hoặc đã rút khỏi kho.",
        "This number did not leave its pool as one won at an auction: it was drawn, or withdrawn.",
    ),
}  # fmt: skip
"""Why a number of ours is not one that somebody won, by where it is."""


@dataclass(frozen=True, slots=True)
class EnterIn:
    """What the officer has checked: the plate and where it came from, on which vehicle, whose, in which dossier.

    `source` is the office that gave it, or the decision on the auction, `on` the day of its paper.
    """

    origin: str
    number: str
    kind: str
    colour: str
    source: str
    on: date
    dossier: str
    vehicle: str
    owner: str
    owner_document: str


def enter_plate(*, by: Grant, told: EnterIn, province: str, at: datetime) -> Act | Refusal:
    """Put a plate of elsewhere on the books of the office, on its owner's vehicle; open until it is handed over."""
    wrong = _wrong(told, timezone.localdate(at))
    if wrong:
        return wrong
    with acting(by):
        plate = _plate(by, told, province, at)
        if isinstance(plate, Refusal):
            return plate
        problem = vehicle_problem(told.vehicle) or _colour_problem(plate, told, timezone.localdate(at))
        return problem or _entered(by, plate, told, at)


EARLIEST: Final = date(1976, 7, 2)
"""No certificate of this state is older."""


def _wrong(told: EnterIn, today: date) -> Refusal | None:
    if told.origin not in BY_ORIGIN:
        return Refusal("invalid", "Hãy chọn nguồn gốc của biển.", "Choose where the plate came from.")
    if not (told.dossier.strip() and told.owner.strip() and normal(told.owner_document) and told.source.strip()):
        return Refusal("invalid", "Hồ sơ còn thiếu thông tin.", "The file is incomplete.")
    wrong = vehicle_wrong(told.vehicle) or document_wrong(told.owner_document)
    if wrong:
        return wrong
    if told.on > today:
        return Refusal("invalid", "Ngày không được ở tương lai.", "The day cannot be to come.")
    if told.on < EARLIEST:
        return Refusal("invalid", "Ngày này quá xa; hãy xem lại năm.", "This day is too long ago; look at the year.")
    return None


def _plate(by: Grant, told: EnterIn, province: str, at: datetime) -> Plate | Refusal:
    """The plate as it will stand, with the pool of its number where that is ours; why it cannot be one of these."""
    typed = normal(told.number)
    place = pools.place_of(typed)
    read = None if place and place.kind == told.kind else _read(told)
    if read is None and place is None:
        return UNREADABLE
    number, kind = (read, told.kind) if read else (typed, place.kind if place else told.kind)
    place = pools.place_of(number)
    if place and place.kind != kind:
        place = None  # the number of another kind of plate, with the same letters and digits
    ours = place is not None or number[:2] in pools.own_codes(timezone.localdate(at))
    if problem := _not_from_there(told, place, number, ours, timezone.localdate(at)):
        return problem
    owner = clean(told.owner)
    return Plate(
        number=number, pool=place.pool if place else "", ward=by.scope, province=province, state="in-use",
        colour=told.colour, vehicle_index=vault().find(normal(told.vehicle)), owner_name=owner, owner_key=fold(owner),
        owner_index=vault().find(told.owner_document), since=at, origin=told.origin, source=clean(told.source)[:LIMIT],
        source_on=told.on, kind=kind,
    )  # fmt: skip


def _not_from_there(told: EnterIn, place: pools.Stands | None, number: str, ours: bool, today: date) -> Refusal | None:
    """Why a plate cannot have come from where it is said to come from."""
    if told.origin == "older":
        if not ours:
            return NOT_OURS
        return None if place is None and _given_no_more(told, today) else STILL_GIVEN
    if not ours:
        return None
    if told.origin == "province":
        return OURS
    return NO_POOL if place is None else _not_won(place, number)


def _given_no_more(told: EnterIn, today: date) -> bool:
    """Whether plates of this form and number of digits ended: whatever a pool can give is of one that goes on."""
    readings = parse(told.number, kind=told.kind, colour=told.colour)
    return not isinstance(readings, Unreadable) and all(one.until and one.until < today for one in readings)


def _read(told: EnterIn) -> str | None:
    """The number of a plate as the book of plates reads it, with the kind and the colour that it has."""
    readings = parse(told.number, kind=told.kind, colour=told.colour)
    return None if isinstance(readings, Unreadable) or not readings else readings[0].canonical


def _not_won(place: pools.Stands, number: str) -> Refusal | None:
    """Why a number of ours was won by nobody; None where a published event gave it without a draw."""
    if place.where in STILL_THERE and place.where:
        return STILL_THERE[place.where]
    last = pools.left_by(place.pool, number)
    return None if last is not None and last.type == "pool.issue" else STILL_THERE[""]


def _colour_problem(plate: Plate, told: EnterIn, on: date) -> Refusal | None:
    if told.colour in colours_of(plate, pools.pool(plate.pool) if plate.pool else None, on):
        return None
    return Refusal("invalid", "Số này không mang được màu biển đã chọn.", "This number cannot have this colour.")


def _entered(by: Grant, plate: Plate, told: EnterIn, at: datetime) -> Act | Refusal:
    act, reason = BY_ORIGIN[told.origin]
    step = move(act)
    assert step, "the table of acts takes plates in"
    try:
        with transaction.atomic():
            plate.save(force_insert=True)
    except IntegrityError:
        return KNOWN
    note = f"{clean(told.source)}, {told.on:%d/%m/%Y}"
    made = made_of(by, plate, step, AskIn(reason, told.dossier, note), at)
    made.before = {}
    made.save(force_insert=True)
    enter(
        by, subject=plate.subject, stream=plate.subject, at=at, asked=act, reason=reason,
        source=plate.source, source_on=told.on.isoformat(),
    )  # fmt: skip
    return made
