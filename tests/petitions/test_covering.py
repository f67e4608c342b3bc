"""Covering words: nothing of them is left in the copy, the rest stays, and the mark binds it to the original."""

import re
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from hamrong.access.actors import Refusal
from hamrong.access.walls import acting
from hamrong.papers import keeping
from hamrong.papers.models import Attachment
from hamrong.petitions.actions.covering import cover, mark_of
from hamrong.petitions.covering import COVER, covered, suggested
from hamrong.petitions.models import Petition
from hamrong.petitions.queries import reading
from hamrong.petitions.told import Content
from tests.entrances import a_person, browser_of
from tests.petitions.senders import SENDER, WARD, entered, now, officer
from tests.sealed.room import PASSPHRASE, chief, holders

WORDS = st.text("abcđêô ", min_size=1, max_size=12).filter(lambda text: text.strip())
TOLD = Content(
    "Việc của ông Nguyễn Văn Bịa", f"Tôi là {SENDER.name}, số căn cước {SENDER.document}.\nGọi {SENDER.phone}.",
    senders=(SENDER,),
)  # fmt: skip


@given(st.lists(WORDS, min_size=1, max_size=6), st.data())
def test_no_covered_phrase_is_left_and_the_rest_stays(words, data):
    text = " ".join(words)
    phrases = data.draw(st.lists(st.sampled_from(words), max_size=3))
    done = covered(text, phrases)
    for phrase in phrases:
        inside = r"\s+".join(map(re.escape, phrase.split()))
        assert not re.search(rf"(?<!\w){inside}(?!\w)", done, re.IGNORECASE)
    kept = [word for word in done.split() if word != COVER]
    left = iter(text.split())
    assert all(word in left for word in kept)  # in their order
    assert covered(done, phrases) == done


def test_capitals_compositions_and_ends_of_lines_make_no_difference():
    told = "NGUYỄN VĂN BỊA và Nguyê\u0303n\nVa\u0306n Bi\u0323a"
    assert covered(told, ["nguyễn văn bịa"]) == f"{COVER} và {COVER}"


def test_a_cover_says_nothing_of_the_length_and_leaves_parts_of_words():
    assert covered("An và Nguyễn Thị Bình An", ["An", "Nguyễn Thị Bình An"]) == f"{COVER} và {COVER}"
    assert covered("Lan man", ["an"]) == "Lan man"


def test_what_looks_personal_is_suggested():
    text = "Tôi tên là Trần Thị Bịa, số 038090123456, xe 36A-123.45, gọi 0912 000 111, thư a@b.example. Ngày 12/3/2026."
    assert suggested(text, ["Lê Không Có"]) == [
        "0912 000 111", "038090123456", "36A-123.45", "a@b.example", "Trần Thị Bịa",
    ]  # fmt: skip
    assert suggested(f"Do {SENDER.name} gửi", [SENDER.name, ""]) == [SENDER.name]


def test_the_copy_is_a_file_of_the_petition_without_what_was_covered():
    petition = entered(content=TOLD)
    by, phrases = officer("petition.cover"), suggested(f"{TOLD.subject}\n{TOLD.text}", [SENDER.name])
    kept = cover(by=by, petition=petition, original=TOLD, phrases=phrases, at=now())
    assert not isinstance(kept, Refusal)
    pdf = b"".join(keeping.read(kept.pk, keeping.house_key(), original=True))
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert COVER in text and "Bản gốc được giữ nguyên" in text
    for secret in (SENDER.name, SENDER.document, SENDER.phone):
        assert secret not in text and secret.encode() not in pdf
    assert mark_of(petition, TOLD) in text.replace("\n", "").replace(" ", "")
    with acting(officer("petition.read")):
        assert reading.opened(Petition.objects.get(pk=petition.pk)) == TOLD


def test_the_mark_changes_with_the_original_the_petition_and_the_key():
    one, other = entered(content=TOLD), entered(content=TOLD)
    marks = {mark_of(one, TOLD), mark_of(other, TOLD), mark_of(one, TOLD, b"k" * 32),
             mark_of(one, Content(TOLD.subject, TOLD.text))}  # fmt: skip
    assert len(marks) == 4 and mark_of(one, TOLD) in marks


def test_nothing_covered_is_no_copy():
    petition = entered(content=TOLD)
    refused = cover(by=officer("petition.cover"), petition=petition, original=TOLD, phrases=["không có"], at=now())
    assert isinstance(refused, Refusal) and refused.reason == "invalid"


def test_the_page_suggests_shows_and_keeps():
    petition = entered(content=TOLD)
    client, page = browser_of(a_person("ward-duty", WARD)), f"/don/{petition.pk}/ban-che"
    first = client.get(page).content.decode()
    assert SENDER.document in first and f"Gọi {COVER}" in first  # to cover, and what others will read
    looked = client.post(page, {"phrases": "căn cước", "do": "look"}).content.decode()
    assert f"số {COVER} {SENDER.document}" in looked
    assert "Chưa che gì" in client.post(page, {"phrases": "không có ở đây", "do": "keep"}).content.decode()
    done = client.post(page, {"phrases": SENDER.name, "do": "keep"}, follow=True).content.decode()
    assert "Đã lưu bản che" in done and "Bản che của đơn số" in done


@pytest.fixture
def sealed_petition():
    holders(), chief()
    return entered(kind="denunciation", content=Content("Nhận tiền", "Tôi là Đặng Thị Kín, thấy ông ta nhận tiền."))


def test_a_handler_covers_a_sealed_one_for_colleagues_without_a_key(sealed_petition):
    client = browser_of(chief().person)
    page = f"/niem-phong/noi-dung/{sealed_petition.pk}/ban-che"
    assert "/niem-phong/" in client.get(page)["Location"]
    client.post("/niem-phong/khoa/mo", {"password": PASSPHRASE})
    assert "Đặng Thị Kín" in client.get(page).content.decode()
    done = client.post(page, {"phrases": "Đặng Thị Kín", "do": "keep"}, follow=True).content.decode()
    assert "Đã lưu bản che" in done
    with acting(officer("petition.read")):
        (file,) = Attachment.objects.filter(ref=f"petition:{sealed_petition.pk}", own_key=False)
    pdf = b"".join(keeping.read(file.pk, keeping.house_key(), original=True))
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert "nhận tiền" in text and "Kín" not in text
    assert browser_of(a_person("ward-duty", WARD)).get(page).status_code == 403
