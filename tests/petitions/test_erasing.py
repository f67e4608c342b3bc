"""What is past its time: nothing goes by itself, two people destroy it, the register keeps its line."""

from datetime import date, timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection

from hamrong.access.actors import Grant, Refusal, Target
from hamrong.access.walls import acting
from hamrong.cases.actions.steps import Told, take
from hamrong.cases.models import Case
from hamrong.kernel.seal.followup import new_code
from hamrong.law import retention
from hamrong.papers import keeping
from hamrong.papers import queries as papers
from hamrong.papers.models import Attachment
from hamrong.petitions.actions import erasing
from hamrong.petitions.actions.messages import write, write_sealed
from hamrong.petitions.actions.receptions import take_petition
from hamrong.petitions.models import Erasure, Message, Petition, Reception
from hamrong.petitions.queries import expired
from hamrong.petitions.rules import Facts
from hamrong.sealed.actions.reports import reporters_key
from hamrong.sealed.models import Report
from tests.cases.test_emergencies import judged, opened, reviewer
from tests.entrances import a_person, browser, browser_of
from tests.petitions.senders import OTHER, SENDER, TEXT, WARD, now, officer, sender, sent, today
from tests.petitions.test_files import PDF, kept_of, told_at, upload
from tests.petitions.test_pages_following import sorted_in
from tests.petitions.test_pages_handing import ticket
from tests.petitions.test_receptions import entered as reception
from tests.petitions.test_subjects import noticed
from tests.petitions.way import PARAMS
from tests.sealed.room import chief, holders
from tests.world import PROVINCE, actor, grant

ELSEWHERE = Facts("signed", "elsewhere")
SEALED_TABLES = ("sealed_report", "sealed_part", "sealed_hand", "sealed_share")


@pytest.fixture(autouse=True, scope="module")
def keys():
    holders(), chief()


def long_ago(admin: psycopg.Connection, petition: Petition, years: int = 16) -> Petition:
    """As if all of it had happened so many years ago."""
    days = 366 * years
    with admin.transaction():
        admin.execute("set local session_replication_role = replica")
        for table, columns, of in (
            ("petitions_petition", ("received_on", "sorted_on", "told_on"), "id"),
            ("petitions_message", ("said_on",), "petition_id"),
        ):
            moved = ", ".join(f"{each} = {each} - {days}" for each in columns)
            admin.execute(f"update {table} set {moved} where {of} = %s", [petition.pk])
        admin.execute("update sealed_part set added_on = added_on - %s where ticket = %s", [days, petition.ticket])
        admin.execute("update cases_case set closed_at = now() - %s where id = %s",
                      [timedelta(days=days), petition.case_id])  # fmt: skip
    return row_of(petition)


def over(admin, years: int = 16, **changes) -> tuple[Petition, str]:
    """A matter that ended so long ago, and its code."""
    petition, code = sent(**changes)
    return long_ago(admin, sorted_in(petition, ELSEWHERE), years), code


def chief_may(act: str = "petition.erase", ward: str = WARD) -> Grant:
    return officer(act, ward, "ward-chief")


def due() -> set:
    with acting(officer("petition.appraise")) as by:
        return {one.pk for one in expired.expired(by, today())}


def row_of(petition: Petition) -> Petition:
    with acting(officer("petition.read")):
        return Petition.objects.get(pk=petition.pk)


def proposed(*petitions: Petition) -> Erasure:
    made = erasing.propose(by=officer("petition.appraise"), petitions=[one.pk for one in petitions], at=now())
    assert isinstance(made, Erasure), made
    return made


def destroyed(*petitions: Petition) -> Erasure:
    done = erasing.order(by=chief_may(), erasure=proposed(*petitions), document="7/QĐ-CAX", at=now())
    assert isinstance(done, Erasure), done
    return done


def test_a_matter_is_due_when_its_time_is_over_and_not_before(admin_connection):
    old, _ = over(admin_connection)
    young, _ = over(admin_connection, years=14)
    waiting, _ = sent(received_on=date(2009, 1, 5))
    found = due()
    assert old.pk in found and not {young.pk, waiting.pk} & found


