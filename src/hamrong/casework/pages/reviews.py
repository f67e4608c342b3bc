"""Looking again at what is in force in a case that ended: the form, and what it is put down with."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hamrong.access.actors import Grant
from hamrong.access.web import guarded
from hamrong.cases.actions import reviewing
from hamrong.cases.courses import Lasting, course
from hamrong.cases.models import Case
from hamrong.cases.queries import visible
from hamrong.casework.forms import LookedForm
from hamrong.casework.pages.between import asking
from hamrong.casework.pages.frame import one
from hamrong.casework.pages.lasting import due_words
from hamrong.kernel.vietnamese import lowered
from hamrong.ui.answers import words


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("case.review", "own")
def review_page(request: HttpRequest, grant: Grant, number: UUID, act: str) -> HttpResponse:
    """Put down that what is in force in a case that ended was looked at."""
    case, now = one(grant, number), timezone.now()
    kept = next((each for each in course(case.course).lasting if each.act == act), None)
    if kept is None:
        raise Http404
    form = LookedForm(request.POST or None, last=reviewing.last_day(now))

    def do(by: Grant, case: Case, revision: int) -> object:
        told, again = form.told(now), form.cleaned_data["again"]
        return reviewing.reviewed(by=by, case=case, revision=revision, act=act, told=told, again=again, at=now)

    return asking(
        request, grant, "case.review", case, form, do, go=_("Ghi nhận"),
        heading=_("Xem lại: %(what)s") % {"what": lowered(words(kept.words))}, hint=_hint(grant, case, kept),
        done=_("Đã ghi kết quả xem lại. Trang việc cần làm nhắc lại vào ngày bạn ghi."),
    )  # fmt: skip


def _hint(by: Grant, case: Case, kept: Lasting) -> str:
    """What to look at, what not to put down here, and what the law wants done by now."""
    told = [_(
        "Xem: căn cứ còn không, người được bảo vệ có đề nghị chấm dứt không. Phải chấm dứt thì không ghi ở đây mà quay "
        "lại, đề xuất chấm dứt. Xem lại không dời thời hạn nào."
    )]  # fmt: skip
    owed = visible.clocks(by).filter(case=case, rule__in=kept.rules, state="running").order_by("legal")
    told += [_("Luật buộc làm: %(what)s. Ghi rõ vì sao chưa làm.") % {"what": due_words(each)} for each in owed]
    return " ".join(told)
