"""Reads the machine-readable zones of travel documents (ICAO Doc 9303, parts 3 to 7)."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from hamrong.kernel.documents.cccd import cccd_number, check_number
from hamrong.kernel.documents.dates import birth_date, expiry_date
from hamrong.kernel.documents.layouts import BY_LENGTH, BY_SHAPE, FILLER, TD1, TD3, Layout, Span
from hamrong.kernel.documents.model import Document, FailedCheck, Position, Unreadable
from hamrong.kernel.vietnamese import clean

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUES = bytes(max(_ALPHABET.find(chr(code)), 0) for code in range(256))
_NOT_IN_ALPHABET = re.compile("[^0-9A-Z<]")
_TO_UPPER = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_READABLE_WITH = 3  # so many characters outside the alphabet may be a bad print; more are no MRZ
_DIGIT_FOR = dict(zip("OQDILZSGB", "000112568", strict=True))
_LETTER_FOR = dict(zip("012568", "OIZSGB", strict=True))
# Cards of these states were long made with the filler counted into the check digit of a long number.
_COUNT_THE_FILLER = ("PRT", "BEL")


class _Number(NamedTuple):
    """A document number together with what its check digit covers and where that stands."""

    value: str
    covered: tuple[str, ...]
    digit: str
    position: Position
    optional_data: str


def check_digit(text: str) -> str:
    """Return the check digit of `text`: weights 7, 3, 1, modulo 10 (Doc 9303-3, 4.9); fillers count as zero."""
    values = text.encode("ascii", "replace").translate(_VALUES)
    return str((7 * sum(values[0::3]) + 3 * sum(values[1::3]) + sum(values[2::3])) % 10)


def read_mrz(text: str, today: date | None = None) -> Document | Unreadable:
    """Read the zone of an identity card, passport or visa, its lines apart or run together.

    `today` settles centuries. Wrong check digits and characters are reported, never repaired.
    """
    lines = [line for line in (_line(raw) for raw in text.replace("\ufeff", "").splitlines()) if line]
    if len(lines) == 1 and len(lines[0]) in BY_LENGTH:
        count, width = BY_LENGTH[len(lines[0])]
        lines = [lines[0][start : start + width] for start in range(0, count * width, width)]
    fault = _fault(lines)
    if fault:
        return fault
    layout = BY_SHAPE[len(lines), len(lines[0])][lines[0][0] == "V"]
    number = _number(layout, lines)
    fields = _fields(layout, lines, number, today)
    return Document(layout.kind, fields, tuple(_check(layout, lines, number, fields)))


def _line(raw: str) -> str:
    return clean(raw).replace(" ", "").translate(_TO_UPPER)


def _fault(lines: list[str]) -> Unreadable | None:
    if not lines:
        return Unreadable("empty", Position(1, 1))
    if not any(FILLER in line for line in lines):
        return Unreadable("not_a_document", Position(1, 1))
    if len(lines) not in (2, 3):
        return Unreadable("mrz.lines", Position(len(lines), len(lines[-1])))
    width = 30 if len(lines) == 3 else 36 if max(map(len, lines)) < 41 else 44
    for index, line in enumerate(lines, 1):
        if len(line) != width:
            return Unreadable("mrz.line_length", Position(index, min(len(line), width) + 1))
    strange = list(_strange(lines))
    return Unreadable("mrz.characters", strange[0][0]) if len(strange) > _READABLE_WITH else None


def _strange(lines: list[str]) -> Iterator[tuple[Position, str]]:
    for index, line in enumerate(lines, 1):
        for found in _NOT_IN_ALPHABET.finditer(line):
            yield Position(index, found.start() + 1), found[0]


def _number(layout: Layout, lines: list[str]) -> _Number:
    """The document number; a long one goes on in the optional data, up to check digit and filler (9303-5, 4.2.2)."""
    span, optional = layout.spans["document_number"], layout.spans["optional_data"].of(lines)
    head, digit = span.of(lines), Span(span.line, span.last + 1, span.last + 1).of(lines)
    if not layout.long_numbers or digit != FILLER or head.endswith(FILLER) or optional.startswith(FILLER):
        return _Number(head, (head,), digit, span.start.after(9), optional)
    tail, _, rest = optional.partition(FILLER)
    covered = [head + tail[:-1]]
    if layout.spans["issuer"].of(lines) in _COUNT_THE_FILLER:
        covered.append(head + FILLER + tail[:-1])
    position = layout.spans["optional_data"].start.after(len(tail) - 1)
    return _Number(covered[0], tuple(covered), tail[-1], position, rest)


def _text(field: str) -> str | None:
    return " ".join(field.replace(FILLER, " ").split()) or None


def _fields(layout: Layout, lines: list[str], number: _Number, today: date | None) -> dict[str, str | None]:
    raw = {name: span.of(lines) for name, span in layout.spans.items()}
    surname, _, given = raw["full_name"].partition("<<")
    citizen = _citizen_number(layout, raw["issuer"], raw["optional_data"])
    facts = cccd_number(citizen) if citizen else None
    names = {"surname": _text(surname), "given_names": _text(given), "full_name": _text(raw["full_name"])}
    return {
        "document_code": _text(raw["document_code"]),
        "issuer": _text(raw["issuer"]),
        "document_number": _text(number.value),
        **names,
        "nationality": _text(raw["nationality"]),
        "birth_date": birth_date(raw["birth_date"], today, facts.birth_year if facts else None),
        "sex": {"M": "M", "F": "F", FILLER: "X", "X": "X"}.get(raw["sex"]),
        "expiry_date": expiry_date(raw["expiry_date"], today, only_this_century=citizen is not None),
        "optional_data": _text(number.optional_data),
        "optional_data_2": _text(raw.get("optional_data_2", "")),
        "personal_number": _text(raw["optional_data"]) if layout is TD3 else citizen,
    }


def _citizen_number(layout: Layout, issuer: str, optional: str) -> str | None:
    """The whole number on a Vietnamese card, of which the document number is only the last nine digits."""
    citizen = optional[:12]
    is_card = layout is TD1 and issuer == "VNM" and FILLER not in citizen and sum(map(str.isdigit, citizen)) > 8
    return citizen if is_card else None


def _check(layout: Layout, lines: list[str], number: _Number, fields: dict[str, str | None]) -> Iterator[FailedCheck]:
    for position, found in _strange(lines):
        yield FailedCheck("character", position, "A-Z 0-9 <", found)
    yield from _check_characters(layout, lines)
    yield from _check_digit("document_number", number.covered, number.digit, number.position)
    for name in ("birth_date", "expiry_date") + (("optional_data",) if layout is TD3 else ()):
        span = layout.spans[name]
        after = Span(span.line, span.last + 1, span.last + 1)
        field = "personal_number" if name == "optional_data" else name
        yield from _check_digit(field, (span.of(lines),), after.of(lines), after.start)
    if layout.spans["optional_data"].first == 16 and (citizen := fields["personal_number"]):
        yield from _check_citizen(lines, citizen, number, fields)
    if layout.composite:
        covered = "".join(span.of(lines) for span in layout.composite)
        yield from _check_digit("composite", (covered,), lines[1][-1], Position(2, layout.width))


def _check_digit(field: str, covered: tuple[str, ...], found: str, at: Position) -> Iterator[FailedCheck]:
    """Any of the covered texts may bear out the digit; an empty field may have a filler instead."""
    expected = [check_digit(text) for text in covered]
    if found not in expected and not (found == FILLER and not covered[0].strip(FILLER)):
        yield FailedCheck(field, at, expected[0], found)


def _check_characters(layout: Layout, lines: list[str]) -> Iterator[FailedCheck]:
    for name in ("document_code", "issuer", "nationality", "full_name"):
        span = layout.spans[name]
        for found in re.finditer("[0-9]", span.of(lines)):
            yield FailedCheck(name, span.start.after(found.start()), _LETTER_FOR.get(found[0], "A-Z"), found[0])
    sex = layout.spans["sex"]
    if sex.of(lines) not in "MFX<":
        yield FailedCheck("sex", sex.start, "M F <", sex.of(lines))
    for name in ("birth_date", "expiry_date"):
        yield from _check_date(name, layout.spans[name], lines)


def _check_date(name: str, span: Span, lines: list[str]) -> Iterator[FailedCheck]:
    text = span.of(lines)
    letters = list(re.finditer("[A-Z]", text))
    for found in letters:
        yield FailedCheck(name, span.start.after(found.start()), _DIGIT_FOR.get(found[0], "0-9"), found[0])
    if not letters and text.strip(FILLER) and expiry_date(text, None, only_this_century=True) is None:
        yield FailedCheck(name, span.start, "YYMMDD", text)


def _check_citizen(
    lines: list[str], citizen: str, number: _Number, fields: dict[str, str | None]
) -> Iterator[FailedCheck]:
    at = Position(1, 16)
    letters = list(re.finditer("[^0-9]", citizen))
    for found in letters:
        yield FailedCheck("personal_number", at.after(found.start()), _DIGIT_FOR.get(found[0], "0-9"), found[0])
    yield from _check_digit("personal_number", (citizen,), lines[0][-1], Position(1, 30))
    if citizen[3:] != number.value:
        yield FailedCheck("number.document_number", Position(1, 6), citizen[3:], number.value)
    if not letters:
        yield from check_number(citizen, fields["sex"], fields["birth_date"], at)
