"""An address of any time means an area of today, or the choice is left to people."""

import time
import unicodedata
from datetime import date
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamrong.kernel.vietnamese import fold
from hamrong.org import areas, records
from hamrong.org.areas import Conversion, convert

AREAS = {area.id: area for area in records.areas()}
BEFORE_REFORM = [area for area in records.areas() if area.level == "commune" and area.valid_to == date(2025, 6, 30)]


def names(found: Conversion) -> list[str]:
    return sorted(f"{unit.kind} {unit.name}" for unit in found.units)


@pytest.mark.parametrize(
    "address",
    [
        "P. Trường Sơn, TP Sầm Sơn, T. Thanh Hoá",
        "P.Trường Sơn, TP.Sầm Sơn, T.Thanh Hóa",
        "Trường Sơn, Sầm Sơn, Thanh Hóa",
        "phường Trường Sơn, thành phố Sầm Sơn, tỉnh Thanh Hóa, Việt Nam",
        "PHƯỜNG TRƯỜNG SƠN, THÀNH PHỐ SẦM SƠN, TỈNH THANH HÓA",
        "phuong truong son, thanh pho sam son, thanh hoa",
        "Số 5 đường Hồ Xuân Hương, P. Trường Sơn, TP. Sầm Sơn, Thanh Hóa",
        "Khu phố Vinh Sơn, Trường Sơn, Sầm Sơn",
        "Khu phố 3 phường Trường Sơn thành phố Sầm Sơn tỉnh Thanh Hóa",
        "Trường Sơn Sầm Sơn Thanh Hóa",
        "truong son sam son thanh hoa",
        "Trường Sơn - Sầm Sơn - Thanh Hóa",
        "Xã Trường Sơn, Thị xã Sầm Sơn, Thanh Hóa",  # the kinds of an earlier time
        unicodedata.normalize("NFD", "Trường Sơn, Sầm Sơn, Thanh Hóa"),
    ],
)
def test_one_place_is_found_however_its_address_is_written(address: str) -> None:
    found = convert(address)
    assert (found.status, names(found)) == ("ok", ["phường Sầm Sơn"])
    assert found.legacy and (found.legacy.name, found.legacy.district) == ("Trường Sơn", "Sầm Sơn")


@pytest.mark.parametrize(
    ("address", "today"),
    [
        ("Các Sơn, Nghi Sơn, Thanh Hóa", "xã Các Sơn"),
        ("xã Quảng Giao, huyện Quảng Xương, tỉnh Thanh Hóa", "phường Nam Sầm Sơn"),
        ("Hoằng Thành, Hoằng Hóa, Thanh Hóa", "xã Hoằng Lộc"),
        ("Hoằng Thanh, Hoằng Hóa, Thanh Hóa", "xã Hoằng Thanh"),
        ("Phượng Nghi, Như Thanh, Thanh Hóa", "xã Xuân Du"),
        ("Phuong Nghi, Nhu Thanh, Thanh Hoa", "xã Xuân Du"),  # "phuong" belongs to the name
        ("Quí Lộc, Yên Định, Thanh Hóa", "xã Quý Lộc"),
        ("Pù Nhi, Mường Lát, Thanh Hóa", "xã Pù Nhi"),
        ("xã Quảng Giao, Thanh Hóa", "phường Nam Sầm Sơn"),  # the only one of that name
    ],
)
def test_a_commune_before_the_reform_has_become_one_of_today(address: str, today: str) -> None:
    found = convert(address)
    assert (found.status, names(found)) == ("ok", [today])


