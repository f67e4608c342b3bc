"""A plate after it was given: an act is asked for and done at once or handed over later; a mistake is undone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.identity.keys import vault
from hamrong.identity.vault import normal
from hamrong.kernel.vietnamese import clean
from hamrong.law import deadline
from hamrong.plates.actions.files import history
from hamrong.plates.course import Move, move
from hamrong.plates.models import Act, Plate, Pool
from hamrong.plates.numbers import is_old
from hamrong.plates.offers import colours_of
from hamrong.plates.queries import visible
from hamrong.plates.typed import vehicle_wrong

LIMIT: Final = 500
NOT_HERE: Final = Refusal(
    "other-scope",
    "Không có biển số này tại đơn vị. Hãy kiểm tra lại số, hoặc hỏi nơi đang quản lý biển.",
    "There is no such plate at this office. Check the number, or ask the office that keeps it.",
)

UNKNOWN: Final = Refusal(
    "other-scope",
    "Không có biển số này trên xe của chủ xe có giấy tờ ấy. Hãy kiểm tra lại cả số biển và số giấy tờ.",
    "No vehicle of the owner of that document has this plate. Check both the plate and the document.",
)
BUSY: Final = Refusal(
    "conflict",
    "Biển này đang có hồ sơ chưa xong; hãy trả biển hoặc hủy hồ sơ đó trước, tại nơi đã nhận hồ sơ.",
    "An application for this plate is open; finish it or undo it first, where it was taken in.",
)


SEVERAL: Final = Refusal(
    "conflict", "Hai biển của hai loại xe có cùng chữ và số này. Hãy mở đúng biển, theo loại xe.",
    "Two plates of two kinds of vehicle have these letters and digits. Open the right one, by its kind.",
)  # fmt: skip
NOT_OLD: Final = Refusal(
    "invalid",
    "Biển này có 5 chữ số. Đổi biển thì số không đổi; chủ xe không bấm lấy số khác được.",
    "This plate has five digits. Exchanged, it keeps its number; its owner cannot draw another.",
)
COLOUR: Final = Refusal(
    "invalid",
    "Màu mới chỉ đi với lý do đổi màu biển. Hãy chọn lý do đó, hoặc bỏ chọn màu.",
    "A new colour goes with a change of colour only. Choose that reason, or no colour.",
)


class Came(NamedTuple):
    """Which office kept the plate of an owner (None: the owner has none such), whether an application is open, what it
    goes on, and whether two plates of the owner have this number.
    """

    origin: str | None
    busy: bool
    kind: str | None = None
    several: bool = False


@dataclass(frozen=True, slots=True)
class AskIn:
    """What the officer has checked: why, in which dossier; for an exchange the new colour, for a kept plate whose."""

    reason: str
    dossier: str
    note: str = ""
    colour: str = ""
    vehicle: str = ""
    owner_document: str = ""


def ask(*, by: Grant, number: str, act: str, told: AskIn, at: datetime, kind: str = "") -> Act | Refusal:
    """Enter an act on a plate. What the office hands over later stays open until `finish`, and is due by law.

    Without `kind` the number has to be of one plate alone.
    """
    step = move(act)
    wrong = _wrong(step, told)
    if wrong or step is None:
        return wrong or Refusal("invalid", "Không có việc này.", "There is no such act.")
    try:
        # a plate that came here for nothing goes back to its office
        with acting(by), transaction.atomic():
            return _entered(by, number, kind, step, told, at)
    except _NotDoneError as not_done:
        return not_done.refusal


class _NotDoneError(Exception):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.en)
        self.refusal = refusal


def _entered(by: Grant, number: str, kind: str, step: Move, told: AskIn, at: datetime) -> Act:
    came = _brought(by, number, kind, step, told.owner_document) if "owner" in step.needs else Came(None, busy=False)
    origin = came.origin if came.origin and came.origin != by.scope else ""
    found = visible.plates(by).select_for_update().filter(number=number)
    rows = list(found.filter(kind=kind) if (kind := came.kind or kind) else found)
    if len(rows) > 1:
        raise _NotDoneError(SEVERAL)
    plate = rows[0] if rows else None
    problem = _unfit(by, plate, step, told, at)
    if problem or plate is None:
        raise _NotDoneError(problem or NOT_HERE)
    made = made_of(by, plate, step, told, at)
    made.origin = origin
    _move(plate, step, told, timezone.localdate(at))
    made.save(force_insert=True)
    moved = {"origin": origin} if origin else {}
    enter(by, subject=plate.subject, stream=plate.subject, at=at, asked=step.act, reason=told.reason, **moved)
    return made


def finish(*, by: Grant, act: UUID, at: datetime) -> Act | Refusal:
    """The plate was handed over; an exchange of colour counts from now on."""
    with acting(by):
        found = _locked(by, act)
        if found is None:
            return NOT_HERE
        row, plate = found
        if row.done_at or row.undone_at:
            return Refusal("state", "Việc này đã xong hoặc đã bị hủy.", "This is done or undone already.")
        if row.colour:
            plate.colour = row.colour
            plate.save(update_fields=["colour"])
        row.done_at, row.done_by = at, by.actor.ref
        row.save(update_fields=["done_at", "done_by"])
        enter(by, subject=plate.subject, stream=plate.subject, at=at, finished=row.act)
    return row


def undo(*, by: Grant, act: UUID, reason: str, at: datetime) -> Act | Refusal:
    """Take back an application that was entered by mistake; the plate is as it was before.

    What is done at once can be taken back on the same day only: at night the pool's public history tells of it.
    """
    if not reason.strip():
        return Refusal("invalid", "Hãy ghi lý do hủy.", "Give the reason.")
    with acting(by):
        found = _locked(by, act)
        if found is None:
            return NOT_HERE
        row, plate = found
        problem = _not_undone(by, row, plate, at)
        if problem:
            return problem
        _taken_back(plate, row)
        row.undone_at, row.undone_by, row.undone_why = at, by.actor.ref, clean(reason)[:LIMIT]
        row.save(update_fields=["undone_at", "undone_by", "undone_why"])
        if row.act == "move":
            _give_back(row)
        enter(by, subject=plate.subject, stream=plate.subject, at=at, undone=row.act, why=row.undone_why)
    return row


def _wrong(step: Move | None, told: AskIn) -> Refusal | None:
    if step is None or told.reason not in step.reasons:
        return Refusal("invalid", "Hãy chọn lý do.", "Choose a reason.")
    if not told.dossier.strip():
        return Refusal("invalid", "Hãy ghi số hồ sơ.", "Give the number of the dossier.")
    if "note" in step.needs and not told.note.strip():
        return Refusal("invalid", "Hãy ghi quyết định hoặc căn cứ.", "Give the decision or the grounds.")
    if "place" in step.needs and not told.note.strip():
        return Refusal(
            "invalid", "Hãy ghi tỉnh và cơ quan đăng ký xe nơi chuyển đến.",
            "Give the province and the office to which the owner moves.",
        )  # fmt: skip
    if "owner" in step.needs and not normal(told.owner_document):
        return Refusal("invalid", "Hãy nhập số giấy tờ của chủ xe.", "Give the number of the owner's document.")
    if told.colour and told.reason != "colour":
        return COLOUR
    return vehicle_wrong(told.vehicle) if "vehicle" in step.needs else None


def _brought(by: Grant, number: str, kind: str, step: Move, document: str) -> Came:
    """Bring the owner's plate here where another office keeps it."""
    came = Came(None, busy=False)
    for stands in step.sources:
        with connection.cursor() as cursor:
            cursor.execute("select * from plates_bring(%s, %s, %s, %s)", [number, kind, vault().find(document), stands])
            came = Came(*cursor.fetchone())
        if came.origin or came.several:
            break
    if came.several:
        raise _NotDoneError(SEVERAL)
    if came.busy:
        raise _NotDoneError(BUSY)
    if step.act == "move" and came.origin in (None, by.scope):
        here = came.origin == by.scope
        raise _NotDoneError(
            Refusal("state", "Hồ sơ biển này đã ở đơn vị.", "The file is here already.") if here else UNKNOWN
        )
    return came


