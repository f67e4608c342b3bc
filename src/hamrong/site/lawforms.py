"""The small calculator on a page of the law: what happened when, under which facts, extended how often."""

from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hamrong.law import VIETNAM, Deadline, Event, LawError, Rule, deadline, telling
from hamrong.law.calendars import LAST
from hamrong.law.clocks import instant
from hamrong.law.library import shipped
from hamrong.law.plans import Branch, Plan
from hamrong.law.reckoning import branch_in, plan_on
from hamrong.law.shape import Suspension
from hamrong.ui.formats import day
from hamrong.ui.forms import ClockField, DayField

LONGEST_CUSTODY: Final = 99


class DueForm(forms.Form):
    """Asks for what the rule depends on; once valid, `due` is the date that the law sets."""

    on = DayField(help_text=gettext_lazy("Ngày việc này xảy ra."))
    at = ClockField(label=gettext_lazy("Lúc mấy giờ"))
    due: Deadline

    def __init__(self, rule: Rule, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule, lang = rule, (get_language() or "vi")[:2]
        plans = shipped().plans[rule.id]
        self.fields["on"].label = rule.trigger.to(lang)
        by_hour = [_by_hour(branch) for plan in plans for branch in _branches(plan)]
        self.fields["at"].required = all(by_hour)
        if not any(by_hour):
            del self.fields["at"]
        for name, parameter in rule.params.items():
            choices = [(value, text.to(lang)) for value, text in parameter.values.items()]
            self.fields[name] = forms.ChoiceField(label=parameter.title.to(lang), choices=choices)
        steps = max(len(branch.ladder) for plan in plans for branch in _branches(plan))
        if steps:
            counts = [("0", _("chưa gia hạn")), *((str(n), _("%(n)s lần") % {"n": n}) for n in range(1, steps + 1))]
            label, hint = _("Đã gia hạn"), _("Mỗi lần đều được quyết định và phê chuẩn đúng thẩm quyền, đúng hạn.")
            self.fields["extended"] = forms.ChoiceField(label=label, choices=counts, help_text=hint, required=False)
        pauses = [pause for plan in plans for pause in _pauses(plan)]
        if pauses:
            hint = telling.pause_said(shipped().words, pauses[-1]).to(lang)
            self.fields["paused"] = DayField(label=_("Tạm dừng từ ngày"), help_text=hint, required=False)
        if any(pause.resume for pause in pauses):
            self.fields["resumed"] = DayField(label=_("Tiếp tục từ ngày"), required=False)
        if rule.side == "liberty":
            hint = _(
                "Lệnh hết trước thì thời hạn hết theo lệnh. Thời hạn khác kết thúc việc này sớm hơn cũng nhập ở đây."
            )
            self.fields["order_end"] = DayField(label=_("Ngày hết hạn ghi trong lệnh"), help_text=hint, required=False)
        if any(plan.version.deducts for plan in plans):
            self.fields["custody"] = forms.IntegerField(
                label=_("Số ngày đã tạm giữ"), min_value=0, max_value=LONGEST_CUSTODY, required=False,
                error_messages=dict.fromkeys(
                    ("invalid", "min_value", "max_value"), _("Nhập số ngày, từ 0 đến %(n)s.") % {"n": LONGEST_CUSTODY}
                ),
            )  # fmt: skip

    def clean_on(self) -> date:
        start: date = self.cleaned_data["on"]
        if start > LAST:
            raise forms.ValidationError(
                _("Lịch nghỉ chỉ có đến ngày %(day)s. Nhập một ngày sớm hơn.") % {"day": day(LAST)}
            )
        return start

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        if not self.errors:
            self._work_out(given)
        return given

    def _work_out(self, given: dict[str, Any]) -> None:
        start: date = given["on"]
        if given.get("at"):
            start = datetime.combine(start, given["at"], VIETNAM)
        params = {name: given[name] for name in self.rule.params}
        try:
            plan = plan_on(shipped(), self.rule.id, given["on"])
        except LawError:
            self.add_error("on", _("Chưa có quy định nào được lưu cho ngày này. Xem các thời kỳ ở dưới."))
            return
        branch = branch_in(plan, plan.values(params), instant(start))
        if _by_hour(branch) and not given.get("at"):
            self.add_error("at", _("Trường hợp này tính theo giờ. Hãy nhập giờ."))
            return
        events = [Event("start", start), *self._extended(branch, start, given), *self._paused(plan, given)]
        if given.get("custody"):
            events.append(Event("custody", start, days=given["custody"]))
        if given.get("order_end") and given["order_end"] < given["on"]:
            self.add_error("order_end", _("Ngày này không được trước ngày bắt đầu."))
        elif given.get("order_end"):
            events.append(Event("order", given["order_end"]))
        if self.errors:
            return
        try:
            self.due = deadline(self.rule.id, events if len(events) > 1 else start, params=params)
        except LawError:
            self.add_error(None, _("Luật không có câu trả lời cho những gì đã nhập. Hãy kiểm tra lại ngày và số ngày."))

    def _extended(self, branch: Branch, start: date, given: dict[str, Any]) -> list[Event]:
        taken = int(given.get("extended") or 0)
        if taken > len(branch.ladder):
            self.add_error("extended", _("Trường hợp này chỉ được gia hạn %(n)s lần.") % {"n": len(branch.ladder)})
            return []
        steps = branch.ladder[:taken]
        if steps and steps[-1].until and not given.get("order_end"):
            self.add_error("order_end", _("Lần gia hạn này không có ngày hết trong luật. Nhập ngày ghi trong lệnh."))
        return [Event("extend", start, step.step, step.by or "", step.approved_by or "") for step in steps]

    def _paused(self, plan: Plan, given: dict[str, Any]) -> list[Event]:
        paused, resumed = given.get("paused"), given.get("resumed")
        if not paused:
            if resumed:
                self.add_error("paused", _("Nhập ngày tạm dừng."))
            return []
        known = next((pause for pause in _pauses(plan) if not pause.start or pause.start <= paused), None)
        if known is None:
            self.add_error("paused", _("Quy định vào ngày này không cho tạm dừng."))
        elif paused < given["on"]:
            self.add_error("paused", _("Ngày này không được trước ngày bắt đầu."))
        elif known.resume and not resumed:
            self.add_error("resumed", _("Thời hạn đang đứng yên. Nhập ngày tiếp tục để biết ngày hạn."))
        elif resumed and resumed <= paused:
            self.add_error("resumed", _("Ngày tiếp tục phải sau ngày tạm dừng."))
        else:
            events = [Event("suspend", paused, known.event)]
            return [*events, Event("resume", resumed, known.resume)] if resumed and known.resume else events
        return []


def _pauses(plan: Plan) -> list[Suspension]:
    """What stops the clock for a while; what ends it for good has no date to work out."""
    return [pause for pause in plan.version.suspends if pause.effect != "stop"]


def _branches(plan: Plan) -> list[Branch]:
    return [branch for day in plan.branches.values() for _second, branch in day]


def _by_hour(branch: Branch) -> bool:
    return branch.reach is not None or (branch.convention is not None and branch.convention.clock == "instant")
