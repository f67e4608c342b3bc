"""Acting in a leader's place for some days: who does for whom, a new delegation, and ending one early."""

from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hamrong.access import delegations, queries
from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.accounts.models import Delegation
from hamrong.casework.forms import DelegateForm
from hamrong.casework.pages.frame import page, role_words, unit_name
from hamrong.ui.answers import tell, words
from hamrong.ui.formats import day
from hamrong.ui.parts import Cell, Column, Row, Table

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("post.delegate", "own")
def delegations_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """Every delegation of the unit, and the form of a new one."""
    today = timezone.localdate()
    people = queries.able_to_stand_in(grant, today)
    form = DelegateForm([(str(one.pk), queries.named(one)) for one in people], request.POST or None)
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        borrower = next(one for one in people if str(one.pk) == got["borrower"])
        answer = delegations.delegate(
            by=grant, borrower=borrower, starts_on=got["starts_on"],
            ends_on=got["last_day"] + timedelta(days=1), ordered_by=got["ordered_by"], today=today, at=timezone.now(),
        )  # fmt: skip
        if not isinstance(answer, Refusal):
            tell(request, answer, _("Đã ủy quyền."))
            return redirect("casework:delegations")
        form.add_error(None, words(answer))
    found = list(queries.delegations(grant)[:SHOWN])
    if request.method != "POST":
        enter(grant, subject=f"posts:{grant.scope}", at=timezone.now(), shown=len(found))
    live = [one for one in found if one.ends_on > today]
    values = {
        "form": form, "live": live, "past": _table([one for one in found if one.ends_on <= today]),
        "shown": [(one, _heading(one), _days(one), one.starts_on <= today) for one in live],
        "unit_label": unit_name(grant.scope), "role": role_words(grant.holding.role),
        "onward": bool(grant.holding.in_place_of), "alone": not people,
    }  # fmt: skip
    return page(request, "delegations", values)


@require_POST
@guarded("post.recall", "own")
def recall_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """End a delegation today."""
    found = queries.delegations(grant).filter(pk=number).first()
    if found is not None:
        now = timezone.now()
        answer = delegations.recall(by=grant, delegation=found, today=timezone.localdate(now), at=now)
        tell(request, answer, _("Đã chấm dứt ủy quyền."))
    return redirect("casework:delegations")


def standing(grant: Grant, today: date) -> list[tuple[str, str, str]]:
    """(heading, words, address) of what the reader delegated or what was delegated to them, today and to come."""
    me = grant.actor.ref
    told = []
    for one in queries.delegations(grant).filter(ends_on__gt=today).order_by("starts_on", "id")[:SHOWN]:
        if me == f"person:{one.borrower_id}":
            told.append((_lent(grant, one, today), f"{role_words(one.role)} · {_days(one)}", ""))
        elif me == f"person:{one.lender_id}":
            heading = _("Bạn đang ủy quyền cho %(who)s") % {"who": one.borrower.full_name}
            told.append((heading, f"{role_words(one.role)} · {_days(one)}", reverse("casework:delegations")))
    return told


def _lent(by: Grant, one: Delegation, today: date) -> str:
    """For whom the reader acts; or that they have chosen to act for somebody else of the same post."""
    held = {each.in_place_of for each in by.actor.holdings}
    chosen = one.starts_on > today or f"person:{one.lender_id}" in held
    told = _("Bạn được ủy quyền thay %(who)s") if chosen else _(
        "Bạn cũng được ủy quyền thay %(who)s, nhưng đang chọn làm thay người khác. Đổi ở menu tài khoản"
    )  # fmt: skip
    return told % {"who": one.lender.full_name}


def _heading(one: Delegation) -> str:
    return _("%(borrower)s thay %(lender)s") % {"borrower": one.borrower.full_name, "lender": one.lender.full_name}


def _days(one: Delegation) -> str:
    last = one.ends_on - timedelta(days=1)
    return _("từ %(first)s đến hết %(last)s, theo %(order)s") % {
        "first": day(one.starts_on), "last": day(last), "order": one.ordered_by,
    }  # fmt: skip


def _table(found: list[Delegation]) -> Table:
    columns = [Column(_("Ai thay ai")), Column(_("Chức trách")), Column(_("Thời gian"))]
    rows = [
        Row(
            [
                Cell(_heading(one), note=_("Chấm dứt trước hạn") if one.ended_by else ""),
                role_words(one.role),
                _span(one),
            ]
        )
        for one in found
    ]
    return Table(_("Ủy quyền đã hết"), columns, rows, name="past")


def _span(one: Delegation) -> str:
    last = max(one.starts_on, one.ends_on - timedelta(days=1))
    return f"{day(one.starts_on)} – {day(last)}"
