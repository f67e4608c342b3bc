"""The document that a guest shows: its type, its number and what the number says, read and checked."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Final
from unicodedata import normalize

from msgspec import Struct

from hamrong.kernel.documents import NumberFacts, Unreadable, cccd_number, read
from hamrong.lodging.catalogs import Entry, known, spelled
from hamrong.lodging.findings import CARD_AGE, Findings, age_on, plain
from hamrong.lodging.issues import mask
from hamrong.lodging.shapes import DocumentIn, Kind, Text

NO_DOCUMENT: Final = "none"
_DOCUMENTS: Final[Mapping[Text, Entry]] = dict(known("document-types").items())
_NUMBERS: Final = ("number", "personal_number", "document_number")
_SCIENTIFIC: Final = re.compile(r"[0-9]([.,][0-9]+)?[eE]\+[0-9]+|[0-9][.,][0-9]+[eE][0-9]+")
_PASSPORT: Final = re.compile("[A-Z][0-9]{7,8}")
_WRITTEN_AS_NUMBER: Final = re.compile(r"([0-9]+)[.,]0+")


class Guest(Struct, frozen=True, gc=False):
    """What the check of a document compares it with."""

    kind: Kind
    sex: str
    born: date | None
    arrives: date
    guardian: str


class Paper(Struct, frozen=True, gc=False):
    type: str
    number: str
    issuer: str
    expires_on: date | None


_NOTHING: Final = DocumentIn()


def document(given: DocumentIn | None, guest: Guest, findings: Findings) -> Paper:
    """The document: its type from the catalogue, its number in capitals without spaces, checked as far as it can be."""
    given = given or _NOTHING
    number = _number(given.number, findings)
    if _SCIENTIFIC.fullmatch(number):
        findings.add("doc.scientific_notation", "/document/number", number)
        return Paper(_type(given.type, "", guest, findings).code, "", "", None)
    entry = _type(given.type, number, guest, findings)
    if not number:
        return _no_document(entry.code, guest, findings)
    number = _checked(number, entry, guest, findings)
    if entry.valid_to is not None and guest.arrives > entry.valid_to:
        until = entry.valid_to.strftime("%d/%m/%Y")
        findings.add("doc.type_retired", "/document/type", entry.code, until, law=entry.law)
    issuer = findings.text(given.issuer, "/document/issuer", "issuer")
    if given.expires_on is None or given.expires_on == "":
        return Paper(entry.code, number, issuer, None)
    expires_on = findings.day(plain(given.expires_on), "/document/expires_on")
    if expires_on and expires_on < guest.arrives:
        findings.add("doc.expired", "/document/expires_on", expires_on.strftime("%d/%m/%Y"))
    return Paper(entry.code, number, issuer, expires_on)


def _no_document(code: str, guest: Guest, findings: Findings) -> Paper:
    """A child may have no document; an adult must have one."""
    if guest.born and age_on(guest.born, guest.arrives) < CARD_AGE:
        if not guest.guardian:
            findings.add("minor.no_guardian", "/guardian_ref")
        return Paper(NO_DOCUMENT, "", "", None)
    findings.missing("/document/number")
    return Paper(code, "", "", None)


def _number(value: Text, findings: Findings) -> str:
    """A number in capitals without separators; as it stands where a spreadsheet wrote it as a power of ten."""
    if isinstance(value, str) and value.isascii() and value.isalnum():
        return value.upper()
    written = normalize("NFKC", plain(value))
    if "|" in written or "<" in written:
        return _scanned(written, findings)
    if _SCIENTIFIC.fullmatch(written):
        return written
    if whole := _WRITTEN_AS_NUMBER.fullmatch(written):
        written = whole[1]
    return "".join(sign for sign in written if sign.isalnum()).upper()


def _scanned(text: str, findings: Findings) -> str:
    """The number in a whole QR code or machine-readable zone, which a scanner typed where the number belongs."""
    found = read(text)
    if isinstance(found, Unreadable):
        findings.add("doc.number_form", "/document/number", mask(text[:20]))
        return ""
    if any(not check.field.startswith("number.") for check in found.failed_checks):
        findings.add("doc.mrz_check_digit", "/document/number", mask(text[:20]))
    return next((number for name in _NUMBERS if (number := found.fields.get(name))), "")


def _type(value: Text, number: str, guest: Guest, findings: Findings) -> Entry:
    """The entry of the catalogue; where it is missing, what the number looks like."""
    if entry := _DOCUMENTS.get(value):
        return entry
    written = plain(value)
    if not written:
        likely = _likely_type(number, guest.kind)
        if number and likely == "other":
            findings.missing("/document/type")
        return _DOCUMENTS[likely]
    code = spelled("document-types", written)
    if code is None:
        findings.add("doc.type_unknown", "/document/type", written, ", ".join(known("document-types")))
        code = "other"
    return _DOCUMENTS[code]


def _likely_type(number: str, kind: Kind) -> str:
    """Numbers tell themselves apart; one with its zeros lost is still what it was."""
    if _in_digits(number) and kind == "citizen":
        return {12: "cccd", 11: "cccd", 10: "cccd", 9: "cmnd", 8: "cmnd"}.get(len(number), "other")
    return "passport" if kind == "foreigner" or _PASSPORT.fullmatch(number) else "other"


@lru_cache(maxsize=65536)
def _facts(prefix: str) -> NumberFacts | None:
    # Six digits say all that a number says: the rest is random, and would only fill the cache.
    return cccd_number(prefix + "000000")


def _in_digits(number: str) -> bool:
    return number.isascii() and number.isdecimal()


def _checked(number: str, entry: Entry, guest: Guest, findings: Findings) -> str:
    """The number, repaired where Excel took its leading zero; whatever is odd about it goes on the row."""
    if entry.code == "cccd":
        if len(number) != 12 or not _in_digits(number):
            number = _repaired(number, guest, findings)
        if len(number) == 12 and (facts := _facts(number[:6])):
            _compare(number, facts, guest, findings)
        return number
    if len(number) > entry.facts["longest"] > 0:
        limit = str(entry.facts["longest"])
        findings.add("field.too_long", "/document/number", mask(number), limit)
        return number
    if entry.code == "cmnd":
        return _cmnd(number, findings)
    form = entry.facts.get("form")
    if form and not re.fullmatch(form, number):
        usual = entry.facts["usual"].split(" / ")
        findings.add("doc.number_form", "/document/number", mask(number), usual[0], usual[1])
    return number


def _cmnd(number: str, findings: Findings) -> str:
    if _in_digits(number) and len(number) == 8:
        findings.add("doc.lost_leading_zero", "/document/number", mask(number), mask("0" + number))
        return "0" + number
    if not _in_digits(number) or len(number) not in (9, 12):
        findings.add("doc.cmnd_length", "/document/number", mask(number))
    return number


def _repaired(number: str, guest: Guest, findings: Findings) -> str:
    """A citizen's number that has not 12 digits: with zeros in front if then everything agrees, else an error."""
    padded = number.rjust(12, "0")
    facts = _facts(padded[:6]) if 10 <= len(number) <= 11 and _in_digits(number) else None
    if facts and facts.province_known and _agrees(facts, guest):
        findings.add("doc.lost_leading_zero", "/document/number", mask(number), mask(padded))
        return padded
    findings.add("doc.cccd_length", "/document/number", mask(number))
    return number


def _agrees(facts: NumberFacts, guest: Guest) -> bool:
    return (guest.born is None or guest.born.year == facts.birth_year) and guest.sex in ("X", facts.sex)


def _compare(number: str, facts: NumberFacts, guest: Guest, findings: Findings) -> None:
    """Number against birth and sex: only warnings, because the cards of some people legitimately disagree."""
    if not facts.province_known:
        findings.add("doc.cccd_province", "/document/number", mask(number))
    born = guest.born.year if guest.born else facts.birth_year
    other_century = born != facts.birth_year and born % 100 == facts.birth_year % 100
    if other_century or guest.sex not in ("X", facts.sex):
        findings.add("doc.cccd_century_sex", "/document/number", mask(number))
    if born % 100 != facts.birth_year % 100:
        findings.add("doc.cccd_birth_year", "/document/number", mask(number))