def _give_back(row: Act) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select plates_give_back(%s, %s)", [row.number, row.pk])


def _unfit(by: Grant, plate: Plate | None, step: Move, told: AskIn, at: datetime) -> Refusal | None:
    """Why a plate, as it stands, is not for this act; None where it is."""
    if plate is None:
        return NOT_HERE
    if step.act == "assign" and bytes(plate.owner_index) != vault().find(told.owner_document):
        return Refusal(
            "invalid", "Biển này thuộc về chủ xe khác; kiểm tra số giấy tờ.",
            "This plate belongs to another owner; check the document.",
        )  # fmt: skip
    if open_act(by, plate):
        return BUSY
    if "old" in step.needs and not is_old(plate.number, plate.kind):
        return NOT_OLD
    if plate.state not in step.sources:
        return Refusal(
            "state", "Tình trạng hiện nay của biển không cho làm việc này; hãy tải lại trang.",
            "As the plate stands now this cannot be done; reload the page.",
        )  # fmt: skip
    if step.act == "assign" and plate.kept_until and plate.kept_until <= timezone.localdate(at):
        return Refusal(
            "state", "Thời hạn giữ biển đã hết; số đang trở về kho, chủ xe bấm số mới.",
            "The time of keeping is over; the number goes back to its pool, the owner draws a new one.",
        )  # fmt: skip
    return vehicle_problem(told.vehicle) if step.act == "assign" else _colour_problem(plate, step, told, at)


