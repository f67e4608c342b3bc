"""What the end of a case does not end, and what it leaves undone: told before the end, on the case, and on the desk."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hamrong.access.actors import Grant
from hamrong.cases.courses import Lasting, Step, course
from hamrong.cases.models import Case, Clock, Fact
from hamrong.cases.queries import ending, visible
from hamrong.cases.queries.history import unmet_by
from hamrong.cases.queries.standing import Standing, going_on, lasting, standing
from hamrong.casework.pages.frame import end_of, level_of, names, posts, title_of, told_words
from hamrong.casework.pages.papers import unsigned
from hamrong.law import rule
from hamrong.ui.answers import words
from hamrong.ui.formats import cited, day, shown
from hamrong.ui.parts import Cell, Column, Link, Row, Table

AT_MOST: Final = 200
"""How many rows the desk shows; the list of cases has them all."""

Told = Sequence[tuple[str, str]]
"""Headings, each with what is said under it."""


def ended_by(by: Grant, case: Case, step: Step) -> Told:
    """On the page of a step that ends a case: what stays in force after it, and what is owed and was not done."""
    if case.closed_at or step.target not in course(case.course).ends:
        return []
    kept = [one for one in lasting(case) if one.unless != step.act]
    return [*((_heading(one), _beyond(one)) for one in kept), *_undone(by, case, step)]


def _heading(one: Lasting) -> str:
    return _("%(what)s đang có hiệu lực, không kết thúc cùng hồ sơ") % {"what": words(one.words)}


def _beyond(one: Lasting) -> str:
    return _(
        "Người đã quyết định chấm dứt bằng một quyết định, theo căn cứ ở %(law)s. Chấm dứt được cả sau khi hồ sơ kết "
        "thúc: hồ sơ vẫn nằm ở trang việc cần làm, mục “Hồ sơ đã kết thúc, quyết định còn hiệu lực”."
    ) % {"law": cited(one.law)}


def _undone(by: Grant, case: Case, step: Step) -> Told:
    """Clocks that this end would stop although nobody did what they ask for."""
    running = visible.clocks(by).filter(case=case).exclude(state="stopped").order_by("legal")
    of = course(case.course)
    owed = unmet_by(of, step, of.rules) - going_on(case, step.target)
    named = [due_words(each) for each in running if each.rule in owed]
    heading = _("Hồ sơ sẽ kết thúc khi còn việc chưa làm")
    note = _("Làm trước rồi mới kết thúc; nếu không, trang hồ sơ ghi là chưa làm.")
    return [(heading, f"{'; '.join(named)}. {note}")] if named else []


def due_words(clock: Clock) -> str:
    """What a clock wants, and by when."""
    title = rule(clock.rule).title.to((get_language() or "vi")[:2])
    return _("%(what)s (hạn %(day)s)") % {"what": title, "day": shown(end_of(clock.legal))}


def told_of(by: Grant, case: Case, *, can: bool) -> list[tuple[str, str, Link | None]]:
    """On the page of a case that ended: what is in force still, since when, who looked at it and when it is looked at
    again; of the last decision on it, that no paper was signed.
    """
    if not case.closed_at:
        return []
    found = [(_title(each.one), _standing(by, each), _review_link(each) if can else None) for each in standing([case])]
    return [*found, *_unsigned(by, case)]


def _title(one: Lasting) -> str:
    return _("%(what)s vẫn có hiệu lực") % {"what": words(one.words)}


def _review_link(each: Standing) -> Link:
    where = reverse("casework:review", args=[each.case.pk, each.one.act])
    return Link(_("Ghi kết quả xem lại"), where)


def _unsigned(by: Grant, case: Case) -> list[tuple[str, str, Link | None]]:
    lacking = unsigned(by, case)
    if lacking is None:
        return []
    number, label, where = lacking
    told = {"number": f"{number.number}/{number.year}", "step": told_words(case, number.fact)}
    text = (
        _(
            "%(step)s: quyết định phải được ký và gửi cho người được bảo vệ cùng nơi liên quan. Văn bản ký ở đây mang "
            "số này, và người gửi đơn đọc được ở trang theo dõi."
        )
        % told
    )
    return [
        (
            _("Quyết định số %(number)s chưa có văn bản ký ở đây") % told,
            text,
            Link(_("Soạn: %(form)s") % {"form": label}, where),
        )
    ]


def _standing(by: Grant, each: Standing) -> str:
    case, one = each.case, each.one
    step = course(case.course).step(one.unless, case.state)
    if step is None:
        return ""
    level = level_of(by, case)
    told = _(
        "Có từ ngày %(day)s. Hồ sơ kết thúc ngày %(closed)s không chấm dứt việc này (%(law)s). Chấm dứt bằng một quyết "
        "định: %(roles)s đề xuất, %(approvers)s duyệt."
    ) % {
        "day": day(each.fact.effective_at), "closed": day(day_of(case)), "law": cited(one.law),
        "roles": posts(step.roles, level), "approvers": posts(step.approvers, level),
    }  # fmt: skip
    return f"{told} {_seen(each)}"


def _seen(each: Standing) -> str:
    """The last review; or what is to be looked at."""
    last = each.review
    if last is None:
        return _("Chưa ai xem lại: căn cứ còn không, người được bảo vệ có đề nghị chấm dứt không.")
    return _("Xem lại gần nhất ngày %(day)s, %(who)s: %(found)s Xem lại lần sau chậm nhất ngày %(again)s.") % {
        "day": day(last.effective_at), "who": names([last.by]).get(last.by, "–"), "again": day(_again(last)),
        "found": f"{last.reason.rstrip('. ')}.",
    }  # fmt: skip


def _again(review: Fact) -> date:
    assert review.again_on is not None, "a check of the database holds it"
    return review.again_on


def of_desk(by: Grant, units: Collection[str], today: date) -> dict[str, Any]:
    """What the desk shows: decisions in force in cases that ended that are to be looked at, and how many were."""
    found = ending.lasting(by, units=units)
    due = [each for each in found if each.is_due(today)]
    return {"lasting": _table(due, today), "reviewed": len(found) - len(due)}


def _table(found: Sequence[Standing], today: date) -> Table:
    """Whatever ended longest ago first, at most `AT_MOST`."""
    columns = [Column(_("Hồ sơ")), Column(_("Còn hiệu lực")), Column(_("Từ ngày"), "day"),
               Column(_("Hồ sơ kết thúc"), "day"), Column(_("Xem lại"))]  # fmt: skip
    rows = [
        Row([Cell(each.case.code, note=title_of(each.case)),
             Cell(words(each.one.words), note=told_words(each.case, each.fact)), day(each.fact.effective_at),
             Cell(day(day_of(each.case)), note=_("%(n)s ngày") % {"n": (today - day_of(each.case)).days}),
             _review(each)],
            reverse("casework:case", args=[each.case.pk]))
        for each in found[:AT_MOST]
    ]  # fmt: skip
    return Table(_("Hồ sơ đã kết thúc, quyết định còn hiệu lực"), columns, rows, name="lasting")


def _review(each: Standing) -> Cell:
    if each.review is None:
        return Cell(_("chưa ai xem lại"))
    note = _("lần trước ngày %(day)s") % {"day": day(each.review.effective_at)}
    return Cell(_("đến hạn ngày %(day)s") % {"day": day(_again(each.review))}, note=note)


def day_of(case: Case) -> date:
    """The day on which the end of a case took effect."""
    ended = ending.day_of(case)
    assert ended is not None, case.code
    return ended
