"""Petitions as officers handle them: taken in, entered, sorted by the table, told, written to, read with a key."""

from io import BytesIO

from python_calamine import CalamineWorkbook

from hamrong.access.walls import acting
from hamrong.petitions.models import Petition
from hamrong.petitions.queries import reading, visible
from hamrong.sealed.actions.reports import ticket_of
from hamrong.sealed.models import Report
from hamrong.ui.keyset import portion
from tests.entrances import a_person, browser_of
from tests.petitions.senders import OTHER, SENDER, TEXT, WARD, entered, officer, sent
from tests.sealed.room import NAME, PASSPHRASE, an_officer, chief, holders
from tests.site.test_unsent import remembered
from tests.world import PROVINCE

FOUND = {"signed": "signed", "competence": "ours", "conditions": "met", "content": "clear", "addressed": "us_only",
         "instance": "first", "earlier": "", "reason": ""}  # fmt: skip


def duty(ward: str = WARD):
    return browser_of(a_person("ward-duty", ward))


def at(petition: Petition) -> str:
    return f"/don/{petition.pk}/"


def now_as(petition: Petition) -> Petition:
    with acting(officer("petition.read")):
        return Petition.objects.get(pk=petition.pk)


def of_code(code: str) -> Petition:
    with acting(officer("petition.read")):
        return Petition.objects.get(ticket=ticket_of(code))


def taking(client, headers=None, **changes):
    page = client.get("/don/nhan").content.decode()
    code = page.split('name="code" value="')[1].split('"')[0]
    facts = {
        "code": code, "kind": "complaint", "door": "post", "received_on": "01/09/2026", "subject": "Biên bản",
        "text": TEXT, "name": SENDER.name, "document": SENDER.document, "address": SENDER.address, "phone": "",
        "away": OTHER,
    }  # fmt: skip
    return client.post("/don/nhan", {**facts, **changes}, headers=headers), code


def test_a_petition_that_came_by_post_gets_its_number_and_a_code_to_hand_out():
    client = duty()
    answer, code = taking(client)
    page = answer.content.decode()
    assert code in page and "Đã vào sổ, số" in page
    number = page.split("Đã vào sổ, số ")[1].split()[0]
    assert number in client.get(f"/don/?number={number}").content.decode()


def test_a_message_on_the_page_of_a_unit_is_received_there_whoever_has_it_now():
    client = duty()
    _answer, code = taking(client, door="social", origin="Trang Công an phường, tin nhắn ngày 1/9")
    petition = of_code(code)
    page = client.get(at(petition)).content.decode()
    assert petition.register == WARD and petition.number
    assert "Qua trang mạng xã hội của đơn vị" in page and "Nơi nhận, vào sổ" in page and "tin nhắn ngày 1/9" in page


def test_a_joint_petition_names_everybody_who_signed_with_the_representative_first():
    others = "Lê Văn Hai; 038190000123; khu phố 2\nPhạm Thị Ba"
    client = duty()
    _answer, code = taking(client, others=others)
    row = of_code(code)
    assert [each.name for each in reading.opened(row).senders] == [SENDER.name, "Lê Văn Hai", "Phạm Thị Ba"]
    assert len(row.persons) == 2 and "Lê Văn Hai" in client.get(at(row)).content.decode()
    for wrong, said in (
        ({"others": "Lê Văn Hai; 12"}, "Lê Văn Hai: "),
        ({"others": others, "name": ""}, "Ghi người đại diện"),
    ):
        page = taking(client, **wrong)[0].content.decode()
        assert said in page and "Lê Văn Hai" in page


def test_the_counter_refuses_a_number_that_no_card_has_and_takes_whoever_has_none_in():
    client, number = duty(), "03819000011"
    answer, code = taking(client, document=number)
    page = answer.content.decode()
    assert "Số căn cước có 12 chữ số" in page and "đánh dấu ô bên dưới" in page
    assert number in page and TEXT in page and code in page
    told = [taking(client, document=typed, no_paper="on")[1] for typed in (number, "")]
    rows = [of_code(each) for each in told]
    documents = [reading.opened(row).senders[0].document for row in rows]
    assert documents == [f"không có giấy tờ hợp lệ ({number})", "không có giấy tờ hợp lệ"]
    assert [row.persons for row in rows] == [[], []]  # nobody is taken for somebody else who has none


def test_what_another_body_sent_on_says_who_did_and_a_denunciation_is_not_asked():
    holders(), chief()
    client = duty()
    page = taking(client, door="transferred", origin="")[0].content.decode()
    assert "Ghi cơ quan đã chuyển đơn đến" in page and TEXT in page
    _answer, code = taking(client, door="transferred", origin="UBND phường, công văn 12/UBND")
    assert of_code(code).origin == "UBND phường, công văn 12/UBND"
    sealed = taking(client, door="transferred", origin="", kind="denunciation", name=NAME)[0].content.decode()
    assert "Ghi cơ quan đã chuyển đơn đến" not in sealed


