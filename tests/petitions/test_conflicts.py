"""Who is meant by what a sender wrote: the people of those names, and the whole unit where that is not clear."""

import pytest
from django.utils import timezone

from hamrong.kernel.vietnamese import fold
from hamrong.petitions.queries.conflicts import against, kept_away
from tests.entrances import a_person
from tests.world import PROVINCE

WARD, OTHER = "14797", "14812"
NAME = "Hoàng Xuân Tường"
CLEAR = [
    NAME, NAME.upper(), fold(NAME), f"Ông {NAME}", f"Đại úy {NAME}", f"đồng chí thượng tá {NAME}", f"  {NAME} ,\n",
    f"{NAME} và bà Lý Thúy Diễm", f"{NAME}; Trung uy Ly Thuy Diem", f"{NAME}, Lý Thúy Diễm",
]  # fmt: skip
UNCLEAR = [
    f"Đại úy {NAME}, trưởng công an phường", f"{NAME} (trưởng công an phường)", f"{NAME} và trưởng công an phường",
    f"{NAME}, Trần Chưa Rõ", f"Nguyễn {NAME}", f"{NAME} và anh Hà", f"{NAME}\nAnh",
]  # fmt: skip
NOBODY = ["trưởng công an phường", "Tường", "Xuân Tường", "", "ông", "và", "một cán bộ trực"]


@pytest.fixture(scope="module")
def denounced():
    a_person("ward-duty", WARD, name="Lý Thúy Diễm")
    return a_person("ward-chief", WARD, name=NAME)


def found(text: str, unit: str = WARD):
    return kept_away(text, unit, timezone.localdate())


@pytest.mark.parametrize("text", [*CLEAR, *UNCLEAR])
def test_an_officer_is_found_by_the_full_name_whatever_stands_around_it(denounced, text):
    assert denounced.pk in found(text).people
    assert denounced.pk in against(text, ()).people


@pytest.mark.parametrize("text", CLEAR)
def test_clear_names_leave_the_report_with_the_unit(denounced, text):
    assert found(text).units == set()


@pytest.mark.parametrize("text", [*UNCLEAR, *NOBODY])
def test_where_somebody_is_not_clear_nobody_of_the_unit_learns_of_it(denounced, text):
    assert found(text).units == {WARD}


@pytest.mark.parametrize("text", NOBODY)
def test_a_part_of_a_name_or_a_post_is_nobody_s_name(denounced, text):
    assert denounced.pk not in found(text).people


def test_somebody_of_that_name_elsewhere_does_not_make_it_clear(denounced):
    assert found(NAME, OTHER).units == {OTHER} and denounced.pk in found(NAME, OTHER).people


def test_a_post_that_ended_or_was_never_there_does_not_make_it_clear(denounced):
    a_person(name="Vũ Không Chức")
    assert found("Vũ Không Chức").units == {WARD}


def test_above_the_province_is_nobody_to_send_it_to(denounced):
    assert found("trưởng công an phường", PROVINCE).units == set()
