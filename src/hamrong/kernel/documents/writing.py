"""Writes the machine-readable zones and QR codes that the readers read: for demonstration data and tests."""

from msgspec import Struct

from hamrong.kernel.documents.layouts import FILLER, MRV_A, MRV_B, TD1, TD2, TD3, Layout
from hamrong.kernel.documents.mrz import check_digit
from hamrong.kernel.vietnamese import fold


class Particulars(Struct, frozen=True, kw_only=True):
    """What a zone is made of. Dates YYYY-MM-DD or YYYY; sex M, F or X; names in any Latin letters."""

    document_code: str
    issuer: str
    document_number: str
    surname: str
    given_names: str = ""
    nationality: str
    birth_date: str
    sex: str
    expiry_date: str
    optional_data: str = ""
    optional_data_2: str = ""


class Citizen(Struct, frozen=True, kw_only=True):
    """The front of a citizen's card. Dates YYYY-MM-DD, the birth date also YYYY; sex M or F."""

    number: str
    full_name: str
    birth_date: str
    sex: str
    address: str
    issued_on: str
    old_number: str = ""


def build_td1(of: Particulars) -> str:
    """Three lines of 30: identity cards (Doc 9303-5). Raises ValueError for what does not fit."""
    number, optional = _number_and_optional(of, TD1)
    first = _code(of) + number + optional
    second = _checked(_yymmdd(of.birth_date)) + _sex(of) + _checked(_yymmdd(of.expiry_date)) + _fill(of.nationality, 3)
    second += _fill(of.optional_data_2, 11)
    names = _names(of, 30)
    return _join(TD1, [first, second + FILLER, names])


def build_td2(of: Particulars) -> str:
    """Two lines of 36 (Doc 9303-6). Raises ValueError for what does not fit."""
    number, optional = _number_and_optional(of, TD2)
    return _join(TD2, [_code(of) + _names(of, 31), _second(of, number) + optional + FILLER])


def build_td3(of: Particulars) -> str:
    """Two lines of 44: passports (Doc 9303-4). Raises ValueError for what does not fit."""
    number, optional = _number_and_optional(of, TD3)
    return _join(TD3, [_code(of) + _names(of, 39), _second(of, number) + _checked(optional) + FILLER])


def build_mrv_a(of: Particulars) -> str:
    """Two lines of 44: visas of the full size (Doc 9303-7). Raises ValueError for what does not fit."""
    number, optional = _number_and_optional(of, MRV_A)
    return _join(MRV_A, [_code(of) + _names(of, 39), _second(of, number) + optional])


def build_mrv_b(of: Particulars) -> str:
    """Two lines of 36: small visas (Doc 9303-7). Raises ValueError for what does not fit."""
    number, optional = _number_and_optional(of, MRV_B)
    return _join(MRV_B, [_code(of) + _names(of, 31), _second(of, number) + optional])


def build_citizen_td1(of: Citizen, expiry_date: str) -> str:
    """The back of a Vietnamese citizen's card: its zone repeats the whole number with a check digit of its own."""
    family, _, rest = fold(of.full_name).partition(" ")
    return build_td1(
        Particulars(
            document_code="ID",
            issuer="VNM",
            document_number=of.number[3:],
            surname=family,
            given_names=rest,
            nationality="VNM",
            birth_date=of.birth_date,
            sex=of.sex,
            expiry_date=expiry_date,
            optional_data=f"{of.number}<<{check_digit(of.number)}",
        )
    )


def build_citizen_qr(of: Citizen, extra_fields: int = 0) -> str:
    """The QR code on the front: seven fields, and as many empty ones after them as the cards since 2024 have (4)."""
    sex = {"M": "Nam", "F": "Nữ"}[of.sex]
    fields = [of.number, of.old_number, of.full_name, _ddmmyyyy(of.birth_date), sex, of.address]
    return "|".join([*fields, _ddmmyyyy(of.issued_on), *[""] * extra_fields])


def build_citizen_number(province_code: str, sex: str, birth_year: int, serial: int) -> str:
    """A citizen's number: province, century and sex, year, six digits."""
    mark = 2 * (birth_year // 100 - 19) + "MF".index(sex)
    return f"{province_code}{mark}{birth_year % 100:02}{serial:06}"


def _fill(text: str, width: int) -> str:
    if len(text) > width:
        raise ValueError(f"{text!r} does not fit into {width} characters")
    return text.upper().replace(" ", FILLER).ljust(width, FILLER)


def _checked(text: str) -> str:
    return text + check_digit(text)


def _code(of: Particulars) -> str:
    return _fill(of.document_code, 2) + _fill(of.issuer, 3)


def _sex(of: Particulars) -> str:
    return {"M": "M", "F": "F", "X": FILLER}[of.sex]


def _names(of: Particulars, width: int) -> str:
    surname, given = (fold(name).upper().replace(" ", FILLER) for name in (of.surname, of.given_names))
    return (f"{surname}<<{given}" if given else surname)[:width].ljust(width, FILLER)


def _number_and_optional(of: Particulars, layout: Layout) -> tuple[str, str]:
    """The number with its check digit, and the optional data that takes in the rest of a long number."""
    span = layout.spans["optional_data"]
    width = span.last - span.first + 1
    if len(of.document_number) <= 9 or not layout.long_numbers:
        return _checked(_fill(of.document_number, 9)), _fill(of.optional_data, width)
    rest = of.document_number[9:] + check_digit(of.document_number.upper())
    return _fill(of.document_number[:9] + FILLER, 10), _fill(f"{rest}<{of.optional_data}".rstrip(FILLER), width)


def _second(of: Particulars, number: str) -> str:
    born, expires = _checked(_yymmdd(of.birth_date)), _checked(_yymmdd(of.expiry_date))
    return number + _fill(of.nationality, 3) + born + _sex(of) + expires


def _yymmdd(iso: str) -> str:
    return iso.replace("-", "")[2:].ljust(6, FILLER)


def _ddmmyyyy(iso: str) -> str:
    return "".join(reversed(iso.split("-")))


def _join(layout: Layout, lines: list[str]) -> str:
    """Put the composite check digit where the last filler of line 2 keeps its place."""
    if layout.composite:
        digit = check_digit("".join(span.of(lines) for span in layout.composite))
        lines[1] = lines[1][:-1] + digit
    return "\n".join(lines)