@pytest.mark.parametrize(
    ("address", "today", "legacy"),
    [
        ("Đông Minh, Đông Sơn, Thanh Hóa", "phường Đông Sơn", "xã Đông Minh"),  # the district ended 2024-12-31
        ("Thị trấn Rừng Thông, huyện Đông Sơn", "phường Đông Sơn", "thị trấn Rừng Thông"),
        ("Các Sơn, Tĩnh Gia, Thanh Hóa", "xã Các Sơn", "xã Các Sơn"),  # Nghi Sơn since 2020-06-01
        ("TT Tĩnh Gia, huyện Tĩnh Gia, Thanh Hóa", "phường Tĩnh Gia", "thị trấn Tĩnh Gia"),
        ("Hoằng Khê, Hoằng Hóa, Thanh Hóa", "xã Hoằng Sơn", "xã Hoằng Khê"),  # Hoằng Xuyên since 2019-12-01
        ("Châu Lộc, Hậu Lộc, Thanh Hóa", "xã Triệu Lộc", "xã Châu Lộc"),
        ("Quảng Đại, Sầm Sơn, Thanh Hóa", "phường Nam Sầm Sơn", "xã Quảng Đại"),
    ],
)
def test_an_address_of_an_earlier_reform_is_followed_through_all_later_ones(
    address: str, today: str, legacy: str
) -> None:
    found = convert(address)
    assert (found.status, names(found)) == ("ok", [today])
    assert found.legacy and f"{found.legacy.kind} {found.legacy.name}" == legacy


@pytest.mark.parametrize(
    "address", ["Phường Sầm Sơn, Thanh Hóa", "Sầm Sơn, Thanh Hóa", "Khu 2, phường Sầm Sơn, tỉnh Thanh Hóa"]
)
def test_an_address_of_today_stays_as_it_is(address: str) -> None:
    found = convert(address)
    assert (found.status, names(found), found.legacies) == ("unchanged", ["phường Sầm Sơn"], ())


def test_a_name_of_two_times_is_todays_without_a_district_and_the_former_with_one() -> None:
    assert convert("phường Đông Tiến, Thanh Hóa").status == "unchanged"
    assert convert("Đông Tiến, Đông Sơn, Thanh Hóa").status == "ok"
    assert convert("Đông Tiến, thành phố Thanh Hóa").legacy is not None


def test_a_unit_word_of_the_former_kind_calls_the_former_commune() -> None:
    assert names(convert("Xã Lam Sơn, Thanh Hóa")) == ["xã Lam Sơn"]
    found = convert("Phường Lam Sơn, Thanh Hóa")
    assert found.status == "ambiguous"
    assert {legacy.district for legacy in found.legacies} == {"Bỉm Sơn", "Thanh Hóa"}


def test_todays_commune_with_a_former_district_behind_it_is_still_understood() -> None:
    found = convert("Phường Sầm Sơn, TP Sầm Sơn, Thanh Hóa")
    assert (found.status, names(found), found.note) == ("unchanged", ["phường Sầm Sơn"], areas.OLD_DISTRICT)


@pytest.mark.parametrize(
    ("address", "choices"),
    [
        ("P. Đông Thọ, TP Thanh Hóa", ["phường Hàm Rồng", "phường Hạc Thành"]),
        ("An Hưng, Thanh Hóa, Thanh Hóa", ["phường Hạc Thành", "phường Đông Quang"]),
        ("TT Sơn Lư, Quan Sơn, Thanh Hóa", ["xã Quan Sơn", "xã Tam Lư"]),
        ("TT Hà Trung, Thanh Hóa", ["xã Hoạt Giang", "xã Hà Trung"]),
        ("Hà Bình, Hà Trung, Thanh Hóa", ["xã Hoạt Giang", "xã Hà Trung"]),
        ("Thiệu Long, Thiệu Hóa, Thanh Hóa", ["xã Thiệu Hóa", "xã Định Hòa"]),
        ("Luận Khê, Thường Xuân, Thanh Hóa", ["xã Luận Thành", "xã Tân Thành"]),
        ("TT Thiệu Hóa, Thiệu Hóa, Thanh Hóa", ["xã Thiệu Hóa", "xã Thiệu Quang", "xã Thiệu Trung"]),
        ("Thiệu Phú, Thiệu Hóa, Thanh Hóa", ["xã Thiệu Hóa", "xã Thiệu Quang", "xã Thiệu Trung"]),
        ("Yên Thọ, Như Thanh, Thanh Hóa", ["xã Như Thanh", "xã Yên Thọ"]),
        ("Thanh Tân, Như Thanh, Thanh Hóa", ["xã Công Chính", "xã Thanh Kỳ"]),
    ],
)
def test_a_split_commune_is_answered_with_every_choice(address: str, choices: list[str]) -> None:
    found = convert(address)
    assert (found.status, names(found), found.note) == ("ambiguous", choices, areas.SPLIT)


