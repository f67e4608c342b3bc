"""The catalogues: complete, dated, in two languages, and every code that can be answered with explained."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from hamrong.kernel.vietnamese import clean, fold
from hamrong.law import rules
from hamrong.lodging.catalogs import NAMES, catalog, known, read_yaml, small, spelled, spellings
from hamrong.lodging.issues import LABELS, issue
from hamrong.lodging.models import KINDS
from hamrong.lodging.shapes import BirthIn, CaptureIn, DocumentIn, ReasonIn, ResidenceIn, StayIn

ROOM = Path(__file__).parents[2] / "src" / "hamrong" / "lodging"
TODAY = date(2026, 11, 24)

# Lodging specification, §4: the codes that an interface of another program may rely on.
STABLE = """
field.missing field.too_long field.bad_char date.format date.impossible birth.future birth.over_130y
doc.type_unknown doc.cccd_length doc.cccd_province doc.cccd_century_sex doc.cccd_birth_year doc.cmnd_length
doc.lost_leading_zero doc.scientific_notation doc.mrz_check_digit doc.expired nationality.unknown stay.arrival_future
stay.order stay.over_30_days stay.overlap_same_place stay.late foreigner.permit_expired reason.text_required
address.ambiguous address.legacy_mapped minor.no_guardian row.duplicate_in_file file.encoding file.formula_cell
"""


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_says_its_name_in_both_languages(name):
    assert known(name)
    for entry in known(name).values():
        assert entry.vi == clean(entry.vi) != ""
        assert entry.en == clean(entry.en) != ""
        assert entry.valid_to is None or entry.valid_to >= entry.valid_from


def test_the_stable_codes_are_all_there():
    assert set(STABLE.split()) <= set(known("error-codes"))


def test_every_code_has_a_severity_and_a_hint_that_can_be_filled_in():
    for code, entry in known("error-codes").items():
        assert entry.facts["severity"] in ("error", "warning", "info")
        made = issue(code, "/full_name", received="R", expected="E")
        for text in (made.message_vi, made.message_en, made.hint_vi, made.hint_en):
            assert text and "{" not in text and text[0] == text[0].upper()


def test_a_law_that_a_code_names_as_a_leaf_is_a_leaf():
    leaves = {rule.id for rule in rules()}
    named = {entry.law for entry in known("error-codes").values() if entry.law}
    assert {law for law in named if re.fullmatch(r"[a-z.]+", law)} <= leaves


def test_every_code_in_the_program_is_in_the_catalogue():
    calls = re.compile(r'(?:issue|add|CannotRead)\(\s*"([a-z_]+\.[a-z0-9_]+)"')
    used = {code for file in ROOM.rglob("*.py") for code in calls.findall(file.read_text("utf-8"))}
    assert used <= set(known("error-codes"))
    assert len(used) > 40


def test_every_field_of_the_interface_has_a_name_for_people():
    parts = {
        "birth": BirthIn,
        "document": DocumentIn,
        "residence": ResidenceIn,
        "reason": ReasonIn,
        "capture": CaptureIn,
    }
    fields = {f"/{name}" for name in StayIn.__struct_fields__}
    fields |= {f"/{name}/{each}" for name, part in parts.items() for each in part.__struct_fields__}
    assert fields == set(LABELS)


def test_a_code_out_of_date_is_not_offered_but_still_read():
    assert "cmnd" not in {entry.code for entry in catalog("document-types", TODAY).entries}
    assert "cmnd" in {entry.code for entry in catalog("document-types", date(2024, 12, 31)).entries}
    assert "cmnd" in known("document-types")
    assert "vehicle" not in {entry.code for entry in catalog("establishment-kinds", date(2026, 6, 30)).entries}
    assert "vehicle" in {entry.code for entry in catalog("establishment-kinds", date(2026, 7, 1)).entries}


def test_an_etag_changes_with_the_entries_and_only_with_them():
    today, tomorrow = catalog("document-types", TODAY), catalog("document-types", date(2026, 11, 25))
    assert today.etag == tomorrow.etag
    assert today.etag != catalog("document-types", date(2024, 1, 1)).etag
    assert re.fullmatch('"[0-9a-f]+"', today.etag)


def test_a_catalogue_that_does_not_exist_is_a_mistake():
    with pytest.raises(KeyError):
        catalog("horses", TODAY)


def test_nationalities_are_iso_with_the_codes_of_passports():
    codes = known("nationalities")
    assert sum(len(code) == 3 and "alpha2" in entry.facts for code, entry in codes.items()) >= 249
    for code in ("VNM", "DEU", "D", "GBR", "GBD", "RKS", "EUE", "UNO", "UNA", "UNK", "XXA", "XXB", "XXC", "XXX"):
        assert code in codes
    assert codes["D"].same_as == "DEU"
    assert codes["DEU"].kbtt == "D"
    alpha2 = [entry.facts["alpha2"] for entry in codes.values() if entry.facts.get("alpha2")]
    assert len(alpha2) == len(set(alpha2))


def test_only_published_codes_of_the_ministrys_interface_are_claimed():
    claimed = {(name, entry.code): entry.kbtt for name in NAMES for entry in known(name).values() if entry.kbtt}
    assert claimed == {("reasons", "other"): "20", ("nationalities", "DEU"): "D", ("nationalities", "D"): "D"}


@pytest.mark.parametrize("name", ["reasons", "document-types", "nationalities", "establishment-kinds"])
def test_no_spelling_means_two_things(name):
    told = {}
    for entry in known(name).values():
        for spelling in (entry.vi, entry.en, *entry.also):
            code = entry.same_as or entry.code
            assert told.setdefault(fold(spelling), code) == code, spelling


@pytest.mark.parametrize(
    ("name", "written", "code"),
    [
        ("nationalities", "Đức", "DEU"),
        ("nationalities", "HÀN QUỐC", "KOR"),
        ("nationalities", "han quoc", "KOR"),
        ("nationalities", "Mỹ", "USA"),
        ("nationalities", "my", "USA"),
        ("nationalities", "Nga", "RUS"),
        ("nationalities", "Áo", "AUT"),
        ("nationalities", "Bỉ", "BEL"),
        ("nationalities", "KR", "KOR"),
        ("nationalities", "kor", "KOR"),
        ("nationalities", "NGA", None),
        ("nationalities", "MY", None),
        ("nationalities", "vn", "VNM"),
        ("document-types", "Căn cước công dân", "cccd"),
        ("document-types", "Passport", "passport"),
        ("reasons", "DU LỊCH", "tourism"),
        ("sex", "Nữ", "F"),
        ("kind", "Người nước ngoài", "foreigner"),
        ("reasons", "xyz", None),
        ("nationalities", "", None),
    ],
)
def test_what_files_write_is_understood(name, written, code):
    assert spelled(name, written) == code
    assert "" not in spellings("nationalities")


def test_kinds_of_establishments_are_those_that_the_register_keeps():
    assert list(known("establishment-kinds")) == KINDS


def test_mandatory_fields_are_told_for_every_day_without_a_gap():
    versions = read_yaml("fields.yaml")["mandatory"]
    assert versions[0]["from"] == read_yaml("fields.yaml")["first_day"]
    for before, after in pairwise(versions):
        assert (after["from"] - before["to"]).days == 1
    assert versions[-1]["to"] is None
    assert {field for version in versions for field in version["fields"]} <= set(LABELS)


def test_closed_lists_hold_what_the_interface_documents():
    assert set(small("sex")) == {"M", "F", "X"}
    assert set(small("method")) == {"qr", "mrz", "manual", "file", "pms"}
