"""The twelve-digit number of a Vietnamese citizen, and the QR code on the card that bears it."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import NamedTuple

from hamrong.kernel.documents.dates import WITHOUT_A_CLOCK, card_date
from hamrong.kernel.documents.model import Document, FailedCheck, Position, Unreadable
from hamrong.kernel.vietnamese import clean, fold

KIND = "cccd_qr"
# Codes of the provinces as they were before 2025-07-01: numbers given under them stay.
PROVINCES: dict[str, str] = {
    row["code"]: row["name"]
    for row in csv.DictReader(
        (files("hamrong.kernel.documents") / "data" / "provinces.csv").read_text("utf-8").splitlines()
    )
}
# People registered abroad bear a country's code; without the ministry's list we only know where such codes can lie.
_COUNTRY_CODES = ("101", "399")
_FIELDS = ("number", "old_number", "full_name", "birth_date", "sex", "address", "issued_on")
UNREADABLE = "\ufffd"
"""What stands where bytes were no letters, as when a scanner sends another character set."""

_SEXES = {"nam": "M", "nu": "F", "m": "M", "f": "F"}


class NumberFacts(NamedTuple):
    """What a citizen's number says (its structure: Decree 137/2015/NĐ-CP, Art. 13)."""

    province_code: str
    province_known: bool
    century: int  # its first year: 1900, 2000 …
    sex: str  # M or F
    birth_year: int


def cccd_number(number: str) -> NumberFacts | None:
    """Take a citizen's number apart: province of birth, century, sex, year of birth; None unless it has 12 digits."""
    if not re.fullmatch("[0-9]{12}", number):
        return None
    mark = int(number[3])
    century = 1900 + 100 * (mark // 2)
    return NumberFacts(number[:3], number[:3] in PROVINCES, century, "FM"[mark % 2 == 0], century + int(number[4:6]))


def check_number(number: str, sex: str | None, born: str | None, at: Position) -> Iterator[FailedCheck]:
    """Compare a citizen's number, whose first digit stands `at`, with the sex and birth date that stand beside it."""
    facts = cccd_number(number)
    if facts is None:
        yield FailedCheck("number.length", at, "12 digits", number)
        return
    if not facts.province_known and not _COUNTRY_CODES[0] <= facts.province_code <= _COUNTRY_CODES[1]:
        yield FailedCheck("number.province", at, "a province's code", facts.province_code)
    if sex in ("M", "F") and sex != facts.sex:
        yield FailedCheck("number.sex", at.after(3), sex, facts.sex)
    if born and born[:4] != str(facts.birth_year):
        yield FailedCheck("number.birth_year", at.after(4), born[:4], str(facts.birth_year))


def read_qr(text: str, today: date | None = None) -> Document | Unreadable:
    """Read the QR code of a CCCD (7 fields) or Căn cước card (more, the rest unread), divided by single bars."""
    raw = text.strip("\ufeff \t\r\n").split("|")
    columns = [1 + sum(len(part) + 1 for part in raw[:index]) for index in range(len(raw))]
    if len(raw) < len(_FIELDS):
        return Unreadable("qr.fields", Position(1, columns[-1] + len(raw[-1])))
    if not re.search("[0-9]", raw[0]):
        return Unreadable("qr.number", Position(1, 1))
    texts = dict(zip(_FIELDS, map(clean, raw[: len(_FIELDS)]), strict=True))
    at = dict(zip(_FIELDS, (Position(1, column) for column in columns[: len(_FIELDS)]), strict=True))
    fields: dict[str, str | None] = {name: text or None for name, text in texts.items()}
    fields["sex"] = _SEXES.get(fold(texts["sex"]))
    for name in ("birth_date", "issued_on"):
        fields[name] = card_date(texts[name])
    return Document(KIND, fields, tuple(_check_qr(texts, fields, at, (today or WITHOUT_A_CLOCK).isoformat())))


def _check_qr(
    texts: dict[str, str], fields: dict[str, str | None], at: dict[str, Position], today: str
) -> Iterator[FailedCheck]:
    yield from check_number(texts["number"], fields["sex"], fields["birth_date"], at["number"])
    if not texts["full_name"]:
        yield FailedCheck("full_name", at["full_name"], "a name", "")
    for name in ("full_name", "address"):
        if UNREADABLE in texts[name]:
            yield FailedCheck(name, at[name].after(texts[name].index(UNREADABLE)), "readable letters", texts[name])
    if fields["sex"] is None:
        yield FailedCheck("sex", at["sex"], "Nam or Nữ", texts["sex"])
    if fields["birth_date"] is None:
        yield FailedCheck("birth_date", at["birth_date"], "DDMMYYYY or YYYY", texts["birth_date"])
    elif fields["birth_date"] > today:
        yield FailedCheck("birth_date", at["birth_date"], f"at most {today}", fields["birth_date"])
    if texts["issued_on"] and fields["issued_on"] is None:
        yield FailedCheck("issued_on", at["issued_on"], "DDMMYYYY", texts["issued_on"])
