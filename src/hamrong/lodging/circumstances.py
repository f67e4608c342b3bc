"""Where the guest comes from and why: residence, reason, room, permit and capture, read and checked."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from hamrong.lodging.catalogs import known, small, spelled
from hamrong.lodging.findings import Findings, plain
from hamrong.lodging.shapes import CaptureIn, Kind, ReasonIn, ResidenceIn, Text
from hamrong.org import records
from hamrong.org.areas import HOME, AreaRef, Conversion, convert

OTHER: Final = "other"
_REASONS: Final[Mapping[Text, str]] = {code: code for code in known("reasons")}
_METHODS: Final[Mapping[Text, str]] = {code: code for code in small("method")}
_IN_ROOMS: Final = frozenset(e.code for e in known("establishment-kinds").values() if e.facts.get("room"))


class Residence(Struct, frozen=True, gc=False):
    """`text` as written, then today's area, its GSO code and its province's; "" where they are not certain."""

    text: str
    area: str
    ward: str
    province: str


_NOWHERE: Final = Residence("", "", "", "")


def residence(given: ResidenceIn | None, kind: Kind, findings: Findings) -> Residence:
    """The residence; what is written in words is looked up among today's and former units, abroad it stays in words."""
    if given is None:
        return _NOWHERE
    text = findings.text(given.text, "/residence/text", "residence")
    ward = _code(given.ward_code, 5, "/residence/ward_code", findings)
    province = _code(given.province_code, 2, "/residence/province_code", findings)
    if ward:
        area = _wards().get(ward, "")
        return Residence(text, area, ward, HOME if area else province)
    if not text or kind == "foreigner":
        return Residence(text, "", "", province)
    found, said = _looked_up(text)
    if said:
        findings.add(said[0], "/residence/text", "", said[1])
    return found if found.province or not province else replace(found, province=province)


def _code(value: Text, digits: int, pointer: str, findings: Findings) -> str:
    if value is None or value == "":
        return ""
    written = value if type(value) is str else plain(value)
    if len(written) == digits and written.isascii() and written.isdecimal():
        return written
    findings.add("field.bad_char", pointer, written)
    return ""


@cache
def _wards() -> Mapping[str, str]:
    """From the code of one of the province's communes of today to the id of its area."""
    return {area.code: area.id for area in records.areas() if area.level == "commune" and area.valid_to is None}


@lru_cache(maxsize=65536)
def _looked_up(text: str) -> tuple[Residence, tuple[str, str] | None]:
    """The residence that a text means, and the issue's code with what it expects."""
    read = convert(text)
    units = ", ".join(map(_called, read.units))
    if read.status == "ambiguous" or len(read.units) > 1:
        return Residence(text, "", "", _shared_province(read)), ("address.ambiguous", units)
    if read.status == "unknown" or not read.units:
        return Residence(text, "", "", ""), None
    unit, said = read.units[0], ("address.legacy_mapped", units) if read.legacies else None
    if read.status == "province_only":
        return Residence(text, unit.id, "", unit.code), said
    return Residence(text, unit.id, unit.code, HOME), said


def _shared_province(read: Conversion) -> str:
    return HOME if read.status == "ambiguous" else ""


def _called(unit: AreaRef) -> str:
    return f"{unit.kind} {unit.name}" if unit.name == unit.province else f"{unit.kind} {unit.name}, {unit.province}"


_NO_REASON: Final = ReasonIn()


def reason(given: ReasonIn | None, findings: Findings) -> tuple[str, str]:
    """Code and words of the reason; words that no code fits are the reason `other`."""
    given = given or _NO_REASON
    words = findings.text(given.text, "/reason/text", "reason") if given.text is not None else ""
    code = _REASONS.get(given.code)
    if code is None:
        written = plain(given.code)
        if not written and not words:
            findings.missing("/reason/code")
            return "", ""
        code = spelled("reasons", written or words)
        if code is None:
            return OTHER, f"{written}: {words}" if written and words else written or words
    if code == OTHER and not words:
        findings.add("reason.text_required", "/reason/text")
    return code, words


def room(value: Text, establishment_kind: str, findings: Findings) -> str:
    """The room; its absence is a warning where guests lie in rooms.

    The ministry's interface refuses such a notification; the law does not mention rooms, so this one takes it.
    """
    if value is None or value == "":
        if establishment_kind in _IN_ROOMS:
            findings.missing("/room")
        return ""
    return findings.text(value, "/room", "room")


def permit(value: Text, kind: Kind, departs: date | None, findings: Findings) -> date | None:
    """Until when a foreigner may stay in the country."""
    if value is None or value == "":
        if kind == "foreigner":
            findings.missing("/permitted_until")
        return None
    until = findings.day(plain(value), "/permitted_until")
    if until and departs and until < departs:
        findings.add("foreigner.permit_expired", "/permitted_until", until.strftime("%d/%m/%Y"))
    return until


class Capture(Struct, frozen=True, gc=False):
    method: str
    at: datetime | None
    device: str


_NOT_CAPTURED: Final = Capture("", None, "")


def capture(given: CaptureIn | None, findings: Findings) -> Capture:
    """How the details were taken. The time is the client's word: it never takes the place of the time of receipt."""
    if given is None:
        return _NOT_CAPTURED
    method = _METHODS.get(given.method, "")
    if not method and given.method not in (None, ""):
        expected = ", ".join(small("method"))
        findings.add("field.not_in_list", "/capture/method", plain(given.method), expected, severity="warning")
    at = findings.moment(given.captured_at, "/capture/captured_at") if given.captured_at else None
    return Capture(method, at, findings.text(given.device_id, "/capture/device_id", "device_id"))


def guardian(value: Text, findings: Findings) -> str:
    """Who answers for a child: a name or the reference of another guest."""
    return findings.text(value, "/guardian_ref", "guardian_ref") if value is not None else ""


def reference(value: Text, pointer: str, limit: str, findings: Findings) -> str:
    """A code of the client's own, as it is."""
    if type(value) is str and len(value) <= 20 and value.isascii() and value.isprintable():
        return value.strip()
    return findings.text(value, pointer, limit)
