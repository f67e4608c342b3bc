"""What is in force in a case: an act that is on record with nothing since that ends it, and what outlasts the case."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from hamrong.cases.courses import Lasting, Step, course
from hamrong.cases.models import REVIEW, Case, Fact


@dataclass(frozen=True, slots=True)
class Standing:
    """A decision that the end of its case does not end, the fact by which it is in force, and its last review."""

    case: Case
    one: Lasting
    fact: Fact
    review: Fact | None

    def is_due(self, on: date) -> bool:
        """Whether it is to be looked at on a day: nobody has yet, or what was said then has come."""
        again = self.review.again_on if self.review else None
        return again is None or again <= on


def stands(case: Case, step: Step) -> bool:
    """Whether the act that a step comes after is on record, and nothing has ended it since."""
    return in_force(case, step.after, step.unless)


def in_force(case: Case, after: str, unless: str) -> bool:
    """Whether an act is on record with none of the other since; what rests on a recalled paper does not count."""
    return not after or _decision(_told([case.pk], (after, unless)), after, unless) is not None


def lasting(case: Case) -> list[Lasting]:
    """What is in force in a case that its end does not end."""
    return [each.one for each in standing([case])]


def going_on(case: Case, end: str) -> set[str]:
    """Which clocks an end of a case does not stop: of what outlasts it, and of what was asked and is answered there."""
    kept = {rule for one in lasting(case) for rule in one.rules}
    rows = course(case.course).steps_from(end)
    return kept | {touch.rule for step in rows for touch in step.touches if touch.what == "stop"}


def standing(cases: Sequence[Case]) -> list[Standing]:
    """The same for many cases, with the decisions: two questions for all of them."""
    kinds = {case.pk: course(case.course).lasting for case in cases}
    acts = {act for found in kinds.values() for one in found for act in (one.act, one.unless)}
    facts: dict[UUID, list[Fact]] = defaultdict(list)
    for fact in _told([number for number, found in kinds.items() if found], (*acts, REVIEW)) if acts else ():
        facts[fact.case_id].append(fact)
    rows = [_standing(case, one, facts[case.pk]) for case in cases for one in kinds[case.pk]]
    return [row for row in rows if row]


def _standing(case: Case, one: Lasting, facts: Sequence[Fact]) -> Standing | None:
    fact = _decision(facts, one.act, one.unless)
    if fact is None:
        return None
    since = (each for each in facts if each.revision > fact.revision)
    return Standing(
        case, one, fact, next((each for each in since if (each.act, each.ground) == (REVIEW, one.act)), None)
    )


def _told(cases: Iterable[UUID], acts: Iterable[str]) -> QuerySet[Fact]:
    """What cases were told of some acts, the newest first, with what corrected it."""
    told = Fact.objects.filter(case__in=list(cases), act__in=set(acts)).order_by("-revision")
    return told.prefetch_related("corrections")


def _decision(facts: Iterable[Fact], after: str, unless: str) -> Fact | None:
    """Of the facts of a case, the newest first, the one of `after` with none of `unless` since."""
    last = next((each for each in facts if each.act in (after, unless) and _rests(each)), None)
    return last if last is not None and last.act == after else None


def _rests(fact: Fact) -> bool:
    """Whether a fact stands: its paper was not recalled, or it rests on another one since."""
    last = max(fact.corrections.all(), key=lambda each: each.revision, default=None)
    return last is None or bool(last.document)
