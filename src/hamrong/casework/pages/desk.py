"""The officer's first page: what is late, what is due, what was offered, what waits for a second person."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.cases.models import Proposal, Transfer
from hamrong.cases.queries import desk
from hamrong.cases.queries.desk import Due
from hamrong.casework.actions.alarms import see
from hamrong.casework.pages import footings
from hamrong.casework.pages.delegations import standing
from hamrong.casework.pages.emergencies import broken
from hamrong.casework.pages.frame import (
    act_words,
    end_of,
    may,
    names,
    page,
    remaining,
    state_of,
    ticked,
    title_of,
    unit_name,
)
from hamrong.casework.pages.orders import of_before
from hamrong.casework.queries.alarms import is_liberty, sounding
from hamrong.law import rule
from hamrong.org.queries import names as unit_names
from hamrong.ui.answers import tell
from hamrong.ui.parts import Cell, Column, Row, Stat, Table

AHEAD: Final = timedelta(days=14)


@require_safe
@guarded("case.list", "own")
def desk_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """Late first, then what sounds, what was put away, what comes next, and what waits for an answer."""
    now, everywhere = timezone.now(), request.GET.get("unit") == "all"
    mine = "" if everywhere or grant.scope_kind != "province" else grant.scope
    found = desk.due(grant, at=now, until=now + AHEAD, unit=mine)
    loud = sounding(grant, found)
    quiet = [one for one in found if one not in loud]
    offered, waiting = desk.offered(grant), desk.waiting(grant, at=now)
    late = [one for one in found if one.is_late]
    enter(grant, subject=f"cases:{grant.scope}", at=now, shown=len(found))
    values = {
        "stats": [*_stats(late, loud, quiet, offered, waiting), *_still(desk.paused(grant, unit=mine))],
        "alarms": _clocks(_("Cần làm ngay"), loud, now, "alarms", bulk="clock"),
        "ahead": _clocks(_("Trong 14 ngày tới"), quiet, now, "ahead"),
        "shaken": footings.table(grant), "offered": _offers(offered), "waiting": _proposals(waiting),
        "firsts": [*broken(grant), *of_before(grant)], "province": grant.scope_kind == "province",
        "lent": standing(grant, timezone.localdate(now)), "can_delegate": may(grant, "post.delegate"),
        "everywhere": everywhere, "can_reorganise": may(grant, "case.reorganise"), "scope": unit_name(grant.scope),
    }  # fmt: skip
    return page(request, "desk", values)


def _stats(
    late: Sequence[Due], loud: Sequence[Due], quiet: Sequence[Due], offered: Sequence[object],
    waiting: Sequence[object],
) -> list[Stat]:  # fmt: skip
    return [
        Stat(_("Quá hạn"), len(late), tone="bad" if late else "good", icon="clock-alert"),
        Stat(_("Cần làm ngay"), len(loud), tone="warn" if loud else "good", icon="bell"),
        Stat(_("Hạn trong 14 ngày"), len(quiet), icon="calendar"),
        Stat(_("Chuyển đến, chờ nhận"), len(offered), url="#offered" if offered else "", icon="inbox"),
        Stat(_("Chờ bạn duyệt"), len(waiting), url="#waiting" if waiting else "", icon="check"),
    ]


def _still(many: int) -> list[Stat]:
    """What the law suspended has no date, and stands in no list of dates."""
    url = f"{reverse('casework:cases')}?stands=paused"
    return [Stat(_("Đang tạm đình chỉ"), many, url=url, icon="circle-pause")] if many else []


def _clocks(title: str, found: Sequence[Due], now: datetime, name: str, bulk: str = "") -> Table:
    columns = [Column(_("Hồ sơ")), Column(_("Việc có hạn")), Column(_("Nhắc"), "day"), Column(_("Hạn"), "day"),
               Column(_("Tình trạng"))]  # fmt: skip
    rows = [_clock(one, now, key=bool(bulk)) for one in found]
    empty = _("Không có hạn nào cần làm ngay") if bulk else _("Không có hạn nào trong 14 ngày tới")
    return Table(title, columns, rows, empty=empty, name=name, bulk=bulk if rows else "")


def _clock(one: Due, now: datetime, *, key: bool) -> Row:
    clock, lang = one.clock, (get_language() or "vi")[:2]
    state = "overdue" if one.is_late else "due" if one.is_urgent else "running"
    liberty = is_liberty(clock.rule)
    word = Cell(remaining(clock.legal, now, hourly=liberty), state=state)
    cells = [
        Cell(one.case.code, note=f"{title_of(one.case)} · {state_of(one.case)}"),
        Cell(rule(clock.rule).title.to(lang), note=_("Quyền tự do của con người: không tắt được") if liberty else ""),
        end_of(clock.strict), end_of(clock.legal), word,
    ]  # fmt: skip
    return Row(cells, reverse("casework:case", args=[one.case.pk]), str(clock.pk) if key and not liberty else "")


def _offers(found: Sequence[Transfer]) -> Table:
    units = unit_names(one.unit for one in found)
    rows = [
        Row([Cell(one.code, note=one.reason), units[one.unit], one.offered_at],
            reverse("casework:transfer", args=[one.pk]))
        for one in found
    ]  # fmt: skip
    columns = [Column(_("Hồ sơ")), Column(_("Từ đơn vị")), Column(_("Chuyển lúc"), "day")]
    return Table(_("Chuyển đến, chờ bạn nhận"), columns, rows, name="offered")


def _proposals(found: Sequence[Proposal]) -> Table:
    who = names(one.proposed_by for one in found)
    rows = [
        Row([Cell(one.case.code, note=title_of(one.case)), act_words(one.case, one.act),
             who.get(one.proposed_by, one.proposed_by), one.expires_at],
            reverse("casework:proposal", args=[one.pk]))
        for one in found
    ]  # fmt: skip
    columns = [Column(_("Hồ sơ")), Column(_("Đề xuất")), Column(_("Người đề xuất")), Column(_("Duyệt trước"), "day")]
    return Table(_("Chờ bạn duyệt"), columns, rows, name="waiting")


@require_POST
@guarded("case.seen", "own")
def seen_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """Put away the alarms that were ticked."""
    count = see(by=grant, clocks=ticked(request, "clock"), at=timezone.now())
    tell(request, count, _("Đã cất %(count)s nhắc việc. Khi ngày thay đổi, việc đó được nhắc lại.") % {"count": count})
    return redirect("casework:desk")
