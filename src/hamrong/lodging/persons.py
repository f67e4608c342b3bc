"""Who the guest is: name, birth, sex, nationality and telephone of a notification, read and checked."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple
from unicodedata import category

from msgspec import Struct

from hamrong.kernel.vietnamese import clean, fold, looks_mangled, to_mrz
from hamrong.lodging.catalogs import known, small, spelled
from hamrong.lodging.findings import (
    DAY_FORM_EN,
    DAY_FORM_VI,
    OLDEST_AGE,
    Findings,
    age_on,
    hidden,
    plain,
)
from hamrong.lodging.issues import longest, mask_date
from hamrong.lodging.shapes import BirthIn, Kind, StayIn, Text

HOME: Final = "VNM"
_NATIONALITIES: Final[Mapping[Text, str]] = {e.code: e.same_as or e.code for e in known("nationalities").values()}
_SEXES: Final[frozenset[Text]] = frozenset(small("sex"))
_LONGEST_NAME: Final = longest()["full_name"]
_KINDS: Final[Mapping[Text, Kind]] = {"citizen": "citizen", "foreigner": "foreigner"}
_NAME_SIGNS: Final = frozenset(" '’ʼ-.,·")
_MRZ_NAME: Final = re.compile("[A-Z<]+")


class Name(Struct, frozen=True, gc=False):
    full: str
    key: str
    mrz: str


class _Word(NamedTuple):
    """A word of a name; `sound`: beyond suspicion of any keyboard or character set."""

    text: str
    key: str
    mrz: str
    sound: bool


@lru_cache(maxsize=65536)
def _word(raw: str) -> _Word:
    text = clean(raw)
    # Whatever makes a name suspicious adds up over its words: a word that passes three times over never counts.
    sound = bool(text) and not looks_mangled(f"{text} {text} {text}") and not _bad_signs(text)
    return _Word(text, fold(text), to_mrz(text), sound)


def _bad_signs(text: str) -> str:
    """The characters that no name holds: digits, brackets, marks of punctuation."""
    return "".join(sign for sign in text if sign not in _NAME_SIGNS and category(sign)[0] not in "LM")


def name(stay: StayIn, kind: Kind, findings: Findings) -> Name:
    """The name in NFC, its search key and its form in a machine-readable zone (own only for Vietnamese name order)."""
    raw = stay.full_name if type(stay.full_name) is str else plain(stay.full_name)
    if len(raw) > _LONGEST_NAME:
        raw = findings.text(raw, "/full_name", "full_name")
    texts, keys, mrzs, sound = [], [], [], True
    for part in raw.split():
        text, key, mrz, word_sound = _word(part)
        texts.append(text)
        keys.append(key)
        mrzs.append(mrz)
        sound = sound and word_sound
    full = " ".join(texts)
    if not sound:
        full = _suspect(" ".join(full.split()), findings)
    if not full:
        findings.missing("/full_name")
        return Name("", "", "")
    key = " ".join(filter(None, keys))
    mrz = _mrz_name(stay.name_mrz, findings) if stay.name_mrz else ""
    if not key:
        key = fold(mrz.replace("<", " "))
        if not key:
            findings.add("name.not_latin", "/full_name")
    if not mrz and kind == "citizen" and any(mrzs):
        family, *others = filter(None, mrzs)
        mrz = f"{family}<<{'<'.join(others)}" if others else family
    return Name(full, key, mrz)


def _suspect(full: str, findings: Findings) -> str:
    """A name with something odd in it, with what is odd put on the row; "" where nothing is left."""
    if bad := _bad_signs(full):
        findings.add("field.bad_char", "/full_name", " ".join(bad))
    if looks_mangled(full):
        findings.add("name.mangled", "/full_name")
    return full


def _mrz_name(value: Text, findings: Findings) -> str:
    text = findings.text(value, "/name_mrz", "name_mrz").upper().replace(" ", "<").strip("<")
    if text and not _MRZ_NAME.fullmatch(text):
        findings.add("field.bad_char", "/name_mrz", " ".join(sorted(set(_MRZ_NAME.sub("", text)))))
        return ""
    return text


def nationality(stay: StayIn, findings: Findings) -> tuple[Kind, str]:
    """Kind of guest and nationality; each is concluded from the other where it is missing."""
    code = _NATIONALITIES.get(stay.nationality)
    if code is None and stay.nationality not in (None, ""):
        written = plain(stay.nationality)
        code = spelled("nationalities", written)
        if code is None:
            findings.add("nationality.unknown", "/nationality", written)
            code = ""
    kind = _KINDS.get(stay.kind) or _kind(stay.kind, code, findings)
    if code is None:
        if kind == "citizen":
            return kind, HOME
        findings.missing("/nationality")
        return kind, "XXX"
    if code and (code == HOME) != (kind == "citizen"):
        findings.add("nationality.kind_mismatch", "/nationality", code)
    return kind, code


def _kind(value: Text, nationality_code: str | None, findings: Findings) -> Kind:
    """The kind of a guest where it is not given as a code: as written, else by nationality."""
    written = plain(value)
    if written and (read := spelled("kind", written)):
        return _KINDS[read]
    if written:
        findings.add("field.not_in_list", "/kind", written, ", ".join(str(kind) for kind in _KINDS))
    return "citizen" if nationality_code in (None, HOME) else "foreigner"


def sex(value: Text, findings: Findings) -> str:
    """M, F or X; X also where it is not known, which is only worth a warning."""
    if isinstance(value, str) and value in _SEXES:
        return value
    written = plain(value)
    if not written:
        findings.missing("/sex")
        return "X"
    if read := spelled("sex", written):
        return read
    findings.add("field.not_in_list", "/sex", written, "Nam, Nữ, M, F, X", severity="warning")
    return "X"


def birth(given: BirthIn | None, today: date, findings: Findings) -> tuple[date | None, str]:
    """Date and precision of birth; a date of which only the year is known is its 1 January."""
    if given is not None and type(given.date) is str and len(given.date) == 10 and given.precision in ("day", None):
        return _born(given.date, "day", today, findings)
    if given is None or not (written := plain(given.date)):
        findings.missing("/birth/date")
        return None, ""
    precision = "year" if len(written) == 4 else "day"
    if given.precision not in (None, "", "day", "year"):
        findings.add("field.not_in_list", "/birth/precision", plain(given.precision), "day, year")
    elif given.precision == "year":
        precision, written = "year", written[:4]
    elif precision == "year" and given.precision == "day":
        findings.add("date.format", "/birth/date", mask_date(written), DAY_FORM_VI, DAY_FORM_EN)
        return None, ""
    return _born(written, precision, today, findings)


def _born(written: str, precision: str, today: date, findings: Findings) -> tuple[date | None, str]:
    read = findings.day(f"{written}-01-01" if precision == "year" else written, "/birth/date")
    if read is None:
        return None, ""
    if read > today:
        findings.add("birth.future", "/birth/date", mask_date(written))
    elif today.year - read.year > OLDEST_AGE and age_on(read, today) > OLDEST_AGE:
        findings.add("birth.over_130y", "/birth/date", mask_date(written))
    return read, precision


def phone(value: Text, findings: Findings) -> str:
    """Digits with an optional plus; anything else is left out with a warning."""
    if value is None or value == "":
        return ""
    written = "".join(sign for sign in plain(value) if sign not in " .-()")
    digits = written.removeprefix("+")
    if not digits.isascii() or not digits.isdecimal() or not 6 <= len(digits) <= 15:
        findings.add("field.bad_char", "/phone", hidden(written))
        return ""
    return written