def test_a_case_that_is_open_is_never_due(admin_connection):
    petition, _ = sent()
    row = sorted_in(petition)
    with admin_connection.transaction():
        admin_connection.execute("set local session_replication_role = replica")
        admin_connection.execute(
            "update petitions_petition set received_on = '2009-01-05', sorted_on = '2009-01-06' where id = %s", [row.pk]
        )
    assert row.pk not in due()
    assert long_ago(admin_connection, row, 16).pk in due()


@pytest.mark.parametrize("kind", ["reflection", "denunciation"])
def test_what_its_sender_just_wrote_to_is_not_due(admin_connection, kind):
    petition, code = over(admin_connection, kind=kind)
    assert petition.pk in due()
    with acting(sender(code, "petition.follow")) as by:
        if kind == "denunciation":
            report = Report.objects.get(ticket=petition.ticket)
            write_sealed(by=by, report=report, key=reporters_key(report, code), text="Tôi hỏi lại.", at=now())
        else:
            write(by=by, petition=petition, text="Tôi hỏi lại.", at=now())
    assert petition.pk not in due()


def test_destroying_leaves_the_line_of_the_register_and_nothing_that_was_told(admin_connection):
    petition, _ = over(admin_connection, kind="reflection")
    write(by=officer("petition.write"), petition=petition, text="Đã trả lời.", at=now())
    long_ago(admin_connection, petition, 16)
    done = destroyed(petition)
    row = row_of(petition)
    assert (done.state, done.count) == ("ordered", 1)
    assert (row.content, row.persons, row.likeness, row.reason) == (None, [], [], "")
    assert (row.number, row.kind, row.outcome) == (petition.number, "reflection", petition.outcome)
    assert (row.erased_on, row.erased_by) == (today(), "7/QĐ-CAX")
    with acting(officer("petition.read")):
        assert not Message.objects.filter(petition=row).exists()


def test_files_go_with_it_row_and_bytes(admin_connection, tmp_path):
    _, code = told_at(browser(), "/phan-anh/", upload(PDF, "đơn.pdf"))
    (file,) = kept_of(code)
    petition = ticket(code)
    by = Target(province=PROVINCE, ward=petition.unit)
    assert keeping.is_there(file.pk)
    with admin_connection.transaction():
        admin_connection.execute("set local session_replication_role = replica")
        admin_connection.execute(
            "update petitions_petition set received_on = '2009-01-05', sorting = 'reflection_elsewhere', "
            "outcome = 'transfer', sorted_on = '2009-01-06', sorted_by = 'x', register = 'x', year = 2009, "
            "number = (select coalesce(max(number), 0) + 1 from petitions_petition where register = 'x') where id = %s",
            [petition.pk],
        )
        admin_connection.execute(
            "update papers_attachment set received_on = '2009-01-05' where id = %s", [file.pk]
        )  # fmt: skip
    may = {act: grant(actor(role, petition.unit), act, by) for act, role in
           (("petition.appraise", "ward-duty"), ("petition.erase", "ward-chief"))}  # fmt: skip
    made = erasing.propose(by=may["petition.appraise"], petitions=[petition.pk], at=now())
    assert isinstance(erasing.order(by=may["petition.erase"], erasure=made, document="8/QĐ", at=now()), Erasure)
    with acting(may["petition.erase"]):
        assert not Attachment.objects.filter(pk=file.pk).exists()
    assert not keeping.is_there(file.pk)


def test_with_a_sealed_report_go_all_its_keys(admin_connection):
    petition, code = over(admin_connection, kind="denunciation")
    where = "where {} in (select id from sealed_report where ticket = %s)"
    held = admin_connection.execute(
        f"select count(*) from sealed_hand {where.format('report_id')}", [petition.ticket]
    ).fetchone()
    assert held and held[0] > 0
    destroyed(petition)
    for table in SEALED_TABLES:
        rows = admin_connection.execute(f"select count(*) from {table} where ticket = %s", [petition.ticket]).fetchone()
        assert rows == (0,), table
    page = browser().post("/theo-doi/", {"code": code}).content.decode()
    assert "đã được hủy" in page and "7/QĐ-CAX" in page


