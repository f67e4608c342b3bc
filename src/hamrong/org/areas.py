"""Which area a written address means, and which area answers for it today; pure, no database.

An address of a card or a guest names the areas of the day it was written: three levels until 2025-06-30, two since.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Final, Literal

from hamrong.org import records
from hamrong.org.address import Part, exact_key, is_detail, is_unseparated, loose_key, parts, tails, words
from hamrong.org.records import AreaRecord

HOME: Final = "38"
"""The province whose communes are known; addresses in the others are resolved to the province."""

Status = Literal["ok", "ambiguous", "unchanged", "province_only", "unknown"]

WORDS: Final = {
    "tinh": "tỉnh",
    "thanh-pho-truc-thuoc-trung-uong": "thành phố",
    "thanh-pho": "thành phố",
    "thi-xa": "thị xã",
    "quan": "quận",
    "huyen": "huyện",
    "phuong": "phường",
    "thi-tran": "thị trấn",
    "xa": "xã",
    "dac-khu": "đặc khu",
}
# Short forms that no rule makes from the names.
_SHORT_NAMES: Final = {"hcm": "79", "tphcm": "79", "tthue": "46"}

SPLIT = "Đơn vị cũ đã chia cho nhiều đơn vị mới: cần biết thôn, phố để chọn."
SEVERAL = "Tên này có ở nhiều nơi: cần thêm huyện cũ để chọn."
NO_PROVINCE = "Thiếu tỉnh và huyện: cần xác nhận."
OTHER_DISTRICT = "Không thấy tên này trong huyện đã ghi, chỉ thấy ở nơi khác: cần xác nhận."
OLD_DISTRICT = "Địa chỉ mới kèm tên huyện cũ."
ALSO_DISTRICT = "Hiểu là đơn vị cấp xã hiện nay; tên này cũng là tên một huyện cũ."
DISTRICT_ONLY = "Chỉ nhận ra cấp huyện cũ, không nhận ra cấp xã."
PROVINCE_ONLY = "Chỉ nhận ra cấp tỉnh."
OTHER_PROVINCE = "Địa chỉ ở tỉnh khác: chỉ quy đổi đến cấp tỉnh."
NO_SUCCESSOR = "Đơn vị cũ này chưa có trong bảng kế thừa."
UNKNOWN = "Không nhận ra địa chỉ."


@dataclass(frozen=True, slots=True)
class AreaRef:
    """An area as an answer names it; `kind` in Vietnamese words, `district` and `province` by name."""

    id: str
    code: str
    kind: str
    name: str
    district: str | None
    province: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Conversion:
    """What an address means today.

    `ok`: one area took over, `unchanged`: it is today's address, `ambiguous`: a person must choose among `units`,
    `province_only`: `units` holds today's province, `unknown`: nothing. `legacies` are the areas that the address
    names and that exist no more; `matched` is what was read of the text; `note` says in Vietnamese what to know.
    """

    status: Status
    units: tuple[AreaRef, ...] = ()
    matched: str = ""
    legacies: tuple[AreaRef, ...] = ()
    note: str = ""

    @property
    def legacy(self) -> AreaRef | None:
        """The one former area that the address names; None if there is none or more than one."""
        return self.legacies[0] if len(self.legacies) == 1 else None


def convert(address: str) -> Conversion:
    """Read an address of any time and say which commune or ward it belongs to today (see `Conversion`).

    An exact match in NFC comes first; without diacritics a name counts only if nothing else looks like it.
    """
    found = _read(parts(address))
    if found.status in ("unknown", "province_only") and is_unseparated(address):
        return _read_words(words(address)) or found
    return found


def _read_words(written: tuple[str, ...]) -> Conversion | None:
    """An address without commas: its last words as commune, district and province, or two of them."""
    for before, province in tails(written):
        named = _find_province(province)
        if any(area.code == HOME for area in named):
            if found := _read_tail(before, (province,)):
                return found
            # With the district missing, words in front may be a street that is called as a commune is.
            for street, commune in tails(before):
                if not street and (found := _without_district((commune,), (commune, province), in_home=True)):
                    return found
        if named:
            return _read((province,))
    return _read_tail(written, ())


def _read_tail(written: tuple[str, ...], province: tuple[Part, ...]) -> Conversion | None:
    for before, district in tails(written):
        if not _find("district", district):
            continue
        for _, commune in tails(before):
            found = _with_district((commune, district), (commune, district, *province))
            if found and found.status != "province_only":
                return found
    return None


def _read(written: tuple[Part, ...]) -> Conversion:
    if not written:
        return Conversion("unknown", note=UNKNOWN)
    provinces = _find_province(written[-1])
    if provinces and all(province.code != HOME for province in provinces):
        return _in_province(provinces, written[-1:], OTHER_PROVINCE)
    rest = written[:-1] if provinces else written
    if rest:
        found = _with_district(rest, written) or _district_alone(rest, written)
        if found := found or _without_district(rest, written, bool(provinces)):
            return found
    return _in_province(provinces, written[-1:], PROVINCE_ONLY) if provinces else Conversion("unknown", note=UNKNOWN)


def _in_province(named: list[AreaRecord], written: tuple[Part, ...], note: str) -> Conversion:
    today = sorted({after for province in named for after in current(province.id)})
    former = () if any(not province.valid_to for province in named) else _refs(province.id for province in named[-1:])
    return Conversion("province_only", _refs(today), _text(written), former, note)


def _with_district(rest: tuple[Part, ...], written: tuple[Part, ...]) -> Conversion | None:
    """The last two parts of `rest` as commune and district."""
    if len(rest) < 2 or not (districts := _find("district", rest[-1])):
        return None
    related = _related({district.id for district in districts})
    matched = _text(written[len(rest) - 2 :])
    known = None
    for parents in ({district.id for district in districts}, related):
        if former := [area for area in _find("commune", rest[-2], parents) if area.valid_to]:
            known = _outcome(former, matched)
            if known.status != "province_only":
                return known
    return known or _strayed(rest[-2], related, matched)


def _strayed(written: Part, districts: set[str], matched: str) -> Conversion | None:
    """A commune that was never in the district: today's one that grew there, or one elsewhere, to be confirmed."""
    anywhere = _find("commune", written)
    if today := [area for area in anywhere if not area.valid_to and _grew_in(area, districts)]:
        return Conversion("unchanged", _refs(area.id for area in today), matched, note=OLD_DISTRICT)
    if anywhere and any(name.kinds for name in written.names):
        units = _refs(sorted({after for area in anywhere for after in current(area.id)}))
        return Conversion(
            "ambiguous", units, matched, _refs(area.id for area in anywhere if area.valid_to), OTHER_DISTRICT
        )
    return None


