"""The province's pools: what remains, how long it lasts, and the history of each."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamrong.access.actors import Grant
from hamrong.access.web import guarded
from hamrong.plates.forecast import LOOKED_AT, Forecast, forecast
from hamrong.plates.models import Pool
from hamrong.plates.pages.delays import unexplained
from hamrong.plates.pages.frame import desk_page
from hamrong.plates.pages.public import history
from hamrong.plates.queries import lists, log, pools
from hamrong.plates.queries.pools import Series
from hamrong.plates.wording import event_word, pool_name
from hamrong.ui.charts import bar_chart
from hamrong.ui.formats import number
from hamrong.ui.parts import Cell, Column, Link, Row, Stat, Table

SOON: Final = 180
"""Days before a pool is empty in which it is marked."""


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
        _("Số còn lại theo kho"), [(one.code.partition("-")[2] or one.code, one.remaining) for one in there],
        name="remaining", unit=_("Số còn lại"),
    )  # fmt: skip
    manages = grant.holding.role == "plate-manager"
    return desk_page(
        request, grant, "stock", table=table, chart=chart, tiles=_tiles(there, aside, now), days=LOOKED_AT,
        overdue=log.overdue(now), unexplained=unexplained(now) if manages else [], may_change=manages,
    )  # fmt: skip


def _foreseen(there: Sequence[Pool], now: datetime) -> dict[str, Forecast]:
    """How long each pool lasts, from the draws of the last days, or of all days of a younger pool."""
    since, today = now - timedelta(days=LOOKED_AT), timezone.localdate(now)
    drawn, found = pools.drawn_since(since), {}
    for one in there:
        opened = pools.opened(one.code) or now
        over = min(LOOKED_AT, max((now - opened).days, 1))
        found[one.code] = forecast(one.remaining, drawn.get(one.code, 0), over, today)
    return found


def _rate(one: Forecast) -> str:
    return number(round(one.per_day, 1))


def _until(one: Forecast) -> object:
    if one.on is None:
        return _("Chưa thấy trước")
    words = _("%(n)s ngày nữa") % {"n": number(one.days or 0)}
    return Cell(f"{one.on:%d/%m/%Y}", state="due" if (one.days or 0) <= SOON else "", note=words)


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
    """One pool: every series, its history, and lists that wait for somebody's decision."""
    found = pool_or_404(pool)
    series = pools.series(pool)
    waiting = lists.waiting(grant, pool) if grant.holding.role == "plate-manager" else []
    return desk_page(
        request, grant, "stock_pool", pool=found, name=pool_name(found), series=_series(series), chart=_chart(series),
        events=history(pools.events(pool)), may_change=grant.holding.role == "plate-manager",
        waiting=[(one, event_word(one.type)) for one in waiting], crumbs=crumbs(found),
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


def _series(series: Sequence[Series]) -> Table:
    columns = [
        Column(_("Sê-ri"), "code"), Column(_("Còn lại"), "number"), Column(_("Để riêng đấu giá"), "number"),
        Column(_("Đã ra khỏi kho"), "number"),
    ]  # fmt: skip
    rows = [Row([one.name, one.remaining, one.aside, one.gone]) for one in series]
    return Table(_("Theo sê-ri"), columns, rows, cards=False, caption_seen=False, name="series")


def _chart(series: Sequence[Series]) -> str:
    points = [(one.name, float(one.remaining)) for one in series]
    return bar_chart(_("Số còn lại theo sê-ri"), points, name="by-series", unit=_("Số còn lại"))
