"""The owner's screen: opened by a ticket alone, pressed once however often, and silent about tickets that there are."""

import re
import secrets

from hamrong.access.entries import mark_of
from hamrong.kernel.codes import new_code
from hamrong.plates.actions.files import void
from hamrong.plates.pages.owner import TRIES
from hamrong.plates.wording import plate
from tests.plates.desks import an_owner, fresh_pool, text
from tests.plates.owners import WARD, a_file, a_sealer, draws_of, officer
from tests.world import NOW


def screen(ticket: str) -> str:
    return f"/bien-so/bam/{ticket}"


def an_address():
    """A browser at an address of its own, so that its wrong tries are its own too."""
    return an_owner(REMOTE_ADDR=f"10.{secrets.randbelow(256)}.{secrets.randbelow(256)}.{secrets.randbelow(256)}")


def test_the_screen_of_a_ticket_names_nobody():
    drawn = a_file(fresh_pool(), owner="Lương Thị Riêng")
    page = text(an_owner().get(screen(drawn.ticket)))
    assert "Bấm chọn biển số" in page and "Trong kho còn 99.999 số" in page
    assert "Lương" not in page and drawn.dossier not in page and drawn.owner_hint not in page


def test_the_record_finds_what_a_ticket_did_and_does_not_tell_the_ticket(admin_connection):
    drawn, client = a_file(fresh_pool()), an_owner()
    client.get(screen(drawn.ticket))
    client.post(screen(drawn.ticket), {"nonce": secrets.token_hex(16)})
    mark = mark_of(drawn.ticket)
    kept = admin_connection.execute("select e::text from audit_entry e where actor = %s", [f"owner:{mark}"]).fetchall()
    assert len(kept) == 2 and all(mark in row and drawn.ticket not in row for (row,) in kept)
    told = (
        "select count(*) from audit_entry e left join audit_detail d on d.entry_id = e.id "
        "where (e::text || coalesce(d::text, '')) like %s"
    )
    assert admin_connection.execute(told, [f"%{drawn.ticket}%"]).fetchone() == (0,)


def test_a_press_uses_the_number_that_the_owners_device_made_and_pressing_again_changes_nothing():
    pool, nonce = fresh_pool(), secrets.token_hex(16)
    drawn, client = a_file(pool), an_owner()
    assert client.post(screen(drawn.ticket), {"nonce": nonce}).headers["Location"] == screen(drawn.ticket)
    client.post(screen(drawn.ticket), {"nonce": secrets.token_hex(16)})
    page = text(client.get(screen(drawn.ticket)))
    assert (
        nonce in page and "Đã nhận lượt bấm" in page and "<form" not in page.split('id="live"')[1].split("details")[0]
    )
    a_sealer().work()
    (found,) = draws_of(pool)
    assert bytes(found.nonce).hex() == nonce


def test_without_scripts_the_server_makes_the_number_and_says_so():
    drawn, client = a_file(fresh_pool()), an_owner()
    answer = client.post(screen(drawn.ticket), {"nonce": ""})
    page = text(client.get(answer.headers["Location"]))
    assert "do máy chủ tạo" in page and re.search(r'data-nonce="[0-9a-f]{32}"', page)


def test_the_order_is_told_before_the_number_and_then_the_number_with_its_level():
    pool = fresh_pool()
    drawn, client = a_file(pool), an_owner()
    client.post(screen(drawn.ticket), {"nonce": secrets.token_hex(16)})
    a_sealer(fetch=lambda seal, checkpoint: None).work()
    assert "Thứ tự của bạn đã được chốt: số 1" in text(client.get(screen(drawn.ticket)))
    a_sealer(epoch=2).work()
    (found,) = draws_of(pool)
    page = text(client.get(screen(drawn.ticket)))
    assert (
        f'<span class="unseen">{plate(found.number)}</span>' in page
        and "Mức C" in page
        and "không kiểm chứng được" in page
    )
    assert client.get(f"{screen(drawn.ticket)}/phieu.pdf").content.startswith(b"%PDF")


def test_what_has_not_changed_is_not_sent_again():
    drawn, client = a_file(fresh_pool()), an_owner()
    assert client.get(screen(drawn.ticket), {"seen": "filed"}).status_code == 204
    client.post(screen(drawn.ticket), {"nonce": secrets.token_hex(16)})
    assert client.get(screen(drawn.ticket), {"seen": "filed"}).status_code == 200


def test_following_is_on_record_once_a_page_and_not_once_a_second(admin_connection):
    drawn, client = a_file(fresh_pool()), an_owner()
    client.get(screen(drawn.ticket))
    for _ in range(3):
        client.get(screen(drawn.ticket), {"seen": "filed"})
    kept = admin_connection.execute(
        "select count(*) from audit_entry where type = 'plate.follow' and subject = %s", [f"plates-draw:{drawn.pk}"]
    ).fetchone()
    assert kept == (1,)


def test_a_ticket_as_people_type_it_is_understood():
    drawn = a_file(fresh_pool())
    typed = drawn.ticket.lower().replace("-", " ").replace("0", "o")
    answer = an_owner().get("/bien-so/bam/", {"code": typed})
    assert answer.headers["Location"] == screen(drawn.ticket)


def test_an_unknown_ticket_and_a_mistyped_one_get_the_same_page():
    client = an_address()
    pages = [client.get(screen(ticket)) for ticket in (new_code("BX"), "BX-0000", "x" * 40)]
    assert {page.status_code for page in pages} == {404}
    without_address = {re.sub(r'value="[^"]*"', "", text(page)) for page in pages}
    assert len(without_address) == 1
    assert client.post(screen(new_code("BX")), {"nonce": secrets.token_hex(16)}).status_code == 404


def test_who_guesses_is_slowed_down_and_who_has_a_ticket_is_not():
    client, drawn = an_address(), a_file(fresh_pool())
    for _ in range(TRIES + 5):
        assert client.get(screen(drawn.ticket), {"seen": "filed"}).status_code == 204
    for _ in range(TRIES):
        client.get(screen(new_code("BX")))
    assert client.get(screen(new_code("BX"))).status_code == 429
    assert an_address().get(screen(drawn.ticket)).status_code == 200


def test_a_cancelled_file_says_so():
    drawn = a_file(fresh_pool())
    void(by=officer("plate.void", WARD), draw=drawn.pk, reason="Sai số khung", at=NOW)
    client = an_owner()
    assert "đã được hủy" in text(client.get(screen(drawn.ticket)))
    client.post(screen(drawn.ticket), {"nonce": secrets.token_hex(16)})
    assert "đã bị hủy" in text(client.get(screen(drawn.ticket)))


def test_a_slip_before_the_number_leads_back_to_the_screen():
    drawn = a_file(fresh_pool())
    assert an_owner().get(f"{screen(drawn.ticket)}/phieu.pdf").headers["Location"] == screen(drawn.ticket)


def test_the_code_has_a_label_that_stays_while_it_is_typed():
    page = text(an_owner().get("/bien-so/bam/"))
    assert (
        ">Mã phiếu<" in page.replace("\n", "") and 'name="code"' in page and "placeholder" not in page.split("<main")[1]
    )
