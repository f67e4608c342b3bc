"""The province's night by ward, how well the wards' establishments keep the duty, and times without reception."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from hamrong.access.actors import Grant, Refusal
from hamrong.access.web import guarded
from hamrong.kernel.vietnamese import sort_key
from hamrong.law import VIETNAM
from hamrong.lodging.actions.outages import publish
from hamrong.lodging.nights import night_deadline, night_of
from hamrong.lodging.pages.officers import NightForm, desk_page, night_asked, nights_beside
from hamrong.lodging.queries import province
from hamrong.lodging.queries.province import Tally
from hamrong.org.queries import commune_units
from hamrong.ui.answers import words
from hamrong.ui.charts import bar_chart, line_chart
from hamrong.ui.formats import number
from hamrong.ui.forms import ClockField, DayField
from hamrong.ui.parts import Cell, Column, Link, Row, Stat, Table

NIGHTS: Final = 30
SPANS: Final = (7, 30)
STEPS: Final = 4
NOTHING: Final = Tally(0, 0, 0, 0, 0, 0, None)
FIRST: Final = "-silent"
WardRow = tuple[str, str, Tally]
"""Code, name, numbers."""

ORDER: Final[Mapping[str, Callable[[WardRow], Any]]] = {
    "ward": lambda one: sort_key(one[1]),
    "guests": lambda one: one[2].guests,
    "foreigners": lambda one: one[2].foreigners,
    "late": lambda one: one[2].late,
    "silent": lambda one: one[2].silent,
    "reported": lambda one: one[2].reported,
    "share": lambda one: one[2].reported_share,
    "on_time": lambda one: one[2].on_time_share,
}
"""What a list of communes is sorted by; None is nothing that is known."""


@require_safe
@guarded("province.read", "province", purpose="statistics")
def province_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """One night of the whole province: what it adds up to, where it is busy, and where it is silent."""
    now = timezone.now()
    night = night_asked(NightForm(request.GET), now)
    rows = _wards(province.of_ward(grant, night, night), now)
    series = province.of_night(grant, night - timedelta(days=NIGHTS - 1), night)
    sort = _sort(request)
    return desk_page(
        request,
        grant,
        "province",
        here="province",
        night=night,
        now=now,
        due=night_deadline(night).legal,
        is_tonight=night == night_of(now),
        beside=nights_beside(night, night_of(now)),
        tiles=_tiles(series.get(night, NOTHING)),
        counted_at=series.get(night, NOTHING).folded_at,
        map=_map(rows, night, linked=_opens_wards(grant)),
        table=_table(_sorted(rows, sort), night, sort, grant),
        chart=_chart(series, night),
        top=_top(rows),
    )


def _opens_wards(grant: Grant) -> bool:
    """Whether the role opens the desk of a commune; a leader sees numbers only."""
    return grant.holding.role != "province-leader"


def _sort(request: HttpRequest) -> str:
    asked = request.GET.get("sort", FIRST)
    return asked if asked.lstrip("-") in ORDER else FIRST


def _wards(counted: Mapping[str, Tally], now: datetime) -> list[WardRow]:
    """Every commune of the province, also those of which nothing was counted."""
    units = commune_units(timezone.localdate(now)).order_by("code")
    return [(unit.code, _short(unit.name), counted.get(unit.code, NOTHING)) for unit in units]


def _sorted(rows: Sequence[WardRow], sort: str) -> list[WardRow]:
    """Rows by one of ORDER (`-` first for the highest first); where nothing is known they come last either way."""
    key = ORDER[sort.lstrip("-")]
    told = [row for row in rows if key(row) is not None and (sort.lstrip("-") == "ward" or row[2] != NOTHING)]
    untold = [row for row in rows if row not in told]
    return [*sorted(told, key=key, reverse=sort[0] == "-"), *untold]


def _short(name: str) -> str:
    """A commune police's name without "Công an"."""
    short = name.removeprefix("Công an ")
    return short[:1].upper() + short[1:]


def _tiles(one: Tally) -> list[Stat]:
    share = one.on_time_share
    return [
        Stat(_("Khách"), one.guests, "", "", "plain", "users"),
        Stat(_("Người nước ngoài"), one.foreigners, "", "", "info", "id-card"),
        Stat(_("Cơ sở đã báo"), one.reported, _("trong %(n)d cơ sở") % {"n": one.expected}, "", "good", "circle-check"),
        Stat(_("Cơ sở chưa báo"), one.silent, "", "", "bad" if one.silent else "plain", "triangle-alert"),
        Stat(_("Thông báo đúng hạn"), percent(share), "", "", "plain", "clock"),
    ]


def percent(share: float | None) -> str:
    """0.985 → "98,5%" in Vietnamese; nothing where there is nothing to share."""
    return "" if share is None else f"{number(round(share * 100, 1))}%"