def _district_alone(rest: tuple[Part, ...], written: tuple[Part, ...]) -> Conversion | None:
    """A district with no commune that we know; without a unit word it may be a commune of today with that name."""
    if not (districts := _find("district", rest[-1])):
        return None
    matched = _text(written[len(rest) - 1 :])
    today = [area for area in _find("commune", rest[-1]) if not area.valid_to]
    if today and not any(name.kinds for name in rest[-1].names):
        if len(rest) == 1:
            return None
        if is_detail(rest[-2]):
            return Conversion("ambiguous", _refs(area.id for area in today), matched, note=ALSO_DISTRICT)
    return Conversion("province_only", _refs([HOME]), matched, _refs(d.id for d in districts[-1:]), DISTRICT_ONLY)


def _without_district(rest: tuple[Part, ...], written: tuple[Part, ...], in_home: bool) -> Conversion | None:
    """The last part of `rest` as a commune: today's first, then the former ones of that name."""
    if not (named := _find("commune", rest[-1])):
        return None
    matched = _text(written[len(rest) - 1 :])
    today = [area for area in named if not area.valid_to]
    if today and len(today) == 1 and in_home:
        if not any(name.kinds for name in rest[-1].names) and _elsewhere(named, today[0]):
            return replace(_outcome(named, matched), status="ambiguous", note=SEVERAL)
        note = ALSO_DISTRICT if _find("district", rest[-1]) else ""
        return Conversion("unchanged", _refs(area.id for area in today), matched, note=note)
    found = _outcome(today or named, matched)
    if not in_home and found.status != "province_only":
        return Conversion("ambiguous", found.units, matched, found.legacies, NO_PROVINCE)
    return found


def _elsewhere(named: list[AreaRecord], today: AreaRecord) -> bool:
    """Whether former communes of this name, in several districts, have become others than today's of the same name."""
    former = [area for area in named if area.valid_to and today.id not in current(area.id)]
    return len({_district_code(area) for area in former}) > 1


