"""The content of a report for somebody who works on it for a time, and taken back when they do no more."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.sealed.actions.handing import checked_for
from hamrong.sealed.actions.reports import Place, fit, give, stop
from hamrong.sealed.models import Hand, Report
from hamrong.sealed.rings import Ring


def lend(*, by: Grant, report: Report, ring: Ring, people: Collection[UUID], at: datetime) -> set[UUID]:
    """The content's key for those of these people who can hold one, are free of conflict and have none; who got it."""
    with acting(by):
        checked = checked_for(by, report, ring, Place(report.ward, frozenset(people)), at)
        if isinstance(checked, Refusal) or report.moved_on:
            return set()
        reading = set(report.hands.filter(what="content").values_list("key_id", flat=True))
        knowing = set(report.hands.filter(what="against").values_list("key_id", flat=True))
        new = [each for each in checked.asked if each.holder.who not in reading and fit(each, checked.against)]
        give(report, "content", checked.content, new)
        give(report, "against", checked.known, [each for each in new if each.holder.who not in knowing])
        enter(by, subject=f"sealed:{report.pk}", at=at, lent=len(new))
        return {each.person for each in new if each.person}


def take_back(report: Report, person: UUID) -> None:
    """Nothing of the report stays in somebody's hands save the share of a holder; within the caller's transaction."""
    held = Hand.objects.filter(report=report, key__person=person)
    held.filter(what="content").delete()
    held.filter(what="against").exclude(key_id__in=report.shares.values("key_id")).delete()
    stop(report.requests.filter(key__person=person))


def only_reader(report: Report, person: UUID) -> bool:
    """Whether somebody reads the content and nobody else does."""
    return readers(report) == {person}


def readers(report: Report) -> set[UUID]:
    """Who has the content's key."""
    return set(report.hands.filter(what="content").values_list("key__person", flat=True))