def _map(rows: Sequence[WardRow], night: date, *, linked: bool) -> list[dict[str, Any]]:
    """One tile a commune, in the order of the codes: darker for more guests, with a mark where somebody is silent."""
    highest = max((tally.guests for _code, _name, tally in rows), default=0)
    return [
        {
            "name": name,
            "guests": tally.guests,
            "silent": tally.silent,
            "step": 0 if not tally.guests else max(1, -(-STEPS * tally.guests // highest)),
            "url": _ward_url(code, night) if linked else "",
        }
        for code, name, tally in rows
    ]


def _ward_url(code: str, night: date) -> str:
    return f"{reverse('lodging:board', args=[code])}?night={night:%d/%m/%Y}"


def _table(rows: Sequence[WardRow], night: date, sort: str, grant: Grant) -> Table:
    columns = [
        Column(_("Xã, phường"), sort="ward"),
        Column(_("Khách"), "number", sort="guests"),
        Column(_("Nước ngoài"), "number", sort="foreigners"),
        Column(_("Chậm"), "number", sort="late"),
        Column(_("Cơ sở đã báo"), "number", sort="reported"),
        Column(_("Cơ sở chưa báo"), "number", sort="silent"),
        Column(_("Đúng hạn"), "number", sort="on_time"),
    ]
    linked = _opens_wards(grant)
    lines = [
        Row(
            [
                Cell(name, note=code),
                tally.guests,
                Cell(tally.foreigners, url=_foreigners_url(code, night) if linked and tally.foreigners else ""),
                tally.late,
                tally.reported,
                tally.silent,
                percent(tally.on_time_share),
            ],
            _ward_url(code, night) if linked else "",
        )
        for code, name, tally in rows
    ]
    return Table(_("Đêm theo xã, phường"), columns, lines, sort=sort, name="wards")


def _foreigners_url(code: str, night: date) -> str:
    """The foreigners of a commune's night, each with the clock that the law started for them."""
    return f"{reverse('lodging:night_stays', args=[code])}?kind=foreigner&night={night:%d/%m/%Y}"


def _chart(series: Mapping[date, Tally], night: date) -> str:
    nights = [night - timedelta(days=back) for back in range(NIGHTS - 1, -1, -1)]
    guests = [series[one].guests if one in series else None for one in nights]
    foreigners = [series[one].foreigners if one in series else None for one in nights]
    lines = [(_("Khách"), guests), (_("Người nước ngoài"), foreigners)]
    return line_chart(_("Khách trong 30 đêm"), [f"{one:%d/%m}" for one in nights], lines, name="nights")


def _top(rows: Sequence[WardRow]) -> str:
    busiest = sorted((row for row in rows if row[2].guests), key=lambda one: -one[2].guests)[:4]
    points = [(name.removeprefix("Phường ").removeprefix("Xã "), tally.guests) for _code, name, tally in busiest]
    return bar_chart(_("Nơi đông khách nhất"), points, name="busiest") if busiest else ""


@require_safe
@guarded("province.read", "province", purpose="statistics")
def discipline_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """How well the duty is kept, by ward, over the last 7 or 30 whole nights."""
    now = timezone.now()
    span = next((one for one in SPANS if str(one) == request.GET.get("span")), SPANS[0])
    last = night_of(now) - timedelta(days=1)
    rows = _wards(province.of_ward(grant, last - timedelta(days=span - 1), last), now)
    asked = request.GET.get("sort", "share")
    sort = asked if asked.lstrip("-") in ORDER else "share"
    columns = [
        Column(_("Xã, phường"), sort="ward"),
        Column(_("Tỷ lệ đêm có báo"), "number", sort="share"),
        Column(_("Đêm im lặng"), "number", sort="silent"),
        Column(_("Đêm đã báo"), "number", sort="reported"),
        Column(_("Thông báo đúng hạn"), "number", sort="on_time"),
        Column(_("Thông báo chậm"), "number", sort="late"),
        Column(_("Khách"), "number", sort="guests"),
    ]
    lines = [Row(_discipline(name, code, tally)) for code, name, tally in _sorted(rows, sort)]
    table = Table(_("Chấp hành thông báo lưu trú theo xã, phường"), columns, lines, sort=sort, name="discipline")
    spans = [Link(_("%(n)d đêm") % {"n": one}, f"?span={one}", one == span) for one in SPANS]
    first = last - timedelta(days=span - 1)
    return desk_page(request, grant, "discipline", here="discipline", table=table, spans=spans, first=first, last=last)


def _discipline(name: str, code: str, tally: Tally) -> list[object]:
    return [
        Cell(name, note=code),
        percent(tally.reported_share),
        tally.silent,
        tally.reported,
        percent(tally.on_time_share),
        tally.late,
        tally.guests,
    ]


class OutageForm(forms.Form):
    """From when until when notifications could not be received, and why, for everybody to read."""

    first_day = DayField(label=gettext_lazy("Bắt đầu ngày"))
    first_clock = ClockField(label=gettext_lazy("Lúc"))
    last_day = DayField(label=gettext_lazy("Kết thúc ngày"), required=False)
    last_clock = ClockField(label=gettext_lazy("Lúc"), required=False)
    cause_vi = forms.CharField(
        label=gettext_lazy("Nguyên nhân, bằng tiếng Việt"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    cause_en = forms.CharField(
        label=gettext_lazy("Nguyên nhân, bằng tiếng Anh"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def span(self) -> tuple[datetime, datetime | None]:
        """The beginning and, where it has ended, the end of a valid form."""
        got = self.cleaned_data
        begins = datetime.combine(got["first_day"], got["first_clock"], VIETNAM)
        ended = got["last_day"] and got["last_clock"]
        return begins, datetime.combine(got["last_day"], got["last_clock"], VIETNAM) if ended else None


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("outage.publish", "province")
def publish_outage(request: HttpRequest, grant: Grant) -> HttpResponse:
    """Put a time without reception into the public ledger, which protects the hosts it kept from notifying."""
    now, form = timezone.now(), OutageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        begins, ends = form.span()
        got = form.cleaned_data
        answer = publish(
            by=grant, starts_at=begins, ends_at=ends, cause_vi=got["cause_vi"], cause_en=got["cause_en"], at=now
        )
        if not isinstance(answer, Refusal):
            return redirect("lodging:outages")
        form.add_error(None, words(answer))
    return desk_page(request, grant, "outage", here="publish_outage", form=form)
