"""Cases as objects that have papers: `case:KN-2026-000123`."""

from hamrong.access.actors import Grant
from hamrong.cases.courses import course
from hamrong.cases.queries import visible
from hamrong.papers.subjects import Subject


def case(by: Grant, code: str) -> Subject | None:
    """The case of a printed code, where the grant may see it."""
    found = visible.cases(by).filter(code=code).first()
    if found is None:
        return None
    return Subject(f"case:{code}", code, found.unit, found.province, course(found.course).purposes[0])
