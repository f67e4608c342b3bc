"""The one function that turns the law and what happened into a deadline."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from types import MappingProxyType

from msgspec import Struct

from hamrong.law.calendars import Calendar
from hamrong.law.calendars import calendar as shipped_calendar
from hamrong.law.citations import cite_all
from hamrong.law.clocks import VIETNAM, Event, Moment, State, day_of, instant, last_in
from hamrong.law.explaining import Step, explained, unsure_years, warned
from hamrong.law.library import Library, rule_in, shipped
from hamrong.law.plans import Plan, joined
from hamrong.law.reckoning import branch_in, plan_on, reckon
from hamrong.law.shape import LawError, Rule, Text

_NONE: Mapping[str, str] = MappingProxyType({})


class Deadline(Struct, frozen=True):
    """When something is due, in both readings, under which version of which rule, and how sure that is.

    `start`, `strict` and `legal` are in Asia/Ho_Chi_Minh, strict ≤ legal. Alerts follow `strict`; nobody is late before
    `legal`. What is counted by `whole_days` ends at 24:00, so that both are the midnight after the last day. With a
    `caution` the date cannot be the sole ground for refusing a citizen or asserting lateness; `uncertain`: the law
    leaves these dates open. `version` is the first day of the version (ISO), `version_hash` and `calendar_hash` stand
    for the content, `params` are the values for the parameters of the rule, in the rule's order. `request_by` is the
    last day for asking for the next extension. A clock that is `paused` is shown as if it went on at `as_of`.
    """

    rule: str
    version: str
    version_hash: str
    start: datetime
    strict: datetime
    legal: datetime
    uncertain: bool
    caution: Text | None
    params: tuple[str, ...]
    whole_days: bool = False
    events: tuple[Event, ...] = ()
    as_of: Moment | None = None
    state: State = "running"
    request_by: date | None = None
    warnings: tuple[Text, ...] = ()
    calendar_hash: str = ""

    @property
    def law_version(self) -> str:
        """Which wording of which rule the dates rest on, to be stored with them: `rule@first day#hash`."""
        return wording(self.rule, self.version, self.version_hash)

    @property
    def strict_day(self) -> date:
        """The last day in the strict reading."""
        return last_in(self.strict) if self.whole_days else self.strict.date()

    @property
    def legal_day(self) -> date:
        """The last day before lateness can be asserted."""
        return last_in(self.legal) if self.whole_days else self.legal.date()

    @property
    def derivation(self) -> tuple[Step, ...]:
        """How the dates follow from the shipped law, as a tree of steps, written when asked for."""
        return derivation(shipped(), self, shipped_calendar())

    def written(self) -> tuple[str, str]:
        """Return both dates as `hamrong law due` prints them: `2026-03-23`, by the hour `2026-03-11T10:30`."""
        if self.whole_days:
            return self.strict_day.isoformat(), self.legal_day.isoformat()
        return _written(self.strict), _written(self.legal)

    def as_dict(self, lang: str = "vi") -> dict[str, object]:
        """Return what a page or an API shows: ISO instants and texts in `lang` ("vi" or "en")."""
        return {
            "rule": self.rule,
            "title": rule(self.rule).title.to(lang),
            "version": self.version,
            "version_hash": self.version_hash,
            "start": self.start.isoformat(),
            "strict": self.strict.isoformat(),
            "legal": self.legal.isoformat(),
            "uncertain": self.uncertain,
            "caution": self.caution.to(lang) if self.caution else None,
            "derivation": [step.as_dict(lang) for step in self.derivation],
        }


def wording(rule_id: str, version: str, version_hash: str) -> str:
    """What a version of a rule, as it is worded, is called where dates are kept."""
    return f"{rule_id}@{version}#{version_hash[:8]}"


@cache
def wordings() -> frozenset[str]:
    """Every version of every rule as the shipped law words it: dates that rest on another one were kept before."""
    plans = [plan for each in shipped().plans.values() for plan in each]
    return frozenset(wording(plan.rule.id, plan.name, plan.hash) for plan in plans)


def _worded(law_version: str) -> Plan | None:
    """The version that `wording` names; in other words than then, if it was reworded. None where it is here no more."""
    rule_id, _, rest = law_version.partition("@")
    name = rest.partition("#")[0]
    return next((plan for plan in shipped().plans.get(rule_id, ()) if plan.name == name), None)


@cache
def basis(law_version: str) -> Text | None:
    """On which places of the law a kept date rests, by the `wording` that is kept with it; None for an unknown one."""
    found = _worded(law_version)
    return cite_all(shipped(), found.version.basis) if found else None


@cache
def is_doubted(law_version: str) -> bool:
    """Whether a kept date may rest on words that nobody has confirmed: alone it is no ground to call anybody late.

    Never where it guards somebody's liberty: doubt is no ground to hold anybody longer.
    """
    found = _worded(law_version)
    if found is None or found.rule.side == "liberty":
        return found is None
    version = found.version
    return version.evidence.status == "uncertain" or bool(version.needs_review_from or version.open_questions)


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S" if moment.second else "%Y-%m-%dT%H:%M")


def deadline(
    rule_id: str,
    events: Moment | Sequence[Event],
    calendar: Calendar | None = None,
    as_of: Moment | None = None,
    *,
    params: Mapping[str, str] | None = None,
) -> Deadline:
    """Return the deadline that `rule_id` sets for `events`, or for one event at a moment or on a day.

    The first of `events` starts the clock; what came after `as_of` is left out. The version is the one in force on the
    day of the first event in Viet Nam, or on the day of `as_of` where the law says that the date of decision counts.
    Without `calendar` the shipped one. Raises ValueError for a moment without time zone, LawError for an unknown rule,
    a day that no version covers, params that the rule does not know or misses, and events that the law forbids.
    """
    return compute(shipped(), rule_id, events, params or _NONE, calendar, as_of)


def compute(
    library: Library,
    rule_id: str,
    events: Moment | Sequence[Event],
    params: Mapping[str, str],
    calendar: Calendar | None = None,
    as_of: Moment | None = None,
) -> Deadline:
    """Return the deadline under the law of `library`; see `deadline`."""
    if isinstance(events, datetime):
        local = instant(events)
        plan = plan_on(library, rule_id, local.date(), day_of(as_of) if as_of else None)
        values = plan.values(params)
        branch = branch_in(plan, values, local)
        if branch.reach:
            caution = branch.caution if local.date() < plan.review else branch.caution_on_review
            strict, legal = branch.reach(local)
            return Deadline(rule_id, plan.name, plan.hash, local, strict, legal, branch.uncertain, caution, values)
    given = (Event("start", events),) if isinstance(events, date) else tuple(events)
    return _counted(library, rule_id, given, params, calendar or shipped_calendar(), as_of)


def _counted(
    library: Library,
    rule_id: str,
    events: tuple[Event, ...],
    params: Mapping[str, str],
    calendar: Calendar,
    as_of: Moment | None,
) -> Deadline:
    found = reckon(library, rule_id, events, params, calendar, as_of)
    plan, branch, local = found.plan, found.branch, instant(found.start)
    caution = branch.caution if local.date() < plan.review else branch.caution_on_review
    if found.unsure:
        caution = joined([*([caution] if caution else []), unsure_years(library.words, found.unsure)])
    return Deadline(
        rule_id,
        plan.name,
        plan.hash,
        local,
        found.dates.strict,
        found.dates.legal,
        branch.uncertain,
        caution,
        plan.values(params),
        found.dates.days is not None or not isinstance(found.start, datetime),
        events,
        as_of,
        found.clock.state if found.clock else "running",
        found.request_by,
        warned(library, found.clock) if found.clock else (),
        calendar.hash,
    )


def further(
    rule_id: str, events: Sequence[Event], as_of: Moment | None = None, *, params: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Return the extensions that the law still has after `events`, by name, the one that comes next first.

    Raises as `deadline` does.
    """
    found = reckon(shipped(), rule_id, events, params or _NONE, shipped_calendar(), as_of)
    return tuple([step.step for step in found.clock.left]) if found.clock else ()


