"""Destroying sealed reports whose time is over: with the rows go the only copies of their keys."""

from collections.abc import Collection
from datetime import datetime

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.sealed.models import Answer, Report, Request


def erase(*, by: Grant, tickets: Collection[str], at: datetime) -> int:
    """Destroy the reports of these tickets with parts, hands, shares and requests; answers how many there were.

    That an identity was opened, when and on what ground, stays on the audit record.
    """
    with acting(by):
        reports = list(Report.objects.filter(ticket__in=tickets).values_list("pk", flat=True))
        Answer.objects.filter(request__report__in=reports).delete()
        Request.objects.filter(report__in=reports).delete()
        Report.objects.filter(pk__in=reports).delete()
        enter(by, subject="sealed:erased", at=at, reports=len(reports))
        return len(reports)