def _outcome(named: list[AreaRecord], matched: str) -> Conversion:
    """The areas of today behind former areas of one name; the same name at two times counts once."""
    units = sorted({after for area in named for after in current(area.id)})
    former = [area for area in named if area.valid_to]
    # Records are in order of time: of one place under one name the last one stays.
    latest = {(area.parent, exact_key(area.name)): area for area in former}
    legacies = _refs(area.id for area in latest.values())
    if not units:
        return Conversion("province_only", _refs([HOME]), matched, legacies, NO_SUCCESSOR)
    if len(units) == 1 and not _lost_elsewhere(latest.values()):
        return Conversion("ok" if former else "unchanged", _refs(units), matched, legacies)
    return Conversion("ambiguous", _refs(units), matched, legacies, SPLIT if len(latest) == 1 else SEVERAL)


def _lost_elsewhere(former: Iterable[AreaRecord]) -> bool:
    """Whether one of these areas, in a district of its own, has no known successor: then no other may stand for it."""
    lost = {_district_code(area) for area in former if not current(area.id)}
    return bool(lost - {_district_code(area) for area in former if current(area.id)})


def _district_code(area: AreaRecord) -> str:
    return _by_id()[area.parent].code if area.parent else ""


def _find_province(written: Part) -> list[AreaRecord]:
    """Provinces of this name; a unit word must fit, for "TP Thanh Hóa" is a city and "Thanh Hóa" the province."""
    if code := next((_SHORT_NAMES[n.loose] for n in written.names if n.loose in _SHORT_NAMES), None):
        return [area for area in records.areas() if area.level == "province" and area.code == code]
    found = _find("province", written)
    kinds = {kind for name in written.names for kind in name.kinds}
    return [area for area in found if area.kind in kinds] if kinds else found


def _find(level: str, written: Part, parents: set[str] | None = None) -> list[AreaRecord]:
    """Areas that a part may name, of all times; those of the written kind if there are any, else of any kind."""
    exact, loose = _tables()
    for table, key in ((exact, "exact"), (loose, "loose")):
        for name in written.names:
            if name.kinds and not any(kind in _LEVELS[level] for kind in name.kinds):
                continue
            found = table[level].get(getattr(name, key), ())
            if hits := [area for area in found if parents is None or area.parent in parents]:
                return [area for area in hits if area.kind in name.kinds] or hits
    return []


_LEVELS: Final = {
    "province": ("tinh", "thanh-pho-truc-thuoc-trung-uong"),
    "district": ("thanh-pho", "thi-xa", "quan", "huyen"),
    "commune": ("phuong", "thi-tran", "xa", "dac-khu"),
}
Table = dict[str, dict[str, list[AreaRecord]]]


@cache
def _tables() -> tuple[Table, Table]:
    exact: Table = {level: defaultdict(list) for level in _LEVELS}
    loose: Table = {level: defaultdict(list) for level in _LEVELS}
    for area in records.areas():
        exact[area.level][exact_key(area.name)].append(area)
        loose[area.level][loose_key(area.name)].append(area)
    return exact, loose


@cache
def current(area_id: str) -> tuple[str, ...]:
    """The ids of the areas that exist today in place of this one: itself, one successor, several, or none known."""
    if not _by_id()[area_id].valid_to:
        return (area_id,)
    return tuple(sorted({found for after in _steps()[0].get(area_id, ()) for found in current(after)}))


@cache
def _by_id() -> dict[str, AreaRecord]:
    return {area.id: area for area in records.areas()}


@cache
def _steps() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    after: dict[str, list[str]] = defaultdict(list)
    before: dict[str, list[str]] = defaultdict(list)
    for step in records.successions():
        after[step.before].append(step.after)
        before[step.after].append(step.before)
    return after, before


def _related(district_ids: set[str]) -> set[str]:
    """These districts with those before and after them: cards say Tĩnh Gia for what had become Nghi Sơn."""
    after, before = _steps()
    return district_ids | {other for id_ in district_ids for other in (*after.get(id_, ()), *before.get(id_, ()))}


def _grew_in(area: AreaRecord, district_ids: set[str]) -> bool:
    return any(_by_id()[origin].parent in district_ids for origin in _steps()[1].get(area.id, ()))


def _text(written: tuple[Part, ...]) -> str:
    return ", ".join(part.text for part in written)


def _refs(ids: Iterable[str]) -> tuple[AreaRef, ...]:
    return tuple(ref(area_id) for area_id in ids)


@cache
def ref(area_id: str) -> AreaRef:
    """The area of an id as answers name it; KeyError for an id that is not in the data."""
    area = _by_id()[area_id]
    parent = _by_id().get(area.parent or "")
    district = parent.name if parent and parent.level == "district" else None
    province = area
    while province.parent:
        province = _by_id()[province.parent]
    return AreaRef(
        area.id, area.code, WORDS[area.kind], area.name, district, province.name, area.valid_from, area.valid_to
    )