def vehicle_problem(vehicle: str) -> Refusal | None:
    """Why a vehicle cannot get a plate that is its owner's already; None where it can."""
    carries, _, waits = history(normal(vehicle))
    if carries:
        return Refusal("conflict", "Xe này đang mang biển số.", "This vehicle carries a plate already.")
    if waits:
        return Refusal(
            "conflict", "Xe này có hồ sơ chờ bấm số; hãy hủy hồ sơ đó trước khi gắn biển này.",
            "A file of this vehicle waits for a draw; cancel it before it gets this plate.",
        )  # fmt: skip
    return None


def _colour_problem(plate: Plate, step: Move, told: AskIn, at: datetime) -> Refusal | None:
    if step.act != "exchange" or told.reason != "colour":
        return None
    colours = colours_of(plate, Pool.objects.filter(pk=plate.pool).first(), timezone.localdate(at))
    if told.colour == plate.colour or told.colour not in colours:
        return Refusal(
            "invalid",
            "Hãy chọn màu biển mới mà số này có thể mang.",
            "Choose another colour that this number may have.",
        )
    return None


def open_act(by: Grant, plate: Plate) -> Act | None:
    """The application of a plate that is neither done nor undone."""
    rows = visible.acts(by).filter(number=plate.number, kind=plate.kind)
    return rows.filter(done_at__isnull=True, undone_at__isnull=True).first()


def made_of(by: Grant, plate: Plate, step: Move, told: AskIn, at: datetime) -> Act:
    """The row of an act. Of what is done at once nothing is due to the owner: the rule says how long it is kept."""
    due = None if step.at_once else deadline(step.rule, timezone.localdate(at))
    law = deadline(step.rule, timezone.localdate(at)).law_version if step.rule else ""
    return Act(
        number=plate.number, kind=plate.kind, ward=plate.ward, province=plate.province, act=step.act,
        reason=told.reason,
        note=clean(told.note)[:LIMIT], dossier=clean(told.dossier),
        colour=told.colour if told.reason == "colour" else "", asked_at=at, asked_by=by.actor.ref,
        due_at=due.strict if due else None, legal_at=due.legal if due else None, rule=law,
        done_at=at if step.at_once else None, done_by=by.actor.ref if step.at_once else "", before=as_it_is(plate),
    )  # fmt: skip