def test_without_diacritics_a_name_counts_only_if_nothing_else_looks_like_it() -> None:
    found = convert("Hoang Thanh, Hoang Hoa, Thanh Hoa")
    assert (found.status, names(found)) == ("ambiguous", ["xã Hoằng Lộc", "xã Hoằng Thanh"])
    assert {legacy.name for legacy in found.legacies} == {"Hoằng Thanh", "Hoằng Thành"}


def test_an_unmarked_name_is_no_exact_match_unless_the_rest_of_the_address_is_marked() -> None:
    assert convert("nga thanh, nga son, thanh hoa").status == "ambiguous"
    assert names(convert("Nga Thanh, Nga Sơn, Thanh Hóa")) == ["xã Nga Sơn"]
    assert names(convert("Nga Thành, Nga Sơn, Thanh Hóa")) == ["xã Hồ Vương"]


def test_a_name_of_several_districts_needs_the_district() -> None:
    found = convert("Phường Ba Đình, Thanh Hóa")
    assert (found.status, found.legacy, found.note) == ("ambiguous", None, areas.SEVERAL)
    assert convert("Ba Đình, Bỉm Sơn").status == "ok"


def test_a_commune_alone_is_not_taken_for_one_of_this_province_unasked() -> None:
    found = convert("Phường Sầm Sơn")
    assert (found.status, names(found), found.note) == ("ambiguous", ["phường Sầm Sơn"], areas.NO_PROVINCE)


def test_a_commune_written_with_a_wrong_district_is_only_offered() -> None:
    found = convert("phường Trường Sơn, huyện Nga Sơn, Thanh Hóa")
    assert (found.status, found.note) == ("ambiguous", areas.OTHER_DISTRICT)


def test_an_unknown_commune_never_becomes_the_one_named_like_its_district() -> None:
    found = convert("Không Có, Hoằng Hóa, Thanh Hóa")
    assert (found.status, names(found), found.note) == ("province_only", ["tỉnh Thanh Hóa"], areas.DISTRICT_ONLY)
    assert found.legacy and found.legacy.name == "Hoằng Hóa"
    found = convert("Số 7 Lê Lợi, Nga Sơn, Thanh Hóa")
    assert (found.status, found.note) == ("ambiguous", areas.ALSO_DISTRICT)


def test_a_district_alone_and_a_commune_without_known_successor_lead_to_the_province() -> None:
    assert convert("huyện Hà Trung, Thanh Hóa").note == areas.DISTRICT_ONLY
    found = convert("Hà Lan, Bỉm Sơn, Thanh Hóa")
    assert (found.status, found.note) == ("province_only", areas.NO_SUCCESSOR)
    assert found.legacy and found.legacy.name == "Hà Lan"


