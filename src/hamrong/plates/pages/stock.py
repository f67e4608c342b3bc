"""The province's pools: what remains, how long it lasts, and the history of each."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from io import BytesIO
from typing import Final, NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamrong.access.actors import Grant
from hamrong.access.decisions import beside
from hamrong.access.web import guarded
from hamrong.plates.forecast import LOOKED_AT, Forecast, forecast, of_series
from hamrong.plates.models import Pool
from hamrong.plates.pages.delays import unexplained
from hamrong.plates.pages.frame import desk_page
from hamrong.plates.pages.public import history
from hamrong.plates.queries import lists, log, pools
from hamrong.plates.queries.pools import Series
from hamrong.plates.wording import event_word, pool_name
from hamrong.ui.answers import as_file
from hamrong.ui.charts import bar_chart
from hamrong.ui.formats import number
from hamrong.ui.parts import Cell, Column, Link, Row, Stat, Table
from hamrong.ui.sheets import TYPES, Line, write_csv

SOON: Final = 180
"""Days before a pool is empty in which it is marked."""

CHARTED: Final = 40
"""Series of a pool that a picture can tell apart; of more only the table is shown."""

YEARS: Final = 3
"""From so many years on, what is left is told in years."""


@require_safe
@guarded("pool.read", "province", purpose="statistics")
def stock_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """All pools at a glance: what remains, what is set aside, and until when each lasts."""
    now, there = timezone.now(), pools.pools(settings.HAMRONG_PROVINCE)
    foreseen = _foreseen(there, now)
    aside = pools.set_aside()
    rows = [
        Row(
            [
                Cell(pool_name(one), note=one.code), one.remaining, aside.get(one.code, 0), one.draws,
                _rate(foreseen[one.code]), _until(foreseen[one.code]),
            ],
            reverse("plates:stock_pool", args=[one.code]),
        )
        for one in there
    ]  # fmt: skip
    columns = [
        Column(_("Kho")), Column(_("Còn lại"), "number"), Column(_("Để riêng đấu giá"), "number"),
        Column(_("Đã bấm"), "number"), Column(_("Mỗi ngày"), "number"), Column(_("Dự kiến hết")),
    ]  # fmt: skip
    table = Table(
        _("Các kho số"), columns, rows, empty=_("Chưa mở kho nào"),
        empty_hint=_("Mở kho đầu tiên từ những sê-ri mà tỉnh được cấp."), caption_seen=False, name="pools",
    )  # fmt: skip
    chart = bar_chart(
        _("Số còn lại theo kho"), [(pool_name(one), one.remaining) for one in there],
        name="remaining", unit=_("Số còn lại"),
    )  # fmt: skip
    manages = grant.holding.role == "plate-manager"
    return desk_page(
        request, grant, "stock", table=table, chart=chart, tiles=_tiles(there, aside, now), days=LOOKED_AT,
        overdue=log.overdue(now), unexplained=unexplained(now) if manages else [], may_change=manages,
        may_tally=isinstance(beside(grant, "plate.tally"), Grant),
    )  # fmt: skip


def _foreseen(there: Sequence[Pool], now: datetime) -> dict[str, Forecast]:
    """How long each pool lasts, from the draws of the last days, or of all days of a younger pool."""
    drawn, today = pools.drawn_since(_since(now)), timezone.localdate(now)
    return {
        one.code: forecast(one.remaining, drawn.get(one.code, 0), _looked_at(one.code, now), today) for one in there
    }


def _since(now: datetime) -> datetime:
    return now - timedelta(days=LOOKED_AT)


def _looked_at(code: str, now: datetime) -> int:
    """How many days of a pool's draws are looked at."""
    return min(LOOKED_AT, max((now - (pools.opened(code) or now)).days, 1))


def _rate(one: Forecast) -> str:
    return number(round(one.per_day, 1))


def _until(one: Forecast) -> object:
    if one.on is None:
        return _("Chưa thấy trước")
    return Cell(f"{one.on:%d/%m/%Y}", state="due" if (one.days or 0) <= SOON else "", note=_left(one))


def _left(one: Forecast) -> str:
    """How long until then, in years where days would not be grasped."""
    days = one.days or 0
    if days < YEARS * 365:
        return _("%(n)s ngày nữa") % {"n": number(days)}
    return _("khoảng %(n)s năm nữa") % {"n": number(round(days / 365))}


def _tiles(there: Sequence[Pool], aside: dict[str, int], now: datetime) -> list[Stat]:
    today = sum(seal.count for seal in log.of_day(timezone.localdate(now)))
    return [
        Stat(_("Còn lại"), sum(one.remaining for one in there), "", "", "good", "package"),
        Stat(_("Để riêng đấu giá"), sum(aside.values()), "", "", "info", "lock"),
        Stat(_("Đã bấm"), sum(one.draws for one in there), "", "", "plain", "car"),
        Stat(_("Bấm hôm nay"), today, "", reverse("plates:day", args=[timezone.localdate(now)]), "plain", "calendar"),
    ]


