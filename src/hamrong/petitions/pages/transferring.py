"""The page on which a case with something sealed is offered to another unit."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from hamrong.access.actors import Grant, Refusal
from hamrong.access.web import guarded
from hamrong.cases.models import Case
from hamrong.casework.forms import OfferForm
from hamrong.casework.pages.between import asking, sent_often
from hamrong.casework.pages.frame import one, same_post
from hamrong.casework.pages.receivers import found_units, receivers, sought
from hamrong.petitions.actions import transferring
from hamrong.sealed.actions import keys
from hamrong.sealed.forms import passphrase, touched
from hamrong.sealed.rings import Ring


class SealedOfferForm(OfferForm):
    """The same, and the passphrase with which what is sealed is wrapped for the other unit."""

    password = passphrase(gettext_lazy("Câu mật khẩu của khóa niêm phong"))


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("case.offer", "own")
def offer_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """Offer a case to another unit together with the key of what is sealed in it."""
    case = one(grant, number)
    if not lead(grant, case):
        raise Http404
    able, unable = receivers(grant, case)
    closed = case.unit != case.province and transferring.is_closed(grant, case)
    if closed:
        able = [one for one in able if one[0] == case.province]
    form = sought(request, OfferForm if closed else SealedOfferForm, able)
    if closed:
        form.initial.setdefault("receiver", case.province)

    def do(by: Grant, case: Case, revision: int) -> object:
        got, now = form.cleaned_data, timezone.now()
        opened = None if closed else _opened(by, form, now)
        if isinstance(opened, Refusal):
            return opened
        return transferring.offer(
            by=by, case=case, revision=revision, receiver=got["receiver"], reason=got["reason"],
            document=got["document"], ring=opened, at=now,
        )  # fmt: skip

    return asking(
        request, grant, "case.offer", case, form, do, heading=_("Chuyển hồ sơ có phần niêm phong"),
        go=_("Gửi đề nghị chuyển"),
        hint=CLOSED if closed else _(
            "Khóa nội dung được gói cho những người xử lý của đơn vị nhận, trừ ai bị tố cáo. Họ chỉ đọc được khi "
            "đơn vị họ nhận hồ sơ; từ lúc đó bạn không đọc được nữa. Danh tính người gửi không đi theo khóa này. "
            "Thời hạn vẫn chạy ở đơn vị bạn cho đến khi bên kia nhận."
        ), done=_("Đã gửi, chờ đơn vị kia nhận."), found=found_units(request, able, unable), nobody=not able,
        often=sent_often(case),
    )  # fmt: skip


def _opened(by: Grant, form: Form, at: datetime) -> Ring | Refusal:
    hand = same_post(by, "sealed.hand")
    if isinstance(hand, Refusal):
        return hand
    return keys.unlock(by=hand, passphrase=form.cleaned_data["password"], touch=touched(form), at=at)


CLOSED: Final = gettext_lazy(
    "Không ai ở đơn vị còn khóa của phần niêm phong, nên hồ sơ chỉ chuyển được lên Công an tỉnh, và phần niêm phong đi "
    "theo mà vẫn đóng. Ở tỉnh, ai quyết định phải được người giữ khóa danh tính xác nhận là không bị tố cáo."
)


def lead(by: Grant, case: Case) -> str:
    """The address of this page for a case in which something is sealed."""
    return reverse("petitions_desk:offer", args=[case.pk]) if transferring.sealed_in(by, case) else ""
