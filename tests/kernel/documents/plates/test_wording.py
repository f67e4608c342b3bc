"""Sentences filled in both languages."""

from datetime import date

from hamrong.kernel.documents.plates.shape import Text
from hamrong.kernel.documents.plates.wording import fill, listed


def test_days_and_texts_are_put_in_the_language_of_the_sentence() -> None:
    template = Text("{what} từ ngày {day}, {n}", "{what} from {day}, {n}")
    told = fill(template, what=Text("xe", "a car"), day=date(2025, 7, 1), n=3)
    assert told == Text("xe từ ngày 1/7/2025, 3", "a car from 1 July 2025, 3")


def test_texts_are_joined_in_each_language() -> None:
    assert listed([Text("một", "one"), Text("hai", "two")], "; ") == Text("một; hai", "one; two")
