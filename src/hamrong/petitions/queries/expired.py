"""Petitions whose content has been kept as long as it may be, and what was destroyed."""

from datetime import date
from typing import Any, Final

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, Greatest, TruncDate

from hamrong.access.actors import Grant
from hamrong.law import retention
from hamrong.papers.models import Attachment
from hamrong.petitions.models import Erasure, Message, Petition
from hamrong.petitions.queries import visible
from hamrong.sealed.models import Part

CONTENT: Final = "petition.content"
RECEPTION: Final = "petition.reception"
AT_MOST: Final = 200
"""So many are proposed at a time: a list that somebody can still read."""


def cutoff(today: date) -> date:
    """Matters that ended before this day may be destroyed."""
    return retention(CONTENT).cutoff(today)


def expired(by: Grant, today: date) -> QuerySet[Any]:
    """Petitions past their time that nobody keeps and nobody has proposed, with the day they `ended`, oldest first."""
    over = _ended(by, cutoff(today)).filter(erased_on__isnull=True)
    return over.filter(erasure__isnull=True, kept="").order_by("ended", "id")


def still_over(by: Grant, erasure: Erasure) -> QuerySet[Any]:
    """What was proposed and may still go: nothing was written since."""
    return _ended(by, erasure.before).filter(erasure=erasure)


def receptions(by: Grant, today: date) -> QuerySet[Any]:
    """Receptions past their time that nobody keeps and nobody has proposed, with the day they `ended`, oldest first.

    One from which a petition came waits for that petition; of a denouncer's the book holds nothing that could go.
    """
    over = _held(by, retention(RECEPTION).cutoff(today)).filter(erased_on__isnull=True, secret=False)
    return over.filter(erasure__isnull=True, kept="").order_by("ended", "id")


def _held(by: Grant, before: date) -> QuerySet[Any]:
    living = Petition.objects.filter(reception=OuterRef("pk"), erased_on__isnull=True)
    rows = visible.receptions(by).annotate(ended=Coalesce("answered_on", "held_on"))
    return rows.filter(ended__lt=before).exclude(Exists(living))


def _ended(by: Grant, before: date) -> QuerySet[Any]:
    """A matter ends with its case, or with the notice where there was none; a later letter or file moves the day."""
    last = Subquery(_last(Message.objects.filter(petition=OuterRef("pk")), "petition", "said_on"))
    sealed = Subquery(_last(Part.objects.filter(ticket=OuterRef("ticket")), "ticket", "added_on"))
    named = Concat(Value("petition:"), Cast(OuterRef("pk"), TextField()))
    file = Subquery(_last(Attachment.objects.filter(ref=named), "ref", "received_on"))
    ended = Coalesce(TruncDate("case__closed_at"), "told_on", "sorted_on")
    rows = visible.petitions(by).filter(received_on__lt=before, sorted_on__isnull=False)
    rows = rows.filter(Q(case__isnull=True) | Q(case__closed_at__isnull=False))
    return rows.annotate(ended=Greatest(ended, last, sealed, file)).filter(ended__lt=before)


def _last(rows: QuerySet[Any], of: str, day: str) -> QuerySet[Any]:
    last: QuerySet[Any] = rows.order_by().values(of).annotate(last=Max(day)).values("last")
    return last


def erasures(by: Grant) -> QuerySet[Erasure]:
    """The register of what was proposed and destroyed, the newest first."""
    return visible.within(Erasure.objects.all(), by).order_by("-proposed_on", "id")
