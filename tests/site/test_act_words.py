"""Every act of the record has a name that people read."""

from django.utils import translation

from hamrong.access.decisions import registered
from hamrong.access.signins import ACTS
from hamrong.site.act_words import WORDS, act_word
from tests.entrances import a_person, browser_of
from tests.world import PROVINCE


def test_every_act_has_its_words_in_both_languages():
    assert WORDS.keys() == {*registered(), *ACTS}
    with translation.override("en"):
        assert act_word("stay.notify") != str(translation.gettext_noop("Thông báo lưu trú"))
    assert act_word("of.long-ago") == "of.long-ago"


def test_the_record_is_read_in_words():
    page = browser_of(a_person("inspector", PROVINCE)).get("/inspection/", {"type": "audit.read"}).content.decode()
    assert '<option value="audit.read" selected>Xem nhật ký</option>' in page