def test_what_may_be_a_denunciation_waits_nowhere_and_a_code_is_shown_once():
    """A form that did not go through lies sealed for the house, which opens it alone; so would a page with a code."""
    holders(), chief()
    client, window = duty(), {"Sec-Fetch-Mode": "navigate"}
    for kind in ("denunciation", ""):
        wrong, _code = taking(client, window, kind=kind, subject="")
        assert wrong.status_code == 200 and TEXT in wrong.content.decode(), "it is answered, and nothing is lost"
    wrong, _code = taking(client, window, subject="")
    assert wrong.status_code == 303 and TEXT in client.get(wrong["Location"]).content.decode()
    for kind in ("denunciation", "complaint"):
        taken, code = taking(client, window, kind=kind)
        assert taken.status_code == 200 and code in taken.content.decode()
    named = {"kind": "denunciation", "people": "1", "key": "x"}
    assert client.post("/tiep-cong-dan/ghi", named, headers=window).status_code == 200
    ended = remembered(a_person("ward-duty", WARD)).post("/don/nhan", {"kind": "denunciation", "text": TEXT})
    assert ended.status_code == 302 and "kept" not in ended["Location"]


def test_a_day_whose_law_is_not_here_is_refused_in_words():
    answer, _code = taking(duty(), received_on="01/01/1999")
    assert "không có luật của ngày này" in answer.content.decode()


def test_what_is_missing_is_said_and_nothing_typed_is_lost():
    answer, code = taking(duty(), subject="", received_on="01/01/2099")
    page = answer.content.decode()
    assert "error-summary" in page and TEXT in page and code in page


def test_a_denunciation_at_the_counter_is_sealed_and_its_taker_reads_nothing():
    holders(), chief()
    client = duty()
    answer, _code = taking(client, kind="denunciation", text=f"{NAME} kể lại", name=NAME)
    number = next(part[:36] for part in answer.content.decode().split('href="/don/') if part[36:38] == '/"')
    page = client.get(f"/don/{number}/").content.decode()
    assert "Đơn niêm phong" in page and NAME not in page
    assert client.get(f"/niem-phong/noi-dung/{number}/").status_code == 403


def test_at_the_counter_a_denunciation_of_nobody_clear_wants_a_unit_or_goes_to_the_province():
    holders(), chief(), an_officer("province-leader", PROVINCE)
    client, named = duty(), a_person("ward-duty", OTHER, name="Lương Bích Khuê")
    told = {"kind": "denunciation", "against": "Anh công an hay trực đêm"}
    answer, code = taking(client, **told, away="")
    page = answer.content.decode()
    assert "chọn đơn vị của người bị tố cáo" in page and TEXT in page and code in page
    answer, code = taking(client, **told, away="unknown")
    page = answer.content.decode()
    assert "Đã chuyển lên Công an tỉnh" in page and code in page
    with acting(officer("petition.read", role="petition-officer")) as by:
        up = visible.petitions(by).get(ticket=ticket_of(code))
        report = Report.objects.get(ticket=ticket_of(code))
        reading = set(report.hands.values_list("key__person", flat=True))
    assert (up.unit, up.number, up.door, report.ward) == (
        PROVINCE,
        None,
        "post",
        PROVINCE,
    ) and chief().id not in reading
    answer, _code = taking(client, kind="denunciation", against=f"Đại úy {named.full_name}", away="")
    assert "Đã vào sổ, số" in answer.content.decode()


def test_a_clerk_who_is_denounced_does_not_take_it_in_nor_does_anybody_of_a_denounced_unit():
    holders(), chief()
    clerk = a_person("ward-duty", WARD, name="Kiều Trọng Thìn")
    for facts in (
        {"against": clerk.full_name, "away": ""},
        {"away": WARD},
        {"against": clerk.full_name, "away": "unknown"},
    ):
        answer, code = taking(browser_of(clerk), kind="denunciation", **facts)
        page = answer.content.decode()
        assert "tố cáo chính bạn hoặc đơn vị bạn" in page and TEXT in page
        with acting(officer("petition.read", role="petition-officer")) as by:
            assert not visible.petitions(by).filter(ticket=ticket_of(code)).exists()
    answer, _code = taking(duty(), kind="denunciation", against=clerk.full_name)
    assert "Đã vào sổ, số" in answer.content.decode()


def test_a_petition_that_came_by_itself_is_entered_and_sorted_and_its_case_begins():
    petition, _code = sent()
    client = duty()
    assert "<h1>Đơn chưa vào sổ</h1>" in client.get(at(petition)).content.decode()
    assert client.post(at(petition), {"do": "enter"}).status_code == 302
    assert client.post(at(petition), {"do": "sort", **FOUND}).status_code == 302
    row = now_as(petition)
    assert (row.outcome, bool(row.case_id)) == ("accept", True)
    page = client.get(at(petition)).content.decode()
    assert f"/ho-so/{row.case_id}/" in page and "law-steps" in page and "Khiếu nại 02/2011/QH13" in page
    assert client.get(f"/ho-so/{row.case_id}/").status_code == 200


