"""Cases that go to another unit, that are settled together, that are split."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.web import Refused, guarded
from hamrong.cases import along
from hamrong.cases.actions import joining, transfers
from hamrong.cases.courses import course
from hamrong.cases.models import Case, Transfer
from hamrong.cases.queries import visible
from hamrong.casework.forms import AnswerForm, JoinForm, KinForm, OfferForm
from hamrong.casework.pages.frame import may, names, on_behalf, one, page, same_post, title_of, unit_name
from hamrong.casework.pages.receivers import found_units, receivers, sought
from hamrong.casework.pages.steps import revision_of
from hamrong.ui.answers import tell, words
from hamrong.ui.formats import moment
from hamrong.ui.parts import Answer

NO_CASE: Final = Refusal(
    "invalid", "Bạn không có hồ sơ nào mang mã này. Hãy so lại mã.", "You have no case of that code. Compare it again."
)
OTHER_KIND: Final = Refusal("invalid", "Hồ sơ ấy thuộc loại khác.", "That case is of another kind.")
OTHER_VERSION: Final = Refusal(
    "invalid", "Hồ sơ ấy theo quy trình của thời kỳ khác, nên hai hồ sơ không đi cùng nhau được.",
    "That case follows the course of another time, so that the two cannot go together.",
)  # fmt: skip

Act = Callable[[Grant, Case, int], object]


def asking(request: HttpRequest, grant: Grant, act: str, case: Case, form: Form, do: Act, **shown: Any) -> HttpResponse:
    """A form about a case and the act that it is for; a refusal is put on the form."""
    by = same_post(grant, act)
    if isinstance(by, Refusal):
        raise Refused(by)
    if request.method == "POST" and form.is_valid():
        answer = do(by, case, revision_of(request))
        if not isinstance(answer, Refusal):
            tell(request, answer, shown["done"])
            return redirect("casework:case", number=answer.pk if isinstance(answer, Case) else case.pk)
        form.add_error(None, words(answer))
        case.refresh_from_db()
    values = {"case": case, "title": title_of(case), "form": form, "for_whom": on_behalf(grant, act)}
    return page(request, "act", {**values, **shown})


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("case.offer", "own")
def offer_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """Offer a case to another unit."""
    case = one(grant, number)
    if elsewhere := along.offered_at(grant, case):
        return redirect(elsewhere)
    able, unable = receivers(grant, case)
    form = sought(request, OfferForm, able)

    def do(by: Grant, case: Case, revision: int) -> object:
        got = form.cleaned_data
        return transfers.offer(
            by=by, case=case, revision=revision, receiver=got["receiver"], reason=got["reason"],
            document=got["document"], at=timezone.now(),
        )  # fmt: skip

    return asking(
        request, grant, "case.offer", case, form, do, heading=_("Chuyển hồ sơ đến đơn vị khác"),
        go=_("Gửi đề nghị chuyển"),
        hint=_("Thời hạn vẫn chạy ở đơn vị bạn cho đến khi bên kia nhận."), done=_("Đã gửi, chờ đơn vị kia nhận."),
        found=found_units(request, able, unable), nobody=not able, often=sent_often(case),
    )  # fmt: skip


def sent_often(case: Case) -> int:
    """Which time this would be that the case is sent on, where that raises the alarm; 0 otherwise."""
    return case.transfers + 1 if case.transfers + 1 >= transfers.MANY else 0


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("case.join", "own")
def join_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """Settle a case together with another one."""
    case, form = one(grant, number), JoinForm(request.POST or None)

    def do(by: Grant, case: Case, revision: int) -> object:
        into = visible.cases(by).filter(code=form.cleaned_data["into"].strip().upper()).first()
        if into is None:
            return NO_CASE
        if into.course != case.course:
            return OTHER_KIND if course(into.course).code != course(case.course).code else OTHER_VERSION
        now = timezone.now()
        return joining.join(by=by, case=case, revision=revision, into=into, told=form.told(now), at=now)

    return asking(
        request, grant, "case.join", case, form, do, heading=_("Nhập vào hồ sơ khác"), go=_("Nhập hồ sơ"),
        hint=_("Không thời hạn nào lùi lại. Hồ sơ này kết thúc cùng hồ sơ nhận nhập."), done=_("Đã nhập hồ sơ."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("case.part", "own")
def part_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """Settle a joined case by itself again."""
    case, form = one(grant, number), KinForm(request.POST or None)

    def do(by: Grant, case: Case, revision: int) -> object:
        now = timezone.now()
        return joining.part(by=by, case=case, revision=revision, told=form.told(now), at=now)

    return asking(
        request, grant, "case.part", case, form, do, heading=_("Tách lại hồ sơ đã nhập"), go=_("Tách lại"),
        hint=_("Hồ sơ đi tiếp từ chỗ nó đứng khi nhập."), done=_("Đã tách lại."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("case.split", "own")
def split_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """Make two cases of one."""
    case, form = one(grant, number), KinForm(request.POST or None)

    def do(by: Grant, case: Case, revision: int) -> object:
        now = timezone.now()
        return joining.split(by=by, case=case, revision=revision, told=form.told(now), at=now)

    return asking(
        request, grant, "case.split", case, form, do, heading=_("Tách thành hai hồ sơ"), go=_("Tách hồ sơ"),
        hint=_(
            "Hồ sơ mới có cùng quá khứ, nên mọi thời hạn chạy tiếp như cũ. Đơn, văn bản và số đã cấp ở lại hồ sơ này; "
            "từ đây hai hồ sơ đi riêng. Ghi rõ ở lý do: phần nào của vụ việc sang hồ sơ mới, và vì sao."
        ), done=_("Đã tách. Đây là hồ sơ mới."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("case.read", "own")
def transfer_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """A case on its way: taken over or left by the unit to which it was offered, taken back by the one that did."""
    found = visible.transfers(grant).filter(pk=number).first()
    if found is None:
        raise Http404
    form = AnswerForm(request.POST if request.POST.get("do") == "refuse" else None)
    if request.method == "POST":
        answer = _decided(request, grant, found, form)
        if answer is not None and not isinstance(answer, Refusal):
            taken = isinstance(answer, Case)
            return redirect("casework:case", number=found.case_id) if taken else redirect("casework:desk")
    now = timezone.now()
    enter(grant, subject=f"case:{found.case_id}", stream=f"case:{found.case_id}", at=now, transfer=str(number))
    values = {
        "found": found, "facts": _facts(found), "form": form, "open": found.state == "offered",
        "to_me": found.receiver == grant.scope and may(grant, "case.receive"),
        "for_whom": on_behalf(grant, "case.receive"), "from_me": found.unit == grant.scope and may(grant, "case.offer"),
    }  # fmt: skip
    return page(request, "transfer", values)


def _decided(request: HttpRequest, grant: Grant, transfer: Transfer, form: AnswerForm) -> object:
    do, now = request.POST.get("do", ""), timezone.now()
    if do == "refuse" and not form.is_valid():
        return None
    by = same_post(grant, "case.offer" if do == "withdraw" else "case.receive")
    if isinstance(by, Refusal):
        answer: object = by
    elif do == "accept":
        answer = transfers.accept(by=by, transfer=transfer, at=now)
    elif do == "refuse":
        answer = transfers.refuse(by=by, transfer=transfer, answer=form.cleaned_data["answer"], at=now)
    else:
        answer = transfers.withdraw(by=by, transfer=transfer, at=now)
    done = {"accept": _("Đã nhận hồ sơ. Thời hạn nay thuộc đơn vị bạn."), "refuse": _("Đã trả lại đơn vị chuyển.")}
    tell(request, answer, done.get(do, _("Đã rút việc chuyển.")))
    return answer


def _facts(found: Transfer) -> list[Answer]:
    who = names([found.offered_by, found.decided_by])
    lines = [
        Answer(_("Hồ sơ"), found.code), Answer(_("Từ đơn vị"), unit_name(found.unit)),
        Answer(_("Đến đơn vị"), unit_name(found.receiver)),
        Answer(_("Người chuyển"), who.get(found.offered_by, "–")), Answer(_("Chuyển lúc"), moment(found.offered_at)),
        Answer(_("Lý do"), found.reason),
    ]  # fmt: skip
    lines += [Answer(pgettext("document", "Văn bản"), found.document)] if found.document else []
    if found.decided_at is None:
        return lines
    said = {"accepted": _("Đã nhận"), "refused": _("Đã trả lại"), "withdrawn": _("Đã rút")}[found.state]
    told = f"{said} · {who.get(found.decided_by, '–')} · {moment(found.decided_at)}"
    return [*lines, Answer(_("Kết quả"), told)]