def test_its_sender_is_told_and_its_officer_sees_why_nothing_is_there(admin_connection):
    petition, code = over(admin_connection, kind="reflection")
    destroyed(petition)
    page = browser().post("/theo-doi/", {"code": code, "do": "write", "text": "Còn đó không?"}).content.decode()
    assert "đã được hủy" in page and TEXT not in page
    desk = browser_of(a_person("ward-duty", WARD)).get(f"/don/{petition.pk}/").content.decode()
    assert "7/QĐ-CAX" in desk and TEXT not in desk and SENDER.name not in desk
    assert write(by=officer("petition.write"), petition=petition, text="x", at=now()).reason == "other-scope"


def test_nobody_orders_what_they_proposed(admin_connection):
    petition, _ = over(admin_connection)
    chief_of_ward = actor("ward-chief", WARD)
    target = Target(ward=WARD, province=PROVINCE)
    made = erasing.propose(by=grant(chief_of_ward, "petition.appraise", target), petitions=[petition.pk], at=now())
    refused = erasing.order(by=grant(chief_of_ward, "petition.erase", target), erasure=made, document="1/QĐ", at=now())
    assert isinstance(refused, Refusal) and refused.reason == "conflict"
    with pytest.raises(psycopg.errors.CheckViolation, match="erasure_takes_two_people"):
        admin_connection.execute(
            "update petitions_erasure set state = 'ordered', document = 'x', answered_on = proposed_on, "
            "answered_by = proposed_by where id = %s", [made.pk]
        )  # fmt: skip


def test_what_was_written_to_after_the_proposal_stays(admin_connection):
    going, _ = over(admin_connection, kind="reflection")
    staying, code = over(admin_connection, kind="reflection")
    made = proposed(going, staying)
    write(by=sender(code, "petition.follow"), petition=staying, text="Khoan đã.", at=now())
    done = erasing.order(by=chief_may(), erasure=made, document="9/QĐ", at=now())
    assert done.count == 1
    assert row_of(going).erased_on and row_of(staying).content and row_of(staying).erasure_id is None


def test_what_is_kept_for_ever_or_proposed_is_not_proposed_again(admin_connection):
    grave, _ = over(admin_connection)
    by = officer("petition.appraise")
    assert erasing.keep(by=by, petitions=[grave.pk], reason=" ", at=now()).reason == "invalid"
    assert erasing.keep(by=by, petitions=[grave.pk], reason="Vụ việc nghiêm trọng", at=now()) == 1
    twice, _ = over(admin_connection)
    proposed(twice)
    assert not {grave.pk, twice.pk} & due()
    assert isinstance(erasing.propose(by=by, petitions=[grave.pk, twice.pk], at=now()), Refusal)


def test_a_proposal_that_is_refused_says_why_and_frees_its_petitions(admin_connection):
    petition, _ = over(admin_connection)
    made = proposed(petition)
    assert erasing.refuse(by=chief_may(), erasure=made, reason="", at=now()).reason == "invalid"
    assert erasing.refuse(by=chief_may(), erasure=made, reason="Còn vụ kiện", at=now()).state == "refused"
    assert petition.pk in due()
    assert erasing.order(by=chief_may(), erasure=made, document="1/QĐ", at=now()).reason == "state"


def test_another_unit_sees_and_proposes_none_of_it(admin_connection):
    petition, _ = over(admin_connection)
    other = officer("petition.appraise", OTHER)
    assert isinstance(erasing.propose(by=other, petitions=[petition.pk], at=now()), Refusal)
    made = proposed(petition)
    with acting(other) as by:
        assert not expired.erasures(by).filter(pk=made.pk).exists() and not Erasure.objects.filter(pk=made.pk).exists()


def test_the_register_of_what_was_destroyed_cannot_be_changed(admin_connection, owner_connection):
    petition, _ = over(admin_connection)
    done = destroyed(petition)
    for statement in ("update petitions_erasure set count = 0 where id = %s",
                      "delete from petitions_erasure where id = %s"):  # fmt: skip
        with pytest.raises(psycopg.errors.IntegrityError, match="kept as it was written"):
            admin_connection.execute(statement, [done.pk])
    with pytest.raises(psycopg.errors.CheckViolation, match="erased_by_an_order"):
        admin_connection.execute("update petitions_petition set erased_by = '' where id = %s", [petition.pk])


