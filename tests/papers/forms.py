"""Forms filled in with the samples of `fields.yaml`, and cases that need papers."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from hamrong.access.actors import Grant, Target
from hamrong.access.walls import acting
from hamrong.cases.models import Case
from hamrong.law import VIETNAM
from hamrong.papers import queries
from hamrong.papers.actions.drafting import asked, draft
from hamrong.papers.catalog import Form, fields, form
from hamrong.papers.filling import filled, needs
from hamrong.papers.models import Paper
from hamrong.papers.subjects import Subject, subject
from hamrong.petitions.complaints import FIRST
from hamrong.petitions.denunciations import DENUNCIATION
from tests.petitions.way import WARD, a_case
from tests.world import PROVINCE, actor, grant

T = TypeVar("T")
NOON = datetime(2026, 11, 26, 12, tzinfo=VIETNAM)
TODAY = date(2026, 11, 26)


def samples(made: Form) -> dict[str, Any]:
    """What a person would type, taken from the table of fields; what is due lies ahead whenever the tests run."""
    return {name: "31/12/2099" if fields()[name].due else fields()[name].sample for name in asked(made)}


def whole(made: Form, **changes: Any) -> bytes:
    """The Word file with every field filled in, those of the house, too."""
    wanted = needs(made.file)
    return filled(made.file, {name: fields()[name].sample for name in wanted.required | wanted.optional} | changes)


def officer(act: str, *, purpose: str = "complaint", ward: str = WARD) -> Grant:
    return grant(actor("ward-duty", ward), act, Target(ward=ward, province=PROVINCE), purpose=purpose)


def chief(act: str, *, purpose: str = "complaint", ward: str = WARD) -> Grant:
    return grant(actor("ward-chief", ward), act, Target(ward=ward, province=PROVINCE), purpose=purpose)


def inside(by: Grant, ask: Callable[[], T]) -> T:
    """What a question answers in the grant's transaction, where the database shows its rows."""
    with acting(by):
        return ask()


def found(by: Grant, ref: str) -> Subject | None:
    """The object of a reference, as this grant finds it."""
    return inside(by, lambda: subject(by, ref))


def listed(by: Grant, ref: str) -> list[Paper]:
    """The papers of an object, as this grant sees them."""
    return inside(by, lambda: list(queries.of(by, ref)))


def complaint() -> tuple[Case, Subject]:
    """A complaint that has just come in, as an object that has papers."""
    case = a_case(FIRST)
    to = found(officer("paper.read"), f"case:{case.code}")
    assert to is not None
    return case, to


def denunciation() -> Subject:
    """A denunciation that has just come in."""
    to = found(officer("paper.read", purpose="denunciation"), f"case:{a_case(DENUNCIATION).code}")
    assert to is not None
    return to


def a_draft(to: Subject, code: str = "kn-thu-ly", at: datetime = NOON) -> Paper:
    """A draft of a form with its samples."""
    made = form(code)
    paper = draft(by=officer("paper.draft", purpose=to.purpose), to=to, form=made, values=samples(made), at=at)
    assert isinstance(paper, Paper), paper
    return paper
