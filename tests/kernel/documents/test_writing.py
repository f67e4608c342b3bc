"""What is written is read back, for any document."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamrong.kernel.documents import (
    PROVINCES,
    Citizen,
    Document,
    Particulars,
    build_citizen_number,
    build_citizen_qr,
    build_citizen_td1,
    build_mrv_a,
    build_mrv_b,
    build_td1,
    build_td2,
    build_td3,
    read,
)

TODAY = date(2026, 11, 24)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NAME = st.lists(st.text(LETTERS, min_size=1, max_size=6), min_size=1, max_size=2).map(" ".join)
STATE = st.sampled_from(["VNM", "D", "XXA", "XXB", "UNO", "PRT", "BEL", "UTO"])
OPTIONAL = st.text(LETTERS + "0123456789", max_size=7)
PARTICULARS = st.builds(
    Particulars,
    document_code=st.sampled_from(["I", "P", "PD", "AC"]),
    issuer=STATE,
    document_number=st.text(LETTERS + "0123456789", min_size=1, max_size=9),
    surname=NAME,
    given_names=NAME | st.just(""),
    nationality=STATE,
    birth_date=st.dates(date(1927, 1, 1), TODAY).map(str) | st.integers(1927, 2026).map(str),
    sex=st.sampled_from("MFX"),
    expiry_date=st.dates(date(1980, 1, 1), date(2070, 1, 1)).map(str),
    optional_data=OPTIONAL,
)
CITIZENS = st.builds(
    lambda province, sex, born, serial, name, old: Citizen(
        number=build_citizen_number(province, sex, born.year, serial),
        full_name=name,
        birth_date=str(born),
        sex=sex,
        address="Thôn 3, Các Sơn, Nghi Sơn, Thanh Hóa",
        issued_on="2021-05-09",
        old_number=old,
    ),
    st.sampled_from(sorted(PROVINCES)),
    st.sampled_from("MF"),
    st.dates(date(1910, 1, 1), TODAY),
    st.integers(0, 999_999),
    st.sampled_from(["Đỗ Thị Hường", "Nguyễn Văn Ưng", "Lê Ý"]),
    st.sampled_from(["", "171234567"]),
)
BUILDERS = {"td1": build_td1, "td2": build_td2, "td3": build_td3}
VISAS = {"mrv_a": build_mrv_a, "mrv_b": build_mrv_b}


def document(text: str) -> Document:
    found = read(text, TODAY)
    assert isinstance(found, Document)
    assert found.failed_checks == ()
    return found


def assert_same(found: Document, given: Particulars) -> None:
    for name in ("document_code", "issuer", "document_number", "nationality", "birth_date", "sex", "expiry_date"):
        assert found.fields[name] == getattr(given, name), name
    assert found.fields["surname"] == given.surname
    assert found.fields["given_names"] == (given.given_names or None)
    assert found.fields["optional_data"] == (given.optional_data or None)


@given(st.sampled_from(sorted(BUILDERS)), PARTICULARS)
def test_cards_and_passports_are_read_as_they_were_written(kind: str, given: Particulars) -> None:
    found = document(BUILDERS[kind](given))
    assert found.kind == kind
    assert_same(found, given)


@given(st.sampled_from(sorted(VISAS)), PARTICULARS, OPTIONAL)
def test_visas_are_read_as_they_were_written(kind: str, given: Particulars, optional: str) -> None:
    visa = Particulars(**{name: getattr(given, name) for name in given.__struct_fields__} | {"document_code": "V"})
    found = document(VISAS[kind](visa))
    assert found.kind == kind
    assert_same(found, visa)


@given(st.sampled_from([(build_td1, 22), (build_td2, 14)]), PARTICULARS, st.data())
def test_long_numbers_are_read_as_they_were_written(
    builder: tuple[Callable[[Particulars], str], int], given: Particulars, data: st.DataObject
) -> None:
    build, longest = builder
    number = data.draw(st.text(LETTERS + "0123456789", min_size=10, max_size=longest))
    values = {name: getattr(given, name) for name in given.__struct_fields__}
    long = Particulars(**values | {"document_number": number, "optional_data": ""})
    assert_same(document(build(long)), long)


@given(CITIZENS, st.sampled_from([0, 4]))
def test_both_sides_of_a_citizens_card_agree(citizen: Citizen, extra: int) -> None:
    front, back = document(build_citizen_qr(citizen, extra)), document(build_citizen_td1(citizen, "2099-12-31"))
    assert front.fields["number"] == back.fields["personal_number"] == citizen.number
    assert front.fields["birth_date"] == back.fields["birth_date"] == citizen.birth_date
    assert front.fields["sex"] == back.fields["sex"] == citizen.sex
    assert front.fields["full_name"] == citizen.full_name
    assert front.fields["old_number"] == (citizen.old_number or None)


def test_what_does_not_fit_is_a_bug_of_the_caller() -> None:
    values = {"document_code": "P", "issuer": "UTO", "surname": "A", "nationality": "UTO", "sex": "M"}
    dates = {"birth_date": "1990-01-01", "expiry_date": "2030-01-01"}
    with pytest.raises(ValueError, match="does not fit"):
        build_td3(Particulars(document_number="L898902C36", **values, **dates))
    with pytest.raises(ValueError, match="does not fit"):
        build_mrv_b(Particulars(document_number="L8988", optional_data="123456789", **values, **dates))


def test_long_names_are_cut_as_the_zone_ends() -> None:
    long = Particulars(
        document_code="P",
        issuer="UTO",
        document_number="L898902C3",
        surname="NILAVADHANANANDA",
        given_names="CHAYAPA DEJTHAMRONG KRASUANG",
        nationality="UTO",
        birth_date="1974-08-12",
        sex="F",
        expiry_date="2012-04-15",
    )
    assert build_td3(long).split("\n")[0] == "P<UTONILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K"
