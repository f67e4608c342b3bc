"""A night or a search as a file: purpose first, then XLSX or CSV, on record with the number of rows."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from hamrong.access.actors import Grant, Refusal, Target
from hamrong.access.decisions import decide
from hamrong.access.web import guarded
from hamrong.lodging.pages.departures import OverdueForm
from hamrong.lodging.pages.night_stays import StaysForm, filter_of, instant
from hamrong.lodging.pages.officers import NightForm, desk_page, local, night_asked
from hamrong.lodging.pages.search import kept_search
from hamrong.lodging.pages.shown import name_of, sex_of
from hamrong.lodging.policy import SEARCH
from hamrong.lodging.queries import departures, nights, searches
from hamrong.lodging.queries.hosts import Stay
from hamrong.ui.answers import purposes_in_words, words
from hamrong.ui.exports import FormatForm, sent


class ExportForm(FormatForm):
    """Why a night leaves the house as a file, and in which form."""

    purpose = forms.ChoiceField(label=gettext_lazy("Mục đích"), widget=forms.RadioSelect)
    case_ref = forms.CharField(
        label=gettext_lazy("Số vụ việc, số lệnh hoặc văn bản yêu cầu"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Bắt buộc, trừ khi kiểm tra việc thông báo lưu trú trong đêm."),
    )
    field_order = ("purpose", "case_ref", "format")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = purposes_in_words(SEARCH)  # type: ignore[attr-defined]


def head() -> Sequence[str]:
    """The columns of an export; the document's number stays masked in it."""
    return (
        _("Đêm"), _("Cơ sở"), _("Họ và tên"), _("Ngày sinh"), _("Giới tính"), _("Quốc tịch"), _("Giấy tờ"),
        _("Số (che)"), _("Nơi cư trú"), _("Phòng"), _("Đến lúc"), _("Dự kiến đi lúc"), _("Hạn thông báo"),
        _("Nhận lúc"), _("Đúng hạn"), _("Biên nhận"),
    )  # fmt: skip


def line(stay: Stay) -> Sequence[str]:
    """A stay in the order of `head`."""
    return (
        stay.night.isoformat(), stay.establishment, stay.full_name, stay.birth, sex_of(stay.sex),
        name_of("nationalities", stay.nationality), name_of("document-types", stay.document_type), stay.document_hint,
        stay.residence, stay.room, instant(stay.arrival_at),
        instant(stay.planned_departure_at) if stay.planned_departure_at else "", instant(stay.deadline_legal),
        instant(stay.received_at), _("có") if stay.on_time else _("không"), stay.receipt,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("night.read", "ward", purpose="night-control")
def night_export(request: HttpRequest, grant: Grant, ward: str) -> HttpResponseBase:
    """The guests of a night as a file; the filters of the list stay in force."""
    night, chosen = night_asked(NightForm(request.GET), timezone.now()), filter_of(StaysForm(request.GET))
    name, subject = f"luu-tru-{ward}-{night.isoformat()}", f"night:{ward}:{night.isoformat()}"
    return _list_export(
        request, grant, ward, "night_stays", name, subject, lambda by: nights.of_night(by, ward, night, chosen)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("night.read", "ward", purpose="night-control")
def departures_export(request: HttpRequest, grant: Grant, ward: str) -> HttpResponseBase:
    """Overdue departures as a file; the filters of the list stay in force."""
    now, chosen = timezone.now(), OverdueForm(request.GET).asked()
    name, subject = f"qua-ngay-di-{ward}-{local(now):%Y-%m-%d}", f"departures:{chosen.place or ward}"
    return _list_export(
        request, grant, ward, "departures", name, subject, lambda by: departures.overdue(by, ward, chosen, now=now)
    )


def _list_export(
    request: HttpRequest, grant: Grant, ward: str, of: str, name: str, subject: str,
    rows: Callable[[Grant], QuerySet[Stay]],
) -> HttpResponseBase:  # fmt: skip
    """Ask why a list leaves the house, then send it; `of` names the page of the list."""
    form = ExportForm(request.POST or None, initial={"format": "xlsx"})
    if request.method == "POST" and form.is_valid():
        got, target = form.cleaned_data, Target(ward=ward, province=settings.HAMRONG_PROVINCE)
        answer = decide(grant.actor, "stay.export", target, purpose=got["purpose"], case_ref=got["case_ref"])
        if isinstance(answer, Refusal):
            form.add_error("case_ref" if answer.reason == "case-missing" else "purpose", words(answer))
        elif file := _sent(form, answer, rows(answer), name, subject, timezone.now()):
            return file
    back = f"{reverse(f'lodging:{of}', args=[ward])}?{request.GET.urlencode()}"
    return desk_page(request, grant, "export", ward=ward, here="night_stays", form=form, back=back)


def search_export(request: HttpRequest, grant: Grant, search: UUID, ward: str = "") -> HttpResponseBase:
    """What a search found as a file, for the purpose of that search."""
    asked, allowed = kept_search(request, grant, "stay.export", ward, search)
    form = FormatForm(request.POST or None, initial={"format": "xlsx"})
    if request.method == "POST" and form.is_valid():
        found = searches.stays(allowed, asked)
        subject, now = f"search:{search}", timezone.now()
        file = _sent(form, allowed, found, f"tim-{search}", subject, now)
        if file:
            return file
    scope = "ward" if ward else "province"
    back = reverse(f"lodging:{scope}_results", args=[*([ward] if ward else []), search])
    return desk_page(request, grant, "export", ward=ward, here=f"{scope}_search", form=form, back=back)


def _sent(
    form: forms.Form, by: Grant, found: QuerySet[Stay], name: str, subject: str, at: datetime
) -> HttpResponseBase | None:
    return sent(form, by=by, found=found, head=head(), line=line, name=name, subject=subject, at=at)


_form = require_http_methods(["GET", "HEAD", "POST"])
ward_search_export = _form(guarded("night.read", "ward", purpose="night-control")(search_export))
province_search_export = _form(guarded("night.read", "province", purpose="night-control")(search_export))
