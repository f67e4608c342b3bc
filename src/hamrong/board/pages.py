"""The leadership's page: tonight and the petitions in numbers, and the time behind them as pictures."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamrong.access.actors import Grant
from hamrong.access.decisions import beside
from hamrong.access.web import guarded
from hamrong.lodging import figures as lodging
from hamrong.org.queries import names
from hamrong.petitions import figures as petitions
from hamrong.ui.charts import bar_chart, line_chart, sparkline
from hamrong.ui.formats import number
from hamrong.ui.parts import Cell, Column, Row, Stat, Table


@require_safe
@guarded("province.read", "province", purpose="statistics")
def overview(request: HttpRequest, grant: Grant) -> HttpResponse:
    """What a leader sees first; numbers only, nobody's name."""
    now = timezone.now()
    told = lodging.figures(grant, now)
    guests = [known(one, one.guests) for one in told.series]
    trend = sparkline(guests, _("Khách trong 30 đêm, đêm nay ở cuối"))
    values = {
        "now": now,
        "told": told,
        "tiles": tiles(told.tonight),
        "nights": nights_chart(told),
        "silence": silence_chart(told),
        "trend": trend,
        **_petitions(grant, now),
    }
    response = render(request, "board/overview.html", values)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def tiles(one: lodging.Night) -> list[Stat]:
    """Tonight at a glance."""
    expected = one.reported + one.silent
    return [
        Stat(_("Khách đêm nay"), one.guests, "", "", "plain", "users"),
        Stat(_("Người nước ngoài"), one.foreigners, "", "", "info", "id-card"),
        Stat(
            _("Cơ sở đã báo"),
            one.reported,
            _("trong %(n)s cơ sở") % {"n": number(expected)},
            "",
            "good",
            "circle-check",
        ),
        Stat(_("Cơ sở chưa báo"), one.silent, "", "", "bad" if one.silent else "plain", "triangle-alert"),
        Stat(_("Thông báo đúng hạn"), percent(one.on_time_share), "", "", "plain", "clock"),
    ]


def percent(share: float | None) -> str:
    """0.985 → "98,5%" in Vietnamese; nothing where there is nothing to share."""
    return "" if share is None else f"{number(round(share * 100, 1))}%"


def known(one: lodging.Night, value: int) -> int | None:
    """A number of a night; None where nobody counted it, which a chart shows as a gap and not as zero."""
    return value if one.counted else None


def nights_chart(told: lodging.Figures) -> str:
    """Guests and foreigners of the last thirty nights."""
    labels = [f"{one.night:%d/%m}" for one in told.series]
    guests = [known(one, one.guests) for one in told.series]
    foreigners = [known(one, one.foreigners) for one in told.series]
    lines = [(_("Khách"), guests), (_("Người nước ngoài"), foreigners)]
    return line_chart(_("Khách lưu trú trong 30 đêm"), labels, lines, name="guests")


def silence_chart(told: lodging.Figures) -> str:
    """Establishments that said nothing, in the last thirty nights."""
    points = [(f"{one.night:%d/%m}", known(one, one.silent)) for one in told.series]
    return bar_chart(_("Cơ sở không báo trong 30 đêm"), points, name="silence")


MOST = 8
"""So many units are named, those with most that is overdue."""


def _petitions(by: Grant, now: datetime) -> dict[str, object]:
    """What the board shows of petitions, to whoever may count them."""
    counting = beside(by, "petition.count")
    if not isinstance(counting, Grant):
        return {}
    told = petitions.figures(counting, now)
    return {
        "petitions": told,
        "petition_tiles": petition_tiles(told),
        "petition_months": months_chart(told),
        "petition_shares": shares_chart(told),
        "petition_units": units_table(told),
    }


def petition_tiles(told: petitions.Figures) -> list[Stat]:
    """Petitions at a glance: this month, and what is open."""
    month = told.month
    settled = _("%(n)s vụ việc giải quyết xong") % {"n": number(month.settled)}
    return [
        Stat(_("Đơn nhận trong tháng"), month.received, icon="inbox"),
        Stat(_("Vụ việc đang giải quyết"), told.pending, icon="clock"),
        Stat(_("Vụ việc quá hạn"), told.overdue, tone="bad" if told.overdue else "good", icon="clock-alert"),
        Stat(_("Giải quyết đúng hạn trong tháng"), percent(told.in_time_share), settled, icon="circle-check"),
    ]


def months_chart(told: petitions.Figures) -> str:
    """What came in and what was settled in the last twelve months."""
    labels = [f"{one.first:%m/%y}" for one in told.months]
    received = (_("Đơn nhận"), [one.received for one in told.months])
    settled = (_("Giải quyết xong"), [one.settled for one in told.months])
    in_time = (_("Trong đó đúng hạn"), [one.in_time for one in told.months])
    return line_chart(_("Đơn trong 12 tháng"), labels, [received, settled, in_time], name="petitions")


def shares_chart(told: petitions.Figures) -> str:
    """How much of what was settled in a month was in time; a gap where nothing was settled."""
    points = [
        (f"{one.first:%m/%y}", round(100 * one.in_time / one.settled) if one.settled else None) for one in told.months
    ]
    return bar_chart(_("Giải quyết đúng hạn trong 12 tháng"), points, name="petition-shares", unit="%")


def units_table(told: petitions.Figures) -> Table:
    """The units with most that is overdue."""
    columns = [
        Column(_("Đơn vị")), Column(_("Quá hạn"), "number"), Column(_("Đang giải quyết"), "number"),
        Column(_("Nhận trong tháng"), "number"), Column(_("Xong trong tháng"), "number"),
        Column(_("Đúng hạn"), "number"),
    ]  # fmt: skip
    called = names(one.code for one in told.units[:MOST])
    rows = [
        Row([Cell(called[one.code]), one.overdue, one.pending, one.received, one.settled, one.in_time])
        for one in told.units[:MOST]
    ]
    return Table(
        _("Đơn vị còn nhiều vụ việc nhất"), columns, rows, empty=_("Không đơn vị nào có đơn"), name="petition-units"
    )
