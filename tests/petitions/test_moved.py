"""Sealed reports after an order that moved them: conflicts are looked for before anybody reads, and nothing is lost."""

from contextlib import contextmanager
from uuid import UUID

import pytest

from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.cases.actions import transfers
from hamrong.cases.models import Transfer
from hamrong.org.models import AreaSuccessor, Unit
from hamrong.petitions.actions import transferring
from hamrong.petitions.models import Petition
from hamrong.sealed import queries
from hamrong.sealed.actions import handing, keys, lending, moving, reports
from hamrong.sealed.models import Report
from hamrong.sealed.rules import Against
from tests.entrances import browser_of
from tests.petitions.senders import TEXT, WARD, now, today
from tests.petitions.test_transferring import a_denunciation, hands, reads
from tests.sealed.room import (
    PASSPHRASE,
    Officer,
    a_holder,
    an_officer,
    chief,
    chief_of_province,
    holders,
    holders_of,
    second,
)
from tests.world import PROVINCE

NEW, OLD = "15772", "99901"
"""A unit to which an order moves cases, and one that ceased, whose area went into its."""


@pytest.fixture(autouse=True, scope="module")
def keys_on_record():
    holders(), chief()


@contextmanager
def an_old_unit(admin):
    """As if there had been a unit where `NEW` is now."""
    area = AreaSuccessor.objects.filter(after=Unit.objects.get(code=NEW).area_id).first().before_id
    admin.execute(
        "insert into org_unit (code, name, kind, parent_id, area_id, valid_to) "
        "values (%s, 'Công an xã cũ', 'commune', '38', %s, '2025-06-30')", [OLD, area],
    )  # fmt: skip
    try:
        yield
    finally:
        admin.execute("delete from org_unit where code = %s", [OLD])


def given_to(report: Report, *people: Officer, alone: bool = False) -> None:
    done = handing.hand_over(
        by=chief().may("sealed.hand"), report=report, ring=chief().ring(),
        to=reports.Place(WARD, frozenset(each.id for each in people)), at=now(), adding=not alone,
    )  # fmt: skip
    assert isinstance(done, Report), done


def ordered(old: str = WARD, new: str = NEW) -> None:
    by = chief_of_province("case.reorganise")
    assert isinstance(transfers.reorganise(by=by, successors={old: new}, document="1/QĐ", at=now()), int)


@pytest.fixture
def back():
    """Everything is moved back at the end: other tests use the same commune."""
    yield
    ordered(NEW, WARD)


def fresh(report: Report) -> Report:
    with acting(chief_of_province("sealed.hand")):
        return Report.objects.get(pk=report.pk)


def checked(someone: Officer, report: Report):
    return moving.check(by=someone.may("sealed.hand"), report=fresh(report), ring=someone.ring(), at=now())


def listed(report: Report) -> queries.Astray | None:
    with acting(chief_of_province("sealed.hand")) as by:
        return next((one for one in queries.astray(by, today()) if one.report.pk == report.pk), None)


def test_nobody_reads_what_an_order_moved_before_conflicts_were_looked_for(back, admin_connection):
    moved = an_officer(scope=NEW)
    _case, report = a_denunciation()
    given_to(report, moved, second(scope=NEW))
    assert listed(report) is None and reads(moved, report) is False
    ordered()
    found = listed(report)
    assert found and found.report.moved_on == today() and moved.id in found.readers and chief().id in found.elsewhere
    by, ring = moved.may("sealed.read"), moved.ring()
    assert reports.read_report(by=by, report=fresh(report), ring=ring, at=now()) == reports.UNCHECKED
    assert isinstance(checked(moved, report), Report)
    assert listed(report) is None and reads(moved, fresh(report))
    entry = "select count(*) from audit_entry where subject = %s and type = 'sealed.hand'"
    assert admin_connection.execute(entry, [f"sealed:{report.pk}"]).fetchone()[0] >= 2


def test_whoever_now_serves_in_the_heir_of_a_denounced_unit_loses_the_key(back, admin_connection):
    moved = an_officer(scope=NEW)
    _case, report = a_denunciation(against=Against(units=frozenset({OLD})))
    given_to(report, moved)
    ordered()
    with an_old_unit(admin_connection):
        assert checked(moved, report) == moving.UPWARD
        assert moved.id not in hands(report)["content"] and chief().id in hands(report)["content"]
        found = listed(report)
        assert found and found.unread and chief().id in found.elsewhere and fresh(report).moved_on is None


