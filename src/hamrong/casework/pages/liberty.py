"""Alarms of somebody's liberty, above everything on the page on which the work of whoever they reach begins."""

from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hamrong.access.actors import Grant
from hamrong.access.decisions import beside
from hamrong.cases.queries.desk import Due
from hamrong.casework.ladder import Rung, ladder
from hamrong.casework.pages.frame import remaining, units_of
from hamrong.casework.queries.alarms import rising
from hamrong.law import rule
from hamrong.ui.answers import words
from hamrong.ui.firsts import First

NAMED: Final = 5
"""So many are named one by one, what ends first before the others; the desk has all."""


def climbing(by: Grant) -> list[First]:
    """What ends soon or is over, and what is to be done, for whom the ladder reaches; nobody puts it away."""
    listing = beside(by, "case.list")
    if not isinstance(listing, Grant):
        return []
    now = timezone.now()
    found = rising(listing, at=now, ours=units_of(listing))
    more = len(found) - NAMED
    rest = ngettext("Còn %(count)s hạn giữ người khác", "Còn %(count)s hạn giữ người khác", more) % {"count": more}
    others = [First("bad", rest, reverse("casework:desk"), _("Xem mọi hạn"))] if more > 0 else []
    return [_told(one, rung, now) for one, rung in found[:NAMED]] + others


def _told(one: Due, rung: Rung, now: datetime) -> First:
    what = {
        "code": one.case.code, "what": words(rule(one.clock.rule).title),
        "left": remaining(one.clock.legal, now, hourly=True), "do": words(rung.words),
    }  # fmt: skip
    title = _("%(code)s, %(what)s: %(left)s. %(do)s.") % what
    tone = "warn" if rung is ladder().rungs[0] else "bad"
    return First(tone, title, reverse("casework:case", args=[one.case.pk]), _("Mở hồ sơ"))


def never_silent(rung: Rung | None) -> str:
    """What a line of the desk says of such a clock, and what is to be done by now."""
    never = _("Quyền tự do của con người: không tắt được")
    return f"{never} · {words(rung.words)}" if rung else never
