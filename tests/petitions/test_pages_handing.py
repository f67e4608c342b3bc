"""Writing to the police: without a script, a cookie or a line in the log; nothing is lost, the code is shown once."""

import re

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hamrong.access.walls import acting
from hamrong.kernel.seal import followup
from hamrong.petitions.models import Petition
from hamrong.petitions.queries import reading
from hamrong.petitions.told import Content, Sender
from hamrong.sealed.actions.reports import ticket_of
from hamrong.sealed.models import Report
from hamrong.sealed.pages.asking import LABELS
from tests.entrances import a_person, browser, browser_of
from tests.petitions.senders import WARD, sender
from tests.sealed.room import Officer, an_officer, chief, chief_of_province, holders, with_key
from tests.world import PROVINCE

MATTER = {"unit": WARD, "subject": "Việc cấp giấy", "text": "Ngày mùng ba tôi đến mà không ai nhận."}
WHO = {"name": "Lê Thị Bịa", "document": "038190000111", "address": "Thôn Bịa", "phone": "0912000222"}


@pytest.fixture(autouse=True, scope="module")
def keys():
    holders(), chief(), an_officer("province-leader", PROVINCE)


def begun(client: Client, address: str, signed: str = "named") -> dict[str, str]:
    """The hidden fields of the second page."""
    page = client.post(address, {"do": "begin", "signed": signed}).content.decode()
    code = re.search(r'name="code" value="([^"]+)"', page)
    assert code and followup.read(code[1]) == code[1]
    return {"code": code[1], "signed": signed}


def ticket(code: str) -> Petition:
    with acting(sender(code, "petition.follow")):
        return Petition.objects.get(ticket=ticket_of(code))


def handed_in(address: str, *, signed: str = "named", **more: str) -> tuple[Petition, str]:
    client = browser()
    told = {**MATTER, **(WHO if signed == "named" else {}), **more, **begun(client, address, signed)}
    check = client.post(address, {**told, "do": "check"})
    assert MATTER["text"] in check.content.decode() and "Xem lại rồi gửi" in check.content.decode()
    done = client.post(address, {**told, "do": "send"})
    assert told["code"] in done.content.decode(), done.content.decode()
    return ticket(told["code"]), told["code"]


def test_a_complaint_goes_in_with_its_sender():
    petition, _ = handed_in("/khieu-nai/")
    assert (petition.kind, petition.door, petition.unit, petition.secret) == ("complaint", "online", WARD, False)
    assert reading.opened(petition) == Content(MATTER["subject"], MATTER["text"], senders=(Sender(*WHO.values()),))


def test_a_reform_shows_in_the_form_at_once(admin_connection):
    """Also in a process that has shown the list of units today."""
    begin = {"do": "begin", "signed": "named"}
    assert "Công an xã vừa lập" not in browser().post("/phan-anh/", begin).content.decode()
    admin_connection.execute(
        "insert into org_unit (code, name, kind, parent_id, area_id, valid_from) select '99903', 'Công an xã vừa lập', "
        "kind, parent_id, area_id, current_date - 1 from org_unit where code = %s", [WARD],
    )  # fmt: skip
    try:
        assert "Công an xã vừa lập" in browser().post("/phan-anh/", begin).content.decode()
    finally:
        admin_connection.execute("delete from org_unit where code = '99903'")


def test_a_reflection_goes_in_without_a_name():
    petition, _ = handed_in("/phan-anh/", signed="nameless")
    assert reading.opened(petition).signed is False and petition.persons == []


@pytest.mark.parametrize("signed", ["named", "nameless"])
def test_a_denunciation_goes_past_the_unit_that_it_is_about(signed):
    petition, _ = handed_in("/to-cao/", signed=signed, against="Trần Văn Nào", away="unit")
    assert (petition.secret, petition.unit) == (True, PROVINCE)


def an_officer_called(name: str) -> Officer:
    officer = Officer(a_person("ward-chief", WARD, name=name), "ward-chief", WARD)
    return with_key(officer)


def test_a_denunciation_of_named_people_stays_with_the_unit_and_away_from_them():
    first, second = an_officer_called("Phạm Văn Riêng Biệt"), an_officer_called("Trần Văn Nào Đó")
    named, _ = handed_in("/to-cao/", against="phạm văn riêng biệt", away="people")
    other, _ = handed_in("/to-cao/", against="Ông Trần Văn Nào Đó", away="people")
    assert (named.unit, other.unit) == (WARD, WARD)
    assert (first.id in handlers_of(other), first.id in handlers_of(named)) == (True, False)
    assert (second.id in handlers_of(other), second.id in handlers_of(named)) == (False, True)


UNCLEAR = ["Đại úy Hoàng Văn Ẩn Danh, trưởng công an phường", "Hoàng Văn Ẩn Danh (trưởng)", "trưởng công an phường", ""]


@pytest.mark.parametrize("told", UNCLEAR)
def test_where_it_is_not_clear_who_is_denounced_the_unit_gets_no_key(told):
    officer = an_officer_called("Hoàng Văn Ẩn Danh")
    petition, _ = handed_in("/to-cao/", against=told, away="people")
    assert petition.unit == PROVINCE and officer.id not in handlers_of(petition)


