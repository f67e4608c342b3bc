"""What is put on record after its day is counted: for the unit's chief, the province and the inspector."""

from datetime import timedelta

from hamrong.cases.actions.steps import Told, take
from hamrong.cases.models import Case
from tests.casework.test_pages import a_case, duty, now
from tests.entrances import a_person, browser_of
from tests.petitions.way import PARAMS, WARD, by
from tests.world import PROVINCE

AT = "/ho-so/ghi-lui/"


def put_down(case: Case, days: int) -> Case:
    """A complaint accepted so many days ago by what is put on record now."""
    told = Told(now() - timedelta(days=days), "vì thế", "12/TB", PARAMS)
    taken = take(by=by("complaint.accept", "ward-duty"), case=case, revision=case.revision, told=told, at=now())
    assert isinstance(taken, Case), taken
    return taken


def page_of(role: str, scope: str, query: str = "") -> str:
    return browser_of(a_person(role, scope)).get(AT + query).content.decode()


def row_of(page: str, code: str) -> str:
    return next((each.partition("</tr>")[0] for each in page.split("<tr") if code in each), "")


def test_a_step_that_is_put_down_late_is_listed_with_its_days_and_one_in_time_is_not():
    late, prompt = put_down(a_case(days=12), 9), put_down(a_case(days=12), 0)
    for page in (page_of("ward-chief", WARD), page_of("province-leader", PROVINCE)):
        assert "9" in row_of(page, late.code) and f"/ho-so/{late.pk}/" in page
        assert row_of(page, prompt.code) == ""


def test_the_inspector_sees_it_without_a_way_into_the_case():
    late = put_down(a_case(days=12), 9)
    page = page_of("inspector", PROVINCE)
    assert row_of(page, late.code) and f"/ho-so/{late.pk}/" not in page


def test_nobody_sees_those_of_another_unit_and_an_officer_none():
    late = put_down(a_case(days=12), 9)
    assert late.code not in page_of("ward-chief", "14812")
    assert duty().get(AT).status_code == 403


def test_the_days_are_those_of_writing_down():
    late = put_down(a_case(days=60), 50)
    assert row_of(page_of("ward-chief", WARD, "?days=30"), late.code)