@pytest.mark.parametrize(
    ("address", "code", "province", "former"),
    [
        ("Bến Nghé, Quận 1, TP.HCM", "79", "thành phố Hồ Chí Minh", None),
        ("P.3, Q.5, TPHCM", "79", "thành phố Hồ Chí Minh", None),
        ("xã Tân Mỹ, thành phố Bắc Giang, tỉnh Bắc Giang", "24", "thành phố Bắc Ninh", "Bắc Giang"),
        ("Ba Đình, Hà Nội", "01", "thành phố Hà Nội", None),
        ("Hà Đông, tỉnh Hà Tây", "01", "thành phố Hà Nội", "Hà Tây"),
        ("Phú Vang, Thừa Thiên Huế", "46", "thành phố Huế", "Thừa Thiên Huế"),
        ("Vũng Tàu, Bà Rịa - Vũng Tàu", "79", "thành phố Hồ Chí Minh", "Bà Rịa - Vũng Tàu"),
        ("Đồng Xoài, Bình Phước", "75", "thành phố Đồng Nai", "Bình Phước"),
        ("Đăk Lăk", "66", "tỉnh Đắk Lắk", None),
    ],
)
def test_another_province_is_followed_to_the_province_of_today(
    address: str, code: str, province: str, former: str | None
) -> None:
    found = convert(address)
    assert (found.status, found.units[0].code, names(found)) == ("province_only", code, [province])
    assert (found.legacy.name if found.legacy else None) == former


@pytest.mark.parametrize("address", ["", " , ", "nhảm nhí", "123", "tỉnh", "🏠", "\u200b"])
def test_what_is_no_address_is_unknown(address: str) -> None:
    assert convert(address).status == "unknown"


@pytest.mark.parametrize("area", BEFORE_REFORM, ids=lambda area: area.id)
def test_every_commune_of_2025_is_found_by_its_card_address(area: records.AreaRecord) -> None:
    district = AREAS[area.parent or ""]
    found = convert(f"{area.name}, {district.name}, Thanh Hóa")
    assert [unit.id for unit in found.units] == list(areas.current(area.id))
    assert found.status == ("ok" if len(found.units) == 1 else "ambiguous")
    plain = convert(fold(f"{areas.WORDS[area.kind]} {area.name}, {district.name}, Thanh Hóa").replace("  ", " "))
    assert plain.status != "ok" or plain.units == found.units


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_an_answer(text: str) -> None:
    found = convert(text)
    assert bool(found.units) == (found.status != "unknown")


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(BEFORE_REFORM), st.sampled_from(["NFC", "NFD"]), st.booleans(), st.booleans(), st.booleans())
def test_form_and_case_and_unit_words_do_not_change_the_answer(
    area: records.AreaRecord, form: Literal["NFC", "NFD"], upper: bool, unit: bool, province: bool
) -> None:
    district = AREAS[area.parent or ""]
    text = f"{areas.WORDS[area.kind]} {area.name}" if unit else area.name
    text += f", {areas.WORDS[district.kind]} {district.name}" if unit else f", {district.name}"
    text += ", tỉnh Thanh Hóa" if province else ""
    written = unicodedata.normalize(form, text.upper() if upper else text)
    if not unit and not province and district.name == "Thanh Hóa":
        return  # "X, Thanh Hóa" is a commune of the province
    assert convert(written).units == convert(f"{area.name}, {district.name}, Thanh Hóa").units


def test_a_conversion_takes_less_than_a_millisecond() -> None:
    texts = [f"Thôn 3, {area.name}, {AREAS[area.parent or ''].name}, Thanh Hóa" for area in BEFORE_REFORM]
    texts += [text.replace(",", "") for text in texts]
    convert(texts[0])
    start = time.perf_counter()
    for text in texts:
        convert(text)
    assert (time.perf_counter() - start) / len(texts) < 0.001


def test_a_name_that_several_districts_had_is_ambiguous_although_a_commune_of_today_bears_it():
    found = convert("Ba Đình, Thanh Hóa")
    assert (found.status, found.note) == ("ambiguous", areas.SEVERAL)
    assert {"xã Ba Đình", "phường Hạc Thành", "phường Bỉm Sơn"} <= set(names(found))
    assert convert("xã Ba Đình, Thanh Hóa").status == "unchanged", "the unit word says that it is today's"
