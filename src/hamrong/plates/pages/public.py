"""What everybody may read: how numbers are drawn, all draws of a day without names, what happened to each pool."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamrong.access.web import open_to_all
from hamrong.org.queries import unit
from hamrong.plates import alarm
from hamrong.plates.models import Event, Pool, Seal
from hamrong.plates.pages.delays import by_name
from hamrong.plates.queries import log, pools
from hamrong.plates.queries.log import Drawn
from hamrong.plates.wording import event_word, local, plate, pool_name
from hamrong.ui.answers import as_file
from hamrong.ui.parts import Cell, Column, Pager, Row, Table
from hamrong.ui.sheets import TYPES, write_csv

SHOWN: Final = 100
OPEN: Final = 40
"""Series of a pool that its page lists openly; more are folded away."""

HEAD: Final = (
    "drawn_at", "pool", "seq", "office", "n", "k", "number", "level", "sealed_at", "source", "round", "seal", "nonce",
    "nullifier", "commit", "value", "proof",
)  # fmt: skip


@require_safe
@open_to_all
def about(request: HttpRequest) -> HttpResponse:
    """How a number is drawn, in plain words; the pools, today's draws, and places that wait too long."""
    now = timezone.now()
    shown = {
        "pools": [(one, pool_name(one)) for one in pools.pools(settings.HAMRONG_PROVINCE)],
        "today": timezone.localdate(now),
        "drawn": sum(seal.count for seal in log.of_day(timezone.localdate(now))),
        "overdue": by_name(log.overdue(now)),
        "minutes": alarm.MINUTES,
    }
    return render(request, "plates/public/about.html", shown)


@require_safe
@open_to_all
def day(request: HttpRequest, day: date) -> HttpResponse:
    """All draws of a day in their order, page by page; of a day without any, why, and the way to the last one with."""
    seals, overdue = _seals(day), log.overdue(timezone.now())
    total = sum(seal.count for seal in seals)
    shown = {
        "day": day, "overdue": by_name([seal for seal in overdue if local(seal.at).date() == day]),
        "minutes": alarm.MINUTES, **_around(day),
    }  # fmt: skip
    if not total:
        why, hint = _none(day)
        return render(
            request, "plates/public/day_none.html", {**shown, "why": why, "hint": hint, "last": log.last_day()}
        )
    start = _start(request, total)
    kinds = {one.code: one for one in pools.pools(settings.HAMRONG_PROVINCE)}
    found = list(log.draws(log.portion(seals, start, SHOWN)))
    following = start + len(found)
    pager = Pager(
        before=str(max(start - SHOWN, 0)) if start else "", after=str(following) if following < total else "",
        shown=len(found), total=total,
    )  # fmt: skip
    return render(request, "plates/public/day.html", {**shown, "table": _table(found, kinds, pager)})


def _seals(day: date) -> Sequence[Seal]:
    """The batches of a day; none, without asking, of a day on which there can be none."""
    opened = pools.first_opened()
    return log.of_day(day) if opened and opened <= day <= timezone.localdate() else []


def _none(day: date) -> tuple[str, str]:
    """Why a day has no draws, and what else there is to say."""
    opened = pools.first_opened()
    if day > timezone.localdate():
        return _("Ngày này chưa đến"), _("Lượt bấm của một ngày hiện ra ở đây ngay khi có số.")
    if opened is None:
        return _("Chưa mở kho số nào"), _("Kho mở rồi thì chủ xe mới bấm được số.")
    if day < opened:
        told = _("Kho số đầu tiên mở ngày %(day)s.") % {"day": f"{opened:%d/%m/%Y}"}
        return _("Ngày này chưa mở kho số nào"), told
    return _("Ngày này không có lượt bấm nào"), ""


def _around(day: date) -> dict[str, date | None]:
    """The days before and after, as far as they can have draws."""
    opened, today = pools.first_opened(), timezone.localdate()
    return {
        "before": day - timedelta(days=1) if opened and opened < day <= today else None,
        "after": day + timedelta(days=1) if opened and opened <= day < today else None,
    }


def _start(request: HttpRequest, total: int) -> int:
    """From which draw of the day on; the first for anything that is no number of one."""
    asked = request.GET.get("after") or request.GET.get("before") or "0"
    start = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 0
    return start if start < total else 0


def _table(found: Sequence[Drawn], kinds: dict[str, Pool], pager: Pager) -> Table:
    offices = {code: named.name if (named := unit(code)) else code for code in {one.request["office"] for one in found}}
    columns = [
        Column(_("Biển số")), Column(_("Lúc"), "day"), Column(_("Kho")), Column(_("Thứ tự"), "number"),
        Column(_("Số thứ"), "number"), Column(_("Trong"), "number"), Column(_("Mức")), Column(_("Nơi đăng ký")),
    ]  # fmt: skip
    return Table(
        _("Các lượt bấm, theo thứ tự ra số"), columns, [_line(one, kinds, offices) for one in found],
        pager=pager, caption_seen=False,
    )  # fmt: skip


