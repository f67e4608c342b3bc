"""Taking in a plate that was not drawn here: its owner comes from another province, won it, or has had it since."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hamrong.access.actors import Grant, Refusal
from hamrong.access.web import guarded
from hamrong.plates.actions.entering import enter_plate
from hamrong.plates.forms.after import EnterForm
from hamrong.plates.pages.after import crumbs, name_in
from hamrong.plates.pages.frame import desk_page
from hamrong.plates.wording import act_word
from hamrong.ui.answers import tell, words
from hamrong.ui.parts import Link


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("plate.change", "ward")
def enter_page(request: HttpRequest, grant: Grant, ward: str) -> HttpResponse:
    """The form; what was entered by mistake is undone on the plate's own page, so that it is not asked for twice."""
    asked = {name: request.GET[name] for name in ("origin", "number") if name in request.GET}
    form = EnterForm(request.POST or None, initial=asked)
    if form.is_bound and form.is_valid():
        told, now = form.told, timezone.now()
        answer = enter_plate(by=grant, told=told, province=settings.HAMRONG_PROVINCE, at=now)
        if not isinstance(answer, Refusal):
            tell(request, answer, _("Đã ghi: %(act)s.") % {"act": act_word(answer.act)})
            return redirect("plates:given_plate", ward=ward, number=name_in(grant, answer))
        form.add_error(None, words(answer))
    return desk_page(
        request, grant, "given_enter", ward=ward, form=form, crumbs=crumbs(ward, Link(_("Nhận biển chưa có trong sổ")))
    )  # fmt: skip
