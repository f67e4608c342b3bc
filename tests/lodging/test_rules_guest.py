"""Who the guest is: what is said about names, births, numbers, nationalities and addresses, and what is repaired."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamrong.kernel.documents import Citizen, build_citizen_qr, build_citizen_td1
from hamrong.kernel.vietnamese import fold, to_mrz
from hamrong.lodging.rules import mask, mask_date
from tests.lodging.notices import GUEST, NOW, NUMBER, VISITOR, checked, codes

CARD = Citizen(
    number=NUMBER, full_name="Nguyễn Thị Bình", birth_date="1990-08-15", sex="F", address="Sầm Sơn, Thanh Hóa",
    issued_on="2021-05-01",
)  # fmt: skip


def number(written, **changes):
    return checked(document={"type": "cccd", "number": written}, **changes)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (NUMBER, {}),
        ("038 190 012 123", {}),
        ("038.190.012.123", {}),
        ("０３８１９００１２１２３", {}),
        ("999190012123", {"doc.cccd_province": "warning"}),
        ("038090012123", {"doc.cccd_century_sex": "warning"}),
        ("038390012123", {"doc.cccd_century_sex": "warning"}),
        ("038191012123", {"doc.cccd_birth_year": "warning"}),
        ("38190012123", {"doc.lost_leading_zero": "warning"}),
        ("3819001212", {"doc.cccd_length": "error"}),
        ("0381900121234", {"doc.cccd_length": "error"}),
        ("03819001212A", {"doc.cccd_length": "error"}),
        ("٠٣٨١٩٠٠١٢١٢٣", {"doc.cccd_length": "error"}),
        ("3.8190012123E+10", {"doc.scientific_notation": "error"}),
        ("3,82E+10", {"doc.scientific_notation": "error"}),
        ("", {"field.missing": "error"}),
        ("-", {"field.missing": "error"}),
    ],
)
def test_what_is_said_about_a_citizens_number(written, found):
    assert codes(number(written)) == found


def test_a_lost_zero_is_put_back_only_where_everything_agrees_with_it():
    repaired = number("38190012123")
    assert repaired.stay is not None and repaired.stay.document_number == NUMBER
    assert repaired.issues[0].expected == mask(NUMBER)
    assert codes(number("38190012123", birth={"date": "1985-01-01"})) == {"doc.cccd_length": "error"}
    assert codes(number("38190012123", sex="M")) == {"doc.cccd_length": "error"}
    assert codes(number("1190012123")) == {"doc.lost_leading_zero": "warning"}


@pytest.mark.parametrize(
    ("document", "found"),
    [
        ({"type": "cmnd", "number": "171234567"}, {"doc.type_retired"}),
        ({"type": "cmnd", "number": "71234567"}, {"doc.type_retired", "doc.lost_leading_zero"}),
        ({"type": "cmnd", "number": "1712345"}, {"doc.type_retired", "doc.cmnd_length"}),
        ({"type": "passport", "number": "C1234567"}, set()),
        ({"type": "passport", "number": "C12"}, {"doc.number_form"}),
        ({"type": "passport", "number": "C" * 21}, {"field.too_long"}),
        ({"type": "library card", "number": "1"}, {"doc.type_unknown"}),
        ({"type": "Hộ chiếu", "number": "C1234567"}, set()),
        ({"number": NUMBER}, set()),
        ({"number": NUMBER[1:]}, {"doc.lost_leading_zero"}),
        ({"number": "C1234567"}, set()),
        ({"number": "17"}, {"field.missing"}),
        ({"type": "cccd", "number": NUMBER, "expires_on": "2026-11-23"}, {"doc.expired"}),
        ({"type": "cccd", "number": NUMBER, "expires_on": "2026-11-24"}, set()),
        ({"type": "cccd", "number": NUMBER, "expires_on": "2031-02-29"}, {"date.impossible"}),
    ],
)
def test_what_is_said_about_a_document(document, found):
    assert set(codes(checked(document=document))) == found


def test_a_scanners_whole_text_in_place_of_the_number_is_read():
    card = build_citizen_qr(CARD)
    found = checked(document={"type": "cccd", "number": card})
    assert found.issues == ()
    assert found.stay is not None and found.stay.document_number == NUMBER
    zone = build_citizen_td1(CARD, expiry_date="2031-08-15").replace("\n", "")
    assert codes(checked(document={"type": "cccd", "number": zone})) == {}
    spoilt = zone[:14] + str((int(zone[14]) + 1) % 10) + zone[15:]
    assert codes(checked(document={"type": "cccd", "number": spoilt}))["doc.mrz_check_digit"] == "warning"
    assert codes(checked(document={"type": "cccd", "number": "1|2"})) == {
        "doc.number_form": "warning", "field.missing": "error"
    }  # fmt: skip


def test_a_document_that_disagrees_never_refuses_a_guest():
    for written in ("999190012123", "038090012123", "038191012123"):
        assert number(written).stay is not None


@pytest.mark.parametrize(
    ("birth", "text", "precision"),
    [
        ({"date": "1990-08-15", "precision": "day"}, "1990-08-15", "day"),
        ({"date": "1990-08-15"}, "1990-08-15", "day"),
        ({"date": "1990", "precision": "year"}, "1990", "year"),
        ({"date": "1990"}, "1990", "year"),
        ({"date": 1990}, "1990", "year"),
        ({"date": "1990-01-01", "precision": "year"}, "1990", "year"),
        ({"date": "2026-11-24"}, "2026-11-24", "day"),
    ],
)
def test_a_birth_is_a_day_or_a_year(birth, text, precision):
    stay = checked(birth=birth).stay
    assert stay is not None and (stay.birth, stay.birth_precision) == (text, precision)


@pytest.mark.parametrize(
    ("birth", "code"),
    [
        ({"date": "2026-11-25"}, "birth.future"),
        ({"date": "1895-11-24"}, "birth.over_130y"),
        ({"date": "1990-02-30"}, "date.impossible"),
        ({"date": "15/08/1990"}, "date.format"),
        ({"date": "1990", "precision": "day"}, "date.format"),
        ({"date": "0000-00-00"}, "date.impossible"),
        ({"date": "1990-08-15", "precision": "month"}, "field.not_in_list"),
    ],
)
def test_what_is_said_about_a_birth(birth, code):
    assert codes(checked(birth=birth))[code] == "error"


CHILD = {"birth": {"date": "2020-05-05"}, "document": None}


def test_a_child_without_a_document_needs_a_guardian_and_is_accepted_anyway():
    alone = checked(**CHILD)
    assert codes(alone) == {"minor.no_guardian": "warning"}
    assert alone.stay is not None and alone.stay.document_type == "none"
    assert codes(checked(**CHILD, guardian_ref="R-2")) == {}
    assert codes(checked(**{**CHILD, "birth": {"date": "2012-11-24"}})) == {"field.missing": "error"}


@pytest.mark.parametrize("name", ["Nguyễn Thị Bình", "Tôn Nữ Hỷ", "H'Hen Niê", "O’Brien", "Trần-Lê Mỹ", "Y Moan"])
def test_names_as_people_bear_them_are_left_alone(name):
    found = checked(full_name=name)
    assert found.issues == ()
    assert found.stay is not None
    assert (found.stay.full_name, found.stay.name_key) == (name, fold(name))
    assert found.stay.name_mrz == to_mrz(name)


@given(st.text(max_size=60))
@settings(max_examples=100)
def test_a_name_read_word_by_word_is_the_name_read_whole(text):
    stay = checked(full_name=text).stay
    if stay is not None and stay.full_name:
        assert stay.name_key == fold(text)
        assert stay.full_name == stay.full_name.strip()


def test_text_is_kept_in_one_unicode_form_without_hidden_signs():
    stay = checked(full_name="Nguye\u0302\u0303n\u00a0\u200bThi\u0323  Bi\u0300nh ").stay
    assert stay is not None and stay.full_name == "Nguyễn Thị Bình"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Nguyeexn Thij Bifnh", "name.mangled"),
        ("Nguyá»…n Thá»‹ BÃ¬nh", "name.mangled"),
        ("Nguyễn Thị Bình 2", "field.bad_char"),
        ("王小明", "name.not_latin"),
    ],
)
def test_what_is_odd_about_a_name_is_a_warning(name, code):
    assert codes(checked(full_name=name))[code] == "warning"


def test_a_name_in_another_script_is_found_by_its_latin_form():
    found = checked(VISITOR, full_name="Анна Иванова", name_mrz="IVANOVA<<ANNA", nationality="RUS")
    assert found.issues == ()
    assert found.stay is not None and found.stay.name_key == "ivanova anna"


def test_a_name_that_is_too_long_is_an_error():
    assert codes(checked(full_name="Nguyễn " * 40))["field.too_long"] == "error"


@pytest.mark.parametrize(
    ("fields", "kind", "nationality"),
    [
        ({}, "citizen", "VNM"),
        ({"kind": None}, "citizen", "VNM"),
        ({"nationality": None}, "citizen", "VNM"),
        ({"kind": None, "nationality": "Việt Nam"}, "citizen", "VNM"),
        ({"kind": None, "nationality": "Hàn Quốc", "permitted_until": "2027-01-01"}, "foreigner", "KOR"),
        ({"kind": None, "nationality": "D", "permitted_until": "2027-01-01"}, "foreigner", "DEU"),
        ({"kind": None, "nationality": "XXA", "permitted_until": "2027-01-01"}, "foreigner", "XXA"),
        ({"kind": None, "nationality": "uno", "permitted_until": "2027-01-01"}, "foreigner", "UNO"),
    ],
)
def test_kind_and_nationality_follow_from_each_other(fields, kind, nationality):
    found = checked(**fields)
    assert found.issues == ()
    assert found.stay is not None and (found.stay.kind, found.stay.nationality) == (kind, nationality)


def test_what_is_said_about_nationalities():
    assert codes(checked(VISITOR, nationality="ZZZ")) == {"nationality.unknown": "error"}
    assert codes(checked(VISITOR, nationality=None)) == {"field.missing": "error"}
    assert codes(checked(VISITOR, nationality="VNM")) == {"nationality.kind_mismatch": "warning"}
    assert codes(checked(kind="alien"))["field.not_in_list"] == "error"


def test_a_permit_that_ends_during_the_stay_is_a_warning():
    assert codes(checked(VISITOR, permitted_until="2026-11-25")) == {"foreigner.permit_expired": "warning"}
    assert codes(checked(VISITOR, permitted_until="2026-11-26")) == {}
    assert codes(checked(VISITOR, permitted_until=None)) == {"field.missing": "warning"}


@pytest.mark.parametrize(
    ("reason", "found", "kept"),
    [
        ({"code": "medical"}, {}, ("medical", "")),
        ({"code": "Khám bệnh"}, {}, ("medical", "")),
        ({"text": "du lịch"}, {}, ("tourism", "du lịch")),
        ({"code": "other", "text": "chờ tàu"}, {}, ("other", "chờ tàu")),
        ({"code": "chờ tàu"}, {}, ("other", "chờ tàu")),
        ({"code": "other"}, {"reason.text_required": "error"}, None),
        ({}, {"field.missing": "error"}, None),
    ],
)
def test_a_reason_is_a_code_or_words(reason, found, kept):
    answer = checked(reason=reason)
    assert codes(answer) == found
    if kept:
        assert answer.stay is not None and (answer.stay.reason_code, answer.stay.reason_text) == kept


def test_an_address_is_resolved_to_the_area_of_today():
    stay = checked(residence={"text": "Phường Trường Sơn, thành phố Sầm Sơn, tỉnh Thanh Hóa"}).stay
    assert stay is not None and stay.province_code == "38" and stay.ward_code and stay.residence_area
    by_code = checked(residence={"text": "Số 5", "ward_code": stay.ward_code}).stay
    assert by_code is not None and by_code.residence_area == stay.residence_area


def test_an_address_that_may_be_several_places_is_a_warning():
    found = checked(residence={"text": "Xã Luận Khê, huyện Thường Xuân, tỉnh Thanh Hóa"})
    assert codes(found) == {"address.ambiguous": "warning"}
    assert found.stay is not None and found.stay.ward_code == ""


def test_an_address_abroad_stays_in_words():
    found = checked(VISITOR, residence={"text": "Thanh Hóa street 5, Malmö"})
    assert found.issues == ()
    assert found.stay is not None and found.stay.residence_area == ""


def test_the_time_of_capture_is_only_the_clients_word():
    found = checked(capture={"method": "qr", "captured_at": "2026-11-24T20:31:00+07:00", "device_id": "tablet-1"})
    assert found.issues == ()
    assert codes(checked(capture={"method": "telepathy"})) == {"field.not_in_list": "warning"}
    assert codes(checked(capture={"captured_at": "yesterday"})) == {"date.format": "warning"}


@pytest.mark.parametrize(
    ("text", "shown"), [(NUMBER, "03819****123"), ("B1234567", "B12***67"), ("1234", "1**4"), ("", ""), ("7", "*")]
)
def test_a_masked_number_hides_more_than_a_third(text, shown):
    assert mask(text) == shown


@given(st.text(max_size=30))
@settings(max_examples=50)
def test_a_mask_keeps_the_length_and_hides(text):
    assert len(mask(text)) == len(text)
    assert mask(text).count("*") >= len(text) / 3


def test_a_masked_birth_still_shows_the_wrong_day():
    assert (mask_date("1990-02-31"), mask_date("31/02/1990")) == ("19**-02-31", "31/02/19**")
    assert "90" not in mask_date("19900231")[4:6] or "*" in mask_date("19900231")


def test_the_checks_leave_their_input_as_it_was():
    before = dict(GUEST)
    checked()
    assert before == GUEST and NOW.date() == date(2026, 11, 24)