def test_the_pages_lead_from_the_list_to_the_decision(admin_connection):
    petition, _ = over(admin_connection)
    clerk, leader = browser_of(a_person("ward-duty", WARD)), browser_of(a_person("ward-chief", WARD))
    assert f"{petition.number}/{petition.year}" in clerk.get("/don/het-han/").content.decode()
    told = clerk.post("/don/het-han/", {"do": "keep", "petition": str(petition.pk), "reason": ""}, follow=True)
    assert "Hãy ghi lý do" in told.content.decode()
    clerk.post("/don/het-han/", {"do": "propose", "petition": [str(petition.pk), "không phải số"]})
    made = row_of(petition).erasure_id
    page = f"/don/het-han/{made}/"
    assert "Hủy các hồ sơ này" not in clerk.get(page).content.decode()
    assert "không lấy lại được" in leader.get(page).content.decode()
    assert "Hãy ghi số, ngày" in leader.post(page, {"do": "order", "document": ""}).content.decode()
    done = leader.post(page, {"do": "order", "document": "12/QĐ-CAX"}, follow=True).content.decode()
    assert "Đã hủy: 12/QĐ-CAX" in done and row_of(petition).erased_on == today()


def test_the_time_is_data():
    assert retention(expired.CONTENT).months == 180


def held_long_ago(admin: psycopg.Connection, years: int = 16, **changes) -> Reception:
    """A reception that was held so many years ago."""
    row = reception(**changes)
    with admin.transaction():
        admin.execute("set local session_replication_role = replica")
        admin.execute("update petitions_reception set held_on = held_on - %s where id = %s", [366 * years, row.pk])
    return row


def receptions_due() -> set:
    with acting(officer("petition.appraise")) as by:
        return {one.pk for one in expired.receptions(by, today())}


def visit_of(row: Reception) -> Reception:
    with acting(officer("reception.read")):
        return Reception.objects.get(pk=row.pk)


def test_what_was_said_at_a_reception_goes_by_the_same_two_people(admin_connection):
    old, young, secret = (held_long_ago(admin_connection), held_long_ago(admin_connection, 14),
                          held_long_ago(admin_connection, kind="denunciation", visit=None))  # fmt: skip
    assert old.pk in receptions_due() and not {young.pk, secret.pk} & receptions_due()
    made = erasing.propose(by=officer("petition.appraise"), petitions=[], receptions=[old.pk, young.pk], at=now())
    assert isinstance(made, Erasure) and made.count == 1
    done = erasing.order(by=chief_may(), erasure=made, document="7/QĐ-CAX", at=now())
    row = visit_of(old)
    assert isinstance(done, Erasure) and done.count == 1
    assert (row.content, row.persons, row.erased_by) == (None, [], "7/QĐ-CAX")
    assert (row.number, row.held_on, row.kind) == (old.number, old.held_on - timedelta(days=366 * 16), "complaint")
    page = browser_of(a_person("ward-duty", WARD)).get(f"/tiep-cong-dan/{old.pk}/").content.decode()
    assert "Nội dung đã hủy" in page and "7/QĐ-CAX" in page and TEXT not in page
    assert old.pk not in receptions_due()


def test_a_reception_waits_for_the_petition_that_came_from_it(admin_connection):
    row = held_long_ago(admin_connection)
    taken = take_petition(by=officer("petition.hand-in"), reception=visit_of(row), code=new_code(), at=now())
    assert isinstance(taken, Petition) and row.pk not in receptions_due()


def test_the_pages_list_receptions_and_keep_one_for_ever(admin_connection):
    row, clerk = held_long_ago(admin_connection), browser_of(a_person("ward-duty", WARD))
    assert "Lượt tiếp công dân hết hạn lưu" in clerk.get("/don/het-han/").content.decode()
    clerk.post("/don/het-han/", {"do": "keep", "reception": str(row.pk), "reason": "Đoàn đông người"})
    assert visit_of(row).kept == "Đoàn đông người" and row.pk not in receptions_due()


SAID = "Vì ông Bịa nói thế"


