"""The leadership's page: tonight in numbers, and thirty nights as pictures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamrong.access.actors import Grant
from hamrong.access.web import guarded
from hamrong.lodging import figures as lodging
from hamrong.ui.charts import bar_chart, line_chart, sparkline
from hamrong.ui.formats import number
from hamrong.ui.parts import Stat


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
