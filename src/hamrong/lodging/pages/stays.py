"""Guests that were reported: the list of them, one stay with its versions, and the list as a file."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Final
from uuid import UUID

import xlsxwriter
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.lodging.pages.cursors import read_cursor, written_cursor
from hamrong.lodging.pages.frame import host_page
from hamrong.lodging.pages.shown import answers_of_stay, moment, name_of, sex_of
from hamrong.lodging.queries import hosts
from hamrong.lodging.queries.hosts import Cursor, Stay
from hamrong.lodging.rules import STEPS
from hamrong.ui.answers import as_file
from hamrong.ui.forms import DayField
from hamrong.ui.parts import Cell, Column, Event, Pager, Row, Table

SHOWN: Final = 50
EXPORTED: Final = 50_000
SPREADSHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t")


class FilterForm(forms.Form):
    """What the list is narrowed by."""

    q = forms.CharField(label=gettext_lazy("Tên khách"), required=False, max_length=200)
    night = DayField(label=gettext_lazy("Đêm"), required=False)


@require_safe
@guarded("stay.read", "establishment")
def guests(request: HttpRequest, grant: Grant, establishment: str) -> HttpResponse:
    """All guests reported, newest night first, fifty a page."""
    form = FilterForm(request.GET)
    form.is_valid()
    name, night = form.cleaned_data.get("q", ""), form.cleaned_data.get("night")
    rows, following = hosts.page(
        hosts.stays(grant, name=name, night=night), read_cursor(request.GET.get("after", "")), SHOWN
    )
    sought = {"name": name, "night": night.isoformat() if night else ""}
    enter(grant, subject=f"establishment:{establishment}", at=timezone.now(), listed=len(rows), **sought)
    return host_page(
        request,
        grant,
        hosts.own(grant),
        "guests",
        here="guests",
        form=form,
        table=_table(rows, following, establishment),
        query=request.GET.urlencode(),
    )


def _table(rows: Sequence[Stay], following: Cursor | None, establishment: str) -> Table:
    columns = [
        Column(_("Khách")),
        Column(_("Đêm"), "day"),
        Column(_("Phòng")),
        Column(_("Đến lúc"), "day"),
        Column(_("Dự kiến đi lúc"), "day"),
        Column(_("Giấy tờ"), "code"),
        Column(_("Tình trạng")),
    ]
    lines = [
        Row(
            [
                stay.full_name,
                f"{stay.night:%d/%m/%Y}",
                stay.room,
                moment(stay.arrival_at),
                moment(stay.planned_departure_at),
                stay.document_hint,
                Cell("", state=state_of(stay)),
            ],
            url=address_of(stay, establishment),
        )
        for stay in rows
    ]
    after = written_cursor(following)
    return Table(
        _("Khách đã thông báo"),
        columns,
        lines,
        empty=_("Không có khách nào như vậy"),
        empty_hint=_("Thử bỏ bớt điều kiện lọc, hoặc tìm theo một phần của tên."),
        pager=Pager(after=after, shown=len(lines)),
    )


def state_of(stay: Stay) -> str:
    """The look of a stay's state (`ui.states`)."""
    known = {"cancelled": "cancelled", "departed": "departed"}.get(stay.state)
    return known or ("staying" if stay.on_time else "late")


def address_of(stay: Stay, establishment: str) -> str:
    return reverse("lodging:stay", kwargs={"establishment": establishment, "night": stay.night, "stay": stay.pk})


@require_safe
@guarded("stay.read", "establishment")
def stay(request: HttpRequest, grant: Grant, establishment: str, night: date, stay: UUID) -> HttpResponse:
    """One stay as it stands, what became of it, and what can be done with it."""
    row = hosts.stay(grant, night, stay)
    if row is None:
        raise Http404
    enter(grant, subject=f"stay:{row.pk}", at=timezone.now())
    return host_page(
        request,
        grant,
        hosts.own(grant),
        "stay",
        here="guests",
        stay=row,
        answers=answers_of_stay(row),
        state=state_of(row),
        acts=acts_of(row),
        events=_events(grant, row),
    )