def test_the_answer_does_not_tell_whether_somebody_of_that_name_serves_there():
    an_officer_called("Đặng Văn Có Thật")
    client, pages = browser(), []
    for told in ("Đặng Văn Có Thật", "Đặng Văn Không Thật"):
        whole = {**MATTER, **WHO, "against": told, "away": "people", **begun(client, "/to-cao/"), "do": "send"}
        page = client.post("/to-cao/", whole).content.decode()
        pages.append(re.search(r'class="lead">([^<]+)', page)[1])
    assert pages[0] == pages[1] and "hoặc Công an tỉnh" in pages[0]


def handlers_of(petition: Petition) -> set:
    with acting(chief_of_province("sealed.read")):
        hands = Report.objects.get(ticket=petition.ticket).hands.filter(what="content")
        return set(hands.values_list("key__person", flat=True))


def test_where_nobody_is_left_to_hold_keys_the_way_up_is_told_and_nothing_is_lost():
    client = browser()
    told = {**MATTER, **WHO, "unit": PROVINCE, "against": "", "away": "unit", **begun(client, "/to-cao/")}
    page = client.post("/to-cao/", {**told, "do": "send"}).content.decode()
    assert "Hãy gửi lên cơ quan cấp trên" in page
    assert MATTER["text"] in page and WHO["name"] in page


def test_where_nothing_can_be_sealed_it_is_told_before_anybody_writes(monkeypatch):
    monkeypatch.setattr(settings, "HAMRONG_SPLITTING", (99, 99))
    page = browser().post("/to-cao/", {"do": "begin", "signed": "named"}).content.decode()
    assert "chưa đủ người giữ khóa" in page and 'name="subject"' not in page
    assert 'name="subject"' in browser().post("/phan-anh/", {"do": "begin", "signed": "named"}).content.decode()


def test_the_same_form_sent_twice_is_one_petition():
    client = browser()
    told = {**MATTER, **WHO, **begun(client, "/khieu-nai/"), "do": "send"}
    pages = [client.post("/khieu-nai/", told).content.decode() for _ in range(2)]
    assert all(told["code"] in page for page in pages)


def test_nothing_typed_is_lost_by_an_error_or_by_going_back():
    client = browser()
    told = {**MATTER, **WHO, **begun(client, "/khieu-nai/")}
    wrong = client.post("/khieu-nai/", {**told, "address": "", "do": "check"}).content.decode()
    assert "Nhập địa chỉ." in wrong and MATTER["text"] in wrong and told["code"] in wrong
    back = client.post("/khieu-nai/", {**told, "do": "edit"}).content.decode()
    assert MATTER["text"] in back and WHO["name"] in back and told["code"] in back


@pytest.mark.parametrize(
    ("number", "taken"),
    [("abc12", False), ("12345", False), ("03819000011", False), ("số của tôi", False), ("٠٣٨١٩٠٠٠٠١١١", False),
     ("038190000111", True), ("038 190 000 111", True), ("038.190.000111", True), ("171234567", True),
     ("B1234567", True), ("C01X00T47", True), ("", True)],
)  # fmt: skip
def test_what_is_no_number_of_a_card_is_refused_and_kept(number, taken):
    client = browser()
    told = {**MATTER, **WHO, "document": number, **begun(client, "/khieu-nai/"), "do": "check"}
    page = client.post("/khieu-nai/", told).content.decode()
    assert ("Xem lại rồi gửi" in page, "Số căn cước có 12 chữ số" in page) == (taken, not taken)
    assert number in page and MATTER["text"] in page and WHO["name"] in page


@pytest.mark.parametrize(
    ("number", "taken"),
    [("abc", False), ("0912 345", False), ("0912 345 678", True), ("+84 912345678 (gặp Bịa)", True), ("", True)],
)
def test_what_nobody_can_be_called_by_is_refused_and_kept(number, taken):
    client = browser()
    told = {**MATTER, **WHO, "phone": number, **begun(client, "/khieu-nai/"), "do": "check"}
    page = client.post("/khieu-nai/", told).content.decode()
    assert ("Xem lại rồi gửi" in page, "Số điện thoại có ít nhất 8 chữ số" in page) == (taken, not taken)
    assert number in page and MATTER["text"] in page


def test_the_door_asks_for_a_choice():
    page = browser().post("/to-cao/", {"do": "begin"}).content.decode()
    assert "Chọn có nêu tên hay không nêu tên." in page


def test_a_code_that_somebody_made_up_is_not_taken():
    client = browser()
    told = {**MATTER, **WHO, "code": "1234", "signed": "named", "do": "send"}
    assert "Đã gửi" not in client.post("/khieu-nai/", told).content.decode()


@pytest.mark.parametrize("address", ["/to-cao/", "/khieu-nai/", "/phan-anh/", "/theo-doi/"])
def test_the_pages_leave_nothing_behind(address):
    client = browser()
    told = {**MATTER, **WHO, "away": "people", "against": "x", "signed": "named", "code": followup.new_code()}
    sendings = [{"do": "begin", "signed": "named"}, {**told, "do": "check"}, {**told, "do": "send"}]
    for answer in [client.get(address), *(client.post(address, each) for each in sendings)]:
        assert not answer.cookies and answer["Cache-Control"] == "no-store, private"
        assert "sessionid" not in client.cookies and "csrftoken" not in client.cookies
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "http://" not in answer.content.decode().replace("http://www.w3.org", "")


