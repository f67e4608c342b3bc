"""The book of receptions: who came and what was told, a denouncer of whom it holds nothing, a petition by one press."""

from datetime import date, time
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import IntegrityError, transaction

from hamrong.access.actors import Refusal
from hamrong.access.walls import acting
from hamrong.kernel.seal.followup import new_code
from hamrong.law import calendar
from hamrong.petitions.actions import receptions as acts
from hamrong.petitions.actions.receptions import Held, Planned, register_reception
from hamrong.petitions.models import Hours, Reception
from hamrong.petitions.queries import receptions, visible
from hamrong.petitions.schedule import Rhythm, days, delegations, speakers
from hamrong.petitions.told import Sender, Visit
from tests.entrances import a_person, browser, browser_of
from tests.petitions.senders import OTHER, SENDER, TEXT, WARD, now, officer, today
from tests.sealed.room import chief, holders
from tests.world import PROVINCE


def held(**changes: Any) -> Held:
    facts: dict[str, Any] = {
        "key": uuid4(), "unit": WARD, "held_on": today(), "place": "Phòng tiếp dân", "who": "duty",
        "received_by": "Đại úy Bịa", "kind": "complaint", "visit": Visit("Biên bản xử phạt", TEXT, "", (SENDER,)),
    }  # fmt: skip
    return Held(**{**facts, **changes})


def entered(**changes: Any) -> Reception:
    row = register_reception(by=officer("reception.register"), held=held(**changes), at=now())
    assert isinstance(row, Reception), row
    return row


def refused(**changes: Any) -> Refusal:
    answer = register_reception(by=officer("reception.register"), held=held(**changes), at=now())
    assert isinstance(answer, Refusal), answer
    return answer


def form(**changes: Any) -> dict[str, Any]:
    facts = {
        "key": str(uuid4()), "held_on": f"{today():%d/%m/%Y}", "place": "Phòng tiếp dân", "who": "duty",
        "received_by": "Đại úy Bịa", "kind": "complaint", "people": "1", "name": SENDER.name,
        "document": SENDER.document, "subject": "Biên bản xử phạt", "text": TEXT, "end": "later",
    }  # fmt: skip
    return {**facts, **changes}


def duty(ward: str = WARD):
    return browser_of(a_person("ward-duty", ward))


def test_numbers_follow_each_other_and_what_is_sent_twice_is_one_entry():
    first = held()
    one = register_reception(by=officer("reception.register"), held=first, at=now())
    again = register_reception(by=officer("reception.register"), held=first, at=now())
    assert one == again
    assert entered().number == one.number + 1


def test_what_was_told_is_sealed_in_its_row_and_found_by_the_document_only():
    row = entered()
    assert TEXT.encode() not in bytes(row.content) and SENDER.name.encode() not in bytes(row.content)
    assert receptions.opened(row) == Visit("Biên bản xử phạt", TEXT, "", (SENDER,))
    client = duty()
    assert f"/tiep-cong-dan/{row.pk}/" in client.get(f"/tiep-cong-dan/?q={SENDER.document}").content.decode()
    assert f"/tiep-cong-dan/{row.pk}/" not in client.get("/tiep-cong-dan/?q=038090000000").content.decode()


def test_of_a_denouncer_the_book_holds_nothing():
    row = entered(kind="denunciation")
    assert (row.secret, row.content, row.persons, row.representatives) == (True, None, [], 0)
    by = officer("reception.read")
    with pytest.raises(IntegrityError, match="reception_that_denounces_is_sealed"), acting(by), transaction.atomic():
        visible.receptions(by).filter(pk=row.pk).update(secret=False, content=b"x")


def test_a_day_to_come_nobody_and_too_many_speakers_are_refused():
    assert refused(held_on=date(2099, 1, 1)) == acts.FUTURE
    assert refused(visit=Visit("Việc", TEXT)) == acts.NOBODY_CAME
    assert refused(unit=OTHER).reason == "other-scope"
    three = tuple(Sender(f"Người {n} Bịa") for n in range(3))
    assert refused(people=5, visit=Visit("Việc", TEXT, "", three)) == acts.TOO_MANY
    assert entered(people=11, visit=Visit("Việc", TEXT, "", three)).representatives == 3


def test_every_number_of_people_is_one_delegation():
    assert [speakers(people) for people in (1, 4, 5, 10, 11, 400)] == [1, 4, 2, 2, 5, 5]
    assert all(row.evidence.status == "uncertain" for row in delegations().values())


