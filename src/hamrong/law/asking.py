"""Asking the law in one line: `seriousness=serious;ext=2`, as in a row of a table or an example of a leaf."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from msgspec import Struct

from hamrong.law.clocks import VIETNAM, Event, Moment, day_of, instant
from hamrong.law.library import Library
from hamrong.law.plans import Plan
from hamrong.law.reckoning import branch_in, plan_on
from hamrong.law.shape import Extension, LawError

WORDS = ("ext", "total_ext", "only_ext", "then", "custody_days", "excluded_days", "order_end", "as_of")
"""What may be asked besides the parameters of a rule and its events, `event=2026-04-01..2026-04-11`.

`ext=2` or `total_ext=2`: the first two extensions, decided and approved in time, or up to the step of that name; given
both, `ext` goes on after `total_ext`;
`only_ext=1`: the first extension alone, from its own first day; `then=2`: the number that the second part of the term
must have; `custody_days=3`: deducted; `excluded_days=10`: a pause of so many days; `order_end`: the end written in the
order; `as_of`: what came later is left out.
"""


class Question(Struct, frozen=True):
    """What `deadline` is asked: the events, the parameters of the rule, and as of when."""

    events: tuple[Event, ...]
    params: dict[str, str]
    as_of: Moment | None


def written(text: str) -> Moment:
    """Return the day `2026-03-02` or the moment `2026-03-02T22:30`, in Viet Nam unless an offset is written.

    Raises LawError for anything else.
    """
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise LawError(f"{text!r} is neither a day (2026-03-02) nor a moment (2026-03-02T22:30)") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def pairs(text: str) -> dict[str, str]:
    """Return `a=1;b=2` as a mapping; raise LawError for a part without "=" or a name given twice."""
    found: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        name, sign, value = (side.strip() for side in part.partition("="))
        if not sign or not name or not value or name in found:
            raise LawError(f"{part!r} must be name=value, each name once")
        found[name] = value
    return found


def question(library: Library, rule_id: str, start: Moment, asked: Mapping[str, str]) -> Question:
    """Return what `asked` means for a clock started at `start`; raise LawError for a word that the rule cannot mean."""
    as_of = written(asked["as_of"]) if "as_of" in asked else None
    plan = plan_on(library, rule_id, instant(start).date(), day_of(as_of) if as_of else None)
    names = {name for each in plan.version.suspends for name in (each.event,)}
    params = {name: value for name, value in asked.items() if name not in WORDS and name not in names}
    ladder = branch_in(plan, plan.values(params), instant(start)).ladder
    if "then" in asked and (plan.version.then is None or asked["then"] != str(plan.version.then.n)):
        raise LawError(f"{rule_id}: then={asked['then']} is not in the law")
    events = [Event("start", start)]
    if "only_ext" in asked:
        step = _steps(plan, ladder, asked["only_ext"])[-1]
        events = [_decided(step, start)]
    total = _steps(plan, ladder, asked.get("total_ext"))
    further = _steps(plan, ladder[len(total) :], asked.get("ext"))
    events += [_decided(step, start) for step in (*total, *further)]
    events += _events(plan, start, asked, names)
    return Question(tuple(events), params, as_of)


def _steps(plan: Plan, ladder: tuple[Extension, ...], wanted: str | None) -> tuple[Extension, ...]:
    """Return the extensions up to a number or the name of a step."""
    if wanted is None or wanted == "0":
        return ()
    steps, wanted = [step.step for step in ladder], wanted.lower()
    if wanted in steps:
        return ladder[: steps.index(wanted) + 1]
    if not wanted.isdigit() or int(wanted) > len(steps):
        raise LawError(f"{plan.rule.id} has the extensions {steps} here, and no extension {wanted}")
    return ladder[: int(wanted)]


def _decided(step: Extension, at: Moment) -> Event:
    return Event("extend", at, step.step, step.by or "", step.approved_by or "")


def _events(plan: Plan, start: Moment, asked: Mapping[str, str], names: Iterable[str]) -> list[Event]:
    events = []
    if "custody_days" in asked:
        events.append(Event("custody", start, days=_number(plan, asked["custody_days"])))
    if "order_end" in asked:
        events.append(Event("order", written(asked["order_end"])))
    if "excluded_days" in asked:
        stop = day_of(start) + timedelta(days=1)
        events += _pause(plan, "", stop, stop + timedelta(days=_number(plan, asked["excluded_days"])))
    for name in names:
        for span in asked[name].split(",") if name in asked else ():
            stop_at, _, resumed = span.partition("..")
            events += _pause(plan, name, written(stop_at), written(resumed) if resumed else None)
    return events


def _pause(plan: Plan, name: str, stop: Moment, resume: Moment | None) -> list[Event]:
    for suspension in plan.version.suspends:
        if name == suspension.event or (not name and suspension.effect == "exclude"):
            ends = [Event("resume", resume, suspension.resume)] if resume and suspension.resume else []
            return [Event("suspend", stop, suspension.event), *ends]
    raise LawError(f"{plan.rule.id}: nothing suspends this term")


def _number(plan: Plan, text: str) -> int:
    if not text.isdigit():
        raise LawError(f"{plan.rule.id}: {text!r} is not a number of days")
    return int(text)
