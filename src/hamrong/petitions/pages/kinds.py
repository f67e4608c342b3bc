"""Of which kind a petition is by what it tells: what its pages say of that, and the form by which a leader says it."""

from typing import Final, cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from hamrong.access.actors import Grant, Refusal
from hamrong.cases.models import Case
from hamrong.casework.pages.frame import may, names, same_post
from hamrong.casework.sections import Section
from hamrong.petitions.actions import kinds
from hamrong.petitions.forms.officers import KindForm
from hamrong.petitions.models import Petition
from hamrong.petitions.pages.register import kind_words
from hamrong.petitions.queries import visible
from hamrong.petitions.rules import Kind
from hamrong.ui.answers import tell, words
from hamrong.ui.formats import cited, day
from hamrong.ui.parts import Answer

SAY: Final = "kind"
"""The button of the form."""


def told_kind(petition: Petition) -> str:
    """What a petition is, and in brackets what it came as where that was something else."""
    kind = kind_words(petition.kind)
    return f"{kind} ({came_as(petition)})" if petition.came_as else kind


def came_as(petition: Petition) -> str:
    """What it came as; '' where it is what it came as."""
    return _("gửi đến là %(kind)s") % {"kind": kind_words(petition.came_as)} if petition.came_as else ""


def lines(petition: Petition) -> list[Answer]:
    """What it is; and where it came as another kind, when and by whom that was said, why, and by what law."""
    found = [Answer(_("Loại đơn"), told_kind(petition))]
    if petition.came_as and petition.kind_on:
        who = names([petition.kind_by]).get(petition.kind_by, "–")
        when = _("%(who)s, ngày %(day)s") % {"who": who, "day": day(petition.kind_on)}
        said = " · ".join(part for part in (petition.kind_why, when, cited(kinds.LAW)) if part)
        found.append(Answer(_("Vì sao là loại khác"), said))
    return found


def shown(by: Grant, case: Case) -> Section | None:
    """On the page of a case: that its petition came as another kind, and why it is not."""
    one = visible.petitions(by).filter(case=case).exclude(came_as="").first()
    return Section("kind", _("Loại đơn khác lúc gửi"), lines(one)) if one else None


def form_of(request: HttpRequest, by: Grant, petition: Petition) -> KindForm | None:
    """The form for whoever reads a sealed petition that nobody has sorted; None where nothing can be said."""
    if petition.sorting or not may(by, "petition.rekind"):
        return None
    bound = request.POST if request.POST.get("do") == SAY else None
    return KindForm(bound, kind=petition.kind, kinds=kinds.kinds_for(petition))


def said(request: HttpRequest, grant: Grant, petition: Petition, form: KindForm | None) -> bool:
    """Say it where the button was pressed; a refusal is put on the form."""
    if form is None or not form.is_bound or not form.is_valid():
        return False
    by, got = same_post(grant, "petition.rekind"), form.cleaned_data
    answer: object = by
    if isinstance(by, Grant):
        answer = kinds.say(
            by=by, petition=petition, kind=cast("Kind", got["kind"]), why=got["kind_why"], at=timezone.now()
        )
    if isinstance(answer, Refusal):
        form.add_error(None, words(answer))
        return False
    return tell(request, answer, _("Đã ghi loại đơn. Đơn vẫn niêm phong; người khác phân loại."))
