"""Reports that nobody of their unit reads: a holder says, by the list of the denounced, who may decide."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from hamrong.access.actors import Grant, Refusal
from hamrong.access.web import guarded
from hamrong.sealed.actions import vouching
from hamrong.sealed.forms import UnlockForm
from hamrong.sealed.pages.frame import opened
from hamrong.sealed.rings import person_of
from hamrong.ui.answers import private, tell


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("sealed.vouch", "province")
def vouching_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """How many there are, and one press that looks through all of them; nobody is shown who is denounced."""
    found = vouching.closed(grant, person_of(grant), timezone.localdate())
    form = UnlockForm(request.POST or None)
    ring = opened(grant, form) if request.method == "POST" and form.is_valid() else None
    if ring is not None:
        now = timezone.now()
        answers = [vouching.vouch(by=grant, report=one, ring=ring, at=now) for one in found]
        done = [each for each in answers if not isinstance(each, Refusal)]
        able = sum(1 for each in done if each)
        told = ngettext(
            "%(n)d đơn đã có người quyết định được.", "%(n)d đơn đã có người quyết định được.", able
        ) % {"n": able}  # fmt: skip
        if len(done) > able:
            none = ngettext(
                "%(n)d đơn: ở đơn vị không ai quyết định được, hồ sơ phải chuyển lên Công an tỉnh.",
                "%(n)d đơn: ở đơn vị không ai quyết định được, hồ sơ phải chuyển lên Công an tỉnh.", len(done) - able,
            )  # fmt: skip
            told = f"{told} {none % {'n': len(done) - able}}"
        tell(request, done, told)
        return redirect("sealed:vouching")
    return private(request, "sealed/vouching.html", {"form": form, "count": len(found)})
