"""What nobody has taken, named on the page on which the work of whoever leads the unit or the province begins."""

from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hamrong.access.actors import Grant
from hamrong.access.decisions import beside
from hamrong.petitions.models import Petition
from hamrong.petitions.pages.register import kind_words, number_of
from hamrong.petitions.people import SETTLERS
from hamrong.petitions.queries.unowned import waiting
from hamrong.ui.firsts import First
from hamrong.ui.formats import day

NAMED: Final = 3
"""So many are named, the oldest; the list has the others."""


def untaken(by: Grant) -> list[First]:
    """Petitions and cases that nobody has taken, for whoever settles."""
    listing = beside(by, "petition.list")
    if not isinstance(listing, Grant) or listing.holding.role not in SETTLERS:
        return []
    rows = waiting(listing, timezone.now())
    many = rows.count()
    if not many:
        return []
    named = "; ".join(_named(one) for one in rows[:NAMED])
    said = ngettext("%(count)s việc chưa ai nhận", "%(count)s việc chưa ai nhận", many) % {"count": many}
    more = _("và %(count)s việc khác") % {"count": many - NAMED} if many > NAMED else ""
    title = f"{said}: {' '.join(filter(None, (named, more)))}"
    return [First("warn", title, f"{reverse('petitions_desk:register')}?stands=unowned", _("Xem và giao việc"))]


def _named(one: Petition) -> str:
    """A petition by its kind and its case, its number or its day; nothing of what it tells."""
    if one.case:
        return f"{kind_words(one.kind)} {one.case.code}"
    if one.number is None:
        return _("%(kind)s chưa vào sổ, nhận ngày %(day)s") % {
            "kind": kind_words(one.kind),
            "day": day(one.received_on),
        }
    return _("%(kind)s số %(number)s") % {"kind": kind_words(one.kind), "number": number_of(one)}