def derivation(library: Library, given: Deadline, calendar: Calendar | None = None) -> tuple[Step, ...]:
    """Return the steps from the event to the dates of `given`, which was computed under `library`."""
    plan = plan_on(library, given.rule, given.start.date(), day_of(given.as_of) if given.as_of else None)
    params = dict(zip(plan.names, given.params, strict=True))
    events = given.events or (Event("start", given.start),)
    found = reckon(library, given.rule, events, params, calendar or shipped_calendar(), given.as_of)
    return explained(library, found, given.strict, given.legal, given.caution)


def rule(rule_id: str) -> Rule:
    """Return one rule of the shipped law; raise LawError when there is none."""
    return rule_in(shipped(), rule_id)


def rules() -> tuple[Rule, ...]:
    """Return the rules of the shipped law in the order of their ids."""
    return tuple(sorted(shipped().rules.values(), key=lambda rule: rule.id))


@cache
def citizens_time() -> frozenset[str]:
    """Return the ids of rules whose time is the citizen's: once it has passed, no office is late."""
    return frozenset(rule.id for rule in rules() if rule.side == "citizen")


@cache
def of_liberty() -> frozenset[str]:
    """Return the ids of rules that guard somebody's liberty: nobody puts their alarms away."""
    return frozenset(rule.id for rule in rules() if rule.side == "liberty")


__all__ = [
    "VIETNAM",
    "Deadline",
    "Event",
    "LawError",
    "Step",
    "basis",
    "citizens_time",
    "compute",
    "deadline",
    "derivation",
    "is_doubted",
    "of_liberty",
    "rule",
    "rules",
]
