"""The officer's first page: what is late, what is due, what was offered, what waits for a second person."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

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
from hamrong.cases.actions.transfers import MANY
from hamrong.cases.courses import course
from hamrong.cases.models import Proposal, Transfer
from hamrong.cases.queries import desk
from hamrong.cases.queries.desk import Due
from hamrong.casework.actions.alarms import see
from hamrong.casework.pages import footings, lasting
from hamrong.casework.pages.delegations import standing
from hamrong.casework.pages.emergencies import broken
from hamrong.casework.pages.frame import (
    act_words,
    end_of,
    may,
    names,
    page,
    posts,
    remaining,
    state_of,
    ticked,
    title_of,
    unit_name,
    units_of,
    why,
)
from hamrong.casework.pages.liberty import climbing, never_silent
from hamrong.casework.pages.orders import of_before
from hamrong.casework.queries.alarms import is_liberty, rung_of, sounding
from hamrong.law import is_doubted, rule
from hamrong.org.queries import names as unit_names
from hamrong.ui.answers import tell
from hamrong.ui.parts import Cell, Column, Row, Stat, Table

AHEAD: Final = timedelta(days=14)


@require_safe
@guarded("case.list", "own")
def desk_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """What waits for the reader's answer, what their post has to do now and next; then what others have to do."""
    now, everywhere, ours = timezone.now(), request.GET.get("unit") == "all", units_of(grant)
    units = [] if everywhere else ours
    found = desk.due(grant, at=now, until=now + AHEAD, units=units)
    asked = desk.asked_for(grant, found, at=now)
    mine = [one for one in found if one.case.pk not in asked and desk.is_theirs(grant, one, ours)]
    loud = sounding(grant, mine)
    quiet = [one for one in mine if one not in loud]
    others = [one for one in found if one not in mine]
    offered, waiting = desk.offered(grant), desk.waiting(grant, at=now)
    late = [one for one in found if one.is_late]
    enter(grant, subject=f"cases:{grant.scope}", at=now, shown=len(found))
    values = {
        "stats": [*_stats(late, loud, quiet, offered, waiting), *_still(desk.paused(grant, units=units)),
                  *_sent_round(desk.sent_round(grant, MANY))],
        **lasting.of_desk(grant, units, timezone.localdate(now)),
        "alarms": _clocks(_("Cần làm ngay"), loud, now, "alarms", bulk="clock"),
        "ahead": _clocks(_("Trong 14 ngày tới"), quiet, now, "ahead"),
        "others": _others(others, asked, now, ours, everywhere=everywhere), "busy": bool(mine), "count": len(others),
        "doubted": any(is_doubted(one.clock.law_version) for one in late),
        "shaken": footings.table(grant), "offered": _offers(offered, may(grant, "case.receive")),
        "returned": _returned(desk.returned(grant)),
        "waiting": _proposals(waiting),
        "firsts": [*climbing(grant), *broken(grant), *of_before(grant)], "province": grant.scope_kind == "province",
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


def _sent_round(many: int) -> list[Stat]:
    """Cases that were sent on again and again: the alarm of the third transfer."""
    url = f"{reverse('casework:cases')}?stands=moved"
    return [Stat(_("Đã chuyển từ ba lần"), many, url=url, tone="warn", icon="bell")] if many else []


def _clocks(title: str, found: Sequence[Due], now: datetime, name: str, bulk: str = "") -> Table:
    columns = [Column(_("Hồ sơ")), Column(_("Việc có hạn")), Column(_("Nhắc"), "day"), Column(_("Hạn"), "day"),
               Column(_("Tình trạng"))]  # fmt: skip
    rows = [_clock(one, now, key=bool(bulk)) for one in found]
    empty = _("Không có hạn nào cần làm ngay") if bulk else _("Không có hạn nào trong 14 ngày tới")
    return Table(title, columns, rows, empty=empty, name=name, bulk=bulk if rows else "")


def _clock(one: Due, now: datetime, *, key: bool) -> Row:
    clock, liberty = one.clock, is_liberty(one.clock.rule)
    cells = [_case(one), _what(one), end_of(clock.strict), _why(one), _left(one, now)]
    return Row(cells, reverse("casework:case", args=[one.case.pk]), str(clock.pk) if key and not liberty else "")


def _case(one: Due, unit: str = "") -> Cell:
    parts = (title_of(one.case), state_of(one.case), unit)
    return Cell(one.case.code, note=" · ".join(part for part in parts if part))


def _why(one: Due) -> Cell:
    """The date, which leads to its reasons."""
    return Cell(end_of(one.clock.legal), why(one.case.pk, one.clock.rule))


def _what(one: Due) -> Cell:
    liberty = never_silent(rung_of(one)) if is_liberty(one.clock.rule) else ""
    return Cell(rule(one.clock.rule).title.to((get_language() or "vi")[:2]), note=liberty)


def _left(one: Due, now: datetime) -> Cell:
    state = "overdue" if one.is_late else "due" if one.is_urgent or rung_of(one) else "running"
    return Cell(remaining(one.clock.legal, now, hourly=is_liberty(one.clock.rule)), state=state)


def _others(
    found: Sequence[Due], asked: Mapping[UUID, Proposal], now: datetime, ours: Collection[str],
    *, everywhere: bool,
) -> Table:  # fmt: skip
    """What others have to do, the earliest first, with whose turn it is."""
    columns = [Column(_("Hồ sơ")), Column(_("Việc có hạn")), Column(_("Hạn"), "day"), Column(_("Tình trạng")),
               Column(_("Ai làm"))]  # fmt: skip
    units = unit_names(one.case.unit for one in found) if everywhere else {}
    rows = [
        Row([_case(one, units.get(one.case.unit, "")), _what(one), _why(one), _left(one, now),
             _turn(one, asked.get(one.case.pk), "province" if one.case.unit in ours else "ward")],
            reverse("casework:case", args=[one.case.pk]))
        for one in found
    ]  # fmt: skip
    return Table(_("Việc của người khác"), columns, rows, name="others", dense=True, caption_seen=False)


def _turn(one: Due, proposal: Proposal | None, level: str) -> Cell:
    """Whose turn it is, of the posts of the level that has the case; where a proposal waits, who answers it."""
    if proposal is None:
        return Cell(posts((role for step in desk.steps_for(one) for role in step.roles), level))
    row = course(one.case.course).step(proposal.act, one.case.state)
    waits = _("Chờ duyệt: %(act)s") % {"act": act_words(one.case, proposal.act)}
    return Cell(posts(row.approvers if row else (), level), note=waits)


def _offers(found: Sequence[Transfer], can: bool) -> Table:
    units = unit_names(one.unit for one in found)
    rows = [
        Row([Cell(one.code, note=one.reason), units[one.unit], one.offered_at],
            reverse("casework:transfer", args=[one.pk]))
        for one in found
    ]  # fmt: skip
    columns = [Column(_("Hồ sơ")), Column(_("Từ đơn vị")), Column(_("Chuyển lúc"), "day")]
    title = _("Chuyển đến, chờ bạn nhận") if can else _("Chuyển đến, chờ lãnh đạo đơn vị bạn nhận")
    return Table(title, columns, rows, name="offered")


def _returned(found: Sequence[Transfer]) -> Table:
    """What another unit did not take over: it is still here, and so are its clocks."""
    units = unit_names(one.receiver for one in found)
    rows = [
        Row([Cell(one.code, note=one.answer), units[one.receiver], one.decided_at],
            reverse("casework:case", args=[one.case_id]))
        for one in found
    ]  # fmt: skip
    columns = [Column(_("Hồ sơ")), Column(_("Đơn vị không nhận")), Column(_("Trả lại lúc"), "day")]
    return Table(_("Đơn vị khác không nhận, hồ sơ vẫn ở đơn vị bạn"), columns, rows, name="returned")


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