def _line(one: Drawn, kinds: dict[str, Pool], offices: dict[str, str]) -> Row:
    draw, pool = one.draw, kinds.get(one.draw["pool"])
    return Row(
        [
            plate(draw["number"], pool.kind if pool else ""), f"{local(one.at):%H:%M:%S}",
            Cell(pool_name(pool) if pool else draw["pool"], url=reverse("plates:pool", args=[draw["pool"]])),
            draw["seq"], draw["k"], draw["n"], draw["level"], offices[one.request["office"]],
        ],
        f"{reverse('plates:check')}?pool={draw['pool']}&seq={draw['seq']}",
    )  # fmt: skip


@require_safe
@open_to_all
def day_csv(request: HttpRequest, day: date) -> HttpResponse:
    """The draws of a day as a list that a spreadsheet opens."""
    into = BytesIO()
    write_csv(into, HEAD, ([str(value) for value in _facts(one).values()] for one in _whole(day)))
    return _file(into.getvalue(), TYPES["csv"], f"bien-so-{day.isoformat()}.csv")


@require_safe
@open_to_all
def day_json(request: HttpRequest, day: date) -> HttpResponse:
    """The draws of a day for programs: the same facts, as a JSON list."""
    content = json.dumps([_facts(one) for one in _whole(day)], ensure_ascii=False, separators=(",", ":"))
    return _file(content.encode(), "application/json", f"bien-so-{day.isoformat()}.json")


@require_safe
@open_to_all
def waiting_json(request: HttpRequest) -> HttpResponse:
    """The batches that wait too long for their numbers, for programs; `waiting` is empty where all is well.

    Each request stands with the index of its entry in the log, so that it is known for good that it was due.
    """
    now = timezone.now()
    waiting = [
        {
            "pool": seal.pool, "first": seal.first, "count": seal.count, "seal": seal.leaf, "source": seal.source,
            "round": seal.round, "sealed_at": f"{seal.at:%Y-%m-%dT%H:%M:%SZ}",
            "requests": list(range(seal.leaf - seal.count, seal.leaf)),
        }
        for seal in log.overdue(now)
    ]  # fmt: skip
    told = {"at": f"{now:%Y-%m-%dT%H:%M:%SZ}", "after_minutes": alarm.MINUTES, "waiting": waiting}
    answer = HttpResponse(json.dumps(told, separators=(",", ":")), content_type="application/json")
    answer["Cache-Control"] = "no-store"
    return answer


def _whole(day: date) -> Sequence[Drawn]:
    seals = _seals(day)
    return list(log.draws(log.portion(seals, 0, sum(seal.count for seal in seals))))


def _facts(one: Drawn) -> dict[str, object]:
    """A draw in the order of `HEAD`."""
    request, seal, draw = one.request, one.seal, one.draw
    told: tuple[object, ...] = (
        f"{one.at:%Y-%m-%dT%H:%M:%SZ}", draw["pool"], draw["seq"], request["office"], draw["n"], draw["k"],
        draw["number"], draw["level"], f"{seal.at:%Y-%m-%dT%H:%M:%SZ}", seal.source, seal.round, seal.leaf,
        request["nonce"], request["nullifier"], request["commit"], draw["value"], draw["proof"],
    )  # fmt: skip
    return dict(zip(HEAD, told, strict=True))


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return as_file(HttpResponse(content, content_type=kind), name, public=True)


@require_safe
@open_to_all
def pool(request: HttpRequest, pool: str) -> HttpResponse:
    """What remains of a pool by series, and all that ever happened to it, each with its legal basis and its file."""
    found = _pool(pool)
    series = Table(
        _("Số còn lại theo sê-ri"),
        [Column(_("Sê-ri"), "code"), Column(_("Còn lại"), "number"), Column(_("Để riêng đấu giá"), "number"),
         Column(_("Đã ra khỏi kho"), "number")],
        [Row([one.name, one.remaining, one.aside, one.gone]) for one in pools.series(pool)],
        figures=True, name="series",
    )  # fmt: skip
    shown = {"pool": found, "name": pool_name(found), "events": history(pools.events(pool)), "series": series}
    shown["folded"] = len(series.rows) > OPEN
    return render(request, "plates/public/pool.html", shown)


def history(events: Sequence[Event]) -> Table:
    """The events of a pool as a table, each with the file of its numbers."""
    rows = [
        Row(
            [
                Cell(event_word(one.type), note=one.note), one.on, one.count, one.remaining,
                Cell(one.document, note=one.basis),
                Cell(_("Tải danh sách số"), url=reverse("plates:pool_file", args=[one.pool, one.event])),
            ]
        )
        for one in events
    ]  # fmt: skip
    columns = [
        Column(_("Việc")), Column(_("Ngày"), "day"), Column(_("Số lượng"), "number"),
        Column(_("Còn lại sau đó"), "number"), Column(_("Căn cứ")), Column(_("Tệp")),
    ]  # fmt: skip
    return Table(_("Lịch sử của kho, mới nhất trước"), columns, rows, caption_seen=False, name="events")


def _pool(code: str) -> Pool:
    found = pools.pool(code)
    if found is None:
        raise Http404
    return found


@require_safe
@open_to_all
def pool_file(request: HttpRequest, pool: str, event: int) -> HttpResponseBase:
    """The numbers of an event, as its SHA-256 in the public log names them."""
    found = pools.event(pool, event)
    if found is None:
        raise Http404
    response = StreamingHttpResponse(pools.file(found.file), content_type="text/plain; charset=utf-8")
    response.headers["ETag"] = f'"{found.file}"'
    return as_file(response, f"{pool}-{event}.txt", public=True)
