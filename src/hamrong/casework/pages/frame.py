"""What the pages of the desk share: the one case that a grant shows, other grants of the same post, names."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hamrong.access.actors import Grant, Refusal
from hamrong.access.decisions import beside
from hamrong.access.queries import names_of
from hamrong.access.roles import roles, words_of_acts
from hamrong.access.web import Refused
from hamrong.cases import along
from hamrong.cases.actions.steps import OPEN
from hamrong.cases.courses import Step, course, courses_of
from hamrong.cases.models import Case, Fact
from hamrong.cases.queries import visible
from hamrong.law.clocks import last_in
from hamrong.org.models import Unit
from hamrong.org.queries import commune_units, offices, unit
from hamrong.ui.answers import private, words
from hamrong.ui.formats import days_until, until
from hamrong.ui.places import lies_at


def page(request: HttpRequest, template: str, values: Mapping[str, Any], here: str = "casework:desk") -> HttpResponse:
    """A page of the desk, kept by no browser."""
    lies_at(request, reverse(here))
    return private(request, f"casework/{template}.html", values)


def one(by: Grant, number: UUID) -> Case:
    """The case of a number, within the grant and of a course that names its post; 404 otherwise."""
    found = visible.cases(by).filter(pk=number, course__in=courses_of(by.holding.role)).first()
    if found is None:
        raise Http404
    if away := along.kept_away(by, found):
        raise Refused(away)
    return found


def home_of(by: Grant, code: str) -> str:
    """The page of the case of a printed code; '' where the grant shows none."""
    found = visible.cases(by).filter(code=code).first()
    return reverse("casework:case", args=[found.pk]) if found else ""


def same_post(by: Grant, act: str) -> Grant | Refusal:
    """The grant of another act in the same scope: the transaction that is open knows no other scope."""
    return beside(by, act)


def may(by: Grant, act: str) -> bool:
    """Whether the button of an act is shown."""
    return isinstance(same_post(by, act), Grant)


def state_of(case: Case, state: str = "") -> str:
    """What the state of a case, or another state of its course, is called."""
    return words(course(case.course).states[state or case.state])


def result_of(case: Case, result: str = "") -> str:
    """What was found of a case, in words; '' before that, and where it ended without."""
    found = course(case.course).results.get(result or case.result)
    return words(found) if found else ""


def title_of(case: Case) -> str:
    """What the course of a case is called."""
    return words(course(case.course).words)


def act_words(case: Case, act: str) -> str:
    """What an act is called that a case waits for, as an order: where the case stands, or else in any row of it."""
    step = _row(case.course, act, case.state)
    return words(step.words) if step else ""


def told_words(case: Case, fact: Fact) -> str:
    """What a fact of a case is called, as done: in the words of its course, or of the acts that every case has."""
    return done_words(case.course, fact.act, fact.source)


def done_words(key: str, act: str, source: str) -> str:
    """The same for an act in a course (`course(key)`), out of a state; one that is not in use any more stays a code."""
    if act == OPEN:
        return _("Đã mở hồ sơ")
    step = _row(key, act, source)
    found = step.words.done if step else words_of_acts().get(act)
    return words(found) if found else act


def _row(key: str, act: str, source: str) -> Step | None:
    of = course(key)
    return of.step(act, source) or next((step for step in of.every_step if step.act == act), None)


def last_day(end: datetime) -> date:
    """The last day before a moment: what ends at 24:00 ends on the day before midnight."""
    return last_in(timezone.localtime(end))


def end_of(end: datetime) -> date | datetime:
    """An end as lists show it: the last day of what ends at 24:00, else the moment."""
    return last_day(end) if _at_midnight(end) else end


def why(case: UUID, rule_id: str) -> str:
    """The address of a date's reasons, article by article: the clock on the page of its case."""
    return f"{reverse('casework:case', args=[case])}#clock-{rule_id}"


def remaining(end: datetime, now: datetime, *, hourly: bool = False) -> str:
    """What is left of a clock: days alone where it ends with a day; `hourly` where every hour counts."""
    whole = _at_midnight(end) and not hourly
    return days_until(last_day(end), timezone.localdate(now)) if whole else until(end, now)


def _at_midnight(end: datetime) -> bool:
    return timezone.localtime(end).time() == time()


def in_post(who: Mapping[str, str], ref: str, role: str) -> str:
    """A person by name and post; `who` names refs, and a ref that it does not know stands for itself."""
    return f"{who.get(ref, ref)}, {role_words(role)}"


def role_words(code: str) -> str:
    """What a post is called."""
    return words(roles()[code]) if code in roles() else code


def posts(named: Iterable[str], level: str) -> str:
    """What these posts are called, those of a level (`ward`, `province`) only."""
    return ", ".join(role_words(each) for each in dict.fromkeys(named) if roles()[each].scope == level)


def level_of(by: Grant, case: Case) -> str:
    """The level of the unit that has a case: `province` or `ward`; whoever is in a commune sees its cases only."""
    return "province" if case.unit in units_of(by) else "ward"


def in_place(who: Mapping[str, str], person: str) -> str:
    """In whose place somebody acted; '' where it was in their own."""
    return ", " + _("thay %(who)s") % {"who": who.get(person, person)} if person else ""


def on_behalf(by: Grant, act: str) -> str:
    """In whose place the reader does an act here, by name; '' where it is their own post, or where they may not."""
    answer = same_post(by, act)
    lender = answer.holding.in_place_of if isinstance(answer, Grant) else ""
    return names([lender]).get(lender, "–") if lender else ""


def unit_name(code: str) -> str:
    """What a unit is called; its code where nobody knows it."""
    found = unit(code)
    return found.name if found else code


def units_of(by: Grant) -> list[str]:
    """The units whose cases somebody of the province settles: its police and the departments; none named in a commune,
    which sees no other unit's.
    """
    if by.scope_kind != "province":
        return []
    return [each.code for each in offices(timezone.localdate())]


def unit_choices(on: date, *, but: str = "", departments: bool = True) -> list[tuple[str, str]]:
    """The province's police, its departments if wanted, then the communes' police in the order of their names."""
    above = [each for each in offices(on) if departments or each.kind == Unit.Kind.PROVINCE]
    found = [*above, *sorted(commune_units(on), key=lambda each: each.name)]
    return [(each.code, each.name) for each in found if each.code != but]


def names(refs: Iterable[str]) -> Mapping[str, str]:
    """Who they are, by reference."""
    return names_of({each for each in refs if each})


def ticked(request: HttpRequest, name: str) -> list[UUID]:
    """The rows that were ticked in a table; what is no id is nobody's row."""
    found = []
    for text in request.POST.getlist(name):
        with suppress(ValueError):
            found.append(UUID(text))
    return found
