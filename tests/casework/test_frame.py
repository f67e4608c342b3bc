"""What the pages of the desk share: names of acts, also of those that only old histories know."""

from hamrong.casework.pages.frame import done_words, in_post
from tests.cases.trial import COURSE


def test_an_act_is_named_as_done_and_one_that_is_not_in_use_any_more_stays_as_it_was_written():
    assert done_words(COURSE.key, "test.accept", "received") == "Đã thụ lý"
    assert done_words(COURSE.key, "test.of-old", "received") == "test.of-old"


def test_a_person_is_told_by_name_and_post():
    assert in_post({"person:1": "Phạm Kiên"}, "person:1", "ward-chief") == "Phạm Kiên, Trưởng, phó công an cấp xã"
    assert in_post({}, "person:1", "ward-chief").startswith("person:1, ")
