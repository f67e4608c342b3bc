"""The question after the end: optional, once, counted by quarter, and never a row of a single answer."""

from datetime import date, timedelta

import pytest

from hamrong.access.upkeep import as_keeper
from hamrong.access.walls import acting
from hamrong.kernel.seal.followup import new_code
from hamrong.petitions.actions import opinions
from hamrong.petitions.actions.intake import enter_register, hand_in
from hamrong.petitions.actions.sorting import Sorted, sort_petition, tell_sender
from hamrong.petitions.models import Opinion, Petition, Remark
from hamrong.petitions.queries import opinions as told
from hamrong.petitions.reports import period_of
from hamrong.petitions.rules import Facts
from hamrong.sealed.reporters import reporter
from tests.entrances import a_person, browser, browser_of
from tests.petitions.senders import WARD, handed, now, officer, sender, today
from tests.sealed.room import chief, holders
from tests.world import PROVINCE

QUARTER = period_of("quarter", today()).first


def over(**changes) -> tuple[Petition, str]:
    """A petition that came to its end without a case: passed on, and its sender told."""
    code = new_code()
    taken = hand_in(by=sender(code), handed=handed(code, kind="crime_report", **changes), at=now())
    row = enter_register(by=officer("petition.enter"), petition=taken, at=now())
    found = Sorted(Facts("signed", "elsewhere"), "nơi khác")
    done = sort_petition(by=officer("petition.sort"), petition=row, found=found, at=now())
    assert isinstance(done, Petition), done
    told_of = tell_sender(by=officer("petition.tell"), petition=done, document="1/TB", at=now())
    return told_of, code


def many(unit: str) -> dict[str, int]:
    with acting(officer("petition.count")):
        rows = Opinion.objects.filter(unit=unit, first=QUARTER, kind="crime_report")
        return dict(rows.values_list("answer", "many"))


def follow(code: str, **more):
    return browser().post("/theo-doi/", {"code": code, **more}).content.decode()


def test_the_question_is_asked_when_all_is_over_and_once():
    petition, code = over()
    before = many(WARD).get("partly", 0)
    page = follow(code)
    assert 'value="rate"' in page and "Điều gì nên khác đi" in page
    assert "Chọn một câu trả lời" in follow(code, do="rate", words="đã gõ") and many(WARD).get("partly", 0) == before
    page = follow(code, do="rate", answer="partly", words="Chờ lâu quá")
    assert "Cảm ơn bạn" in page and 'value="rate"' not in page
    assert 'value="rate"' not in follow(code, do="rate", answer="not")
    assert many(WARD)["partly"] == before + 1 and many(WARD).get("not", 0) == 0
    assert not opinions.is_asked(petition)


def test_nobody_is_asked_before_the_end():
    code = new_code()
    hand_in(by=sender(code), handed=handed(code), at=now())
    assert 'value="rate"' not in follow(code, do="rate", answer="not")
    assert many(WARD).get("not", 0) == 0


def test_an_answer_about_a_sealed_petition_keeps_no_words_touches_no_row_and_is_the_provinces(
    admin_connection,
):
    holders(), chief()
    code = new_code()
    petition = hand_in(by=sender(code), handed=handed(code, kind="denunciation"), at=now())
    assert petition.unit == WARD
    before = admin_connection.execute("select count(*) from audit_entry").fetchone()
    counted = opinions.answer(by=reporter(code, "petition.follow"), petition=petition, answered="not",
                              words="Tôi là người tố cáo", at=now())  # fmt: skip
    assert counted and admin_connection.execute("select count(*) from audit_entry").fetchone() == before
    by = officer("petition.count", role="petition-officer")
    with acting(by):
        row = Opinion.objects.get(kind="denunciation", first=QUARTER, answer="not")
        assert row.unit == PROVINCE and not Remark.objects.filter(unit=PROVINCE).exists()


def test_what_fewer_than_ten_said_is_hidden_and_so_are_their_words():
    by = officer("petition.count")
    for answered, times in (("satisfied", 12), ("not", 3)):
        for _ in range(times):
            petition, code = over()
            opinions.answer(by=reporter(code, "petition.follow"), petition=petition, answered=answered,
                            words="lời" if answered == "not" else "", at=now())  # fmt: skip
    with acting(by):
        found = told.shown(by, QUARTER)
        assert told.counts(QUARTER, by)["not", "crime_report"] >= 3
        assert found["not", "crime_report"] is None
        assert told.remarks(by, QUARTER) == []


def test_officers_read_a_quarter_when_it_is_over():
    client, last = browser_of(a_person("ward-chief", WARD)), QUARTER - timedelta(days=1)
    past = client.get(f"/don/bao-cao/?kind=quarter&on={last:%d/%m/%Y}").content.decode()
    assert "Người gửi có hài lòng không" in past and "ẩn" in past
    for address in (f"kind=quarter&on={today():%d/%m/%Y}", f"kind=year&on={last:%d/%m/%Y}"):
        assert "Người gửi có hài lòng không" not in client.get(f"/don/bao-cao/?{address}").content.decode()


def test_a_mark_tells_only_the_house_whose_sender_answered():
    petition, _code = over()
    assert opinions.mark_of(petition) != opinions.mark_of(over()[0])
    assert str(petition.pk) not in opinions.mark_of(petition)


@pytest.mark.parametrize("back", [1, 3])
def test_free_words_go_two_years_after_their_quarter(back):
    first = date(today().year - back, 1, 1)
    with acting(officer("petition.count")):
        Remark.objects.create(unit=WARD, province=PROVINCE, first=first, content=b"x")
    opinions.forget_old(by=as_keeper("petition.publish", "publish-quarters", now()), at=now())
    with acting(officer("petition.count")):
        assert Remark.objects.filter(first=first).exists() == (back == 1)