def test_the_only_reader_who_is_in_conflict_reads_it_no_more_and_sends_it_on(back, admin_connection):
    an_officer("province-leader", PROVINCE)
    moved = an_officer(scope=NEW)
    case, report = a_denunciation(against=Against(units=frozenset({OLD})))
    given_to(report, moved, second(scope=NEW), alone=True)
    leave(report, second(scope=NEW).id)
    ordered()
    with an_old_unit(admin_connection):
        assert checked(moved, report) == moving.UPWARD
        assert hands(report)["content"] == {moved.id} and fresh(report).moved_on == today()
        by, ring = moved.may("sealed.read"), moved.ring()
        assert reports.read_report(by=by, report=fresh(report), ring=ring, at=now()) == reports.UNCHECKED
        with acting(chief_of_province("case.read")):
            case.refresh_from_db()
        offer = transferring.offer(
            by=moved.may("case.offer"), case=case, revision=case.revision, receiver=PROVINCE, reason="Bị tố cáo",
            document="", ring=moved.ring(), at=now(),
        )  # fmt: skip
        assert isinstance(offer, Transfer), offer
        taken = transfers.accept(by=chief_of_province("case.receive"), transfer=offer, at=now())
    assert taken.unit == PROVINCE and fresh(report).moved_on is None and moved.id not in hands(report)["content"]


def test_giving_it_into_other_hands_is_a_check_too(back):
    moved, other = an_officer(scope=NEW), an_officer(scope=NEW)
    _case, report = a_denunciation()
    given_to(report, moved)
    ordered()
    done = handing.hand_over(
        by=moved.may("sealed.hand"), report=fresh(report), ring=moved.ring(),
        to=reports.Place(NEW, frozenset({other.id, second(scope=NEW).id})), at=now(),
    )  # fmt: skip
    assert isinstance(done, Report) and reads(other, fresh(report)) and fresh(report).moved_on is None


def test_a_report_of_which_a_holder_is_gone_is_listed_until_it_is_dealt_anew():
    a_holder()
    _case, report = a_denunciation()
    assert listed(report) is None
    gone = holders_of(report)[0]
    keys.give_up(by=gone.may("sealed.key"), at=now())
    found = listed(report)
    holders().remove(gone)
    assert found and found.short and not found.unread and found.holders < found.wanted


def test_what_one_person_alone_reads_is_given_to_colleagues_by_one_press():
    reader = an_officer()
    _case, report = a_denunciation()
    for other in hands(report)["content"] - {reader.id}:
        leave(report, other)
    found = listed(report)
    assert found and found.lone and found.readers == {reader.id}
    client, here = browser_of(reader.person), "/niem-phong/sau-sap-xep/"
    client.post(f"/niem-phong/khoa/mo?next={here}", {"password": PASSPHRASE})
    assert "đơn chỉ mình bạn đọc được" in client.get(here).content.decode()
    assert "cho đồng nghiệp" in client.post(here, {"do": "share"}, follow=True).content.decode()
    assert listed(report) is None and len(hands(report)["content"]) > 1 and reads(chief(), report)


def leave(report: Report, person: UUID) -> None:
    """As if somebody had given their key up, for this report only."""
    with acting(chief_of_province("sealed.hand")) as by:
        lending.take_back(report, person)
        enter(by, subject=f"sealed:{report.pk}", at=now())


def test_the_page_lists_checks_and_lets_read(back):
    moved = an_officer(scope=NEW)
    _case, report = a_denunciation()
    given_to(report, moved)
    ordered()
    client, here = browser_of(moved.person), "/niem-phong/sau-sap-xep/"
    page = client.get(here).content.decode()
    assert "Kiểm tra lại xung đột" in page and "Kiểm tra các đơn tôi có khóa" in page
    assert client.post(here)["Location"] == f"/niem-phong/khoa/mo?next={here}"
    client.post(f"/niem-phong/khoa/mo?next={here}", {"password": PASSPHRASE})
    with acting(chief_of_province("case.read")):
        number = f"/niem-phong/noi-dung/{Petition.objects.get(ticket=report.ticket).pk}/"
    assert number in page
    assert "Đơn niêm phong cần chú ý" in client.get(number).content.decode()
    assert "đọc lại được" in client.post(here, follow=True).content.decode()
    assert TEXT in client.get(number).content.decode()
    assert browser_of(an_officer("ward-duty", key=False).person).get(here).status_code == 403
