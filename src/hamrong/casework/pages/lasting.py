"""What the end of a case does not end, and what it leaves undone: told before the end, on the case, and on the desk."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hamrong.access.actors import Grant
from hamrong.cases.actions.steps import lasting, since
from hamrong.cases.courses import Lasting, Step, course
from hamrong.cases.models import Case
from hamrong.cases.queries import ending, visible
from hamrong.casework.pages.frame import end_of, level_of, posts, title_of, told_words
from hamrong.law import citizens_time, rule
from hamrong.ui.answers import words
from hamrong.ui.formats import cited, day, shown
from hamrong.ui.parts import Cell, Column, Row, Table

AT_MOST: Final = 200
"""How many rows the desk shows; the list of cases has them all."""

Told = Sequence[tuple[str, str]]
"""Headings, each with what is said under it."""


def ended_by(by: Grant, case: Case, step: Step) -> Told:
    """On the page of a step that ends a case: what stays in force after it, and what is owed and was not done."""
    if case.closed_at or step.target not in course(case.course).ends:
        return []
    kept = [one for one in lasting(case) if one.unless != step.act]
    return [*((_heading(one), _beyond(one)) for one in kept), *_undone(by, case, step, kept)]


def _heading(one: Lasting) -> str:
    return _("%(what)s đang có hiệu lực, không kết thúc cùng hồ sơ") % {"what": words(one.words)}


def _beyond(one: Lasting) -> str:
    return _(
        "Người đã quyết định chấm dứt bằng một quyết định, theo căn cứ ở %(law)s. Chấm dứt được cả sau khi hồ sơ kết "
        "thúc: hồ sơ vẫn nằm ở trang việc cần làm, mục “Hồ sơ đã kết thúc, quyết định còn hiệu lực”."
    ) % {"law": cited(one.law)}


def _undone(by: Grant, case: Case, step: Step, kept: Collection[Lasting]) -> Told:
    """Clocks that this end would stop although nobody did what they ask for."""
    done = {*(touch.rule for touch in step.touches), *(each for one in kept for each in one.rules), *citizens_time()}
    rows = visible.clocks(by).filter(case=case).exclude(state="stopped").exclude(rule__in=done).order_by("legal")
    lang = (get_language() or "vi")[:2]
    named = [
        _("%(what)s (hạn %(day)s)") % {"what": rule(each.rule).title.to(lang), "day": shown(end_of(each.legal))}
        for each in rows
    ]
    heading = _("Hồ sơ sẽ kết thúc khi còn việc chưa làm")
    note = _("Làm trước rồi mới kết thúc; nếu không, trang hồ sơ ghi là chưa làm.")
    return [(heading, f"{'; '.join(named)}. {note}")] if named else []


def told_of(by: Grant, case: Case) -> Told:
    """On the page of a case that ended: what is in force still, since when, and that its ground is to be looked at."""
    return [(_title(one), _standing(by, case, one)) for one in lasting(case)] if case.closed_at else []


def _title(one: Lasting) -> str:
    return _("%(what)s vẫn có hiệu lực") % {"what": words(one.words)}


def _standing(by: Grant, case: Case, one: Lasting) -> str:
    fact, step = since(case, one), course(case.course).step(one.unless, case.state)
    if fact is None or step is None:
        return ""
    level = level_of(by, case)
    return _(
        "Có từ ngày %(day)s. Hồ sơ kết thúc ngày %(closed)s không chấm dứt việc này (%(law)s). Xem lại: căn cứ còn "
        "không, người được bảo vệ có đề nghị chấm dứt không. Chấm dứt bằng một quyết định: %(roles)s đề xuất, "
        "%(approvers)s duyệt."
    ) % {
        "day": day(fact.effective_at), "closed": day(day_of(case)), "law": cited(one.law),
        "roles": posts(step.roles, level), "approvers": posts(step.approvers, level),
    }  # fmt: skip


def table(by: Grant, units: Collection[str]) -> Table:
    """What is in force in cases that ended, whatever ended longest ago first, at most `AT_MOST`."""
    columns = [Column(_("Hồ sơ")), Column(_("Còn hiệu lực")), Column(_("Từ ngày"), "day"),
               Column(_("Hồ sơ kết thúc"), "day"), Column(_("Đã bao lâu"))]  # fmt: skip
    today = timezone.localdate()
    rows = [
        Row([Cell(case.code, note=title_of(case)), Cell(words(one.words), note=told_words(case, fact)),
             day(fact.effective_at), day(day_of(case)), _("%(n)s ngày") % {"n": (today - day_of(case)).days}],
            reverse("casework:case", args=[case.pk]))
        for case, one, fact in ending.lasting(by, units=units)[:AT_MOST]
    ]  # fmt: skip
    return Table(_("Hồ sơ đã kết thúc, quyết định còn hiệu lực"), columns, rows, name="lasting")


def day_of(case: Case) -> date:
    """The day on which a case ended."""
    assert case.closed_at is not None, case.code
    return timezone.localdate(case.closed_at)
