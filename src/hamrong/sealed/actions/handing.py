"""Giving a report into other hands, and preparing it for a unit that is asked to take it over."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import connection
from django.utils import timezone

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.kernel.seal import reports
from hamrong.sealed import queries
from hamrong.sealed.actions.keys import drop
from hamrong.sealed.actions.reports import (
    IN_CONFLICT,
    NO_HOLDERS,
    NOT_YOURS,
    OFFERED,
    Place,
    against_of,
    fit,
    give,
    held_key,
    stop,
)
from hamrong.sealed.apart import apart
from hamrong.sealed.models import Hand, Report, Share
from hamrong.sealed.queries import Candidate
from hamrong.sealed.rings import Ring
from hamrong.sealed.rules import READERS, Against

NO_RECEIVER: Final = Refusal(
    "conflict", "Ở đơn vị nhận không có người xử lý nào có khóa niêm phong mà không liên quan đến người bị tố cáo.",
    "The receiving unit has no handler with a sealing key who has nothing to do with who is denounced.",
)  # fmt: skip
ONE_RECEIVER: Final = Refusal(
    "conflict",
    "Ở đơn vị nhận chỉ một người xử lý nhận được khóa, mà mỗi đơn niêm phong phải có hai: mất một khóa thì nội dung "
    "vẫn còn. Đề nghị một lãnh đạo nữa ở đó tạo khóa niêm phong rồi chuyển, hoặc chuyển lên Công an tỉnh.",
    "Only one handler of the receiving unit can be given the key, and every sealed report has two, so that nothing is "
    "lost with one key. Have another leader there make a sealing key first, or transfer to the province's police.",
)  # fmt: skip
ONE_READER: Final = Refusal(
    "state",
    "Đơn niêm phong phải có ít nhất hai người đọc được: mất một khóa thì nội dung vẫn còn. Hãy giao cho hai người, "
    "hoặc để những người đang đọc cùng xử lý.",
    "At least two people read a sealed report, so that nothing is lost with one key. Give it to two people, or let "
    "those who read it now handle it together with them.",
)  # fmt: skip


def hand_over(
    *, by: Grant, report: Report, ring: Ring, to: Place, at: datetime, adding: bool = False
) -> Report | Refusal:
    """Give a report into the hands of people of a unit: conflicts checked again, holders in conflict out.

    The old hands are emptied; `adding` leaves those who are free of conflict as they are, and the unit stays the same.
    Two people read it afterwards, or nothing changes.
    """
    with acting(by):
        report = Report.objects.select_for_update().get(pk=report.pk)
        checked = checked_for(by, report, ring, to, at)
        if isinstance(checked, Refusal):
            return checked
        if not all(fit(each, checked.against) for each in checked.asked):
            return IN_CONFLICT
        if refused := without_conflict(report, checked.against, checked.able):
            return refused
        stay = _readers(report, checked) if adding else []
        people = {each.person for each in (*checked.asked, *stay) if each.person}
        if len({each.person for each in (*checked.asked, *stay) if each.lent_until(to.ward) is None}) < READERS:
            return ONE_READER
        _rehand(report, checked, stay)
        stop(report.requests.exclude(requester__in=people))
        enter(by, subject=f"sealed:{report.pk}", at=at, ward=to.ward, handlers=len(people), added=adding)
        with connection.cursor() as cursor:
            cursor.execute("select sealed_move(%s, %s)", [report.pk, to.ward])
        Report.objects.filter(pk=report.pk).update(moved_on=None)  # conflicts were looked for just now
        report.ward, report.moved_on = to.ward, None
        return report


def offer(*, by: Grant, report: Report, ring: Ring, to: Place, at: datetime) -> Report | Refusal:
    """Wrap a report for the handlers of a unit that is asked to take it over; until it does they cannot reach it.

    Whoever there is complained about gets none; holders in conflict lose their share. Nothing changes for the old
    handlers before the other unit takes it over (`sealed_go_along` in `handing.sql`).
    """
    with acting(by):
        checked = checked_for(by, report, ring, to, at)
        if isinstance(checked, Refusal):
            return checked
        settling = [each for each in checked.asked if to.ward in each.settles]  # a stand-in is given it there
        free = [each for each in settling if fit(each, checked.against)]
        if len(free) < fewest(to.ward):
            return ONE_RECEIVER if free else NO_RECEIVER
        if refused := without_conflict(report, checked.against, checked.able):
            return refused
        Hand.objects.filter(report=report, what__in=OFFERED.values()).delete()
        holding = set(report.shares.values_list("key_id", flat=True))
        give(report, OFFERED["content"], checked.content, free)
        give(report, OFFERED["against"], checked.known, [each for each in free if each.holder.who not in holding])
        enter(by, subject=f"sealed:{report.pk}", at=at, offered_to=to.ward, handlers=len(free))
        return report


def fewest(receiver: str) -> int:
    """How many of a unit must get the key before a report goes there; above the province there is nobody else."""
    return 1 if receiver == settings.HAMRONG_PROVINCE else READERS


@dataclass(frozen=True, slots=True)
class Checked:
    """What whoever gives a report away knows: its two keys, who is complained about, who is able, who is asked."""

    content: bytes = field(repr=False)
    known: bytes = field(repr=False)
    against: Against = field(repr=False)
    able: Sequence[Candidate]
    asked: Sequence[Candidate]


def checked_for(by: Grant, report: Report, ring: Ring, to: Place, at: datetime) -> Checked | Refusal:
    content, against = held_key(report, ring), against_of(report, ring)
    if isinstance(content, Refusal) or isinstance(against, Refusal):
        return NOT_YOURS
    able = queries.candidates(timezone.localdate(at))
    asked = [each for each in able if each.person in to.handlers - apart(by, report)]
    hand = Hand.objects.get(report=report, key=ring.key, what="against")
    known = reports.take_against(bytes(hand.wrapped), report.pk, ring.holder, ring.seed)
    return Checked(content, known, against, able, asked) if asked else NO_RECEIVER


def _readers(report: Report, checked: Checked) -> list[Candidate]:
    """Who reads the report now and is still free of conflict."""
    keys = set(report.hands.filter(what="content").values_list("key_id", flat=True))
    return [each for each in checked.able if each.holder.who in keys and fit(each, checked.against)]


def _rehand(report: Report, checked: Checked, stay: Sequence[Candidate]) -> None:
    """The keys in the hands of those who were asked and of those who stay, and in nobody else's save holders'."""
    staying = {each.holder.who for each in stay}
    holding = set(report.shares.values_list("key_id", flat=True))
    Hand.objects.filter(report=report).exclude(what="against").exclude(key_id__in=staying).delete()
    Hand.objects.filter(report=report, what="against").exclude(key_id__in=staying | holding).delete()
    new = [each for each in checked.asked if each.holder.who not in staying]
    give(report, "content", checked.content, new)
    give(report, "against", checked.known, [each for each in new if each.holder.who not in holding])


def without_conflict(
    report: Report, against: Against, able: Sequence[Candidate], *, staying: Collection[uuid.UUID] = ()
) -> Refusal | None:
    """Take the shares of holders who have come into conflict since; refused where too few would be left.

    Their hands go too, save of the keys that are `staying`.
    """
    known = {each.holder.who: each for each in able}
    held = set(Share.objects.filter(report=report, epoch=report.epoch).values_list("key_id", flat=True))
    bad = {who for who in held if who in known and not fit(known[who], against)}
    if len(held - bad) < report.needed:
        return NO_HOLDERS
    drop(Share.objects.filter(report=report, key_id__in=bad))
    Hand.objects.filter(report=report, key_id__in=bad - set(staying)).delete()
    return None
