"""The papers of a case on its pages: what was signed, what a step needs, and on which paper a step rests."""

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from hamrong.access.actors import Grant
from hamrong.cases.courses import Step, course
from hamrong.cases.models import Case, Number
from hamrong.cases.queries.standing import stands
from hamrong.casework.forms import Resting
from hamrong.papers import queries
from hamrong.papers.catalog import OUTGOING, Form, form, form_for, rested_on
from hamrong.papers.forms import label
from hamrong.papers.known import document
from hamrong.papers.models import Paper
from hamrong.papers.tables import Part, address, part, shown_of


@dataclass(frozen=True, slots=True)
class Needed:
    """The paper that a step needs: what it is called, where it is drawn up, and where its draft is, if there is one."""

    label: str
    new: str
    draft: str
    signed: bool


def papers_shown(by: Grant, case: Case) -> dict[str, Any] | None:
    """The papers of a case and the forms of the steps that can be taken now; None for who works on no papers of it."""
    steps = [] if case.joined_id and not case.closed_at else _offered(case)
    forms = {each.code: each for each in (_form_of(step) for step in steps) if each}
    found = _part(by, case, forms.values())
    return shown_of([replace(found, owed=_owed(found, case, forms))]) if found else None


def _offered(case: Case) -> list[Step]:
    """What can be done where a case stands; where it ended, what changes or ends a decision that is in force still."""
    here = course(case.course).steps_from(case.state)
    return [step for step in here if not case.closed_at or (step.after and stands(case, step))]


def _owed(found: Part, case: Case, offered: Container[str]) -> list[tuple[Form, str]]:
    """The forms of what was done before its paper is written, and has none here yet, with the number it is to bear.

    Two people decide, the register gives the number, and then the paper is signed: until then it is named.
    """
    before = {step.act for step in course(case.course).steps if "document" in step.needs}
    papers = list(queries.of(found.by, found.to.ref))
    spare = Counter(one.form for one in papers if one.state == "draft" or form(one.form).register == OUTGOING)
    borne, owed = queries.borne(found.by, found.to.ref), []
    for fact in case.facts.exclude(act__in=before).order_by("revision").select_related("number"):
        made, given = form_for(fact.act, timezone.localdate()), getattr(fact, "number", None)
        if made is None or (made.code in offered and given is None):
            continue
        if given and (given.register, given.unit, given.year, given.number) in borne:
            continue
        if spare[made.code] > 0:
            spare[made.code] -= 1
            continue
        owed.append((made, f"{given.number}/{given.year}" if given else ""))
    return owed


def needed(by: Grant, case: Case, step: Step) -> Needed | None:
    """The paper that a step needs; None where it needs none."""
    made, found = _rested_on(step), _part(by, case)
    if made is None or found is None:
        return None
    to, papers = found.to, list(queries.of(found.by, found.to.ref).filter(form=made.code))
    draft = next((each for each in papers if each.state == "draft"), None)
    return Needed(
        label(made), address("new", to.purpose, to.ref, made.code),
        address("paper", to.purpose, draft.pk) if draft else "",
        not step.register and any(each.state == "signed" for each in papers),  # a number is given first, then signed
    )  # fmt: skip


def unsigned(by: Grant, case: Case) -> tuple[Number, str, str] | None:
    """The last decision on what outlasts the case, where no signed paper bears its number: what the paper is called,
    and where it is drawn up.
    """
    acts = [act for one in course(case.course).lasting for act in (one.act, one.unless)]
    given = case.numbers.filter(fact__act__in=acts).select_related("fact").order_by("fact__revision").last()
    made = form_for(given.fact.act, timezone.localdate()) if given else None
    found = _part(by, case) if made else None
    if given is None or made is None or found is None:
        return None
    if (given.register, given.unit, given.year, given.number) in queries.borne(found.by, found.to.ref):
        return None
    return given, label(made), address("new", found.to.purpose, found.to.ref, made.code)


def resting(by: Grant, case: Case, step: Step) -> Sequence[Resting]:
    """The signed papers of a case, those of the form that the step needs first, then the newest."""
    found, made = _part(by, case), _rested_on(step)
    rows = [_resting(each, made) for each in queries.signed(found.by, found.to.ref)] if found else []
    return sorted(rows, key=lambda each: not each.own)


def _resting(one: Paper, made: Form | None) -> Resting:
    own = made is not None and one.form == made.code
    return Resting(str(one.pk), f"{label(form(one.form))}: {document(one)}", document(one), own)


def _form_of(step: Step) -> Form | None:
    return form_for(step.act, timezone.localdate())


def _rested_on(step: Step) -> Form | None:
    return rested_on(step.act, timezone.localdate())


def _part(by: Grant, case: Case, forms: Iterable[Form] = ()) -> Part | None:
    return part(by, f"case:{case.code}", course(case.course).purposes[0], forms)
