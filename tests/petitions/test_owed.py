"""Dates of petitions and receptions are kept: a changed calendar gives a list, and only what somebody signs is kept."""

from datetime import date, datetime, timedelta

import psycopg
import pytest
from django.db import IntegrityError, transaction

from hamrong.access.upkeep import as_keeper
from hamrong.access.walls import acting
from hamrong.cases.actions.reckoning import Moved, adopt, confirm, moved, of_before
from hamrong.cases.models import Clock
from hamrong.kernel.seal.followup import new_code
from hamrong.law import calendar
from hamrong.petitions.actions.intake import hand_in
from hamrong.petitions.actions.sorting import tell_sender
from hamrong.petitions.models import Petition, Reception
from hamrong.petitions.owed import stands
from hamrong.petitions.queries import overdue, receptions
from hamrong.petitions.rules import Facts
from tests.cases.course import of_province
from tests.cases.test_reckoning import holidays
from tests.entrances import a_person, browser_of
from tests.petitions.senders import handed, now, officer, sent
from tests.petitions.test_pages_following import opened, sorted_in
from tests.petitions.test_receptions import entered as held
from tests.world import PROVINCE

assert holidays


def listed(row: Petition | Reception) -> list[Moved]:
    return [one for one in moved(by=of_province("test.reckon"), at=now()) if one.of == row.pk]


def again(row: Petition | Reception):
    with acting(officer("petition.read")):
        return type(row).objects.get(pk=row.pk)


def last(moment: datetime) -> str:
    return f"{(moment - timedelta(seconds=1)):%d/%m/%Y}"


@pytest.mark.parametrize("kind", ["complaint", "denunciation"])
def test_the_date_for_sorting_is_kept_and_moves_only_when_it_is_signed(kind, holidays):
    row, _ = sent(kind=kind)
    assert row.legal is not None and listed(row) == []
    holidays()
    (change,) = listed(row)
    assert (change.subject, change.rule, change.legal[0]) == ("petition", row.rule, row.legal)
    assert change.legal[1] > row.legal == again(row).legal
    assert adopt(by=of_province("test.reckon"), changes=[change], document="1/QĐ", at=now()) == 1
    signed = again(row)
    assert signed.legal == change.legal[1] and signed.calendar != row.calendar and listed(row) == []


def test_what_was_signed_is_kept_and_no_other_date(holidays):
    row, _ = sent()
    holidays()
    (change,) = listed(row)
    other = Moved(*[getattr(change, name) for name in ("subject", "of", "code", "unit", "rule", "strict")],
                  (change.legal[0], change.legal[1] + timedelta(days=1)))  # fmt: skip
    assert adopt(by=of_province("test.reckon"), changes=[other], document="1/QĐ", at=now()) == 0
    assert again(row).legal == row.legal


def test_the_sender_sees_the_date_that_stands_with_its_derivation_and_what_today_would_make_of_it(holidays):
    row, code = sent()
    plain = opened(code)
    holidays()
    page = opened(code)
    told = last(stands(row, now()).due.legal)
    assert told in plain and "law-steps" in plain and "lịch nghỉ đã đổi" not in plain
    assert f"Chậm nhất hết ngày {told}" in page and "lịch nghỉ đã đổi" in page and "law-steps" in page


def test_the_dates_of_a_case_stand_for_its_sender_too(holidays):
    row, code = sent(kind="reflection")
    case = sorted_in(row).case_id
    before = opened(code)
    holidays()
    after = opened(code)
    told = last(stands(row, now()).due.legal)
    assert f"Chậm nhất hết ngày {told}" in before and f"Chậm nhất hết ngày {told}" in after
    assert "lịch nghỉ đã đổi" in after and case


def test_beginning_a_case_moves_no_date(holidays):
    row, _ = sent()
    holidays()
    case = sorted_in(row).case_id
    with acting(officer("petition.read")):
        clock = Clock.objects.get(case=case, rule="kn.accept")
    assert (clock.legal, clock.calendar) == (row.legal, row.calendar)
    assert {one.subject for one in moved(by=of_province("test.reckon"), at=now()) if one.of in {row.pk, case}} == {
        "petition", "case",
    }  # fmt: skip


def test_a_date_by_which_the_sender_is_told_is_kept_from_the_sorting_until_it_is_done():
    row, _ = sent(kind="complaint")
    row = sorted_in(row, Facts("signed", "elsewhere"))
    assert (row.rule, again(row).legal) == ("tcd.answer", row.legal)
    told = tell_sender(by=officer("petition.tell"), petition=row, document="1/TB", at=now())
    with acting(officer("petition.list")):
        assert told.legal == row.legal and not Petition.objects.filter(overdue.UNDONE, pk=row.pk).exists()


def test_what_is_owed_after_a_reception_is_kept_too(holidays):
    row = held()
    holidays()
    (change,) = listed(row)
    assert (change.subject, change.legal[0]) == ("reception", row.legal)
    date = receptions.due(again(row), now())
    assert date.due.legal == row.legal and date.anew is not None
    page = browser_of(a_person("ward-duty", row.unit)).get(f"/tiep-cong-dan/{row.pk}/").content.decode()
    assert "Luật hoặc lịch đã đổi" in page
    adopt(by=of_province("test.reckon"), changes=[change], document="1/QĐ", at=now())
    assert again(row).legal == change.legal[1]


def test_the_night_marks_petitions_that_stand_and_leaves_those_that_would_move(holidays):
    old, _ = sent()
    early = hand_in(
        by=officer("petition.hand-in"), at=now(),
        handed=handed(new_code(), door="counter", received_on=date.today() - timedelta(days=60)),
    )  # fmt: skip
    changed = holidays()
    assert confirm(by=as_keeper("case.confirm", "test", now()), at=now()) >= 1
    assert again(early).calendar == changed.hash != calendar().hash
    assert (again(old).legal, again(old).calendar) == (old.legal, old.calendar)
    with acting(of_province("test.reckon")) as order:
        assert of_before(order) >= 1


def test_whoever_signs_sees_petitions_in_the_same_list(holidays):
    row, _ = sent(kind="denunciation")
    entry = held()
    holidays()
    client = browser_of(a_person("province-leader", PROVINCE))
    page = client.get("/ho-so/tinh-lai/").content.decode()
    assert f"/don/{row.pk}/" in page and f"/tiep-cong-dan/{entry.pk}/" in page
    seal = page.partition('name="seal" value="')[2].partition('"')[0]
    client.post("/ho-so/tinh-lai/", {"seal": seal, "document": "12/QĐ"})
    assert listed(row) == listed(entry) == []


def test_what_came_in_before_the_law_that_is_here_has_no_date():
    given = handed(new_code(), door="counter", received_on=date(1950, 1, 1))
    row = hand_in(by=officer("petition.hand-in"), handed=given, at=now())
    assert isinstance(row, Petition) and (row.rule, row.legal, stands(row, now())) == ("", None, None)


@pytest.mark.parametrize("changed", ["rule = ''", "legal = null", "strict = legal + interval '1 day'"])
def test_the_database_keeps_a_date_whole(changed, admin_connection):
    row, _ = sent()
    with pytest.raises((IntegrityError, psycopg.errors.CheckViolation)), transaction.atomic():
        admin_connection.execute(f"update petitions_petition set {changed} where id = %s", [row.pk])