def acts_of(stay: Stay) -> set[str]:
    """What the course of a stay allows now."""
    return {step.act for step in STEPS if step.source == stay.state and step.act != "notify"}


def _events(grant: Grant, stay: Stay) -> list[Event]:
    """The notification and every version after it, newest first; each leads to its receipt."""
    said = {
        "correct": _("Đã sửa"),
        "extend": _("Đã gia hạn"),
        "leave_early": _("Báo đi sớm"),
        "depart": _("Khách đã đi"),
        "cancel": _("Đã hủy"),
    }
    mended = {"extend": _("Khách chưa đi"), "depart": _("Đã sửa giờ đi")}
    receipts = hosts.receipts_of(stay)
    events = [Event(_("Đã thông báo"), stay.received_at, note=receipts[0].code if receipts else "", tone="good")]
    events += [
        Event(
            (mended if one.before["state"] == "departed" else said).get(one.act, said[one.act]),
            one.at,
            note=" · ".join(filter(None, (one.reason, one.receipt))),
            tone="info",
        )
        for one in hosts.versions(grant, stay)
    ]
    return events[::-1]


@require_safe
@guarded("stay.read", "establishment")
def export(request: HttpRequest, grant: Grant, establishment: str, kind: str) -> HttpResponse:
    """The list as it is filtered, as a workbook or CSV; taking it out is on record."""
    form = FilterForm(request.GET)
    form.is_valid()
    name, night = form.cleaned_data.get("q", ""), form.cleaned_data.get("night")
    rows = hosts.stays(grant, name=name, night=night)[:EXPORTED]
    lines = [_heads(), *(_line(row) for row in rows)]
    enter(grant, subject=f"establishment:{establishment}", at=timezone.now(), exported=len(lines) - 1, file=kind)
    content = _workbook(lines) if kind == "xlsx" else _csv(lines)
    response = HttpResponse(content, content_type=SPREADSHEET if kind == "xlsx" else "text/csv; charset=utf-8")
    return as_file(response, f"{establishment}-{timezone.localdate():%Y%m%d}.{kind}")


def _heads() -> list[str]:
    return [
        _("Đêm"),
        _("Họ và tên"),
        _("Ngày sinh"),
        _("Giới tính"),
        _("Quốc tịch"),
        _("Loại giấy tờ"),
        _("Số giấy tờ (đã che)"),
        _("Nơi cư trú"),
        _("Phòng"),
        _("Đến lúc"),
        _("Dự kiến đi lúc"),
        _("Đã đi lúc"),
        _("Lý do"),
        _("Nhận lúc"),
        _("Đúng hạn"),
        _("Mã biên nhận"),
    ]


def _line(stay: Stay) -> list[str]:
    return [
        f"{stay.night:%d/%m/%Y}",
        stay.full_name,
        "/".join(reversed(stay.birth.split("-"))),
        sex_of(stay.sex),
        name_of("nationalities", stay.nationality),
        name_of("document-types", stay.document_type),
        stay.document_hint,
        stay.residence,
        stay.room,
        moment(stay.arrival_at),
        moment(stay.planned_departure_at),
        moment(stay.departed_at),
        name_of("reasons", stay.reason),
        moment(stay.received_at),
        _("Có") if stay.on_time else _("Chậm"),
        stay.receipt,
    ]


def _workbook(lines: list[list[str]]) -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, bold = book.add_worksheet(_("Khách")), book.add_format({"bold": True})
        for number, line in enumerate(lines):
            for column, text in enumerate(line):
                sheet.write_string(number, column, text, bold if number == 0 else None)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return made.getvalue()


def _csv(lines: list[list[str]]) -> bytes:
    made = StringIO()
    csv.writer(made).writerows(_harmless(line) for line in lines)
    return "\ufeff".encode() + made.getvalue().encode()


def _harmless(line: list[str]) -> Iterator[str]:
    """Cells that no spreadsheet takes for a formula."""
    return (f"'{text}" if text.startswith(FORMULA_SIGNS) else text for text in line)