def test_a_denouncer_reads_what_nobody_can_protect_against_before_anything_else():
    for query, limits in (
        ("", ("Không bảo vệ được trước điều gì", "tự nói lên bạn là ai", "Máy hoặc mạng", "điều khiển máy chủ",
              "cùng nhau làm trái luật")),
        ("?lang=en", ("What this does not protect against",)),
    ):  # fmt: skip
        page = browser().get(f"/to-cao/{query}").content.decode()
        assert [limit for limit in limits if limit not in page] == []


def test_the_code_is_made_only_by_an_answer_to_a_form():
    assert not re.search(r'name="code"', browser().get("/to-cao/").content.decode())


def test_the_language_goes_along_without_a_cookie():
    client = browser()
    page = client.get("/khieu-nai/?lang=en").content.decode()
    assert "Complaint" in page and 'name="lang" value="en"' in page
    assert "What happened" in client.post("/khieu-nai/", {"do": "begin", "lang": "en"}).content.decode()


def test_whoever_opens_a_name_reads_what_its_lines_are():
    assert set(Sender.__struct_fields__) <= LABELS.keys()


def test_what_is_missing_at_the_door_is_said_before_anything_else():
    page = browser().post("/to-cao/", {"do": "begin"}).content.decode()
    assert 0 < page.index("error-summary") < page.index("Được bảo vệ thế nào")


@pytest.mark.parametrize("address", ["/khieu-nai/", "/phan-anh/"])
def test_every_way_from_one_door_to_another_keeps_the_language(address):
    page = browser().get(f"{address}?lang=en").content.decode()
    ways = re.findall(r'href="(/(?:to-cao|khieu-nai|phan-anh|theo-doi)/[^"]*)"', page)
    assert len(ways) >= 4 and all(way.endswith("?lang=en") for way in ways if "lang=vi" not in way), ways


def test_the_language_changes_on_every_page_of_the_form_and_nothing_typed_is_lost():
    client, address = browser(), "/to-cao/"
    door = client.post(f"{address}?lang=en", {"do": "door", "lang": "vi", "signed": "nameless"}).text
    assert '<html lang="en"' in door and "checked" in door.split('value="nameless"')[1].split(">")[0]
    told = {**MATTER, **WHO, "away": "unit", "against": "Ông Bịa", **begun(client, address)}
    matter = client.post(f"{address}?lang=en", {**told, "do": "edit", "lang": "vi"}).text
    assert '<html lang="en"' in matter and "error-summary" not in matter
    assert all(typed in matter for typed in (MATTER["text"], WHO["name"], WHO["phone"], "Ông Bịa", told["code"]))
    check = client.post(f"{address}?lang=en", {**told, "do": "check", "lang": "vi"}).text
    assert '<html lang="en"' in check and MATTER["text"] in check and 'name="lang" value="en"' in check
    for page, again in ((door, "door"), (matter, "edit"), (check, "check")):
        button = next(each.split(">")[0] for each in page.split('form="whole"')[1:] if "?lang=vi" in each.split(">")[0])
        assert f'value="{again}"' in button and "?lang=vi" in button and 'id="whole"' in page


def test_files_that_were_chosen_before_the_language_changed_are_asked_for_again():
    client, address = browser(), "/phan-anh/"
    told = {**MATTER, **begun(client, address, "nameless"), "do": "check", "lang": "vi"}
    page = client.post(f"{address}?lang=en", {**told, "attached": SimpleUploadedFile("a.txt", b"x")}).text
    assert (
        "Choose the files again" in page
        and "Choose the files again" not in client.post(f"{address}?lang=en", told).text
    )


def test_signs_that_turn_words_around_are_written_out_before_anybody_sends_and_reads_them():
    """The sender sees what officers will read; a name of a file keeps none of them."""
    client, address = browser(), "/khieu-nai/"
    typed = MATTER | {"text": "Ông Bịa nhận \u202e001 triệu\u202c\r\ntừ \u2066tôi\u2069.\x1b"}
    kept = "Ông Bịa nhận [U+202E]001 triệu\ntừ tôi.[U+001B]"
    told = {**typed, **WHO, **begun(client, address)}
    check = client.post(address, {**told, "do": "check"}).text
    assert kept in check and "[U+…]" in check
    client.post(address, {**told, "do": "send", "attached": SimpleUploadedFile("don\u202efdp.txt", b"x")})
    petition = ticket(told["code"])
    assert reading.opened(petition).text == kept
    reader = browser_of(a_person("petition-officer", PROVINCE))
    page = reader.get(f"/don/{petition.pk}/").text
    assert kept in page and "[U+…]" in page and "\u202e" not in page
    assert ">donfdp.txt <" in client.post("/theo-doi/", {"do": "open", "code": told["code"]}).text
