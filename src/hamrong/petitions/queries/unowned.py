"""What nobody has taken: petitions that nobody sorted, cases in which nobody did anything since they came to the unit.

It is named to whoever leads the unit, and where that does not help to the province (`unowned.yaml`).
"""

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final, Literal

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from msgspec import Struct

from hamrong.access.actors import Grant
from hamrong.cases.models import Case, Fact, Proposal, Transfer
from hamrong.cases.queries import visible as cases
from hamrong.law import calendar
from hamrong.law.leaves import Source
from hamrong.petitions.models import Petition
from hamrong.petitions.owed import morning
from hamrong.petitions.queries import visible

DAY: Final = timedelta(days=1)
TABLE: Final = Path(__file__).parent.parent / "unowned.yaml"
Level = Literal["chief", "province"]


class Patience(Struct, frozen=True, forbid_unknown_fields=True):
    """For how many working days nobody has to take what came in, before its unit's chief is told, then the province."""

    chief: int
    province: int


@cache
def table(path: Path = TABLE) -> dict[str, Patience]:
    """Every kind of petition; raises LawError for an unknown key or value."""
    return Source(path).entries(Patience)


def unowned(by: Grant, at: datetime) -> Q:
    """What nobody has taken for so long that it is named to whoever asks: of the own unit sooner than of the others."""
    own = Q(unit=by.scope) & _since(by, at, "chief")
    return own | ~Q(unit=by.scope) & _since(by, at, "province") if by.scope_kind == "province" else own


def waiting(by: Grant, at: datetime) -> QuerySet[Petition]:
    """The same as petitions, the oldest first."""
    rows = visible.petitions(by).filter(unowned(by, at), erased_on__isnull=True)
    return rows.select_related("case").order_by("received_on", "pk")


def _since(by: Grant, at: datetime, level: Level) -> Q:
    found = Q(pk__in=[])
    for kind, patience in table().items():
        last = _last(at, getattr(patience, level))
        unsorted = Q(sorting="", received_on__lte=last)
        found |= Q(kind=kind) & (unsorted | Q(case__in=_untouched(by, morning(last + DAY)).values("pk")))
    return found


def _last(at: datetime, days: int) -> date:
    """The latest day of which so many working days have passed since."""
    return calendar().before(timezone.localdate(at), days)


def _untouched(by: Grant, before: datetime) -> QuerySet[Case]:
    """Open cases that came to their unit before a moment: nobody has done or proposed anything since."""
    handed = Transfer.objects.filter(case=OuterRef("pk"), state="accepted").order_by()
    last = handed.values("case").annotate(last=Max("decided_at")).values("last")
    done = Fact.objects.filter(case=OuterRef("pk"), recorded_at__gt=OuterRef("came"), revision__gt=1)
    proposed = Proposal.objects.filter(case=OuterRef("pk"), proposed_at__gt=OuterRef("came"))
    rows = cases.cases(by).filter(closed_at__isnull=True, joined__isnull=True)
    came = Greatest(F("opened_at"), Coalesce(Subquery(last), F("opened_at")))
    return rows.annotate(came=came).filter(~Exists(done), ~Exists(proposed), came__lt=before)
