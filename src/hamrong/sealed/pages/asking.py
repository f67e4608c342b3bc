"""Asking to have an identity opened, one's own requests, and the identity, shown once."""

import json
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from hamrong.access.actors import Grant, Refusal
from hamrong.access.web import guarded
from hamrong.sealed import drafts, queries, unlocked
from hamrong.sealed.actions import opening
from hamrong.sealed.forms import AskForm, UnlockForm
from hamrong.sealed.models import Request
from hamrong.sealed.pages.frame import closed, opened, typed_before, waits
from hamrong.sealed.pages.requests import facts, shown
from hamrong.sealed.rings import person_of
from hamrong.ui.answers import private, tell, words
from hamrong.ui.formats import day
from hamrong.ui.parts import Answer, Cell, Column, Row, Table

LABELS: Final = {
    "name": gettext_lazy("Họ tên"), "document": gettext_lazy("Số giấy tờ"), "address": gettext_lazy("Địa chỉ"),
    "phone": gettext_lazy("Điện thoại"), "birth": gettext_lazy("Ngày sinh"), "email": gettext_lazy("Thư điện tử"),
}  # fmt: skip
"""What the lines of an identity are called; a line of another name keeps it."""


@require_safe
@guarded("sealed.request", "own")
def own_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """What I have asked for."""
    found = queries.requests(grant).filter(requester=person_of(grant)).order_by("-asked_on", "id")[:200]
    rows = [
        Row([Cell(one.reason, note=one.ground), day(one.asked_on), day(one.until), Cell("", state=shown(one))],
            reverse("sealed:own_request", args=[one.pk]))
        for one in found
    ]  # fmt: skip
    columns = [
        Column(_("Để làm gì")), Column(_("Ngày đề nghị"), "day"), Column(_("Chậm nhất"), "day"), Column(_("Tình trạng"))
    ]  # fmt: skip
    table = Table(
        _("Đề nghị của bạn"), columns, rows, empty=_("Bạn chưa đề nghị mở danh tính nào"),
        empty_hint=_("Đề nghị được lập từ trang của đơn tố cáo."),
    )  # fmt: skip
    return private(request, "sealed/own_requests.html", {"table": table})


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("sealed.request", "own")
def ask_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """The form of a request about one report."""
    report = queries.reports(grant).filter(pk=number).first()
    if report is None:
        raise Http404
    kept = unlocked.find(request, grant)
    if waits(request, grant, kept):
        return closed(request, grant)
    form = AskForm(request.POST or None, initial=typed_before(request, kept))
    ring = opened(grant, form) if request.method == "POST" and form.is_valid() else None
    if ring is not None:
        given = form.cleaned_data
        asked = opening.Asked(given["reason"], given["ground"], given["until"])
        answer = opening.ask(by=grant, report=report, ring=ring, asked=asked, at=timezone.now())
        if not isinstance(answer, Refusal):
            tell(request, answer, _("Đã gửi đề nghị đến những người giữ khóa."))
            drafts.forget(person_of(grant), request.path)
            return redirect("sealed:own_request", number=answer.pk)
        form.add_error(None, words(answer))
    return private(request, "sealed/ask.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("sealed.open", "own")
def own_request_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """How a request stands; where enough holders agreed, the identity, once."""
    one = queries.requests(grant).filter(pk=number, requester=person_of(grant)).first()
    if one is None:
        raise Http404
    form = UnlockForm(request.POST or None)
    ring = opened(grant, form) if request.method == "POST" and form.is_valid() else None
    if ring is not None:
        answer = opening.open_identity(by=grant, request=one, ring=ring, at=timezone.now())
        if not isinstance(answer, Refusal):
            return private(request, "sealed/opened.html", _identity(grant, one, answer))
        form.add_error(None, words(answer))
    values = {
        "one": one, "state": shown(one), "facts": facts(one), "form": form,
        "refusals": list(one.answers.filter(released=False).values_list("reason", flat=True)),
    }  # fmt: skip
    return private(request, "sealed/own_request.html", values)


def _identity(grant: Grant, one: Request, plain: bytes) -> dict[str, Any]:
    """The lines of an identity (JSON by name, or plain text) and the mark of who saw it when."""
    now = timezone.localtime()
    return {
        "answers": lines(plain),
        "mark": f"{grant.actor.label} · {now:%d/%m/%Y %H:%M} · {str(one.pk)[:8]}",
    }


def lines(plain: bytes) -> list[Answer]:
    """An identity for reading; empty where the report came without a name."""
    if not plain:
        return []
    try:
        told = json.loads(plain)
    except ValueError:
        told = {"": plain.decode("utf-8", "replace")}
    return [Answer(LABELS.get(name, name) if name else _("Danh tính"), value) for name, value in told.items()]
