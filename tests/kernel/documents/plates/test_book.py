"""The files of rules: read strictly, complete, in agreement with the page that people read."""

import csv
import shutil
from pathlib import Path

import pytest

from hamrong.kernel.documents import PROVINCES
from hamrong.kernel.documents.plates import PlateRuleError, book, load
from hamrong.kernel.documents.plates.book import DATA
from tests.kernel.documents.plates.page import rows

ROOT = Path(__file__).parents[4]
AREAS = ROOT / "src/hamrong/org/data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def change(folder: Path, file: str, before: str, after: str) -> None:
    text = (folder / file).read_text("utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after, 1), "utf-8")


def test_the_shipped_rules_are_whole() -> None:
    assert load(DATA) == book()


@pytest.mark.parametrize(
    ("file", "before", "after", "told"),
    [
        ("forms.yaml", "ordinary: true", "ordinry: true", "unknown field `ordinry`"),
        ("forms.yaml", "certainty: secondary", "certainty: sure", "Invalid enum value 'sure'"),
        ("forms.yaml", "kind: car", "kind: bike", "Invalid enum value 'bike'"),
        ("forms.yaml", "    kind: car\n", "    kind: car\n    kind: car\n", "'kind' stands twice"),
        ("forms.yaml", "widths: [5, 4, 3]", "widths: [6]", "<= 5"),
        ("forms.yaml", "  - id: car\n", "  - id: Car\n", "matching regex"),
        ("forms.yaml", "sources: [thesis-2026", "sources: [[", "while parsing"),
        ("versions.yaml", "from: 2023-08-15", "from: 15/8/2023", "Invalid RFC3339"),
        ("words.yaml", 'en: "car"\n', "en: ''\n", "length >= 1"),
        ("sources.yaml", "general:\n", "general:\n  fr: Général\n", "unknown field `fr`"),
        ("codes.yaml", '"42"', '"4"', "matching regex"),
        ("provinces.csv", "36,Thanh Hóa,Thanh Hóa,1", "36,Thanh Hóa,Thanh Hóa,first", "Expected `int`"),
        ("provinces.csv", "37,", "36,", "36 stands twice"),
        ("provinces.csv", "certainty,", "surety,", "unknown field `surety`"),
        ("army.csv", "TM,", "T1,", "matching regex"),
    ],
)
def test_a_file_that_says_anything_else_is_refused_by_name(
    folder: Path, file: str, before: str, after: str, told: str
) -> None:
    change(folder, file, before, after)
    with pytest.raises(PlateRuleError) as refused:
        load(folder)
    assert file in str(refused.value) and told in str(refused.value)


def test_an_empty_file_is_refused(folder: Path) -> None:
    (folder / "words.yaml").write_text("", "utf-8")
    with pytest.raises(PlateRuleError, match=r"words\.yaml: the file is empty"):
        load(folder)


def test_every_row_stands_on_the_page() -> None:
    page = (ROOT / "docs/plate-rules.md").read_text("utf-8").split("\n")
    assert [row for row in rows(book()) if row not in page] == []


def test_the_page_has_no_rows_besides() -> None:
    page = (ROOT / "docs/plate-rules.md").read_text("utf-8").split("\n")
    told = [line for line in page if line.startswith("| ")]
    headings = [page[at - 1] for at, line in enumerate(page) if line.startswith("|---")]
    assert sorted(told) == sorted([*rows(book()), *headings])


def test_eighty_one_codes_belong_to_thirty_four_provinces_and_the_traffic_police() -> None:
    places = book().places.values()
    assert (len(places), len({place.before for place in places}), len({place.now for place in places})) == (81, 64, 35)
    reserved = {code for each in book().codes.reserved for code in each.codes}
    assert {place.code for place in places} | reserved == {str(code) for code in range(11, 100)}


def test_both_lists_of_reserved_codes_are_kept() -> None:
    first, second = (set(claim.codes) for claim in book().codes.claims)
    assert first - second == {"13"} and not second - first


def test_the_provinces_before_are_those_of_citizens_numbers() -> None:
    before = {place.before for place in book().places.values()} - {"Cục Cảnh sát giao thông"}
    assert before == set(PROVINCES.values())


def test_provinces_went_into_each_other_as_our_areas_say() -> None:
    names = {row["id"]: row["name"] for row in _areas("areas.csv") if row["level"] == "province"}
    after = {
        names[row["before"]]: names[row["after"]]
        for row in _areas("successors.csv")
        if row["on"] == "2025-07-01" and row["before"] in names
    }
    for place in book().places.values():
        # The city of Huế is older than the table of codes, which still has its former name.
        before = "Huế" if place.before == "Thừa Thiên Huế" else place.before
        assert after.get(before, before) == place.now


def _areas(file: str) -> list[dict[str, str]]:
    with (AREAS / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))
