"""Inspecting the record: found by what was done, by whom, to what; and the inspector is on record too."""

import csv
import io
import json
import secrets

import pytest
from django.db import connection, transaction

from hamrong.access.upkeep import as_keeper, erase_details
from hamrong.access.walls import acting
from hamrong.accounts.models import Person
from hamrong.audit.models import Detail, Entry
from hamrong.audit.queries import readings_of
from hamrong.audit.record import Act, record
from hamrong.org.models import Unit
from tests.audit.streams import a_stream, an_entry, checked
from tests.entrances import a_person, browser_of
from tests.world import NOW, PROVINCE, a_ward, timedelta


@pytest.fixture
def inspector():
    return browser_of(a_person("inspector", PROVINCE))


def as_inspector():
    """The record as the database shows it to an inspector."""
    cursor = connection.cursor()
    cursor.execute("select set_config('role', 'hamrong_inspector', true)")


def entries_of(stream: str) -> list[Entry]:
    with transaction.atomic():
        as_inspector()
        return list(Entry.objects.filter(stream=stream).order_by("stream_seq"))


def test_entries_are_found_by_actor_and_subject_and_day(inspector):
    an_entry(f"test:{secrets.token_hex(6)}", at=NOW)
    page = inspector.get("/inspection/", {"actor": "person:an", "since": "24/11/2026", "until": "24/11/2026"})
    assert page.status_code == 200
    assert "stay:1" in page.content.decode()
    other_day = inspector.get("/inspection/", {"actor": "person:an", "since": "25/11/2030"}).content.decode()
    assert "Không có mục nào" in other_day
    assert "Nhập ngày" in inspector.get("/inspection/", {"since": "32/13"}).content.decode()


def entered_by(person) -> str:
    subject = f"stay:{secrets.token_hex(6)}"
    with transaction.atomic():
        record(Act("stay.open", f"person:{person.pk}", f"test:{subject}", subject, "night-control", a_ward(), NOW, {}))
    return subject


def test_who_is_found_by_name_without_diacritics_by_user_name_and_by_unit(inspector):
    quiet = Unit.objects.filter(kind=Unit.Kind.COMMUNE, valid_to=None).latest("code").code  # few tests appoint there
    person = a_person("ward-duty", quiet)
    subject, other = entered_by(person), entered_by(a_person("inspector", PROVINCE))
    Person.objects.filter(pk=person.pk).update(name_key=f"nguyen thi {(odd := secrets.token_hex(5))}")
    for asked in (f"Thị {odd.upper()}", person.username, quiet):
        page = inspector.get("/inspection/", {"actor": asked}).content.decode()
        assert subject in page and other not in page
        assert f"actor=person%3A{person.pk}" in page
    assert subject in inspector.get("/inspection/entries.csv", {"actor": person.username}).content.decode()
    nobody = inspector.get("/inspection/", {"actor": "%"}).content.decode()
    assert subject not in nobody and "Không ai có họ tên" in nobody


def test_a_name_of_too_many_people_shows_nobody_and_asks_for_more(inspector):
    odd, people = secrets.token_hex(5), [a_person("ward-duty", a_ward()) for _ in range(21)]
    Person.objects.filter(pk__in=[one.pk for one in people]).update(name_key=odd)
    subject = entered_by(people[0])
    page = inspector.get("/inspection/", {"actor": odd}).content.decode()
    assert "Hơn 20 người" in page and subject not in page


def test_entries_are_found_by_purpose_and_taken_out_as_a_file(inspector):
    subject = f"stay:{secrets.token_hex(6)}"
    with transaction.atomic():
        record(Act("stay.open", "person:an", f"test:{subject}", subject, "night-control", a_ward(), NOW, {}))
    for purpose, found in (("night-control", True), ("statistics", False)):
        page = inspector.get("/inspection/", {"purpose": purpose, "actor": "person:an", "subject": subject})
        assert page.status_code == 200
        assert (f"stay.open {a_ward()}" in page.content.decode()) == found
    file = inspector.get("/inspection/entries.csv", {"purpose": "night-control", "subject": subject})
    assert file.status_code == 200 and subject in file.content.decode()


