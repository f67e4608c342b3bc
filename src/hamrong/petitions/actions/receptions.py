"""The book of receptions: entering one, answering whoever came, taking a petition in from it; and the hours."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final, cast
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting, one_at_a_time
from hamrong.cases.actions.registers import next_number
from hamrong.identity.keys import vault
from hamrong.petitions.actions.intake import NO_TEXT, NOT_OURS, Handed, hand_in
from hamrong.petitions.models import Hours, Petition, Reception
from hamrong.petitions.owed import AFTER, owe
from hamrong.petitions.queries import reading, receptions, visible
from hamrong.petitions.rules import Kind
from hamrong.petitions.schedule import Rhythm, speakers
from hamrong.petitions.told import Content, Sender, Visit, written
from hamrong.sealed.actions.reports import ticket_of

BOOK: Final = "tiep-cong-dan"
"""The book of receptions (sổ tiếp công dân) of a unit and year."""

FUTURE: Final = Refusal("invalid", "Ngày tiếp không được ở tương lai.", "The day of a reception cannot be to come.")
NOBODY_CAME: Final = Refusal("invalid", "Hãy ghi người đến.", "Say who came.")
TOO_MANY: Final = Refusal(
    "invalid", "Đoàn đông người cử nhiều đại diện hơn mức được cử.", "More speak for these people than may."
)
SECRET: Final = Refusal(
    "state", "Người đến tố cáo: nội dung ở trong đơn được niêm phong, không ở sổ này.",
    "Whoever came denounces: what was told is in the sealed petition and not in this book.",
)  # fmt: skip
TAKEN: Final = Refusal("state", "Đã lập đơn từ lượt tiếp này.", "A petition was taken in from this reception already.")
SILENT: Final = Refusal("invalid", "Hãy ghi câu trả lời.", "Say what was answered.")
ANSWERED: Final = Refusal("state", "Đã trả lời lượt tiếp này.", "This reception has been answered already.")
UNENDED: Final = Refusal("invalid", "Chọn một nhịp lặp lại.", "Choose one rhythm.")
ENDED: Final = Refusal("state", "Buổi tiếp này đã bỏ khỏi lịch.", "These hours have ended already.")


@dataclass(frozen=True, slots=True)
class Held:
    """A reception as it is entered. `key` is chosen by the page: the same key makes one entry, however often it comes.

    Of a denunciation `visit` is not kept. `people` is how many came together; the visit's visitors speak for them.
    """

    key: UUID
    unit: str
    held_on: date
    place: str
    who: str
    received_by: str
    kind: Kind
    visit: Visit = field(repr=False)
    people: int = 1
    end: str = "later"


@dataclass(frozen=True, slots=True)
class Planned:
    """Hours as they are put in the schedule."""

    unit: str
    who: str
    place: str
    opens: time
    closes: time
    rhythm: Rhythm


def register_reception(*, by: Grant, held: Held, at: datetime) -> Reception | Refusal:
    """Enter a reception in the book of its unit, with the next number of the year in which it was held."""
    secret = held.kind == "denunciation"
    problem = _problem(by, held, timezone.localdate(at), secret=secret)
    if problem:
        return problem
    with acting(by):
        one_at_a_time(5003, str(held.key))
        known = visible.receptions(by).filter(pk=held.key).first()
        if known is not None:
            return known
        year, province = held.held_on.year, settings.HAMRONG_PROVINCE
        row = Reception(
            id=held.key, unit=held.unit, province=province, year=year, held_on=held.held_on, place=held.place,
            number=next_number(BOOK, held.unit, year, province), who=held.who, received_by=held.received_by,
            kind=held.kind, people=held.people, secret=secret, end=held.end,
            answered_on=held.held_on if held.end in {"answered", "guided"} else None,
        )  # fmt: skip
        owe(row, AFTER.get(held.end, ""), at)
        if not secret:
            _fill(row, held.visit)
        row.save(force_insert=True)
        enter(by, subject=f"reception:{row.pk}", at=at, number=row.number, year=year)
        return row


def _problem(by: Grant, held: Held, today: date, *, secret: bool) -> Refusal | None:
    if by.scope_kind == "ward" and held.unit != by.scope:
        return NOT_OURS
    if held.held_on > today:
        return FUTURE
    if secret:
        return None
    if not held.visit.text.strip():
        return NO_TEXT
    if not held.visit.visitors:
        return NOBODY_CAME
    return TOO_MANY if len(held.visit.visitors) > speakers(held.people) else None


def _fill(row: Reception, visit: Visit) -> None:
    row.content = vault().seal_bytes(written(visit), row.pk.bytes)
    row.persons, row.representatives = reading.persons_of(visit.visitors), len(visit.visitors)


def answer(*, by: Grant, reception: Reception, text: str, at: datetime) -> Reception | Refusal:
    """Put on record what whoever came was answered later (Law 42/2013 art. 28)."""
    if not text.strip():
        return SILENT
    with acting(by):
        row = visible.receptions(by).select_for_update().filter(pk=reception.pk).first()
        if row is None:
            return NOT_OURS
        visit = receptions.opened(row)
        if visit is None or row.answered_on is not None:
            return SECRET if visit is None else ANSWERED
        said = "\n\n".join(filter(None, (visit.answer, text.strip())))
        _fill(row, Visit(visit.subject, visit.text, said, visit.visitors))
        row.end = "answered" if row.end == "later" else row.end
        row.answered_on = timezone.localdate(at)
        row.save(update_fields=["content", "persons", "representatives", "end", "answered_on"])
        enter(by, subject=f"reception:{row.pk}", at=at)
        return row


def take_petition(*, by: Grant, reception: Reception, code: str, at: datetime) -> Petition | Refusal:
    """Take in what was told at a reception as a petition of whoever came; `code` as in `Handed`. Once for each."""
    with acting(by):
        row = visible.receptions(by).select_for_update().filter(pk=reception.pk).first()
        if row is None:
            return NOT_OURS
        visit = receptions.opened(row)
        if visit is None:
            return SECRET
        handed = Handed(
            code=code, kind=cast("Kind", row.kind), door="reception", unit=row.unit, received_on=row.held_on,
            content=_content(visit.subject, visit.text, visit.visitors), reception=row.pk,
        )  # fmt: skip
        other = visible.petitions(by).filter(reception=row).exclude(ticket=ticket_of(code)).exists()
        return TAKEN if other else hand_in(by=by, handed=handed, at=at)


def _content(subject: str, text: str, visitors: Sequence[Sender]) -> Content:
    return Content(subject, text, signed=bool(visitors), senders=tuple(visitors))


def plan(*, by: Grant, planned: Planned, at: datetime) -> Hours | Refusal:
    """Put hours in the schedule of a unit."""
    if by.scope_kind == "ward" and planned.unit != by.scope:
        return NOT_OURS
    rhythm = planned.rhythm
    if sum(each is not None for each in (rhythm.weekday, rhythm.monthday, rhythm.on)) != 1:
        return UNENDED
    with acting(by):
        row = Hours.objects.create(
            unit=planned.unit, province=settings.HAMRONG_PROVINCE, who=planned.who, place=planned.place,
            opens=planned.opens, closes=planned.closes, since=rhythm.since, until=rhythm.until, weekday=rhythm.weekday,
            monthday=rhythm.monthday, on=rhythm.on,
        )  # fmt: skip
        enter(by, subject=f"reception-hours:{row.pk}", at=at, unit=row.unit)
        return row


def end(*, by: Grant, hours: Hours, at: datetime) -> Hours | Refusal:
    """Take hours out of the schedule from today on; what was is kept."""
    today = timezone.localdate(at)
    with acting(by):
        row = visible.hours(by).select_for_update().filter(pk=hours.pk).first()
        if row is None:
            return NOT_OURS
        if row.until is not None and row.until <= today:
            return ENDED
        row.until = max(row.since, today)
        row.save(update_fields=["until"])
        enter(by, subject=f"reception-hours:{row.pk}", at=at, until=row.until.isoformat())
        return row