def accepted() -> Petition:
    """A complaint that was accepted, for a reason that tells of people."""
    petition = sorted_in(sent()[0])
    with acting(officer("case.read")):
        case = Case.objects.get(pk=petition.case_id)
    told = Told(now(), SAID, "12/TB", PARAMS)
    done = take(by=officer("complaint.accept"), case=case, revision=case.revision, told=told, at=now())
    assert isinstance(done, Case), done
    return petition


def test_papers_and_reasons_of_the_case_go_and_every_paper_can_still_be_proved(admin_connection):
    petition = accepted()
    paper = noticed(petition, "kn-thu-ly")
    before, page = papers.proof(paper.code), browser().get(f"/van-ban/{paper.code}").content.decode()
    assert paper.symbol in page
    where = "where case_id = %s order by revision"
    facts = "select act, source, target, effective_at, recorded_at, by, document from cases_fact " + where
    known = admin_connection.execute(facts, [petition.case_id]).fetchall()
    reason = "select count(*) from cases_fact where case_id = %s and reason = %s"
    assert admin_connection.execute(reason, [petition.case_id, SAID]).fetchone() == (1,)
    destroyed(long_ago(admin_connection, petition))
    reasons = admin_connection.execute(f"select reason from cases_fact {where}", [petition.case_id]).fetchall()
    assert {reason for (reason,) in reasons} == {""}
    assert admin_connection.execute(facts, [petition.case_id]).fetchall() == known
    row = admin_connection.execute("select content, pdf, digest, erased_on from papers_paper where id = %s", [paper.pk])
    assert row.fetchone() == (b"", None, bytes(before.digest), today())
    assert papers.proof(paper.code) == before and before is not None
    assert paper.symbol in browser().get(f"/van-ban/{paper.code}").content.decode()
    desk = browser_of(a_person("ward-chief", WARD))
    page = desk.get(f"/giay-to/van-ban/{paper.pk}/?purpose={paper.purpose}").content.decode()
    assert "đã hủy ngày" in page and "Bản PDF đã ký" not in page
    assert desk.get(f"/giay-to/van-ban/{paper.pk}/tai/pdf?purpose={paper.purpose}").status_code == 404


def test_why_it_was_opened_in_an_emergency_goes_too_and_who_opened_and_reviewed_it_stays(admin_connection):
    petition = accepted()
    with acting(officer("case.read")):
        case = Case.objects.get(pk=petition.case_id)
    judged_one, waiting = opened(case), opened(case)
    assert not isinstance(judged(reviewer(), judged_one), Refusal)
    told = "select ground, opened_by, opened_at, until, found, reviewed_by from cases_emergency where case_id = %s"
    kept = admin_connection.execute(f"{told} order by id", [case.pk]).fetchall()
    destroyed(long_ago(admin_connection, petition))
    rows = admin_connection.execute("select id, reason, answer from cases_emergency where case_id = %s", [case.pk])
    assert {one: (reason, answer) for one, reason, answer in rows} == {
        judged_one.pk: ("–", "–"), waiting.pk: ("–", ""),
    }  # fmt: skip
    assert admin_connection.execute(f"{told} order by id", [case.pk]).fetchall() == kept


@pytest.mark.parametrize(("statement", "match"), [
    ("update cases_emergency set reason = '–' where case_id = %(case)s", "kept as it was written"),
    ("update cases_fact set reason = '' where case_id = %(case)s", "kept as it was written"),
    ("update papers_paper set pdf = null, erased_on = current_date where ref = %(ref)s", "as it was signed"),
])  # fmt: skip
def test_nobody_erases_them_without_the_order(statement, match):
    petition = accepted()
    paper = noticed(petition, "kn-thu-ly")
    with acting(officer("case.read")):
        case = Case.objects.get(pk=petition.case_id)
    opened(case)
    told = {"case": petition.case_id, "ref": paper.ref}
    with pytest.raises(DatabaseError, match=match), acting(officer("case.read")), connection.cursor() as cursor:
        cursor.execute("select petitions_erase_case(%(case)s)", told)
        cursor.execute("select set_config('hamrong.erasing', %(case)s::text, true)", told)
        cursor.execute(statement, told)