def test_sorting_elsewhere_wants_a_reason_and_keeps_what_was_chosen():
    petition, client = entered(), duty()
    answer = client.post(at(petition), {"do": "sort", **FOUND, "competence": "elsewhere"})
    assert answer.status_code == 200 and "Hãy ghi lý do" in answer.content.decode()
    assert client.post(
        at(petition), {"do": "sort", **FOUND, "competence": "elsewhere", "reason": "thuộc UBND"}
    ).status_code == 302  # fmt: skip
    assert now_as(petition).outcome == "guide"
    assert client.post(at(petition), {"do": "tell", "document": "3/CV-CAX"}).status_code == 302
    assert "3/CV-CAX" in client.get(at(petition)).content.decode()


def test_words_go_to_the_sender():
    petition, client = entered(), duty()
    client.post(at(petition), {"do": "write", "text": "Mời ông mang theo biên bản."})
    assert "Mời ông mang theo biên bản." in client.get(at(petition)).content.decode()


def test_a_repeated_petition_is_suggested_and_linked_by_an_officer():
    first, second, client = entered(), entered(), duty()
    page = client.get(at(second)).content.decode()
    assert f'value="{first.pk}"' in page
    assert client.post(at(second), {"do": "link", "earlier": str(first.pk)}).status_code == 302
    assert now_as(second).same_as_id == first.pk


def test_another_unit_sees_nothing_and_the_province_sees_all():
    petition = entered()
    assert duty(OTHER).get(at(petition)).status_code == 404
    assert browser_of(a_person("petition-officer", PROVINCE)).get(at(petition)).status_code == 200
    assert browser_of(a_person("inspector", PROVINCE)).get(at(petition)).status_code == 403


def test_a_handler_reads_and_answers_a_sealed_petition_with_an_open_key():
    petition = entered(kind="denunciation")
    client = browser_of(chief().person)
    address = f"/niem-phong/noi-dung/{petition.pk}/"
    answer = client.get(address)
    assert answer.status_code == 302 and "/niem-phong/khoa/mo" in answer["Location"]
    client.post(answer["Location"], {"password": PASSPHRASE})
    page = client.get(address).content.decode()
    assert TEXT in page and SENDER.name not in page and "/mo" in page
    assert client.post(address, {"text": "Bạn gặp ai hôm đó?"}).status_code == 302
    assert "Bạn gặp ai hôm đó?" in client.get(address).content.decode()


def test_the_register_is_paged_by_day():
    entered(), entered()
    with acting(officer("petition.list")) as grant:
        rows = visible.petitions(grant)
        first = portion(rows, "received_on", {}, descending=True, size=1)
        second = portion(rows, "received_on", {"after": first.pager.after}, descending=True, size=1)
    assert first.rows[0].pk != second.rows[0].pk


def entries(admin, act: str, subject: str) -> set[str]:
    found = admin.execute("select purpose from audit_entry where type = %s and subject = %s", [act, subject])
    return {purpose for (purpose,) in found}


def test_a_report_is_shown_printed_and_taken_out_and_is_on_record(admin_connection):
    entered()
    client = duty()
    page = client.get("/don/bao-cao/").content.decode()
    assert "Nhận trong kỳ" in page and "Toàn tỉnh" not in page
    assert "số liệu đến hết hôm nay" in page
    to_come = client.get("/don/bao-cao/?kind=year&on=01/03/2099").content.decode()
    assert "Kỳ này chưa bắt đầu (từ ngày 01/01/2099)" in to_come and "Chỉ tiêu" not in to_come
    over = client.get("/don/bao-cao/?kind=month&on=01/03/2026").content.decode()
    assert "Kỳ này" not in over.replace("Xem kỳ này", "") and "Chỉ tiêu" in over
    paper = client.get("/don/bao-cao/?kind=year&format=print").content.decode()
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in paper and "Thủ trưởng đơn vị" in paper
    file = client.get("/don/bao-cao/?kind=week&format=csv")
    assert file["Content-Type"].startswith("text/csv") and "Nhận trong kỳ" in file.content.decode("utf-8-sig")
    book = CalamineWorkbook.from_filelike(BytesIO(client.get("/don/bao-cao/?format=xlsx").content))
    rows = [row for row in book.get_sheet_by_index(0).to_python() if row[0] == "Tiếp nhận"]
    assert "– Nộp trực tiếp" in [row[1] for row in rows] and all(isinstance(row[-1], float) for row in rows)
    assert entries(admin_connection, "petition.count", f"petitions:{WARD}") >= {"statistics"}


def test_nonsense_in_the_address_of_a_report_is_said_and_gives_this_month():
    page = duty().get("/don/bao-cao/?kind=ever&on=31/02/2026&unit=38").content.decode()
    assert "error-summary" in page and "Nhận trong kỳ" in page


def test_the_province_reports_for_all_and_for_one_unit_and_sees_them_side_by_side():
    entered()
    client = browser_of(a_person("province-leader", PROVINCE))
    assert "Theo đơn vị" in client.get("/don/bao-cao/").content.decode()
    page = client.get(f"/don/bao-cao/?unit={WARD}").content.decode()
    assert "Theo đơn vị" not in page and "Nhận trong kỳ" in page
