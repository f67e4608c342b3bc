"""Acts of the province for many cases at once: a reorganisation, and new dates under a changed law or calendar."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from itertools import islice
from typing import Final

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hamrong.access.actors import Grant, Refusal
from hamrong.access.decisions import beside
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.cases.actions import reckoning, transfers
from hamrong.cases.actions.reckoning import Moved
from hamrong.cases.dates import keepings
from hamrong.cases.queries import ending
from hamrong.casework.forms import MoveForm, SignForm
from hamrong.casework.pages.frame import last_day, page, unit_choices
from hamrong.law import rule
from hamrong.org.queries import ended, names
from hamrong.ui.answers import as_file, tell, words
from hamrong.ui.firsts import First
from hamrong.ui.formats import day
from hamrong.ui.parts import Cell, Column, Row, Table
from hamrong.ui.sheets import TYPES, write_csv, write_xlsx

AT_ONCE: Final = 10_000
"""So many changes are signed at once; the rest come after."""

SHOWN: Final = 500
"""So many of them are on the page; the file has all that are signed."""


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("case.reorganise", "province")
def move_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """First which units and by which order; then how many cases that are; then the act."""
    today = timezone.localdate()
    having = set(ending.unfinished(grant).values_list("unit", flat=True).distinct())
    called = names(having - {grant.scope})
    form = MoveForm(_ceased_first(called, today), unit_choices(today, departments=False), request.POST or None)
    counts: list[tuple[str, int, bool]] = []
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        if request.POST.get("do") == "sign":
            successors = dict.fromkeys(got["old"], got["new"])
            answer = transfers.reorganise(by=grant, successors=successors, document=got["document"], at=timezone.now())
            if not isinstance(answer, Refusal):
                tell(request, answer, _("Đã chuyển %(count)s hồ sơ.") % {"count": answer})
                return redirect("casework:desk")
            form.add_error(None, words(answer))
        over, rows = ended(got["old"], today), ending.unfinished(grant, units=got["old"])
        many = dict(rows.order_by().values_list("unit").annotate(Count("pk")))
        counts = [(called[code], many.get(code, 0), code in over) for code in got["old"]]
    enter(grant, subject=f"cases:{grant.scope}", at=timezone.now(), looked="reorganise")
    return page(request, "reorganise", {"form": form, "counts": counts}, "casework:reorganise")


def _ceased_first(called: Mapping[str, str], today: date) -> list[tuple[str, str]]:
    """Units that have cases: those that ended by the table of units before the others, with their last day."""
    over = ended(called, today)
    rows = sorted(called.items(), key=lambda each: (each[0] not in over, each[1]))
    told = _("%(unit)s (đến hết ngày %(day)s)")
    return [(code, told % {"unit": name, "day": day(over[code])} if code in over else name) for code, name in rows]


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("case.reckon", "province")
def reckon_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """Every date that the law and calendar of today would move; only what is signed is kept."""
    now = timezone.now()
    changes = list(islice(reckoning.moved(by=grant, at=now), AT_ONCE))
    wanted = request.GET.get("format", "")
    if wanted in TYPES and request.method != "POST":
        enter(grant, subject=f"cases:{grant.scope}", at=now, would_move=len(changes), format=wanted)
        return _file(changes, wanted, now)
    seal, form = _seal(changes), SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if request.POST.get("seal") == seal:
            count = reckoning.adopt(by=grant, changes=changes, document=form.cleaned_data["document"], at=now)
            tell(request, count, _("Đã ghi ngày mới của %(count)s hồ sơ, đơn, lượt tiếp.") % {"count": count})
            return redirect("casework:reckon")
        form.add_error(None, _("Danh sách vừa thay đổi. Hãy xem lại rồi ký."))
    enter(grant, subject=f"cases:{grant.scope}", at=now, would_move=len(changes))
    values = {
        "form": form,
        "table": _table(changes[:SHOWN]),
        "count": len(changes),
        "hidden": max(0, len(changes) - SHOWN),
        "seal": seal,
        "more": len(changes) == AT_ONCE,
    }
    return page(request, "reckon", values, "casework:reckon")


def of_before(by: Grant) -> list[First]:
    """Dates that were reckoned by a law or a calendar of before, for whoever signs new ones."""
    signing = beside(by, "case.reckon")
    count = reckoning.of_before(signing) if isinstance(signing, Grant) else 0
    if not count:
        return []
    said = ngettext("%(count)s hạn được tính theo luật hoặc lịch trước đây",
                    "%(count)s hạn được tính theo luật hoặc lịch trước đây", count) % {"count": count}  # fmt: skip
    return [First("warn", said, reverse("casework:reckon"), _("Xem hạn nào sẽ đổi và ký"))]


def _seal(changes: list[Moved]) -> str:
    """What stands for the list that was seen, so that no other one is signed."""
    told = "\n".join(
        f"{one.subject} {one.of} {one.rule} {one.strict[1]} {one.legal[1]} {one.problem}" for one in changes
    )
    return hashlib.sha256(told.encode()).hexdigest()


def _table(changes: list[Moved]) -> Table:
    lang = (get_language() or "vi")[:2]
    columns = [
        Column(_("Hồ sơ, đơn, lượt tiếp")),
        Column(_("Đơn vị")),
        Column(_("Việc có hạn")),
        Column(_("Hạn đang ghi"), "day"),
        Column(_("Hạn mới"), "day"),
    ]
    units = names(one.unit for one in changes)
    homes = {keeping.subject: keeping.home for keeping in keepings()}
    rows = [
        Row(
            [Cell(one.code), units[one.unit], rule(one.rule).title.to(lang), _kept(one), _new(one)],
            reverse(homes[one.subject], args=[one.of]),
        )
        for one in changes
    ]
    return Table(_("Những ngày sẽ thay đổi"), columns, rows, empty=_("Không ngày nào thay đổi"),
                 empty_hint=_("Mọi hạn đang ghi đúng với luật và lịch hiện nay."))  # fmt: skip


def _file(changes: Sequence[Moved], wanted: str, now: datetime) -> HttpResponse:
    """The same list, whole, as a spreadsheet opens it: both readings before and after."""
    lang, into, units = (get_language() or "vi")[:2], BytesIO(), names(one.unit for one in changes)
    head = [_("Hồ sơ, đơn, lượt tiếp"), _("Đơn vị"), _("Việc có hạn"), _("Hạn đang ghi"), _("Hạn mới"),
            _("Nhắc, đang ghi"), _("Nhắc, mới"), _("Luật hiện nay không tính được")]  # fmt: skip
    body = [
        [one.code, units[one.unit], rule(one.rule).title.to(lang), *map(_day, (*one.legal, *one.strict)), one.problem]
        for one in changes
    ]
    (write_xlsx if wanted == "xlsx" else write_csv)(into, head, body)
    name = f"tinh-lai-han-{timezone.localdate(now):%Y-%m-%d}.{wanted}"
    return as_file(HttpResponse(into.getvalue(), content_type=TYPES[wanted]), name)


def _day(end: datetime | None) -> str:
    return day(last_day(end)) if end else ""


def _kept(one: Moved) -> Cell:
    return _date(one, 0, one.legal[0])


def _new(one: Moved) -> Cell:
    if not one.legal[1]:
        return Cell(_("Luật hiện nay không tính được"), note=one.problem)
    return _date(one, 1, one.legal[1])


def _date(one: Moved, which: int, legal: datetime) -> Cell:
    """The day after which it is late; where that one stays, also the day of which the case reminds."""
    strict = one.strict[which] if one.legal[0] == one.legal[1] else None
    return Cell(last_day(legal), note=_("nhắc theo ngày %(day)s") % {"day": day(last_day(strict))} if strict else "")
