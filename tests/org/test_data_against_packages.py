"""Our tables against two packages that others made of the same resolutions; every difference is named, and no other."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import as_file, files
from json import loads
from typing import Any

import pytest
from vietnam_address_converter.data import DEFAULT_DATA

from hamrong.org import records
from hamrong.org.address import exact_key
from hamrong.org.areas import HOME, WORDS

AREAS = {area.id: area for area in records.areas()}
Edges = dict[tuple[str, str], set[str]]


def full(area: records.AreaRecord) -> str:
    return exact_key(f"{WORDS[area.kind]} {area.name}")


def our_edges() -> Edges:
    edges: Edges = defaultdict(set)
    for step in records.successions():
        before, after = AREAS[step.before], AREAS[step.after]
        if step.resolution == "1686/NQ-UBTVQH15":
            edges[full(AREAS[before.parent or ""]), full(before)].add(full(after))
    return dict(edges)


@pytest.fixture(scope="module")
def dataset() -> Iterator[sqlite3.Connection]:
    with as_file(files("vietnamadminunits").joinpath("data", "dataset.db")) as path:
        connection = sqlite3.connect(path)
        yield connection
        connection.close()


def mapping(name: str) -> dict[str, Any]:
    text = files("vietnamadminunits").joinpath("data", "converter_2025.json").read_text(encoding="utf-8")
    found: dict[str, Any] = loads(text)[name]
    return found


def test_vietnamadminunits_has_the_same_communes_with_the_same_codes(dataset: sqlite3.Connection) -> None:
    query = "select wardCode, ward from admin_units where provinceCode = ?"
    theirs = {(code, exact_key(name)) for code, name in dataset.execute(query, (HOME,))}
    assert theirs == {
        (area.code, full(area)) for area in AREAS.values() if area.level == "commune" and not area.valid_to
    }
    query = "select wardCode, ward, districtCode from admin_units_legacy where provinceCode = ?"
    theirs_before = {(code, exact_key(name), district) for code, name, district in dataset.execute(query, (HOME,))}
    ended = [area for area in AREAS.values() if area.level == "commune" and str(area.valid_to) == "2025-06-30"]
    assert theirs_before == {(area.code, full(area), AREAS[area.parent or ""].code) for area in ended}


def test_vietnamadminunits_has_the_same_successors(dataset: sqlite3.Connection) -> None:
    query = "select provinceKey, districtKey, wardKey, district, ward from admin_units_legacy where provinceCode = ?"
    before = {"_".join(row[:3]): (exact_key(row[3]), exact_key(row[4])) for row in dataset.execute(query, (HOME,))}
    query = "select wardKey, ward from admin_units where provinceCode = ?"
    after = {key: exact_key(name) for key, name in dataset.execute(query, (HOME,))}
    theirs: Edges = defaultdict(set)
    for new, olds in mapping("DICT_PROVINCE_WARD_NO_DIVIDED")["tinhthanhhoa"].items():
        for old in olds:
            theirs[before[old]].add(after[new])
    for old, news in mapping("DICT_PROVINCE_WARD_DIVIDED")["tinhthanhhoa"].items():
        theirs[before[old]] |= {after[new["newWardKey"]] for new in news}
    assert dict(theirs) == our_edges()


def test_vietnamadminunits_merges_the_same_provinces(dataset: sqlite3.Connection) -> None:
    query = "select distinct provinceKey, provinceCode from "
    before = dict(dataset.execute(query + "admin_units_legacy"))
    after = dict(dataset.execute(query + "admin_units"))
    merged = {new: olds for new, olds in mapping("DICT_PROVINCE").items() if len(olds) > 1}
    theirs = {(before[old], after[new]) for new, olds in merged.items() for old in olds}
    ours = {
        (AREAS[step.before].code, AREAS[step.after].code)
        for step in records.successions()
        if step.resolution == "202/2025/QH15"
    }
    assert theirs == ours


# (district, commune): what the package says where it differs; every name as the package spells it.
CONVERTER_SPELLS = {
    ("huyện ngọc lặc", "xã vân âm"): ("huyện ngọc lặc", "xã vân am"),
    ("huyện triệu sơn", "xã văn sơn"): ("huyện triệu sơn", "xã vân sơn"),
}
CONVERTER_MISSES = {
    ("huyện hà trung", "thị trấn hà trung"): {"xã hoạt giang"},
    ("huyện thiệu hóa", "thị trấn thiệu hóa"): {"xã thiệu quang"},
    ("huyện như thanh", "xã thanh tân"): {"xã công chính"},
    ("thành phố thanh hóa", "phường an hưng"): {"phường hạc thành"},
}


def test_the_address_converter_differs_only_in_two_spellings_and_four_splits() -> None:
    spelled = {
        (exact_key(a), exact_key(b)): (exact_key(c), exact_key(d)) for (a, b), (c, d) in CONVERTER_SPELLS.items()
    }
    theirs: Edges = defaultdict(set)
    for row in DEFAULT_DATA["mapping"]["rows"]:
        if row["old"]["province_name"] == "Tỉnh Thanh Hóa":
            old = exact_key(row["old"]["district_name"]), exact_key(row["old"]["ward_name"])
            theirs[spelled.get(old, old)].add(exact_key(row["new"]["ward_name"]))
    ours = our_edges()
    differences = {
        place: ours[place] ^ theirs[place] for place in ours.keys() | theirs.keys() if ours[place] != theirs[place]
    }
    assert differences == {
        (exact_key(district), exact_key(commune)): {exact_key(name) for name in missing}
        for (district, commune), missing in CONVERTER_MISSES.items()
    }
    assert all(differences[place] <= ours[place] for place in differences)
    assert set(spelled) == {
        (exact_key(row["old"]["district_name"]), exact_key(row["old"]["ward_name"]))
        for row in DEFAULT_DATA["mapping"]["rows"]
        if row["old"]["province_name"] == "Tỉnh Thanh Hóa"
    } - set(ours)
