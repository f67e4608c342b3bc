"""The papers of a petition and of its case on the page of the petition, and the notice that its sender is owed."""

from typing import Any, Final

from django.utils import timezone

from hamrong.access.actors import Grant
from hamrong.cases.courses import course
from hamrong.papers.catalog import Form, form
from hamrong.papers.tables import part, shown_of
from hamrong.petitions.actions.sorting import row_of
from hamrong.petitions.models import Petition
from hamrong.petitions.subjects import ref_of

RECEIPT: Final = "bien-nhan"


def papers_shown(by: Grant, one: Petition) -> dict[str, Any] | None:
    """Papers of the petition, then those of its case; the notice is drawn up for the case where there is one."""
    if one.number is None:
        return None
    notice, case = _notice(one), one.case
    own = part(by, ref_of(one), "petition", [form(RECEIPT), *([] if case else notice)])
    of_case = part(by, f"case:{case.code}", course(case.course).purposes[0], notice) if case else None
    found = [each for each in (of_case, own) if each]
    return shown_of(found) if found else None


def _notice(one: Petition) -> list[Form]:
    """The form of the notice that is still owed."""
    row = row_of(one)
    made = form(row.form) if row and row.form and not one.told_on else None
    return [made] if made and made.grounds_on(timezone.localdate()) is not None else []
