"""Guests as officers read them: those of a night, one of them, the number on a document; every reading is on record."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.roles import purposes
from hamrong.access.web import guarded
from hamrong.law import Deadline, deadline
from hamrong.lodging.actions.reading import number_of, open_stay
from hamrong.lodging.nights import night_of
from hamrong.lodging.pages.officers import KINDS, NightForm, crumbs, desk_page, local, night_asked, nights_beside
from hamrong.lodging.pages.shown import answers_of_stay, name_of
from hamrong.lodging.queries import nights, places
from hamrong.lodging.queries.hosts import Stay
from hamrong.lodging.queries.nights import StayFilter
from hamrong.ui.parts import Cell, Column, Pager, Row, Table

SHOWN: Final = 50


class StaysForm(NightForm):
    """What the guests of a night are narrowed by."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Khách"),
        required=False,
        choices=KINDS,
    )
    late = forms.ChoiceField(
        label=gettext_lazy("Thời hạn"),
        required=False,
        choices=[("", gettext_lazy("Tất cả")), ("yes", gettext_lazy("Chỉ thông báo chậm"))],
    )
    place = forms.CharField(label=gettext_lazy("Mã cơ sở"), required=False, max_length=20)
    field_order = ("place", "kind", "late", "night")


@require_safe
@guarded("stay.list", "ward")
def stays_page(request: HttpRequest, grant: Grant, ward: str) -> HttpResponse:
    """The guests of a commune's night, page by page; foreigners with the clock that the law started for each."""
    now, form = timezone.now(), StaysForm(request.GET)
    night, chosen = night_asked(NightForm(request.GET), now), filter_of(form)
    rows, after = nights.page(grant, ward, night, chosen, after=cursor_of(request), limit=SHOWN)
    subject = f"establishment:{chosen.place}" if chosen.place else f"ward:{ward}"
    enter(grant, subject=subject, at=now, night=night.isoformat(), rows=len(rows))
    return desk_page(
        request,
        grant,
        "stays",
        ward=ward,
        here="night_stays",
        night=night,
        form=form,
        beside=nights_beside(night, night_of(now)),
        chosen=chosen,
        table=_table(rows, ward, after),
        export_url=f"{reverse('lodging:night_export', args=[ward])}?{request.GET.urlencode()}",
    )


def filter_of(form: StaysForm) -> StayFilter:
    """What a bound form narrows a night's guests to; a form that makes no sense narrows nothing."""
    got = form.cleaned_data if form.is_valid() else {}
    return StayFilter((got.get("place") or "").strip().upper(), got.get("kind") or "", got.get("late") == "yes")


def cursor_of(request: HttpRequest) -> UUID | None:
    """The id after which a page begins, or None."""
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None


def _table(rows: Sequence[Stay], ward: str, after: UUID | None) -> Table:
    columns = [
        Column(_("Khách")), Column(_("Cơ sở"), "code"), Column(_("Quốc tịch")), Column(_("Giấy tờ")),
        Column(_("Đến lúc"), "day"), Column(_("Hạn thông báo"), "day"), Column(_("Đã nhận lúc"), "day"),
    ]  # fmt: skip
    return Table(
        _("Khách của đêm, việc xem danh sách này được ghi vào nhật ký"),
        columns,
        [_line(stay, reverse("lodging:ward_stay", args=[ward, stay.night, stay.pk])) for stay in rows],
        empty=_("Chưa có khách nào được thông báo"),
        empty_hint=_("Bỏ bớt điều kiện lọc, hoặc xem đêm khác."),
        pager=Pager(after=str(after or ""), shown=len(rows)),
    )


def _line(stay: Stay, address: str) -> Row:
    return Row(
        [
            Cell(stay.full_name, note=_("Phòng %(room)s") % {"room": stay.room} if stay.room else ""),
            stay.establishment,
            name_of("nationalities", stay.nationality),
            Cell(name_of("document-types", stay.document_type), note=stay.document_hint),
            stay.arrival_at,
            Cell(stay.deadline_legal, note=hours_word(stay)),
            received_cell(stay),
        ],
        address,
    )


def received_cell(stay: Stay) -> Cell:
    """When a stay was notified, in time or late; a cancelled one says so."""
    if stay.state == "cancelled":
        return Cell(_("Đã hủy"), state="cancelled")
    words = f"{local(stay.received_at):%H:%M %d/%m/%Y}"
    return Cell(words, state="accepted" if stay.on_time else "late")


def hours_word(stay: Stay) -> str:
    """A foreigner's own clock, in hours from the arrival; citizens are due by the hour of the night."""
    if stay.kind != "foreigner":
        return ""
    hours = round((stay.deadline_legal - stay.arrival_at).total_seconds() / 3600)
    return _("%(hours)d giờ từ lúc đến") % {"hours": hours}


def deadline_of(stay: Stay, area: str) -> Deadline:
    """The deadline of a stay worked out again from the law, so that every step can be shown."""
    if stay.kind == "foreigner":
        return deadline("lodging.foreigner", local(stay.arrival_at), params={"area": area})
    return deadline("lodging.notify", local(stay.arrival_at))


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("stay.open", "ward", purpose="night-control")
def stay_page(request: HttpRequest, grant: Grant, ward: str, night: date, stay: UUID) -> HttpResponse:
    """One guest of the commune's night, opened for the control of the night."""
    found = open_stay(by=grant, night=night, identifier=stay, at=timezone.now(), number=request.method == "POST")
    if found is None or found.ward != ward:
        raise Http404
    back = f"{reverse('lodging:night_stays', args=[ward])}?night={night:%d/%m/%Y}&place={found.establishment}"
    return opened(request, grant, found, ward=ward, here="night_stays", back=back)


def opened(
    request: HttpRequest, grant: Grant, stay: Stay, *, ward: str, here: str, back: str, **values: Any
) -> HttpResponse:
    """An opened stay: its facts, the law behind its deadline, and the number where it was asked for by POST."""
    place = places.one(grant, stay.establishment)
    due = deadline_of(stay, place.area if place else "normal")
    purpose = purposes()[grant.purpose]
    return desk_page(
        request,
        grant,
        "stay",
        ward=ward,
        here=here,
        stay=stay,
        place=place,
        place_url=reverse("lodging:ward_place", args=[stay.ward, stay.establishment]),
        answers=answers_of_stay(stay),
        received=received_cell(stay),
        due=due,
        why=due.as_dict(get_language() or "vi"),
        number=number_of(stay) if request.method == "POST" else "",
        has_number=stay.document_sealed is not None,
        purpose=purpose.en if get_language() == "en" else purpose.vi,
        back=back,
        crumbs=crumbs(ward, last=stay.full_name) if ward else [],
        **values,
    )


def instant(moment: datetime) -> str:
    """An instant as an export writes it: ISO 8601 on the clocks of Viet Nam, to the minute."""
    return local(moment).isoformat(timespec="minutes")
