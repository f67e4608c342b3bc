"""The papers of a petition and of its case on the page of the petition, and the notice that its sender is owed."""

from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hamrong.access.actors import Grant
from hamrong.cases.courses import course
from hamrong.cases.models import Case
from hamrong.casework.sections import Section
from hamrong.papers.catalog import Form, form
from hamrong.papers.known import document
from hamrong.papers.queries import last_recalled
from hamrong.papers.tables import part, shown_of
from hamrong.petitions.actions.sorting import notice_form
from hamrong.petitions.models import Petition
from hamrong.petitions.owed import stands
from hamrong.petitions.queries import visible
from hamrong.petitions.subjects import ref_of
from hamrong.ui.formats import day
from hamrong.ui.parts import Answer, Link

RECEIPT: Final = "bien-nhan"


def papers_shown(by: Grant, one: Petition) -> dict[str, Any] | None:
    """Papers of the petition, then those of its case; the notice is drawn up for the case where there is one."""
    if one.number is None:
        return None
    notice, case = _notice(one), one.case
    own = part(by, ref_of(one), "petition", [form(RECEIPT), *([] if case else notice)])
    of_case = part(by, f"case:{case.code}", course(case.course).purposes[0], notice) if case else None
    found = [each for each in (of_case, own) if each]
    return shown_of(found) if found else None


def _notice(one: Petition) -> list[Form]:
    """The form of the notice that is still owed."""
    named = notice_form(one)
    made = form(named) if named and not one.told_on else None
    return [made] if made and made.grounds_on(timezone.localdate()) is not None else []


def untold(by: Grant, case: Case) -> Section | None:
    """On the page of a case: its notice was recalled, so that the sender has to be told again, and by when."""
    one = visible.petitions(by).filter(case=case, told_on__isnull=True).first()
    named = notice_form(one) if one else ""
    if one is None or not named:
        return None
    refs = [ref_of(one), f"case:{case.code}"]
    gone = last_recalled(by, refs, named)
    date = stands(one, timezone.now())
    if gone is None or date is None:
        return None
    lines = [
        Answer(_("Thông báo đã thu hồi"), document(gone.paper)),
        Answer(pgettext("paper", "Thu hồi ngày"), day(gone.recalled_at)),
        Answer(_("Chậm nhất"), day(date.due.legal_day)),
    ]  # fmt: skip
    told = [Link(_("Xem đơn"), reverse("petitions_desk:petition", args=[one.pk]))]
    note = _("Người gửi chưa được báo: thông báo đã ký không còn hiệu lực.")
    return Section("untold", _("Phải báo lại người gửi"), lines, note, told)
