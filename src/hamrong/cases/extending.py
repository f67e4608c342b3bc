"""Which extensions the law still has for a clock of a case, and why a step is refused that would be another one."""

from collections.abc import Sequence
from datetime import datetime

from hamrong.access.actors import Refusal
from hamrong.cases.clocks import Happened, further_of
from hamrong.cases.courses import Step, Touch
from hamrong.law import rule


def beyond_the_law(step: Step, facts: Sequence[Happened], at: datetime) -> Refusal | None:
    """Why the law has no such extension now for what happened to a case; None for a step that extends nothing."""
    found = (_beyond(touch, facts, at) for touch in step.touches if touch.what == "extend")
    problem = next(filter(None, found), None)
    return Refusal("state", *problem, step.law) if problem else None


def _beyond(touch: Touch, facts: Sequence[Happened], at: datetime) -> tuple[str, str] | None:
    title, left = rule(touch.rule).title, further_of(facts, touch.rule, at)
    if left is None:
        return f"Thời hạn “{title.vi}” không đang chạy.", f"The time of “{title.en}” does not run."
    if touch.name in left[:1]:
        return None
    if touch.name in left:
        return "Chưa có lần gia hạn đứng trước.", "The extension that comes before this one was not decided yet."
    if any((fact.rule, fact.what, fact.name) == (touch.rule, "extend", touch.name) for fact in facts):
        return "Đã gia hạn như vậy; luật chỉ cho một lần.", "It was extended so already; the law allows it once."
    return "Luật không cho gia hạn như vậy ở đây.", "The law knows no such extension here."
