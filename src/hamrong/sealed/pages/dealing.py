"""Dealing anew: the order, how far it is, and one's own part of it."""

import time
from typing import Any, Final

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
from hamrong.sealed.models import Dealing, Key
from hamrong.sealed.pages.frame import opened, sent
from hamrong.sealed.policy import splitting
from hamrong.sealed.rings import Ring, person_of
from hamrong.sealed.rules import Splitting
from hamrong.ui.answers import private, tell, words

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
    if _ordered(request, grant, order) or _dealt(request, grant, part):
        return redirect("sealed:dealing")
    values: dict[str, Any] = {"standing": standing, "order": order, "part": part, "split": split}
    if standing:
        values |= _progress(grant, standing)
    return private(request, "sealed/dealing.html", values)


def _progress(grant: Grant, standing: Dealing) -> dict[str, Any]:
    total = queries.reports(grant).filter(closed_on__isnull=True).count()
    left = dealing.left(grant, standing).count()
    key = queries.live_key(person_of(grant))
    return {"total": total, "dealt": total - left, "mine": _mine(grant, standing, key) if key else 0}


def _mine(grant: Grant, standing: Dealing, key: Key) -> int:
    return dealing.mine(grant, standing, Ring(person_of(grant), key, b"")).count()


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
    begun, total = time.monotonic(), 0
    while time.monotonic() - begun < PATIENCE:
        done = dealing.deal(by=grant, ring=ring, at=timezone.now())
        if isinstance(done, Refusal) or not done:
            break
        total += done
    if isinstance(done, Refusal) and not total:
        form.add_error(None, words(done))
        return False
    words_done = ngettext("Bạn đã chia lại %(n)s đơn.", "Bạn đã chia lại %(n)s đơn.", total) % {"n": total}
    return tell(request, None, words_done)