def test_an_answer_is_owed_by_the_law_until_it_is_given_and_only_once():
    row = entered()
    due = receptions.due(row, now())
    assert due is not None and row.rule == "tcd.answer" and due.found.derivation
    done = acts.answer(by=officer("reception.answer"), reception=row, text="Đã giải thích.", at=now())
    assert isinstance(done, Reception) and receptions.due(done, now()) is None
    assert receptions.opened(done).answer == "Đã giải thích."
    assert acts.answer(by=officer("reception.answer"), reception=row, text="Lại.", at=now()) == acts.ANSWERED
    refused_row = entered(end="refused")
    assert refused_row.rule == "tcd.refuse" and receptions.due(refused_row, now()) is not None


def test_one_press_takes_a_petition_in_that_says_it_came_at_that_reception():
    row, client = entered(), duty()
    address = f"/tiep-cong-dan/{row.pk}/"
    code = client.get(address).content.decode().split('name="code" value="')[1].split('"')[0]
    page = client.post(address, {"do": "take", "code": code}).content.decode()
    assert code in page and "Đã vào sổ" in page
    assert code in client.post(address, {"do": "take", "code": code}).content.decode()
    by = officer("petition.read")
    with acting(by):
        (petition,) = visible.petitions(by).filter(reception=row)
    assert (petition.door, petition.kind, petition.received_on) == ("reception", "complaint", row.held_on)
    assert f"/tiep-cong-dan/{row.pk}/" in client.get(f"/don/{petition.pk}/").content.decode()
    assert f"/don/{petition.pk}/" in client.get(address).content.decode()
    other = acts.take_petition(by=officer("petition.hand-in"), reception=row, code=new_code(), at=now())
    assert other == acts.TAKEN


def test_a_denouncer_goes_on_to_the_sealed_form_and_nothing_typed_is_lost_or_kept():
    holders(), chief()
    client = duty()
    page = client.post("/tiep-cong-dan/ghi", form(kind="denunciation")).content.decode()
    assert TEXT in page and 'action="/don/nhan"' in page
    by = officer("reception.list")
    with acting(by):
        row = visible.receptions(by).filter(secret=True).latest("number")
    code = page.split('name="code" value="')[1].split('"')[0]
    sent = {"code": code, "kind": "denunciation", "door": "reception", "reception": str(row.pk), "subject": "Việc",
            "received_on": f"{today():%d/%m/%Y}", "text": TEXT, "name": SENDER.name, "away": OTHER}  # fmt: skip
    assert "Đã vào sổ" in client.post("/don/nhan", sent).content.decode()
    page = client.get(f"/tiep-cong-dan/{row.pk}/").content.decode()
    assert "Đơn số" in page and TEXT not in page and SENDER.name not in page
    assert client.get(f"/tiep-cong-dan/{row.pk}/bien-ban").status_code == 404


def test_the_intake_names_the_reception():
    row, client = entered(), duty()
    page = client.get("/don/nhan").content.decode()
    code = page.split('name="code" value="')[1].split('"')[0]
    sent = {"code": code, "kind": "reflection", "door": "reception", "received_on": f"{today():%d/%m/%Y}",
            "subject": "Đèn đường", "text": TEXT}  # fmt: skip
    assert "Chọn lượt tiếp trong sổ" in client.post("/don/nhan", sent).content.decode()
    assert "đơn đến tại buổi tiếp" in client.post(
        "/don/nhan", {**sent, "door": "post", "reception": str(row.pk)}
    ).content.decode()  # fmt: skip
    assert "Đã vào sổ" in client.post("/don/nhan", {**sent, "reception": str(row.pk)}).content.decode()


def test_what_is_missing_is_said_and_nothing_typed_is_lost():
    page = duty().post("/tiep-cong-dan/ghi", form(name="", end="guided")).content.decode()
    assert "error-summary" in page and TEXT in page and "Ghi người đến" in page and "Ghi đã trả lời" in page


def test_minutes_say_who_came_what_was_told_and_where_to_sign():
    client = duty()
    sent = form(people="12", others="Lê Thị Bịa; 038090000111; Xã Bịa", end="guided", answer="Gửi đến UBND xã.")
    address = client.post("/tiep-cong-dan/ghi", sent)["Location"]
    page = client.get(f"{address}bien-ban").content.decode()
    assert all(said in page for said in (SENDER.name, "Lê Thị Bịa", "Gửi đến UBND xã.", "12 người", TEXT))


def test_another_unit_sees_nothing_and_the_province_sees_all():
    row = entered()
    assert duty(OTHER).get(f"/tiep-cong-dan/{row.pk}/").status_code == 404
    assert browser_of(a_person("petition-officer", PROVINCE)).get(f"/tiep-cong-dan/{row.pk}/").status_code == 200
    assert browser_of(a_person("inspector", PROVINCE)).get(f"/tiep-cong-dan/{row.pk}/").status_code == 403


WEEKLY = Rhythm(date(2026, 1, 1), weekday=5)