def test_opening_an_entry_shows_details_and_neighbours_and_is_itself_on_record(inspector):
    stream = a_stream(3)
    before, middle, after = entries_of(stream)
    page = inspector.get(f"/inspection/entries/{middle.pk}").content.decode()
    assert "number" in page and bytes(middle.leaf_hash).hex() in page
    assert str(before.pk) in page and str(after.pk) in page
    with transaction.atomic():
        as_inspector()
        assert Entry.objects.filter(type="audit.open", subject=f"entry:{middle.pk}").count() == 1


def test_an_export_is_a_csv_without_details_and_is_on_record(inspector):
    stream = a_stream(2)
    answer = inspector.get("/inspection/entries.csv", {"subject": "stay:1"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["stream"] for row in rows} >= {stream}
    assert "details" not in rows[0] and len(rows[0]["leaf_hash"]) == 64
    with transaction.atomic():
        as_inspector()
        taken = Entry.objects.filter(type="audit.export").order_by("-at").first()
        told = json.loads(Detail.objects.get(entry=taken).details)
    assert told["looked_for"] == {"subject": "stay:1"} and told["taken"] == len(rows)


def test_a_formula_in_an_export_is_text(inspector):
    with transaction.atomic():
        record(Act("stay.open", "=cmd()", f"test:{secrets.token_hex(4)}", "formula", "", "", NOW, {}))
    text = inspector.get("/inspection/entries.csv", {"subject": "formula"}).content.decode()
    assert "'=cmd()" in text and ",=cmd()" not in text


@pytest.mark.parametrize(
    ("role", "scope"), [("accounts-admin", PROVINCE), ("ward-chief", "14797"), ("province-residence", PROVINCE)]
)
def test_nobody_else_reads_the_record_and_the_try_is_on_record(role, scope):
    person = a_person(role, scope)
    assert browser_of(person).get("/inspection/").status_code == 403
    with transaction.atomic():
        as_inspector()
        assert Entry.objects.filter(actor=f"person:{person.pk}", type="refused", subject="act:audit.read").count() == 1


def test_who_looked_at_the_data_of_a_subject():
    subject, stream = f"stay:{secrets.token_hex(6)}", f"test:{secrets.token_hex(6)}"
    with transaction.atomic():
        for number, kind in enumerate(("stay.notify", "stay.open", "stay.export", "stay.amend", "stay.list")):
            at = NOW + timedelta(seconds=number)
            record(Act(kind, f"person:{number}", stream, subject, "investigation", a_ward(), at, {}))
    with transaction.atomic():
        as_inspector()
        assert [entry.actor for entry in readings_of(subject)] == ["person:4", "person:2", "person:1"]


def test_details_are_erased_when_their_time_is_over_and_the_chain_stays(inspector):
    old = NOW - timedelta(days=365 * 4)
    stream = f"test:{secrets.token_hex(6)}"
    an_entry(stream, at=old, name="Trần Văn Khách")
    an_entry(stream, at=NOW, name="Trần Văn Khách")
    erased = 0
    while done := erase_details(by=as_keeper("audit.erase", "erase-details", NOW), at=NOW, at_most=1):
        erased += done
    assert erased >= 1
    report = checked(stream)
    assert (report.entries, report.erased, report.bad) == (2, 1, None)
    first, second = entries_of(stream)
    assert "đã được xóa" in inspector.get(f"/inspection/entries/{first.pk}").content.decode()
    assert "Trần Văn Khách" in inspector.get(f"/inspection/entries/{second.pk}").content.decode()


def test_the_keeper_erases_nothing_before_its_time():
    stream = a_stream(2)
    erase_details(by=as_keeper("audit.erase", "erase-details", NOW), at=NOW)
    assert checked(stream).erased == 0
    with acting(as_keeper("audit.erase", "erase-details", NOW)):
        assert Detail.objects.filter(entry__stream=stream).count() == 2
