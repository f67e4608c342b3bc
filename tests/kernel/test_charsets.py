"""Detecting and converting the encodings that Vietnamese files come in."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamrong.kernel.charsets import decode_tcvn3, decode_vni, detect, encode_tcvn3, encode_vni, from_old_font
from hamrong.kernel.syllables import split_tone

TABLE = (
    "STT,Họ và tên,Nơi cư trú\r\n"
    '1,Nguyễn Thị Hường,"Xã Các Sơn, Nghi Sơn, Thanh Hóa"\r\n'
    "2,NGUYỄN VĂN HÙNG,Phường Sầm Sơn\r\n"
    "3,Đỗ Trọng Nghĩa,Thôn Đoài\r\n"
)
VOWELS = "aăâeêioôơuưy"
SMALL = "đ" + "".join(
    normalize("NFC", vowel + tone) for vowel in VOWELS for tone in ("", *"\u0300\u0309\u0303\u0301\u0323")
)
ASCII = "".join(map(chr, range(0x20, 0x7F)))


def cp1258(text: str) -> bytes:
    return b"".join("".join(split_tone(char)).encode("cp1258") for char in text)


@pytest.mark.parametrize(
    ("data", "encoding", "note"),
    [
        (TABLE.encode(), "utf-8", "valid"),
        (TABLE.encode("utf-8-sig"), "utf-8-sig", "byte_order_mark"),
        (b"\xff\xfe" + TABLE.encode("utf-16-le"), "utf-16-le", "byte_order_mark"),
        (b"\xfe\xff" + TABLE.encode("utf-16-be"), "utf-16-be", "byte_order_mark"),
        (TABLE.encode("utf-16-le"), "utf-16-le", "zero_bytes"),
        (TABLE.encode("utf-16-be"), "utf-16-be", "zero_bytes"),
        (encode_tcvn3(TABLE), "tcvn3", "by_words"),
        (encode_vni(TABLE), "vni", "by_words"),
        (cp1258(TABLE), "cp1258", "by_words"),
        (normalize("NFD", TABLE).encode(), "utf-8", "valid"),
    ],
)
def test_every_encoding_is_told_apart_and_gives_the_same_text(data: bytes, encoding: str, note: str) -> None:
    found = detect(data)
    assert (found.encoding, found.text, found.certain, found.note) == (encoding, TABLE, True, note)


def test_plain_ascii_is_utf_8() -> None:
    assert detect(b"a,b\r\n") == ("utf-8", "a,b\r\n", True, "ascii")
    assert detect(b"") == ("utf-8", "", True, "ascii")


def test_a_few_words_are_a_guess() -> None:
    found = detect(encode_tcvn3("Hà"))
    assert (found.text, found.certain, found.note) == ("Hà", False, "guess")


def test_text_that_is_not_vietnamese_is_shown_before_use() -> None:
    found = detect("José García, Müller".encode("cp1252"))
    assert (found.encoding, found.text, found.certain) == ("cp1252", "José García, Müller", False)


def test_a_damaged_byte_does_not_make_utf_8_something_else() -> None:
    found = detect(TABLE.encode() + b"\xc3")
    assert (found.encoding, found.certain, found.note) == ("utf-8", False, "damaged")
    assert found.text == TABLE + "\ufffd"


def test_the_few_vietnamese_words_of_a_long_plain_list_decide() -> None:
    plain = "7,John Smith,London\r\n" * 5000
    assert detect(encode_vni(plain + TABLE)).encoding == "vni"


def test_capitals_that_a_font_of_capitals_showed_come_back() -> None:
    assert decode_tcvn3(encode_tcvn3("NGUYỄN VĂN HÀ, Lê Hà, QUẢNG XƯƠNG")) == "NGUYỄN VĂN HÀ, Lê Hà, QUẢNG XƯƠNG"


def test_vni_capitals_may_bear_small_marks() -> None:
    assert decode_vni("NGUYEãN VAêN HUøNG".encode("latin-1")) == "NGUYỄN VĂN HÙNG"


@given(st.text(SMALL + ASCII))
def test_vni_keeps_small_letters(text: str) -> None:
    assert decode_vni(encode_vni(text)) == text


@given(st.text(SMALL.upper() + ASCII))
def test_vni_keeps_capitals(text: str) -> None:
    assert decode_vni(encode_vni(text)) == text


@given(st.text(SMALL + ASCII.lower()))
def test_tcvn3_keeps_small_letters(text: str) -> None:
    assert decode_tcvn3(encode_tcvn3(text)) == text


@pytest.mark.parametrize("encode", [encode_tcvn3, encode_vni])
def test_letters_that_an_encoding_lacks_are_refused(encode: object) -> None:
    assert callable(encode)
    with pytest.raises(ValueError, match="ü"):
        encode("Müller")


@given(st.binary(max_size=200))
def test_detection_never_raises(data: bytes) -> None:
    assert normalize("NFC", detect(data).text) == detect(data).text


@pytest.mark.parametrize("encode", [encode_tcvn3, encode_vni])
@pytest.mark.parametrize("text", ["Nguyễn Thị Bình", "Họ và tên", "Nữ", "Phường Sầm Sơn, Thanh Hóa", "Số 5 Lê Lợi"])
def test_text_of_an_old_font_among_unicode_is_recognised(encode, text):
    assert from_old_font(encode(text).decode("latin-1")) == text
    assert from_old_font(text) == ""


@pytest.mark.parametrize("name", ["José Muñoz", "René", "Bø Hansen", "François Noël", "Zoë", "Đỗ Hà", "Lý Bé", "ASCII"])
def test_a_name_of_another_language_is_no_old_font(name):
    assert from_old_font(name) == ""
