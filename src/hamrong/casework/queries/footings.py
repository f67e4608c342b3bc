"""Steps whose paper was recalled since: of one case, or of every case within a grant."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from hamrong.access.actors import Grant
from hamrong.cases.courses import courses_of
from hamrong.cases.models import Case, Fact
from hamrong.cases.queries import visible
from hamrong.papers import queries
from hamrong.papers.known import document
from hamrong.papers.models import Paper, Recall

MOST = 500
"""Recalls, the latest first, of which the first page tells."""


@dataclass(frozen=True, slots=True)
class Shaken:
    """A step that rests on a recalled paper, or since then on none (`owed`); `instead` is what took its place."""

    fact: Fact
    document: str
    recalled_at: datetime
    instead: str
    owed: bool


def shaken(by: Grant, case: Case) -> Sequence[Shaken]:
    """Steps of a case that have to be put right, in the order in which they were taken."""
    return list(_shaken(visible.facts(by).filter(case=case), queries.recalls(by, [f"case:{case.code}"])))


def everywhere(by: Grant) -> Sequence[tuple[Case, Shaken]]:
    """Steps within the grant, of courses that name its post, that nobody has put right yet."""
    recalls = list(queries.recalls(by).filter(paper__ref__startswith="case:")[:MOST])
    codes = {one.paper.ref.removeprefix("case:") for one in recalls}
    mine = visible.cases(by).filter(code__in=codes, course__in=courses_of(by.holding.role))
    found = []
    for case in mine.order_by("code"):
        own = [one for one in recalls if one.paper.ref == f"case:{case.code}"]
        steps = _shaken(visible.facts(by).filter(case=case), own)
        found += [(case, one) for one in steps if not one.owed]
    return found


def _shaken(facts: QuerySet[Fact], recalls: Iterable[Recall]) -> Iterable[Shaken]:
    by_document = {document(one.paper): one for one in recalls}
    if not by_document:
        return
    rows = list(facts.select_related("number").order_by("revision"))
    last = {row.corrects_id: row for row in rows if row.corrects_id}
    for row in rows:
        if row.corrects_id is None and (one := _of(row, last.get(row.pk), by_document)):
            yield one


def _of(row: Fact, since: Fact | None, recalls: Mapping[str, Recall]) -> Shaken | None:
    """How a step stands, by the last correction of it."""
    first = recalls.get(row.document) or _by_number(row, recalls.values())
    recall = recalls.get(since.document) if since and since.document else first
    if recall is None or (since and not since.document and since.source != since.target):
        return None
    instead = document(recall.replacement) if recall.replacement else ""
    return Shaken(row, document(recall.paper), recall.recalled_at, instead, bool(since and not since.document))


def _by_number(row: Fact, recalls: Iterable[Recall]) -> Recall | None:
    """The recall of the paper that bears the number that this step took from a register."""
    number = getattr(row, "number", None)
    given = (number.register, number.unit, number.year, number.number) if number else None
    return next((one for one in recalls if given and _number_of(one.paper) == given), None)


def _number_of(paper: Paper) -> tuple[str, str, int | None, int | None]:
    return paper.register, paper.numbered_by, paper.year, paper.number