@require_safe
@guarded("pool.read", "province", purpose="statistics")
def pool_page(request: HttpRequest, grant: Grant, pool: str) -> HttpResponse:
    """One pool: when it and each of its series run out, its history, and lists that wait for somebody's decision."""
    now, found = timezone.now(), pool_or_404(pool)
    series = pools.series(pool)
    foreseen, whole = _series_foreseen(grant, found, series, now), _foreseen([found], now)[pool]
    waiting = lists.waiting(grant, pool) if grant.holding.role == "plate-manager" else []
    return desk_page(
        request, grant, "stock_pool", pool=found, name=pool_name(found), chart=_chart(series),
        whole=whole, left=_left(whole), drawn=sum(one.drawn for one in foreseen.values()),
        days=_looked_at(pool, now), series=_series(series, foreseen),
        events=history(pools.events(pool)), may_change=grant.holding.role == "plate-manager",
        waiting=[(one, event_word(one.type)) for one in waiting], crumbs=crumbs(found),
    )  # fmt: skip


class Foreseen(NamedTuple):
    """Of a series: how many of its numbers were drawn in the days that are looked at, and until when it lasts."""

    drawn: int
    forecast: Forecast


def _series_foreseen(by: Grant, pool: Pool, series: Sequence[Series], now: datetime) -> Mapping[str, Foreseen]:
    per_day, today = _foreseen([pool], now)[pool.code].per_day, timezone.localdate(now)
    drawn = pools.drawn_by_series(by, pool.code, _since(now))
    return {
        one.name: Foreseen(drawn.get(one.name, 0), of_series(one.remaining, pool.remaining, per_day, today))
        for one in series
    }


@require_safe
@guarded("pool.read", "province", purpose="statistics")
def series_csv(request: HttpRequest, grant: Grant) -> HttpResponse:
    """Every series of the province, or of `?pool=`, with its forecast, as a list that a spreadsheet opens."""
    now, wanted = timezone.now(), request.GET.get("pool", "")
    there = [pool_or_404(wanted)] if wanted else pools.pools(settings.HAMRONG_PROVINCE)
    into = BytesIO()
    head = (
        _("Kho"), _("Sê-ri"), _("Còn lại"), _("Để riêng đấu giá"), _("Đã ra khỏi kho"), _("Đã bấm gần đây"),
        _("Số ngày tính"), _("Dự kiến mỗi ngày"), _("Dự kiến hết"),
    )  # fmt: skip
    write_csv(into, head, (line for one in there for line in _lines(grant, one, now)))
    name = f"kho-bien-so-{timezone.localdate(now):%Y%m%d}.csv"
    return as_file(HttpResponse(into.getvalue(), content_type=TYPES["csv"]), name)


def _lines(by: Grant, pool: Pool, now: datetime) -> Iterator[Line]:
    """The series of a pool in the order of the columns; no day where none is foreseen."""
    series, days = pools.series(pool.code), _looked_at(pool.code, now)
    foreseen = _series_foreseen(by, pool, series, now)
    for one in series:
        drawn, until = foreseen[one.name]
        yield (
            pool.code, one.name, str(one.remaining), str(one.aside), str(one.gone), str(drawn), str(days),
            f"{until.per_day:.3f}", until.on.isoformat() if until.on and one.remaining else "",
        )  # fmt: skip


def crumbs(pool: Pool, last: str = "") -> list[Link]:
    """Where a page of a pool lies."""
    here = [Link(_("Kho biển số"), reverse("plates:stock"))]
    if not last:
        return [*here, Link(pool_name(pool))]
    return [*here, Link(pool_name(pool), reverse("plates:stock_pool", args=[pool.code])), Link(last)]


def pool_or_404(code: str) -> Pool:
    """A pool of this province."""
    found = pools.pool(code)
    if found is None or found.province != settings.HAMRONG_PROVINCE:
        raise Http404
    return found


def _series(series: Sequence[Series], foreseen: Mapping[str, Foreseen]) -> Table:
    columns = [
        Column(_("Sê-ri"), "code"), Column(_("Còn lại"), "number"), Column(_("Để riêng đấu giá"), "number"),
        Column(_("Đã ra khỏi kho"), "number"), Column(_("Đã bấm gần đây"), "number"), Column(_("Dự kiến hết")),
    ]  # fmt: skip
    rows = [
        Row([one.name, one.remaining, one.aside, one.gone, foreseen[one.name].drawn, _ends(one, foreseen[one.name])])
        for one in series
    ]
    return Table(_("Theo sê-ri"), columns, rows, empty=_("Kho chưa có sê-ri nào"), caption_seen=False, name="series")


def _ends(one: Series, foreseen: Foreseen) -> object:
    """Until when a series lasts; one that is empty says what could still come back."""
    if one.remaining:
        return _until(foreseen.forecast)
    if one.aside:
        return Cell(_("Đã hết"), state="closed", note=_("%(n)s số để riêng có thể trở về") % {"n": number(one.aside)})
    return Cell(_("Đã hết"), state="closed")


def _chart(series: Sequence[Series]) -> str:
    if len(series) > CHARTED:
        return ""
    points = [(one.name, float(one.remaining)) for one in series]
    return bar_chart(_("Số còn lại theo sê-ri"), points, name="by-series", unit=_("Số còn lại"))