def test_a_day_off_falls_out_of_a_week_and_moves_a_month():
    week = list(days(WEEKLY, date(2026, 4, 24), date(2026, 5, 8), calendar()))
    assert week == [date(2026, 4, 24), date(2026, 5, 8)]
    month = Rhythm(date(2026, 1, 1), monthday=1)
    assert list(days(month, date(2026, 5, 1), date(2026, 5, 31), calendar())) == [date(2026, 5, 4)]
    assert list(days(month, date(2026, 5, 3), date(2026, 5, 31), calendar())) == [date(2026, 5, 4)]
    once = Rhythm(date(2026, 1, 1), on=date(2026, 5, 2))
    assert list(days(once, date(2026, 5, 1), date(2026, 5, 31), calendar())) == [date(2026, 5, 2)]
    assert (
        list(days(Rhythm(date(2026, 1, 1), date(2026, 5, 8), 5), date(2026, 5, 7), date(2026, 5, 20), calendar())) == []
    )


def planned(ward: str = WARD, **rhythm: Any) -> Hours:
    rhythm = rhythm or {"weekday": 2}
    what = Planned(ward, "head", f"Trụ sở {uuid4()}", time(8), time(11, 30), Rhythm(today(), **rhythm))
    row = acts.plan(by=officer("reception.plan", ward), planned=what, at=now())
    assert isinstance(row, Hours), row
    return row


def test_anybody_reads_the_schedule_without_a_cookie_or_a_script():
    row = planned()
    answer = browser().get(f"/tiep-dan/?unit={WARD}")
    page = answer.content.decode()
    assert row.place in page and "08:00–11:30" in page and "Thứ Ba hằng tuần" in page
    assert not answer.cookies and "<script" not in page
    assert row.place not in browser().get(f"/tiep-dan/?unit={OTHER}").content.decode()
    assert "Every Tuesday" in browser().get(f"/tiep-dan/?unit={WARD}&lang=en").content.decode()


def test_hours_that_ended_are_shown_no_more_and_kept():
    row = planned()
    assert duty().post("/tiep-cong-dan/lich", {"do": "end", "hours": str(row.pk)}).status_code == 302
    assert row.place not in browser().get(f"/tiep-dan/?unit={WARD}").content.decode()
    by = officer("reception.plan")
    with acting(by):
        assert visible.hours(by).get(pk=row.pk).until == today()
    assert acts.end(by=officer("reception.plan"), hours=row, at=now()) == acts.ENDED


def test_another_unit_cannot_end_hours_nor_plan_here():
    row = planned()
    assert acts.end(by=officer("reception.plan", OTHER), hours=row, at=now()).reason == "other-scope"
    what = Planned(WARD, "duty", "x", time(8), time(9), WEEKLY)
    assert acts.plan(by=officer("reception.plan", OTHER), planned=what, at=now()).reason == "other-scope"


def test_a_month_without_a_day_of_the_head_is_said_with_its_article():
    ward, client = "14866", duty("14866")
    assert "Tháng này chưa có ngày người đứng đầu" in client.get("/tiep-cong-dan/lich").content.decode()
    sent = {"do": "plan", "who": "head", "rhythm": "once", "on": f"{today():%d/%m/%Y}", "opens": "8:00",
            "closes": "7:00", "place": "Trụ sở"}  # fmt: skip
    assert "Giờ kết thúc phải sau" in client.post("/tiep-cong-dan/lich", sent).content.decode()
    assert client.post("/tiep-cong-dan/lich", {**sent, "closes": "11:00"}).status_code == 302
    page = client.get("/tiep-cong-dan/lich").content.decode()
    assert "Tháng này chưa có" not in page and "Trụ sở" in page
    assert ward in page


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ("\"end\" = 'x'", "reception_end_is_known"),
        ("who = 'x'", "reception_says_who_received"),
        ("representatives = 2", "reception_is_represented_by_those_who_came"),
        ("answered_on = held_on - 1", "reception_is_answered_after_it_was_held"),
    ],
)
def test_the_database_keeps_its_promises(admin_connection, changed, broken):
    row = entered()
    with pytest.raises(psycopg.errors.CheckViolation, match=broken), admin_connection.transaction():
        admin_connection.execute(f"update petitions_reception set {changed} where id = %s", [row.pk])


def test_the_book_refuses_a_number_that_no_card_has_and_takes_whoever_has_none_in():
    client, others = duty(), "Trần Bịa; 12345; Thôn Bịa"
    page = client.post("/tiep-cong-dan/ghi", form(document="0381", people="5", others=others)).content.decode()
    assert page.count("Số căn cước có 12 chữ số") >= 2 and "Trần Bịa: Số căn cước" in page and "0381" in page
    typed = form(document="0381", no_paper="on", people="5", others="Trần Bịa; ; Thôn Bịa")
    assert client.post("/tiep-cong-dan/ghi", typed).status_code == 302
    assert client.get("/tiep-cong-dan/?q=0381").content.decode().count('href="/tiep-cong-dan/0') == 0
