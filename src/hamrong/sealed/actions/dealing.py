"""Dealing open reports anew to other holders: each old holder does their part, at any time, as often as it is cut off.

A report is dealt in one transaction: it either stands with its old holders or with its new ones, never between.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.kernel.seal import reports as sealing
from hamrong.kernel.seal.bound import Broken
from hamrong.kernel.seal.shares import KEY_ITSELF
from hamrong.kernel.seal.sharing import Share as Point
from hamrong.kernel.vietnamese import clean
from hamrong.sealed import queries
from hamrong.sealed.actions import reports
from hamrong.sealed.actions.opening import WHY, own_point
from hamrong.sealed.models import Answer, Dealing, Hand, Report, Request, Share
from hamrong.sealed.proven import anchor
from hamrong.sealed.queries import HOLDER_ROLE, Candidate
from hamrong.sealed.rings import Ring
from hamrong.sealed.rules import Splitting, read_against

PORTION: Final = 50
"""Reports in one transaction."""

BUSY = Refusal("conflict", "Một đợt chia lại khóa đang diễn ra.", "Keys are already being dealt anew.")
NOTHING = Refusal("state", "Không có đợt chia lại khóa nào.", "Nothing is being dealt anew.")


def order(*, by: Grant, splitting: Splitting, reason: str, at: datetime) -> Dealing | Refusal:
    """Order that every open report is dealt anew, to holders who have a key today."""
    if not clean(reason):
        return WHY
    with acting(by):
        if queries.dealing(by):
            return BUSY
        today = timezone.localdate(at)
        able = [each for each in queries.candidates(today) if HOLDER_ROLE in each.roles]
        if not able and anchor() is None:
            return reports.NOT_NOW
        if len(able) < splitting.holders:
            return _only(len(able))
        dealing = Dealing.objects.create(
            needed=splitting.needed, holders=splitting.holders, keys=[str(each.holder.who) for each in able],
            reason=clean(reason), ordered_on=today, province=by.scope,
        )  # fmt: skip
        enter(by, subject=f"sealed-dealing:{dealing.pk}", at=at, reason=dealing.reason, holders=len(able))
        return dealing


def _only(able: int) -> Refusal:
    """Fewer than ordered would hold a share, and with them the way to open anything could be lost."""
    return Refusal(
        "conflict",
        f"Chỉ có {able} người giữ khóa có khóa đang dùng: chia cho nhiều nhất từng ấy người, hoặc cử thêm người.",
        f"Only {able} holders have a key in use: deal to no more than that, or appoint more.",
    )


def call_off(*, by: Grant, at: datetime) -> Dealing | Refusal:
    """End the order that stands: what was dealt stays so, what was begun of a report is as if it had never been."""
    with acting(by):
        dealing = queries.dealing(by)
        if dealing is None:
            return NOTHING
        waiting = left(by, dealing)
        enter(by, subject=f"sealed-dealing:{dealing.pk}", at=at, called_off=True, left=waiting.count())
        Share.objects.filter(report__in=waiting, epoch__gt=F("report__epoch")).delete()
        Dealing.objects.filter(pk=dealing.pk).update(ended_on=timezone.localdate(at))
        return dealing


def left(by: Grant, dealing: Dealing) -> QuerySet[Report]:
    """Open reports that this order has not reached yet."""
    return queries.reports(by).filter(closed_on__isnull=True).exclude(dealing=dealing.pk)


def mine(by: Grant, dealing: Dealing, ring: Ring) -> QuerySet[Report]:
    """Of these, the ones in which this holder has a part to do."""
    held = Share.objects.filter(report=OuterRef("pk"), epoch=OuterRef("epoch"), key=ring.key)
    done = Share.objects.filter(report=OuterRef("pk"), epoch=OuterRef("epoch") + 1, dealer=OuterRef("at_place"))
    at_place = Subquery(held.values("place")[:1])
    return left(by, dealing).annotate(at_place=at_place).filter(Exists(held)).filter(~Exists(done))


def awaited(by: Grant, dealing: Dealing) -> dict[UUID, int]:
    """How many reports wait for the part of each holder: person to reports."""
    done = Share.objects.filter(report=OuterRef("report"), epoch=OuterRef("epoch") + 1, dealer=OuterRef("place"))
    held = Share.objects.filter(report__in=left(by, dealing), epoch=F("report__epoch"), key__person__isnull=False)
    undone = held.filter(~Exists(done)).values("key__person").annotate(count=Count("report", distinct=True))
    return dict(undone.order_by("key__person").values_list("key__person", "count"))


class Dealt(NamedTuple):
    """A holder's part in a portion: how many were dealt, for how many too few holders are free of conflict, and where
    the next portion begins (None after the last one)."""

    done: int
    stuck: int
    last: UUID | None


def deal(
    *, by: Grant, ring: Ring, at: datetime, beyond: UUID | None = None, portion: int = PORTION
) -> Dealt | Refusal:  # fmt: skip
    """A holder's part in one portion of reports, in one transaction; what is stuck keeps nothing behind it waiting."""
    with acting(by):
        dealing = queries.dealing(by)
        if dealing is None:
            return NOTHING
        able = able_of(dealing, timezone.localdate(at))
        if not able and anchor() is None:
            return reports.NOT_NOW
        left_of_mine = mine(by, dealing, ring).filter(pk__gt=beyond or UUID(int=0)).order_by("pk")
        some = list(left_of_mine.select_for_update(of=("self",), skip_locked=True)[:portion])
        stuck = [report.pk for report in some if not _dealt(report, dealing, ring, able)]
        if some:
            enter(by, subject=f"sealed-dealing:{dealing.pk}", at=at, reports=len(some) - len(stuck), stuck=len(stuck))
        _end(by, dealing, at)
        return Dealt(len(some) - len(stuck), len(stuck), some[-1].pk if len(some) == portion else None)


