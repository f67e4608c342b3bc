"""Batches that waited too long for their numbers, for ever and for everybody, and what the office said about them."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamrong.access.actors import Grant, Refusal
from hamrong.access.web import guarded, open_to_all
from hamrong.plates import alarm
from hamrong.plates.actions.remarks import remark
from hamrong.plates.forms.remarks import RemarkForm
from hamrong.plates.models import Pool, Seal
from hamrong.plates.pages.frame import desk_page
from hamrong.plates.queries import delays, pools
from hamrong.plates.queries.delays import Delay
from hamrong.plates.wording import pool_name
from hamrong.ui.answers import tell, words
from hamrong.ui.formats import number, span
from hamrong.ui.parts import Event, Link, Pager

SHOWN: Final = 20
PLACES: Final = 18
"""Digits of an index of the log."""


@require_safe
@open_to_all
def delays_page(request: HttpRequest) -> HttpResponse:
    """Every delay, the latest first, each as it went: sealed, alarm, numbers, and what the office said."""
    now, asked = timezone.now(), request.GET.get("after", "")
    before = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= PLACES else None
    found = delays.delays(now, before, SHOWN + 1)
    kinds = _kinds()
    shown = found[:SHOWN]
    pager = Pager(
        after=str(shown[-1].seal.leaf) if len(found) > SHOWN else "", shown=len(shown), total=delays.count(now)
    )
    return render(
        request, "plates/public/delays.html",
        {"delays": [(one, _title(one, kinds), course(one)) for one in shown], "pager": pager, "minutes": alarm.MINUTES},
    )  # fmt: skip


def _kinds() -> dict[str, Pool]:
    return {one.code: one for one in pools.pools(settings.HAMRONG_PROVINCE)}


def _title(one: Delay, kinds: dict[str, Pool]) -> str:
    told = {"pool": _named(one.seal, kinds), "wait": span(int(one.waited.total_seconds() // 60))}
    return _("%(pool)s: chờ %(wait)s") % told


def _named(seal: Seal, kinds: dict[str, Pool]) -> str:
    pool = kinds.get(seal.pool)
    return pool_name(pool) if pool else seal.pool


def by_name(seals: Sequence[Seal]) -> list[tuple[Seal, str]]:
    """Batches that wait too long for their numbers, each with what its pool is called; for `public/late.html`."""
    kinds = _kinds() if seals else {}
    return [(seal, _named(seal, kinds)) for seal in seals]


def course(one: Delay) -> list[Event]:
    """What happened to a batch that waited too long, in its order."""
    seal = one.seal
    places = {"n": number(seal.count), "first": number(seal.first), "leaf": number(seal.leaf)}
    told = [
        Event(_("Chốt thứ tự"), seal.at, note=_("%(n)s lượt, từ lượt số %(first)s; mục %(leaf)s của sổ") % places),
        Event(_("Quá hạn: báo cho mọi người"), seal.at + alarm.AFTER, tone="bad"),
    ]
    if seal.drawn_at:
        told.append(Event(_("Ra số theo đúng thứ tự đã chốt"), seal.drawn_at, tone="good"))
    told += [Event(_("Công an giải trình"), each.at, note=each.text) for each in one.remarks]
    return sorted(told, key=lambda each: each.at)  # type: ignore[arg-type,return-value]


@require_safe
@open_to_all
def delays_json(request: HttpRequest) -> HttpResponse:
    """Every delay for programs, the latest first; `drawn_at` is null while it waits, `minutes` so far."""
    now = timezone.now()
    told = {"at": _instant(now), "after_minutes": alarm.MINUTES, "delays": [_facts(one) for one in delays.delays(now)]}
    content = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    answer = HttpResponse(content, content_type="application/json")
    answer["Cache-Control"] = "no-store"
    return answer


def _facts(one: Delay) -> dict[str, object]:
    seal = one.seal
    return {
        "pool": seal.pool, "first": seal.first, "count": seal.count, "seal": seal.leaf, "sealed_at": _instant(seal.at),
        "drawn_at": seal.drawn_at and _instant(seal.drawn_at), "draws": seal.drawn_leaf,
        "minutes": int(one.waited.total_seconds() // 60),
        "said": [
            {"at": _instant(each.at), "by": each.unit, "entry": each.leaf, "text": each.text} for each in one.remarks
        ],
    }  # fmt: skip


def _instant(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def unexplained(now: datetime) -> list[Link]:
    """The latest delays about which the office has said nothing yet, each with where it may."""
    kinds = _kinds()
    late = [one for one in delays.delays(now, most=SHOWN) if not one.remarks]
    return [Link(_title(one, kinds), reverse("plates:remark", args=[one.seal.leaf])) for one in late]


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("pool.remark", "province")
def remark_page(request: HttpRequest, grant: Grant, seal: int) -> HttpResponse:
    """The manager of pools says in public why a batch waited too long."""
    now, form = timezone.now(), RemarkForm(request.POST or None)
    found = next(iter(delays.delays(now, seal + 1, 1)), None)
    if found is None or found.seal.leaf != seal:
        raise Http404
    if form.is_bound and form.is_valid():
        answer = remark(by=grant, seal=seal, text=form.cleaned_data["text"], at=now)
        if not isinstance(answer, Refusal):
            tell(request, answer, _("Đã công bố lời giải trình."))
            return redirect("plates:stock")
        form.add_error(None, words(answer))
    return desk_page(
        request, grant, "remark", form=form, name=_title(found, _kinds()), course=course(found),
        crumbs=[Link(_("Kho biển số"), reverse("plates:stock")), Link(_("Giải trình ra số chậm"))],
        back_url=reverse("plates:stock"), layout="ui/desk.html", submit_label=_("Công bố"),
    )  # fmt: skip
