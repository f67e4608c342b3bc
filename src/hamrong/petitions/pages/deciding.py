"""On the page of a case: why a leader does not decide in it, and the ways out."""

from django.urls import reverse
from django.utils.translation import gettext as _

from hamrong.access.actors import Grant
from hamrong.cases.models import Case
from hamrong.casework.pages.frame import may
from hamrong.casework.sections import Section
from hamrong.petitions import deciding
from hamrong.petitions.queries import visible
from hamrong.sealed.actions.reports import UNCHECKED
from hamrong.ui.answers import words
from hamrong.ui.parts import Link


def shown(by: Grant, case: Case) -> Section | None:
    """For whoever settles and has no key of what is sealed in an open case; nothing for others."""
    refused = deciding.barred(by, case) if not case.closed_at and may(by, "sealed.read") else None
    if refused is None:
        return None
    links = [Link(_("Khóa niêm phong của bạn"), reverse("sealed:key"))]
    one = visible.petitions(by).filter(case=case, secret=True).first()
    if refused == deciding.UNREAD and may(by, "case.offer"):
        links.append(Link(_("Chuyển đơn vị khác"), reverse("casework:offer", args=[case.pk])))
    elif refused == UNCHECKED:
        links.append(Link(_("Đơn niêm phong cần chú ý"), reverse("petitions_desk:moved")))
    if one is not None and refused != deciding.NO_SEALING_KEY:
        links.append(Link(_("Xem đơn"), reverse("petitions_desk:petition", args=[one.pk])))
    return Section("deciding", _("Bạn chưa quyết định được vụ việc này"), [], words(refused), links)
