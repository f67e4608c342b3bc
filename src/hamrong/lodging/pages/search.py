"""Searching for a guest: purpose and case first, then what is looked for; every search is on record."""

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamrong.access.actors import Grant, Refusal, Target
from hamrong.access.decisions import decide
from hamrong.access.entries import enter
from hamrong.access.roles import purposes
from hamrong.access.web import Refused, guarded
from hamrong.lodging.actions.reading import open_stay
from hamrong.lodging.nights import night_of
from hamrong.lodging.pages.cursors import read_cursor, written_cursor
from hamrong.lodging.pages.night_stays import SHOWN, opened, received_cell
from hamrong.lodging.pages.officers import desk_page
from hamrong.lodging.pages.shown import name_of
from hamrong.lodging.policy import SEARCH
from hamrong.lodging.queries import searches
from hamrong.lodging.queries.hosts import Stay
from hamrong.lodging.queries.searches import Cursor, Problem, Search
from hamrong.ui.answers import purposes_in_words, words
from hamrong.ui.forms import DayField
from hamrong.ui.kept import keep, kept
from hamrong.ui.parts import Cell, Column, Pager, Row, Table

SESSION: Final = "lodging.searches"


class SearchForm(forms.Form):
    """Why, and then what."""

    purpose = forms.ChoiceField(label=gettext_lazy("Mục đích"), widget=forms.RadioSelect)
    case_ref = forms.CharField(
        label=gettext_lazy("Số vụ việc, số lệnh hoặc văn bản yêu cầu"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Bắt buộc, trừ khi kiểm tra việc thông báo lưu trú trong đêm."),
    )
    name = forms.CharField(
        label=gettext_lazy("Họ và tên"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Gõ từ họ, không cần dấu; ít nhất 3 chữ cái."),
    )
    document = forms.CharField(
        label=gettext_lazy("Số giấy tờ"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Gõ đủ số. Số này không nằm trong địa chỉ trang và không lưu ở dạng đọc được."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    establishment = forms.CharField(label=gettext_lazy("Mã cơ sở"), required=False, max_length=20)
    first = DayField(label=gettext_lazy("Từ đêm"), required=False)
    last = DayField(label=gettext_lazy("Đến đêm"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = purposes_in_words(SEARCH)  # type: ignore[attr-defined]

    def search(self) -> Search:
        """What is looked for, of a valid form."""
        got = self.cleaned_data
        return Search(got["name"], got["document"], got["establishment"], got["first"], got["last"])


def problem_word(problem: Problem) -> tuple[str, str]:
    """Which field a problem belongs to, and what to do about it."""
    told = {
        "empty": ("name", _("Hãy ghi ít nhất một điều: họ tên (từ 3 chữ cái), số giấy tờ hoặc mã cơ sở.")),
        "order": ("last", _("Đêm cuối phải từ đêm đầu trở đi.")),
        "wide": ("first", _("Tìm theo tên hoặc cơ sở phải có khoảng đêm, nhiều nhất 366 đêm.")),
        "wide_name": ("first", _("Tìm tên trong toàn tỉnh: nhiều nhất 31 đêm. Hãy thu hẹp, hoặc ghi mã cơ sở.")),
    }
    return told[problem]


def search_page(request: HttpRequest, grant: Grant, ward: str = "") -> HttpResponse:
    """The form; a search that is allowed and narrow enough is kept, sealed, and its results are another page."""
    night = night_of(timezone.now())
    first = {"first": f"{night - timedelta(days=30):%d/%m/%Y}", "last": f"{night:%d/%m/%Y}"}
    form = SearchForm(request.POST) if request.method == "POST" else SearchForm(initial=first)
    if request.method == "POST" and form.is_valid():
        answer = _asked(grant, "stay.search", ward, form.cleaned_data["purpose"], form.cleaned_data["case_ref"])
        if isinstance(answer, Refusal):
            form.add_error("case_ref" if answer.reason == "case-missing" else "purpose", words(answer))
        elif problem := searches.problem(form.search(), whole_province=grant.scope_kind == "province"):
            form.add_error(*problem_word(problem))
        else:
            return redirect(_address(ward, "results", _keep(request, form, ward)))
    return desk_page(request, grant, "search", ward=ward, here=_here(ward), form=form)


def _here(ward: str) -> str:
    return "ward_search" if ward else "province_search"


def _address(ward: str, name: str, *parts: object) -> str:
    scope = "ward" if ward else "province"
    return reverse(f"lodging:{scope}_{name}", args=[*([ward] if ward else []), *parts])


def _asked(grant: Grant, act: str, ward: str, purpose: str, case_ref: str) -> Grant | Refusal:
    """The answer of policy to the same actor for another act, with the purpose that was chosen."""
    target = Target(ward=ward, province=settings.HAMRONG_PROVINCE)
    return decide(grant.actor, act, target, purpose=purpose, case_ref=case_ref)


def _keep(request: HttpRequest, form: SearchForm, ward: str) -> UUID:
    got = form.cleaned_data
    content = {**asdict(form.search()), "purpose": got["purpose"], "case_ref": got["case_ref"], "ward": ward}
    return keep(request, SESSION, content)


def kept_search(request: HttpRequest, grant: Grant, act: str, ward: str, identifier: UUID) -> tuple[Search, Grant]:
    """A search of this session with the grant for its purpose, decided anew; 404 where the session has none."""
    content = kept(request, SESSION, identifier)
    if content is None or content["ward"] != ward:
        raise Http404
    answer = _asked(grant, act, ward, content.pop("purpose"), content.pop("case_ref"))
    if isinstance(answer, Refusal):
        raise Refused(answer)
    for name in ("first", "last"):
        content[name] = date.fromisoformat(content[name]) if content[name] else None
    return Search(**content), answer


def results_page(request: HttpRequest, grant: Grant, search: UUID, ward: str = "") -> HttpResponse:
    """What a search found, page by page."""
    asked, allowed = kept_search(request, grant, "stay.search", ward, search)
    rows, after = searches.page(allowed, asked, after=read_cursor(request.GET.get("after", "")), limit=SHOWN)
    enter(allowed, subject=f"search:{search}", at=timezone.now(), rows=len(rows), **searches.told(asked))
    purpose = purposes()[allowed.purpose]
    return desk_page(
        request,
        grant,
        "results",
        ward=ward,
        here=_here(ward),
        told=_told(asked),
        purpose=purpose.en if get_language() == "en" else purpose.vi,
        case_ref=allowed.case_ref,
        table=_table(rows, ward, search, after),
        again=_address(ward, "search"),
        export_url=_address(ward, "search_export", search),
    )


def _told(search: Search) -> list[str]:
    """What was looked for; of a number only that there was one."""
    told = [search.name, _("một số giấy tờ") if search.document else "", search.establishment.upper()]
    if search.first and search.last:
        told.append(f"{search.first:%d/%m/%Y} – {search.last:%d/%m/%Y}")
    return [word for word in told if word]


def _table(rows: Any, ward: str, search: UUID, after: Cursor | None) -> Table:
    columns = [
        Column(_("Khách")), Column(_("Đêm"), "day"), Column(_("Cơ sở"), "code"), Column(_("Ngày sinh"), "day"),
        Column(_("Quốc tịch")), Column(_("Giấy tờ")), Column(_("Thông báo")),
    ]  # fmt: skip
    return Table(
        _("Kết quả, mới nhất trước"),
        columns,
        [_line(stay, ward, search) for stay in rows],
        empty=_("Không tìm thấy lượt lưu trú nào"),
        empty_hint=_("Thử gõ ít chữ hơn từ đầu họ tên, mở rộng khoảng đêm, hoặc kiểm tra lại số giấy tờ."),
        pager=Pager(after=written_cursor(after), shown=len(rows)),
        caption_seen=False,
    )


def _line(stay: Stay, ward: str, search: UUID) -> Row:
    return Row(
        [
            Cell(stay.full_name, note=_("Phòng %(room)s") % {"room": stay.room} if stay.room else ""),
            stay.night,
            stay.establishment,
            "/".join(reversed(stay.birth.split("-"))),
            name_of("nationalities", stay.nationality),
            Cell(name_of("document-types", stay.document_type), note=stay.document_hint),
            received_cell(stay),
        ],
        _address(ward, "found_stay", search, stay.night, stay.pk),
    )


def found_page(
    request: HttpRequest, grant: Grant, search: UUID, night: date, stay: UUID, ward: str = ""
) -> HttpResponse:
    """One stay that a search found, opened for the purpose of that search."""
    _search, allowed = kept_search(request, grant, "stay.open", ward, search)
    found = open_stay(by=allowed, night=night, identifier=stay, at=timezone.now(), number=request.method == "POST")
    if found is None or (ward and found.ward != ward):
        raise Http404
    back = _address(ward, "results", search)
    return opened(request, allowed, found, ward=ward, here=_here(ward), back=back)


_form = require_http_methods(["GET", "HEAD", "POST"])
ward_search = _form(guarded("night.read", "ward", purpose="night-control")(search_page))
province_search = _form(guarded("night.read", "province", purpose="night-control")(search_page))
ward_results = require_safe(guarded("night.read", "ward", purpose="night-control")(results_page))
province_results = require_safe(guarded("night.read", "province", purpose="night-control")(results_page))
ward_found = _form(guarded("night.read", "ward", purpose="night-control")(found_page))
province_found = _form(guarded("night.read", "province", purpose="night-control")(found_page))
