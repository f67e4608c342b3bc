"""Reading a plate: every meaning of a text, or why it has none."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hamrong.kernel.documents.plates import (
    PlateRuleError,
    Position,
    Province,
    Reading,
    Unreadable,
    explain,
    parse,
    validate,
)
from hamrong.kernel.documents.plates.shape import Form
from tests.kernel.documents.plates.typed import plates

TODAY = date(2026, 11, 25)


def readings(text: str, **known: str) -> tuple[Reading, ...]:
    found = parse(text, **known)  # type: ignore[arg-type]
    assert not isinstance(found, Unreadable), found
    return found


def forms(text: str, **known: str) -> list[str]:
    return [reading.form for reading in readings(text, **known)]


def unreadable(text: str) -> tuple[str, int, int]:
    found = parse(text)
    assert isinstance(found, Unreadable), found
    return found.reason, found.position.line, found.position.column


def test_eight_characters_are_a_car_and_an_old_motorcycle() -> None:
    assert [(each.kind, each.display, each.colours) for each in readings("36A12345")] == [
        ("car", "36A-123.45", ("white", "yellow")),
        ("car", "36A-123.45", ("blue",)),
        ("motorcycle", "36-A1 2345", ("white",)),
        ("motorcycle", "36-A1 2345", ("blue",)),
    ]


def test_separators_do_not_decide_the_kind() -> None:
    texts = ["36A12345", "36A-123.45", "36-A1 2345", "36-A1\r\n2345", "３６ａ．１２３．４５", "\ufeff36 a/123|45\n"]
    assert {tuple(forms(text)) for text in texts} == {("car", "car.state", "motorcycle.from_175", "motorcycle.state")}


@pytest.mark.parametrize(
    ("text", "kind", "noted"),
    [
        ("36A-1.2345", "car", True), ("36A-1.2345", "motorcycle", False), ("36A-12.345", "car", True),
        ("36A-123-4.5", "car", True), ("36-A1.2345", "motorcycle", False), ("36A-123.45", "car", False),
        ("36A-123.45", "motorcycle", False), ("36A 1 2345", "car", False), ("3.6.A.123.45", "car", False),
        ("TM-12-34", "car", False), ("80-441-NG-0-2", "car", True), ("36-AB 1.2345", "motorcycle", True),
    ],
)  # fmt: skip
def test_a_dot_or_dash_in_a_number_elsewhere_than_on_plates_is_noted(text: str, kind: str, noted: bool) -> None:
    reading = readings(text, kind=kind)[0]
    told = [note.en for note in reading.notes if "no dot or dash" in note.en]
    assert bool(told) == noted
    assert all(f"read as {reading.display}." in note for note in told)


def test_kind_and_colour_that_are_known_leave_one_reading() -> None:
    assert forms("36A12345", kind="car", colour="yellow") == ["car"]
    assert readings("36A12345", kind="car", colour="yellow")[0].colours == ("yellow",)
    assert forms("36A12345", kind="motorcycle", colour="blue") == ["motorcycle.state"]
    assert parse("36A12345", kind="tractor") == Unreadable("not_of_kind", Position(1, 1))
    assert parse(" 36Z-123.45", kind="car", colour="blue") == Unreadable("not_of_colour", Position(1, 2))


def test_all_parts_of_a_reading() -> None:
    (reading,) = readings("17-ab 000.01")
    assert reading.province == Province("17", "Thái Bình", "Hưng Yên")
    assert (reading.letters, reading.series, reading.number, reading.canonical) == ("AB", "17AB", "00001", "17AB00001")
    assert (reading.display, reading.lines) == ("17-AB 000.01", ("17-AB", "000.01"))
    assert (reading.since, reading.until, reading.certainty) == (date(2023, 8, 15), None, "secondary")
    assert {"thesis-2026", "code-table-2026"} <= {source.id for source in reading.sources}


# What the package biensoxe 0.8.5 gets wrong by today's rules, and what is right.
@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("46A-123.45", ("code.reserved", 1, 1)),
        ("36W-123.45", ("series.letter", 1, 3)),
        ("36A-000.00", ("number.zero", 1, 5)),
    ],
)
def test_what_another_reader_accepts_is_refused(text: str, right: tuple[str, int, int]) -> None:
    assert unreadable(text) == right


@pytest.mark.parametrize(
    ("text", "kind", "form"),
    [
        ("36CD-123.45", "machine", "machine"),
        ("36AA-123.45", "motorcycle", "motorcycle"),
        ("36RM-123.45", "trailer", "trailer"),
    ],
)
def test_what_another_reader_calls_a_moped_or_refuses_is_read(text: str, kind: str, form: str) -> None:
    first = readings(text)[0]
    assert (first.kind, first.form, first.certainty) == (kind, form, "secondary")


def test_two_letters_were_a_mopeds_before_they_were_any_motorcycles() -> None:
    assert forms("36AA-123.45") == ["motorcycle"]
    assert "50 cm³" in readings("36AA-123.45")[0].notes[0].en
    before = parse("36AA-123.45", on=date(2023, 8, 14))
    after = parse("36AA-123.45", on=date(2023, 8, 15))
    assert not isinstance(before, Unreadable) and not isinstance(after, Unreadable)
    assert [each.form for each in before] == ["motorcycle.moped"]
    assert [each.form for each in after] == ["motorcycle"]


def test_a_form_that_did_not_exist_yet_is_no_reading() -> None:
    assert parse("36RM-123.45", on=date(2020, 1, 1)) == Unreadable("not_yet", Position(1, 1))
    assert parse("36A-123.45", on=date(2019, 1, 1), kind="car", colour="yellow") == Unreadable(
        "not_yet", Position(1, 1)
    )
    found = parse("36N-123.45", on=date(2019, 1, 1), kind="car")
    assert not isinstance(found, Unreadable) and found[0].colours == ("white",)


@pytest.mark.parametrize(
    ("text", "form", "until"),
    [
        ("36-B1 123.45", "motorcycle.under_175", date(2023, 8, 14)),
        ("36-A1 123.45", "motorcycle.from_175", date(2023, 8, 14)),
        ("36R-123.45", "trailer.old", date(2023, 8, 14)),
        ("36MK-123.45", "tractor", date(2024, 12, 31)),
        ("36A-1234", "car", date(2020, 7, 31)),
        ("36-B1 1234", "motorcycle.under_175", date(2020, 7, 31)),
    ],
)
def test_what_is_no_longer_issued_is_read_and_says_until_when(text: str, form: str, until: date) -> None:
    assert {each.form: each.until for each in readings(text)}[form] == until


@pytest.mark.parametrize(
    ("text", "form", "colours"),
    [
        ("36HC12345", "car.limited", ("white",)),
        ("36KT12345", "car.army_enterprise", ("white",)),
        ("36LD12345", "car.foreign_invested", ("white",)),
        ("36DA12345", "car.project", ("white",)),
        ("36TĐ12345", "car.pilot", ("white",)),
        ("36MĐ112345", "motorcycle.electric", ("white",)),
        ("36MĐ12345", "motorcycle.electric_plain", ("white",)),
        ("36CD12345", "machine", ("white", "blue")),
        ("74LB12345", "car.zone_lb", ("yellow-red",)),
        ("38CT12345", "car.zone_ct", ("yellow-red",)),
        ("80441NG02", "car.diplomatic", ("white-red",)),
        ("80441QT02", "car.international", ("white-red",)),
        ("80441CV02", "car.mission_staff", ("white",)),
        ("80441NN02", "car.foreigner", ("white",)),
        ("80441NG002", "motorcycle.diplomatic", ("white-red",)),
        ("T3612345", "temporary", ("white",)),
        ("36T12345", "temporary.after_code", ("white",)),
        ("TM1234", "army.car", ("red",)),
        ("TM123", "army.motorcycle", ("red",)),
    ],
)
def test_special_plates_are_read_as_such(text: str, form: str, colours: tuple[str, ...]) -> None:
    assert {each.form: each.colours for each in readings(text)}[form] == colours


def test_a_foreigners_plate_is_read_in_both_orders_to_one_canonical_text() -> None:
    new, old = readings("80-441-NG-02")[0], readings("80-NG-441-02")[0]
    assert new == old
    assert (new.canonical, new.country, new.series, new.display) == ("80441NG02", "441", "80441NG", "80-441-NG-02")


def test_a_series_that_is_a_symbol_too_is_both_and_only_one_is_sure() -> None:
    assert [(each.form, each.certainty) for each in readings("36LD-123.45")] == [
        ("car.foreign_invested", "secondary"),
        ("motorcycle", "unconfirmed"),
    ]


def test_the_second_letter_of_a_motorcycle_may_be_r_and_perhaps_g() -> None:
    (with_r,), (with_g,) = readings("36-AR 123.45"), readings("36-AG 123.45")
    assert (with_r.certainty, with_g.certainty) == ("secondary", "unconfirmed")
    assert with_r.notes[-1] == with_g.notes[-1] and "R" in with_r.notes[-1].vi


def test_d_is_read_as_dyet_only_where_a_symbol_has_it() -> None:
    (electric,) = readings("36md1-123.45")
    assert (electric.canonical, electric.form) == ("36MĐ112345", "motorcycle.electric")
    assert electric.notes[-1].en.startswith("Written with D")
    assert forms("36TD12345") == ["car.pilot", "motorcycle"]
    assert forms("36TÐ12345") == ["car.pilot"]
    assert unreadable("30Ađ-123.45") == ("series.letter", 1, 4)


def test_a_code_of_which_the_sources_disagree_is_read_with_both_sources() -> None:
    reading = readings("13A-123.45")[0]
    assert reading.province == Province("13", None, None)
    assert reading.certainty == "unconfirmed"
    assert {"thesis-2026", "parking-software"} <= {source.id for source in reading.sources}
    assert "13" in reading.notes[-1].vi


def test_an_army_symbol_of_one_source_only_is_not_sure() -> None:
    assert [readings(text)[0].certainty for text in ("TM-12-34", "BV-12-34")] == ["secondary", "unconfirmed"]


def test_three_digits_are_read_but_not_sure() -> None:
    assert [(each.form, each.certainty) for each in readings("36A-123")] == [("car", "unconfirmed")]
    assert [(each.form, each.certainty) for each in readings("36N-1234")] == [("car", "secondary")]


@pytest.mark.parametrize(
    ("text", "reason", "line", "column"),
    [
        ("", "empty", 1, 1),
        (" -.\n", "empty", 1, 1),
        ("?", "character", 1, 1),
        ("x", "start", 1, 1),
        ("36", "too_short", 1, 3),
        ("36A-", "too_short", 1, 4),
        ("36-A\n12345X", "number.digit", 2, 6),
        ("36-AB\r\n12?45", "character", 2, 3),
        ("36-AB\r12E45", "number.digit", 2, 3),
        ("05A-123.45", "code.unknown", 1, 1),
        ("  91A-123.45", "code.reserved", 1, 3),
        ("T91-123.45", "code.reserved", 1, 2),
        ("A91-123.45", "army.symbol", 1, 2),
        ("T00-123.45", "code.unknown", 1, 2),
        ("36O-123.45", "series.letter", 1, 3),
        ("36-AI 123.45", "series.letter", 1, 5),
        ("36-A0 123.45", "too_long", 1, 12),
        ("3612345", "series.letter", 1, 3),
        ("80-44X-NG-02", "number.digit", 1, 6),
        ("ZZ-1234", "start", 1, 1),
        ("AZ-1234", "army.symbol", 1, 2),
        ("TM-12-3X", "number.digit", 1, 8),
        ("36A-123.456.7", "too_long", 1, 13),
    ],
)
def test_why_and_where_in_the_given_text(text: str, reason: str, line: int, column: int) -> None:
    assert unreadable(text) == (reason, line, column)


def test_a_text_of_any_length_is_answered() -> None:
    assert unreadable("\n" * 100_000 + "36A" + "1" * 500_000) == ("too_long", 100_001, 10)


@pytest.mark.parametrize("text", ["36A-0000", "36CD-000.00", "80-441-NG-00", "T36-00000"])
def test_zero_is_no_number(text: str) -> None:
    assert unreadable(text)[0] == "number.zero"


def test_a_reading_with_another_number_is_left_where_one_is_zero() -> None:
    assert forms("36A10000") == ["car", "car.state"]


def test_unknown_words_are_a_mistake_of_the_program() -> None:
    with pytest.raises(PlateRuleError, match="'bike' is none of car"):
        parse("36A12345", kind="bike")
    with pytest.raises(PlateRuleError, match="'green' is none of white"):
        parse("36A12345", colour="green")


@given(plates())
def test_every_plate_that_a_form_allows_is_read_however_it_is_typed(plate: tuple[str, Form, str, str]) -> None:
    text, form, series, number = plate
    assume(int(number) >= form.least)
    found = [each for each in readings(text) if each.form == form.id]
    if not any(form.id in _instead(each) for each in readings(text)):
        assert [(each.series, each.number) for each in found] == [(series, number)]


def _instead(reading: Reading) -> tuple[str, ...]:
    return ("motorcycle.moped",) if reading.form == "motorcycle" else ()


@given(plates())
def test_what_is_shown_is_read_back_as_the_same(plate: tuple[str, Form, str, str]) -> None:
    text, form, _series, number = plate
    assume(int(number) >= form.least)
    for reading in readings(text):
        same = (reading.form, reading.canonical, reading.display)
        for shown in (reading.display, "\n".join(reading.lines), reading.canonical):
            assert same in {(each.form, each.canonical, each.display) for each in readings(shown)}


ANYTHING = st.one_of(
    st.text(), st.text("0123456789ABDĐGRMT -.\n\r", max_size=14), st.from_regex(r"[0-9]{2}[A-ZĐ]{1,2}[0-9.-]{3,7}")
)


@given(ANYTHING, st.sampled_from([None, "car", "motorcycle"]), st.one_of(st.none(), st.dates()))
def test_no_text_raises_and_errors_lie_in_the_text(text: str, kind: str | None, on: date | None) -> None:
    found = parse(text, kind=kind, on=on)
    if isinstance(found, Unreadable):
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert 1 <= found.position.line <= len(lines)
        assert 1 <= found.position.column <= len(lines[found.position.line - 1]) + 1
    else:
        assert found and all(explain(each) for each in found)
    validate(text, on=on or TODAY, kind=kind or "car", colour="white")
