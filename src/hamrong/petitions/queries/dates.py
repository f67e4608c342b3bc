"""Which dates of petitions and receptions run: kept like the clocks of cases, and moved as they are, when signed."""

from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from hamrong.cases.dates import Keeping
from hamrong.petitions.models import Petition, Reception
from hamrong.petitions.owed import AFTER, anew
from hamrong.petitions.queries import visible
from hamrong.ui.formats import day

UNDONE: Final = Q(told_on__isnull=True, erased_on__isnull=True) & ~Q(rule="")
"""Petitions that are owed something: to be sorted, or their senders to be told."""

UNANSWERED: Final = Q(end__in=list(AFTER), answered_on__isnull=True, erased_on__isnull=True) & ~Q(rule="")
"""Receptions after which somebody waits for an answer."""


def _petition(row: Petition) -> str:
    if row.number is None:
        return _("Đơn nhận ngày %(day)s, chưa vào sổ") % {"day": day(row.received_on)}
    return _("Đơn %(number)s") % {"number": f"{row.number}/{row.year}"}


def _reception(row: Reception) -> str:
    return _("Lượt tiếp %(number)s") % {"number": f"{row.number}/{row.year}"}


PETITIONS: Final = Keeping(
    subject="petition", of="pk", within=visible.within, anew=anew, code=_petition, home="petitions_desk:petition",
    running=lambda: Petition.objects.filter(UNDONE).defer("content", "persons", "likeness", "words"),
)  # fmt: skip
RECEPTIONS: Final = Keeping(
    subject="reception", of="pk", within=visible.within, anew=anew, code=_reception, home="petitions_desk:reception",
    running=lambda: Reception.objects.filter(UNANSWERED).defer("content", "persons"),
)  # fmt: skip
