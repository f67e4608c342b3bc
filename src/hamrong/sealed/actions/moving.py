"""After an order: conflicts are looked for again by somebody with a key, before anything of a moved report is read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.utils import timezone

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.sealed import queries
from hamrong.sealed.actions.handing import without_conflict
from hamrong.sealed.actions.reports import against_of, fit, held_key, stop
from hamrong.sealed.models import Hand, Report
from hamrong.sealed.queries import Candidate
from hamrong.sealed.rings import Ring
from hamrong.sealed.rules import Against

UPWARD: Final = Refusal(
    "conflict",
    "Bạn hoặc đơn vị bạn nay là bên bị tố cáo trong đơn: hãy chuyển hồ sơ lên Công an tỉnh. Bạn không đọc được nữa.",
    "You or your unit are denounced in this now: transfer the case to the province's police. You read it no more.",
    "25/2018/QH14 Đ8",
)  # fmt: skip


def check(*, by: Grant, report: Report, ring: Ring, at: datetime) -> Report | Refusal:
    """Look for conflicts by the posts of today: whoever is denounced loses keys and shares; then it can be read again.

    Whoever is denounced and alone has the content's key keeps it only to send it on: it stays unread (`UPWARD`).
    """
    with acting(by):
        report = Report.objects.select_for_update().get(pk=report.pk)
        against, key = against_of(report, ring), held_key(report, ring)
        if isinstance(against, Refusal):
            return against
        if isinstance(key, Refusal):
            return key
        able = queries.candidates(timezone.localdate(at))
        free = _readers(report, against, able)
        reading = set() if free else set(report.hands.filter(what="content").values_list("key_id", flat=True))
        short = without_conflict(report, against, able, staying=reading)
        report.redeal = report.redeal or isinstance(short, Refusal)
        report.moved_on = None if free else report.moved_on
        report.save(update_fields=["moved_on", "redeal"])
        mine = any(each.person == ring.person for each in free)
        enter(by, subject=f"sealed:{report.pk}", at=at, checked=True, readers=len(free), redeal=report.redeal)
        return report if mine else UPWARD


def _readers(report: Report, against: Against, able: Sequence[Candidate]) -> list[Candidate]:
    """Who reads it and is free of conflict; where there is somebody, whoever is not has no key of it any more."""
    known = {each.holder.who: each for each in able}
    reading = set(Hand.objects.filter(report=report, what="content").values_list("key_id", flat=True))
    free = [known[key] for key in reading if key in known and fit(known[key], against)]
    bad = [key for key in reading if key in known and not fit(known[key], against)]
    if free and bad:
        Hand.objects.filter(report=report, key_id__in=bad).delete()
        stop(report.requests.filter(key__in=bad))
    return free
