"""A report that nobody of its unit reads any more: a holder looks who is not denounced in it, so that they decide."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils import timezone

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.kernel.seal import reports as sealing
from hamrong.sealed import queries
from hamrong.sealed.actions.reports import NOT_YOURS, against_of, fit, give
from hamrong.sealed.apart import apart
from hamrong.sealed.models import Hand, Report
from hamrong.sealed.rings import Ring

READ: Final = Refusal(
    "state", "Đơn này vẫn có người ở đơn vị đọc được; họ giao khóa.",
    "Somebody of the unit reads this report; they hand it over.",
)  # fmt: skip


def closed(by: Grant, person: UUID, today: date) -> list[Report]:
    """Open reports that nobody of their unit reads, of which this person can open the list of the denounced."""
    own = Hand.objects.filter(key__person=person, key__ended_on__isnull=True, what="against")
    mine = set(own.values_list("report_id", flat=True))
    return [one.report for one in queries.astray(by, today) if one.unread and one.report.pk in mine]


def vouch(*, by: Grant, report: Report, ring: Ring, at: datetime) -> int | Refusal:
    """Give the list's key to handlers of the report's unit who are not on it, and take it from those who are.

    Whoever has it decides where nobody reads the content any more (`sealed_decides`). Answers how many have it.
    """
    with acting(by):
        report = queries.reports(by).select_for_update().get(pk=report.pk)
        against = against_of(report, ring)
        if isinstance(against, Refusal):
            return against
        if not queries.unread(report):
            return READ
        able, away = queries.candidates(timezone.localdate(at)), apart(by, report)
        here = [each for each in able if report.ward in each.settles and each.person not in away]
        free = [each for each in here if fit(each, against)]
        hands = Hand.objects.filter(report=report, what="against")
        hands.filter(key__in=[each.holder.who for each in here if each not in free]).delete()
        wrapped = hands.filter(key=ring.key).values_list("wrapped", flat=True).first()
        if wrapped is None:
            return NOT_YOURS
        key = sealing.take_against(bytes(wrapped), report.pk, ring.holder, ring.seed)
        have = set(hands.values_list("key_id", flat=True))
        give(report, "against", key, [each for each in free if each.holder.who not in have])
        enter(by, subject=f"sealed:{report.pk}", at=at, vouched=len(free))
        return len(free)
