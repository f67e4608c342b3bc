"""Questions for the demo's inspector: invented officers who read as the record asks about; one was asked."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.conf import settings

from hamrong.access import actions
from hamrong.access.actors import Actor, Grant, Holding, Target
from hamrong.access.answers import ANSWER, answer
from hamrong.access.decisions import decide
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.accounts.models import Person
from hamrong.audit import oddities
from hamrong.audit.oddities import LEAST, SAME
from hamrong.law import VIETNAM
from hamrong.lodging.queries import visible
from hamrong.site.demo.people import ORDER, SINCE, demo_grant, service_number
from hamrong.site.demo.places import SAM_SON
from hamrong.site.demo.stage import done

USUAL: Final = 3
"""Readings of a usual day of whoever reads many on one day."""

ASKED: Final = (
    "Đã hỏi chỉ huy đơn vị và đối chiếu sổ trực: có tin báo người mất tích lúc 1 giờ 40, tìm theo lệnh trực ban."
)


class Reader(NamedTuple):
    """An officer of the commune who did what is asked about: user name, full name."""

    username: str
    full_name: str


class Read(NamedTuple):
    """One act of reading: which, of what, when, for what purpose and in which case; a search's name."""

    act: str
    subject: str
    at: datetime
    purpose: str
    case: str = ""
    name: str = ""


MANY: Final = Reader("canbo1.samson", "Mai Thị Duyên")
NIGHT: Final = Reader("canbo2.samson", "Đỗ Quốc Việt")
AGAIN: Final = Reader("canbo3.samson", "Hà Xuân Toàn")
FAMILY: Final = Reader("canbo4.samson", "Trịnh Công Nghĩa")
WARRANT: Final = "Kế hoạch 07/KH-CAX"


def make(now: datetime) -> None:
    """What each reader read, day by day, unless they are there already."""
    if Person.objects.filter(username=MANY.username).exists():
        return
    stays = _stays(LEAST + 4)
    if len(stays) < LEAST + 1:
        return  # a demo without guests raises no questions
    today = now.astimezone(VIETNAM).date()
    for reader, reads in (
        (MANY, _many(today, stays)), (NIGHT, _at_night(today)), (AGAIN, _again(today, stays[0])),
        (FAMILY, _family(today)),
    ):  # fmt: skip
        _do(_person(reader, now), list(reads), now)
    _asked(now)


def _stays(most: int) -> list[UUID]:
    by = done(decide(_actor("system:demo", "job:demo"), "stay.list", _target()))
    with acting(by):
        return list(visible.stays(by).order_by("-night", "-id").values_list("pk", flat=True)[:most])


def _many(today: date, stays: list[UUID]) -> Iterator[Read]:
    """Three usual days, and one on which more was opened than in all of them."""
    usual = [stays[first : first + USUAL] for first in range(0, 3 * USUAL, USUAL)]
    for back, opened in zip((6, 5, 4, 3), [*usual, stays], strict=True):
        begun = _at(today, back, time(9, 5))
        for place, stay in enumerate(opened):
            yield Read("stay.open", f"stay:{stay}", begun + timedelta(minutes=2 * place), "night-control")


def _at_night(today: date) -> Iterator[Read]:
    """Two nights: one is answered, one is not."""
    for back, hour in ((5, time(1, 55)), (2, time(3, 12))):
        yield Read("stay.search", "search:demo", _at(today, back, hour), "missing-person", WARRANT, "Đặng Thị Lý")


def _again(today: date, stay: UUID) -> Iterator[Read]:
    for back in range(SAME + 1, 1, -1):
        yield Read("stay.open", f"stay:{stay}", _at(today, back, time(14, 20)), "night-control")


def _family(today: date) -> Iterator[Read]:
    yield Read("stay.search", "search:demo", _at(today, 2, time(16, 40)), "investigation", WARRANT, "Trịnh Công Hiếu")


def _at(today: date, back: int, hour: time) -> datetime:
    return datetime.combine(today - timedelta(days=back), hour, VIETNAM)


def _person(reader: Reader, now: datetime) -> Person:
    """An officer without a password, with the post of one who is on duty."""
    person = done(
        actions.create_person(
            by=demo_grant("person.create"), username=reader.username, full_name=reader.full_name, password=None, at=now,
            service_number=service_number(),
        )
    )  # fmt: skip
    done(
        actions.appoint(
            by=demo_grant("post.appoint"), person=person, role="ward-duty", scope=SAM_SON, starts_on=SINCE,
            ordered_by=ORDER, at=now,
        )
    )  # fmt: skip
    return person


def _do(person: Person, reads: list[Read], now: datetime) -> None:
    """The acts in their order, in a session of the reader's own."""
    actor = _actor(f"person:{person.pk}", f"session:demo-{person.username}")
    for read in reads:
        by = done(decide(actor, read.act, _target(), purpose=read.purpose, case_ref=read.case))
        with acting(by):
            enter(by, subject=read.subject, at=min(read.at, now), **({"name": read.name} if read.name else {}))


def _asked(now: datetime) -> None:
    """The inspector asked about the earlier of the two nights."""
    inspector = Person.objects.get(username="thanhtra.tinh")
    night = Person.objects.get(username=NIGHT.username)
    by = _inspecting(inspector, ANSWER)
    with acting(by):
        raised = oddities.questions(now - timedelta(days=30), now, {})
        about = [one for one in raised if (one.rule, one.actor) == ("night", f"person:{night.pk}")]
        done(answer(by=by, question=about[-1], found="in-order", words=ASKED, at=now))


def _inspecting(person: Person, act: str) -> Grant:
    province = settings.HAMRONG_PROVINCE
    actor = Actor(f"person:{person.pk}", "demo", "job:demo-inspector", (Holding("inspector", province),), strong=True)
    return done(decide(actor, act, Target(province=province)))


def _actor(ref: str, session: str) -> Actor:
    return Actor(ref, "demo", session, (Holding("ward-duty", SAM_SON),), strong=True)


def _target() -> Target:
    return Target(ward=SAM_SON, province=settings.HAMRONG_PROVINCE)