def able_of(dealing: Dealing, today: date) -> list[Candidate]:
    """Of the holders whom an order names, those who still have that key and their post."""
    keys = set(dealing.keys)
    return [each for each in queries.candidates(today) if str(each.holder.who) in keys]


def _dealt(report: Report, dealing: Dealing, ring: Ring, able: Sequence[Candidate]) -> bool:
    """One report: the own share dealt to its new holders; False where too few of them are free of conflict."""
    against, point = reports.against_of(report, ring), own_point(report, ring)
    assert not isinstance(against, Refusal) and not isinstance(point, Refusal), report.pk
    new = _begun(report, able) or reports.chosen(able, against, dealing.holders)
    if len(new) < dealing.needed:
        return False
    reports.deal_from(report, point, new, needed=dealing.needed, epoch=report.epoch + 1)
    known = Hand.objects.get(report=report, key=ring.key, what="against")
    key = sealing.take_against(bytes(known.wrapped), report.pk, ring.holder, ring.seed)
    held = set(report.hands.filter(what="against").values_list("key_id", flat=True))
    reports.give(report, "against", key, [each for each in new if each.holder.who not in held])
    dealers = Share.objects.filter(report=report, epoch=report.epoch + 1).values("dealer").distinct().count()
    if dealers == report.needed:
        _turn(report, dealing)
    return True


def _begun(report: Report, able: Sequence[Candidate]) -> list[Candidate]:
    """The new holders whom another dealer has begun with, in their places; none of them may have gone since."""
    rows = Share.objects.filter(report=report, epoch=report.epoch + 1)
    keys = dict(rows.order_by("place").values_list("place", "key_id"))
    known = {each.holder.who: each for each in able}
    if list(keys) != list(range(1, len(keys) + 1)) or not all(key in known for key in keys.values()):
        rows.delete()
        return []
    return [known[key] for key in keys.values()]


