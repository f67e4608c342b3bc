"""Every course of the room, in each legal state; the transitional rule is the day on which a petition came in."""

from typing import Final

from hamrong.cases.courses import Course
from hamrong.petitions.complaints import FIRST, FIRST_BEFORE, SECOND, SECOND_BEFORE
from hamrong.petitions.denunciations import DENUNCIATION, DENUNCIATION_BEFORE
from hamrong.petitions.redenunciations import RE_DENUNCIATION, RE_DENUNCIATION_BEFORE
from hamrong.petitions.reflections import REFLECTION

COURSES: Final[tuple[Course, ...]] = (
    FIRST_BEFORE, FIRST, SECOND_BEFORE, SECOND, DENUNCIATION_BEFORE, DENUNCIATION, RE_DENUNCIATION_BEFORE,
    RE_DENUNCIATION, REFLECTION,
)  # fmt: skip
