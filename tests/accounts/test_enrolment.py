"""One-time codes: hard to guess, easy to read out, good once."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from hamrong.access import actions
from hamrong.access.actors import Refusal
from hamrong.access.signins import Where, enrol
from hamrong.accounts import enrolment
from hamrong.accounts.models import Person
from tests.entrances import a_person, as_operator

HERE = Where("session:test", "192.0.2.1", "thử")
NEW = "mot-cau-dai-khong-ai-doan-ra"


def a_code(person: Person, *, at: datetime) -> str:
    answer = actions.give_code(by=as_operator("person.enrol"), person=person, at=at)
    assert not isinstance(answer, Refusal)
    return answer[1]


def use(person: Person, code: str, *, at: datetime) -> Person | Refusal:
    return enrol(username=person.username, code=code, password=NEW, where=HERE, at=at)


def test_a_code_is_eighty_bits_in_an_alphabet_without_look_alikes():
    code = enrolment.mint()
    assert len(code.replace("-", "")) == enrolment.LENGTH
    assert set(code) <= set(enrolment.ALPHABET) | {"-"}
    assert not set("ILOU") & set(enrolment.ALPHABET)
    assert len(enrolment.ALPHABET) ** enrolment.LENGTH == 2**80


LIKE = {"1": "1Il", "0": "0Oo"}


@given(st.text(enrolment.ALPHABET, min_size=16, max_size=16), st.sampled_from(["", " ", "-", " - "]), st.integers(0, 2))
@settings(max_examples=100)
def test_a_code_is_read_however_it_is_typed(plain, between, way):
    typed = [LIKE.get(letter, letter + letter.lower() + letter)[way] for letter in plain]
    groups = ["".join(typed[start : start + 4]) for start in range(0, 16, 4)]
    assert enrolment.digest(between.join(groups)) == enrolment.digest(plain)


def test_a_code_ends_after_three_days():
    person, now = a_person(), datetime.now(UTC)
    code = a_code(person, at=now)
    assert isinstance(use(person, code, at=now + timedelta(hours=72)), Refusal)
    assert isinstance(use(person, code, at=now + timedelta(hours=71, minutes=59)), Person)


def test_a_new_code_ends_the_old_one():
    person, now = a_person(), datetime.now(UTC)
    old, new = a_code(person, at=now), a_code(person, at=now)
    assert isinstance(use(person, old, at=now), Refusal)
    assert isinstance(use(person, new, at=now), Person)


def test_a_code_of_another_person_is_wrong():
    mine, theirs, now = a_person(), a_person(), datetime.now(UTC)
    code = a_code(theirs, at=now)
    assert isinstance(use(mine, code, at=now), Refusal)


def test_a_suspended_person_cannot_use_a_code():
    person, now = a_person(), datetime.now(UTC)
    code = a_code(person, at=now)
    actions.suspend_person(by=as_operator("person.suspend"), person=person, active=False, reason="thử", at=now)
    assert isinstance(use(person, code, at=now), Refusal)


def test_of_two_who_use_a_code_at_the_same_moment_one_does():
    person, now, answers = a_person(), datetime.now(UTC), []
    code = a_code(person, at=now)

    def go():
        answers.append(use(person, code, at=now))
        connection.close()

    threads = [threading.Thread(target=go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(answer, Person) for answer in answers) == 1


@pytest.mark.parametrize("typed", ["", "-", "0000-0000-0000-0000", "'; drop table accounts_enrolment; --", "\u200b"])
def test_a_wrong_code_is_a_refusal_in_both_languages(typed):
    person, now = a_person(), datetime.now(UTC)
    a_code(person, at=now)
    answer = use(person, typed, at=now)
    assert isinstance(answer, Refusal) and answer.vi and answer.en
