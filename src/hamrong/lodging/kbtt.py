"""A notification in the words of the ministry's interface (KBTT): from data, without a network."""

from datetime import date
from typing import Any, Final

from hamrong.law import VIETNAM
from hamrong.lodging.catalogs import known, read_yaml
from hamrong.lodging.models import Stay

GUIDE: Final = read_yaml("kbtt.yaml")
_FIELDS: Final = GUIDE["fields"]
DAY_FORM: Final = "%d/%m/%Y"
MOMENT_FORM: Final = "%d/%m/%Y %H:%M"


def nationality(code: str) -> str:
    """The interface's code of a nationality: its own where it differs from ISO 3166-1 ("D" for Germany)."""
    entry = known("nationalities").get(code)
    return entry.kbtt or code if entry else code


def birth(text: str) -> tuple[str, str]:
    """(date, kind): D a whole date, Y only the year, which is written as the first of January."""
    if len(text) == len("1990"):
        return f"01/01/{text}", "Y"
    return (date.fromisoformat(text).strftime(DAY_FORM), "D") if text else ("", "")


def body(stay: Stay, number: str) -> list[dict[str, Any]]:
    """The body of one declaration: an array of one, because an error names only the first that is wrong."""
    born, kind = birth(stay.birth)
    reason, words = _reason(stay)
    told = {
        "full_name": stay.full_name,
        "nationality": nationality(stay.nationality),
        "document_type": known("document-types")[stay.document_type].kbtt if stay.kind == "citizen" else None,
        "number": number,
        "sex": stay.sex if stay.kind == "foreigner" else {"M": "Nam", "F": "Nữ"}.get(stay.sex, ""),
        "birth": born,
        "birth_kind": kind,
        "arrival": stay.arrival_at.astimezone(VIETNAM).strftime(MOMENT_FORM),
        "departure": stay.planned_departure_at and stay.planned_departure_at.astimezone(VIETNAM).strftime(MOMENT_FORM),
        "room": stay.room,
        "permitted_until": stay.permitted_until and stay.permitted_until.strftime(DAY_FORM),
        "reason": reason,
        "reason_text": words,
        "address": stay.residence,
    }
    return [{_FIELDS[name]: value for name, value in told.items() if value}]


def _reason(stay: Stay) -> tuple[str, str]:
    entry = known("reasons")[stay.reason]
    if entry.kbtt and entry.kbtt != GUIDE["other_reason"]:
        return entry.kbtt, ""
    return GUIDE["other_reason"], stay.reason_text or entry.vi