def _turn(report: Report, dealing: Dealing) -> None:
    """The new dealing counts from now on: the old shares go, and what was released of them is asked for again."""
    report.epoch, report.needed, report.holders = report.epoch + 1, dealing.needed, dealing.holders
    report.dealing, report.redeal = dealing, False
    report.save(update_fields=["epoch", "needed", "holders", "dealing", "redeal"])
    Share.objects.filter(report=report, epoch__lt=report.epoch).delete()
    holding = report.shares.values_list("key_id", flat=True)
    reading = report.hands.filter(what="content").values_list("key_id", flat=True)
    report.hands.filter(what="against").exclude(key_id__in=[*holding, *reading]).delete()
    waiting = Request.objects.filter(report=report, state__in=["waiting", "ready"])
    Answer.objects.filter(request__in=waiting, released=True).delete()
    waiting.update(state="waiting")


def _end(by: Grant, dealing: Dealing, at: datetime) -> None:
    if not left(by, dealing).exists():
        Dealing.objects.filter(pk=dealing.pk).update(ended_on=timezone.localdate(at))
        enter(by, subject=f"sealed-dealing:{dealing.pk}", at=at, ended=True)


class Recovered(NamedTuple):
    """What the cards did with a portion: reports with new holders, reports for other cards, reports for which too few
    holders are free of conflict, and where the next portion begins (None after the last one). `bare`: how many of all
    were sealed before any cards were trusted."""

    done: int
    foreign: int
    stuck: int
    last: UUID | None
    bare: int


def recover(*, by: Grant, seed: bytes, at: datetime, beyond: UUID | None = None, portion: int = PORTION) -> (
    Recovered | Refusal
):  # fmt: skip
    """By the trustees' cards, where fewer than M holders are left: a portion dealt from the keys themselves.

    It carries out the order that stands, so that a person gave it. What was sealed for another set of cards is left
    as it is; the order ends with the last open report, and so stands on where some have no copy for these cards.
    """
    with acting(by):
        dealing = Dealing.objects.filter(ended_on__isnull=True).first()
        if dealing is None:
            return Refusal("state", "Chưa có lệnh chia lại khóa.", "Nobody has ordered to deal anew.")
        able = able_of(dealing, timezone.localdate(at))
        if not able and anchor() is None:
            return reports.NOT_NOW
        undealt = Report.objects.filter(closed_on__isnull=True).exclude(dealing=dealing.pk)
        waiting = undealt.filter(recovery__isnull=False, pk__gt=beyond or UUID(int=0)).order_by("pk")
        some = list(waiting.select_for_update(skip_locked=True)[:portion])
        came = [_recovered(report, dealing, seed, able) for report in some]
        done, foreign, stuck = (came.count(each) for each in ("done", "foreign", "stuck"))
        enter(by, subject=f"sealed-dealing:{dealing.pk}", at=at, recovered=done, stuck=stuck, foreign=foreign)
        if not undealt.exists():
            Dealing.objects.filter(pk=dealing.pk).update(ended_on=timezone.localdate(at))
        last = some[-1].pk if len(some) == portion else None
        return Recovered(done, foreign, stuck, last, undealt.filter(recovery__isnull=True).count())


def _recovered(report: Report, dealing: Dealing, seed: bytes, able: Sequence[Candidate]) -> str:
    try:
        both = sealing.take_recovery(bytes(report.recovery or b""), report.pk, seed)
    except Broken:
        return "foreign"
    identity, known = both[: len(both) // 2], both[len(both) // 2 :]
    against = read_against(sealing.open_content(known, report.pk, "against", bytes(report.against)))
    new = reports.chosen(able, against, dealing.holders)
    if len(new) < dealing.needed:
        return "stuck"
    Share.objects.filter(report=report).delete()
    reports.deal_from(report, Point(KEY_ITSELF, identity), new, needed=dealing.needed, epoch=report.epoch + 1)
    held = set(report.hands.filter(what="against").values_list("key_id", flat=True))
    reports.give(report, "against", known, [each for each in new if each.holder.who not in held])
    _turn(report, dealing)
    return "done"