def kept_until(day: date) -> date:
    """The first day on which a plate that was taken back on a day may go back to its pool."""
    return deadline("plate.hold", day).legal_day + timedelta(days=1)


def _move(plate: Plate, step: Move, told: AskIn, day: date) -> None:
    if step.target == plate.state:
        return
    plate.state, plate.kept_on, plate.kept_until, plate.held = step.target, None, None, None
    plate.vehicle_index = vault().find(normal(told.vehicle)) if step.act == "assign" else None
    if step.target == "kept":
        plate.kept_on, plate.kept_until = day, kept_until(day)
    plate.save()


def as_it_is(plate: Plate) -> dict[str, Any]:
    """How a plate stands, so that it can be put back; the vehicle by its blind index only."""
    return {
        "state": plate.state, "vehicle": bytes(plate.vehicle_index).hex() if plate.vehicle_index else "",
        "kept_on": plate.kept_on.isoformat() if plate.kept_on else "",
        "kept_until": plate.kept_until.isoformat() if plate.kept_until else "", "held": plate.held,
    }  # fmt: skip


def _taken_back(plate: Plate, row: Act) -> None:
    """The plate as it was before an act; one that came into the book by it was not there."""
    if row.before:
        _restore(plate, row.before)
    else:
        plate.delete()


def _restore(plate: Plate, before: dict[str, Any]) -> None:
    plate.state, plate.held = before["state"], before["held"]
    plate.vehicle_index = bytes.fromhex(before["vehicle"]) if before["vehicle"] else None
    for name in ("kept_on", "kept_until"):
        setattr(plate, name, date.fromisoformat(before[name]) if before[name] else None)
    plate.save()


def _locked(by: Grant, act: UUID) -> tuple[Act, Plate] | None:
    """An act with its plate; the plate is locked first, as when one is asked for."""
    seen = visible.acts(by).filter(pk=act).first()
    plates = visible.plates(by).select_for_update()
    plate = plates.filter(number=seen.number, kind=seen.kind).first() if seen else None
    row = visible.acts(by).select_for_update().filter(pk=act).first()
    return (row, plate) if row and plate else None


def _not_undone(by: Grant, row: Act, plate: Plate, at: datetime) -> Refusal | None:
    if row.undone_at:
        return Refusal("state", "Hồ sơ này đã bị hủy.", "This is undone already.")
    of_plate = visible.acts(by).filter(number=row.number, kind=row.kind)
    if of_plate.filter(undone_at__isnull=True, asked_at__gt=row.asked_at).exists():
        return Refusal("state", "Đã có việc khác sau việc này.", "Something else was done since.")
    step = move(row.act)
    if not row.done_at:
        return None
    if step is None or not step.at_once:
        return Refusal(
            "state", "Biển đã trả cho chủ xe; không thể hủy.", "The plate was handed over; too late to undo."
        )
    if timezone.localdate(row.done_at) != timezone.localdate(at) or (row.act == "keep" and plate.held):
        return Refusal(
            "state", "Chỉ hủy được trong ngày. Nếu biển đang được giữ, chủ xe có thể gắn lại biển cho xe của mình.",
            "It can be undone on the same day only. A kept plate can be put on a vehicle of its owner again.",
        )  # fmt: skip
    return _carries_another(row.before.get("vehicle", ""))


def _carries_another(vehicle: str) -> Refusal | None:
    """A plate does not go back onto a vehicle that got, or is about to get, another one."""
    if not vehicle:
        return None
    with connection.cursor() as cursor:
        cursor.execute("select carries or waits from plates_vehicle(%s)", [bytes.fromhex(vehicle)])
        (taken,) = cursor.fetchone()
    return (
        Refusal("conflict", "Xe đã có biển khác hoặc hồ sơ bấm số.", "The vehicle has another plate or a file.")
        if taken
        else None
    )
