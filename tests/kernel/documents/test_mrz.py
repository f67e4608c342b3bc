"""Machine-readable zones: the specimens of ICAO Doc 9303, states' own ways, and every single wrong character."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamrong.kernel.documents import Document, FailedCheck, Position, Unreadable, check_digit, read

TODAY = date(2026, 11, 24)
TD1 = """I<UTOD231458907<<<<<<<<<<<<<<<
7408122F1204159UTO<<<<<<<<<<<6
ERIKSSON<<ANNA<MARIA<<<<<<<<<<"""
TD2 = """I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<
D231458907UTO7408122F1204159<<<<<<<6"""
TD3 = """P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<
L898902C36UTO7408122F1204159ZE184226B<<<<<10"""
MRV_A = """V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<
L8988901C4XXX4009078F96121096ZE184226B<<<<<<"""
MRV_B = """V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<
L8988901C4XXX4009078F9612109<<<<<<<<"""
SPECIMENS = {"td1": TD1, "td2": TD2, "td3": TD3, "mrv_a": MRV_A, "mrv_b": MRV_B}
CARD = """IDVNM1900001230038190000123<<7
9002030F9912315VNM<<<<<<<<<<<6
DO<<THI<HUONG<<<<<<<<<<<<<<<<<"""
# Line and column (from 1, last included) of everything that a check digit covers.
COVERED = {
    "td1": [(1, 6, 15), (2, 1, 7), (2, 9, 15), (2, 30, 30)],
    "td2": [(2, 1, 10), (2, 14, 20), (2, 22, 36)],
    "td3": [(2, 1, 10), (2, 14, 20), (2, 22, 44)],
    "mrv_a": [(2, 1, 10), (2, 14, 20), (2, 22, 28)],
    "mrv_b": [(2, 1, 10), (2, 14, 20), (2, 22, 28)],
}
PLACES = [(kind, line, column) for kind, spans in COVERED.items() for line, a, b in spans for column in range(a, b + 1)]
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"


def value(char: str) -> int:
    return 0 if char == "<" else ALPHABET.index(char)


def document(text: str) -> Document:
    found = read(text, TODAY)
    assert isinstance(found, Document)
    return found


def changed(zone: str, line: int, column: int, char: str) -> str:
    lines = zone.split("\n")
    lines[line - 1] = lines[line - 1][: column - 1] + char + lines[line - 1][column:]
    return "\n".join(lines)


@pytest.mark.parametrize("kind", SPECIMENS)
def test_the_specimens_of_the_standard_are_read_without_a_failed_check(kind: str) -> None:
    found = document(SPECIMENS[kind])
    assert found.kind == kind
    assert found.failed_checks == ()
    assert found.fields["full_name"] == "ERIKSSON ANNA MARIA"
    assert (found.fields["surname"], found.fields["given_names"]) == ("ERIKSSON", "ANNA MARIA")
    assert found.fields["issuer"] == "UTO"
    assert found.fields["sex"] == "F"


def test_a_passport_gives_all_its_fields() -> None:
    assert document(TD3).fields == {
        "document_code": "P",
        "issuer": "UTO",
        "document_number": "L898902C3",
        "surname": "ERIKSSON",
        "given_names": "ANNA MARIA",
        "full_name": "ERIKSSON ANNA MARIA",
        "nationality": "UTO",
        "birth_date": "1974-08-12",
        "sex": "F",
        "expiry_date": "2012-04-15",
        "optional_data": "ZE184226B",
        "optional_data_2": None,
        "personal_number": "ZE184226B",
    }


@pytest.mark.parametrize("zone", SPECIMENS.values())
def test_lines_may_be_run_together_small_spaced_and_marked(zone: str) -> None:
    plain = document(zone)
    assert document(zone.replace("\n", "")) == plain
    assert document("\ufeff \r\n  " + zone.lower().replace("\n", " \t\r\n\r\n ") + "\r\n") == plain
    assert document(zone.replace("<<ANNA", "<< ANNA")) == plain


@pytest.mark.parametrize(
    ("zone", "number"),
    [
        (
            "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<",
            "D23145890734",
        ),
        ("I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<\nD23145890<UTO3407127M95071227349<<<8", "D23145890734"),
        (
            "I<PRT007777779<ZZ92<<<<<<<<<<<\n8303143M3405282PRT<<<<<<<<<<<2\nCACADOR<DE<ARAUJO<<ANDRE<ESTEV",
            "007777779ZZ9",
        ),
        (
            "I<PRT000024759<ZZ72<<<<<<<<<<<\n8010100F2006017PRT<<<<<<<<<<<8\nCARLOS<MONTEIRO<<AMELIA<VANESS",
            "000024759ZZ7",
        ),
        (
            "IDBEL600001795<0152<<<<<<<<<<<\n1301014F2311207BEL130101987398\nSPECIMEN<<SPECIMEN<<<<<<<<<<<<",
            "600001795015",
        ),
    ],
)
def test_long_numbers_go_on_in_the_optional_data(zone: str, number: str) -> None:
    found = document(zone)
    assert found.fields["document_number"] == number
    assert found.fields["optional_data"] is None
    assert found.failed_checks == ()


def test_only_states_that_counted_the_filler_may_count_it() -> None:
    with_filler = "I<UTO000024759<ZZ72<<<<<<<<<<<\n8010100F2006017UTO<<<<<<<<<<<8\nCARLOS<MONTEIRO<<AMELIA<VANESS"
    assert document(with_filler).failed_checks == (FailedCheck("document_number", Position(1, 19), "0", "2"),)


def test_a_wrong_digit_of_a_long_number_is_found_where_it_stands() -> None:
    zone = "I<UTOD23145890<7348<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<"
    assert FailedCheck("document_number", Position(1, 19), "9", "8") in document(zone).failed_checks


@pytest.mark.parametrize("code", ["D<<", "XXA", "XXB", "UNO"])
def test_codes_that_are_no_states_of_three_letters_are_kept(code: str) -> None:
    lines = MRV_B.split("\n")
    zone = "\n".join([f"V<{code}{lines[0][5:]}", lines[1].replace("XXX", code)])
    found = document(zone)
    assert (found.fields["issuer"], found.fields["nationality"]) == (code.rstrip("<"),) * 2
    assert found.failed_checks == ()


def test_an_unstated_sex_is_x() -> None:
    assert document(changed(TD1, 2, 8, "<")).fields["sex"] == "X"
    strange = document(changed(TD1, 2, 8, "K"))
    assert strange.fields["sex"] is None
    assert strange.failed_checks == (FailedCheck("sex", Position(2, 8), "M F <", "K"),)


def test_an_empty_personal_number_may_have_a_filler_for_its_digit() -> None:
    zone = "P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<\nC01XGY7661D<<6408125F2707196<<<<<<<<<<<<<<<2"
    found = document(zone)
    assert found.failed_checks == ()
    assert found.fields["personal_number"] is None


@pytest.mark.parametrize(
    ("born", "date_read"),
    [("<<<<<<", None), ("74<<<<", "1974"), ("7408<<", "1974"), ("740812", "1974-08-12"), ("261124", "2026-11-24")],
)
def test_what_is_unknown_of_a_birth_date_stays_unknown(born: str, date_read: str | None) -> None:
    line = f"L8988901C4XXX{born}{check_digit(born)}F9612109<<<<<<<<"
    found = document(MRV_B.split("\n")[0] + "\n" + line)
    assert found.fields["birth_date"] == date_read
    assert found.failed_checks == ()


def test_an_impossible_day_is_reported() -> None:
    line = f"L8988901C4XXX740231{check_digit('740231')}F9612109<<<<<<<<"
    found = document(MRV_B.split("\n")[0] + "\n" + line)
    assert found.fields["birth_date"] is None
    assert found.failed_checks == (FailedCheck("birth_date", Position(2, 14), "YYMMDD", "740231"),)


def test_confused_letters_and_digits_are_reported_and_not_repaired() -> None:
    found = document(changed(changed(TD3, 2, 16, "O"), 1, 6, "8"))
    assert found.fields["birth_date"] is None
    assert found.fields["surname"] == "8RIKSSON"
    assert FailedCheck("birth_date", Position(2, 16), "0", "O") in found.failed_checks
    assert FailedCheck("full_name", Position(1, 6), "B", "8") in found.failed_checks


def test_a_few_strange_characters_are_reported_and_many_are_no_zone() -> None:
    strange = document(changed(TD3, 1, 20, "«"))
    assert FailedCheck("character", Position(1, 20), "A-Z 0-9 <", "«") in strange.failed_checks
    assert read("é" * 60 + "<" * 30) == Unreadable("mrz.characters", Position(1, 1))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Unreadable("empty", Position(1, 1))),
        (" \r\n\ufeff", Unreadable("empty", Position(1, 1))),
        ("Good evening", Unreadable("not_a_document", Position(1, 1))),
        ("A" * 90, Unreadable("not_a_document", Position(1, 1))),
        (TD3[:-1], Unreadable("mrz.line_length", Position(2, 44))),
        (TD1.replace("F1204159", "F12041599"), Unreadable("mrz.line_length", Position(2, 31))),
        (TD1 + "\nX<", Unreadable("mrz.lines", Position(4, 2))),
        (TD3.replace("\n", "")[:-1], Unreadable("mrz.lines", Position(1, 87))),
    ],
)
def test_what_is_no_zone_says_where_reading_ended(text: str, fault: Unreadable) -> None:
    assert read(text) == fault


def test_a_vietnamese_card_gives_the_whole_number_and_is_checked_with_it() -> None:
    found = document(CARD)
    assert found.failed_checks == ()
    assert found.fields["document_number"] == "190000123"
    assert found.fields["personal_number"] == "038190000123"
    assert (found.fields["birth_date"], found.fields["expiry_date"]) == ("1990-02-03", "2099-12-31")


def test_the_number_of_a_card_tells_a_centenarian_from_a_child() -> None:
    old = CARD.replace("1900001230038190000123<<7", "1250001235038125000123<<7").replace("9002030", "2502035")
    fields = document(old).fields
    assert fields["birth_date"] == "1925-02-03"


def test_a_card_that_contradicts_its_number_is_reported() -> None:
    names = {check.field for check in document(CARD.replace("F99", "M99").replace("9002030", "9102031")).failed_checks}
    assert {"number.sex", "number.birth_year"} <= names
    other = document(CARD.replace("VNM190000123", "VNM190000124"))
    assert FailedCheck("number.document_number", Position(1, 6), "190000123", "190000124") in other.failed_checks
    letter = document(CARD.replace("0381900", "O381900"))
    assert FailedCheck("personal_number", Position(1, 16), "0", "O") in letter.failed_checks


@given(st.sampled_from(PLACES), st.sampled_from(ALPHABET))
def test_any_single_wrong_character_is_found_unless_the_digits_cannot_tell(
    place: tuple[str, int, int], char: str
) -> None:
    kind, line, column = place
    zone = SPECIMENS[kind]
    was = zone.split("\n")[line - 1][column - 1]
    if (value(was) - value(char)) % 10:
        assert document(changed(zone, line, column, char)).failed_checks


@given(st.sampled_from([*SPECIMENS.values(), CARD]), st.integers(0, 89), st.characters())
def test_no_changed_character_makes_reading_raise(zone: str, index: int, char: str) -> None:
    assert read(zone[:index] + char + zone[index + 1 :], TODAY)


@given(st.text(max_size=200) | st.text("<|AZ019\n", min_size=60, max_size=100))
def test_reading_never_raises(text: str) -> None:
    assert isinstance(read(text), Document | Unreadable)
