"""What happens to a clock: extensions, pauses, deductions and orders, in the order in which they happened."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct

from hamrong.law.calendars import Calendar
from hamrong.law.counting import Ends, Pause, last_day, length, merged, moment
from hamrong.law.plans import Branch, Plan
from hamrong.law.shape import Basis, Convention, Count, Extension, LawError, Suspension, Term

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
Moment = datetime | date
"""A moment with its time zone, or a day in Viet Nam."""
State = Literal["running", "paused", "stopped"]


class Event(Struct, frozen=True):
    """Something that happened to a clock, `at` a day or a moment.

    `start`: the trigger. `extend`: the step `name` of the leaf was decided under `number` by the role `by` and, where
    the law asks for it, approved by the role `approved_by`; as the first event it is counted alone, from its own first
    day. `suspend`: the event `name` of the leaf; `resume`: its resumption. `custody`: `days` already spent in custody.
    `order`: the order of a court or procuracy itself ends `at`.
    """

    what: Literal["start", "extend", "suspend", "resume", "custody", "order"]
    at: Moment
    name: str = ""
    by: str = ""
    approved_by: str = ""
    number: str = ""
    days: int = 0


class Note(NamedTuple):
    """Something to tell in the derivation: the name of the sentence, what fills it, and the places it rests on."""

    sentence: str
    filled: Mapping[str, object]
    basis: tuple[Basis, ...] = ()


class Dates(NamedTuple):
    """Both readings as instants; counted by days also the last days, as counted and after moving off rest days."""

    strict: datetime
    legal: datetime
    days: tuple[Ends, Ends] | None = None
    first: tuple[Ends, Ends] | None = None


class Run(Struct):
    """A clock on its way through its events."""

    plan: Plan
    branch: Branch
    calendar: Calendar
    conventions: dict[Count, Convention]
    start: Moment
    terms: list[Term]
    left: list[Extension]
    taken: int = 0
    less: int = 0
    pauses: tuple[Pause, ...] = ()
    open: tuple[Suspension, ...] = ()
    since: date = date.min
    order: Moment | None = None
    unending: bool = False
    alone: bool = False
    state: State = "running"
    notes: list[Note] = []
    warnings: list[Note] = []


def day_of(at: Moment) -> date:
    """Return the day in Viet Nam."""
    return at.astimezone(VIETNAM).date() if isinstance(at, datetime) else at


def end_of(day: date) -> datetime:
    """Return 24:00 of the day in Viet Nam, which is the next midnight."""
    return datetime.combine(day, time(), VIETNAM) + timedelta(days=1)


def instant(at: Moment) -> datetime:
    """Return the moment in Viet Nam, for a day its first; raise ValueError for a moment without time zone."""
    if not isinstance(at, datetime):
        return datetime.combine(at, time(), VIETNAM)
    if at.tzinfo is None or at.utcoffset() is None:
        raise ValueError("the moment has no time zone")
    return at.astimezone(VIETNAM)


def run(clock: Run, events: Sequence[Event], as_of: Moment | None) -> Run:
    """Let `events` happen to `clock`, leaving out what came after `as_of`; raise LawError for what the law forbids."""
    for event in sorted(events, key=lambda event: instant(event.at)):
        if as_of is None or instant(event.at) <= instant(as_of):
            if instant(event.at) < instant(clock.start) and event.what not in ("custody", "order"):
                raise LawError(f"{clock.plan.rule.id}: {event.what} {event.name} comes before the start")
            _HAPPENS[event.what](clock, event)
    if clock.open and clock.state == "running":
        stop = clock.since
        if as_of is None:
            raise LawError(f"{clock.plan.rule.id}: the clock stands still since {stop}; say as of when it is asked")
        clock.pauses, clock.state = merged([*clock.pauses, (stop, day_of(as_of))]), "paused"
        clock.notes.append(Note("still_paused", {"stop": stop, "resume": day_of(as_of)}, clock.open[0].basis))
    return clock


def _start(clock: Run, event: Event) -> None:
    raise LawError(f"{clock.plan.rule.id}: a clock starts once")


def _extend(clock: Run, event: Event) -> None:
    rule_id, number = clock.plan.rule.id, clock.taken + 1
    if not clock.left or clock.left[0].step != event.name:
        wanted = clock.left[0].step if clock.left else "no further extension"
        raise LawError(f"{rule_id}: the law has {wanted} next, not {event.name!r}")
    step = clock.left[0]
    if step.by and event.by != step.by:
        clock.notes.append(Note("wrong_decider", {"number": number, "role": step.by}, step.basis))
        return
    if step.approved_by and event.approved_by != step.approved_by:
        clock.notes.append(Note("not_approved", {"number": number, "role": step.approved_by}, step.basis))
        return
    before = _before(clock)
    if before and (instant(event.at) > before.legal or (before.days and instant(event.at) == before.legal)):
        late = Note("decided_late", {"number": number, "moment": event.at}, step.basis)
        clock.notes.append(late)
        clock.warnings.append(late)
    clock.left, clock.taken = clock.left[1:], number
    _add(clock, step, number)


def _before(clock: Run) -> Dates | None:
    """Return when the term ended so far; nothing where only its days are known and it is counted by the hour."""
    by_hour = clock.terms and clock.conventions[clock.terms[0].count].clock == "instant"
    if clock.unending or (by_hour and not isinstance(clock.start, datetime)):
        return None
    return dates(clock)


def _add(clock: Run, step: Extension, number: int) -> None:
    if step.total:
        clock.terms = [step.total]
        clock.notes.append(Note("extended_total", {"number": number, **_size(step.total)}, step.basis))
    elif step.term:
        clock.terms = [*clock.terms, step.term]
        clock.notes.append(Note("extended", {"number": number, **_size(step.term)}, step.basis))
    else:
        clock.unending = True
        clock.notes.append(Note("extended_open", {"number": number}, step.basis))


def _size(term: Term) -> Mapping[str, object]:
    return {"n": term.n, "unit": term.unit}


def _suspension(clock: Run, event: Event) -> Suspension:
    for suspension in clock.plan.version.suspends:
        if event.name in (suspension.event, suspension.resume):
            return suspension
    raise LawError(f"{clock.plan.rule.id}: {event.name!r} does not stop or start this clock")


def _suspend(clock: Run, event: Event) -> None:
    suspension, day = _suspension(clock, event), day_of(event.at)
    if event.name != suspension.event:
        raise LawError(f"{clock.plan.rule.id}: {event.name!r} resumes, it does not suspend")
    if suspension.start and day < suspension.start:
        raise LawError(f"{clock.plan.rule.id}: the law knows {event.name} from {suspension.start} only")
    if suspension.only_after and day < last_in(dates(clock).strict):
        raise LawError(f"{clock.plan.rule.id}: {event.name} may come only after the term has ended")
    if suspension.effect == "restart" and suspension.resume is None:
        _restart(clock, suspension, event.at)
        return
    clock.since = clock.since if clock.open else day
    clock.open = (*clock.open, suspension)
    if suspension.effect != "exclude":
        clock.state = "stopped"
        clock.notes.append(Note("stopped", {"moment": day}, suspension.basis))


def last_in(end: datetime) -> date:
    """Return the last day that lies before an end: the day itself for an end at 24:00."""
    return (end - timedelta(microseconds=1)).date()


def _resume(clock: Run, event: Event) -> None:
    suspension, day = _suspension(clock, event), day_of(event.at)
    if event.name != suspension.resume or suspension not in clock.open:
        raise LawError(f"{clock.plan.rule.id}: nothing stands still that {event.name!r} could resume")
    if suspension.effect == "restart":
        _restart(clock, suspension, event.at)
        return
    if suspension.effect == "stop":
        raise LawError(f"{clock.plan.rule.id}: {suspension.then} counts on from {event.name}, not this clock")
    nth = clock.open.index(suspension)
    clock.open = clock.open[:nth] + clock.open[nth + 1 :]
    if not clock.open:
        clock.pauses = merged([*clock.pauses, (clock.since, day)])
        filled = {"n": (day - clock.since).days, "stop": clock.since, "resume": day}
        clock.notes.append(Note("paused", filled, suspension.basis))


def _restart(clock: Run, suspension: Suspension, at: Moment) -> None:
    term = suspension.restart
    assert term is not None, "drafts.check refuses a restart without a term"
    clock.start, clock.terms, clock.left, clock.pauses, clock.open = at, [term], [], (), ()
    clock.state, clock.unending = "running", False
    clock.notes.append(Note("restarted", {**_size(term), "moment": day_of(at)}, suspension.basis))


def _custody(clock: Run, event: Event) -> None:
    if not clock.plan.version.deducts:
        raise LawError(f"{clock.plan.rule.id}: custody does not shorten this term")
    if event.days < 1:
        raise LawError(f"{clock.plan.rule.id}: so many days of custody cannot be deducted: {event.days}")
    clock.less += event.days
    clock.notes.append(Note("deducted", {"n": event.days}, clock.plan.version.deducts[0].basis))


def _order(clock: Run, event: Event) -> None:
    if clock.order is None or instant(event.at) < instant(clock.order):
        clock.order = event.at


_HAPPENS = {
    "start": _start,
    "extend": _extend,
    "suspend": _suspend,
    "resume": _resume,
    "custody": _custody,
    "order": _order,
}


def dates(clock: Run) -> Dates:
    """Return when the term of `clock` ends as things stand; raise LawError where only an order can say it."""
    if clock.unending:
        if clock.order is None:
            raise LawError(f"{clock.plan.rule.id}: until the investigation is closed: give the end of the order")
        return Dates(_ends_at(clock.order), _ends_at(clock.order))
    found = _counted(clock)
    if clock.order is None:
        return found
    end = _ends_at(clock.order)
    return Dates(min(found.strict, end), min(found.legal, end), found.days, found.first)


def _ends_at(at: Moment) -> datetime:
    return instant(at) if isinstance(at, datetime) else end_of(at)


def _counted(clock: Run) -> Dates:
    convention = clock.conventions[clock.terms[0].count]
    size = length(convention, clock.terms)
    if convention.clock == "instant":
        if not isinstance(clock.start, datetime):
            raise LawError(f"{clock.plan.rule.id} counts by the hour: say at what time it starts")
        end = moment(convention, size, instant(clock.start))
        return Dates(end, end)
    if clock.less:
        if clock.less >= size.days:
            raise LawError(f"{clock.plan.rule.id}: {clock.less} days of custody leave nothing of the term")
        size = size._replace(days=size.days - clock.less)
    start, pauses = day_of(clock.start), clock.pauses
    strict, legal = [
        last_day(convention, reading, size, start, pauses, clock.calendar)
        for reading in (convention.strict, convention.legal)
    ]
    then = clock.plan.version.then
    if not then:
        return Dates(end_of(strict.end), end_of(legal.end), (strict, legal))
    after = clock.conventions[then.count]
    last = [
        last_day(after, reading, length(after, [then]), first.end, (), clock.calendar)
        for reading, first in ((after.strict, strict), (after.legal, legal))
    ]
    return Dates(end_of(last[0].end), end_of(last[1].end), (last[0], last[1]), (strict, legal))
