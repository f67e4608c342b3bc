"""Dealing anew: the order, how far it is, and one's own part of it."""

import time
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from hamrong.access.actors import Grant, Refusal
from hamrong.access.web import guarded
from hamrong.sealed import queries
from hamrong.sealed.actions import dealing
from hamrong.sealed.forms import OrderForm, UnlockForm
from hamrong.sealed.models import Dealing
from hamrong.sealed.pages.frame import called, opened, sent
from hamrong.sealed.policy import splitting
from hamrong.sealed.queries import Candidate
from hamrong.sealed.rings import Ring, person_of
from hamrong.sealed.rules import Splitting
from hamrong.ui.answers import private, tell, words
from hamrong.ui.formats import day
from hamrong.ui.parts import Answer

PATIENCE: Final = 8.0
"""Seconds that one form works before it says how much is left; shorter than others wait for the rows that it locks."""


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("sealed.deal", "province")
def dealing_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """Order it, or do one's part; it can be left and gone on with at any time."""
    standing = queries.dealing(grant)
    split = splitting()
    usual = {"needed": split.needed, "holders": split.holders}
    order = OrderForm(request.POST if sent(request, "order") else None, initial=usual)
    part = UnlockForm(request.POST if sent(request, "deal") else None)
    if _ordered(request, grant, order) or _dealt(request, grant, part) or _called_off(request, grant):
        return redirect("sealed:dealing")
    values: dict[str, Any] = {"standing": standing, "order": order, "part": part, "split": split}
    if standing:
        values |= _progress(grant, standing)
    return private(request, "sealed/dealing.html", values)


def _progress(grant: Grant, standing: Dealing) -> dict[str, Any]:
    total = queries.reports(grant).filter(closed_on__isnull=True).count()
    left = dealing.left(grant, standing).count()
    able, awaited = dealing.able_of(standing, timezone.localdate()), dealing.awaited(grant, standing)
    return {
        "total": total, "dealt": total - left, "mine": awaited.get(person_of(grant), 0),
        "facts": _facts(standing, able, awaited), "short": len(able) < standing.needed,
    }  # fmt: skip


def _facts(standing: Dealing, able: Sequence[Candidate], awaited: Mapping[UUID, int]) -> list[Answer]:
    """What was ordered, who is to hold a share, and who still has to deal theirs."""
    new = [each.person for each in able if each.person]
    who = called([*new, *awaited])
    split = _("chia cho %(holders)s người, cần %(needed)s người để mở")
    told = _("%(person)s (%(count)s đơn)")
    undone = [told % {"person": who[person], "count": count} for person, count in awaited.items()]
    return [
        Answer(_("Lý do"), standing.reason),
        Answer(_("Ra lệnh ngày"), day(standing.ordered_on)),
        Answer(_("Chia thế nào"), split % {"holders": standing.holders, "needed": standing.needed}),
        Answer(_("Người nhận phần mới"), ", ".join(sorted(who[each] for each in new)) or "–"),
        Answer(_("Còn chờ phần của"), ", ".join(sorted(undone)) or "–"),
    ]


def _called_off(request: HttpRequest, grant: Grant) -> bool:
    if not sent(request, "call-off"):
        return False
    done = _("Đã bỏ lệnh chia lại. Đơn đã có người giữ mới vẫn giữ nguyên như vậy.")
    return tell(request, dealing.call_off(by=grant, at=timezone.now()), done)


def _ordered(request: HttpRequest, grant: Grant, form: OrderForm) -> bool:
    if not form.is_bound or not form.is_valid():
        return False
    given = form.cleaned_data
    wanted = Splitting(given["needed"], given["holders"])
    answer = dealing.order(by=grant, splitting=wanted, reason=given["reason"], at=timezone.now())
    if isinstance(answer, Refusal):
        form.add_error(None, words(answer))
        return False
    return tell(request, answer, _("Đã ra lệnh chia lại. Mỗi người giữ khóa làm phần của mình."))


def _dealt(request: HttpRequest, grant: Grant, form: UnlockForm) -> bool:
    ring = opened(grant, form) if form.is_bound and form.is_valid() else None
    if ring is None:
        return False
    total, stuck, refused = _through(grant, ring)
    if refused and not total:
        form.add_error(None, words(refused))
        return False
    words_done = ngettext("Bạn đã chia lại %(n)s đơn.", "Bạn đã chia lại %(n)s đơn.", total) % {"n": total}
    if stuck:
        words_done += " " + ngettext(
            "%(n)s đơn chưa chia được: quá ít người giữ khóa không liên quan đến người bị tố cáo. Hãy cử thêm người.",
            "%(n)s đơn chưa chia được: quá ít người giữ khóa không liên quan đến người bị tố cáo. Hãy cử thêm người.",
            stuck,
        ) % {"n": stuck}  # fmt: skip
    return tell(request, None, words_done)


def _through(grant: Grant, ring: Ring) -> tuple[int, int, Refusal | None]:
    """Portion after portion until there is none left or patience is: how many were dealt and are stuck; a refusal."""
    begun, total, stuck, beyond = time.monotonic(), 0, 0, None
    while True:
        got = dealing.deal(by=grant, ring=ring, at=timezone.now(), beyond=beyond)
        if isinstance(got, Refusal):
            return total, stuck, got
        total, stuck, beyond = total + got.done, stuck + got.stuck, got.last
        if beyond is None or time.monotonic() - begun >= PATIENCE:
            return total, stuck, None
